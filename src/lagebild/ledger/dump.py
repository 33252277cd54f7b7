"""The ledger's answers in one JSON object: families, incidents, contradictions, commitments, each with its words."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from lagebild.ledger.debts import HEARD
from lagebild.ledger.positions import Positions, sentence_around, sentence_of, words_of
from lagebild.ledger.read import Reader
from lagebild.ledger.review import FINAL, corrections, decisions
from lagebild.ledger.tales import END as TALE_END


def dump(reader: Reader) -> dict[str, list[dict[str, Any]]]:
    """Return everything that counts now. ``doc`` is the article's file name, or its id where it has none.

    ``day`` is when it was (an incident: last) told of. ``date`` is when an incident was: a day, or two with a stroke between them where
    it may have been on any day from the one to the other.
    """
    listed = list(reader.rows("select article, doc, day from articles"))
    docs = {row["article"]: row["doc"] or row["article"] for row in listed}
    days = {row["article"]: row["day"].isoformat() for row in listed if row["day"]}
    events = {f"{row['article']}#{row['event']}": row for row in reader.rows("select * from events")}
    decided, finals = decisions(reader), corrections(reader)
    texts = {row["article"]: row["text"] for row in reader.rows("select article, text from articles")}
    around = _Around(reader, events, texts)
    told = _live(reader, "contradictions", "contradiction", "not coalesce(gone, false)")
    positions = Positions(reader, (row[side] for row in told for side in "ab"), texts)

    def side(row: dict[str, Any], key: str) -> dict[str, Any]:
        article = key.partition("#")[0]
        known = {"doc": docs.get(article, article), "quote": None, "day": days.get(article)}
        if key.endswith(TALE_END):
            return known | positions.of_sentence(key, row["kind"])
        return known | positions.of_event(events[key], row["kind"], row["reason"]) if key in events else known

    return {
        "families": _families(reader, docs, days),
        "incidents": [
            _incident(row, docs, events, texts, decided)
            | {"day": max((days[a] for a in row["articles"] if a in days), default=None)}
            | _review(row["incident"], decided)
            for row in _live(reader, "incidents", "incident", "successor is null and len(members) > 0")
        ],
        "contradictions": [
            {
                "id": row["contradiction"],
                "incident": row["incident"] or around.incident(row["a"], row["b"]),
                "kind": row["kind"],
                "a": side(row, row["a"]) | _review(row["a"], decided),
                "b": side(row, row["b"]) | _review(row["b"], decided),
                "reason": row["reason"],
                "day": days.get(row["a"].partition("#")[0]),
            }
            | _review(row["contradiction"], decided)
            for row in told
        ],
        "commitments": [
            _commitment(row, docs, events, texts, decided)
            | {"day": days.get(row["article"])}
            | ({"final": finals[row["commitment"]][FINAL]} if FINAL in finals.get(row["commitment"], {}) else {})
            | _review(row["commitment"], decided)
            for row in _live(reader, "commitments", "commitment", "state <> 'merged'")
        ],
    }


def _review(record: str, decided: dict[str, str]) -> dict[str, Any]:
    return {"review": decided[record]} if record in decided else {}


def _live(reader: Reader, table: str, key: str, where: str) -> list[dict[str, Any]]:
    return list(reader.rows(f"select * from {table} where {where} order by {key}"))


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _families(reader: Reader, docs: dict[str, str], days: dict[str, str]) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for row in reader.rows("select * from families order by family, article"):
        family = out.setdefault(
            row["family"],
            {"id": row["family"], "docs": [], "origin": row["origin"], "reason": "", "day": None},
        )
        if row["article"] in docs:
            family["docs"].append(docs[row["article"]])
            day = days.get(row["article"])
            family["day"] = min(filter(None, (family["day"], day)), default=None)
        if row["article"] != row["family"] or not family["reason"]:
            other, _, why = (row["reason"] or "").removeprefix("with ").partition(": ")
            family["reason"] = f"with {docs[other]}: {why}" if other in docs else row["reason"]
    return [family for family in out.values() if family["docs"]]


def _incident(
    row: dict[str, Any],
    docs: dict[str, str],
    events: dict[str, dict[str, Any]],
    texts: dict[str, str],
    decided: dict[str, str],
) -> dict[str, Any]:
    members = [events[key] for key in dict.fromkeys(row["members"]) if key in events]
    return {
        "id": row["incident"],
        "type": row["type"],
        "mode": row["mode"],
        "actors": row["actor_codes"],
        "recipients": row["recipient_codes"],
        "status": row["status"],
        "date": _date(row["earliest"], row["latest"]),
        "place": row["place_name"],
        "mentions": [
            {
                "doc": docs[event["article"]],
                "trigger": words_of(event),
                "sentence": sentence_around(texts[event["article"]], event["trigger"][0]["start"]),
                "start": event["trigger"][0]["start"],
                "end": event["trigger"][-1]["end"],
            }
            | _review(f"{event['article']}#{event['event']}", decided)
            for event in members
        ],
        "articles": [docs[article] for article in row["articles"] if article in docs],
        "outlets": row["outlets"],
        "independent_origins": row["independent"],
        "origins": row["origins"],
    }


def _date(earliest: datetime.date | None, latest: datetime.date | None) -> str | None:
    """Return a day, or the two days (ISO 8601 interval) between which it lies."""
    return _iso(earliest) if earliest == latest else f"{_iso(earliest) or '..'}/{_iso(latest) or '..'}"


def _commitment(
    row: dict[str, Any],
    docs: dict[str, str],
    events: dict[str, dict[str, Any]],
    texts: dict[str, str],
    decided: dict[str, str],
) -> dict[str, Any]:
    return {
        "id": row["commitment"],
        "who": row["who"],
        "to_whom": row["to_whom"],
        "type": row["type"],
        "doc": docs.get(row["article"], row["article"]),
        "quote": row["quote"],
        "condition": row["condition"],
        "due": None if row["due"] is None else row["due"].isoformat(),
        "states": [
            _quoted(state["event"], docs, events, texts)
            | {"state": state["state"], "quote": state["quote"]}
            | _review(state["event"], decided)
            for state in row["states"]
            if state["state"] != HEARD
        ],
        "final": row["state"],
    }


class _Around:
    """Which incident sentences tell of: that of an event in one of them."""

    def __init__(self, reader: Reader, events: dict[str, dict[str, Any]], texts: dict[str, str]):
        self._texts = texts
        self._incidents: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in _live(reader, "incidents", "incident", "successor is null"):
            for key in row["members"]:
                if key in events:
                    at = events[key]["trigger"][0]["start"]
                    self._incidents[events[key]["article"]].append((at, row["incident"]))

    def incident(self, *sentences: str) -> str | None:
        """Return the first incident told in the first sentence that tells of one."""
        for key in sentences:
            article, start, end = sentence_of(key, self._texts)
            if inside := sorted(one for one in self._incidents[article] if start <= one[0] < end):
                return inside[0][1]
        return None


def _quoted(key: str, docs: dict[str, str], events: dict[str, dict[str, Any]], texts: dict[str, str]) -> dict[str, Any]:
    if key.endswith(TALE_END):
        article, start, end = sentence_of(key, texts)
        return {"doc": docs.get(article, article), "quote": texts.get(article, "")[start:end]}
    article = key.split("#")[0]
    if key not in events:
        return {"doc": docs.get(article, article), "quote": None}
    words = sentence_around(texts[article], events[key]["trigger"][0]["start"])
    return {"doc": docs.get(article, article), "quote": words_of(events[key]), "sentence": words}
