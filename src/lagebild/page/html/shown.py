"""What a page shows around its headline: who is named as author, which dates, which sources, by the names of the elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from lagebild.page.bylines import byline_names
from lagebild.page.html.flow import BLOCK, flow
from lagebild.page.html.tree import Element, beside_title, in_article, roles, text_of
from lagebild.page.persons import person
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, credit_words, phrases

WORD = re.compile(r"[^\W\d_]+")
AUTHOR_PAGE = re.compile(
    r"/(?:autor(?:en|in|innen)?|authors?|redaktion|redakteure?|journalist(?:en)?|korrespondent(?:en)?|reporter|profile?|person(?:en)?|"
    r"impressum/autor[\w-]*)[/-][\w%.-]*[a-z]|/auth?or(?:en|s)?/\d+|[?&]author(?:_?id)?=",
    re.I,
)
"""The address of a page about an author."""
TILE = 500
"""A box with a link to another article holds no more letters."""
TITLE_WORDS = 4
TOGETHER = 15
"""Names no further apart than so many elements stand in one byline."""

PUBLISHED = re.compile(
    r"(?:quelle )?(?:datum|erschienen|veröffentlicht|publiziert|erstellt|online seit|published|posted)\b.*\d", re.I
)
SIGNED = re.compile(r"(?:^|\s)(?:von|by)\s*$", re.I)
ELSEWHERE = frozenset(("related", "teaser", "comments"))
NEAR = 400
"""How many elements away from the headline a byline or date may stand and still be the article's."""


@dataclass(slots=True)
class Shown:
    """What stands around the headline: bylines and dates by the names of their elements, in order of nearness."""

    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """Dates in furniture."""
    labelled: list[str] = field(default_factory=list)
    """Lines that say when something was published, where the headline has no date beside it."""


def shown(tree: Element, title: Element | None, lexicon: Lexicon) -> Shown:
    """Collect what the page shows as author, date and source; call before the tree is pruned."""
    order = {element: number for number, element in enumerate(tree.iter())}
    anchor = order.get(title, 0) if title is not None else 0
    authors: list[tuple[int, str]] = []
    beside: set[Element] = set()
    last = 0
    dates: list[tuple[int, str]] = []
    found = Shown()
    inside: Element | None = None
    updated = lexicon.derived(credit_words)["updated"]
    rules: Phrases = lexicon.derived(phrases)
    for element, number in order.items():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "script", "style", "meta", "link"):
            continue
        is_author = _names_author(element, lexicon)
        is_date = element.tag == "time" or "date" in roles(element, lexicon)
        is_credit = "credits" in roles(element, lexicon)
        if not (is_author or is_date or is_credit) or _elsewhere(element, lexicon, title):
            continue
        if not is_date and _in_picture(element, lexicon):
            continue
        text = (_linked_names(element, lexicon) if is_author else None) or _credit_text(element)
        if is_author and "junk" in roles(element, lexicon):
            text = _boxed(text, rules, lexicon)
        away = number - anchor if number >= anchor else 3 * (anchor - number)
        if (
            is_author
            and 2 < len(text) < 160
            and away < NEAR
            and (inside is None or inside not in element.iterancestors())
        ):
            above = {*list(element.iterancestors())[:2]}
            if authors and beside & above and number - last < TOGETHER:
                authors[-1] = (authors[-1][0], f"{authors[-1][1]}, {text}")
            else:
                authors.append((away, f"posted by {text}" if _signs_alone(element, text) else text))
            inside, beside, last = element, above, number
        if is_date and away < NEAR and not _beside_link(element):
            later = not updated.isdisjoint(WORD.findall(_label(element).lower())) or "updated" in _classes(element)
            told = element.get("datetime") or apart(element, " ")[:120]
            if _in_widget(element, lexicon, title):
                found.late.append(told)
            else:
                dates.append((away + later * 2 * NEAR, told))
            if "updated" in _classes(element) and (beside_it := _other_text(element)):
                dates.append((away, beside_it))
        if (
            is_credit
            and 2 < len(text) < 120
            and number > anchor
            and not _in_picture(element, lexicon)
            and not _beside_picture(element)
            and not rules.match(text.strip("()[] "), "caption")
        ):
            found.credits.append(text)
    found.authors = [text for _, text in sorted(authors, key=lambda item: item[0])] or _signed_lines(
        tree, title, lexicon
    )
    found.dates = [text for _, text in sorted(dates, key=lambda item: item[0])]
    if not dates:
        found.labelled = [line.text for line in flow(tree) if len(line.text) < 80 and PUBLISHED.match(line.text)]
    return found


def _boxed(text: str, rules: Phrases, lexicon: Lexicon) -> str:
    """The names in a box about the authors; what the person is follows: "Petra Muster, Redakteurin in Wien"."""
    if rules.match(text, "byline"):
        return text
    first, *others = text.split(", ")
    return ", ".join([first, *takewhile(lambda part: person(part, lexicon) is not None, others)])


def _credit_text(element: Element) -> str:
    """The text of a byline; names in list items or blocks of their own are set apart by commas."""
    return apart(element, ", ")


def _linked_names(element: Element, lexicon: Lexicon) -> str | None:
    """The names of a byline that is nothing but links, with commas between."""
    names = [text_of(link) for link in element.iter("a")]
    alone = len(names) > 1 and text_of(element).replace(" ", "") == "".join(names).replace(" ", "")
    return ", ".join(names) if alone and all(person(name, lexicon) == name for name in names) else None


def apart(element: Element, mark: str) -> str:
    """The text of ``element`` with ``mark`` between blocks, and where two elements meet without a space, as style parts them."""
    whole, block = "", False
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        block = block or (inner is not element and inner.tag in BLOCK)
        text = (inner.text if event == "start" else None if inner is element else inner.tail) or ""
        if not isinstance(inner.tag, str) or not text.strip():
            whole += text[:1] and " "
            continue
        glued = whole[-1:].isalnum() and text[:1].isalnum()
        whole = whole.rstrip() + mark + text.lstrip() if whole.strip() and (block or glued) else whole + text
        block = False
    return clean(whole).text


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _beside_link(element: Element) -> bool:
    """Whether a date stands in a list item with a link that is a title: another article's."""
    item = next(element.iterancestors("li"), None)
    return item is not None and any(len(text_of(link).split()) >= TITLE_WORDS for link in item.iter("a"))


def _in_widget(element: Element, lexicon: Lexicon, title: Element | None) -> bool:
    """Whether a date stands in furniture, a calendar for one, that does not hold the headline."""
    kept = {title, *title.iterancestors()} if title is not None else set()
    return any(
        "junk" in roles(above, lexicon) for above in element.iterancestors("div", "section") if above not in kept
    )


def _other_text(element: Element) -> str:
    """The words around ``element`` in its own box."""
    parent = element.getparent()
    return "" if parent is None else apart(parent, " ").replace(text_of(element), " ")[:120]


def _elsewhere(element: Element, lexicon: Lexicon, title: Element | None) -> bool:
    chain = (element, *element.iterancestors())
    own = next((n for n, above in enumerate(chain) if beside_title(above, title)), -1)  # what hangs on the headline
    return any(
        (
            above.tag in ("nav", "aside")
            or (above.tag == "footer" and not in_article(above))
            or (number > own and roles(above, lexicon) & ELSEWHERE)
        )
        and above.find(".//h1") is None
        for number, above in enumerate(chain)
        if isinstance(above.tag, str) and above.tag not in ("body", "html", "span", "time")
    )


def _in_picture(element: Element, lexicon: Lexicon) -> bool:
    return any(
        above.tag == "figure" or "caption" in roles(above, lexicon) for above in (element, *element.iterancestors())
    )


def _names_author(element: Element, lexicon: Lexicon) -> bool:
    """Whether an element calls itself the author or leads to the page of one."""
    if element.get("rel") == "author" or "author" in roles(element, lexicon):
        return True
    return element.tag == "a" and AUTHOR_PAGE.search(element.get("href") or "") is not None


def _signs_alone(element: Element, text: str) -> bool:
    """Whether a link to an author's page behind "von" holds a single word: the name of an account."""
    before = element.getprevious()
    parent = element.getparent()
    lead = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return (
        element.get("rel") == "author"
        and SIGNED.search(lead) is not None
        and re.fullmatch(r"\w{3,29}", text) is not None
    )


def _signed_lines(tree: Element, title: Element | None, lexicon: Lexicon) -> list[str]:
    """Bylines by their wording alone, wherever they stand: "posted by Petra Muster @ 23:14" in a footer."""
    rules: Phrases = lexicon.derived(phrases)
    return [
        line.text
        for line in flow(tree)
        if len(line.text) < 100 and line.tag not in ("h1", "h2", "h3", "title")
        if (hit := rules.match(line.text, "byline"))
        if line.text[-1:] not in ".!?"
        or (hit[0].id == "byline-asked" and any(" " in name for name in byline_names(hit[1]["names"], lexicon).bylines))
        if not _elsewhere(line.element, lexicon, None) and not _in_picture(line.element, lexicon)
        if not in_tile(line.element, title)
    ][:2]


def in_tile(element: Element, title: Element | None) -> bool:
    """Whether a small box around ``element`` has a heading, not the ``title``, that is a link: another article's."""
    for above in (element, *list(element.iterancestors())[:3]):
        if len(text_of(above)) > TILE:
            return False
        heads = [head for head in above.iter("h2", "h3", "h4") if head is not title]
        if any(head.find(".//a") is not None or _inside_link(head) for head in heads):
            return True
    return False


def _inside_link(element: Element) -> bool:
    return any(above.tag == "a" for above in element.iterancestors())


def _label(element: Element) -> str:
    """The words of a date element and those right before it: "Aktualisiert am"."""
    parent = element.getparent()
    before = element.getprevious()
    lead = "" if parent is None else (parent.text or "" if before is None else before.tail or text_of(before))
    return f"{lead[-40:]} {text_of(element)[:60]}"


def _beside_picture(element: Element) -> bool:
    """Whether the element and a picture share a box that holds little else."""
    for above in list(element.iterancestors())[:3]:
        if above.find(".//img") is not None or above.find(".//picture") is not None:
            return len(text_of(above)) < 300
    return False
