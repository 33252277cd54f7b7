"""An HTML page becomes a draft: metadata, title, furniture out, body, lead, credits, kind, the way back to the page.

1. parse      any markup into a tree (``tree``)
2. metadata   what the page says of itself (``structured``)
3. title      headline and kicker (``title``); what is shown as author, date and source (``shown``)
4. prune      page furniture goes (``prune``), never what trafilatura takes for the article (``extract``, ``keeper``)
5. body       the article's lines (``body``), the lead before them (``lead``), subheads
6. about      date (``when``), bylines, outlet (``about``), agencies (``signs``); kind (``kinds``)
7. where      offsets back into the markup (``where``)
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from lagebild.page.draft import Draft, Known
from lagebild.page.html.about import canonical_url, credit_of, names_outlet, outlet_of, with_houses
from lagebild.page.html.appeals import drop_appeals
from lagebild.page.html.body import article_element, body_lines
from lagebild.page.html.extract import Votes, votes
from lagebild.page.html.flow import Line, flow, key_of
from lagebild.page.html.inline import drop_marks
from lagebild.page.html.keeper import Keeper
from lagebild.page.html.kinds import kind_of
from lagebild.page.html.lead import key_points, lead_lines, tells
from lagebild.page.html.lines import HEADS, RUNNING
from lagebild.page.html.prune import Pruned, drop_captions, prune
from lagebild.page.html.quotes import without_pulled
from lagebild.page.html.shown import in_tile, shown
from lagebild.page.html.signs import LABEL, Body, bare_authors, glued_bylines, pasted_kicker, text_credits, told_kicker
from lagebild.page.html.structured import Meta, read_meta
from lagebild.page.html.subheads import is_subhead
from lagebild.page.html.tiles import drop_tiles, drop_walls
from lagebild.page.html.title import find_title
from lagebild.page.html.tree import Element, parse, roles, text_of, within
from lagebild.page.html.when import dates_of
from lagebild.page.html.where import Where
from lagebild.page.text import QUOTED, read_text
from lagebild.records import BlockKind
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, agency_names, phrases
from lagebild.settings import Settings

DECK = 4
"""A heading of so many words right under the headline is a lead."""
AROUND = 12
"""So many lines before and after the headline may tell date, author and kind."""


def read_html(page: str, *, known: Known, lexicon: Lexicon, settings: Settings) -> Draft:
    """Take apart the markup ``page``."""
    tree, notes = parse(page, max_nesting=settings.max_nesting)
    if tree is None:
        return read_text(page, lexicon)
    meta = read_meta(tree)
    title = find_title(tree, meta, lexicon)
    drop_tiles(tree, title.element, lexicon)
    drop_walls(tree, title.element, lexicon)
    drop_appeals(tree, title.element, lexicon)
    drop_marks(tree)
    seen = shown(tree, title.element, lexicon)
    drop_captions(tree, title.element, meta.descriptions, lexicon)
    choice = votes(tree, lexicon, own_text=meta.body)
    pruned = prune(tree, lexicon, keep=Keeper(tree, title.element, choice, meta.descriptions, lexicon))
    lines = flow(tree)
    writers = [name for name in credit_of(meta, seen, [], lexicon)[0].bylines if " " in name]
    body = _body(lines, title.element, choice, meta, writers, lexicon)
    glued = glued_bylines(body, title.kicker, lexicon)
    draft = Draft(
        headline=title.headline,
        kicker=title.kicker or told_kicker(body, meta) or pasted_kicker(body),
        language=meta.language,
    )
    draft.notes = [*notes, *meta.notes, *title.notes]
    draft.canonical_url = canonical_url(meta, known.url)
    draft.outlet = outlet_of(meta, (known.url, draft.canonical_url), lexicon)
    head = [line.text for line in body.head]
    near = [line.text for line in body.near]
    url = known.url or draft.canonical_url
    after = [line.text for line in body.after]
    draft.published, draft.modified, conflicts = dates_of(meta, seen, url, [*head, *near], after, lexicon)
    draft.notes += conflicts
    draft.credit, named = credit_of(meta, seen, [*head, *near], lexicon)
    if not any(" " in name for name in draft.credit.bylines):
        draft.credit.add(glued)
    agencies = lexicon.derived(agency_names)
    own = [*meta.outlets, *(urlsplit(address).hostname or "" for address in (url,) if address)]
    if not draft.credit.bylines and all(name in agencies or names_outlet(name, own, lexicon) for name in named):
        bare_authors(body, draft, title.element, lexicon)
    told = {agencies.get(name) for name in named}
    # an agency counts as writer only where the page says so
    signers = [*named, *(name for name in draft.credit.agencies if name not in told)]
    text_credits(body, [*seen.credits, *pruned.credits], draft, lexicon)
    draft.credit = with_houses(draft.credit, signers, named, own, lexicon)
    where = Where(page)
    draft.pieces = [(kind, where.locate(line.text)) for kind, line in _blocks(body, meta, lexicon)]
    draft.comments = meta.comments if meta.comments is not None else _comments(pruned, lines, lexicon)
    labels = [line.text for line in _labels(body)]
    draft.kind = kind_of(
        meta, pruned, url=url, headline=draft.headline, kicker=draft.kicker, labels=labels, text=draft.text,
        linked=_linked(lines), lexicon=lexicon,
    )  # fmt: skip
    if meta.free is False and draft.kind != "paywall":
        draft.notes.append("marked as not free to read, yet the page shows a whole text")
    return draft


def _labels(body: Body) -> list[Line]:
    """The short lines around the headline that may say what kind of text it is; no link in a list or below the text's start."""
    begun = next((n for n, line in enumerate(body.head) if body.text and line is body.text[0]), len(body.head))
    below = [*body.head[1:], *body.near[:1]]
    found = []
    for number, line in enumerate(body.head):
        teaser = number < len(below) and below[number].linked > 0.9 and len(below[number].text.split()) >= DECK
        linked = line.linked > 0.5 and (line.tag == "li" or number > begun or teaser)
        if len(line.text) <= LABEL and not linked:
            found.append(line)
    return found


def _body(
    lines: list[Line], title: Element | None, choice: Votes, meta: Meta, authors: Collection[str], lexicon: Lexicon
) -> Body:
    element = article_element(lines, choice, lexicon)
    titles = _title_lines(lines, title) if title is not None else []
    heading = titles[0] if titles else None
    if element is None:
        around = lines[heading + 1 : heading + 1 + AROUND] if heading is not None else lines[:AROUND]
        lead = (
            lead_lines(lines, (heading or 0) + 1, (heading or 0) + 1 + AROUND, meta.descriptions, lexicon)
            if heading is not None
            else []
        )
        return Body(lead, [], around, [], [])
    inside = {n for n, line in enumerate(lines) if within(line.element, element)}
    first, last = min(inside), max(inside)
    start = heading + 1 if heading is not None and heading < last else max(0, first - AROUND)
    if heading is not None and heading in inside:
        inside = {n for n in inside if n > titles[-1]}
        first = min(inside, default=first)
    named = {lines[n].key for n in titles}
    inside = {n for n in inside if lines[n].tag not in HEADS or lines[n].key not in named}  # said again above the text
    text = body_lines(lines, inside, choice, lexicon, authors=authors)
    first_text = next((n for n, line in enumerate(lines) if text and line is text[0]), first)
    lead = lead_lines(lines, start, first_text, meta.descriptions, lexicon)
    have = "\n".join(line.key for line in text)
    lead = [line for line in lead if line.key and line.key not in have]
    points = key_points(lines[start:first_text], choice)
    text = [*points, *text] if not any(line.key in have for line in points) else text
    end = next((n for n, line in enumerate(lines) if text and line is text[-1]), last)
    around_start = max(0, (heading if heading is not None else first_text) - 4)
    return Body(
        _distinct(lead),
        _distinct_long(text, lexicon),
        lines[around_start : first_text + 2],
        [line for line in lines[first_text + 2 : first_text + AROUND] if not in_tile(line.element, title)],
        lines[end + 1 : end + 1 + AROUND] + text[-2:],
    )


def _title_lines(lines: list[Line], title: Element) -> list[int]:
    """The numbers of the lines the headline stands in; a bold word in a cell is no line of its own."""
    if inside := [n for n, line in enumerate(lines) if within(line.element, title)]:
        return inside
    key = key_of(text_of(title))
    around = {title, *title.iterancestors()}
    return [n for n, line in enumerate(lines) if key and line.element in around and key in line.key][:1]


def _distinct(lines: list[Line]) -> list[Line]:
    return list({line.key: line for line in lines}.values())


def _distinct_long(lines: list[Line], lexicon: Lexicon) -> list[Line]:
    """Drop a paragraph that stands there twice, as it does for narrow and for wide screens."""
    seen: set[str] = set()
    kept = []
    for line in without_pulled(lines, lexicon):
        if len(line.text) >= RUNNING and line.key in seen:
            continue
        seen.add(line.key)
        kept.append(line)
    return kept


def _blocks(body: Body, meta: Meta, lexicon: Lexicon) -> list[tuple[BlockKind, Line]]:
    found: list[tuple[BlockKind, Line]] = [("lead", line) for line in body.lead]
    for number, line in enumerate(body.text):
        after = body.text[number + 1] if number + 1 < len(body.text) else None
        found.append(
            (
                _kind(
                    line,
                    after,
                    first=number == 0 and not body.lead,
                    single=_single(line, body.text),
                    meta=meta,
                    lexicon=lexicon,
                ),
                line,
            )
        )
    return found


def _kind(line: Line, after: Line | None, *, first: bool, single: bool, meta: Meta, lexicon: Lexicon) -> BlockKind:
    deck = first and (len(line.text) > RUNNING or (single and len(line.text.split()) >= DECK))
    if is_subhead(line, after, lexicon) and not deck:
        return "subhead"
    if "blockquote" in line.inside or QUOTED.match(line.text):
        return "quote"
    if line.tag == "li":
        return "list"
    if not first:
        return "paragraph"
    described = any(
        e.get("itemprop") == "description" for e in (line.element, line.element.getparent()) if e is not None
    )
    named = described or "lead" in roles(line.element, lexicon) or _in_lead_box(line, after, lexicon)
    told = len(line.text) >= 30 and any(tells(line.text, text) for text in meta.descriptions)
    return "lead" if named or told or line.strong > 0.9 or line.tag in HEADS else "paragraph"


def _in_lead_box(line: Line, after: Line | None, lexicon: Lexicon) -> bool:
    """Whether the element around ``line``, one that calls itself the lead or a header, ends before the next line."""
    box = line.element.getparent()
    named = box if box is not None and "lead" in roles(box, lexicon) else None
    boxes = [named, next(line.element.iterancestors("header"), None)]
    return any(box is not None and not (after and within(after.element, box)) for box in boxes)


def _single(line: Line, lines: list[Line]) -> bool:
    """Whether ``line`` is the only heading of its kind in the text."""
    kind = (line.tag, line.element.get("class"))
    return line.tag in HEADS and sum((other.tag, other.element.get("class")) == kind for other in lines) == 1


def _comments(pruned: Pruned, lines: list[Line], lexicon: Lexicon) -> int | None:
    rules: Phrases = lexicon.derived(phrases)
    for text in [*pruned.comments, *(line.text for line in lines[-80:] if len(line.text) < 80)]:
        words = text.split()
        for length in (len(words), 1, 2, 3, 4):
            hit = rules.match(" ".join(words[:length]), "stop")
            if hit and hit[1].groupdict().get("count"):
                return int(hit[1]["count"].replace(".", ""))
            if hit and hit[0].id.endswith("-none"):
                return 0
    return None


def _linked(lines: list[Line]) -> float:
    total = sum(len(line.text) for line in lines)
    return sum(len(line.text) * line.linked for line in lines) / total if total else 0.0
