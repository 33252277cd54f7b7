"""What every ledger export shares: the item it is fed, the options, and the traversal (set up, feed, finish)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from lagebild.export import names as called
from lagebild.export.names import Row as Row
from lagebild.export.names import is_implied
from lagebild.rules.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Item:
    """An event with its article and, where it belongs to one, its incident: rows of the ledger as dicts.

    ``event`` has the columns of the table ``events``, ``article`` those of ``articles`` but ``blocks``. ``sentence`` is the one
    the event stands in, None with ``--no-text``, ``sentence_number`` which one that is, from 1; ``decision`` a
    reviewer's newest one about the event; ``stands``: whether it is the telling that stands for its incident where
    each is to be written once.
    """

    event: Row
    article: Row
    incident: str | None
    independent: int
    sentence: str | None
    decision: str | None = None
    sentence_number: int = 1
    stands: bool = True

    @property
    def key(self) -> str:
        """``article#event``: the same event in every format."""
        return f"{self.event['article']}#{self.event['event']}"

    @property
    def day(self) -> str | None:
        """The day it happened on where that is known to the day, else the day of publication; None without either."""
        earliest, latest = self.event["earliest"], self.event["latest"]
        if earliest and earliest == latest:
            return str(earliest)
        return str(self.event["day"]) if self.event["day"] else None


@dataclass(slots=True)
class Options:
    """What the user asked for. ``include``: statuses besides ``actual`` that formats of deeds get too.

    ``implied``: whether actors that the sentence does not name, read from the rest of the article, are written; ``marked``:
    whether their names stand in brackets. ``once``: of each incident only one telling, so that figures may be added up.
    """

    text: bool = True
    implied: bool = True
    marked: bool = False
    once: bool = False
    include: frozenset[str] = frozenset()
    lexicon: Lexicon = field(default_factory=Lexicon)

    def described(self) -> Row:
        """Return what was asked for, as what stands beside an export tells it."""
        once = "incident" if self.once else None
        return {"text": self.text, "implied": self.implied, "marked": self.marked, "one_per": once}


ROLES = {"actors": "actor_codes", "recipients": "recipient_codes"}
"""The two sides of an event, and the columns with their codes."""


def named_only(item: Item) -> Item:
    """Return an item without the actors that its sentence does not name."""
    event = dict(item.event)
    for role, codes in ROLES.items():
        event[role] = [actor for actor in event[role] or [] if not is_implied(actor)]
        event[codes] = list(dict.fromkeys(actor["code"] for actor in event[role] if actor["code"]))
    return replace(item, event=event)


def implied_in(event: Row) -> list[str]:
    """Return the roles ("actors", "recipients") of an event in which somebody is only implied."""
    return [role for role in ROLES if any(map(is_implied, event[role] or []))]


HELD: dict[str, Callable[[Row], bool]] = {
    "status": lambda event: event["status"] != "actual",
    "speaker": lambda event: event["statement"] is not None,
    "content_of": lambda event: event["content_of"] is not None,
    "condition": lambda event: event["condition"] is not None,
    "quantities": lambda event: bool(event["quantities"]),
    "contexts": lambda event: bool(event["contexts"]),
    "implied": lambda event: bool(implied_in(event)),
}
"""Whether an event has what some formats have no column for; the sidecar counts what is lost that way."""


class Exporter(ABC):
    """One format. ``deeds``: its users read every row as something that happened; ``lacks``: keys of ``HELD``."""

    name: ClassVar[str]
    suffix: ClassVar[str]
    deeds: ClassVar[bool] = False
    lacks: ClassVar[tuple[str, ...]] = ()
    about: ClassVar[str]

    def __init__(self, path: Path, options: Options):
        self.path, self.options = path, options
        self.rows: int | None = None  # how many rows or entries the file has, where they are not one for each event
        self.setup()

    @abstractmethod
    def setup(self) -> None:
        """Open the file and write what comes first."""

    @abstractmethod
    def feed(self, item: Item) -> str | None:
        """Write one event; return why it does not fit the format, or None where it was written."""

    @abstractmethod
    def finish(self) -> None:
        """Write what comes last and close the file."""

    def left_out(self, item: Item) -> str | None:
        """Return why an item stays out of this format by its status or a review, or None."""
        if item.decision == "reject":
            return "rejected by a reviewer"
        status = item.event["status"]
        if self.deeds and status != "actual" and status not in self.options.include:
            return f"status {status}: this format would show it as a deed (--include {status} to have it)"
        if self.options.once and not item.stands:
            return "another telling of the same incident (--one-per incident)"
        return None

    def names(self, actors: Iterable[Row] | None, *, words: bool = False) -> list[str]:
        """Return the names of actors as this export shows them."""
        shown = words and self.options.text
        return called.names(actors or [], self.options.lexicon, marked=self.options.marked, words=shown)


def quote(item: Item, *, text: bool) -> str | None:
    """Return the words of an event, or None where no text may be passed on."""
    return " … ".join(span["quote"] for span in item.event["trigger"]) if text else None


def sectors(actors: Iterable[Row]) -> list[str]:
    """Return the sectors of actors in order of mention."""
    listed = [sector for actor in actors for sector in (actor["code"] or "").partition(":")[2].split("+") if sector]
    return list(dict.fromkeys(listed))


def countries(actors: Iterable[Row]) -> list[str]:
    """Return the country or bloc codes of actors in order of mention."""
    listed = [(actor["code"] or "-").partition(":")[0] for actor in actors]
    return list(dict.fromkeys(code for code in listed if code != "-"))


def place_name(event: Row, *, text: bool = True) -> str | None:
    """Return the name of the place; without text only a resolved one, not the words of the article."""
    name: str | None = event["place_name"]
    return name if text or event["geonames"] is not None or name != event["place_quote"] else None


def speaker_name(event: Row, *, text: bool = True) -> str | None:
    """Return the name of who vouches for an event; without text only where the speaker resolves to somebody."""
    name: str | None = event["speaker_name"]
    return name if text or event["speaker_code"] not in (None, "-") else None


def unit(quantity: Row, *, text: bool = True) -> str | None:
    """Return the unit of a figure; without text not that of ``other`` ones, which is the noun of the article."""
    found: str | None = quantity["unit"]
    return found if text or quantity["what"] != "other" else None
