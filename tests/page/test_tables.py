"""Every row of the page tables: its example fires, its counter-example does not."""

from __future__ import annotations

import pytest

from lagebild.page.credits import read_credit
from lagebild.page.html.tree import CAMEL
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import (
    AgencyRow,
    MarkupRow,
    OutletRow,
    PhraseRow,
    agency_names,
    camel_words,
    credit_words,
    function_words,
    months,
    outlets,
    phrases,
    weekdays,
)

LEXICON = Lexicon()
PHRASES = LEXICON.rows("page/phrases.tsv", PhraseRow)
MARKUP = LEXICON.rows("page/markup.tsv", MarkupRow)


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row.id)
def test_phrase(row: PhraseRow) -> None:
    pattern = next(pattern for other, pattern in LEXICON.derived(phrases).rows if other.id == row.id)
    assert pattern.fullmatch(row.example), row.example
    assert not (row.counter and pattern.fullmatch(row.counter)), row.counter


@pytest.mark.parametrize("row", [row for row in PHRASES if row.counter], ids=lambda row: row.id)
def test_no_phrase_that_cuts_takes_a_counter_example(row: PhraseRow) -> None:
    hit = LEXICON.derived(phrases).match(row.counter, "stop", "related", "cut", "caption", "paywall")
    assert hit is None, hit[0].id


@pytest.mark.parametrize("row", MARKUP, ids=lambda row: row.id)
def test_markup(row: MarkupRow) -> None:
    import re

    assert re.search(row.pattern, CAMEL.sub("-", row.example).lower())
    assert not (row.counter and re.search(row.pattern, row.counter))


def test_agencies_are_read_by_every_spelling() -> None:
    for spelling, name in LEXICON.derived(agency_names).items():
        assert name in read_credit(f"abc/{spelling}", LEXICON).agencies, spelling


def test_agency_rows_name_a_country() -> None:
    assert all(len(row.country) == 3 for row in LEXICON.rows("page/agencies.tsv", AgencyRow))


def test_outlets_cover_the_three_countries() -> None:
    rows = LEXICON.rows("page/outlets.tsv", OutletRow)
    by_country = {country: sum(row.country == country for row in rows) for country in ("DEU", "AUT", "CHE")}
    assert len(rows) > 200
    assert min(by_country.values()) >= 25


def test_indexes() -> None:
    assert LEXICON.derived(months)["jänner"] == 1
    assert LEXICON.derived(weekdays)["sonnabend"] == 6
    assert "BioNTech" in LEXICON.derived(camel_words)
    assert "und" in LEXICON.derived(function_words)["de"]
    assert "Korrespondent" in LEXICON.derived(credit_words)["role"]
    assert LEXICON.derived(outlets)["faz"].id == "faz.net"
