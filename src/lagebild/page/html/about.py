"""When an HTML page came out, who wrote it, who published it: metadata first, what the page shows where they are silent."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from lagebild.page.credits import INITIALS, Credit, byline_names, named_by, person, settled
from lagebild.page.dates import date_line, first_date, timestamp
from lagebild.page.html.flow import BLOCK, flow
from lagebild.page.html.structured import Author, Meta
from lagebild.page.html.tree import Element, beside_title, in_article, roles, text_of
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, Phrases, agency_names, credit_words, outlets, phrases

URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]\d)[/-](?P<day>[0-3]\d)(?:\D|$)")
INVERTED = re.compile(r"([^\W\d_a-z][\w'’-]+), ([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z]\.)?)")
"""The last name first: "Kehl, Moritz"."""
COMPANY = re.compile(r"\b(?:GmbH|AG|KG|SE|mbH|Ltd|Inc|e\. ?V|eV|Verlag|Verlags\w+|Medien\w*|Media)\b\.?")
"""The name of a company or club, and what follows it, is no person."""
AND_OTHERS = re.compile(r",?\s(?:u\.\s?a\.?|et\.? al\.?)$")
"""What stands for further authors: "Petra Muster u. a."."""
LISTED = re.compile(r"\s*[,;/|]\s*")
ARCHIVED = re.compile(r"https?://(?:web\.archive\.org|archive\.(?:today|is|ph|md))/(?:web/)?\w+/(?=https?://)")
"""An archive's address in front of the address of the page it keeps."""
PARTS = re.compile(r"\s*[|·•]\s*|\s+[–-]\s+")
"""What parts date, byline and section where they share a line."""
WORD = re.compile(r"[^\W\d_]+")
CAPITAL = re.compile(r"\s[A-ZÄÖÜ„»\"][^.]{20}")
DATELINE_END = re.compile(r"[)\]]?\s?[-–—:]\s")

AUTHOR_PAGE = re.compile(
    r"/(?:autor(?:en|in|innen)?|authors?|redaktion|redakteure?|journalist(?:en)?|korrespondent(?:en)?|reporter|profile?|person(?:en)?|"
    r"impressum/autor[\w-]*)[/-][\w%.-]*[a-z]",
    re.I,
)
"""The address of a page about an author."""
TILE = 500
"""A box with a link to another article holds no more letters."""
TOGETHER = 15
"""Names no further apart than so many elements stand in one byline."""

ELSEWHERE = frozenset(("related", "teaser", "comments"))
NEAR = 400
"""How many elements away from the headline a byline or date may stand and still be the article's."""


@dataclass(slots=True)
class Shown:
    """What stands around the headline: bylines and dates by the names of their elements, in order of nearness."""

    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)


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
        text = _credit_text(element)
        if is_author and "junk" in roles(element, lexicon):
            text = text.split(", ")[0]  # a box about the author: the name, then what the person is
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
                authors.append((away, text))
            inside, beside, last = element, above, number
        if is_date and away < NEAR:
            later = not updated.isdisjoint(WORD.findall(_label(element).lower()))
            dates.append((away + later * 2 * NEAR, element.get("datetime") or apart(element, " ")[:120]))
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
    return found


def _credit_text(element: Element) -> str:
    """The text of a byline; names in list items or blocks of their own are set apart by commas."""
    return apart(element, ", ")


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


def _elsewhere(element: Element, lexicon: Lexicon, title: Element | None) -> bool:
    return any(
        (
            above.tag in ("nav", "aside")
            or (above.tag == "footer" and not in_article(above))
            or (roles(above, lexicon) & ELSEWHERE and not beside_title(above, title))
        )
        and above.find(".//h1") is None
        for above in (element, *element.iterancestors())
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


def _signed_lines(tree: Element, title: Element | None, lexicon: Lexicon) -> list[str]:
    """Bylines by their wording alone, wherever they stand: "posted by Petra Muster @ 23:14" in a footer."""
    rules: Phrases = lexicon.derived(phrases)
    return [
        line.text
        for line in flow(tree)
        if len(line.text) < 100 and line.text[-1:] not in ".!?" and line.tag not in ("h1", "h2", "h3", "title")
        if (hit := rules.match(line.text, "byline"))
        and any(" " in name for name in byline_names(hit[1]["names"], lexicon).bylines)
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


def dates_of(
    meta: Meta, seen: Shown, url: str | None, head: Iterable[str], lexicon: Lexicon
) -> tuple[str | None, str | None, list[str]]:
    """Return published, modified and the conflicts between the sources. ``head`` are the lines around the headline."""
    told = [(source, value) for source, text in meta.published if (value := timestamp(text, lexicon))]
    if not told:
        told = [("the page", value) for text in seen.dates if (value := timestamp(text, lexicon))][:1]
    if not told:
        told = [("the page", value) for line in head if (value := _line_date(line, lexicon))][:1]
    if not told and url and (match := URL_DATE.search(url)) and (value := timestamp("-".join(match.groups()), lexicon)):
        told = [("the address", value)]
    modified = next((value for _, text in meta.modified if (value := timestamp(text, lexicon))), None)
    if not told:
        return None, modified, []
    source, published = told[0]
    if "T" not in published:
        published = next((value for _, value in told if value[:10] == published[:10] and "T" in value), published)
    other = [(name, value) for name, value in told if value[:10] != published[:10]]
    notes = (
        [f"date of publication: {source} says {published[:10]}, {other[0][0]} says {other[0][1][:10]}"] if other else []
    )
    return published, modified, notes


def _line_date(line: str, lexicon: Lexicon) -> str | None:
    """The date of a date line; of a line that says "Stand", "Veröffentlicht" or the like, whatever else it holds."""
    if value := date_line(line, lexicon):
        return value
    if (found := first_date(line[:90], lexicon)) and found[1] < 60 and DATELINE_END.match(line, found[2]):
        return found[0]
    if found and found[1] == 0 and CAPITAL.match(line, found[2]):  # "26. August 2008 Der Präsident hat ..."
        return found[0]
    if len(line) >= 150 or lexicon.derived(phrases).match(line, "source", "credits"):
        return None
    found = first_date(line, lexicon)
    short = len(line) < 80 and line[-1:] not in ".!?"
    begins = found is not None and found[1] == 0 and line[-1:] not in ".!?"
    return found[0] if found and (short or begins or lexicon.derived(phrases).match(line, "dated")) else None


def credit_of(meta: Meta, seen: Shown, lines: Iterable[str], lexicon: Lexicon) -> tuple[Credit, list[str]]:
    """Return who wrote it (persons of the metadata, else those the page shows), and what else the metadata name."""
    credit = Credit()
    named: list[str] = []
    for author in meta.authors:
        _sort_author(author, credit, named, lexicon)
    rules: Phrases = lexicon.derived(phrases)
    shown_first = any(_has_name(_shown_author(text, lexicon)) for text in seen.authors[:1])
    for line in lines if not shown_first else ():
        for part in (line, *PARTS.split(line)):
            if not _has_name(credit) and len(line) < 150 and (hit := rules.match(part, "byline")):
                credit.add(byline_names(hit[1]["names"], lexicon))
    for line in lines if shown_first else ():  # an element may hold the first name, its line all of them
        hit = rules.match(line, "byline") if len(line) < 150 else None
        whole_line = byline_names(hit[1]["names"], lexicon) if hit else Credit()
        if any(name in credit.bylines for name in whole_line.bylines if " " in name):
            credit.add(whole_line)
    for text in seen.authors[:6]:
        found = _shown_author(text, lexicon)
        # Metadata often name the first author alone; the byline that names the same person names the others as well.
        whole = not _has_name(credit) or any(name in credit.bylines for name in found.bylines if " " in name)
        credit.add(found if whole else Credit(agencies=found.agencies))
    return credit, list(dict.fromkeys(named))


def with_houses(credit: Credit, named: list[str], told: Container[str], lexicon: Lexicon) -> Credit:
    """Return ``credit`` with what the page names as author and is no person: a house only where nobody else is named.

    ``told`` are those the metadata name. An agency among them stays beside initials: those of who edited its text.
    """
    credit = settled(credit)
    houses = lexicon.derived(outlets)
    agencies = lexicon.derived(agency_names)
    others = [name for name in named if not is_house(name, houses) and name not in agencies]
    if _has_name(credit):
        others = [name for name in others if not COMPANY.search(name)]
    elif credit.bylines:
        others += [name for name in named if name in agencies and name in told]
    credit.bylines.extend(name for name in dict.fromkeys(others) if name not in credit.bylines)
    credit.bylines = credit.bylines or list(dict.fromkeys(named))
    return credit


def is_house(name: str, houses: Container[str]) -> bool:
    """Whether ``name`` is an outlet, whatever is added to it: "Deutsche Welle (www.dw.com)", "SPIEGEL ONLINE, Hamburg"."""
    bare = COMPANY.sub("", re.sub(r"\s*\([^()]*\)", "", name)).strip(" ,.&")
    spoken = bare.split(",")[0].strip().lower()
    return any(part in houses for part in (name.lower(), bare.lower(), spoken, spoken.removesuffix(" online")))


def _has_name(credit: Credit) -> bool:
    return any(" " in name for name in credit.bylines)


def _shown_author(text: str, lexicon: Lexicon) -> Credit:
    rules: Phrases = lexicon.derived(phrases)
    hit = rules.match(text, "byline")
    return named_by(hit, lexicon) if hit else byline_names(text, lexicon)


def _sort_author(author: Author, credit: Credit, named: list[str], lexicon: Lexicon) -> None:
    """Put one name of the metadata where it belongs: person, agency, or house."""
    text = clean(author.name).text.strip(" ,;")
    if not text or "://" in text or "@" in text or len(text) > 300:
        return
    words = lexicon.derived(credit_words)
    if text.lower() in words["nobody"]:
        return
    if author.person:
        text = re.sub(r"\s*\([^()]*\)$", "", text)
    before, colon, after = text.partition(": ")
    if colon and before.lower() not in {"text", *words["picture"]} and byline_names(after, lexicon).bylines:
        text = after  # "Der Bote: Petra Muster"
    if COMPANY.search(text):
        named.append(text)
        return
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    rules: Phrases = lexicon.derived(phrases)
    if hit := rules.match(text, "byline"):
        text = hit[1]["names"]
    text = AND_OTHERS.sub("", text)
    if others := _beside_houses(text, named, lexicon):
        text = others
    parts = [part.strip() for part in text.split(";")]
    if all((match := INVERTED.fullmatch(part)) and not names.keys() & match.groups() for part in parts):
        text = "; ".join(INVERTED.sub(r"\2 \1", part) for part in parts)
    listed = LISTED.split(text)
    if all(part in names for part in listed):
        credit.add(Credit(agencies=[names[part] for part in listed]))
        named.extend(names[part] if names[part].casefold() == part.casefold() else part for part in listed)
        return
    if author.person is False or is_house(text, houses):
        named.append(text)
        return
    found = byline_names(text, lexicon)
    if not found.bylines and not found.agencies:
        if author.person and _may_be_name(text, lexicon):
            found.bylines.append(text)
        else:
            named.append(text)
    credit.add(found)


def _beside_houses(text: str, named: list[str], lexicon: Lexicon) -> str | None:
    """Put the houses of a list ("Bote.example, abc/dpa", "Der Bote/Petra Muster") into ``named`` and return who else is in it.

    None where nothing but one name stands there, or something that is neither house, agency, initials nor person.
    """
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    parts = [part.strip() for part in LISTED.split(text) if part.strip()]
    mine = [part for part in parts if part.lower() in houses and part not in names]
    others = [part for part in parts if part not in mine]
    slashed = "," not in text or text.split(",")[0].strip() not in mine  # "Der Bote, Sankt Gallen" is where it sits
    known = all(part in names or INITIALS.fullmatch(part) or (slashed and person(part, lexicon)) for part in others)
    if len(parts) < 2 or not others or not known or not any(part in mine or part in names for part in parts):
        return None
    named.extend(part for part in parts if part in mine or part in names)
    return ", ".join(others)


def _may_be_name(text: str, lexicon: Lexicon) -> bool:
    words = text.split()
    roles_ = lexicon.derived(credit_words)["role"]
    return (
        len(text) <= 60
        and len(words) <= 5
        and not any(word in roles_ for word in words)
        and any(c.isalpha() for c in text)
    )


def canonical_url(meta: Meta, url: str | None) -> str | None:
    """Return the canonical address, made absolute; None where it is none."""
    if not meta.canonical:
        return None
    try:
        address = urljoin(url or "", meta.canonical.strip())
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def outlet_of(meta: Meta, addresses: Iterable[str | None], lexicon: Lexicon) -> str | None:
    """Return who published the page: the outlet of its address, else the one its metadata name."""
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    for address in addresses:
        if address and (row := outlet_of_address(ARCHIVED.sub("", address), houses)):
            return row.name
    for name in meta.outlets:
        if row := houses.get(name.lower()):
            return row.name
    return meta.outlets[0] if meta.outlets else None


def outlet_of_address(address: str, houses: dict[str, OutletRow]) -> OutletRow | None:
    """Return the outlet a web address belongs to, subdomains included."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return None
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if row := houses.get(".".join(parts[start:])):
            return row
    return None
