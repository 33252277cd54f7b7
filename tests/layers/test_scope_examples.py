"""Every cue's example fires on the marked word, every counter-example does not."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL, load
from lagebild.layers.conditions import condition_scope
from lagebild.layers.scope import Scope, Tree
from lagebild.layers.status.layer import status_scope
from lagebild.layers.status.sure import sure_pair
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CONDITIONS, CUES, PAIRS, TRANSPARENT, ConditionCue, Cue, StatusPair, Transparent

LEXICON = Lexicon()
KNOWN_MISREAD = 0.03
"""Share of the examples that the parser may misread; lower it when the parser improves."""
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")


def marked(example: str) -> tuple[str, dict[str, int]]:
    """Return the example without its brackets, and by kind of bracket where the marked word begins."""
    text, places = "", {}
    for char in example:
        if char in "[(":
            places[char] = len(text)
        elif char not in "])":
            text += char
    return text, places


def ways(scope: Scope, cue_id: str, example: str) -> dict[str, set[str]]:
    """Return by kind of bracket the ways in which the cue holds for the marked word."""
    text, places = marked(example)
    doc = load()(text)
    tree = Tree(doc, scope.forms)
    found = {}
    for bracket, start in places.items():
        token = next(t.i for t in doc if t.idx <= start < t.idx + len(t))
        found[bracket] = {
            hit.way
            for hit in scope.hits(tree, token)
            if hit.cue.id == cue_id and (not hit.outside or hit.way == "adverbial")
        }
    return found


def assert_few(wrong: list[str], total: int) -> None:
    assert len(wrong) <= KNOWN_MISREAD * total, wrong


def test_status_cues_hold_in_their_examples():
    rows, scope = LEXICON.rows(CUES, Cue), LEXICON.derived(status_scope)
    assert_few([row.id for row in rows if not ways(scope, row.id, row.example)["["]], len(rows))


def test_status_cues_do_not_hold_in_their_counters():
    rows, scope = [row for row in LEXICON.rows(CUES, Cue) if row.counter], LEXICON.derived(status_scope)
    assert not [row.id for row in rows if ways(scope, row.id, row.counter)["["]]


def test_condition_cues_hold_for_both_events_of_their_examples():
    rows, scope, wrong = LEXICON.rows(CONDITIONS, ConditionCue), LEXICON.derived(condition_scope), []
    for row in rows:
        found = ways(scope, row.id, row.example)
        before = row.condition == ("before",)  # the condition stands in the sentence before
        if not ((before or found["("] & set(row.condition)) and found["["] & set(row.consequence)):
            wrong.append(row.id)
    assert_few(wrong, len(rows))


def test_words_that_only_measure_are_seen_through():
    rows, scope, wrong = LEXICON.rows(TRANSPARENT, Transparent), LEXICON.derived(status_scope), []
    for row in rows:
        text, places = marked(row.example)
        doc = load()(text)
        tree = Tree(doc, scope.forms)
        token = next(t.i for t in doc if t.idx <= places["["] < t.idx + len(t))
        if tree.lemma[tree.head[token]] not in row.lemmas:
            wrong.append(row.id)
    assert_few(wrong, len(rows))


@pytest.mark.parametrize("pair", LEXICON.rows(PAIRS, StatusPair), ids=lambda pair: pair.id)
def test_a_pair_decides_in_its_example_and_not_in_its_counter(pair):
    def decides(example: str) -> bool:
        text, places = marked(example)
        doc = load()(text)
        token = next(t.i for t in doc if t.idx <= places["["] < t.idx + len(t))
        scope = LEXICON.derived(status_scope)
        tree = Tree(doc, scope.forms)
        found = sure_pair(scope.hits(tree, token), LEXICON.rows(PAIRS, StatusPair), None, tree)
        return found is not None and found[0] is pair

    assert decides(pair.example)
    assert not decides(pair.counter)
