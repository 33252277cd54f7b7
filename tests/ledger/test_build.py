"""Incidents, families, contradictions and commitments are the same whether built at once or day by day."""

from __future__ import annotations

import dataclasses
import datetime
import random
import threading

import pytest

from lagebild.export.ledger import items
from lagebild.ledger.build import _days, build
from lagebild.ledger.care import check
from lagebild.ledger.cluster import Clusterer
from lagebild.ledger.dump import dump
from lagebild.ledger.filters import Filter
from lagebild.ledger.happenings import Telling
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.records import Records

from .factory import PARIS, V1, V2, article, event, said, withdrawal

TOWNS = [("Zenda", 1, 10.0, 10.0, "XRU"), ("Strelsau", 2, 12.0, 12.0, "XRU"), ("Paris", *PARIS)]
TEXT = "Am Freitag griff Ruritanien {town} an; {killed} Menschen starben, meldet {who}. Die Armee zieht bald ab. Nr. {number}"


def story(number, random_):
    """An article about one of a few attacks, told with varying numbers, by varying speakers, or denied."""
    day = datetime.date(2024, 3, 1) + datetime.timedelta(days=number // 4)
    town = random_.choice(TOWNS)
    happened = (day - datetime.timedelta(days=random_.randrange(3))).isoformat()
    killed, who = random_.choice([3, 12]), random_.choice(["Kiew", "Rom"])
    text = TEXT.format(town=town[0], killed=killed, who=who, number=number)
    attack = event(
        text, "griff", "ASSAULT", actors=[("Ruritanien", "XRU:MIL")], place=town, killed=(str(killed), float(killed)),
        day=("Freitag", happened), status=random_.choice(["actual", "actual", "denied"]), statement=0,
    )  # fmt: skip
    leaving = event(text, "zieht", "RETREAT", id=1, mode="withdraw", actors=[("Armee", "XRU:MIL")],
                    status=random_.choice(["planned", "actual"]))  # fmt: skip
    source = said(text, who, "meldet", {"Kiew": "UKR:GOV", "Rom": "ITA:GOV"}[who])
    return Records(article(text, f"{number}.txt", published=day.isoformat(), outlet=f"o{number % 5}.test"), V1,
                   (attack, leaving), (source,))  # fmt: skip


def all_at_once(tmp_path, records):
    store = Store(tmp_path / "once")
    write(store, records)
    build(store)
    return dump(Reader(store))


def day_by_day(tmp_path, records, step):
    store = Store(tmp_path / f"step{step}")
    for at in range(0, len(records), step):
        write(store, records[at : at + step])
        build(store)
    return dump(Reader(store))


def shape(found):
    """Everything but wording and order that depends on when it was built."""
    return {
        "families": sorted(sorted(family["docs"]) for family in found["families"]),
        "incidents": sorted(
            (i["id"], sorted((m["doc"], m["trigger"]) for m in i["mentions"]), i["independent_origins"])
            for i in found["incidents"]
        ),
        "contradictions": sorted((c["kind"], c["incident"]) for c in found["contradictions"]),
        "commitments": sorted((c["id"], c["final"]) for c in found["commitments"]),
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_day_by_day_gives_what_at_once_gives(tmp_path, seed):
    random_ = random.Random(seed)
    records = [story(number, random_) for number in range(24)]
    once = shape(all_at_once(tmp_path, records))
    assert len(once["incidents"]) > 3 and once["contradictions"] and once["commitments"]
    assert shape(day_by_day(tmp_path, records, 4)) == once
    assert shape(day_by_day(tmp_path, records, 12)) == once


def test_what_only_the_words_of_a_sentence_make_a_promise_is_owed_in_later_builds_too(tmp_path):
    """Its event is told as done; that an agreement says so is a cue of its sentence ("demnach")."""
    promised, kept = (
        "Ruritanien senkt demnach die Zölle auf Wein.",
        "Ruritanien hat die Zölle auf Wein am Montag gesenkt.",
    )
    records = [
        Records(
            article(text, doc, published=day), V1,
            (event(text, words, "CONCEDE", actors=[("Ruritanien", "XRU:GOV")]),),
        )
        for text, words, doc, day in (
            (promised, "senkt", "a.txt", "2024-03-01"), (kept, "gesenkt", "b.txt", "2024-03-20"),
        )
    ]  # fmt: skip
    once = shape(all_at_once(tmp_path, records))
    assert [final for _, final in once["commitments"]] == ["kept"]
    assert shape(day_by_day(tmp_path, records, 1)) == once


def test_parts_of_a_build_come_one_after_the_other(tmp_path):
    """What a later part changes is newer than what an earlier one stored, also after the next build."""
    records = [story(number, random.Random(number)) for number in range(24)]
    once = shape(all_at_once(tmp_path, records))
    store = Store(tmp_path / "parts")
    for some in (records[:16], records[16:]):
        write(store, some)
        build(store, part_size=4)
    assert shape(dump(Reader(store))) == once
    for name, key in (("incidents", "incident"), ("families", "article"), ("commitments", "commitment")):
        newest = Reader(store).arrow(
            f"select {key} from all_{name} group by {key} having count(*) > count(distinct seq)"
        )
        assert newest.num_rows == 0, name


def test_what_a_merged_incident_disputes_outlasts_its_tombstone(tmp_path):
    def attack(days, name, latitude, killed=None):
        published = (datetime.date(2024, 3, 1) + datetime.timedelta(days=days)).isoformat()
        text = f"Die Armee griff am 1. März {name} aus der Luft an, {killed} Menschen starben. Nr. {days}"
        found = event(text, "griff", "ASSAULT", mode="aerial", actors=[("Armee", "XRU:MIL")], day=("1. März", "2024-03-01"),
                      place=(name, 1, latitude, 10.0, "XRU"), killed=killed and (f"{killed} Menschen", killed))  # fmt: skip
        return Records(article(text, f"{days}-{name}", published=published, outlet=f"{name}{days}"), V1, (found,))

    records = [attack(0, "Zenda", 10.0, 3.0), attack(0, "Hentzau", 10.6, 12.0)]
    records += [attack(days, "Mittelzenda", 10.3) for days in (1, 18, 36, 54, 72, 90)]
    once = shape(all_at_once(tmp_path, records))
    assert len(once["incidents"]) == 1 and once["contradictions"]
    store = Store(tmp_path / "parts")
    write(store, records)
    build(store, part_size=1)
    assert shape(dump(Reader(store)))["contradictions"] == once["contradictions"]


def test_building_twice_changes_nothing(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(6)])
    build(store)
    before = {name: store.table(name).version() for name in ("incidents", "contradictions", "commitments", "families")}
    assert build(store).incidents == 0
    assert {name: store.table(name).version() for name in before} == before


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([("2024-03-01", "2024-03-01"), ("2024-03-05", "2024-03-05"), ("2024-03-05", "2024-03-05")], ("05", "05")),
        ([("2024-03-01", "2024-03-31"), ("2024-03-05", "2024-03-08"), ("2024-03-07", "2024-03-20")], ("07", "08")),
        ([("2024-03-20", "2024-03-31"), ("2024-03-05", "2024-03-06")], ("05", "06")),
        ([], None),
    ],
)
def test_an_incident_is_never_earlier_than_its_earliest_day(told, days):
    iso = datetime.date.fromisoformat
    members = [telling(str(n), earliest=iso(a), latest=iso(b)) for n, (a, b) in enumerate(told)]
    wanted = tuple(iso(f"2024-03-{day}") for day in days) if days else (None, None)
    assert _days([*members, telling("x")]) == wanted


def incidents_of(store, as_of=None):
    return {i["id"]: {m["doc"] for m in i["mentions"]} for i in dump(Reader(store, as_of=as_of))["incidents"]}


def telling(key, **fields):
    day = datetime.date(2024, 3, 1)
    return Telling(
        key=f"{key}#0", article=key, type="ASSAULT", mode="aerial", status="actual", published=day, country="XRU",
        actors=fields.pop("actors", frozenset({"XRU:MIL"})), recipients=frozenset({"GRC:CVL"}), **fields,
    )  # fmt: skip


def test_two_incidents_that_turn_out_to_be_one_leave_a_tombstone():
    day = datetime.date(2024, 3, 1)
    dated = {"earliest": day, "latest": day}
    clusterer = Clusterer()
    first = clusterer.add(telling("a", place="Zenda", precise=True, point=(10.0, 10.0), **dated))
    second = clusterer.add(telling("b", place="Zenda-Nord", precise=True, point=(10.6, 10.0), **dated))
    assert first.id != second.id
    joined = clusterer.add(telling("c", place="Zenda", precise=True, point=(10.3, 10.0), **dated))
    assert joined is first
    assert (second.successor, first.successor) == (first.id, None)
    assert {m.article for m in first.members} == {"a", "b", "c"}
    assert any("merged" in reason for reason in first.reasons)


def test_a_tombstone_in_a_ledger_names_its_successor_and_the_past_stays_readable(tmp_path):
    def attack(doc, name, latitude):
        text = f"Die Armee griff am Freitag {name} aus der Luft an."
        found = event(text, "griff", "ASSAULT", mode="aerial", actors=[("Armee", "XRU:MIL")], day=("Freitag", "2024-03-01"),
                      place=(name, 1, latitude, 10.0, "XRU"))  # fmt: skip
        return Records(article(text, doc), V1, (found,))

    store = Store(tmp_path / "ledger")
    write(store, [attack("a", "Zenda", 10.0), attack("b", "Hentzau", 10.6)])
    build(store)
    then = datetime.datetime.now(datetime.UTC)
    assert len(incidents_of(store)) == 2
    write(store, [attack("c", "Mittelzenda", 10.3)])
    build(store)
    assert [set(docs) for docs in incidents_of(store).values()] == [{"a", "b", "c"}]
    assert len(incidents_of(store, as_of=then)) == 2
    gone = list(Reader(store).rows("select incident, successor from incidents where successor is not null"))
    assert [row["successor"] for row in gone] == list(incidents_of(store))


def test_a_new_coding_takes_its_article_out_of_the_incident_it_was_in(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [withdrawal("a.txt"), withdrawal("b.txt")])
    build(store)
    assert list(incidents_of(store).values()) == [{"a.txt", "b.txt"}]
    again = withdrawal("b.txt", versions=V2)
    write(store, [dataclasses.replace(again, events=())])
    build(store)
    assert list(incidents_of(store).values()) == [{"a.txt"}]
    write(store, [dataclasses.replace(withdrawal("a.txt", versions=V2), events=())])
    build(store)
    assert incidents_of(store) == {}


def test_a_first_telling_that_is_coded_as_something_else_does_not_take_the_id_with_it(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [withdrawal("a.txt", published="2024-03-01"), withdrawal("b.txt", published="2024-03-02")])
    build(store)
    (number,) = incidents_of(store)
    other = withdrawal("a.txt", published="2024-03-01", versions=V2)
    write(store, [dataclasses.replace(other, events=(dataclasses.replace(other.events[0], type="PROTEST", mode=""),))])
    build(store)
    found = incidents_of(store)
    assert found[number] == {"b.txt"}
    assert sorted(map(sorted, found.values())) == [["a.txt"], ["b.txt"]]


def test_a_contradiction_that_a_new_coding_resolves_is_gone(tmp_path):
    def told(doc, killed, versions=V1):
        text = f"Beim Angriff auf Paris am Freitag starben {killed} Menschen durch Ruritanien. {doc}"
        found = event(text, "Angriff", "ASSAULT", actors=[("Ruritanien", "XRU:MIL")], place=("Paris", *PARIS),
                      day=("Freitag", "2024-03-01"), killed=(str(killed), float(killed)))  # fmt: skip
        return Records(article(f"{text}", doc), versions, (found,))

    store = Store(tmp_path / "ledger")
    few, many = told("a", 3), told("b", 30)
    write(store, [few, many])
    build(store)
    assert [c["kind"] for c in dump(Reader(store))["contradictions"]] == ["quantity"]
    corrected = dataclasses.replace(many.events[0], quantities=few.events[0].quantities)
    write(store, [dataclasses.replace(many, versions=V2, events=(corrected,))])
    build(store)
    assert dump(Reader(store))["contradictions"] == []


def double(store, build_again):
    """Have two builds tell the same articles: the second one's reader does not see yet that they were built."""
    reading = Reader.__init__

    def blind(self, *args, **kwargs):
        reading(self, *args, **kwargs)
        self.connection.execute("create or replace view families as select * from all_families where false")

    Reader.__init__ = blind
    try:
        build_again()
    finally:
        Reader.__init__ = reading


def keys_of(store):
    sql = "select unnest(members) as key from incidents where successor is null"
    return sorted(row["key"] for row in Reader(store).rows(sql))


def test_what_two_builds_tell_stands_in_one_incident_once(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(6)])
    build(store)
    once = keys_of(store)
    double(store, lambda: build(store))
    assert keys_of(store) == once


def spoil(store, change):
    """Store the incidents again with other members, as builds that did not know of each other left them."""
    rows = list(Reader(store).rows("select * from incidents where successor is null"))
    store.append("incidents", [row | {"seq": row["seq"] + 1, "members": change(row["members"])} for row in rows])


@pytest.mark.parametrize("change", [lambda members: members * 2, lambda members: members[:-1]], ids=["twice", "lost"])
def test_check_finds_members_told_twice_or_lost_and_the_next_build_mends_them(tmp_path, change):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(12)])
    build(store)
    once, before = keys_of(store), shape(dump(Reader(store)))
    assert list(check(store)) == []
    spoil(store, change)
    assert any("ledger build --ledger" in problem for problem in check(store))
    exported = [item.key for item in items(Reader(store), Filter())]
    assert len(exported) == len(set(exported)) == len(once)
    build(store)
    assert (keys_of(store), list(check(store))) == (once, [])
    assert shape(dump(Reader(store)))["families"] == before["families"]
    assert build(store).incidents == 0


def test_a_build_that_was_cut_short_before_its_families_tells_nothing_twice(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(12)])
    append = Store.append

    def stopping(self, name, rows):
        if name == "families":
            raise KeyboardInterrupt
        append(self, name, rows)

    Store.append = stopping
    try:
        with pytest.raises(KeyboardInterrupt):
            build(store)
    finally:
        Store.append = append
    build(store)
    keys = keys_of(store)
    assert len(keys) == len(set(keys)) == 24
    assert list(check(store)) == []


def test_builds_at_once_wait_for_each_other(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(8)])
    threads = [threading.Thread(target=build, args=(Store(store.root),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Reader(store).arrow("select 1 from all_families").num_rows == 8
    assert list(check(store)) == []
