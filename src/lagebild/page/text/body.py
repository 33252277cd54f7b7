"""The body of a copied text: what is kept, where the comments begin, what each line of it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lagebild.page.bylines import bare_author, byline_names, is_note_on, named_by
from lagebild.page.credits import Credit, closing_credit, dateline, is_slashed_credit, read_credit
from lagebild.page.dates import date_line, first_date
from lagebild.page.draft import Draft
from lagebild.page.persons import person
from lagebild.page.piece import Piece
from lagebild.page.text.head import HEAD_LINES, PLAYTIME, is_place, written
from lagebild.page.text.lines import RUNNING, SENTENCE_END, SHORT, Lines, is_running
from lagebild.records import BlockKind
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import PhraseRole, PhraseRow, Phrases, agency_names, phrases

GOES_ON = 3
"""Where so many running lines follow, no paywall ended the text."""
FEW = 4
"""The title of a comment area has no more words."""
NAME = 40
"""No name alone on a line is longer."""
STUB = 1500
"""A text that asks for a subscription and is shorter is a stub."""
FURNITURE: tuple[PhraseRole, ...] = ("stop", "related", "cut", "caption", "paywall", "source")
COUNTER = re.compile(r"\d+ ?/ ?\d+")
"""Which page of a box of links is shown; it stands below them."""
QUOTED = re.compile(r"^[\"„“»«‚][^\"„“”»«]{15,}[\"“”»«‘][.!?]?$")
QUOTED_HEAD = re.compile(r"^[\"„“»«‚][^.!?\"„“”»«]{8,58}[\"“”»«‘]$")
"""A few words of a quotation without end mark: a subhead where running text follows."""


@dataclass(slots=True)
class _Body:
    """The lines below the head, and how far they were read."""

    lines: Sequence[Piece]
    found: Lines
    draft: Draft
    rules: Phrases
    lexicon: Lexicon
    whole: str = ""
    """The running text, in which a person may be spoken of."""
    last: int = -1
    """The number of the last running line."""
    kept: list[Piece] = field(default_factory=list)
    noted: int = -1
    """The number of the last byline or date line between lead and text."""
    signature: int = -1
    """The number of the last byline under the text."""
    skipping: bool = False
    skipped: int = 0
    """How many link titles stood under the last "Mehr zum Thema"."""
    past: bool = False
    """Whether the text has begun."""
    over: bool = False
    """Whether furniture began after the last running line."""
    walled: bool = False
    stopped: bool = False
    """Whether the comments ended the text."""


def read_body(found: Lines, first: int, draft: Draft, lexicon: Lexicon) -> None:
    """Keep what is text from the ``first`` line on."""
    rules: Phrases = lexicon.derived(phrases)
    lines = found.content[first:]
    body = _Body(lines, found, draft, rules, lexicon)
    running = [n for n, line in enumerate(lines) if is_running(line.text)]
    body.whole = " ".join(lines[n].text for n in running if not closing_credit(lines[n].text, lexicon).bylines)
    body.last = next((n for n in reversed(running) if not rules.match(lines[n].text, *FURNITURE)), -1)
    for number in range(len(lines)):
        if not _read(body, number):
            break
    _drop_last_label(body)
    if body.walled and sum(len(line.text) for line in body.kept) < STUB:
        draft.kind = "paywall"
    read_ends(body.kept, draft, rules, lexicon)
    draft.pieces.extend(zip(label_blocks(body.kept), body.kept, strict=True))


def _drop_last_label(body: _Body) -> None:
    """Leave out the title of a comment area that stands right above its first line of furniture."""
    kept = body.kept
    if not body.stopped or len(kept) < GOES_ON or len(kept[-1].text.split()) > FEW or is_running(kept[-1].text):
        return
    text = kept[-1].text
    credit = is_slashed_credit(text, body.lexicon) or body.rules.match(text, "source", "credits", "byline", "dated")
    if (
        not credit
        and not SENTENCE_END.search(text)
        and is_running(kept[-2].text)
        and not closing_credit(text, body.lexicon).agencies
    ):
        kept.pop()


def _read(body: _Body, number: int) -> bool:
    """Read one line; whether the text goes on after it."""
    line, rules = body.lines[number], body.rules
    if rules.match(line.text, "stop"):
        if body.draft.comments is None:
            body.draft.comments = _comments(body.lines[number:], rules)
        body.stopped = _is_end(body.kept, body.lines[number + 1 :])
        return not body.stopped
    if id(line) in body.found.pictured or _read_signature(body, number):
        return True
    parted = id(line) in body.found.fresh or (number > 0 and COUNTER.fullmatch(body.lines[number - 1].text) is not None)
    if body.skipping and body.skipped and parted and _heads_on(body.lines, number):
        body.skipping = False  # the link titles are over: a subhead and its text
    short = len(line.text) <= SHORT and not is_running(line.text)
    if (body.skipping or body.over) and short and not rules.match(line.text, "source", "credits"):
        body.skipped += 1
        if (row := rules.match(line.text, "dated")) and (dated := first_date(row[1][0], body.lexicon)):
            body.draft.published = body.draft.published or dated[0]
        return True
    body.skipping = False
    hit = rules.match(line.text, "related", "cut", "caption", "paywall")
    if hit is None and number < HEAD_LINES and not body.past and _read_note(line, body):
        body.noted = number
        return True
    if 0 <= body.noted == number - 1 and not body.past and is_place(line) and _dated_below(body, number):
        body.noted = number  # where it was written, between name and date
        return True
    body.past = body.past or (bool(body.kept) and is_running(line.text))
    if number >= body.last and is_note_on(body.draft.credit.bylines, line.text, body.lexicon):
        return True
    if hit is not None:
        _read_furniture(body, number, hit)
    elif not _is_between(body, number):
        body.over = body.over or (number > body.last and rules.match(line.text, "source") is not None)
        body.kept.append(line)
    return True


def _dated_below(body: _Body, number: int) -> bool:
    return any(date_line(line.text, body.lexicon) for line in body.lines[number + 1 : number + 3])


def _read_signature(body: _Body, number: int) -> bool:
    """Read a byline or date line under the text; whether it was one."""
    line = body.lines[number]
    name = person(line.text, body.lexicon) if 0 < number == body.signature + 1 and len(line.text) <= NAME else None
    if name and name.casefold() == line.text.casefold():
        body.draft.credit.add(Credit([name]))  # "Von", and each name on a line of its own
        body.signature = number
        return True
    signed = _signed(line, body) if body.past and len(line.text) <= SHORT else None
    goes_on = any(is_running(after.text) for after in body.lines[number + 1 : number + 4])
    if signed and (body.skipping or not goes_on):
        body.draft.credit.add(signed)
        body.signature = number
        return True
    value = date_line(line.text, body.lexicon) if number > body.last >= 0 and len(line.text) <= SHORT else None
    if value is None or body.over:
        return False
    body.draft.published = body.draft.published or value
    body.over = True
    return True


def _read_furniture(body: _Body, number: int, hit: tuple[PhraseRow, re.Match[str]]) -> None:
    """Leave out a line the table knows, with the caption above a picture's credit."""
    line, role = body.lines[number], hit[0].role
    body.skipping, body.skipped = role == "related", 0
    body.over = body.over or number > body.last
    goes_on = sum(is_running(after.text) for after in body.lines[number + 1 :])
    body.walled = body.walled or (role == "paywall" and goes_on < GOES_ON)  # above a whole text it is a label
    if (told := body.rules.match(line.text, "source")) and role == "caption":
        body.draft.credit.add(read_credit(told[1]["rest"], body.lexicon))
    elif role == "caption" and number:
        _drop_caption(body.kept, body.lines[number - 1], whole=body.noted == number - 2)
    elif role == "cut" and number and body.lines[number - 1].text in line.text:
        _drop_caption(body.kept, body.lines[number - 1])  # the heading of an appeal that says its name again


def _is_between(body: _Body, number: int) -> bool:
    """Whether a line inside the text is no text: a count, a time of play, whose picture it is."""
    text = body.lines[number].text
    if number >= body.last:
        return False
    if PLAYTIME.fullmatch(text):
        return True
    if body.rules.match(text, "source"):  # inside the text: of the picture or film above
        _drop_caption(body.kept, body.lines[number - 1] if number else None)
        return True
    if not is_slashed_credit(text, body.lexicon) and text not in body.lexicon.derived(agency_names):
        return False
    _drop_caption(body.kept, body.lines[number - 1] if number else None)
    return True


def _read_note(line: Piece, body: _Body) -> bool:
    """Read a byline or date line that stands between lead and text; whether it was one."""
    draft, rules, lexicon = body.draft, body.rules, body.lexicon
    if (hit := rules.match(line.text, "byline")) and len(line.text) <= SHORT:
        named = named_by(hit, lexicon)
        draft.credit.add(named)
        return bool(named.bylines or named.agencies)
    dated = first_date(line.text, lexicon) if rules.match(line.text, "dated") else None
    value = dated[0] if dated else date_line(line.text, lexicon)
    draft.published = draft.published or value
    draft.credit.add(written(line.text, dated, lexicon))
    if value is None and not draft.credit.bylines and (named := bare_author(line.text, body.whole, lexicon)).bylines:
        draft.credit.add(named)
        return True
    return value is not None


def _heads_on(lines: Sequence[Piece], number: int) -> bool:
    """Whether a line reads as a subhead: running text comes next, and the line is no sentence of its own."""
    after = lines[number + 1].text if number + 1 < len(lines) else ""
    return is_running(after) and not is_running(lines[number].text) and lines[number].text[-1] not in ".…"


def _drop_caption(kept: list[Piece], above: Piece | None, *, whole: bool = False) -> None:
    """Take back the short line right above a picture's credit: it says what the picture shows; ``whole`` takes a sentence too."""
    if not kept or kept[-1] is not above or len(kept) < 2 or len(above.text) > RUNNING:
        return
    if whole or not is_running(above.text):
        kept.pop()


def _signed(line: Piece, body: _Body) -> Credit | None:
    """Return whom a byline under the text names in full: "Eingestellt von Petra Muster um 22:41"."""
    if not (hit := body.rules.match(line.text, "byline")) or line.text[-1:] in ".!?":
        return None
    named = named_by(hit, body.lexicon)
    return named if hit[0].id == "byline-posted" or any(" " in name for name in named.bylines) else None


def _is_end(kept: list[Piece], rest: Sequence[Piece]) -> bool:
    """Whether the comments begin here; "12 Kommentare" right under the headline is a link to them."""
    return sum(is_running(line.text) for line in kept) >= 2 or not any(is_running(line.text) for line in rest)


def _comments(rest: Sequence[Piece], rules: Phrases) -> int | None:
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
    before_text = number + 1 < len(kept) and is_running(kept[number + 1].text)
    if QUOTED.match(text):
        return "subhead" if number and before_text and QUOTED_HEAD.match(text) else "quote"
    if number == 0:
        return "lead" if len(kept) > 2 and len(text) < 700 else "paragraph"
    short = len(text) <= SHORT and not SENTENCE_END.search(text.rstrip('"“”»«?!'))
    return "subhead" if short and before_text and text[:1].isalnum() else "paragraph"
