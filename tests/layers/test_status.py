"""Status, enclosing events and implied demands on sentences of our own; triggers stand in square brackets."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL
from lagebild.layers.status import find_status
from lagebild.records import Actor, Event, Evidence, Span, Statement
from lagebild.rules.lexicon import Lexicon
from tests.layers.marked import earlier_of, read

LEXICON = Lexicon()
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")

CASES = [
    # told as a fact
    ("ASSAULT", "Rebellen haben am Montag einen Konvoi [angegriffen].", "actual"),
    ("ASSAULT", "Bei dem [Angriff] starben zwei Soldaten.", "actual"),
    ("ACCUSE", "Die Opposition [kritisierte] den Beschluss scharf.", "actual"),
    ("REQUEST", "Der Minister [forderte] den Abzug der Truppen.", "actual"),
    ("COERCE", "Die Polizei wurde alarmiert und hat drei Männer [festgenommen].", "actual"),
    ("CONSULT", "Der Präsident wurde in Paris vom Außenminister [empfangen].", "actual"),
    # negated or denied
    ("ASSAULT", "Die Armee hat die Stadt nicht [angegriffen].", "denied"),
    ("AID", "Paris hat keine [Waffen] an die Rebellen [geliefert].", "denied"),
    ("ASSAULT", "Ankara bestreitet, das Dorf [beschossen] zu haben.", "denied"),
    ("RETREAT", "Die Rebellen lehnten eine [Waffenruhe] ab.", "denied"),
    ("CONSULT", "Das geplante [Treffen] der Minister ist geplatzt.", "denied"),
    ("AGREE", "Die Gespräche endeten ohne [Einigung].", "denied"),
    ("RETREAT", "Der Präsident schloss einen [Rücktritt] aus.", "denied"),
    # announced
    ("RETREAT", "Die Soldaten sollen im Mai [abziehen].", "planned"),
    ("SANCTION", "Die EU will neue [Sanktionen] [verhängen].", "planned"),
    ("CONSULT", "Die Außenminister werden am Montag in Genf [zusammenkommen].", "planned"),
    ("RETREAT", "Die Regierung kündigte an, ihre Truppen [abzuziehen].", "planned"),
    ("RETREAT", "Beide Seiten einigten sich auf einen [Austausch] von Gefangenen.", "planned"),
    # may, might, considered, offered
    ("AID", "Die Regierung erwägt eine [Lieferung] von Panzern.", "possible"),
    ("ASSAULT", "Die Armee könnte die Stadt [angreifen].", "possible"),
    ("ASSAULT", "Der Rebellenführer soll mehrere Dorfbewohner [getötet] haben.", "possible"),
    # somebody says it must happen
    ("RETREAT", "Die Opposition forderte den [Rücktritt] des Ministers.", "demanded"),
    ("RETREAT", "Die Kämpfe sollten sofort [enden], forderte der Minister.", "demanded"),
    ("RETREAT", "Die Gewerkschaft verlangt, dass die Truppen [abziehen].", "demanded"),
    ("RETREAT", "Die Truppen müssten sofort [abziehen], sagte der Kanzler.", "demanded"),
    ("RETREAT", "Die Partei rief beide Seiten zu einer [Waffenruhe] auf.", "demanded"),
    # depends on something
    ("CONCEDE", "Man werde die Sanktionen [aufheben], wenn die Truppen abgezogen seien, sagte er.", "conditional"),
    ("CONCEDE", "Sollte die Armee abziehen, werde man die Sanktionen [aufheben], sagte er.", "conditional"),
]


@pytest.mark.parametrize(("kind", "marked", "status"), CASES, ids=[f"{c[2]}-{c[1][:40]}" for c in CASES])
def test_status(kind, marked, status):
    text, (trigger,) = read(marked)
    earlier = earlier_of(text, Event(0, kind, "", trigger))
    (event, *_) = find_status(earlier.doc, LEXICON, earlier)
    assert event.status == status
    why = [e for e in event.evidence if e.field == "status"]
    assert len(why) == 1
    assert why[0].cue is None or text[why[0].cue.start : why[0].cue.end] == why[0].cue.quote


@pytest.mark.parametrize(
    ("outer", "inner", "marked"),
    [
        ("REQUEST", "RETREAT", "Der Minister [forderte] einen [Abzug] der Truppen."),
        ("REQUEST", "RETREAT", "Die [Forderung] nach einem [Abzug] bleibt bestehen."),
        ("AGREE", "AID", "Paris hat [zugesagt], Waffen zu [liefern]."),
        ("THREATEN", "SANCTION", "Washington [drohte] mit neuen [Sanktionen]."),
        ("REJECT", "CONSULT", "Die Regierung [weigert] sich, zu [verhandeln]."),
        ("ACCUSE", "ASSAULT", "Kiew [wirft] Moskau vor, Dörfer [beschossen] zu haben."),
    ],
)
def test_the_inner_event_is_the_content_of_the_outer(outer, inner, marked):
    text, ((first, second),) = read(marked)
    earlier = earlier_of(text, Event(0, outer, "", (first,)), Event(1, inner, "", (second,)))
    found = list(find_status(earlier.doc, LEXICON, earlier))
    assert found[1].content_of == 0
    assert found[0].content_of is None
    assert found[0].status == "actual"


def test_events_side_by_side_enclose_nothing():
    text, ((first, second),) = read(
        "Die Opposition [kritisierte] den Minister, und Rebellen haben einen Konvoi [angegriffen]."
    )
    earlier = earlier_of(text, Event(0, "ACCUSE", "", (first,)), Event(1, "ASSAULT", "", (second,)))
    assert [event.content_of for event in find_status(earlier.doc, LEXICON, earlier)] == [None, None]


def test_a_modal_verb_in_reported_speech_makes_a_request():
    text, (trigger,) = read("Die Truppen müssten [abziehen] und die Geiseln [freigelassen] werden, sagte der Kanzler.")
    speaker = Actor(
        Span(text.index("der Kanzler"), text.index("der Kanzler") + 11, "der Kanzler"), None, "DEU:GOV", "title"
    )
    message = text[: text.index(", sagte")]
    cue = Span(text.index("sagte"), text.index("sagte") + 5, "sagte")
    said = Statement(
        7,
        (speaker,),
        speaker.span,
        (cue,),
        (Span(0, len(message), message),),
        "Indirect",
        evidence=(Evidence("form", "x"),),
    )
    events = [Event(n, "RETREAT", "", (span,)) for n, span in enumerate(trigger)]
    earlier = earlier_of(text, *events, statements=(said,))
    first, second, request = find_status(earlier.doc, LEXICON, earlier)
    assert (request.type, request.trigger[0].quote, request.actors) == ("REQUEST", "müssten", (speaker,))
    assert (first.content_of, second.content_of, request.id) == (2, 2, 2)
    assert (first.status, second.status, request.status) == ("demanded", "demanded", "actual")


def test_a_modal_verb_in_the_writers_own_words_makes_none():
    text, (trigger,) = read("Die Truppen müssen bis Mai [abziehen].")
    earlier = earlier_of(text, Event(0, "RETREAT", "", trigger))
    assert len(list(find_status(earlier.doc, LEXICON, earlier))) == 1


def test_a_trigger_outside_every_token_is_left_alone():
    earlier = earlier_of("Nichts geschah.", Event(0, "ASSAULT", "", (Span(200, 210, ""),)))
    assert next(find_status(earlier.doc, LEXICON, earlier)).status == "actual"


def test_no_events():
    earlier = earlier_of("Nichts geschah.")
    assert list(find_status(earlier.doc, LEXICON, earlier)) == []
