"""The records: typed, frozen, and the floor everything else stands on.

Offsets are code points into ``Article.text``, end exclusive: ``article.text[span.start:span.end] == span.quote``.
A resolved value stands beside its span and never replaces it; what could not be resolved is ``None``.
Names follow PLOVER 2021 (actor, recipient, mode, context), TimeML (TIMEX3) and W3C Web Annotation (quote, position).
"""

from __future__ import annotations

import hashlib
from dataclasses import MISSING, dataclass, fields
from datetime import date as Day
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, cast

Status = Literal["actual", "planned", "possible", "demanded", "conditional", "denied"]
How = Literal["named", "title", "adjective", "metonym", "pronoun", "collective", "implied"]
Form = Literal["Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect"]
Stance = Literal["neutral", "affirms", "doubts", "denies"]
ArticleKind = Literal["article", "liveblog", "paywall", "opinion", "list", "not-an-article"]
BlockKind = Literal["lead", "paragraph", "subhead", "quote", "list"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
ContradictionKind = Literal["denied", "rival-actors", "quantity", "marked"]


Record = TypeVar("Record")


def changed(record: Record, **new: object) -> Record:
    """Return a record with some fields changed: ``dataclasses.replace`` in a third of its time."""
    kind: Any = type(record)
    read, place = _reader(kind)
    values = list(read(record))
    for name, value in new.items():
        values[place[name]] = value
    return cast(Record, kind(*values))


def article_id(address: str, text: str) -> str:
    """Return a stable id: a hash over the canonical address (without one, its outlet where that tells it apart) and the text."""
    digest = hashlib.sha256(f"{address}\0{text}".encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()[:16]


def quickly_made(kind: type[Record]) -> type[Record]:
    """Let a frozen record be made in two thirds of its time: each field goes right into its slot, none is looked up by name.

    Two or three are made for each word of an article, most of them evidence and spans; and one for each of the twelve
    thousand rows of the largest tables, at the start.
    """
    slots: dict[str, Any] = {}
    parameters, lines = ["self"], []
    for field in fields(cast(Any, kind)):
        name, slots[f"_{field.name}"] = field.name, getattr(kind, field.name).__set__
        lines.append(f"    _{name}(self, {name})")
        if field.default is MISSING:
            parameters.append(name)
        else:
            slots[f"_{name}_else"] = field.default
            parameters.append(f"{name}=_{name}_else")
    if hasattr(kind, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), slots)
    made: Any = kind
    made.__init__ = slots["__init__"]
    return kind


@cache
def _reader(kind: type[Any]) -> tuple[attrgetter[Any], dict[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the article's text, and the words that stand there."""

    start: int
    end: int
    quote: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """Why one field holds what it holds: the rule or component that decided, and the words it went by."""

    field: str
    rule: str
    cue: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article's text with its role on the page."""

    kind: BlockKind
    span: Span


def day_of(value: str | None) -> Day | None:
    """Return the day of an ISO date or date-time; None where there is none or it lies outside the calendar."""
    try:
        return Day.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Article:
    """A page, taken apart. ``text`` is frozen: every offset in every record refers to it.

    ``page_offsets`` maps the text back to the page's own text: pairs (offset in ``text``, offset in the page's text),
    ascending; between two pairs both run in step.
    """

    id: str
    text: str
    doc: str = ""
    url: str | None = None
    canonical_url: str | None = None
    outlet: str | None = None
    origin_outlet: str | None = None
    agencies: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    fetched: str | None = None
    language: str | None = None
    kicker: str | None = None
    headline: str | None = None
    lead: str | None = None
    blocks: tuple[Block, ...] = ()
    kind: ArticleKind = "article"
    comments: int | None = None
    notes: tuple[str, ...] = ()
    page_offsets: tuple[tuple[int, int], ...] = ()

    @property
    def subheads(self) -> tuple[str, ...]:
        """The subheadings in reading order."""
        return tuple(block.span.quote for block in self.blocks if block.kind == "subhead")

    @property
    def entries(self) -> tuple[int, ...]:
        """Where the stories of the text begin: a liveblog tells another under each heading."""
        if self.kind != "liveblog":
            return (0,)
        return tuple(dict.fromkeys((0, *(block.span.start for block in self.blocks if block.kind == "subhead"))))

    @property
    def published_day(self) -> Day | None:
        """The day of publication, or None where the page does not give it."""
        return Day.fromisoformat(self.published[:10]) if self.published else None


@quickly_made
@dataclass(frozen=True, slots=True)
class Actor:
    """Who: a mention and what it resolves to in this article. ``span`` is None where the actor is only implied.

    ``code`` is ISO 3166 alpha-3 (Kosovo XKX) or UNO EUR IGO NGO IMG ISM MNC, then PLOVER sectors: ``RUS:MIL``,
    ``DEU:GOV+MIL``. ``entity`` is a Wikidata id.
    """

    span: Span | None
    name: str | None
    code: str | None
    how: How
    entity: str | None = None
    evidence: tuple[Evidence, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words, and the gazetteer entry they mean. Coordinates are WGS 84 degrees.

    ``precision`` is one of address, building, town, district, region, river, border, country, area.
    """

    span: Span
    name: str | None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    precision: str | None = None
    evidence: tuple[Evidence, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Date:
    """When: a TIMEX3 expression. ``earliest`` and ``latest`` are ISO dates (or date-times) that bound it, inclusive."""

    span: Span
    type: TimexType
    value: str | None
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    evidence: tuple[Evidence, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Quantity:
    """How many or how much of what. ``low`` and ``high`` bound the amount, None where open ("mindestens zwölf")."""

    span: Span
    what: str
    low: float | None
    high: float | None
    approximate: bool = False
    unit: str | None = None
    evidence: tuple[Evidence, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Statement:
    """Who said it. ``source`` holds every speaker of a joint statement; it is empty where nobody is named.

    ``parent`` is the ``id`` of the statement this one is told in. ``source_span`` is the speaker's span as written,
    also where it resolves to nobody.
    """

    id: int
    source: tuple[Actor, ...]
    source_span: Span | None
    cue: tuple[Span, ...]
    message: tuple[Span, ...]
    form: Form
    addressee: Span | None = None
    parent: int | None = None
    stance: Stance = "neutral"
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@quickly_made
@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. ``statement``, ``content_of`` and ``condition`` are ids of other records of the article.

    ``place`` and ``date`` are those that belong to this event; symmetric events list all sides in both roles.
    """

    id: int
    type: str
    mode: str
    trigger: tuple[Span, ...]
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: Status = "actual"
    contexts: tuple[str, ...] = ()
    statement: int | None = None
    content_of: int | None = None
    condition: int | None = None
    place: Place | None = None
    date: Date | None = None
    quantities: tuple[Quantity, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two tellings in one article that do not agree, or words that say so ("widersprüchliche Angaben").

    ``a`` and ``b`` are event ids; ``b`` is None where the article only says that accounts differ.
    """

    kind: ContradictionKind
    a: int | None
    b: int | None
    cue: Span | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a set of records."""

    program: str
    model: str
    lexicon: str


@dataclass(frozen=True, slots=True)
class Records:
    """Everything found in one article."""

    article: Article
    versions: Versions
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    notes: tuple[str, ...] = ()
