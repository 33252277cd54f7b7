"""Who speaks, where the tree alone would name somebody else; and what only looks like speech."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.language.given import parse_given
from lagebild.layers.earlier import Earlier
from lagebild.layers.speech import find_statements
from lagebild.layers.speech.attribute import news_annotations
from lagebild.records import Article, Statement
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def statements(text: str) -> list[Statement]:
    ((_, doc),) = parse([text], text_of=str)
    return list(find_statements(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc)))


def pairs(text: str) -> set[tuple[str, str]]:
    """Return message and speaker of each statement."""
    return {
        (" … ".join(span.quote for span in s.message), s.source_span.quote if s.source_span else "")
        for s in statements(text)
    }


def written(*sentences: str) -> list[tuple[str, str, str]]:
    """Return form, message and source of each quotation that is written for the newspaper corpus."""
    given = [{"SentenceId": str(n), "Tokens": sentence.split()} for n, sentence in enumerate(sentences)]
    word = {f"{row['SentenceId']}:{n}": token for row in given for n, token in enumerate(row["Tokens"])}
    (doc,) = parse_given([[row["Tokens"] for row in given]])
    rows = news_annotations(doc, given, LEXICON)
    return [(row["Form"], *(" ".join(word[i] for i in row[part]) for part in ("Message", "Source"))) for row in rows]


@pytest.mark.parametrize(
    ("text", "said", "source"),
    [
        ("Der Verein zieht um. Dies gab die Vereinsführung am Abend bekannt.", "Der Verein zieht um … Dies", "die Vereinsführung"),
        ("80 Prozent befürworteten, dass die Steuer sinkt.", "dass die Steuer sinkt", "80 Prozent"),
        ("Das neue Angebot lehnt er ab: „Das reicht nicht aus.“", "„Das reicht nicht aus.“", "er"),
        ("Jede Schuld an dem Unfall weist Huber von sich: „Ich war in Kiel.“", "„Ich war in Kiel.“", "Huber"),
        ("Auch das habe Methode, so die Anwältin weiter: „So machen es alle hier.“", "„So machen es alle hier.“", "die Anwältin"),
        ("Auf der Homepage der Stadt heißt es: „Wir bauen für alle.“", "„Wir bauen für alle.“", "Auf der Homepage der Stadt"),
        ("Die Kürzung sei falsch, wie schon vom Gericht entschieden.", "Die Kürzung sei falsch", "vom Gericht"),
        ("Daraus wurde von Beobachtern der Schluss gezogen, es könnte bald Krieg geben.", "es könnte bald Krieg geben", "von Beobachtern"),
        ("Der Verband sagte zu, nicht über den Park, das größte Gelände, bestimmen zu wollen.", "nicht über den Park, das größte Gelände, bestimmen zu wollen", "Der Verband"),
        ("Die Regierung beschuldigt den Sender, Geld zu nehmen, was bisher nicht belegt ist.", "Geld zu nehmen", "Die Regierung"),
        ("Der Grund für die Absage, so vermutet die Zeitung, dürfte ein Streit gewesen sein.", "Der Grund für die Absage … dürfte ein Streit gewesen sein", "die Zeitung"),
        ("Trotz der Ankündigung ihres Trainers, Jan Huber, den Verein im Sommer zu verlassen, siegt die Mannschaft.", "den Verein im Sommer zu verlassen", "ihres Trainers"),
        ("Er verwies auf Studien der Berliner Klinik, nach denen das Mittel wenig nützt.", "das Mittel wenig nützt", "der Berliner Klinik"),
        ("Das war wichtig für die Pläne der Regierung, laut denen jeder Bürger ein Gerät haben sollte.", "jeder Bürger ein Gerät haben sollte", "der Regierung"),
        ("Die Regierung übergab die Akten und das Amt seinerseits versprach, sich darum zu kümmern.", "sich darum zu kümmern", "das Amt"),
        ("Er führte aus, hier gäbe es eine Entwicklung, die der Partei neue Chancen eröffnete, worauf sie nur zögernd reagiere.", "hier gäbe es eine Entwicklung, die der Partei neue Chancen eröffnete, worauf sie nur zögernd reagiere", "Er"),
        ("„Das ist der Grund“, teilte er mit. Seine Frau ist schwer krank, und er wolle sie nun pflegen.", "und er wolle sie nun pflegen", "er"),
        ("Sie bat den Minister, ihre „tiefe Anteilnahme allen Angehörigen zu übermitteln“.", "ihre „tiefe Anteilnahme allen Angehörigen zu übermitteln“", "Sie"),
        ("„Das Leid der Tiere geht weiter“, so letztere.", "„Das Leid der Tiere geht weiter“", "letztere"),
        ("Die Stadt habe Geld genug, so Jan Huber, Leiter des Amtes.", "Die Stadt habe Geld genug", "Jan Huber, Leiter des Amtes"),
        ("Nach dem Willen der Regierung soll das Gesetz im Mai gelten.", "soll das Gesetz im Mai gelten", "der Regierung"),
        ("Zu dem Anschlag bekannte sich nach örtlichen Medien eine neue Gruppe.", "Zu dem Anschlag bekannte sich … eine neue Gruppe", "örtlichen Medien"),
        ("Im Norden wurde die Gefahr von Bränden vom Präsidenten Huber als „sehr hoch“ eingestuft.", "„sehr hoch“", "vom Präsidenten Huber"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_who_says_what(text: str, said: str, source: str) -> None:
    assert (said, source) in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Leute, die am Bahnhof warteten, warnte der Schaffner.",
        "Der Wagen, den ein Händler zum Kauf angeboten hat, steht in Olpe.",
        "Die Brücke droht im Sturm einzustürzen.",
        "Der Handel damit ist ein Vergehen gemäß § 12 des Gesetzes.",
        "Nach Artikel 68 wurde das Parlament aufgelöst.",
        "Der Zug hielt in Köln. Danach stiegen alle aus.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    assert [s for s in statements(text) if s.form == "Indirect"] == []


def test_a_judgement_in_the_passive_is_no_source_clause() -> None:
    text = "Das Urteil zeigt einen Wandel, wie er früher nicht vorhergesehen werden konnte."
    assert ("Das Urteil zeigt einen Wandel", "er") not in pairs(text)


def test_what_is_told_does_not_tell() -> None:
    assert ("von einer hohen Gefahr", "von einer hohen Gefahr") not in pairs(
        "In der Stadt wurde von einer hohen Gefahr ausgegangen."
    )
    assert not {source for _, source in pairs("In der Stadt wurde von einer hohen Gefahr berichtet.")} & {
        "von einer hohen Gefahr"
    }


def test_a_search_has_no_source() -> None:
    assert not pairs("Die Suche nach Augenzeugen dauert an.")
    assert not pairs("Er suchte nach der Presse.")


def test_a_place_that_is_no_writing_does_not_speak_on() -> None:
    assert ("Man suche nun nach dem Täter.", "im Zug") not in pairs(
        "Der Sprengsatz war im Zug platziert worden. Man suche nun nach dem Täter."
    )


def test_a_verb_in_the_konjunktiv_about_a_thing_is_itself_told() -> None:
    found = pairs(
        "Der Forscher sagte, das Virus verändere sich. Die Gefahr bestehe aber noch nicht, weil es zu langsam sei."
    )
    assert ("Die Gefahr bestehe aber noch nicht, weil es zu langsam sei.", "Der Forscher") in found


def test_danach_behind_a_writing_tells_what_it_says() -> None:
    found = statements("Der Verband stellte eine Studie vor. Danach steigen die Preise weiter.")
    assert any(e.rule == "speech-phrase-danach" for s in found for e in s.evidence)


def test_who_cites_is_written_beside_who_is_cited() -> None:
    rows = written("Der Fraktionschef wird von der Zeitung mit den Worten zitiert : „ Er ist am Ende seiner Kraft . “")
    sources = [source for form, _, source in rows if form == "Direct"]
    assert len(sources) == 2
    assert any("Fraktionschef" in source for source in sources) and any("Zeitung" in source for source in sources)


def test_what_nobody_in_particular_says_has_no_source() -> None:
    assert ("Indirect", "dass der Vertrag hält", "") in written("Es gibt Einigkeit darüber , dass der Vertrag hält .")
    assert all(source != "man" for _, _, source in written("Zudem glaubt man , dass der Vertrag hält ."))


def test_rejected_words_are_somebody_elses() -> None:
    rows = written("Der Gouverneur wies die Darstellung zurück , die Gäste seien vertrieben worden .")
    assert ("Indirect", "die Gäste seien vertrieben worden", "die Darstellung") in rows
