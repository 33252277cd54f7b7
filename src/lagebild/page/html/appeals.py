"""Takes out the boxes that ask the reader for something: a title, a few words, and last a button or a link that is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagebild.page.html.flow import STRONG, Line, flow
from lagebild.page.html.lines import HEADS, RUNNING
from lagebild.page.html.tree import Element, remove, text_of
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

BOXES = frozenset(("div", "section", "aside", "article"))
BOX = 600
"""An appeal holds no more letters."""
BUTTON = 40
TITLE = 90
LEAST = 200
"""So many letters of running text stand outside it."""
NAMED = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])")
SAYS = re.compile(
    r"(?:(?:jetzt|hier|gratis|kostenlos|gleich|direkt)\s\S.*|(?:zum|zur|zu den)\s(?:angebot|anmeldung|karte|abo|shop|newsletter|umfrage|"
    r"bestellung|spende|registrierung|aktion|podcast|kanal)\b.*|(?:abonnieren|anmelden|bestellen|spenden|mitmachen|unterstützen|mitglied werden|"
    r"registrieren|abo abschließen|mehr erfahren|mehr infos))\W*",
    re.I,
)
"""What a button says."""


def drop_appeals(tree: Element, title: Element | None, lexicon: Lexicon) -> None:
    """Remove the appeals from ``tree``; what holds the headline, or most of the page's running text, is none."""
    kept = {title, *title.iterancestors()} if title is not None else set()
    total = -1
    for link in list(tree.iter("a", "button")):
        if not _is_button(link, lexicon):
            continue
        box = next((above for above in _boxes(link) if above not in kept and _appeals(above, link)), None)
        if box is None:
            continue
        total = _running(flow(tree)) if total < 0 else total
        if total - _running(flow(box)) >= LEAST:
            remove(box)


def _is_button(link: Element, lexicon: Lexicon) -> bool:
    text = text_of(link)
    if not 2 < len(text) <= BUTTON or next(link.iterancestors("p", "li", "nav", "header", "footer"), None) is not None:
        return False
    rules: Phrases = lexicon.derived(phrases)
    shares = rules.match(text, "cut") is not None and not SAYS.fullmatch(text)
    return not shares and (NAMED.search(link.get("class") or "") is not None or SAYS.fullmatch(text) is not None)


def _boxes(link: Element) -> Iterator[Element]:
    for above in link.iterancestors():
        if above.tag not in BOXES:
            return
        yield above


def _appeals(box: Element, link: Element) -> bool:
    """Whether ``box`` is a title, some words and ``link`` as its last line."""
    if len(text_of(box)) > BOX or box.find(".//time") is not None:
        return False
    lines = flow(box)
    if not 2 <= len(lines) <= 6 or not lines[-1].text.endswith(text_of(link)):
        return False
    return any(_is_title(line) for line in lines[:-1][:2])


def _is_title(line: Line) -> bool:
    bold = line.strong > 0.9 or line.tag in STRONG
    return len(line.text) <= TITLE and line.linked < 0.5 and (line.tag in HEADS or bold)


def _running(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines if len(line.text) >= RUNNING and line.linked < 0.3)
