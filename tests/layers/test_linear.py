"""The votes: short ways to the same numbers."""

import dataclasses
import math

import numpy as np
import pytest

from lagebild.layers.linear import Block, Linear, Rows, load_linear
from lagebild.records import Actor, Span, changed


@pytest.mark.parametrize("name", ["speech_vouch", "status_content"])
@pytest.mark.parametrize("size", [0, 1, 25])
def test_the_chance_of_a_label_is_its_probability(name: str, size: int) -> None:
    vote = load_linear(name)
    features = [*list(vote.index)[:: max(len(vote.index) // size, 1)][:size], "of no weight"] if size else []
    for label, probability in zip(vote.labels, vote.probabilities(features), strict=True):
        assert vote.chance(features, label) == pytest.approx(float(probability), abs=1e-5)


def test_a_block_weighs_alike_however_much_of_it_is_known() -> None:
    vote = Linear(
        ("no", "yes"), {"a": 0, "b": 1, "c": 2, "d": 3}, np.array([[0.0, 1.0]] * 4 + [[0.0, 0.5]], np.float32)
    )

    def score(*blocks: Block) -> float:
        no, yes = vote.spread(blocks)
        return math.log(yes / no)

    assert score() == pytest.approx(0.5)
    assert score((3.0, ["a", "unknown"])) == pytest.approx(0.5 + 3)
    assert score((3.0, ["a", "b", "c", "d"])) == pytest.approx(0.5 + 3 * 4 / 2)
    assert score((3.0, ["a"]), (1.0, ["b"]), (2.0, [])) == pytest.approx(0.5 + 3 + 1)


def test_a_group_stands_for_the_rows_of_its_features() -> None:
    index = {"a=x": 0, "b=x": 1, "c": 2}
    rows = Rows(index, lambda group: [f"a={group[1]}", f"b={group[1]}", "unknown"])
    assert list(rows.of([("ab", "x"), ("ab", "y")], ["c", "unknown", "a=x"])) == [0, 1, 2]


def test_a_changed_record_is_a_replaced_one() -> None:
    actor = Actor(Span(3, 7, "Wien"), "Österreich", "AUT", "metonym")
    assert changed(actor, span=None, how="implied") == dataclasses.replace(actor, span=None, how="implied")
    with pytest.raises(KeyError):
        changed(actor, nothing=1)
