"""What speaks for a state: groups weigh what their features weigh, and are spelled as the weights know them."""

from __future__ import annotations

import pytest

from lagebild.layers.linear import Sums, load_linear
from lagebild.resolve.actors.state_words import SPELLING, best_of, spelled, weights

GROUPS = [
    ("rank", 1, "force", 4),
    ("gap", 0, "force", "body+def"),
    ("mark", "same:name", "force"),
    ("tie", "tie:nmod", "force", "body+def"),
    ("nearest", "force", "body+def", "armee"),
    ("told", 2, 5, "force"),
    ("told:last", "force", "body+def", "nsubj "),
    ("told:here", "told:not-here", "force", "nsubj "),
    ("above", "same", "force", "body+def", 1),
    ("sounds", "sounds:4*", 1),
    ("clause", "object:other", "armee", "force", "subject"),
    ("clause verb", "object:other", "nsubj ", "angreifen"),
    ("tied", "tied-sector:same", "MIL", "body+def"),
    ("home", "armee", "body+def", "force", "new"),
    ("federal", "DEU", True, True, 0),
    ("bloc", "armee", "force"),
    ("open", "force", "armee", "body+def", "MIL"),
    ("prior:RUS", "force"),
]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_a_group_weighs_what_its_features_weigh(group):
    column = load_linear("actor_state").column("score")
    assert weights()[group] == pytest.approx(sum(column.get(feature, 0.0) for feature in spelled(group)))


def test_every_kind_of_group_is_tried_here():
    assert set(SPELLING) < {group[0] for group in GROUPS}


def test_a_group_is_spelled_once_however_often_it_is_asked_for():
    asked = []
    sums = Sums({"a": 1.0, "b": 0.5}, lambda group: asked.append(group) or ["a", "b", "unknown"])
    assert [sums["x", 1], sums["x", 1], sums["x", 2]] == [1.5, 1.5, 1.5]
    assert asked == [("x", 1), ("x", 2)]


def test_the_first_of_equals_is_chosen_and_nobody_of_none():
    assert best_of({"RUS": [("mark", "nothing", "x")], "UKR": [("mark", "nothing", "x")]}) == "RUS"
    assert best_of({}) is None
