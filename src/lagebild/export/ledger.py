"""Exports from a ledger: one traversal feeds any format, and a sidecar says what made the file and what is not in it."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lagebild.export.base import HELD, Exporter, Item, Options, Row, named_only
from lagebild.export.formats.cameo import GdeltEvents, GdeltMentions, Icews
from lagebild.export.formats.conflict import Acled, Ged
from lagebild.export.formats.knowledge import BibTex, FollowTheMoney, WebAnnotation
from lagebild.export.formats.maps import GeoJson, Gexf
from lagebild.export.formats.plover import Plover, Polecat
from lagebild.export.formats.tabular import Csv, Jsonl, Parquet, Xlsx
from lagebild.ledger.filters import Filter
from lagebild.ledger.positions import sentence_around
from lagebild.ledger.read import Reader
from lagebild.ledger.review import decisions, reviewed
from lagebild.ledger.sentences import SENTENCE_END
from lagebild.version import __version__

EXPORTERS: dict[str, type[Exporter]] = {
    exporter.name: exporter
    for exporter in (
        Polecat, Plover, Icews, GdeltEvents, GdeltMentions, Acled, Ged, Jsonl, Csv, Parquet, Xlsx, GeoJson, Gexf,
        FollowTheMoney, WebAnnotation, BibTex,
    )
}  # fmt: skip


CHUNK = 20_000  # events read at a time; a single day is never split

MEMBERS = (
    "create or replace temp table export_members as select key, min(incident) as incident, "
    "arg_min(independent, incident) as independent from ("  # once, also where two builds at once told it twice
    "select unnest(members) as key, incident, independent from incidents where successor is null "
    "and (first_day is null or (first_day <= coalesce($1, first_day) and last_day >= coalesce($2, last_day)))) group by key"
)


STANDING = (
    "create or replace temp table export_standing as select e.article || '#' || e.event as key from {told} e "
    "left join export_members m on m.key = e.article || '#' || e.event "
    "where {condition} and e.article || '#' || e.event not in (select unnest(?)) "
    "qualify row_number() over (partition by coalesce(m.incident, e.article || '#' || e.event) order by e.status = 'actual' desc, "
    "len(list_filter(e.quantities, lambda q: q.what = 'killed')) > 0 desc, "
    "(len(e.actor_codes) > 0)::int + (len(e.recipient_codes) > 0)::int + (e.place_name is not null)::int desc, "
    "e.day desc nulls last, e.article, e.event) = 1"
)
"""Of each incident the telling that stands for it: a deed, with the dead, the fullest, the newest."""


def items(reader: Reader, where: Filter, *, text: bool = True, once: bool = False) -> Iterator[Item]:
    """Yield the events that pass a filter with their articles and incidents, by day of publication.

    All events of an article come one after the other: formats that write an article once rely on it. Read in stretches
    of days, so that memory does not grow with the ledger. Nothing else may be asked of ``reader`` meanwhile. With ``once``
    each item says whether it is the one telling that stands for its incident among those that pass.
    """
    condition, values = where.sql()
    decided, told = decisions(reader), reviewed(reader)
    reader.connection.execute(MEMBERS, [where.until, where.since])
    stands = "true"
    if once:
        rejected = [key for key, decision in decided.items() if decision == "reject"]
        reader.connection.execute(STANDING.format(told=told, condition=condition), [*values, rejected])
        stands = "e.article || '#' || e.event in (select key from export_standing)"
    for stretch, bounds in _stretches(reader, told, condition, values):
        chosen = f"{condition} and {stretch}"
        pages = (
            "select a.* exclude (blocks) from articles a where (a.day is null or "
            "(a.day >= coalesce(?, a.day) and a.day <= coalesce(?, a.day))) "  # so that files of other days are not opened
            f"and article in (select article from {told} e where {chosen})"
        )
        known = [where.since, where.until]
        articles = {row["article"]: _addressed(row) for row in reader.rows(pages, [*known, *values, *bounds])}
        events = (
            f"select e.*, m.incident, m.independent, {stands} as stands from {told} e "
            "left join export_members m on m.key = e.article || '#' || e.event "
            f"where {chosen} order by e.day, e.article, e.event"
        )
        for event in reader.rows(events, [*values, *bounds]):
            article, incident, independent = articles[event["article"]], event.pop("incident"), event.pop("independent")
            key, standing = f"{event['article']}#{event['event']}", event.pop("stands")
            at = event["trigger"][0]["start"]
            words = sentence_around(article["text"], at) if text else None
            number = 1 + sum(1 for _ in SENTENCE_END.finditer(article["text"], 0, at))
            yield Item(event, article, incident, independent or 0, words, decided.get(key), number, standing)


def _addressed(article: Row) -> Row:
    """Return an article with the address it calls its own where nobody told the reader another (saved pages)."""
    return article | {"url": article["url"] or article["canonical_url"]}


def _stretches(
    reader: Reader, told: str, condition: str, values: list[Any]
) -> Iterator[tuple[str, list[datetime.date]]]:
    """Yield conditions on ``e.day`` with their bounds that cut the chosen events into stretches of about ``CHUNK``."""
    sql = f"select e.day, count(*) as n from {told} e where {condition} group by e.day order by e.day nulls last"
    first, total = None, 0
    for row in list(reader.rows(sql, values)):
        if row["day"] is None:
            if first:
                yield "e.day >= ?", [first]
            yield "e.day is null", []
            return
        if first and total + row["n"] > CHUNK:
            yield "e.day >= ? and e.day < ?", [first, row["day"]]
            first, total = None, 0
        first, total = first or row["day"], total + row["n"]
    if first:
        yield "e.day >= ?", [first]


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """How an export went: events written, in how many rows or entries, those left out by reason, what the format could not hold.

    ``not_held`` counts by key of ``HELD``: with ``speaker`` 12 somebody vouches for 12 of the events, and no column says who.
    """

    path: Path
    written: int
    rows: int
    left_out: dict[str, int]
    not_held: dict[str, int]


def export(items: Iterable[Item], name: str, path: Path, *, options: Options, about: dict[str, Any]) -> Outcome:
    """Write ``items`` in format ``name`` to ``path`` and the sidecar ``PATH.meta.json`` beside it.

    ``about`` goes into the sidecar: ledger, its version, the filter. Raises ``KeyError`` for an unknown format.
    """
    exporter = EXPORTERS[name](path, options)
    written, left_out, not_held = 0, Counter[str](), Counter[str]()
    try:
        for item in items if options.implied else map(named_only, items):
            reason = exporter.left_out(item) or exporter.feed(item)
            if reason is None:
                written += 1
                not_held.update(name for name in exporter.lacks if HELD[name](item.event))
            else:
                left_out[reason] += 1
    finally:
        exporter.finish()
    rows = written if exporter.rows is None else exporter.rows
    outcome = Outcome(path, written, rows, dict(left_out.most_common()), dict(not_held.most_common()))
    _sidecar(outcome, name, options, about)
    return outcome


def _sidecar(outcome: Outcome, name: str, options: Options, about: dict[str, Any]) -> None:
    described = (
        {
            "format": name,
            "program": f"lagebild {__version__}",
            "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "written": outcome.written,
            "rows": outcome.rows,
            "left_out": outcome.left_out,
            "not_held": outcome.not_held,
            "include": sorted(options.include),
        }
        | options.described()
        | about
    )
    path = outcome.path.with_name(outcome.path.name + ".meta.json")
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
