"""What an article says against what it told before: a denial that names no deed, blame given back, another number.

A denial ("Minsk bestritt jede Beteiligung") is of the deed that the side it comes from was said to have done; numbers that
stand in a sentence of their own ("die Opposition sprach von elf Toten") are of the happening told before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from lagebild.ledger.sentences import cues, sentence_at
from lagebild.ledger.sides import same_side
from lagebild.records import Event, Quantity, Records

Row = dict[str, Any]
TALLY = "tally="  # begins the cue of an event that a number said elsewhere in its article is of: what, low, high, rough, where, who
COUNTED_IN = {
    "killed": {"ASSAULT"}, "injured": {"ASSAULT"}, "missing": {"ASSAULT"}, "arrested": {"COERCE"}, "detained": {"COERCE"},
    "hostages": {"COERCE", "ASSAULT"}, "protesters": {"PROTEST"},
}  # fmt: skip
PEOPLE = "people"
BARE = re.compile(r"\d\.\s|\d\.?$")  # a number at the end of a sentence: "sprachen von 15.000."
PARTY = re.compile(r"[,;](?:\s+und)?\s+(?:die|der|das|ein\w*|laut|nach)\b")  # begins what another one counts
HELD = {"arrest", "seize", "deport", "abduct"}  # modes of COERCE that are done to people
NEAR = 600  # characters before a denial, or a number, within which the deed is told
ANSWERS = 300  # characters after blame within which it is given back


def tallies(records: Records) -> dict[int, set[str]]:
    """Return the numbers that no event holds, as cues of the event of the same article that each is of."""
    used = {quantity.span.start for event in records.events for quantity in event.quantities}
    text = records.article.text
    by_sentence: dict[tuple[int, str], list[tuple[Quantity, str | None]]] = defaultdict(list)
    loose: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in records.quantities:
        if quantity.span.start in used or not (quantity.low or quantity.high):
            continue
        start, sentence = sentence_at(text, quantity.span.start)
        if "running" in cues(sentence):
            continue
        if quantity.what in COUNTED_IN:
            by_sentence[start, quantity.what].append((quantity, _speaker(records, quantity.span.start)))
        elif "counts" in cues(sentence) and (quantity.what == PEOPLE or BARE.search(quantity.span.quote)):
            loose[start].append(quantity)
    for start, others in loose.items():
        if what := _counted(records.events, start, others, {kind for at, kind in by_sentence if at == start}):
            told = by_sentence[start, what]
            for quantity in others:
                between = text[told[-1][0].span.end : quantity.span.start] if told else ""
                own = PARTY.search(between) is None
                told.append((quantity, _speaker(records, quantity.span.start) if own else None))
    out: dict[int, set[str]] = defaultdict(set)
    for (start, what), told in by_sentence.items():
        host = _host(records.events, what, start)
        counted = len(told) > 1 and "counts" in cues(sentence_at(text, start)[1])
        for number, (quantity, speaker) in enumerate(told):
            if host is not None and (speaker or counted):
                values = ("" if v is None else f"{v:g}" for v in (quantity.low, quantity.high))
                voice = speaker or f"?{start}.{number}"
                out[host].add(f"{TALLY}{what}|{'|'.join(values)}|{int(quantity.approximate)}|{start}|{voice}")
    return out


def _counted(events: Sequence[Event], start: int, others: Sequence[Quantity], kinds: set[str]) -> str | None:
    """Return what numbers count that do not say it: what another one of their sentence counts, else those who marched before it."""
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds or len(others) < 2:
        return None
    near = [event for event in events if event.trigger and 0 < start - event.trigger[0].start <= NEAR]
    last = max(near, key=lambda event: event.trigger[0].start, default=None)
    return "protesters" if last and last.type == "PROTEST" else None


def _speaker(records: Records, at: int) -> str | None:
    for statement in records.statements:
        if any(span.start <= at < span.end for span in statement.message):
            source = statement.source[0] if statement.source else None
            name = source.code if source and source.code and source.code != "-" else None
            return name or (statement.source_span.quote.replace(" ", "_") if statement.source_span else None)
    return None


def _host(events: Sequence[Event], what: str, start: int) -> int | None:
    """Return the event told last before, one that holds such a number itself before others."""
    near = [
        event for event in events
        if event.type in COUNTED_IN[what] and event.trigger and event.status in ("actual", "denied")
        and 0 < start - event.trigger[0].start <= NEAR
    ]  # fmt: skip
    best = max(near, key=lambda e: (any(q.what == what for q in e.quantities), e.trigger[0].start), default=None)
    return best.id if best else None


def denied_by(rows: Sequence[Row]) -> dict[int, list[tuple[int, str]]]:
    """Return for each deed of an article the refusals (event, who) that deny it and name no deed themselves."""
    out: dict[int, list[tuple[int, str]]] = defaultdict(list)
    told = {row["content_of"] for row in rows if row["content_of"] is not None}
    for row in rows:
        if row["type"] != "REJECT" or row["status"] != "actual" or row["event"] in told or not _has(row, "denies"):
            continue
        mine = _codes(row["actor_codes"])
        if mine and (deed := _denied(row, mine, rows)) is not None:
            out[deed].append((row["event"], sorted(mine)[0]))
    return out


def _denied(denial: Row, mine: frozenset[str], rows: Sequence[Row]) -> int | None:
    """Return the deed that a side denies: the one it is said to have done, or that its accuser spoke of."""
    at = _at(denial)
    before = sorted((row for row in rows if 0 < at - _at(row) <= NEAR), key=_at, reverse=True)
    deeds = [row for row in before if _is_deed(row)]
    if any(0 < _at(row) - at <= ANSWERS and _is_deed(row) and row["speaker_code"] in mine for row in rows):
        return None  # "widersprachen: Die Luftwaffe habe das Dorf bombardiert" names another doer
    for row in before:
        blamed = row["type"] == "ACCUSE" and same_side(mine, _codes(row["recipient_codes"]))
        if blamed:
            meant = [deed for deed in deeds if deed["content_of"] == row["event"]] or deeds
            return meant[0]["event"] if meant else None
        if row in deeds and row["speaker_code"] != sorted(mine)[0] and same_side(mine, _codes(row["actor_codes"])):
            spoken = row["speaker_code"] or row["speaker_name"]
            return row["event"] if spoken else None
    return None


def given_back(rows: Sequence[Row]) -> set[int]:
    """Return the accusations of an article that the accused gives back to the accuser, after a deed that was told."""
    blames = sorted((row for row in rows if row["type"] == "ACCUSE" and row["status"] == "actual"), key=_at)
    out: set[int] = set()
    for first in blames:
        for other in blames:
            answers = 0 < _at(other) - _at(first) <= ANSWERS and not _has(other, "denies")
            if answers and _crossed(first, other) and any(_tells(row, first) for row in rows):
                out.add(first["event"])
    return out


def _crossed(first: Row, other: Row) -> bool:
    sides = [_codes(row[name]) for row in (first, other) for name in ("actor_codes", "recipient_codes")]
    return (
        all(sides)
        and not same_side(sides[0], sides[2])
        and same_side(sides[0], sides[3])
        and same_side(sides[1], sides[2])
    )


def _tells(row: Row, blame: Row) -> bool:
    return _is_deed(row) and 0 < _at(blame) - _at(row) <= NEAR


def _is_deed(row: Row) -> bool:
    return row["status"] == "actual" and (row["type"] == "ASSAULT" or (row["type"] == "COERCE" and row["mode"] in HELD))


def _at(row: Row) -> int:
    return int(row["trigger"][0]["start"]) if row["trigger"] else 0


def _has(row: Row, cue: str) -> bool:
    return cue in (row.get("cues") or "").split()


def _codes(codes: Iterable[str] | None) -> frozenset[str]:
    return frozenset(codes or ())
