"""Every sentence of an article as something that may have become of a promise: what ``report_vote`` holds against promises.

A tale is kept as a telling of type ``TALE``: its parties are the countries named in it (or before it, where it names none), its
words those written small, its cues also say which events it tells of (``event=AID/actual``), who is named first, who only before.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from lagebild.ledger.days import due_in, longer
from lagebild.ledger.happenings import Telling, one
from lagebild.ledger.sentences import LONGER, MOVED, NAME, NO_WORDS, Note, about, cues, names_in, proper, says, split
from lagebild.ledger.wording import Wording, wordings
from lagebild.ledger.words import lemma
from lagebild.records import Records

TALE = "TALE"
END = "~"  # ends the key of a tale
EVENT, FIRST, DOER, PREVIOUS, SAYS, NUMBER = "event=", "first=", "doer=", "previous", "says=", "number="
SMALL = re.compile(r"\b[a-zäöüß]{2,}\b")
NUMBERS = re.compile(r"\b\d[\d.,]*\b")
LEAD = "lead"
PLAIN_SMALL = frozenset(
    "der die das den dem des ein eine einen einem einer eines und oder zu in im am an auf mit von vom bei aus um".split()
)


@dataclass(frozen=True, slots=True)
class Tale:
    """A sentence of an article; ``until`` (an ISO date) and ``longer`` (days) say by what it puts a day off."""

    start: int
    end: int
    words: frozenset[str]
    about: frozenset[str]
    cues: frozenset[str]
    parties: frozenset[str]
    claim: bool
    until: str | None = None
    longer: int | None = None


def lands_of(records: Records) -> frozenset[str]:
    """Return the folded words of an article that name countries and those who stand for them."""
    spans = [place.span for place in records.places if place.precision == "country"]
    spans += [
        a.span
        for a in records.actors
        if a.span and (a.how == "metonym" or (a.how == "named" and a.entity and " " not in a.span.quote))
    ]
    return frozenset().union(*(names_in(span.quote, title=False) for span in spans))


def tales(records: Records, names: frozenset[str], lands: frozenset[str]) -> Iterator[Tale]:
    """Yield the sentences of an article."""
    text, day = records.article.text, records.article.published_day
    sides = _by_sentence(records)
    last: list[str] = []
    for start, sentence in split(text):
        end = start + len(sentence)
        named = [code for at, code in sides if start <= at < end]
        inside = [e for e in records.events if e.trigger and start <= e.trigger[0].start < end]
        said = set(cues(sentence)) | {f"{EVENT}{e.type}/{e.status}" for e in inside}
        said |= {f"{DOER}{e.type}/{a.code.split(':')[0]}" for e in inside for a in e.actors if a.code and a.code != "-"}
        acting = [a.code.split(":")[0] for e in inside for a in (*e.actors, *e.recipients) if a.code and a.code != "-"]
        if state := says(sentence):
            said.add(f"{SAYS}{state}")
        said |= {f"{NUMBER}{number.rstrip('.,')}" for number in NUMBERS.findall(sentence)}
        said |= proper(sentence, names, lands) | ({LEAD} if not start else set())
        said |= {f"{FIRST}{named[0]}"} if named else {PREVIOUS}
        parties = frozenset(named) | frozenset(acting) or frozenset(last)
        yield Tale(
            start, end, frozenset(lemma(w) for w in SMALL.findall(sentence) if w not in PLAIN_SMALL), about(sentence, names),
            frozenset(said), parties, any(e.statement is not None for e in inside) or "said" in said,
            _iso(due_in(records.dates, start, end, text, day) if state == MOVED else None),
            longer(records.dates, start, end, text) if state == MOVED else None,
        )  # fmt: skip
        last = named or acting or last


def _by_sentence(records: Records) -> list[tuple[int, str]]:
    """Return (offset, country) of everybody and every place named, in the order of the text."""
    found = [(a.span.start, a.code.split(":")[0]) for a in records.actors if a.span and a.code and a.code != "-"]
    found += [(place.span.start, place.country) for place in records.places if place.country]
    return sorted(found)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


NAMES = [field.name for field in fields(Tale)]
SETS = {"words", "about", "cues", "parties"}


def packed_tales(listed: Iterable[Tale]) -> str:
    """Return tales as JSON: a list of values for each, sets as words parted by blanks."""
    rows = [[" ".join(sorted(v)) if isinstance(v := getattr(t, n), frozenset) else v for n in NAMES] for t in listed]
    return json.dumps(rows, ensure_ascii=False)


def tales_of(article: dict[str, Any]) -> Iterator[Telling]:
    """Yield the sentences of a row of ``articles`` (with its text) as tellings."""
    if article["day"] is None:
        return
    told = [unpacked(row) for row in json.loads(article["told"] or "[]")]
    lands = frozenset().union(*(tale.parties for tale in told))
    said = wordings(article["text"], [(tale.start, tale.end) for tale in told])
    for last, tale, wording in zip((None, *told), told, said, strict=False):
        yield telling_of_tale(tale, article["article"], article["day"], last, told[0], lands, wording)


def lands_in(told: str | None) -> frozenset[str]:
    """Return the countries that the sentences of an article name, as they were packed."""
    return one(frozenset().union(*(unpacked(row).parties for row in json.loads(told or "[]"))))


def unpacked(row: list[Any]) -> Tale:
    """Return a tale as it was packed."""
    values: dict[str, Any] = {n: frozenset(v.split()) if n in SETS else v for n, v in zip(NAMES, row, strict=True)}
    return Tale(**values)


def matter_of(tale: Tale) -> frozenset[str]:
    """Return the nouns and names of a sentence."""
    return tale.about | {cue.removeprefix(NAME) for cue in tale.cues if cue.startswith(NAME)}


def key_of_sentence(article: str, start: int) -> str:
    """Return the key of the sentence of an article that begins at ``start``."""
    return f"{article}#@{start}{END}"


def place_of_sentence(key: str) -> tuple[str, int]:
    """Return the article of a sentence, and where it begins, by its key."""
    article, _, start = key.removesuffix(END).partition("#@")
    return article, int(start)


def telling_of_tale(
    tale: Tale,
    article: str,
    day: datetime.date,
    last: Tale | None,
    lead: Tale,
    lands: frozenset[str],
    wording: Wording | None = None,
) -> Telling:
    """Return a sentence as a telling.

    ``nouns`` are those of the sentence before it, ``content`` those of the article's first, ``recipients`` the countries
    that the whole article names.
    """
    mode = next((cue.removeprefix(SAYS) for cue in tale.cues if cue.startswith(SAYS)), "")
    return Telling(
        key=key_of_sentence(article, tale.start),
        article=article,
        type=TALE,
        mode=mode,
        status="actual",
        actors=tale.parties,
        recipients=lands,
        published=day,
        latest=datetime.date.fromisoformat(tale.until) if tale.until else None,
        words=tale.words,
        nouns=matter_of(last) if last else NO_WORDS,
        content=matter_of(lead) if lead is not tale else NO_WORDS,
        speaker="-" if tale.claim else None,
        wording=wording,
        note=Note(tale.about, tale.cues | ({f"{LONGER}{tale.longer}"} if tale.longer else set())),
    )
