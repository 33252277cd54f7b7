"""The scores of the packaged pipeline hold their floors (bench/floors_model.json) on what it never learnt from."""

import json

import pytest
from bench.model import FLOORS, below, parts

from lagebild.language import load
from lagebild.language.reader import MODEL
from lagebild.language.score import score_texts

WANTED = json.loads(FLOORS.read_text(encoding="utf-8"))
PARTS = dict(parts())


@pytest.mark.skipif(not (MODEL / "weights.npz").exists(), reason="no weights: run `make model`")
@pytest.mark.parametrize("part", WANTED)
def test_floor(part: str) -> None:
    texts = PARTS[part]
    if texts is None:
        pytest.skip("the shared data are not at hand ($LAGEBILD_DATA)")
    assert below({part: score_texts(load(), texts())}, {part: WANTED[part]}) == []


def test_a_figure_under_its_floor_or_missing_is_named() -> None:
    lines = below({"x": {"las": 89.0}}, {"x": {"las": 90.0, "uas": 1.0}, "absent": {"las": 1.0}})
    assert lines == ["x las: 89.0 is below its floor 90.0", "x uas: 0.0 is below its floor 1.0"]
