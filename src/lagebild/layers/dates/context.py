"""What the values of expressions hang on: the day of publication, the dates told so far, the tense around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from lagebild.layers.dates.scan import Match
from lagebild.layers.dates.tense import Clause, Tense, clause_at
from lagebild.records import TimexType
from lagebild.rules import calendar
from lagebild.rules.dates import DateGrammar

NEAR = 400  # characters within which a told date still governs what follows
SHORT = 4000  # characters of a news report; what is longer may pass from the day's news to our times
FAR = 1200  # ... and a told year


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its bounds; bounds left out are those of the value itself."""

    type: TimexType
    value: str | None
    bounds: tuple[str | None, str | None] | None = None
    edge: str | None = None
    told: bool = True

    @property
    def earliest_latest(self) -> tuple[str | None, str | None]:
        """Return the bounds, given or computed."""
        return self.bounds or calendar.bounds(self.value, self.edge) or (None, None)


@dataclass(slots=True)
class Context:
    """State while one article is read from start to end."""

    doc: Doc
    grammar: DateGrammar
    published: date | None
    marks: list[int] = field(default_factory=list)
    length: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)
    year_told: tuple[int, int] | None = None

    def remember(self, offset: int, found: Found) -> None:
        """Note a date that later expressions may lean on."""
        if found.type not in ("DATE", "TIME") or not found.told or calendar.days(found.value) is None:
            return
        value = found.value or ""
        self.told.append((offset, value[:10] if found.type == "TIME" else value))
        if value[:4].isdigit():
            self.year_told = (offset, int(value[:4]))

    def told_day(self, offset: int, *, within: int = NEAR) -> date | None:
        """Return the last day told before ``offset``."""
        for where, value in reversed(self.told):
            if offset - where > within:
                return None
            if len(value) == len("2014-10-14") and (span := calendar.days(value)) and span[0] == span[1]:
                return span[0]
        return None

    def told_in_sentence(self, match: Match) -> date | None:
        """Return the last day told before, in the same sentence."""
        first, last = match.span
        start = match.tokens.spans[first][0]
        span = self.doc.char_span(start, match.tokens.spans[last - 1][1], alignment_mode="expand")
        return None if span is None else self.told_day(start, within=start - span[0].sent.start_char)

    def told_span(self, offset: int, *, within: int = FAR) -> tuple[date, date] | None:
        """Return the days of the last date told before ``offset``."""
        if self.told and offset - self.told[-1][0] <= within:
            return calendar.days(self.told[-1][1])
        return None

    def past_year(self, offset: int, *, within: int = FAR) -> int | None:
        """Return the year the text is telling of, where that is well before publication."""
        if self.year_told is None or offset - self.year_told[0] > within:
            return None
        year = self.year_told[1]
        return year if self.published is None or year < self.published.year - 1 else None

    def clause(self, match: Match) -> Clause:
        """Return the clause around a match."""
        first, last = match.span
        start, end = match.tokens.spans[first][0], match.tokens.spans[last - 1][1]
        words = self.grammar.words
        return clause_at(self.doc, start, end, words["lemma_ahead"], words["lemma_since"], words["lemma_told"])

    def tense(self, match: Match) -> Tense | None:
        """Return the tense of the clause around a match."""
        return self.clause(match).tense

    def tells_of_days(self, offset: int) -> bool:
        """Whether the text around ``offset`` tells of days near publication, so that "heute" is that day."""
        reach = FAR if self.length > SHORT else SHORT
        return any(abs(mark - offset) <= reach for mark in self.marks)

    def way(self, match: Match) -> Tense | None:
        """Return whether a match looks back or ahead: by the tense, else by its preposition."""
        tense = self.tense(match)
        before = self.before(match)
        if before == "det":
            before = self.before(match, 2)
        if before in ("p_seit", "p_vom"):
            return "past" if before == "p_seit" or tense != "future" else tense
        if before == "p_fuer" and tense != "future":
            return "future"
        if before in ("p_bis", "p_ab", "p_auf") and tense != "past":
            return "future"
        return tense

    def before(self, match: Match, back: int = 1) -> str:
        """Return the class of the token before the expression."""
        index = match.span[0] - back
        return self.grammar.name[match.tokens.classes[index]] if index >= 0 else "nl"

    def after(self, match: Match) -> str:
        """Return the class of the token after the expression."""
        index = match.span[1]
        return self.grammar.name[match.tokens.classes[index]] if index < len(match.tokens.classes) else "nl"
