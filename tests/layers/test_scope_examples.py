"""Every cue's example fires on the marked word, every counter-example does not."""

from __future__ import annotations

import re

import pytest

from lagebild.language.load import MODEL, load
from lagebild.layers.conditions import condition_scope
from lagebild.layers.scope import Scope, Tree
from lagebild.layers.status.layer import status_scope, sure_pair
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CONDITIONS, CUES, PAIRS, ConditionCue, Cue, StatusPair

LEXICON = Lexicon()
MARK = re.compile(r"[\[\]()]")
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


@pytest.mark.parametrize("cue", LEXICON.rows(CUES, Cue), ids=lambda cue: cue.id)
def test_a_status_cue_holds_in_its_example_and_not_in_its_counter(cue):
    scope = LEXICON.derived(status_scope)
    assert ways(scope, cue.id, cue.example)["["], cue.example
    if cue.counter:
        assert not ways(scope, cue.id, cue.counter)["["], cue.counter


@pytest.mark.parametrize("cue", LEXICON.rows(CONDITIONS, ConditionCue), ids=lambda cue: cue.id)
def test_a_condition_cue_holds_for_both_events_of_its_example(cue):
    found = ways(LEXICON.derived(condition_scope), cue.id, cue.example)
    assert cue.condition == ("before",) or found["("] & set(cue.condition), cue.example
    assert found["["] & set(cue.consequence), cue.example


@pytest.mark.parametrize("pair", LEXICON.rows(PAIRS, StatusPair), ids=lambda pair: pair.id)
def test_a_pair_decides_in_its_example_and_not_in_its_counter(pair):
    def decides(example: str) -> bool:
        text, places = marked(example)
        doc = load()(text)
        token = next(t.i for t in doc if t.idx <= places["["] < t.idx + len(t))
        scope = LEXICON.derived(status_scope)
        found = sure_pair(scope.hits(Tree(doc, scope.forms), token), LEXICON.rows(PAIRS, StatusPair))
        return found is not None and found[0] is pair

    assert decides(pair.example)
    assert not decides(pair.counter)
