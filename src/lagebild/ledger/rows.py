"""Records to table rows and back to nothing: plain dicts that fit the schemas."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from lagebild.ledger.counter import tallies
from lagebild.ledger.counterclaims import countered
from lagebild.ledger.days import due_in, longer
from lagebild.ledger.heard import heard
from lagebild.ledger.owners import owned
from lagebild.ledger.pledges import Pledge, acts, before, deeds, pledges, to_do
from lagebild.ledger.sentences import (
    AT,
    BARE,
    DO,
    LIMIT,
    MOVED,
    Passage,
    about,
    cues,
    names_in,
    packed,
    passages,
    proper,
    says,
    sentence_at,
)
from lagebild.ledger.tales import lands_of, packed_tales, tales
from lagebild.ledger.tellings import given_in
from lagebild.ledger.terms import in_plain_term
from lagebild.records import Actor, Event, Evidence, Quantity, Records, Span, Statement, day_of

Row = dict[str, Any]


def rows_of(records: Records, *, batch: str, run: str, seq: int) -> dict[str, list[Row]]:
    """Return the rows of one article by table name."""
    key: Row = {"article": records.article.id, "batch": batch, "run": run}
    said = {statement.id: statement for statement in records.statements}
    names, counted = names_of(records), tallies(records)
    lands = lands_of(records)
    events = [key | _event(event, records, said, names, counted[event.id], lands) for event in records.events]
    promised = _promised(records, names, events)
    return {
        "statements": [key | _statement(statement) for statement in records.statements],
        "events": events,
        "mentions": [key | row for row in _mentions(records)],
        "articles": [
            key
            | _article(records, seq)
            | {"outcomes": _outcomes(records, promised, names, lands)}
            | {"told": packed_tales(countered(records, list(tales(records, names, lands))))}
        ],
    }


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, which stands in for it where the text may not be passed on."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _article(records: Records, seq: int) -> Row:
    article = records.article
    names = [
        "doc",
        "url",
        "canonical_url",
        "outlet",
        "origin_outlet",
        "published",
        "modified",
        "fetched",
        "language",
        "kicker",
        "headline",
        "lead",
        "kind",
        "comments",
        "text",
    ]
    row: Row = {name: getattr(article, name) for name in names}
    row |= {name: list(getattr(article, name)) for name in ("agencies", "bylines", "notes")}
    row["seq"] = seq
    row["day"] = article.published_day
    row["text_hash"] = text_hash(article.text)
    row["blocks"] = [{"kind": b.kind, "start": b.span.start, "end": b.span.end} for b in article.blocks]
    versions = records.versions
    return row | {"program": versions.program, "model": versions.model, "lexicon": versions.lexicon}


def _statement(statement: Statement) -> Row:
    source = statement.source_span
    return {
        "statement": statement.id,
        "source": [_actor(actor) for actor in statement.source],
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "source_quote": source.quote if source else None,
        "cue": [_span(span) for span in statement.cue],
        "message": [_span(span) for span in statement.message],
        "addressee": _span(statement.addressee) if statement.addressee else None,
        "form": statement.form,
        "stance": statement.stance,
        "parent": statement.parent,
        "evidence": _evidence(statement.evidence),
        "confidence": statement.confidence,
    }


def _event(
    event: Event,
    records: Records,
    said: dict[int, Statement],
    names: frozenset[str],
    counted: set[str],
    lands: frozenset[str],
) -> Row:
    article = records.article
    statement = said.get(event.statement) if event.statement is not None else None
    speaker = statement.source[0] if statement and statement.source else None
    place, date = event.place, event.date
    start, sentence = sentence_at(article.text, event.trigger[0].start) if event.trigger else (0, "")
    nouns, said_beside = _said(sentence, names)
    promised = event.type == "AGREE" and not said_beside.isdisjoint(("promise", "offer"))
    if promised:
        nouns |= deeds(sentence) | before(article.text, start, said_beside, names)
        said_beside |= {DO + verb for verb in to_do(sentence)}
    if event.status != "actual" or event.type == "AGREE" or "thus" in said_beside:
        low, high = _own_part(sentence, event.trigger[0].start - start) if event.trigger else (0, len(sentence))
        undated = promised or (event.status in OPEN and not _ahead(event, article.published_day))
        said_beside |= _limit(records, start + low, start + high, dates=undated) | proper(sentence, names, lands)
        said_beside |= {f"{AT}{start}"}
    return {
        "about": " ".join(sorted(nouns | {f"{q.what}={q.low:g}" for q in event.quantities if q.what and q.low})),
        "cues": " ".join(sorted(said_beside | counted)),
        "event": event.id,
        "type": event.type,
        "mode": event.mode or None,
        "contexts": list(event.contexts),
        "status": event.status,
        "trigger": [_span(span) for span in event.trigger],
        "actors": [_actor(actor) for actor in event.actors],
        "recipients": [_actor(actor) for actor in event.recipients],
        "actor_codes": _codes(event.actors),
        "recipient_codes": _codes(event.recipients),
        "statement": event.statement,
        "speaker_code": speaker.code if speaker else None,
        "speaker_name": speaker.name if speaker else (statement.source_span.quote if _voiced(statement) else None),  # type: ignore[union-attr]
        "stance": statement.stance if statement else None,
        "content_of": event.content_of,
        "condition": event.condition,
        "place_name": (place.name or place.span.quote) if place else None,
        "place_quote": place.span.quote if place else None,
        "place_start": place.span.start if place else None,
        "place_end": place.span.end if place else None,
        "geonames": place.geonames if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "country": place.country if place else None,
        "precision": place.precision if place else None,
        "date_value": date.value if date else None,
        "date_quote": date.span.quote if date else None,
        "date_start": date.span.start if date else None,
        "date_end": date.span.end if date else None,
        "earliest": day_of(date.earliest) if date else None,
        "latest": day_of(date.latest) if date else None,
        "quantities": [_quantity(quantity) for quantity in event.quantities],
        "evidence": _evidence(event.evidence),
        "confidence": event.confidence,
        "day": article.published_day,
        "outlet": article.outlet,
    }


MONEY = "money"
OPEN = {"planned", "demanded", "conditional", "possible"}  # what has not happened yet
COUNTED_PEOPLE = {"MIL", "COP", "CVL", "REF", "REB", "MED", "EDU", "JRN", "LAB", "OPP", "CRM"}


def names_of(records: Records) -> frozenset[str]:
    """Return the folded words of an article that name who and where: "die USA", not "die Soldaten"."""
    named: set[str] = set()
    sides = [side for event in records.events for side in (*event.actors, *event.recipients)]
    for side in (*records.actors, *sides):
        if side.span and not set((side.code or "").partition(":")[2].split("+")) & COUNTED_PEOPLE:
            named |= names_in(side.span.quote, title=side.how not in ("named", "metonym", "adjective"))
    for place in (*records.places, *(event.place for event in records.events if event.place)):
        generic = " " in place.span.quote or place.geonames is None  # "die Grenze", "der Hafen"
        named |= names_in(place.span.quote, title=generic)
    return frozenset(named)


def _said(sentence: str, names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns of a sentence and its cues; "ends": it says that something was broken, put off or became void."""
    ends = {"ends"} if says(sentence) in ("broken", "overtaken", MOVED) else set()
    return about(sentence, names), cues(sentence) | ends


def _limit(records: Records, start: int, end: int, *, dates: bool) -> frozenset[str]:
    """Return the last day that a sentence sets by a length of time ("binnen einer Woche"), as a cue; with ``dates`` also by a date to come."""
    text, day = records.article.text, records.article.published_day
    part = text[start:end]
    inside = [
        d for d in records.dates if d.type == "DURATION" or (dates and not in_plain_term(part, d.span.start - start))
    ]
    last = due_in(inside, start, end, text, day)
    return frozenset({f"{LIMIT}{last.isoformat()}"} if last else ())


def _own_part(sentence: str, at: int) -> tuple[int, int]:
    """Return from where to where the part of a sentence goes that semicolons set apart and that holds an offset."""
    high = sentence.find(";", at)
    return sentence.rfind(";", 0, at) + 1, len(sentence) if high < 0 else high


def _ahead(event: Event, day: datetime.date | None) -> bool:
    """Whether an event has a day of its own that is still to come."""
    latest = day_of(event.date.latest) if event.date else None
    return latest is not None and day is not None and latest > day


def _promised(records: Records, names: frozenset[str], events: Iterable[Row]) -> list[Pledge]:
    """Return what sentences promise of which no event tells, nor the promise itself ("sagte 20 Millionen zu")."""
    promised = list(pledges(records, names))
    promised += heard(records, names, frozenset(pledge.start for pledge in promised))
    said = set(given_in(events)) if promised else set()
    return [owned(pledge, records.events) for pledge in promised if pledge.start not in said]


def _outcomes(records: Records, promised: Iterable[Pledge], names: frozenset[str], lands: frozenset[str]) -> str:
    """Return the sentences that say what became of something promised, or promise what no event tells of, as JSON."""
    found: list[Row] = []
    text, day = records.article.text, records.article.published_day
    for start, sentence, state in passages(text):
        end = start + len(sentence)
        inside = [e for e in records.events if e.trigger and start <= e.trigger[0].start < end]
        claim = any(event.statement is not None for event in inside)
        parties = _parties(records, start, end)
        if not parties and start:  # "Die Lastwagen kehrten um": whose they are was said before
            parties = _parties(records, sentence_at(text, max(0, start - 2))[0], start)
        parties = parties or _parties(records, 0, len(text))
        nouns, said_beside = _said(sentence, names)
        nouns |= _sums(records, start, end)
        if (
            not nouns and start > 1 and said_beside & {"word", "pronoun"}
        ):  # "Bukarest habe Wort gehalten": what it gave its word on was said before
            nouns, said_beside = about(sentence_at(text, start - 2)[1], names), said_beside | {BARE}
        if (
            state == "broken" and "word" in said_beside and (not nouns or BARE in said_beside)
        ):  # a deadline ran out: whose the article says
            parties |= _parties(records, 0, len(text))
        until = due_in(records.dates, start, end, text, day) if state == MOVED else None
        found.append(
            packed(
                Passage(
                    start, sentence, state, nouns, said_beside, parties, claim, acts(sentence),
                    until.isoformat() if until else None, longer(records.dates, start, end, text),
                )
            )
        )  # fmt: skip
    found += [packed(replace(p, cues=p.cues | proper(p.quote, names, lands))) for p in promised]
    return json.dumps(found, ensure_ascii=False)


def _sums(records: Records, start: int, end: int) -> frozenset[str]:
    """Return the sums of money that a stretch of text names, as an event's are kept: they tell which promise is meant."""
    return frozenset(
        f"{q.what}={q.low:g}" for q in records.quantities if q.what == MONEY and q.low and start <= q.span.start < end
    )


def _parties(records: Records, start: int, end: int) -> frozenset[str]:
    """Return the countries named in a stretch of text, or taking part in what it tells of."""
    inside = [e for e in records.events if e.trigger and start <= e.trigger[0].start < end]
    sides = [side for event in inside for side in (*event.actors, *event.recipients)]
    sides += [actor for actor in records.actors if actor.span and start <= actor.span.start < end]
    parties = frozenset(side.code.split(":")[0] for side in sides if side.code and side.code != "-")
    return parties | {place.country for place in records.places if place.country and start <= place.span.start < end}


def _voiced(statement: Statement | None) -> bool:
    return statement is not None and statement.source_span is not None


def _mentions(records: Records) -> Iterator[Row]:
    for actor in records.actors:
        if actor.span:
            yield {"kind": "actor", "code": actor.code, "entity": actor.entity, "how": actor.how} | _named(
                actor.span, actor.name
            )
    for place in records.places:
        entity = f"geonames:{place.geonames}" if place.geonames else None
        yield {"kind": "place", "code": place.country, "entity": entity, "how": place.precision} | _named(
            place.span, place.name
        )
    for date in records.dates:
        yield {"kind": "date", "code": date.value, "entity": None, "how": date.type} | _named(date.span, None)
    for quantity in records.quantities:
        yield {"kind": "quantity", "code": quantity.what, "entity": None, "how": quantity.unit} | _named(
            quantity.span, None
        )


def _named(span: Span, name: str | None) -> Row:
    return {"start": span.start, "end": span.end, "quote": span.quote, "name": name}


def _actor(actor: Actor) -> Row:
    span = actor.span
    return {
        "start": span.start if span else None,
        "end": span.end if span else None,
        "quote": span.quote if span else None,
        "name": actor.name,
        "code": actor.code,
        "entity": actor.entity,
        "how": actor.how,
    }


def _quantity(quantity: Quantity) -> Row:
    values = {name: getattr(quantity, name) for name in ("what", "low", "high", "approximate", "unit")}
    return _span(quantity.span) | values


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _codes(actors: Iterable[Actor]) -> list[str]:
    return sorted({actor.code for actor in actors if actor.code and actor.code != "-"})


def _evidence(evidence: Sequence[Evidence]) -> str:
    if not evidence:
        return "[]"
    listed = [
        {
            "field": e.field,
            "rule": e.rule,
            "cue": [e.cue.start, e.cue.end, e.cue.quote] if e.cue else None,
            "note": e.note,
        }
        for e in evidence
    ]
    return json.dumps(listed, ensure_ascii=False)
