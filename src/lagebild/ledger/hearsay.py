"""What reports nothing of a commitment though it sounds like it: its own words in a reprint, another story.

What stood beside the promise when it was told was said before anything could become of it, whichever outlet prints it
again. And a sentence of an article about other countries is of another matter: who owes may owe many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lagebild.ledger.alike import likeness
from lagebild.ledger.debts import TOWARDS, Debt
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.sentences import sentence_at
from lagebild.ledger.tales import EVENT, PREVIOUS, TALE
from lagebild.ledger.tellings import Row, key_of

NOBODY: frozenset[str] = frozenset()


class Texts(Protocol):
    """Knows which sentences of an article stand in another one of the same text."""

    def said_before(self, sentence: str, new: str, old: str) -> bool:
        """Whether a sentence of a new article stands in an old one of which the new one is a reprint."""


@dataclass(slots=True)
class Reprinted:
    """Says whether a report of a part's articles only repeats what stood in the article that tells of the promise."""

    kin: Texts
    _texts: dict[str, str] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[str, int, str], bool] = field(default_factory=dict)

    def take(self, articles: Iterable[Row], rows: Iterable[Row]) -> None:
        """Take in the articles of a part and their events, in place of those of the part before."""
        self._texts = {row["article"]: row["text"] for row in articles}
        self._places = {key_of(row): row["trigger"][0]["start"] for row in rows if row["trigger"]}
        self._known.clear()

    def repeats(self, owed: Debt, report: Telling) -> bool:
        """Whether the sentence of a report stands in the article of the promise, told again by a reprint of it."""
        text, at = self._texts.get(report.article), self._place(report)
        if text is None or at is None or report.article == owed.telling.article:
            return False
        key = report.article, at, owed.telling.article
        if key not in self._known:
            self._known[key] = self.kin.said_before(sentence_at(text, at)[1], report.article, owed.telling.article)
        return self._known[key]

    def _place(self, report: Telling) -> int | None:
        spoken = report.key.partition("#@")[2].rstrip("~!")
        return int(spoken) if spoken else self._places.get(report.key)


@dataclass(frozen=True, slots=True)
class Story:
    """A commitment with the countries that the articles which tell of it name, and those that any article names."""

    owed: Debt
    named: Mapping[str, frozenset[str]]
    lands: frozenset[str]

    def of_it(self, reports: Iterable[Telling]) -> list[Telling]:
        """Return the reports without those of another matter: an article is of this one where a sentence of it is."""
        listed = list(reports)
        ours = {report.article for report in listed if self._alike(report) and own(report) <= self.lands}
        return [report for report in listed if report.article in ours or not self._elsewhere(report)]

    def _elsewhere(self, report: Telling) -> bool:
        """Whether a report is of another country than the promise."""
        told, named = self.owed.telling, self.named.get(report.article, NOBODY)
        owers = countries(told.actors)
        others = countries(told.recipients - told.implied) - owers
        if named <= self.lands or others & named:
            return False  # it names nobody else, or whom the promise is owed to
        foreign = not own(report) <= self.lands
        if foreign and (not owers & named or (others and told.type in TOWARDS)):
            return True
        if report.type != TALE or self._alike(report):
            return False  # what rules take for a report has the deed in common
        return foreign or not owers & named or (self.lands > owers and not (self.lands - owers) & named)

    def _alike(self, report: Telling) -> bool:
        return likeness(self.owed.about, report.note.about) == 2


def own(report: Telling) -> frozenset[str]:
    """Return the countries that a report names itself."""
    if PREVIOUS in report.note.cues:
        return NOBODY
    return report.actors if report.type == TALE else report.parties


def retells(told: Telling, tale: Telling) -> bool:
    """Whether a sentence is the one that tells of a commitment, and says of it no more than that it is owed."""
    if tale.article != told.article or tale.mode:
        return False
    cues = {cue.removeprefix(EVENT) for cue in tale.note.cues if cue.startswith(EVENT)}
    if told.key.endswith("!"):
        return tale.key.rstrip("~") == told.key.rstrip("!") and f"{told.type}/actual" not in cues
    return f"{told.type}/{told.status}" in cues and not cues & {f"{told.type}/actual", f"{told.type}/denied"}
