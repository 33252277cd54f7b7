"""What kind of page it is: article, liveblog, paywall stub, opinion piece, list page, or no article at all."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lagebild.page.html.prune import Pruned
from lagebild.page.html.structured import Meta
from lagebild.records import ArticleKind
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

STUB = 1500
"""A page behind a paywall that shows fewer characters shows a stub."""
BARE = 500
"""The same where nothing on the page but its metadata says that it is not free."""

LITTLE = 200
WORDS = re.compile(r"[^\W\d_]+")


def kind_of(
    meta: Meta, pruned: Pruned, *, url: str | None, headline: str | None, kicker: str | None, labels: list[str], text: str,
    linked: float, lexicon: Lexicon,
) -> ArticleKind:  # fmt: skip
    """Return the kind. ``labels`` are short lines around the headline; ``linked`` the share of link text on the page."""
    rules: Phrases = lexicon.derived(phrases)
    titles = [line for line in (headline, kicker) if line]
    if "LiveBlogPosting" in meta.types or any(rules.match(line, "live") for line in titles) or pruned.live >= 4:
        return "liveblog"
    if any(rules.match(line, "list") for line in titles) and (linked > 0.3 or not text.strip()):
        return "list"
    if not text.strip():
        return "list" if meta.listing or linked > 0.5 else "not-an-article"
    if meta.listing and not meta.types:
        return "list"
    if meta.free is not True and len(text) < (STUB if pruned.paywall else BARE if meta.free is False else 0):
        return "paywall"
    if len(text) < LITTLE and not meta.types and meta.og_type != "article":
        return "list" if linked > 0.6 else "not-an-article"
    if "OpinionNewsArticle" in meta.types or any(
        rules.match(line, "opinion") for line in [*labels, *meta.sections, *titles[1:]]
    ):
        return "opinion"
    if any(rules.match(part, "opinion") for part in _path(url)):
        return "opinion"
    return "article"


def _path(url: str | None) -> list[str]:
    if not url:
        return []
    try:
        return [unquote(part) for part in urlsplit(url).path.split("/")[:-1] if part]
    except ValueError:
        return []
