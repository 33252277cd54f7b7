"""Speech events in debates: the network in numpy, what is written of what it says, the words around a cue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lagebild.language import load
from lagebild.language.states import parse_joined
from lagebild.layers.speech.debate.around import AFTER, Around, distance, segments
from lagebild.layers.speech.debate.events import Event, event_of, find_events, without_twins
from lagebild.layers.speech.debate.network import KINDS, LABELS, Cue, Member, Network, Reading, rows_of, runs
from lagebild.layers.speech.debate.words import word_features
from lagebild.layers.speech.debate.written import event_rows
from lagebild.layers.speech.tree import Tree
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import speech_words

STATES, WIDTH, HIDDEN = 5, 4, 3
INDEX = {kind: {"a": 0, "b": 1, "c": 2} for kind in KINDS}


def made_up(seed: int = 0) -> Network:
    random = np.random.default_rng(seed)
    shapes = {
        "input.weight": (WIDTH, STATES), "input.bias": (WIDTH,), "words.weight": (4, WIDTH), "cue.weight": (3, 2 * HIDDEN),
        "cue.bias": (3,), "of_word.weight": (WIDTH, 2 * HIDDEN), "of_word.bias": (WIDTH,), "cues.weight": (4, WIDTH),
        "of_cue.weight": (WIDTH, 2 * HIDDEN), "of_cue.bias": (WIDTH,), "arounds.weight": (4, WIDTH),
        "role.weight": (len(LABELS), 2 * HIDDEN + WIDTH), "role.bias": (len(LABELS),),
    }  # fmt: skip
    for name in ("reader.ahead", "reader.back", "tagger.ahead", "tagger.back"):
        shapes |= {
            f"{name}.weight_ih_l0": (4 * HIDDEN, WIDTH), f"{name}.weight_hh_l0": (4 * HIDDEN, HIDDEN),
            f"{name}.bias_ih_l0": (4 * HIDDEN,), f"{name}.bias_hh_l0": (4 * HIDDEN,),
        }  # fmt: skip
    weights = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    for name in ("words", "cues", "arounds"):
        weights[f"{name}.weight"][-1] = 0
    return Network(INDEX, (Member(weights),))


def states(words: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(words, STATES)).astype(np.float32)


def tree_of(*sentences: str) -> Tree:
    ((doc, _),) = parse_joined([[sentence.split() for sentence in sentences]])
    return Tree.of(doc)


def around(tree: Tree, cue: int, *lengths: int) -> Around:
    ends = np.cumsum(lengths).tolist()
    bounds = [(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    number_of = [number for number, length in enumerate(lengths) for _ in range(length)]
    return Around(tree, Lexicon().derived(speech_words), {}, cue, bounds, number_of)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([(0, 3)], [(0, 3)]),
        ([(0, 100), (100, 150), (150, 160)], [(0, 150), (150, 160)]),
        ([(0, 200), (200, 201)], [(0, 200), (200, 201)]),
        ([(0, 0), (0, 2)], [(0, 2)]),
        ([], []),
    ],
)
def test_sentences_are_joined_to_runs(bounds: list, expected: list) -> None:
    assert runs(bounds) == expected


def test_unknown_features_count_nothing_and_no_item_is_empty() -> None:
    rows, starts = rows_of([["a", "x"], ["x"], []], INDEX["word"])
    assert rows.tolist() == [0, 3, 3, 3]
    assert starts.tolist() == [0, 2, 3]


def test_a_run_is_read_alike_alone_and_beside_others() -> None:
    network, x = made_up(), states(9)
    words = [["a"]] * 9
    beside = Reading(network, x, words, [(0, 2), (2, 200 - 191)]).read[0]
    (member,) = network.members
    rows = rows_of(words[:4], INDEX["word"])
    alone = member.read(x[:4], rows, [(0, 4)])
    both = member.read(x, rows_of(words, INDEX["word"]), [(4, 9), (0, 4)])
    assert np.allclose(alone, both[:4], atol=1e-6)
    assert not np.allclose(alone, beside[:4], atol=1e-3)  # one run of nine words: the way back comes from further on


def test_roles_of_a_cue_do_not_depend_on_other_cues() -> None:
    reading = Reading(made_up(), states(8), [["a"], ["b"]] * 4, [(0, 8)])
    cues = [Cue(1, 0, 4, ["a"], [["b"]] * 4), Cue(5, 2, 8, ["c"], [["c", "a"]] * 6)]
    together, alone = reading.roles(cues), reading.roles(cues[1:])
    assert [len(part) for part in together] == [4, 6]
    assert np.allclose(together[1], alone[0], atol=1e-6)
    assert np.allclose(together[1].sum(axis=1), 1, atol=1e-5)
    assert reading.roles([]) == []


def test_weights_survive_packing(tmp_path: Path) -> None:
    network = made_up()
    network.save(tmp_path / "n.npz")
    read = Network.load(tmp_path / "n.npz")
    assert read.index == network.index
    args = states(6), [["a", "b"]] * 6, [(0, 6)]
    assert np.allclose(Reading(read, *args).cues, Reading(network, *args).cues, atol=0.05)


def test_a_role_is_written_where_its_chance_with_that_of_the_cue_is_worth_it() -> None:
    said = np.full((3, len(LABELS)), 0.01, np.float32)
    said[0, LABELS.index("Source")] = 0.8
    said[2, LABELS.index("Cue")] = 0.9
    cue = Cue(1, 0, 3, [], [[]] * 3)
    assert event_of(cue, 0.9, said) == Event(1, {1, 2}, {"Source": {0}})
    assert event_of(cue, 0.5, said) == Event(1, {1, 2}, {})


def test_no_word_is_in_two_cues() -> None:
    events = [(0.6, Event(4, {4, 7})), (0.9, Event(7, {7})), (0.5, Event(9, {9, 4})), (0.7, Event(12, {12, 9}))]
    assert [(event.head, event.cue) for event in without_twins(events)] == [(4, {4}), (7, {7}), (12, {12, 9})]


@pytest.mark.parametrize(("steps", "expected"), [(0, "+1"), (-1, "-1"), (6, "+7"), (-11, "-14"), (51, "+far")])
def test_distance(steps: int, expected: str) -> None:
    assert distance(steps) == expected


def test_the_window_takes_in_the_next_sentence_and_has_an_end() -> None:
    tree = tree_of("Ich sage :", "Das ist falsch .", "Wir gehen .")
    assert around(tree, 1, 3, 4, 3).window() == (0, 7)
    long = tree_of("Ich sage :", " ".join(["und"] * 300))
    assert around(long, 1, 3, 300).window()[1] <= 1 + AFTER


def test_words_of_another_sentence_are_seen_by_how_the_first_ends() -> None:
    tree = tree_of("Er sagte das .", "Wir gehen .")
    features = around(tree, 1, 4, 3).of(4)
    assert "fin=. 1" in features
    assert not [name for name in features if name.startswith("l=")]


def test_the_cue_knows_itself_and_its_subject() -> None:
    tree = tree_of("Wir fordern mehr Geld .")
    seen = around(tree, 1, 5)
    assert "L=fordern" in seen.of_cue()
    assert "CUE" in seen.of(1)
    assert any(name.startswith("l=nsubj^0<") for name in seen.of(0))


def test_segments_are_cut_at_commas() -> None:
    tree = tree_of("Er sagt , dass wir gehen .")
    numbers, described = segments(tree, 0, 7)
    assert numbers == [0, 0, 1, 1, 1, 1, 1]
    assert described[1][0] == "dass"


def test_features_of_words_name_particle_and_preposition() -> None:
    tree = tree_of("Ich weise den Vorwurf mit Nachdruck zurück .")
    features = word_features(tree, Lexicon().derived(speech_words), {})
    assert "L=zurückweisen" in features[1]
    (reden,) = [
        f
        for f in word_features(tree_of("Wir reden über Geld ."), Lexicon().derived(speech_words), {})
        if "L=reden" in f
    ]
    assert any(name.startswith("cb=") and name.endswith("/über") for name in reden)


def test_the_packaged_network_reads_a_debate() -> None:
    sentences = ["Frau Präsidentin !".split(), "Ich sage Ihnen , dass wir den Antrag ablehnen .".split()]
    ((doc, x),) = parse_joined([sentences])
    events = find_events(Tree.of(doc), Lexicon().derived(speech_words), states=x, lengths=[3, 10])
    rows = event_rows([{"SentenceId": n, "Tokens": words} for n, words in enumerate(sentences)], events)
    said = next(row for row in rows if row["Cue"] == ["1:1"])
    assert said["Source"] == ["1:0"]
    assert {"1:5", "1:7", "1:8"} <= set(said["Message"])


def test_a_text_without_words_has_no_events() -> None:
    ((doc, x),) = parse_joined([[]])
    assert find_events(Tree.of(doc), Lexicon().derived(speech_words), states=x, lengths=[]) == []


def test_sentences_that_are_not_those_of_the_tree_are_refused() -> None:
    ((doc, x),) = parse_joined([[["Wir", "fordern", "Geld"]]])
    with pytest.raises(ValueError, match="2 words"):
        find_events(Tree.of(doc), Lexicon().derived(speech_words), states=x, lengths=[2])


def test_states_are_those_of_the_pipeline_and_white_space_keeps_its_place() -> None:
    ((doc, x),) = parse_joined([[["Wir", " ", "fordern"], ["Geld", "."]]])
    assert [token.text for token in doc] == ["Wir", "_", "fordern", "Geld", "."]
    network = load().get_pipe("lagebild_reader").network
    layers, ways, width = 2, 2, network.vectors(["Geld"]).shape[1]
    assert x.shape == (5, layers * ways * network.hidden + 2 * width)
