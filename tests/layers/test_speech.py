"""Who says what: statements in sentences of our own, one per way of telling."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lagebild.language import parse
from lagebild.layers.earlier import Earlier
from lagebild.layers.speech import find_statements
from lagebild.records import Article, Statement
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import NounRow, VerbRow

LEXICON = Lexicon()


def statements(text: str) -> list[Statement]:
    ((_, doc),) = parse([text], text_of=str)
    return list(find_statements(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc)))


@dataclass(frozen=True)
class Case:
    text: str
    said: str
    source: str | None
    form: str
    cue: str = ""
    stance: str = "neutral"


def words(statement: Statement) -> str:
    return " … ".join(span.quote for span in statement.message)


CASES = [
    Case("Der Minister sagte, die Gespräche seien gescheitert.", "die Gespräche seien gescheitert", "Der Minister", "Indirect", "sagte"),
    Case("Die Gespräche seien gescheitert, sagte der Minister.", "Die Gespräche seien gescheitert", "der Minister", "Indirect", "sagte"),
    Case("„Wir weichen nicht“, sagte der General am Montag.", "„Wir weichen nicht“", "der General", "Direct", "sagte"),
    Case("Der General sagte: „Wir weichen nicht.“", "„Wir weichen nicht.“", "Der General", "Direct", "sagte"),
    Case("Nach Angaben der Polizei starben zwei Menschen.", "starben zwei Menschen", "der Polizei", "Indirect", "Nach"),
    Case("Laut Polizei starben am Abend zwei Menschen.", "starben am Abend zwei Menschen", "Polizei", "Indirect", "Laut"),
    Case("Dem Ministerium zufolge starben zwei Menschen.", "starben zwei Menschen", "Dem Ministerium", "Indirect", "zufolge"),
    Case("Die Lage sei ernst, so der Sprecher.", "Die Lage sei ernst", "der Sprecher", "Indirect", "so"),
    Case("Wie die Polizei mitteilte, gab es zwei Tote.", "gab es zwei Tote", "die Polizei", "Indirect", "mitteilte"),
    Case("In Moskau hieß es, man wolle die Lage prüfen.", "man wolle die Lage prüfen", "In Moskau", "Indirect", "hieß"),
    Case("Teheran wies den Vorwurf zurück.", "den Vorwurf", "Teheran", "Reported", "wies", "denies"),
    Case("Kiew forderte den Abzug der Truppen.", "den Abzug der Truppen", "Kiew", "Reported", "forderte"),
    Case("Washington drohte mit Sanktionen.", "mit Sanktionen", "Washington", "Reported", "drohte"),
    Case("Moskau forderte Kiew auf, die Truppen abzuziehen.", "die Truppen abzuziehen", "Moskau", "Indirect", "forderte"),
    Case("Ein Sprecher räumte ein, dass Zivilisten starben.", "dass Zivilisten starben", "Ein Sprecher", "Indirect", "räumte", "affirms"),
    Case("Der Kreml dementierte, dass Soldaten entsandt wurden.", "dass Soldaten entsandt wurden", "Der Kreml", "Indirect", "dementierte", "denies"),
    Case("Die Miliz behauptete, die Stadt sei gefallen.", "die Stadt sei gefallen", "Die Miliz", "Indirect", "behauptete", "doubts"),
    Case("Die Forderung der Opposition, dass der Präsident geht, ist neu.", "dass der Präsident geht", "der Opposition", "Indirect", "Forderung"),
    Case("Der Verband hat nun versprochen, gegen die Randalierer vorzugehen.", "gegen die Randalierer vorzugehen", "Der Verband", "Indirect", "versprochen"),
    Case("Vertreter der Stadt sprachen auch davon, dass die Brücke einstürzte.", "dass die Brücke einstürzte", "Vertreter der Stadt", "Indirect", "sprachen"),
    Case("Den Vorschlag lehnte er ab: „Wir brauchen mehr.“", "„Wir brauchen mehr.“", "er", "Direct", "lehnte", "denies"),
    Case("Nach Webers Meinung reicht das Geld nicht.", "reicht das Geld nicht", "Webers", "Indirect", "Nach"),
    Case("Der Verband meldete, 200 Helfer sollen kommen.", "200 Helfer sollen kommen", "Der Verband", "Indirect", "meldete"),
    Case("Er sagte, man prüfe das, und fügte hinzu, es eile nicht.", "man prüfe das", "Er", "Indirect", "sagte"),
    Case("Der Forscher wagte die Prognose, dass der Fluss steigt.", "dass der Fluss steigt", "Der Forscher", "Indirect", "wagte"),
    pytest.param(
        Case("Wie Jana Roth, Sprecherin der Behörde, in Genf mitteilte, fehlen Zelte.", "fehlen Zelte", "Jana Roth, Sprecherin der Behörde", "Indirect", "mitteilte"),
        marks=pytest.mark.xfail(strict=True, reason="the parser hangs Jana on fehlen"),
    ),
    Case("Es gibt Gerüchte, nach denen der General im Ausland lebt.", "der General im Ausland lebt", "Gerüchte", "Indirect", "nach"),
    Case("Der Fall, so sagte die Polizei, ist gelöst.", "Der Fall … ist gelöst", "die Polizei", "Indirect", "sagte"),
    Case("Es wurde bekannt, dass der Botschafter abreist.", "dass der Botschafter abreist", None, "Indirect", "bekannt"),
    Case("Die Truppe hat sich zu dem Anschlag bekannt.", "zu dem Anschlag", "Die Truppe", "Reported", "bekannt", "affirms"),
    Case("Washington drohte mit Strafen, falls die Blockade nicht ende.", "mit Strafen, falls die Blockade nicht ende", "Washington", "Reported", "drohte"),
    Case("Der Minister nannte den Bericht eine „Ente“.", "den Bericht eine „Ente“", "Der Minister", "Reported", "nannte"),
    Case("Banden zündeten Läden an und Schüler flohen, wie die Polizei mitteilte, in den Wald.", "Schüler flohen … in den Wald", "die Polizei", "Indirect", "mitteilte"),
    Case("Der Rat gab dem Land zwei Tage Zeit, die Kämpfe einzustellen.", "die Kämpfe einzustellen", "Der Rat", "Indirect", "gab"),
    Case("Die EU will das Geld erst freigeben, sobald ein neuer Text vorliegt.", "das Geld erst freigeben, sobald ein neuer Text vorliegt", "Die EU", "Reported", "will"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_statement(case: Case) -> None:
    found = statements(case.text)
    fitting = [s for s in found if words(s) == case.said]
    assert fitting, [words(s) for s in found]
    statement = fitting[0]
    assert (statement.source_span.quote if statement.source_span else None) == case.source
    assert statement.form == case.form
    assert case.cue in [word for span in statement.cue for word in span.quote.split()]
    assert statement.stance == case.stance


def test_split_quotation_is_one_statement() -> None:
    found = [s for s in statements("„Wir reden“, sagte Merkel, „und wir hören zu.“") if s.form == "Direct"]
    assert [words(s) for s in found] == ["„Wir reden“ … „und wir hören zu.“"]


def test_speaker_is_carried_through_the_konjunktiv() -> None:
    text = "Der Minister sagte, die Lage sei ernst. Man habe genug Vorräte. Allerdings müsse auch noch das Parlament zustimmen."
    carried = [s for s in statements(text) if s.form == "IndirectFreeIndirect"]
    assert len(carried) == 1
    assert carried[0].source_span is not None
    assert carried[0].source_span.quote == "Der Minister"
    assert words(carried[0]).startswith("Man habe") and "Parlament" in words(carried[0])
    assert any(e.rule == "speech-carried" for e in carried[0].evidence)


def test_things_do_not_speak_on_in_the_konjunktiv() -> None:
    text = "Die Ministerin sagte, die Lage sei ernst. Die Brücke brach am Montag. Man habe genug Vorräte."
    (carried,) = (s for s in statements(text) if s.form == "IndirectFreeIndirect")
    assert carried.source_span is not None
    assert carried.source_span.quote == "Die Ministerin"


def test_a_sentence_that_points_back_says_the_one_before() -> None:
    found = statements("Der Trainer verlässt den Verein. Das teilten die beiden Vorstände am Abend mit.")
    told = next(s for s in found if words(s).startswith("Der Trainer"))
    assert told.source_span is not None
    assert told.source_span.quote == "die beiden Vorstände"


def test_the_reporting_goes_on_behind_a_message() -> None:
    found = statements("Er sagte, die Stadt brauche Hilfe und kündigte an, sie werde bald kommen.")
    assert "die Stadt brauche Hilfe" in [words(s) for s in found]


def test_own_words_have_the_subject_as_speaker() -> None:
    (statement,) = statements("Pjöngjang hat nach eigenen Angaben eine Rakete getestet.")
    assert statement.source_span is not None
    assert statement.source_span.quote == "Pjöngjang"


def test_hearsay_has_no_invented_speaker() -> None:
    (statement,) = statements("Er soll zwei Menschen getötet haben.")
    assert statement.form == "FreeIndirect"
    assert statement.source_span is None


def test_nested_statement_knows_its_parent() -> None:
    found = statements("Kerry sagte, Lawrow habe erklärt, dass die Truppen abziehen.")
    inner = next(s for s in found if words(s) == "dass die Truppen abziehen")
    outer = next(s for s in found if s.id == inner.parent)
    assert outer.source_span is not None
    assert outer.source_span.quote == "Kerry"
    assert found.index(inner) < found.index(outer)


@pytest.mark.parametrize(
    "text",
    [
        "Er arbeitet so schnell wie möglich.",
        "Nach dem Treffen reiste der Minister ab.",
        "Der Zug fährt nach Berlin.",
        "Die Stadt liegt an einem Fluss.",
        "Der Unterschied besteht darin, dass der Preis steigt.",
        "Das Lager befand sich am Fluss.",
        "Das Buch heißt „Der Krieg“.",
        "Die Zeitschrift „Blaue Stunde“ erschien am Montag.",
        "Es stehen nach wie vor Zelte am Fluss.",
        "Ein Sprecher wollte nicht bestätigen, dass der Hafen brannte.",
        "Auch das Land wirkt mit, das zwei Anteile hält.",
        "Die Seuche breitet sich aus, so in Kiew und in Minsk.",
    ],
)
def test_nothing_said(text: str) -> None:
    assert statements(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“",
        "„",
        "„„““",
        "„Offen bis zum Ende, sagte er",
        ": „",
        "\n\n",
        "sagte",
        "Nach",
        "laut",
        "so",
        "wie",
        "🙂 sagte, 🙂 sei da",
        "Er bestätigte nicht",
        "Die Lage sei ernst, so",
        "Sie will nur gehen, wenn",
        "Er sagte und will, wie er sagte,",
    ],
)
def test_odd_text_does_not_break(text: str) -> None:
    for statement in statements(text):
        for span in (*statement.message, *statement.cue):
            assert text[span.start : span.end] == span.quote


def test_a_frame_that_swallows_its_message_leaves_the_others() -> None:
    text = (
        "Wie wäre es etwa, wenn die Regierung festlegte, dass Ältere eigene Zeiten bekommen, zum Beispiel am Morgen? "
        "Er sagte, man prüfe das, und fügte hinzu: Es eilt."
    )
    assert "man prüfe das" in [words(statement) for statement in statements(text)]


def test_a_clause_in_the_konjunktiv_is_told_by_the_subject() -> None:
    found = statements("Der Minister lobte die Truppe, die das Dorf gerettet habe.")
    told = next(s for s in found if words(s) == "die das Dorf gerettet habe")
    assert told.source_span is not None
    assert told.source_span.quote == "Der Minister"


def test_counters_stay_silent() -> None:
    loud = []
    counters = [(row.id, row.counter) for row in LEXICON.rows("de/speech_verbs.tsv", VerbRow) if row.counter]
    assert len(counters) > 10
    for (row_id, text), doc in parse(counters, text_of=lambda pair: pair[1]):
        found = find_statements(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc))
        if row_id in {evidence.rule for s in found for evidence in s.evidence}:
            loud.append(row_id)
    assert loud == []


def examples() -> list[tuple[str, str]]:
    rows = [*LEXICON.rows("de/speech_verbs.tsv", VerbRow), *LEXICON.rows("de/speech_nouns.tsv", NounRow)]
    return [(row.id, row.example) for row in rows]


def test_every_row_fires_in_its_example() -> None:
    silent = []
    for (row_id, text), doc in parse(examples(), text_of=lambda pair: pair[1]):
        found = find_statements(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc))
        if row_id not in {evidence.rule for s in found for evidence in s.evidence}:
            silent.append(row_id)
    # The parser is trained anew now and then; a row or two may fall silent, not a class of them.
    assert len(silent) <= 12, silent


def test_the_lexicon_is_wide() -> None:
    rows = LEXICON.rows("de/speech_verbs.tsv", VerbRow)
    assert len({row.lemma for row in rows}) > 500
    assert {row.stance for row in rows} == {"neutral", "affirms", "doubts", "denies"}
