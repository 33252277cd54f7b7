"""Scores the page stage on example pages, and plain trafilatura beside it on the same pages.

    python -m bench.pages [FOLDER] [--errors] [--nameless] [--silent]

``FOLDER`` (default: the project's examples) holds pages and, beside each, its expected article as JSON of the same stem.
Measures: body F1 over words (bag of words per page, averaged over pages), headline (same words, case and marks aside),
date (same day), author recall (names of the page, averaged over pages that have any), subheads F1 (summed over pages),
kicker, kind and agencies (share of pages that agree).

The examples were written together with the rules and say little about unknown pages; two harder readings of the same
pages say more. ``--nameless`` takes every class, id and role from the markup, ``--silent`` all JSON-LD and meta elements.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lagebild.page import PageError, read
from lagebild.records import Article

EXAMPLES = Path(__file__).parent.parent / "tests" / "cases" / "pages"
NAMES = re.compile(rb"""\s(?:class|id|data-[\w-]+|itemprop|aria-label|role)=(?:"[^"]*"|'[^']*'|[\w-]+)""")
TOLD = re.compile(rb"""<script type="application/ld\+json".*?</script>|<meta (?!charset|http-equiv)[^>]*>""", re.S)
WORD = re.compile(r"\w+")
MEASURES = ("body", "headline", "date", "authors", "subheads", "kicker", "kind", "agencies")


@dataclass
class Score:
    """Sums per measure: what was reached and out of how much."""

    reached: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    asked: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    missed: list[str] = field(default_factory=list)

    def add(self, name: str, measure: str, value: float, *, of: float = 1.0, note: str = "") -> None:
        """Count ``value`` out of ``of`` for ``measure`` on page ``name``."""
        self.reached[measure] += value
        self.asked[measure] += of
        if value < of - 1e-9:
            self.missed.append(f"{name:22} {measure:9} {value:5.3f} of {of:g}  {note}")

    def figures(self) -> dict[str, float | None]:
        """Return the share reached per measure, None where nothing was asked."""
        return {m: round(self.reached[m] / self.asked[m], 3) if self.asked[m] else None for m in MEASURES}


def words(text: str | None) -> list[str]:
    return WORD.findall((text or "").casefold())


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    common = (found & wanted).total()
    total = found.total() + wanted.total()
    return 2 * common / total if total else 1.0


def score_page(score: Score, name: str, wanted: dict[str, Any], got: dict[str, Any]) -> None:
    """Compare one page's fields with the expected ones; fields absent from ``got`` are not scored."""
    body = f1(Counter(words(got["text"])), Counter(words(wanted["text"])))
    extra, lost = (Counter(words(a["text"])) - Counter(words(b["text"])) for a, b in ((got, wanted), (wanted, got)))
    score.add(name, "body", body, note=f"extra: {' '.join(list(extra)[:8])} | lost: {' '.join(list(lost)[:8])}")
    if wanted.get("headline"):
        same = words(got.get("headline")) == words(wanted["headline"])
        score.add(name, "headline", float(same), note=f"{got.get('headline')!r}")
    if wanted.get("published"):
        same = (got.get("published") or "")[:10] == wanted["published"][:10]
        score.add(name, "date", float(same), note=f"{got.get('published')!r}")
    if wanted.get("bylines"):
        have = {tuple(words(a)) for a in got.get("bylines", ())}
        found = sum(tuple(words(a)) in have for a in wanted["bylines"]) / len(wanted["bylines"])
        score.add(name, "authors", found, note=f"{got.get('bylines')} for {wanted['bylines']}")
    if "subheads" in got:
        have_s, want_s = (
            Counter(" ".join(words(s)) for s in got["subheads"]),
            Counter(" ".join(words(s)) for s in wanted["subheads"]),
        )
        both = have_s.total() + want_s.total()
        if both:
            note = f"extra: {list(have_s - want_s)} lost: {list(want_s - have_s)}"
            score.add(name, "subheads", 2 * (have_s & want_s).total(), of=both, note=note)
    for measure in ("kicker", "kind", "agencies"):
        if measure in got and measure in wanted:
            same = _plain(got[measure]) == _plain(wanted[measure])
            score.add(name, measure, float(same), note=f"{got[measure]!r} for {wanted[measure]!r}")


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (list, tuple)) else words(value)


def fields(article: Article) -> dict[str, Any]:
    return {
        "text": article.text,
        "headline": article.headline,
        "published": article.published,
        "bylines": list(article.bylines),
        "subheads": list(article.subheads),
        "kicker": article.kicker,
        "kind": article.kind,
        "agencies": list(article.agencies),
    }


def trafilatura_fields(page: bytes) -> dict[str, Any]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None:
        return {"text": ""}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"text": found.text or "", "headline": found.title, "published": found.date, "bylines": authors}


def cases(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the pages of ``folder`` with what is expected of each."""
    found = []
    for expected in sorted(folder.glob("*.json")):
        page = next(p for p in sorted(folder.glob(f"{expected.stem}.*")) if p.suffix != ".json")
        found.append((page, json.loads(expected.read_text(encoding="utf-8"))))
    return found


def score(folder: Path, *, without: re.Pattern[bytes] | None = None) -> tuple[Score, Score]:
    """Return the scores of the page stage and of plain trafilatura (HTML pages only), what matches ``without`` taken out."""
    ours, plain = Score(), Score()
    for page, wanted in cases(folder):
        content = page.read_bytes()
        if without is not None:
            content = without.sub(b"", content)
        try:
            got = fields(read(content, url=wanted.get("url"), doc=page.name))
        except PageError as error:
            got = {"text": "", "kind": str(error)}
        score_page(ours, page.name, wanted, got)
        if page.suffix == ".html":
            score_page(plain, page.name, wanted, trafilatura_fields(content))
    return ours, plain


def figures() -> dict[str, float]:
    """Return the figures of the gate: every measure on the examples, and bodies and headlines of the harder readings."""
    found = {measure: value for measure, value in score(EXAMPLES)[0].figures().items() if value is not None}
    nameless, silent = (score(EXAMPLES, without=gone)[0].figures() for gone in (NAMES, TOLD))
    harder = {"nameless_body": nameless["body"], "silent_headline": silent["headline"], "silent_date": silent["date"]}
    return found | {name: value for name, value in harder.items() if value is not None}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--errors", action="store_true", help="list what was missed, per page")
    parser.add_argument("--nameless", action="store_true", help="take class, id and role from the markup")
    parser.add_argument("--silent", action="store_true", help="take JSON-LD and meta elements from the pages")
    options = parser.parse_args()
    without = NAMES if options.nameless else TOLD if options.silent else None
    ours, plain = score(options.folder, without=without)
    print(f"{'':10} {'pages':>8} {'trafilatura':>12}")
    for measure in MEASURES:
        mine, theirs = ours.figures()[measure], plain.figures()[measure]
        print(f"{measure:10} {mine if mine is not None else '-':>8} {theirs if theirs is not None else '-':>12}")
    if options.errors:
        print("\n".join(["", *ours.missed]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
