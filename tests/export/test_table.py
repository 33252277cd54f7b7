"""The table of the terminal: dates as a reader knows them."""

from __future__ import annotations

import io

import pytest

import lagebild
from lagebild.export.table import TableWriter


@pytest.mark.parametrize(
    ("text", "shown", "hidden"),
    [
        ("Die Luftwaffe fliegt derzeit Angriffe auf Rebellen in Syrien.", "derzeit", "PRESENT_REF"),
        ("Die Polizei nahm am Montag in Istanbul drei Aktivisten fest.", "2022-03-14", "2022-W"),
    ],
)
def test_a_date_is_shown_as_a_day_or_in_its_own_words(text, shown, hidden):
    article = lagebild.Article(id="t", text=text, published="2022-03-15")
    out = io.StringIO()
    TableWriter(out).feed(lagebild.code(article))
    assert shown in out.getvalue() and hidden not in out.getvalue()


def test_an_agency_among_the_names_of_authors_is_told_once():
    article = lagebild.Article(id="t", text="Es regnete in Bonn.", bylines=("red", "APA"), agencies=("APA", "Reuters"))
    out = io.StringIO()
    TableWriter(out).feed(lagebild.code(article))
    assert "red/APA/Reuters" in out.getvalue()
    assert "APA/Reuters/APA" not in out.getvalue()
