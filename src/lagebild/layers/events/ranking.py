"""How the features of the candidates for a role are spelled, and what they weigh.

A *table* holds what one kind of features adds up to for each key, worked out when first asked for; what all candidates of
an event share (type, mode, lemma, ...) is fixed when the table is made, so that its keys are short. The same tables give
the weights at run time (``weights``) and the features in words for training (``FEATURES``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import Any, Generic, Protocol, Self, TypeVar

from lagebild.layers.linear import load_linear

KEPT = 300_000
"""Keys whose values are kept."""
Words = tuple[str, ...]


class Adds(Protocol):
    """What can be added up: weights, or features in words."""

    def __add__(self, other: Self, /) -> Self: ...


Value = TypeVar("Value", bound=Adds)
Before = tuple[tuple[int, str, str, bool], ...]


class Table(dict[tuple[Any, ...], Value]):
    """Values by key: ``spell`` is called with ``context`` and the key."""

    def __init__(self, tables: Tables[Value], spell: Callable[..., list[str]], context: tuple[object, ...]):
        super().__init__()
        self.tables, self.spell, self.context = tables, spell, context

    def __missing__(self, key: tuple[Any, ...]) -> Value:
        self.tables.size += 1
        found = self[key] = self.tables.value(self.spell(*self.context, *key))
        return found


class Tables(Generic[Value]):
    """All tables; ``value`` adds up features, ``nothing`` is what no features add up to."""

    def __init__(self, value: Callable[[list[str]], Value], nothing: Value):
        self.value, self.nothing = value, nothing
        self.size = 0
        self._tables: dict[tuple[object, ...], Table[Value]] = {}
        self._events: dict[tuple[str, ...], EventTables[Value]] = {}
        self._words: dict[tuple[str, ...], WordTables[Value]] = {}

    def table(self, spell: Callable[..., list[str]], *context: object) -> Table[Value]:
        """Return the table of one kind of features in one context."""
        known = self._tables.get((spell, *context))
        if known is None:
            known = self._tables[spell, *context] = Table(self, spell, context)
        return known

    def event(self, kind: str, mode: str, passive: str, pos: str, frame: str) -> EventTables[Value]:
        """Return the tables for events of a type and mode, told by a word of this part of speech, voice and frame."""
        key = (kind, mode, passive, pos, frame)
        known = self._events.get(key)
        if known is None:
            if self.size > KEPT:
                self.size = 0
                for kept in (self._tables, self._events, self._words):
                    kept.clear()
            known = self._events[key] = EventTables(self, *key)
        return known

    def word(self, lemma: str, passive: str) -> WordTables[Value]:
        """Return the tables for events told by a word."""
        known = self._words.get((lemma, passive))
        if known is None:
            known = self._words[lemma, passive] = WordTables(self, lemma, passive)
        return known


class EventTables(Generic[Value]):
    """The tables whose context does not hold the word itself; what their keys are, the spelling functions say."""

    __slots__ = (
        "absent", "against", "before", "governed", "known", "nobody", "others", "sector", "site", "speaks", "way", "where", "who",
    )  # fmt: skip

    def __init__(self, tables: Tables[Value], kind: str, mode: str, passive: str, pos: str, frame: str):
        table = tables.table
        self.way = table(_way, passive, pos, frame, kind, mode)
        self.who = table(_who, kind)
        self.where = table(_where, pos)
        self.others = table(_others, kind)
        self.site = table(_site, kind, pos)
        self.governed = table(_governed, kind)
        self.speaks = table(_speaks, kind, pos)
        self.known = table(_known, kind)
        self.sector = table(_sector, kind, mode)
        self.before = table(_before, kind)
        self.absent = table(_absent, kind, frame)
        self.nobody = table(_nobody, kind, frame, pos, passive, mode)
        self.against = table(_against, kind)


class WordTables(Generic[Value]):
    """The tables whose context is the word."""

    __slots__ = ("sector", "way")

    def __init__(self, tables: Tables[Value], lemma: str, passive: str):
        self.way = tables.table(_way_of_lemma, lemma, passive)
        self.sector = tables.table(_sector_of_lemma, lemma)


def _words(features: list[str]) -> Words:
    return tuple(features)


FEATURES: Tables[Words] = Tables(_words, ())


@cache
def weights() -> Tables[complex]:
    """The ranker's weights, read once. The real part is for actors, the imaginary part for recipients."""
    ranker = load_linear("events_roles")
    columns = [ranker.matrix[: len(ranker.index), ranker.labels.index(role)].tolist() for role in ("a", "r")]
    single = dict(zip(ranker.index, map(complex, *columns), strict=True))
    return Tables(lambda features: sum(map(single.get, features, repeat(0j)), 0j), 0j)


# ---- spelling: first the context, then the key


def _way(passive: str, pos: str, frame: str, kind: str, mode: str, way: str, case: str) -> list[str]:
    """The path of a mention and its preposition."""
    short, last = way if way.count(" ") < 3 else "long", way.rpartition(" ")[2]
    return [
        f"w:{way}:{passive}",
        f"wc:{short}:{case}:{passive}:{pos}",
        f"wf:{short}:{case}:{frame}:{passive}",
        f"wt:{short}:{kind}:{passive}",
        f"wtc:{last}:{case}:{kind}",
        f"m:{mode}:{kind}:{last}",
    ]


def _way_of_lemma(lemma: str, passive: str, short: str, case: str) -> list[str]:
    return [f"wl:{short}:{case}:{lemma}:{passive}"]


def _who(kind: str, last: str, how: str, sector: str) -> list[str]:
    """How a mention is named, its sector, the last step of its path."""
    return [f"h:{how}:{last}", f"stw:{sector}:{kind}:{last}"]


def _where(pos: str, nearer: int, steps: int, left: bool, distance: int) -> list[str]:
    """How many mentions stand nearer, how far this one stands on the tree and in the text."""
    return [f"b:{nearer}:{steps}", f"d:{'-' if left else '+'}{distance}:{pos}"]


def _others(kind: str, places: tuple[str, ...], short: str) -> list[str]:
    """Which places of the clause other mentions hold."""
    return [f"o:{place}:{short}:{kind}" for place in places]


def _site(kind: str, pos: str, short: str, case: str, lemma: str) -> list[str]:
    """A mention that is a place."""
    return [f"@:{case}:{kind}", f"@w:{short}:{case}:{pos}", f"@wk:{short}:{case}:{kind}", f"@l:{case}:{lemma}"]


def _governed(kind: str, short: str, case: str, governor: str, type_: str) -> list[str]:
    """The word above the trigger through which a mention is reached, and its type."""
    last = short.rpartition(" ")[2]
    return [f"G:{governor}:{short}:{case}", f"Gk:{type_}:{kind}:{short}:{case}", f"Gg:{governor}:{kind}:{last}"]


def _speaks(kind: str, pos: str, last: str) -> list[str]:
    """A mention that speaks here."""
    return [f"sp:{kind}:{last}", f"spn:{pos}"]


def unknown() -> list[str]:
    """A mention that resolves to nobody."""
    return ["u"]


def _absent(kind: str, frame: str, lemma: str, count: int) -> list[str]:
    return [f"A:{kind}", f"Al:{lemma}", f"Af:{frame}", f"An:{count}"]


def _nobody(
    kind: str, frame: str, pos: str, passive: str, mode: str, lemma: str, count: int, relation: str
) -> list[str]:
    plain = [f"0:{kind}", f"0l:{lemma}", f"0f:{frame}:{kind}", f"0n:{count}", "0"]
    return [*plain, f"0p:{pos}:{passive}:{relation}", f"0m:{kind}:{mode}"]


def _known(
    kind: str, profile: tuple[int | str, bool, bool, int, int, bool | None], speaks: str, role: str | None
) -> list[str]:
    """An actor of the article: when it was named, whether its country is the main one, whether it was named first, its
    rank and share of mentions, whether the place is its own; whether it speaks, its country's part in the event before.
    """
    step, main, first, rank, share, at_home = profile
    here = "x" if step == 0 else ""
    out = [f"g:{step}", f"gk:{step}:{kind}", f"M:{main}:{here}", f"Mk:{main}:{kind}:{here}"]
    if first:
        out.append(f"t:{kind}:{here}")
    if speaks == "S":
        out += [f"S:{here}", f"Sk:{kind}:{here}"]
    elif speaks:
        out.append(f"Sc:{kind}:{here}")
    if at_home is not None:
        out.append(f"P:{at_home}:{here}:{kind}")
    if role is not None:
        out.append(f"pc:{role}:{here}:{kind}")
    return [*out, f"r:{rank}:{here}", f"sh:{share}:{here}"]


def _sector(kind: str, mode: str, sector: str, here: str) -> list[str]:
    return [f"s:{sector}:{kind}:{here}", f"km:{kind}:{mode}:{sector}:{here}"]


def _sector_of_lemma(lemma: str, sector: str) -> list[str]:
    return [f"ls:{lemma}:{sector}"]


def _before(kind: str, here: str, before: Before) -> list[str]:
    """What an actor did in the events before: how long ago, its role, the type, whether the word was the same."""
    out = []
    for age, role, type_, same_lemma in before:
        out += [f"p{age}:{role}:{here}", f"pk{age}:{role}:{type_}:{kind}"]
        if type_ == kind:
            out.append(f"pt:{role}:{kind}:{here}")
        if same_lemma:
            out.append(f"pl:{role}:{here}")
    return list(dict.fromkeys(out))


def _against(kind: str, what: str, sector: str | None, more: int, back: bool) -> list[str]:
    """A recipient in view of the actors; ``what`` it is: ``nobody``, ``none`` (no actors), ``itself`` or another.

    ``more`` counts the actors of nobody and itself; of another it tells whether it was their recipient before, and
    ``back`` whether they were its.
    """
    if what == "nobody":
        return [f"V0:{kind}:{more}"]
    if what == "none":
        return [f"V-:{kind}"]
    if what == "itself":
        return [f"V=:{kind}:{more}", "V="]
    out = [] if sector is None else [f"Vc:{kind}:{sector}", "Vc"]
    if more:
        out += [f"Vs:{kind}", "Vs"]
    if back:
        out += [f"Vb:{kind}", "Vb"]
    return out or [f"Vn:{kind}"]
