"""Votes are trained for the way they are asked."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from model.linear import train_spread


def test_what_is_trained_on_blocks_is_what_is_asked() -> None:
    examples = [([(2.0, ["x", "y"]), (1.0, [f"n{n % 3}"])], "yes", 1.0) for n in range(6)]
    examples += [([(2.0, ["z"]), (1.0, [f"n{n % 3}"])], "no", 1.0) for n in range(6)]
    vote = train_spread(examples, strength=10.0)
    assert vote.spread([(2.0, ["x", "y"])])[vote.labels.index("yes")] > 0.9
    assert vote.spread([(2.0, ["z"])])[vote.labels.index("no")] > 0.9
    heavier = train_spread(
        [*examples[:6], *((blocks, label, 0.01) for blocks, label, _ in examples[6:])], strength=10.0
    )
    assert heavier.spread([])[heavier.labels.index("yes")] > vote.spread([])[vote.labels.index("yes")]
