"""Plain text as copied from a site: date line, kicker, headline, body, source line, and the comment footer cut away."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container

from lagebild.page.credits import (
    Credit,
    bare_author,
    byline_names,
    closing_credit,
    dateline,
    is_slashed_credit,
    read_credit,
)
from lagebild.page.dates import date_line, first_date
from lagebild.page.draft import Draft
from lagebild.page.headline import unglue
from lagebild.page.piece import Piece, clean, lines
from lagebild.records import BlockKind
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, PhraseRole, Phrases, outlets, phrases

RUNNING = 140
"""A line this long is running text whatever it ends with."""
FEWEST_WORDS = 4
SHORT = 90
"""No subhead and no link title is longer."""
HEAD_LINES = 14
"""Deeper than this no page had its headline once menus were cut; what stands above the text is read up to here."""
STUB = 1500
"""A text that asks for a subscription and is shorter is a stub."""
TWO_SENTENCES = re.compile(r"[a-zäöüß]{3}[.!?][\"“”»«]? [A-ZÄÖÜ„»«\"]")
WROTE = re.compile(r"\b(?:von|by)\s(?P<names>.{4,80})$|\bQuelle:?\s(?P<source>.{2,90})$")
"""What may follow the date in a date line: who wrote it, where it came from."""
PLAYTIME = re.compile(r"[\W\d_]{1,12}(?:min|std|sek)?[\W\d_]{0,3}")
"""Counts of shares and comments, times of play."""
FULL_STOP = re.compile(r"[.!?][\"“”»«'’)\]]*$")
SENTENCE_END = re.compile(r"[.!?…:;][\"“”»«'’)\]]*$|[\"“”»«]$")
QUOTED = re.compile(r"^[\"„“»«‚][^\"„“”»«]{15,}[\"“”»«‘][.!?]?$")


def read_text(page: str, lexicon: Lexicon) -> Draft:
    """Take apart ``page``, the text of one page."""
    draft = Draft()
    rules: Phrases = lexicon.derived(phrases)
    found = _unwrapped(page)
    content = [line for line in found if line.text]
    fresh = {id(line) for before, line in itertools.pairwise(found) if line.text and not before.text}
    first = _first_running(content, rules, lexicon)
    _read_head(content[:first], draft, rules, lexicon)
    _read_body(content[first:], draft, rules, lexicon, fresh=fresh)
    if not draft.pieces:
        draft.kind = "not-an-article"
    return draft


def is_running(text: str) -> bool:
    """Whether a line reads as running text: long, or a sentence of some length with its end mark, or two of them."""
    if len(text) >= RUNNING:
        return True
    return len(text) >= 60 and bool(SENTENCE_END.search(text) or TWO_SENTENCES.search(text))


def _unwrapped(page: str) -> list[Piece]:
    """The lines of the page; where it is wrapped at a fixed width, its paragraphs."""
    found = list(lines(page))
    groups = _groups(found)
    wide = [group for group in groups if len(group) >= 3]
    inner = [line for group in wide for line in group[:-1]]
    if len(inner) < 4 or max(len(line.text) for line in inner) > 100:
        return found
    even = sum(1 for line in inner if len(line.text) >= 50 and not SENTENCE_END.search(line.text))
    if even < 0.6 * len(inner):
        return found
    return [_together(group, page) if len(group) > 1 else group[0] for group in groups]


def _groups(found: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = [[]]
    for line in found:
        if line.text:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _together(group: list[Piece], page: str) -> Piece:
    start = group[0].runs[0][1]
    at, offset = group[-1].runs[-1]
    return clean(page, start, offset + len(group[-1].text) - at)


def _first_running(content: list[Piece], rules: Phrases, lexicon: Lexicon) -> int:
    for number, line in enumerate(content):
        if is_running(line.text) and not rules.match(line.text, "cut", "caption", "related", "byline", "dated", "live"):
            return number
    for number, line in enumerate(content):  # a note of short sentences: the first of them is where the text starts
        if FULL_STOP.search(line.text) and len(line.text.split()) >= FEWEST_WORDS:
            return number
    return min(len(content), 3)


def _read_head(head: list[Piece], draft: Draft, rules: Phrases, lexicon: Lexicon) -> None:
    titles: list[Piece] = []
    told = 0  # how many titles stood above the date line or byline
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    for line in head[-HEAD_LINES:]:
        if hit := rules.match(line.text, "dated", "byline"):
            row, match = hit
            if found := first_date(line.text, lexicon):
                draft.published = draft.published or found[0]
            if row.role == "byline":
                draft.credit.add(byline_names(match["names"], lexicon))
            if row.role == "byline" or found:
                draft.credit.add(_written(line.text, found, lexicon))
                told = len(titles)
                continue
        if value := date_line(line.text, lexicon):
            draft.published = draft.published or value
            told = len(titles)
        elif PLAYTIME.fullmatch(line.text):
            continue
        elif (hit := rules.match(line.text.strip("()"), "caption")) or is_slashed_credit(line.text, lexicon):
            if len(titles) == told + 1 and any(len(t.text.split()) > 2 for t in titles[:told]):
                titles.pop()  # what the picture shows
        elif rules.match(line.text, "cut", "related", "paywall"):
            continue
        elif line.text.lower() in houses:
            draft.outlet = draft.outlet or houses[line.text.lower()].name
        elif hit := rules.match(line.text, "source", "credits"):
            if 0 < told < len(titles):
                titles.pop()  # a caption: the headline stood above the byline, and whose picture it is comes next
            else:
                draft.credit.add(read_credit(hit[1]["rest"], lexicon))
        else:
            titles.append(line)
    _read_titles(titles[told:] or titles, draft, rules, lexicon)


def _written(text: str, found: tuple[str, int, int] | None, lexicon: Lexicon) -> Credit:
    """Return whom a date line names behind its date: "Veröffentlicht am 2. Juli 2013 von Petra Muster"."""
    match = WROTE.search(text, found[2]) if found else None
    if match is None:
        return Credit()
    return byline_names(match["names"], lexicon) if match["names"] else read_credit(match["source"], lexicon)


def _read_note(line: Piece, draft: Draft, rules: Phrases, lexicon: Lexicon, whole: str) -> bool:
    """Read a byline or date line that stands between lead and text; whether it was one."""
    if (hit := rules.match(line.text, "byline")) and len(line.text) <= SHORT:
        named = byline_names(hit[1]["names"], lexicon)
        draft.credit.add(named)
        return bool(named.bylines or named.agencies)
    dated = first_date(line.text, lexicon) if rules.match(line.text, "dated") else None
    value = dated[0] if dated else date_line(line.text, lexicon)
    draft.published = draft.published or value
    draft.credit.add(_written(line.text, dated, lexicon))
    if value is None and not draft.credit.bylines and (named := bare_author(line.text, whole, lexicon)).bylines:
        draft.credit.add(named)
        return True
    return value is not None


def _read_titles(titles: list[Piece], draft: Draft, rules: Phrases, lexicon: Lexicon) -> None:
    for line in titles:
        if rules.match(line.text, "opinion"):
            draft.kind = "opinion"
        elif rules.match(line.text, "live"):
            draft.kind = "liveblog"
    if not titles:
        return
    kicker, headline = unglue(titles[-1], lexicon)
    if kicker is None and len(titles) > 1:
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
    draft.kicker = kicker.text.rstrip(":") if kicker else None


def _read_body(
    body: list[Piece], draft: Draft, rules: Phrases, lexicon: Lexicon, *, fresh: Container[int] = ()
) -> None:
    """Keep what is text; ``fresh`` are the ids of the lines with an empty one before them."""
    skipping = past = walled = False
    skipped = 0  # how many link titles stood under the last "Mehr zum Thema"
    kept: list[Piece] = []
    whole = " ".join(
        line.text for line in body if is_running(line.text) and not closing_credit(line.text, lexicon).bylines
    )
    furniture: tuple[PhraseRole, ...] = ("stop", "related", "cut", "caption", "paywall", "source")
    runs = (n for n in range(len(body) - 1, -1, -1) if is_running(body[n].text))
    last = next((n for n in runs if not rules.match(body[n].text, *furniture)), -1)
    over = False  # whether furniture began after the last running line
    for number, line in enumerate(body):
        if hit := rules.match(line.text, "stop"):
            draft.comments = draft.comments or _comments(body[number:], rules)
            if _is_end(kept, body[number + 1 :]):
                break
            continue
        signed = _signed(line, rules, lexicon) if past and len(line.text) <= SHORT else None
        if signed and (skipping or not any(is_running(after.text) for after in body[number + 1 : number + 4])):
            draft.credit.add(signed)
            continue
        if skipping and skipped and id(line) in fresh and _heads_on(body, number):
            skipping = False  # the link titles are over: a subhead and its text
        short = len(line.text) <= SHORT and not is_running(line.text)
        if (skipping or over) and short and not rules.match(line.text, "source", "credits"):
            skipped += 1
            if (row := rules.match(line.text, "dated")) and (found := first_date(row[1][0], lexicon)):
                draft.published = draft.published or found[0]
            continue
        skipping = False
        if number < HEAD_LINES and not past and _read_note(line, draft, rules, lexicon, whole):
            continue
        past = past or (bool(kept) and is_running(line.text))
        if hit := rules.match(line.text, "related", "cut", "caption", "paywall"):
            skipping, skipped = hit[0].role == "related", 0
            over = over or number > last
            walled = walled or hit[0].role == "paywall"
            if (told := rules.match(line.text, "source")) and hit[0].role == "caption":
                draft.credit.add(read_credit(told[1]["rest"], lexicon))
            elif hit[0].role == "caption" and number:
                _drop_caption(kept, body[number - 1])
        elif number < last and PLAYTIME.fullmatch(line.text):
            continue
        elif number < last and is_slashed_credit(line.text, lexicon):
            _drop_caption(kept, body[number - 1] if number else None)
        else:
            over = over or (number > last and rules.match(line.text, "source") is not None)
            kept.append(line)
    if walled and sum(len(line.text) for line in kept) < STUB:
        draft.kind = "paywall"
    read_ends(kept, draft, rules, lexicon)
    draft.pieces.extend(zip(label_blocks(kept), kept, strict=True))


def _heads_on(body: list[Piece], number: int) -> bool:
    """Whether a line reads as a subhead: running text comes next, and the line is no sentence of its own."""
    after = body[number + 1].text if number + 1 < len(body) else ""
    return is_running(after) and not is_running(body[number].text) and body[number].text[-1] not in ".…"


def _drop_caption(kept: list[Piece], above: Piece | None) -> None:
    """Take back the short line right above a picture's credit: it says what the picture shows."""
    if kept and kept[-1] is above and len(kept) > 1 and len(kept[-1].text) <= RUNNING and not is_running(kept[-1].text):
        kept.pop()


def _signed(line: Piece, rules: Phrases, lexicon: Lexicon) -> Credit | None:
    """Return whom a byline under the text names in full: "Eingestellt von Petra Muster um 22:41"."""
    if not (hit := rules.match(line.text, "byline")) or line.text[-1:] in ".!?":
        return None
    named = byline_names(hit[1]["names"], lexicon)
    return named if any(" " in name for name in named.bylines) else None


def _is_end(kept: list[Piece], rest: list[Piece]) -> bool:
    """Whether the comments begin here; "12 Kommentare" right under the headline is a link to them."""
    return sum(is_running(line.text) for line in kept) >= 2 or not any(is_running(line.text) for line in rest)


def _comments(rest: list[Piece], rules: Phrases) -> int | None:
    for line in rest:
        if (hit := rules.match(line.text, "stop")) is None:
            continue
        if "count" in hit[1].groupdict() and hit[1]["count"]:
            return int(hit[1]["count"].replace(".", ""))
        if hit[0].id.endswith("-none"):
            return 0
    return None


def read_ends(kept: list[Piece], draft: Draft, rules: Phrases, lexicon: Lexicon) -> None:
    """Read the dateline of the first paragraphs and the credits of the last; all of them stay in the text."""
    credit = Credit()
    for line in kept[:2]:
        credit.add(dateline(line.text, lexicon))
    for line in kept[-3:]:
        if hit := rules.match(line.text, "source", "credits"):
            credit.add(read_credit(hit[1]["rest"], lexicon))
        elif hit := rules.match(line.text, "byline"):
            credit.add(byline_names(hit[1]["names"], lexicon))
        elif is_slashed_credit(line.text, lexicon):
            credit.add(read_credit(line.text, lexicon))
        else:
            credit.add(closing_credit(line.text, lexicon))
        if draft.published is None and (value := date_line(line.text, lexicon)):
            draft.published = value
    draft.credit.add(credit)


def label_blocks(kept: list[Piece]) -> list[BlockKind]:
    """Return what each line of a text is: lead, paragraph, subhead or quote."""
    return [_kind(kept, number) for number in range(len(kept))]


def _kind(kept: list[Piece], number: int) -> BlockKind:
    text = kept[number].text
    if QUOTED.match(text):
        return "quote"
    if number == 0:
        return "lead" if len(kept) > 2 and len(text) < 700 else "paragraph"
    short = len(text) <= SHORT and not SENTENCE_END.search(text.rstrip('"“”»«?!'))
    if short and number + 1 < len(kept) and is_running(kept[number + 1].text) and text[:1].isalnum():
        return "subhead"
    return "paragraph"
