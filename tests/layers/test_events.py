"""The event layer on sentences of our own: types, joined words, roles, circumstances, everyday senses."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.layers.events import find_events
from lagebild.layers.events.cast import cast_of
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.forms import Forms
from lagebild.layers.events.grammar import Grammar
from lagebild.layers.events.index import build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.participants import participants
from lagebild.layers.events.ranking import FEATURES, weights
from lagebild.layers.events.roles import against, candidates, scene_of, scored
from lagebild.layers.events.triggers import find_triggers
from lagebild.layers.events.view import View
from lagebild.layers.linear import load_linear
from lagebild.pipeline import before_events
from lagebild.records import Article
from lagebild.rules import events
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()

TYPES = [
    ("Das Ministerium in Ankara dementierte den Bericht.", ["REJECT"]),
    ("Frankreich zog seine Truppen aus Mali ab.", ["RETREAT"]),
    ("Die Luftwaffe flog Angriffe auf Stellungen der Rebellen.", ["ASSAULT"]),
    ("Der Außenminister traf in Wien seinen iranischen Kollegen.", ["CONSULT"]),
    ("Die EU verhängte Sanktionen gegen Belarus.", ["SANCTION"]),
    ("Die Polizei nahm drei Aktivisten fest.", ["COERCE"]),
    ("Tausende gingen in Caracas auf die Straße.", ["PROTEST"]),
    ("Kiew forderte den Abzug der russischen Truppen.", ["REQUEST", "RETREAT"]),
    ("Teheran drohte mit Vergeltung.", ["THREATEN", "ASSAULT"]),
    ("Moskau verlegte Panzer an die ukrainische Grenze.", ["MOBILIZE"]),
]
NO_EVENT = [
    "Der Stürmer schoss in der Nachspielzeit ein Tor.",
    "Die Inflation greift die Ersparnisse der Rentner an.",
    "Der Altkanzler starb mit 90 Jahren in seinem Haus.",
    "Die Preise für Brot sind im Mai gestiegen.",
]
ROLES = [
    ("Frankreich zog seine Truppen aus Mali ab.", {"FRA"}, None),
    ("Russland griff die Ukraine an.", {"RUS"}, {"UKR"}),
    ("Die Ukraine wurde von Russland angegriffen.", {"RUS"}, {"UKR"}),
    ("Deutschland liefert der Ukraine Panzer.", {"DEU"}, {"UKR"}),
    ("Russland und China verhandeln in Peking über Gas.", {"RUS", "CHN"}, {"RUS", "CHN"}),
    ("Kanada, Japan und Australien verhängten Sanktionen gegen Russland.", {"CAN", "JPN", "AUS"}, {"RUS"}),
    ("Israel flog Angriffe im Libanon.", {"ISR"}, {"LBN"}),
    ("Russland griff die Ukraine an.\nQuelle: Kurier, dpa", {"RUS"}, {"UKR"}),
    ("Algerien und Marokko beschuldigten sich gegenseitig der Spionage.", {"DZA", "MAR"}, {"DZA", "MAR"}),
    ("Peru und Chile haben ein Abkommen über die Fischerei vereinbart.", {"PER", "CHL"}, {"PER", "CHL"}),
    ("Der niederländische Außenminister hat Kenia besucht.", {"NLD"}, {"KEN"}),
    ("Der norwegische Außenminister traf seinen kenianischen Kollegen.", {"NOR", "KEN"}, {"NOR", "KEN"}),
]


def found(text: str):
    _, doc = next(parse([text], text_of=lambda item: item))
    return list(
        find_events(doc, LEXICON, before_events(Article(id="t", text=text, published="2022-03-14"), doc, LEXICON))
    )


@pytest.mark.parametrize(("text", "types"), TYPES)
def test_types_in_text_order(text, types):
    assert [event.type for event in found(text)] == types


@pytest.mark.parametrize("text", NO_EVENT)
def test_everyday_senses_are_no_event(text):
    assert found(text) == []


def proposed(text: str, word: str) -> set[str]:
    """The rows that fit at a word, whatever the vote says."""
    _, doc = next(parse([text], text_of=lambda item: item))
    index = LEXICON.derived(build_index)
    view = View(doc, index.forms)
    matcher = Matcher(view, index)
    return {match.row.id for token in doc if token.text == word for match in matcher.matches(token.i)}


@pytest.mark.parametrize(
    ("text", "word", "row"),
    [
        ("Paris will Sanktionen aufheben, die es im Mai gegen Minsk verhängt hatte.", "verhängt", "verb.verhängen"),
        ("Die Armee verliess ihre Stellungen.", "verliess", "verb.verlassen.retreat"),
        ("Der Rat beschloß den Einsatz.", "beschloß", "verb.beschließen"),
        ("Die Verstösse gegen die Waffenruhe häufen sich.", "Verstösse", "noun.verstoß"),
        ("Rebellen ließen eine Reihe von Geiseln frei.", "ließen", "verb.freilassen"),
        ("Frauen dürfen wieder an den Universitäten lehren.", "dürfen", "verb.dürfen.3"),
        ("Die Regierung ließ die Minister unter Druck setzen.", "setzen", "phrase.setzen.unter-druck"),
    ],
)
def test_a_row_is_found_where_spelling_or_tree_hides_it(text, word, row):
    assert row in proposed(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Das sei gut, fügte er hinzu.", "fügte"),
        ("Der Verein bat darum, ihn reden zu lassen.", "lassen"),
        ("Der Präsident lässt sich nicht einschüchtern.", "einschüchtern"),
        ("Das Land wird alle nötigen Schritte prüfen.", "nötigen"),
        ("Der UN-Ausschuss tagte.", "UN-Ausschuss"),
        ("Sie wollen im Kampf gegen die Terrormiliz enger zusammenarbeiten.", "Kampf"),
        ("Der gestürzte Präsident lebt in Doha.", "gestürzte"),
    ],
)
def test_words_that_only_look_like_a_row(text, word):
    assert proposed(text, word) == set()


def test_killed_and_hurt_are_one_attack():
    (event,) = found("Bei dem Anschlag in Kabul wurden zwei Soldaten getötet und fünf verletzt.")
    assert {"getötet", "verletzt"} <= {span.quote for span in event.trigger}


@pytest.mark.parametrize(
    ("word", "known"), [("Gesandte", "unterhändler"), ("Ministerin", "regierung"), ("Botschaft", "")]
)
def test_classes_know_women_and_no_chance_endings(word, known):
    classes = LEXICON.derived(build_index).classes_of(word)
    assert "haft" not in classes
    assert not known or known in classes


@pytest.mark.parametrize(("text", "actors", "recipients"), ROLES)
def test_roles(text, actors, recipients):
    event = found(text)[0]
    assert {actor.code[:3] for actor in event.actors if actor.code} == actors
    if recipients is not None:
        assert {actor.code[:3] for actor in event.recipients if actor.code} == recipients


def test_light_verb_and_its_noun_are_one_event():
    (event,) = found("Die Luftwaffe flog Angriffe auf Stellungen der Rebellen.")
    assert [span.quote for span in event.trigger] == ["flog Angriffe"]


def test_particle_belongs_to_the_trigger():
    (event,) = found("Frankreich zog seine Truppen aus Mali ab.")
    assert [span.quote for span in event.trigger] == ["zog", "ab"]


def test_ids_count_in_text_order_and_evidence_names_the_rule():
    events_ = found("Kiew forderte den Abzug der russischen Truppen. Teheran drohte mit Vergeltung.")
    assert [event.id for event in events_] == list(range(len(events_)))
    assert all(any(e.field == "type" for e in event.evidence) for event in events_)
    assert events_[0].evidence[0].rule == "verb.fordern"


def test_the_state_of_a_place_shows_the_place_and_leaves_it_a_place():
    event = found("Israel flog Angriffe im Libanon.")[0]
    assert [actor.span.quote for actor in event.recipients] == ["Libanon"]
    assert event.place.name == "Libanon"


@pytest.mark.parametrize(
    ("text", "kind", "place", "date"),
    [
        ("Der Minister sprach mit dem Gesandten in Wien über die Lage in Syrien.", "CONSULT", "Wien", None),
        (
            "In Genf verhandelten sie am Dienstag über die Kämpfe in Aleppo, die andauern.",
            "CONSULT",
            "Genf",
            "Dienstag",
        ),
        ("In Genf verhandelten sie am Dienstag über die Kämpfe in Aleppo, die andauern.", "ASSAULT", "Aleppo", None),
        ("In Kairo demonstrierten Tausende; in Tunis nahm die Polizei am Sonntag zehn fest.", "PROTEST", "Kairo", None),
        (
            "In Kairo demonstrierten Tausende; in Tunis nahm die Polizei am Sonntag zehn fest.",
            "COERCE",
            "Tunis",
            "Sonntag",
        ),
        ("Der Verein reichte gestern beim Gericht Klage gegen Ungarn ein.", "ACCUSE", None, "gestern"),
        ("Ungarn würdigte Polen am Montag als großen Helfer.", "SUPPORT", None, "Montag"),
        ("Für Samstag riefen die Gewerkschaften Ungarn zu Hilfen auf.", "REQUEST", None, None),
    ],
)
def test_place_and_date_are_those_of_the_event(text, kind, place, date):
    event = next(event for event in found(text) if event.type == kind)
    assert (event.place.span.quote if event.place else None) == place
    assert (event.date.span.quote if event.date else None) == date


def test_place_and_contexts():
    event = found("Die Polizei nahm in Istanbul drei Journalisten fest.")[0]
    assert event.place is not None and event.place.span.quote == "Istanbul"
    assert {"police", "media"} <= set(event.contexts)


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("abzog", "abziehen"),
        ("abgezogen", "abziehen"),
        ("zurückzuweisen", "zurückweisen"),
        ("verurteilte", "verurteilen"),
        ("festgenommen", "festnehmen"),
    ],
)
def test_forms_lead_to_the_verb(form, verb):
    forms = Forms([verb], LEXICON.rows(events.STRONG, events.StrongVerb), LEXICON.rows(events.PREFIXES, events.Prefix))
    assert forms.joined[form] == verb


def test_unknown_class_in_a_condition_is_an_error():
    with pytest.raises(ValueError, match="unknown class"):
        events.parse_condition("obj:nowhere", {"truppe"})


def test_every_mode_of_the_lexicon_is_a_mode_of_its_type():
    build_index(LEXICON)
    modes = {mode.id for mode in LEXICON.rows(events.MODES, events.Mode)}
    assert {kind.id for kind in LEXICON.rows(events.TYPES, events.Type)} >= {mode.split("/")[0] for mode in modes}
    assert len(LEXICON.rows(events.TYPES, events.Type)) == 16
    assert len(LEXICON.rows(events.CONTEXTS, events.Context)) == 37


@pytest.mark.parametrize(("compound", "noun"), [("Drohnenangriffe", "Drohnenangriff"), ("Truppenabzug", "Abzug")])
def test_compounds_are_known_by_their_last_part(compound, noun):
    rows = LEXICON.derived(build_index).nouns_of(compound)
    assert rows and rows[0].noun.lower().endswith(noun.lower())


@pytest.mark.parametrize("word", ["Landschaft", "Wahlkampf", "Vereinigung", "Überfluss", "Vorurteil"])
def test_words_that_only_end_alike_are_not_known(word):
    assert LEXICON.derived(build_index).nouns_of(word) == ()


def test_what_speaks_for_candidates_weighs_what_its_features_weigh() -> None:
    text = (
        "Der russische Präsident traf in Wien seinen Kollegen aus Kiew. Die Ukraine beschuldigte Moskau, Charkiw und Odessa "
        "beschossen zu haben, sagte der Sprecher. Am Abend drohte er mit Vergeltung, Frankreich und Polen verurteilten den Angriff."
    )
    _, doc = next(parse([text], text_of=lambda item: item))
    earlier = before_events(Article(id="t", text=text, published="2022-03-14"), doc, LEXICON)
    view = View(doc, LEXICON.derived(build_index).forms)
    proposals = Proposals(view, Matcher(view, LEXICON.derived(build_index)), earlier)
    cast, triggers = cast_of(proposals, earlier), find_triggers(proposals)
    grammar = Grammar(proposals, triggers, {})
    ranker, table = load_linear("events_roles"), weights()
    sides = [ranker.labels.index("a"), ranker.labels.index("r")]
    assert len(triggers) > 3
    for trigger in triggers:
        scene = scene_of(cast, trigger)
        codes = cast.around(scene.sentence).codes
        assert [candidate.code for candidate in candidates(scene)] == codes
        chosen = {code for code in codes[:1] if code}
        told = [*scored(scene, FEATURES), *against(scene, chosen, FEATURES)]
        weighed = [*scored(scene, table), *against(scene, chosen, table)]
        for features, value in zip(told, weighed, strict=True):
            rows = [ranker.index[feature] for feature in features if feature in ranker.index]
            want = ranker.matrix[rows][:, sides].sum(axis=0)
            assert (value.real, value.imag) == pytest.approx(tuple(want), abs=1e-4)
        participants(cast, trigger, table, grammar)  # the next one is seen in view of this one


@pytest.mark.parametrize(
    ("text", "kind", "figures"),
    [
        ("Bauern blockierten mit 400 Traktoren die Autobahn, zwei Landwirte wurden verletzt.", "PROTEST", [400.0]),
        ("Separatisten schossen zwei Helikopter ab, mindestens drei Soldaten kamen ums Leben.", "ASSAULT", [3.0]),
        ("Die Regierung in Washington setzte Hilfen in Höhe von 700 Millionen Dollar aus.", "SANCTION", [7e8]),
        ("Kanada liefert der Ukraine Waffen im Wert von 20 Millionen Dollar.", "AID", [2e7]),
        ("Die Polizei nahm zwölf Männer fest, die sich einer Kontrolle widersetzt hatten.", "REJECT", []),
        ("Nach drei Explosionen in Lima nahm die Polizei zwei Männer fest.", "COERCE", [2.0]),
        ("Nach drei Explosionen in Lima nahm die Polizei zwei Männer fest.", "ASSAULT", [3.0]),
    ],
)
def test_figures_stay_in_their_clause(text, kind, figures):
    assert [[q.low for q in event.quantities] for event in found(text) if event.type == kind] == [figures]
