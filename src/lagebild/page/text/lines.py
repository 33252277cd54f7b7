"""The lines of a copied text: wrapped paragraphs and labels put together, what belongs to pictures marked."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from lagebild.page.credits import is_slashed_credit
from lagebild.page.piece import Piece, clean, lines
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, agency_names, phrases

RUNNING = 140
"""A line this long is running text whatever it ends with."""
SHORT = 90
"""No subhead and no link title is longer."""
MAIL = 3
"""So many lines at the top that read as the head of a letter are one."""
LABEL = 30
"""No label is longer."""
BOX = 20
"""No box whose end is said has more lines."""
CREDIT = 6
"""A picture's credit of more words holds the caption as well."""
ALT = 5
"""Other text of a picture has so many words at least; a kicker may stand in the menu as well."""
GROUP = 4
"""No more lines than these stand together around one picture: other text, caption, credit, button."""
TWO_SENTENCES = re.compile(r"[a-zäöüß]{3}[.!?][\"“”»«]? [A-ZÄÖÜ„»«\"]")
SENTENCE_END = re.compile(r"[.!?…:;][\"“”»«'’)\]]*$|[\"“”»«]$|[.!?…][\"“”»«]?\s\([^()]{2,30}\)$")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines with words; ``fresh`` and ``pictured`` are ids of those after an empty line and of those on a picture."""

    content: list[Piece]
    fresh: frozenset[int]
    pictured: frozenset[int]


def is_running(text: str) -> bool:
    """Whether a line reads as running text: long, or a sentence of some length with its end mark, or two of them."""
    if len(text) >= RUNNING:
        return True
    return len(text) >= 60 and bool(SENTENCE_END.search(text) or TWO_SENTENCES.search(text))


def lines_of(page: str, lexicon: Lexicon) -> Lines:
    """Return the lines of ``page`` with what is known of each before any is read."""
    rules: Phrases = lexicon.derived(phrases)
    found = _labelled(_without_mail(_unwrapped(page), rules), page, rules)
    content = [line for line in found if line.text]
    fresh = frozenset(id(line) for before, line in itertools.pairwise(found) if line.text and not before.text)
    return Lines(content, fresh, frozenset(id(line) for line in _pictured(found, rules, lexicon)))


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


def _without_mail(found: list[Piece], rules: Phrases) -> list[Piece]:
    """Leave out the head of a letter in which the text was sent: "Von: ...", "Gesendet: ...", "Betreff: ..."."""
    head = [line for line in found[:8] if line.text and rules.match(line.text, "mail")]
    return [line for line in found if not any(line is other for other in head)] if len(head) >= MAIL else found


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


def _labelled(found: list[Piece], page: str, rules: Phrases) -> list[Piece]:
    """Put a label and what it labels on one line, where the page shows them on two: "Von", "Petra Muster"."""
    joined: list[Piece] = []
    at = 0
    while at < len(found):
        line, at = found[at], at + 1
        if len(line.text) <= LABEL and at < len(found) and found[at].text and rules.match(line.text, "label"):
            line, at = _together([line, found[at]], page), at + 1
        joined.append(line)
    return joined


def _pictured(found: list[Piece], rules: Phrases, lexicon: Lexicon) -> list[Piece]:
    """The lines of the groups that stand on a picture: short ones, and whose picture it is among them.

    Groups are parted by empty lines; without those, and in the first group, which may be the title, nothing is known.
    """
    groups = _groups(found)
    marked: list[Piece] = []
    for number, group in enumerate(groups):
        titled = any(len(line.text.split()) > 2 for before in groups[:number] for line in before)
        short = len(group) <= GROUP and not any(is_running(line.text) and len(line.text) > RUNNING for line in group)
        if not (titled and short) or any(rules.match(line.text, "source", "byline", "dated") for line in group):
            continue
        credits = [line for line in group if is_picture_credit(line.text, rules, lexicon)]
        if len(group) > 1 and credits:
            whole = any(len(line.text.split()) > CREDIT for line in credits)  # the caption too: a lead may stand above
            marked += [line for line in group if not whole or line in credits or not is_running(line.text)]
    content = [line for line in found if line.text]
    marked += _closed_boxes(content, rules)
    for above, line in itertools.pairwise(content):
        if _says_twice(above.text, line.text):
            marked += [above, line]
            after = next((content[n + 1] for n, other in enumerate(content[:-1]) if other is line), None)
            marked += [after] if after is not None and _whose(after.text, rules) else []
    return marked


def _closed_boxes(content: list[Piece], rules: Phrases) -> list[Piece]:
    """The lines of boxes whose end the page says to readers of Braille ("Ende der weiteren Informationen"), from their title on."""
    marked: list[Piece] = []
    for number, line in enumerate(content):
        if len(line.text) > SHORT or not rules.match(line.text, "close"):
            continue
        above = range(number - 1, max(-1, number - BOX - 1), -1)
        title = next((at for at in above if rules.match(content[at].text, "related")), number)
        marked += content[title : number + 1]
    return marked


def is_picture_credit(text: str, rules: Phrases, lexicon: Lexicon) -> bool:
    """Whether a line says whose picture it is and nothing else: "Foto: dpa", "AP", "AFP/Petra Muster"."""
    if len(text) > SHORT:
        return False
    names = lexicon.derived(agency_names)
    return text in names or is_slashed_credit(text, lexicon) or rules.match(text, "caption") is not None


def _whose(text: str, rules: Phrases) -> bool:
    """Whether a line right below a caption says whose picture it is, with a word that below a text would mean its source."""
    return len(text) <= SHORT and rules.match(text, "caption", "source") is not None


def _says_twice(text: str, caption: str) -> bool:
    """Whether ``text`` is the other text of a picture ("Tigray | Jubel in Mekelle") and its ``caption`` begins the same."""
    if text == caption[: len(text)] and len(text.split()) >= ALT and len(caption) <= 2 * RUNNING:
        return True
    if " | " not in text or len(text) > RUNNING or len(caption) > RUNNING:
        return False
    words = WORD.findall(caption.casefold())
    parts = [WORD.findall(part.casefold()) for part in text.split(" | ")[1:]]
    return any(2 < len(part) < len(words) and words[: len(part)] == part for part in parts)
