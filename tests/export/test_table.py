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


LONG = "Die Türkei hat am Montag Stellungen der PKK im Norden des Irak beschossen, teilte das Verteidigungsministerium mit."


def table(text=LONG, *, published="2024-03-05", notes=(), **options):
    article = lagebild.Article(id="t", text=text, doc="seite.html", published=published, notes=notes)
    out = io.StringIO()
    TableWriter(out, **options).feed(lagebild.code(article))
    return out.getvalue()


@pytest.mark.parametrize(("columns", "width"), [(None, 160), ("120", 120), ("80", 80), ("0", 160), ("viele", 160)])
@pytest.mark.parametrize("what", ["events", "statements"])
def test_piped_lines_are_as_wide_as_columns_says_and_end_with_a_letter(monkeypatch, columns, width, what):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    lines = table(LONG * 3, what=what).split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert width - 40 < max(map(len, lines)) <= width


def test_on_a_narrow_terminal_nothing_is_cut(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    shown = table()
    assert "#1 ASSAULT" in shown
    assert "Verteidigungsministerium" in shown
    assert "Türkei (TUR" in shown


def test_the_advice_is_shown_where_the_date_is_unknown():
    assert "note: no date: give one with --date" in table(published=None, notes=("no date: give one with --date",))


def test_statements_show_who_says_what_in_order_of_the_text(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    text = "Kanzler Scholz sagte, die Armee ziehe ab. „Das ist eine Lüge“, sagte Macron am Dienstag in Paris."
    shown = table(text, what="statements")
    assert shown.index("die Armee ziehe ab") < shown.index("Das ist eine Lüge")
    assert "Olaf Scholz (DEU:GOV)" in shown
    assert "Emmanuel Macron (FRA:GOV)" in shown
    assert "RETREAT" in shown


def test_where_nobody_says_anything_the_table_says_so():
    assert "no statements found" in table("Es regnete in Bonn.", what="statements")
