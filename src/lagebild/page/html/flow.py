"""The lines of a page as a reader sees them: block elements and double line breaks end a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from lagebild.page.html.tree import Element
from lagebild.page.piece import clean

BLOCK = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
STRONG = frozenset(("b", "strong"))
ENDED = re.compile(r"[.!?:\"“”»«)]\s*$")
KEY = re.compile(r"[^\w]+|_+")


@dataclass(slots=True)
class Line:
    """One line: its text, the block element it stands in, and how much of it is link and how much is bold."""

    text: str
    element: Element
    linked: float = 0.0
    strong: float = 0.0
    inside: frozenset[str] = frozenset()
    tag: str = "div"
    key: str = field(default="")


@dataclass(slots=True)
class _Open:
    """The line being read; ``breaks`` are the line breaks since its last word."""

    parts: list[str] = field(default_factory=list)
    element: Element | None = None
    linked: int = 0
    strong: int = 0
    chars: int = 0
    breaks: int = 0
    timed: bool = False


def flow(tree: Element) -> list[Line]:
    """Return the lines of ``tree`` in reading order."""
    walker = _Walker()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            walker.enter(element)
        else:
            walker.leave(element, last=element is tree)
    walker.flush()
    return walker.lines


class _Walker:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.blocks: list[Element] = []
        self.links = self.strongs = 0
        self.now = _Open()

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCK:
            self.flush()
            self.blocks.append(element)
        elif tag == "br":
            self.now.breaks += 1
        elif tag == "time":
            self.now.timed = True
        elif tag == "a":
            self.links += 1
        elif tag in STRONG:
            self.strongs += 1
        if isinstance(tag, str):
            self.add(element.text)

    def leave(self, element: Element, *, last: bool) -> None:
        tag = element.tag
        if tag in BLOCK:
            self.flush()
            self.blocks.pop()
        elif tag == "time":
            self.now.timed = True
        elif tag == "a":
            self.links -= 1
        elif tag in STRONG:
            self.strongs -= 1
        if not last:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if not text or not self.blocks:
            return
        solid = len(text) - text.count(" ") if text.strip() else 0
        if solid:
            if self.now.breaks > 1 or (self.now.breaks and self._turns()):
                self.flush()
            elif self.now.breaks:
                self.now.parts.append(" ")
            elif self.now.timed and "".join(self.now.parts[-1:])[-1:].isalnum() and text[:1].isalnum():
                self.now.parts.append(" ")  # style parts a date from what stands around it
            self.now.breaks, self.now.timed = 0, False
            self.now.element = self.now.element if self.now.element is not None else self.blocks[-1]
        self.now.parts.append(text)
        self.now.chars += solid
        self.now.linked += solid if self.links else 0
        self.now.strong += solid if self.strongs else 0

    def _turns(self) -> bool:
        """Whether bold type begins or ends at a line break: a subhead, a lead, a headline and the byline under it."""
        now = self.now
        if not self.strongs:
            return now.strong == now.chars > 0 and " " in "".join(now.parts).strip()
        return not now.strong and ENDED.search("".join(now.parts[-1:])) is not None

    def flush(self) -> None:
        now, self.now = self.now, _Open()
        text = clean("".join(now.parts)).text if now.element is not None else ""
        if not text or now.element is None:
            return
        above = frozenset(str(block.tag) for block in self.blocks[-8:])
        self.lines.append(
            Line(
                text=text,
                element=now.element,
                linked=now.linked / now.chars,
                strong=now.strong / now.chars,
                inside=above,
                tag=str(now.element.tag),
                key=key_of(text),
            )
        )


def key_of(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case: what stays the same however a text was cleaned."""
    return KEY.sub("", text).casefold()
