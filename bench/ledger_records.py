"""Synthetic records for measuring the ledger: Arrow tables made a column at a time, fast enough for a million articles.

What matters for cost is modelled on news: so many articles a day whatever the size (a larger ledger is a longer one), one to
twelve events an article, happenings of which a few are told by many articles and most by one, told again for some days,
every fifth article a reprint of one of the days before, outlets, agencies, actors and types drawn from Zipf laws, three
articles in five with an agency credit, dates and places for half of the events, numbers of dead that differ now and then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lagebild.ledger.schemas import SCHEMAS

PER_DAY = 274  # articles: a million in ten years
HAPPENINGS = 700  # a day; the n-th is told about n times less often than the first
START = datetime.date(2014, 1, 1)
TYPES = "ASSAULT CONSULT ACCUSE REQUEST AGREE COERCE REJECT SUPPORT RETREAT SANCTION PROTEST THREATEN AID CONCEDE MOBILIZE COOPERATE".split()
STATUSES = ["actual"] * 8 + ["planned", "demanded", "possible", "denied", "conditional"]
STATES = (
    "RUS USA UKR DEU ISR PSE IRN CHN SYR FRA GBR TUR AFG IRQ POL SAU EGY IND PAK YEM LBN ETH SDN MLI NGA VEN PRK KOR JPN SRB "
    "ITA ESP NLD BEL AUT CHE CZE SVK HUN ROU BGR GRC SWE NOR FIN DNK EST LVA LTU BLR MDA GEO ARM AZE KAZ UZB TKM KGZ TJK MNG "
    "VNM THA MMR KHM PHL IDN MYS SGP BGD LKA NPL AUS NZL CAN MEX CUB HTI COL ECU PER BOL CHL ARG BRA URY PRY LBY TUN DZA MAR "
    "SEN GIN CIV GHA BFA NER TCD CMR CAF COD RWA UGA KEN SOM TZA MOZ ZMB ZWE ZAF AGO NAM QAT ARE KWT BHR OMN JOR ALB MKD MNE"
).split()
SECTORS = ["GOV"] * 5 + ["MIL"] * 3 + ["REB", "OPP", "CVL", "COP"]
TOWNS = 1200
PARTS = ("Regierung Armee Grenze Angriff Gespräch Vertrag Hilfe Stadt Minister Partei Truppen Abkommen Waffen Handel Präsident Opfer".split(),
         "s chef bericht lage plan streit folge rat amt haus zeit kreis recht".split(), ["", "sprecher", "ende", "frage", "gegner", "runde", "zahl", "treffen"])  # fmt: skip
WORDS = [a + b + c for c in PARTS[2] for b in PARTS[1] for a in PARTS[0]]
LENGTHS = np.array([len(word) for word in WORDS])
LENGTH, SENTENCE = 120, 12  # words an article, words a sentence
Ints = npt.NDArray[np.int64]


def _draw(stream: int, key: Ints) -> npt.NDArray[np.float64]:
    """Return a number in [0, 1) for each key, always the same for the same stream and key (splitmix64)."""
    with np.errstate(over="ignore"):
        z = (key.astype(np.uint64) + np.uint64(stream) * np.uint64(0x632BE59BD9B4E019)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**53


def _pick(stream: int, key: Ints, many: int) -> Ints:
    return (_draw(stream, key) * many).astype(np.int64)


def _zipf(stream: int, key: Ints, many: int) -> Ints:
    """Return 0 to ``many`` - 1; the n-th is about n times rarer than the first."""
    return ((many + 1) ** _draw(stream, key) - 1).astype(np.int64).clip(0, many - 1)


def batches(articles: int, *, size: int, first: int = 0) -> Iterator[dict[str, pa.Table]]:
    """Yield the tables of ``articles`` articles, ``size`` at a time, in the order a newsroom's crawl would bring them."""
    for start in range(first, first + articles, size):
        yield batch(start, min(size, first + articles - start), name=f"b{start:012d}", seq=start + 1)


def batch(start: int, count: int, *, name: str, seq: int) -> dict[str, pa.Table]:
    """Return the tables of ``count`` articles numbered from ``start``: articles, statements, events, mentions."""
    number = np.arange(start, start + count)
    copied = (_draw(1, number) < 0.2) & (number >= 2 * PER_DAY)
    told = np.where(copied, number - 1 - _pick(2, number, PER_DAY), number)  # whose text it is
    told = np.where(_draw(1, told) < 0.2, told - told % 7, told)
    many = 1 + (12 * _draw(3, told) ** 2).astype(np.int64)
    article = np.repeat(np.arange(count), many)
    order = np.arange(len(article)) - np.repeat(np.cumsum(many) - many, many)
    event = _Events(told[article] * 16 + order, told[article] // PER_DAY)
    chosen = _pick(4, (told[:, None] * 128 + np.arange(LENGTH)).ravel(), len(WORDS)).reshape(count, LENGTH)
    chosen[article, 3 + order] = event.word
    after = np.where(np.arange(LENGTH) % SENTENCE == SENTENCE - 1, 2, 1)
    ends = np.cumsum(LENGTHS[chosen] + after, axis=1) - after
    text = [
        " ".join(_sentence(row[at : at + SENTENCE]) for at in range(0, LENGTH, SENTENCE)) for row in chosen.tolist()
    ]
    ids = pa.array([f"{n:016x}" for n in number])
    days = pa.array((START - datetime.date(1970, 1, 1)).days + number // PER_DAY, pa.int32()).cast(pa.date32())
    said = (ends[:, 20] - LENGTHS[chosen[:, 20]], ends[:, 20], [WORDS[w] for w in chosen[:, 20]])
    start_, end_ = (ends - LENGTHS[chosen])[article, 3 + order], ends[article, 3 + order]
    span = {"start": start_, "end": end_, "quote": _take(WORDS, event.word)}
    outlet = pc.binary_join_element_wise("outlet", pa.array(_zipf(5, number, 300)).cast(pa.string()), ".de", "")
    source = {"start": said[0], "end": said[1], "quote": said[2], "code": _codes(6, told)}
    shared = {"batch": name, "run": "bench"}
    return {
        "statements": _table("statements", count, shared | {
            "article": ids, "statement": np.zeros(count, int), "source": _ones("statements", "source", source),
            "source_start": said[0], "source_end": said[1], "source_quote": said[2], "form": "Indirect", "stance": "neutral",
            "message": _ones("statements", "message", {"start": np.zeros(count, int), "end": ends[:, -1], "quote": text}),
            "evidence": "[]",
        }),
        "events": _table("events", len(article), shared | event.columns(span) | {
            "article": ids.take(article), "event": order, "day": days.take(article), "outlet": outlet.take(article),
            "statement": pa.array(np.zeros(len(article), int), mask=~event.claimed),
            "speaker_code": pc.if_else(event.claimed, source["code"].take(article), None),
        }),
        "mentions": _table("mentions", 2 * len(article), shared | {
            "article": ids.take(np.repeat(article, 2)), "kind": "actor", "how": "named",
            "start": np.repeat(start_, 2), "end": np.repeat(end_, 2), "quote": _take(WORDS, np.repeat(event.word, 2)),
            "code": _codes(16, np.repeat(event.happening, 2)),
        }),
        "articles": _table("articles", count, shared | {
            "article": ids, "seq": np.full(count, seq), "doc": pc.binary_join_element_wise(ids, ".html", ""), "outlet": outlet,
            "published": days.cast(pa.string()), "day": days, "text": text, "headline": [t[:60] for t in text],
            "text_hash": ids, "language": "de", "agencies": _agencies(told), "comments": np.zeros(count, int),
            "program": "bench", "model": "bench", "lexicon": "bench",
        }),
    }  # fmt: skip


class _Events:
    """The events that texts tell: each is of a happening, most of the same day, some of up to three weeks before."""

    def __init__(self, key: Ints, day: Ints):
        self.key = key
        late = _draw(20, key)
        delay = np.select([late < 0.6, late < 0.85, late < 0.95], [0, 1, 2 + _pick(21, key, 2)], _pick(21, key, 21))
        self.happened = np.maximum(day - delay, 0)
        self.happening = self.happened * HAPPENINGS + _zipf(22, key, HAPPENINGS)
        self.word = _pick(23, self.happening, len(WORDS))
        self.claimed = _draw(24, key) < 0.4

    def columns(self, span: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that the happening gives."""
        key, what = self.key, self.happening
        kind = _zipf(25, what, len(TYPES))
        actor, recipient = _codes(26, what), _codes(27, what)
        no_actor, no_recipient = _draw(28, key) < 0.1, _draw(29, key) < 0.4
        town, placed, dated = _pick(30, what, TOWNS), _draw(31, key) < 0.5, _draw(32, key) < 0.5
        status = np.where(_draw(33, key) < 0.03, STATUSES.index("denied"), _pick(34, what, len(STATUSES)))
        day = (START - datetime.date(1970, 1, 1)).days + self.happened
        days = pa.array(day, pa.int32(), mask=~dated).cast(pa.date32())
        killed = (kind == 0) & (_draw(35, key) < 0.3)
        number = (1 + _pick(36, what, 40) + (_draw(37, key) < 0.15) * 5).astype(float)
        counted = {
            "start": span["start"],
            "end": span["end"],
            "quote": span["quote"],
            "what": "killed",
            "low": number,
            "high": number,
        }
        return {
            "type": _take(TYPES, kind), "status": _take(STATUSES, status), "evidence": "[]", "confidence": _draw(38, key),
            "trigger": _ones("events", "trigger", span), "contexts": _none("events", "contexts", len(key)),
            "actors": _ones("events", "actors", span | {"code": actor, "how": "named"}, no_actor),
            "recipients": _ones("events", "recipients", span | {"code": recipient, "how": "named"}, no_recipient),
            "actor_codes": _listed(actor, no_actor), "recipient_codes": _listed(recipient, no_recipient),
            "place_name": pc.if_else(placed, pc.binary_join_element_wise("Ort", pa.array(town).cast(pa.string()), ""), None),
            "latitude": pa.array(-60 + town * 0.37 % 120, mask=~placed), "longitude": pa.array(-170 + town * 1.31 % 340, mask=~placed),
            "geonames": pa.array(town, mask=~placed), "precision": pc.if_else(placed, "town", None),
            "country": pc.if_else(placed, _take(STATES, town % len(STATES)), None),
            "date_value": days.cast(pa.string()), "earliest": days, "latest": days,
            "quantities": _ones("events", "quantities", counted, ~killed),
        }  # fmt: skip


def _sentence(chosen: list[int]) -> str:
    return " ".join(WORDS[word] for word in chosen) + "."


def _take(names: list[str], which: Ints) -> pa.Array:
    return pa.array(names).take(pa.array(which))


def _codes(stream: int, key: Ints) -> pa.Array:
    state, sector = (
        _take(STATES, _zipf(stream, key, len(STATES))),
        _take(SECTORS, _pick(stream + 100, key, len(SECTORS))),
    )
    return pc.binary_join_element_wise(state, sector, ":")


def _agencies(told: Ints) -> pa.Array:
    return _listed(_take(["dpa", "AFP", "Reuters"], _pick(8, told, 3)), _draw(9, told) < 0.4)


def _offsets(missing: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.array(np.concatenate([[0], np.cumsum(~missing)]), pa.int32())


def _listed(values: pa.Array, missing: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.ListArray.from_arrays(_offsets(missing), values.filter(pa.array(~missing)))


def _none(table: str, column: str, rows: int) -> pa.Array:
    return pa.array([[]] * rows, SCHEMAS[table].field(column).type)


def _ones(table: str, column: str, values: dict[str, Any], missing: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Return lists of one struct each, empty where ``missing``."""
    kind = SCHEMAS[table].field(column).type.value_type
    rows = len(values["start"])
    missing = np.zeros(rows, bool) if missing is None else missing
    fields = [kind.field(at) for at in range(kind.num_fields)]
    columns = [_column(values.get(field.name), field.type, rows) for field in fields]
    structs = pa.StructArray.from_arrays(columns, fields=fields).filter(pa.array(~missing))
    return pa.ListArray.from_arrays(_offsets(missing), structs)


def _table(name: str, rows: int, columns: dict[str, Any]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.Table.from_arrays([_column(columns.get(f.name), f.type, rows) for f in schema], schema=schema)


def _column(values: Any, kind: pa.DataType, rows: int) -> pa.Array:
    if values is None:
        return pa.nulls(rows, kind)
    if isinstance(values, str):
        return pa.repeat(pa.scalar(values, kind), rows)
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)
