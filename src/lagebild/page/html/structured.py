"""What a page says of itself to machines: JSON-LD, microdata, OpenGraph and other meta elements, ``<time>``."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lagebild.page.html.tree import Element, text_of

ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Posting|SocialMediaPosting|Review)$")
LISTING = re.compile(r"^(?:CollectionPage|ItemList|SearchResultsPage|ProfilePage)$")
COMMENT = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
META_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued", "dc.date.created", "pubdate", "publish-date",
    "publishdate", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "vr:published_time", "article:published", "article.published", "bt:pubdate", "originalpublicationdate", "last-published",
    "cxenseparse:publishtime", "publisheddate", "created",
)  # fmt: skip
META_MODIFIED = ("article:modified_time", "og:updated_time", "last-modified", "lastmod", "datemodified", "dc.date.modified", "dcterms.modified", "revised")  # fmt: skip
META_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author", "twitter:creator:name", "authors", "article.author", "vr:author", "byl", "citation_author")  # fmt: skip
NAME_PARTS = ("givenName", "familyName")
LABELLED = "labelled"
"""The source of what stands under a label; it counts only where the label and it read as a byline."""
CREATED = "dateCreated"
"""The source of a date that may be when the page was laid out anew."""
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
DEPTH = 40
"""JSON-LD nested deeper than this is no description of an article."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody named as the author; ``person`` is None where the page does not say what it is."""

    name: str
    person: bool | None
    source: str


@dataclass(slots=True)
class Meta:
    """What a page says of itself; every list in the order of trust, the best first."""

    headlines: list[tuple[str, str]] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[tuple[str, str]] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    kickers: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    og_type: str | None = None
    canonical: str | None = None
    language: str | None = None
    free: bool | None = None
    comments: int | None = None
    body: str | None = None
    listing: bool = False
    notes: list[str] = field(default_factory=list)


def read_meta(tree: Element) -> Meta:
    """Read everything ``tree`` says of itself; call before scripts are removed."""
    meta = Meta()
    _json_ld(tree, meta)
    _microdata(tree, meta)
    _meta_elements(tree, meta)
    root = tree.getroottree().getroot()
    meta.language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return meta


def _json_ld(tree: Element, meta: Meta) -> None:
    nodes: list[dict[str, Any]] = []
    broken = 0
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and script.text.strip():
            value = _loads(script.text)
            broken += value is None
            nodes.extend(_nodes(value))
    if broken:
        meta.notes.append("the page's JSON-LD is broken and was not used")
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 2}
    meta.listing = any(LISTING.match(kind) for node in nodes for kind in _types(node))
    articles = [node for node in nodes if any(ARTICLE.search(kind) for kind in _types(node))]
    if not articles:
        return
    _article_node(max(articles, key=_fullness), by_id, meta)


def _loads(text: str) -> Any:
    """Parse JSON-LD as found in the wild: comment wrappers, line breaks in strings, trailing commas, entities."""
    text = COMMENT.sub("", text.strip()).strip().rstrip(";")
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text), entities.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in ``value`` that may describe the page; what they only list or mention is left out."""
    todo = [(value, 0)]
    while todo:
        item, depth = todo.pop(0)
        if depth > DEPTH:
            continue
        if isinstance(item, list):
            todo.extend((inner, depth + 1) for inner in item)
        elif isinstance(item, dict):
            yield item
            listed = any(LISTING.match(kind) for kind in _types(item))
            keys = ("@graph", "mainEntity", "mainEntityOfPage") if not listed else ("@graph",)
            todo.extend((item[key], depth + 1) for key in keys if isinstance(item.get(key), (dict, list)))


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    found = kinds if isinstance(kinds, list) else [kinds]
    return [str(kind).rpartition("/")[2] for kind in found if kind]


def _fullness(node: dict[str, Any]) -> int:
    keys = ("headline", "datePublished", "author", "publisher", "mainEntityOfPage", "articleBody", "description")
    return sum(1 for key in keys if node.get(key)) * 10 + sum(
        "Article" in kind or "Blog" in kind for kind in _types(node)
    )


def _article_node(node: dict[str, Any], by_id: dict[str, dict[str, Any]], meta: Meta) -> None:
    meta.types.extend(_types(node))
    for key, target in (("headline", meta.headlines), ("name", meta.headlines)):
        if value := _string(node.get(key)):
            target.append(("JSON-LD", value))
    if value := _string(node.get("alternativeHeadline")):
        meta.kickers.append(value)
    for key, dates in (
        ("datePublished", meta.published),
        ("dateCreated", meta.published),
        ("dateModified", meta.modified),
    ):
        if value := _string(node.get(key)):
            dates.append((CREATED if key == "dateCreated" else "JSON-LD", value))
    meta.authors.extend(_authors(node.get("author"), by_id) or _authors(node.get("creator"), by_id))
    for publisher in _authors(node.get("publisher"), by_id):
        meta.outlets.append(publisher.name)
    if value := _string(node.get("description")):
        meta.descriptions.append(value)
    sections = node.get("articleSection")
    meta.sections.extend(str(s) for s in (sections if isinstance(sections, list) else [sections]) if s)
    free = node.get("isAccessibleForFree")
    if free is not None:
        meta.free = str(free).lower() in ("true", "1", "http://schema.org/true", "https://schema.org/true")
    count = node.get("commentCount")
    if isinstance(count, (int, str)) and str(count).isdigit():
        meta.comments = int(count)
    meta.body = _string(node.get("articleBody"))


def _string(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return _plain(entities.unescape(value)) or None


def _plain(value: str) -> str:
    """``value`` without entities and markup: some systems put the link to an author's page into the name."""
    return TAGS.sub("", entities.unescape(value)).strip()


def _authors(value: Any, by_id: dict[str, dict[str, Any]]) -> list[Author]:
    found: list[Author] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            known = by_id.get(item)
            found.extend(_authors(known, {}) if known else [Author(entities.unescape(item).strip(), None, "JSON-LD")])
        elif isinstance(item, list):
            found.extend(_authors(item, by_id))
        elif isinstance(item, dict):
            listed = item.get("@list") or item.get("itemListElement")
            if isinstance(listed, list):
                found.extend(_authors(listed, by_id))
                continue
            node = item if item.get("name") else by_id.get(str(item.get("@id")), item)
            names = node.get("name") or " ".join(str(node[key]) for key in NAME_PARTS if node.get(key))
            kinds = _types(node)
            person = True if "Person" in kinds else False if any("Organi" in k for k in kinds) else None
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str) and name.strip():
                    found.append(Author(_plain(name), person, "JSON-LD"))
    return found


def _microdata(tree: Element, meta: Meta) -> None:
    for element in tree.iter():
        prop = element.get("itemprop") if isinstance(element.tag, str) else None
        if not prop or _inside_comment(element):
            continue
        props = prop.split()
        value = (element.get("content") or element.get("datetime") or text_of(element)).strip()
        if not value:
            continue
        if "datePublished" in props or "dateCreated" in props:
            meta.published.append(("microdata" if "datePublished" in props else CREATED, value))
        elif "dateModified" in props:
            meta.modified.append(("microdata", value))
        elif "headline" in props and len(value) < 300:
            meta.headlines.append(("microdata", value))
        elif "author" in props or "creator" in props:
            _micro_author(element, value, meta)
        elif "articleSection" in props:
            meta.sections.append(value)
        elif "alternativeHeadline" in props and len(value) < 120:
            meta.kickers.append(value)


def _micro_author(element: Element, value: str, meta: Meta) -> None:
    named = [
        inner for inner in element.iter() if inner is not element and "name" in (inner.get("itemprop") or "").split()
    ]
    person = "Person" in (element.get("itemtype") or "") or None
    for name in [inner.get("content") or text_of(inner) for inner in named] or [value]:
        if name.strip() and len(name) < 200:
            meta.authors.append(Author(name.strip(), person, "microdata"))


def _inside_comment(element: Element) -> bool:
    return any("Comment" in (above.get("itemtype") or "") for above in (element, *element.iterancestors()))


def _meta_elements(tree: Element, meta: Meta) -> None:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        ).lower()
        value = entities.unescape(element.get("content") or "").strip()
        if key and value:
            found.setdefault(key, []).append(value)
    for key in META_DATES:
        meta.published.extend((f"meta {key}", value) for value in found.get(key, ()))
    for key in META_MODIFIED:
        meta.modified.extend((f"meta {key}", value) for value in found.get(key, ()))
    for key in META_AUTHORS:
        meta.authors.extend(Author(value, None, f"meta {key}") for value in found.get(key, ()) if "://" not in value)
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        pair = [found[key][0] for key in (label, data) if key in found]
        meta.authors.extend([Author(" ".join(pair), None, LABELLED)] if len(pair) == 2 else [])
    for key in ("og:title", "twitter:title", "dc.title"):
        meta.headlines.extend((key, value) for value in found.get(key, ())[:1])
    meta.headlines.extend(("title", text_of(element)) for element in list(tree.iter("title"))[:1] if text_of(element))
    for key in ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher", "copyright"):
        meta.outlets.extend(value for value in found.get(key, ()) if "://" not in value and len(value) < 60)
    for key in ("description", "og:description", "twitter:description"):
        meta.descriptions.extend(found.get(key, ()))
    for key in ("article:section", "og:section", "cxenseparse:section"):
        meta.sections.extend(found.get(key, ()))
    meta.og_type = next(iter(found.get("og:type", ())), None)
    links = {(link.get("rel") or "").lower(): link.get("href") for link in tree.iter("link")}
    meta.canonical = links.get("canonical") or next(iter(found.get("og:url", ())), None)
    tier = (found.get("article:content_tier") or [""])[0].lower()
    if tier in ("locked", "metered") and meta.free is None:
        meta.free = tier != "locked"
