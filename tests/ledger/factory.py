"""Small records of our own for the ledger's tests."""

from __future__ import annotations

import hashlib

from lagebild.records import Actor, Article, Date, Event, Place, Quantity, Records, Span, Statement, Versions

V1 = Versions("0.1", "model-1", "lexicon-1")
V2 = Versions("0.1", "model-2", "lexicon-1")
PARIS = (2988507, 48.85341, 2.3488, "FRA")


def span(text, words, start=0):
    at = text.index(words, start)
    return Span(at, at + len(words), words)


def article(text, doc, *, published="2024-03-01", **fields):
    return Article(
        id=hashlib.sha256((doc + text).encode()).hexdigest()[:16], text=text, doc=doc, published=published, **fields
    )


def event(text, words, type, *, id=0, mode="", actors=(), recipients=(), place=None, day=None, killed=None, **fields):
    if place:
        name, geonames, latitude, longitude, country = place
        fields["place"] = Place(span(text, name), name, geonames, latitude, longitude, country, "town")
    if day:
        fields["date"] = Date(span(text, day[0]), "DATE", day[1], day[1], day[1], "day")
    if killed:
        fields["quantities"] = (Quantity(span(text, killed[0]), "killed", killed[1], killed[1]),)
    return Event(
        id=id,
        type=type,
        mode=mode,
        trigger=(span(text, words),),
        actors=tuple(who(text, *a) for a in actors),
        recipients=tuple(who(text, *a) for a in recipients),
        **fields,
    )


def who(text, words, code):
    return Actor(span(text, words), words, code, "named")


def said(text, words, cue, code, *, id=0, stance="neutral"):
    source = who(text, words, code)
    return Statement(
        id, (source,), source.span, (span(text, cue),), (Span(0, len(text), text),), "Indirect", stance=stance
    )


def withdrawal(doc="a.txt", *, versions=V1, published="2024-03-01", status="actual", **fields):
    text = "Ruritanien zieht seine Truppen aus Strelsau ab. Das meldete die Regierung am Freitag."
    return Records(
        article=article(text, doc, published=published, **fields),
        versions=versions,
        events=(event(text, "zieht", "RETREAT", mode="withdraw", actors=[("Ruritanien", "XRU:GOV")], status=status),),
    )
