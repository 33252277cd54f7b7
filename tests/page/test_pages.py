"""Example pages, written in the manner of outlets, agencies and blog systems: page in, expected article out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lagebild.page import read

CASES = Path(__file__).parent.parent / "cases" / "pages"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))


def page_of(name: str) -> Path:
    return next(path for path in CASES.glob(f"{name}.*") if path.suffix != ".json")


def expected_of(name: str) -> dict:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def test_there_are_enough_examples() -> None:
    assert len(NAMES) >= 35


@pytest.mark.parametrize("name", NAMES)
def test_example(name: str) -> None:
    want = expected_of(name)
    article = read(page_of(name), url=want["url"])
    assert article.text == want["text"]
    assert article.headline == want["headline"]
    assert article.kicker == want["kicker"]
    assert (article.published or "")[:10] == (want["published"] or "")
    assert list(article.bylines) == want["bylines"]
    assert sorted(article.agencies) == sorted(want["agencies"])
    assert list(article.subheads) == want["subheads"]
    assert article.kind == want["kind"]
    assert article.lead == want["lead"]
    if want["outlet"]:
        assert article.outlet == want["outlet"]
    if want["comments"] is not None:
        assert article.comments == want["comments"]
    assert article.doc == page_of(name).name


@pytest.mark.parametrize("name", NAMES)
def test_blocks_quote_the_text_and_map_to_the_page(name: str) -> None:
    from lagebild.page.decode import decode

    path = page_of(name)
    article = read(path)
    for block in article.blocks:
        assert article.text[block.span.start : block.span.end] == block.span.quote
    page = decode(path.read_bytes()).text
    starts = [at for at, _ in article.page_offsets]
    assert starts == sorted(starts)
    for number, (at, place) in enumerate(article.page_offsets):
        end = starts[number + 1] if number + 1 < len(starts) else len(article.text)
        run = article.text[at:end].split("\n")[0].split(" ")[0]
        if page[place] != "&" and run:
            assert page[place : place + 1] == run[0]
