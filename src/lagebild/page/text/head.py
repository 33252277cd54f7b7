"""What stands above a copied text: which line is the headline, which the kicker, who wrote it and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lagebild.page.bylines import byline_names, named_by, single_name
from lagebild.page.credits import Credit, is_slashed_credit, read_credit
from lagebild.page.dates import date_line, first_date
from lagebild.page.draft import Draft
from lagebild.page.headline import unglue
from lagebild.page.persons import person
from lagebild.page.piece import Piece
from lagebild.page.text.lines import SHORT, Lines, is_running
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, Phrases, outlets, phrases

FEWEST_WORDS = 4
HEAD_LINES = 14
"""Deeper than this no page had its headline once menus were cut; what stands above the text is read up to here."""
WROTE = re.compile(r"\b(?:von|by)\s(?P<names>.{4,80})$|\bQuelle:?\s(?P<source>.{2,90})$")
"""What may follow the date in a date line: who wrote it, where it came from."""
PLAYTIME = re.compile(r"[\W\d_]{1,12}(?:min|std|sek|uhr)?[\W\d_]{0,3}", re.I)
"""Counts of shares and comments, times of play, the time of day alone."""
FULL_STOP = re.compile(r"[.!?][\"“”»«'’)\]]*$")


@dataclass(slots=True)
class _Head:
    """The lines that may be titles; ``told`` of them stood above the date line or byline, and what those were."""

    titles: list[Piece] = field(default_factory=list)
    told: int = 0
    signed: bool = False
    parted: bool = False
    """Whether buttons or counts stood between the date line or byline and the next title."""

    def drop_place(self, *, dated: bool) -> None:
        """Forget what stands between byline and date: where the text was written."""
        between = self.titles[self.told :]
        if dated and self.signed and self.told and between and all(is_place(title) for title in between):
            del self.titles[self.told :]

    def note(self, *, signed: bool = False) -> None:
        """A date line or byline stands here."""
        self.signed = signed or (self.signed and self.told == len(self.titles))
        self.told, self.parted = len(self.titles), False


def first_running(found: Lines, lexicon: Lexicon) -> int:
    """Return the number of the first line of running text."""
    rules: Phrases = lexicon.derived(phrases)
    for number, line in enumerate(found.content):
        furniture = rules.match(line.text, "cut", "caption", "related", "byline", "dated", "live")
        if is_running(line.text) and not furniture and id(line) not in found.pictured:
            return number
    for number, line in enumerate(
        found.content
    ):  # a note of short sentences: the first of them is where the text starts
        if FULL_STOP.search(line.text) and len(line.text.split()) >= FEWEST_WORDS and id(line) not in found.pictured:
            return number
    return min(len(found.content), 3)


def read_head(found: Lines, first: int, draft: Draft, lexicon: Lexicon) -> None:
    """Read the lines above the ``first`` line of the text."""
    rules: Phrases = lexicon.derived(phrases)
    head = _Head()
    for line in found.content[:first][-HEAD_LINES:]:
        if id(line) not in found.pictured and not _read_dated(line, head, draft, rules, lexicon):
            _read_line(line, head, draft, rules, lexicon)
    _read_titles(_chosen(head), found.content[0], draft, rules, lexicon)


def _read_dated(line: Piece, head: _Head, draft: Draft, rules: Phrases, lexicon: Lexicon) -> bool:
    """Read a byline or date line above the text; whether it was one."""
    if hit := rules.match(line.text, "dated", "byline"):
        found = first_date(line.text, lexicon)
        head.drop_place(dated=found is not None)
        draft.published = draft.published or (found[0] if found else None)
        credit = named_by(hit, lexicon) if hit[0].role == "byline" else Credit()
        credit.add(written(line.text, found, lexicon))
        draft.credit.add(credit)
        head.note(signed=bool(credit.bylines))
        return True
    value = date_line(line.text, lexicon)
    if value is None:
        return False
    draft.published = draft.published or value
    head.drop_place(dated=True)
    dated = first_date(line.text, lexicon)
    name = person(line.text[dated[2] :], lexicon) if dated else None  # "7. November 2016  Petra Muster"
    draft.credit.add(Credit([name] if name else []))
    head.note(signed=name is not None)
    return True


def is_place(line: Piece) -> bool:
    """Whether a line may be where a text was written: one to three words, each with a capital."""
    words = line.text.replace(",", " ").replace("/", " ").split()
    return 0 < len(words) <= 3 and all(word[0].isupper() for word in words)


def _read_line(line: Piece, head: _Head, draft: Draft, rules: Phrases, lexicon: Lexicon) -> None:
    """Sort any other line above the text: a title, whose picture it is, a button, the outlet."""
    titles, told = head.titles, head.told
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    if PLAYTIME.fullmatch(line.text):
        return
    if rules.match(line.text.strip("()"), "caption") or is_slashed_credit(line.text, lexicon):
        wordy = [len(title.text.split()) > 2 for title in titles]
        if len(titles) == told + 1 and any(wordy[:told]):
            titles.pop()  # what the picture shows
        elif told == 0 and len(titles) > 1 and FULL_STOP.search(titles[-1].text) and any(wordy[:-1]):
            titles.pop()
    elif rules.match(line.text, "cut", "related", "paywall", "stop"):
        head.parted = head.parted or len(titles) == told > 0
        if draft.published is None and (dated := first_date(line.text, lexicon)) and dated[1] == 0:
            draft.published = dated[0]  # "14.01.16 | 08:41 Uhr | 7 mal gelesen | dts"
    elif line.text.lower() in houses and _is_spelled(line.text, houses[line.text.lower()]):
        draft.outlet = draft.outlet or houses[line.text.lower()].name
    elif hit := rules.match(line.text, "source", "credits"):
        if 0 < told < len(titles):
            titles.pop()  # a caption: the headline stood above the byline, and whose picture it is comes next
        else:
            draft.credit.add(read_credit(hit[1]["rest"], lexicon))
    else:
        titles.append(line)


def _is_spelled(text: str, house: OutletRow) -> bool:
    """Whether an outlet writes itself so: "Österreich" in a menu is the country."""
    return text in (house.id, house.name, *house.names) or not text.istitle() or " " in text


def _chosen(head: _Head) -> list[Piece]:
    """The lines kicker and headline are among.

    They stand below the date line, or above a byline: then what comes below is what the picture shows. Of the date
    alone there is no telling, unless buttons stand between it and the next line: they belong under a headline.
    """
    above, below = head.titles[: head.told], head.titles[head.told :]
    headed = any(len(line.text.split()) > 2 and len(line.text) > 15 for line in above)
    chosen = above if not below or (headed and (head.signed or head.parted)) else below
    whole = [line for line in chosen if len(line.text.split()) > 2 and not line.text.endswith(".")]
    while whole and chosen[-1] not in whole and chosen[-1].text.endswith("."):
        chosen = chosen[:-1]  # a headline ends without a mark, a caption may have one
    return chosen


def written(text: str, found: tuple[str, int, int] | None, lexicon: Lexicon) -> Credit:
    """Return whom a date line names behind its date: "Veröffentlicht am 2. Juli 2013 von Petra Muster"."""
    match = WROTE.search(text, found[2]) if found else None
    if match is None:
        return Credit()
    return single_name(match["names"], lexicon) if match["names"] else read_credit(match["source"], lexicon)


def _read_titles(titles: list[Piece], top: Piece, draft: Draft, rules: Phrases, lexicon: Lexicon) -> None:
    """Read kicker and headline; the ``top`` line of the page may be the outlet's name, which is no kicker."""
    for number, line in enumerate(titles):
        menu = number > 0 and all(" " not in title.text for title in titles[number - 1 : number + 1])
        if rules.match(line.text, "opinion") and not menu:
            draft.kind = "opinion"
        elif rules.match(line.text, "live"):
            draft.kind = "liveblog"
    if not titles:
        return
    kicker, headline = unglue(titles[-1], lexicon)
    if kicker is None and len(titles) > 1 and not (titles[-2] is top and top.text.lower() in lexicon.derived(outlets)):
        # Above the headline stands the kicker; a longer line there is the headline and the last line a byline or lead.
        above = titles[-2]
        if len(above.text) > 1.6 * len(headline.text) and len(headline.text.split()) <= 3:
            named = byline_names(headline.text, lexicon)
            if named.bylines or named.agencies:
                draft.credit.add(named)
                kicker, headline = unglue(above, lexicon)
            else:
                kicker = above
        else:
            kicker = above
    draft.headline = headline.text
    draft.kicker = kicker.text.rstrip(":") if kicker and len(kicker.text) <= SHORT else None
