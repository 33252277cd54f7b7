"""The page that the start is measured with is one that every layer reads."""

from __future__ import annotations

from bench.speed import PAGE

import lagebild


def test_the_page_of_the_shell_is_read_by_every_layer(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    article = lagebild.read(path)
    records = lagebild.code(article)
    assert article.kind == "article"
    assert records.events and records.statements and records.dates and records.places and records.quantities
