"""When an HTML page came out: metadata first, then what the page shows, last its address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lagebild.page.dates import date_line, first_date, timestamp
from lagebild.page.html.shown import Shown
from lagebild.page.html.structured import CREATED, Meta
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import phrases

URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]\d)[/-](?P<day>[0-3]\d)(?:\D|$)")
PARTS = re.compile(r"\s*[|·•]\s*|\s+[–-]\s+")
"""What parts date, byline and section where they share a line."""
CAPITAL = re.compile(r"\s[A-ZÄÖÜ„»\"][^.]{20}")
DATELINE_END = re.compile(r"[)\]]?\s?[-–—:]\s")


def dates_of(
    meta: Meta, seen: Shown, url: str | None, head: Iterable[str], after: Iterable[str], lexicon: Lexicon
) -> tuple[str | None, str | None, list[str]]:
    """Return published, modified and the conflicts between the sources.

    ``head`` are the lines around the headline, ``after`` those below the text: there a date counts only with a label.
    """
    told = [(source, value) for source, text in meta.published if (value := timestamp(text, lexicon))]
    shown = [("the page", value) for text in seen.dates if (value := timestamp(text, lexicon))][:1]
    created = bool(told) and all(source == CREATED for source, _ in told)  # some systems mean the day of a new layout
    if not told or (created and shown and shown[0][1][:10] < told[0][1][:10]):
        told = shown
    if not told:
        parts = (part for line in head for part in dict.fromkeys((line, *PARTS.split(line)[1:])))
        told = [("the page", value) for part in parts if (value := _line_date(part, lexicon))][:1]
    if not told and url and (match := URL_DATE.search(url)) and (value := timestamp("-".join(match.groups()), lexicon)):
        told = [("the address", value)]
    if not told:
        labelled = [line for line in after if lexicon.derived(phrases).match(line, "dated")] + seen.labelled
        told = [("the page", value) for line in labelled if (value := _line_date(line, lexicon))][:1]
    if not told:
        told = [("the page", value) for text in seen.late if (value := timestamp(text, lexicon))][:1]
    if not told:
        ends = (value for source, text in meta.headlines if source == "title" and (value := _end_date(text, lexicon)))
        told = [("the title", value) for value in ends][:1]
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


def _end_date(text: str, lexicon: Lexicon) -> str | None:
    """The date a ``<title>`` ends with: "Die lange Nacht | Der Bote | 03.05.2019"."""
    found = first_date(text, lexicon)
    return found[0] if found and found[2] == len(text) else None


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
    short = (len(line) < 80 or lexicon.derived(phrases).match(line, "byline")) and line[-1:] not in ".!?"
    begins = found is not None and found[1] == 0 and line[-1:] not in ".!?"
    return found[0] if found and (short or begins or lexicon.derived(phrases).match(line, "dated")) else None
