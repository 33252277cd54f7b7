"""What the lines around and at the ends of the text name: authors, agencies, a kicker."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.page.bylines import bare_author, tail_byline, undated
from lagebild.page.credits import COMMON, Credit, closing_credit, dateline, is_slashed_credit, read_credit, signature
from lagebild.page.draft import Draft
from lagebild.page.html.flow import STRONG, Line, key_of
from lagebild.page.html.lines import HEADS, RUNNING
from lagebild.page.html.structured import Meta
from lagebild.page.html.tree import Element, roles, text_of, within
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

LABEL = 60
"""A label around the headline, a kicker for one, is no longer."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the article: the lead that stands above its element, its own; those around the headline, the next
    few (where the lead stands in the text, date and byline stand among them), those after the end."""

    lead: list[Line]
    text: list[Line]
    head: list[Line]
    near: list[Line]
    after: list[Line]


def told_kicker(body: Body, meta: Meta) -> str | None:
    """Take a kicker off the lead: the bold words it begins with, where ``<title>`` writes them before the headline."""
    for line in [*body.lead, *body.text][:1]:
        first = next(iter(line.element), None)
        if first is None or first.tag not in STRONG or (line.element.text or "").strip():
            continue
        text = text_of(first).rstrip(": ")
        rest = line.text.removeprefix(text).lstrip(" :")
        named = any(title.startswith((f"{text} |", f"{text}: ")) for _, title in meta.headlines)
        if named and 2 < len(text) <= LABEL and rest != line.text and len(rest) >= RUNNING:
            line.text, line.key = rest, key_of(rest)
            return text
    return None


def glued_bylines(body: Body, kicker: str | None, lexicon: Lexicon) -> Credit:
    """Take the kicker off the start of the lead, bylines off the ends of lead and first paragraph; return whom they name."""
    credit = Credit()
    for line in [*body.lead, *body.text[:2]]:
        parts = [inner for inner in line.element if isinstance(inner.tag, str) and "kicker" in roles(inner, lexicon)]
        if kicker and parts and line.text.startswith(f"{kicker} "):
            line.text = line.text.removeprefix(kicker).lstrip(" :")
        if split := tail_byline(line.text, lexicon):
            line.text, named = split
            line.key = key_of(line.text)
            credit.add(named)
    return credit


def pasted_kicker(body: Body) -> str | None:
    """Take the kicker off the top of a text that was pasted into a post: a short line above a bold lead."""
    if body.lead or len(body.text) < 4:
        return None
    first, lead = body.text[:2]
    short = len(first.text) <= LABEL and first.tag not in HEADS and first.strong < 0.1 and first.text[-1] not in ".!?:"
    if not short or lead.strong < 0.9 or len(lead.text) < RUNNING or lead.tag in HEADS:
        return None
    del body.text[0]
    return first.text


def bare_authors(body: Body, draft: Draft, title: Element | None, lexicon: Lexicon) -> None:
    """Take the names that stand alone between headline and text, where nothing else names an author; the lines go."""
    at = max((n for n, line in enumerate(body.head) if title is not None and within(line.element, title)), default=-1)
    text = " ".join(line.text for line in [*body.lead, *body.text] if len(line.text) > RUNNING)
    for line in body.head[at + 1 :] if at >= 0 else []:
        found = bare_author(undated(line.text, lexicon), text, lexicon) if line.tag not in HEADS else Credit()
        if found.bylines:
            draft.credit.add(found)
            body.text[:] = [other for other in body.text if other is not line]
        elif draft.credit.bylines:
            return  # names of several stand on lines that follow each other


def text_credits(body: Body, shown_credits: list[str], draft: Draft, lexicon: Lexicon) -> None:
    """Read the wire dateline of the first paragraphs, the credit of the last, and source lines around the text."""
    rules: Phrases = lexicon.derived(phrases)
    credit = Credit()
    for line in [*body.lead, *body.text][:3]:
        credit.add(dateline(line.text, lexicon))
    for line in body.text[-2:]:
        credit.add(closing_credit(line.text, lexicon))
        if is_slashed_credit(line.text, lexicon):
            credit.add(read_credit(line.text, lexicon))
    for text in [*(line.text for line in body.after), *(line.text for line in body.head)]:
        if hit := rules.match(text, "source", "credits"):
            credit.add(read_credit(hit[1]["rest"], lexicon))
    for text in (line.text for line in body.after):
        if is_slashed_credit(text, lexicon) and not rules.match(text, "source", "credits", "caption"):
            credit.add(read_credit(text if "/" in text else text.replace(" ", "/"), lexicon))
    for text in (line.text for line in [*body.text[-1:], *body.after] if line.tag not in HEADS):
        credit.add(signature(text, lexicon))
    for text in shown_credits:
        hit = rules.match(text, "source", "credits")
        if hit or text not in COMMON:
            credit.add(read_credit(hit[1]["rest"] if hit else text, lexicon))
    if any(" " in name for name in draft.credit.bylines):
        credit.bylines = [name for name in credit.bylines if " " not in name]
    draft.credit.add(credit)
