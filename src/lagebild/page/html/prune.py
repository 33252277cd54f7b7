"""Takes out of the tree what is no part of an article, by tag and by name, and never the article itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from lagebild.page.bylines import undated
from lagebild.page.credits import INITIALS, is_slashed_credit, read_credit
from lagebild.page.dates import date_line
from lagebild.page.html.flow import flow
from lagebild.page.html.inline import in_sentence, is_unseen
from lagebild.page.html.lead import tells
from lagebild.page.html.lines import HEADS, POINTS
from lagebild.page.html.tree import Element, in_article, remove, roles, text_of
from lagebild.page.persons import person, says_role
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, credit_words, phrases

GONE = frozenset(
    "head script style noscript template svg iframe button input select textarea nav footer aside picture video audio canvas "
    "object embed dialog menu map math label details source track img progress meter".split()
)
GONE_ROLES = frozenset(("junk", "related", "teaser", "caption", "comments", "paywall"))
GONE_ARIA = frozenset(("navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu", "toolbar", "tablist", "alert"))  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
BOXES = frozenset(("div", "span", "td", "table", "tbody", "tr", "center", "section"))
CAPTION = 160
"""No caption is longer, its credit included."""
NEVER = frozenset(("html", "body", "main", "h1"))


@dataclass(slots=True)
class Pruned:
    """What was taken out that still says something about the page."""

    paywall: bool = False
    live: int = 0
    comments: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)


def prune(tree: Element, lexicon: Lexicon, *, keep: Callable[[Element], bool]) -> Pruned:
    """Remove page furniture from ``tree`` in place. ``keep`` says of an element that the article stands in it."""
    pruned = Pruned()
    rules: Phrases = lexicon.derived(phrases)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in NEVER:
            continue
        found = roles(element, lexicon)
        pruned.live += "live" in found
        if not _goes(element, found) or (element.tag not in ("script", "style") and keep(element)):
            continue
        if found and in_sentence(element) and not is_unseen(element, lexicon):
            continue
        pruned.paywall = pruned.paywall or ("paywall" in found and _is_wall(element, found))
        if "comments" in found and len(pruned.comments) < 20:
            pruned.comments.append(text_of(element)[:300])
        if element.tag == "footer" or any(
            "footer" in (element.get(name) or "").lower() for name in ("class", "data-area")
        ):
            texts = [line.text.strip("()© ") for line in flow(element)] if in_article(element) else []
            pruned.credits += [text for text in texts if is_slashed_credit(text, lexicon)]
        if "caption" in found and (text := text_of(element)).startswith("©"):
            credit = read_credit(text.strip("© "), lexicon)  # "© bote.example/dpa/abc": of a picture nobody edits
            edited = any(INITIALS.fullmatch(name) for name in credit.bylines)
            pruned.credits += [text.strip("© ")] if edited and credit.agencies else []
        box = element.getparent() if "junk" in found else None  # a title only readers of Braille are told: of a box
        words = text_of(element) if box is not None else ""
        remove(element)
        if box is not None and box.tag in ("div", "section") and not keep(box) and rules.match(words, "related"):
            remove(box)
    return pruned


def _is_wall(element: Element, found: AbstractSet[str]) -> bool:
    """Whether what calls itself a wall is shown and no box of links to articles behind it."""
    unseen = any(
        above.get("hidden") is not None or HIDDEN.search(above.get("style") or "")
        for above in (element, *element.iterancestors())
    )
    return not unseen and not found & {"related", "teaser"} and len(text_of(element)) > 20


def drop_captions(tree: Element, title: Element | None, descriptions: list[str], lexicon: Lexicon) -> None:
    """Remove the boxes that hold a picture and a few words on it, whatever they are called; bylines and dates stay."""
    rules: Phrases = lexicon.derived(phrases)
    kept = {title, *title.iterancestors()} if title is not None else set()
    for picture in list(tree.iter("img", "amp-img", "video", "audio")):
        box: Element | None = None
        for above in picture.iterancestors():
            if above in kept or above.tag not in ("a", "picture", "p", *BOXES) or len(text_of(above)) > CAPTION:
                break
            box = above if above.tag in BOXES else box
        if box is None or not text_of(box) or box.find(".//h1") is not None or "author" in roles(box, lexicon):
            continue
        lines = flow(box)
        film = picture.tag in ("video", "audio")  # its date is not the article's
        signed = any(
            rules.match(line.text, "byline") if film else _dates_or_signs(line.text, rules, lexicon) for line in lines
        )
        portrait = _is_portrait(picture, [line.text for line in lines], lexicon) or any(
            tells(line.text, text) for line in lines for text in descriptions if len(text) > 40
        )
        if not signed and not portrait and not any(line.tag in HEADS for line in lines):
            remove(box)


def _is_portrait(picture: Element, texts: list[str], lexicon: Lexicon) -> bool:
    """Whether the words beside a picture name the person on it, or say what the person is, as a box on the author does."""
    names = [text for text in texts if person(text, lexicon)]
    words = lexicon.derived(credit_words)
    linked = next(picture.iterancestors("a"), None)
    told = any(name in (picture.get("alt") or "") for name in names)
    told = told or (linked is not None and len(names) == len(texts) and "author" in (linked.get("href") or ""))
    return told or (bool(names) and any(says_role(text.split()[0], words) for text in texts if text not in names))


def _dates_or_signs(text: str, rules: Phrases, lexicon: Lexicon) -> bool:
    signs = rules.match(text, "byline", "dated") or rules.match(undated(text, lexicon), "byline")
    return signs is not None or date_line(text, lexicon) is not None


def _is_summary(element: Element) -> bool:
    """Whether a box is a list with a heading that says what the text holds in short: "Das Wichtigste in Kürze"."""
    items = element.findall(".//li")
    if element.tag not in ("div", "section") or len(items) < 2 or element.find(".//a") is not None:
        return False
    first = next((inner for inner in element.iter(*HEADS, "strong", "b", "p") if text_of(inner)), None)
    return first is not None and POINTS.fullmatch(text_of(first)) is not None


def _goes(element: Element, found: AbstractSet[str]) -> bool:
    tag = str(element.tag)
    if tag in GONE or tag.startswith("amp-"):
        return True
    if tag == "figure":
        return element.find(".//blockquote") is None
    if tag == "figcaption":
        return True
    if tag == "form" or element.get("role") in GONE_ARIA:
        return True
    if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
        return True
    if not found & GONE_ROLES:
        return False
    if found == {"related"} and tag in ("ul", "ol") and element.find(".//a") is None:
        return False  # key points: no list of links
    if found == {"junk"} and _is_summary(element):
        return False
    # What calls itself body, lead or headline as well is named by two minds; the article's part wins.
    if found & {"lead", "body", "headline", "kicker"} and not found & {"comments", "paywall"}:
        return bool(found & {"related", "caption"}) and not found & {"lead", "kicker", "body"}
    return True
