"""A page that was changed since: its newer state takes the older one's place, which stays readable."""

from __future__ import annotations

import dataclasses
import random

import pytest

from lagebild.export.ledger import items
from lagebild.ledger.build import build
from lagebild.ledger.care import check, compact
from lagebild.ledger.dump import dump
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.search import Index, search
from lagebild.ledger.states import State, is_newer, page_of
from lagebild.ledger.store import Store
from lagebild.ledger.write import unseen, write
from lagebild.records import Records

from .factory import PARIS, V1, V2, article, event, said
from .test_build import shape, story

ADDRESS = "https://www.bote.test/politik/angriff-auf-paris"
TEXT = (
    "Die Armee griff am Freitag Paris an, {count} Menschen starben, meldet Rom. Ein Angriff am Rathaus wurde in Kiew bestritten. "
    "{more} Die Regierung will die Renten im Mai erhöhen."
)


def page(doc, count, *, more="Die Polizei sperrte den Platz.", versions=V1, **fields):
    """A page on an attack: how many died, who denies it, what the government promises."""
    text = TEXT.format(count=count, more=more)
    fields = {"canonical_url": ADDRESS, "outlet": "bote.test", "published": "2024-03-01T09:00:00+01:00"} | fields
    struck, denied = (
        event(text, words, "ASSAULT", id=id, actors=[("Armee", "XRU:MIL")], place=("Paris", *PARIS), day=("Freitag", "2024-03-01"),
              killed=(str(count), float(count)) if id == 0 else None, status=status, statement=id)
        for id, (words, status) in enumerate([("griff", "actual"), ("Angriff", "denied")])
    )  # fmt: skip
    promised = event(text, "erhöhen", "AID", id=2, actors=[("Regierung", "FRA:GOV")], status="planned")
    sources = said(text, "Rom", "meldet", "ITA:GOV"), said(text, "Kiew", "bestritten", "UKR:GOV", id=1, stance="denies")
    return Records(article(text, doc, **fields), versions, (struck, denied, promised), sources)


OLDER = page("alt.html", 6000)
NEWER = page("neu.html", 7000, modified="2024-03-01T18:00:00+01:00")


def ledger(tmp_path, *steps, name="ledger"):
    store = Store(tmp_path / name)
    for records in steps:
        write(store, records)
        build(store)
    return store


def told(store):
    """What counts now, as lists, exports and search show it."""
    reader = Reader(store)
    found = dump(reader)
    index = Index.of(store)
    index.update(reader)
    return {
        "articles": [row["doc"] for row in reader.rows("select doc from articles")],
        "incidents": sorted(m["doc"] for i in found["incidents"] for m in i["mentions"]),
        "contradictions": sorted(side["doc"] for c in found["contradictions"] for side in (c["a"], c["b"])),
        "commitments": sorted(s["doc"] for c in found["commitments"] for s in c["states"]),
        "exported": sorted(item.article["doc"] for item in items(reader, Filter())),
        "searched": [reader_doc(reader, hit.article) for hit in search(reader, index, "Rathaus", where=Filter())],
    }


def reader_doc(reader, name):
    return next(row["doc"] for row in reader.rows("select doc from articles where article = ?", [name]))


ONLY_NEWER = {
    "articles": ["neu.html"],
    "incidents": ["neu.html"] * 3,
    "contradictions": ["neu.html"] * 2,
    "commitments": ["neu.html"],
    "exported": ["neu.html"] * 3,
    "searched": ["neu.html"],
}


@pytest.mark.parametrize("steps", [[[OLDER], [NEWER]], [[NEWER], [OLDER]], [[OLDER, NEWER]], [[NEWER, OLDER]]])
def test_only_the_newer_state_of_a_page_counts_in_whatever_order_they_come(tmp_path, steps):
    assert told(ledger(tmp_path, *steps)) == ONLY_NEWER


def test_the_older_state_stays_readable(tmp_path):
    store = ledger(tmp_path, [OLDER], [NEWER])
    reader = Reader(store)
    assert [row["doc"] for row in reader.rows("select doc from older_states")] == ["alt.html"]
    assert next(reader.rows("select count(*) as n from all_events where article = ?", [OLDER.article.id]))["n"] == 3
    rows = reader.rows("select reason from families where article = ?", [OLDER.article.id])
    assert next(rows)["reason"] == f"an older state of {NEWER.article.id}, the same page"
    assert list(check(store)) == []


def test_nothing_that_is_known_is_coded_or_built_again(tmp_path):
    store = ledger(tmp_path, [OLDER], [NEWER])
    versions = {
        name: store.table(name).version() for name in ("incidents", "families", "commitments", "contradictions")
    }
    assert list(unseen(store, [OLDER.article, NEWER.article], V1)) == []
    assert write(store, [OLDER, NEWER]).written == 0
    build(store)
    assert {name: store.table(name).version() for name in versions} == versions


def test_coded_anew_by_newer_versions_the_older_state_stays_out(tmp_path):
    again = [dataclasses.replace(records, versions=V2) for records in (OLDER, NEWER)]
    assert told(ledger(tmp_path, [OLDER], [NEWER], again)) == ONLY_NEWER


def test_compacted_it_is_the_same(tmp_path):
    store = ledger(tmp_path, [OLDER], [NEWER])
    compact(store)
    assert told(store) == ONLY_NEWER
    third = page("noch.html", 8000, modified="2024-03-01T20:00:00+01:00")
    write(store, [third])
    build(store)
    assert told(store) == {name: ["noch.html"] * len(docs) for name, docs in ONLY_NEWER.items()}


def test_a_build_that_was_killed_between_is_made_good_by_the_next(tmp_path):
    store = ledger(tmp_path, [OLDER])
    write(store, [NEWER])

    def killed(part):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(store, stored=killed)
    build(store)
    assert told(store) == ONLY_NEWER


@pytest.mark.parametrize(
    "other",
    [
        page("neu.html", 7000, canonical_url="https://bote.test/politik/andere", modified="2024-03-02"),
        page("neu.html", 7000, canonical_url=None, url=None, modified="2024-03-02"),
        page("neu.html", 7000, canonical_url="https://www.bote.test/", modified="2024-03-02"),
    ],
    ids=["another address", "no address", "a home page"],
)
def test_what_is_no_state_of_the_same_page_stays(tmp_path, other):
    old = page("alt.html", 6000, canonical_url=other.article.canonical_url and "https://www.bote.test/")
    assert sorted(told(ledger(tmp_path, [old], [other]))["articles"]) == ["alt.html", "neu.html"]


def test_another_text_at_the_same_address_is_another_article(tmp_path):
    """Page 2 of a report, or the next day of a liveblog."""
    text = "Zenda liefert Strelsau im Sommer zehn Kähne. Das teilte der Hafen mit, der von Verhandlungen sprach."
    found = event(text, "liefert", "AID", actors=[("Zenda", "XRU:GOV")], status="planned")
    other = Records(
        article(text, "seite2.html", canonical_url=ADDRESS, modified="2024-03-02T08:00:00+01:00"), V1, (found,)
    )
    assert sorted(told(ledger(tmp_path, [OLDER], [other]))["articles"]) == ["alt.html", "seite2.html"]


def test_of_two_states_that_tell_no_time_the_one_that_came_later_counts(tmp_path):
    undated = page("neu.html", 7000)
    assert told(ledger(tmp_path, [OLDER], [undated]))["articles"] == ["neu.html"]
    both = told(ledger(tmp_path, [OLDER, undated], name="together"))["articles"]
    assert sorted(both) == ["alt.html", "neu.html"]  # nothing tells which: neither is taken for the older


def test_other_stories_around_are_what_they_would_be_without_it(tmp_path):
    others = [story(number, random.Random(number)) for number in range(12)]
    with_both = ledger(tmp_path, [*others[:6], OLDER], [*others[6:], NEWER], name="both")
    only = ledger(tmp_path, [*others[:6]], [*others[6:], NEWER], name="only")
    one, other = shape(dump(Reader(with_both))), shape(dump(Reader(only)))
    assert sorted(mentions for _, mentions, _ in one["incidents"]) == sorted(m for _, m, _ in other["incidents"])
    assert sorted(kind for kind, _ in one["contradictions"]) == sorted(kind for kind, _ in other["contradictions"])


@pytest.mark.parametrize(
    ("a", "b", "newer"),
    [
        (State("p", "2024-03-01T10:00:00+01:00"), State("p", "2024-03-01T09:30:00+00:00"), False),
        (State("p", "2024-03-02"), State("p", "2024-03-01T23:00:00+01:00"), True),
        (State("p", "2024-03-01"), State("p", "2024-03-01T23:00:00+01:00", seq=1), False),
        (State("p", None, "2024-03-03T10:00:00"), State("p", "2024-03-01", "2024-03-02T10:00:00"), True),
        (State("p", "bald", seq=2), State("p", "gestern", seq=1), True),
        (State("p", seq=1), State("q"), None),
        (State(None, seq=1), State(None), None),
    ],
)
def test_the_page_s_own_word_on_when_it_was_changed_goes_first(a, b, newer):
    assert is_newer(a, b, arrived=True) is newer


def test_an_address_is_the_same_however_it_is_written():
    assert page_of("http://www.bote.test/a/") == page_of("https://bote.test/a#oben") == "bote.test/a"
    assert page_of("https://bote.test/a?id=1") != page_of("https://bote.test/a?id=2")
    assert page_of("https://www.bote.test/") is page_of("") is page_of(None) is None


def test_a_family_names_the_page_it_shares_its_text_with(tmp_path):
    pages = [page(doc, 6000, canonical_url=None, outlet=doc) for doc in ("a.html", "b.html")]
    (family,) = dump(Reader(ledger(tmp_path, pages)))["families"]
    assert sorted(family["docs"]) == ["a.html", "b.html"]
    assert family["reason"].startswith(("with a.html: 100%", "with b.html: 100%"))
