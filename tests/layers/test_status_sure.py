"""What decides whatever the vote says: double negation, negated conditions, unreal mood, broken truces."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL
from lagebild.layers.conditions import find_conditions
from lagebild.layers.dates import find_dates
from lagebild.layers.scope.engine import nouns_beside
from lagebild.layers.scope.tree import tree_of
from lagebild.layers.status import find_status
from lagebild.records import Event
from lagebild.rules.lexicon import Lexicon
from tests.layers.marked import earlier_of, filled, read

LEXICON = Lexicon()
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")
STATES = ("Russland", "Kanada", "Indien", "Äthiopien")


def status_of(marked: str, kind: str = "ASSAULT", mode: str = "") -> str:
    """Return the status of the event in square brackets; others may stand in round ones."""
    text, (spans, others) = read(marked, "[]", "()")
    events = [Event(0, kind, mode, tuple(spans)), *(Event(n, "CONCEDE", "", (s,)) for n, s in enumerate(others, 1))]
    earlier = earlier_of(text, *events)
    earlier.events = tuple(find_status(earlier.doc, LEXICON, earlier))
    return next(iter(find_conditions(earlier.doc, LEXICON, earlier))).status


TWO_NEGATIONS = [
    "{} schloss einen [Angriff] auf die Insel nicht aus.",
    "Ein [Angriff] auf {} sei nicht ausgeschlossen, sagte der General.",
    "Ein [Angriff] auf {} ist nicht auszuschließen.",
    "{} könne nicht ausschließen, dass die Rebellen [angreifen], sagte der Minister.",
    "Der Sprecher wollte einen [Angriff] auf {} nicht dementieren.",
    "Den [Angriff] auf {} bestätigte er nicht.",
    "Der Sprecher wollte den [Angriff] auf {} weder bestätigen noch dementieren.",
]
UNREAL = [
    "Ohne die Blauhelme hätte {} die Insel [angegriffen].",
    "{} hätte die Insel [angreifen] können.",
    "Beinahe wäre es zum [Krieg] mit {} gekommen.",
    "Um ein Haar hätte {} die Insel [angegriffen].",
    "Wenn die Nachbarn nicht gewarnt hätten, hätte {} die Insel [angegriffen].",
    "Hätte die UNO nicht gewarnt, hätte {} die Insel [angegriffen].",
]


@pytest.mark.parametrize("marked", filled(TWO_NEGATIONS, STATES))
def test_two_negations_leave_it_open(marked):
    assert status_of(marked) == "possible"


@pytest.mark.parametrize("marked", filled(UNREAL, STATES))
def test_unreal_mood_tells_what_did_not_happen(marked):
    assert status_of(marked) == "denied"


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("Kanada schloss einen [Angriff] auf die Insel aus.", "denied"),
        ("Der Sprecher bestätigte den [Angriff] auf die Insel.", "actual"),
        ("Die Zahl der [Angriffe] wurde bisher nicht bestätigt.", "actual"),
        ("Die Rebellen hätten das Dorf [angegriffen], sagte der Sprecher.", "actual"),
        ("Solange Kanada die Insel nicht [angegriffen] hat, werde man verhandeln, sagte er.", "denied"),
        ("Ohne Vorwarnung hat Indien die Insel [angegriffen].", "actual"),
    ],
)
def test_one_negation_or_none_is_read_as_before(marked, status):
    assert status_of(marked) == status


@pytest.mark.parametrize(
    "marked",
    filled(
        [
            "Sollte {} die Sperre nicht [aufheben], werde man das Abkommen (verlängern), sagte der Sprecher.",
            "Wenn {} nicht [angreift], wird der Nachbar verhandeln.",
            "Solange {} keine Raketen [aufstellte], werde man verhandeln, sagte der Präsident.",
        ],
        STATES,
    ),
)
def test_a_negation_inside_a_condition_denies_nothing(marked):
    assert status_of(marked) == "conditional"


@pytest.mark.parametrize("mark", ["Wenn", "Falls"])
def test_a_negation_that_stands_for_the_sentence_before(mark):
    found = status_of(f"Die Miliz soll abziehen. {mark} nicht, wird die EU am Montag [beraten].", "CONSULT")
    assert found in ("planned", "conditional")


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("Beide Seiten brachen die [Waffenruhe].", "denied"),
        ("Indien verstieß gegen die [Feuerpause].", "denied"),
        ("Damit ist die [Waffenruhe] vorbei.", "denied"),
        ("Beide Seiten hielten die [Waffenruhe] ein.", "actual"),
    ],
)
def test_a_broken_truce_is_no_truce(marked, status):
    assert status_of(marked, "RETREAT", "ceasefire") == status


@pytest.mark.parametrize(
    "marked",
    filled(
        [
            "Der [Abzug] aus {} soll bis Ende 2030 abgeschlossen sein.",
            "Bis zum Sommer soll der [Abzug] aus {} beendet sein.",
            "Die Armee erklärte, aus {} [abzuziehen].",
            "Aus {} hat sich ein [Abzug] angekündigt.",
        ],
        STATES,
    ),
)
def test_a_state_to_be_reached_and_a_declared_will_are_plans(marked):
    assert status_of(marked, "RETREAT", "withdraw") == "planned"


@pytest.mark.parametrize(
    "marked",
    filled(
        [
            "Das [Treffen] mit {} könnte scheitern.",
            "Ein [Treffen] mit {} steht zur Debatte.",
            "Es ist wahrscheinlich, dass sich die Minister mit {} [treffen].",
            "Ob der Minister auf ein [Treffen] mit {} verzichtet, ist offen.",
            "Die Befürworter eines [Treffens] mit {} nannten ihre Gründe.",
        ],
        STATES,
    ),
)
def test_what_may_fail_and_what_is_only_talked_of_is_possible(marked):
    assert status_of(marked, "CONSULT") == "possible"


@pytest.mark.parametrize("state", STATES)
def test_a_noun_governs_beyond_what_belongs_to_it(state):
    text = f"Er wies Forderungen aus Teilen der Partei nach einer Öffnung der Grenze zu {state} zurück."
    tree = tree_of(earlier_of(text).doc)
    assert (tree.lower.index("forderungen"), "nach") in nouns_beside(tree, tree.lower.index("öffnung"))


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ("{} wird den Abzug der Truppen [verlangen].", "REQUEST"),
        ("{} wird den Nachbarn zur Zahlung [auffordern].", "REQUEST"),
        ("Am Montag wird {} den Vertrag [ablehnen].", "REJECT"),
        ("{} wird gegen das Abkommen [klagen].", "ACCUSE"),
    ],
)
@pytest.mark.parametrize("state", STATES)
def test_what_somebody_will_demand_or_refuse_is_planned(frame, kind, state):
    assert status_of(frame.format(state), kind) == "planned"


@pytest.mark.parametrize(
    "marked", filled(["Morgen [greift] {} die Insel an.", "{} [schließt] von Donnerstag an die Grenze."], STATES)
)
def test_the_present_tense_of_a_day_ahead_is_planned(marked):
    text, spans = read(marked)
    earlier = earlier_of(text, Event(0, "COERCE", "restrict", spans[0]))
    earlier.dates = tuple(find_dates(earlier.doc, LEXICON, earlier))
    assert [event.status for event in find_status(earlier.doc, LEXICON, earlier)] == ["planned"]


@pytest.mark.parametrize("state", STATES)
def test_a_refusal_in_the_future_refuses_now(state):
    assert status_of(f"{state} wird das Abkommen niemals [hinnehmen].", "REJECT") != "planned"


@pytest.mark.parametrize("owner", ["Moskaus", "der Rebellen", "seines Landes", "des Nachbarn"])
@pytest.mark.parametrize("noun", ["Forderung", "Bereitschaft"])
def test_a_noun_governs_a_clause_beyond_its_owner_and_the_verb(noun, owner):
    tree = tree_of(earlier_of(f"Der Minister hat die {noun} {owner} erklärt, die Truppen abzuziehen.").doc)
    assert (tree.lower.index(noun.lower()), "clause") in nouns_beside(tree, tree.lower.index("abzuziehen"))


@pytest.mark.parametrize("marked", filled(["Die Bitte an {}, die Grenze zu [öffnen], blieb erfolglos."], STATES))
def test_what_is_asked_for_stays_demanded(marked):
    assert status_of(marked, "CONCEDE") == "demanded"


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("Die Insel soll bis Juni [besetzt] worden sein.", "possible"),
        ("Die Armee erklärte, die Insel nicht [besetzt] zu haben.", "denied"),
        ("Das Treffen nach dem [Angriff] könnte scheitern.", "actual"),
        ("Im Gespräch verteidigte der Minister den [Angriff].", "actual"),
    ],
)
def test_what_only_looks_like_a_plan_or_a_possibility(marked, status):
    assert status_of(marked) == status
