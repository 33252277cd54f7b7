"""The ledger's tables: their columns as Arrow schemas, and the version of the layout.

Every row of the tables that hold what one article says carries ``article``, ``batch`` (the write it came with) and
``run``. A batch exists once its rows stand in ``articles``, which is written last: rows of the other tables without
such a row are left over from a killed run and nobody sees them.
"""

from __future__ import annotations

import pyarrow as pa

LAYOUT = 4
"""Version of the layout. A ledger with a higher one was written by a newer program and is refused, a lower one is brought up (``migrate``).

1: as of November 2026. 2: ``incidents`` gained ``first_day`` and ``last_day``.
3: ``events`` gained ``about`` and ``cues``, ``articles`` ``outcomes``: what sentences say for commitments.
4: ``articles`` gained ``told``: every sentence as what may have become of a promise.
"""

DERIVED = {
    "incidents": "incident",
    "families": "article",
    "contradictions": "contradiction",
    "commitments": "commitment",
}
"""The tables that a build makes from the others, and their keys."""

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("quote", pa.string())])
ACTOR = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("name", pa.string()),
        ("code", pa.string()),
        ("entity", pa.string()),
        ("how", pa.string()),
    ]
)
QUANTITY = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("what", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("approximate", pa.bool_()),
        ("unit", pa.string()),
    ]
)
BLOCK = pa.struct([("kind", pa.string()), ("start", pa.int32()), ("end", pa.int32())])


def _schema(columns: str, **special: pa.DataType) -> pa.Schema:
    """Build a schema from column names; strings unless ``special`` says otherwise."""
    return pa.schema([(name, special.get(name, pa.string())) for name in columns.split()])


STRINGS = pa.list_(pa.string())
SPANS = pa.list_(SPAN)
DAY = pa.date32()
TIME = pa.timestamp("us", tz="UTC")

SCHEMAS: dict[str, pa.Schema] = {
    "articles": _schema(
        "article batch run seq doc url canonical_url outlet origin_outlet agencies bylines published day modified fetched "
        "language kicker headline lead kind comments notes text text_hash blocks program model lexicon outcomes told",
        seq=pa.int64(),
        agencies=STRINGS,
        bylines=STRINGS,
        day=DAY,
        comments=pa.int32(),
        notes=STRINGS,
        blocks=pa.list_(BLOCK),
    ),
    "statements": _schema(
        "article batch run statement source source_start source_end source_quote cue message addressee form stance parent "
        "evidence confidence",
        statement=pa.int32(),
        source=pa.list_(ACTOR),
        source_start=pa.int32(),
        source_end=pa.int32(),
        cue=SPANS,
        message=SPANS,
        addressee=SPAN,
        parent=pa.int32(),
        confidence=pa.float32(),
    ),
    "events": _schema(
        "article batch run event type mode contexts status trigger actors recipients actor_codes recipient_codes statement "
        "speaker_code speaker_name stance content_of condition place_name place_quote place_start place_end geonames "
        """
    latitude longitude country precision date_value date_quote date_start date_end earliest latest quantities
    evidence
"""
        "confidence day outlet about cues",
        event=pa.int32(),
        contexts=STRINGS,
        trigger=SPANS,
        actors=pa.list_(ACTOR),
        recipients=pa.list_(ACTOR),
        actor_codes=STRINGS,
        recipient_codes=STRINGS,
        statement=pa.int32(),
        content_of=pa.int32(),
        condition=pa.int32(),
        place_start=pa.int32(),
        place_end=pa.int32(),
        geonames=pa.int64(),
        latitude=pa.float64(),
        longitude=pa.float64(),
        date_start=pa.int32(),
        date_end=pa.int32(),
        earliest=DAY,
        latest=DAY,
        quantities=pa.list_(QUANTITY),
        confidence=pa.float32(),
        day=DAY,
    ),
    "mentions": _schema(
        "article batch run kind start end quote name code entity how",
        start=pa.int32(),
        end=pa.int32(),
    ),
    "incidents": _schema(
        "incident seq type mode status actor_codes recipient_codes earliest latest country place_name latitude longitude "
        "members articles outlets origins independent reason successor first_day last_day",
        seq=pa.int64(),
        actor_codes=STRINGS,
        recipient_codes=STRINGS,
        earliest=DAY,
        latest=DAY,
        latitude=pa.float64(),
        longitude=pa.float64(),
        first_day=DAY,
        last_day=DAY,
        members=STRINGS,
        articles=STRINGS,
        outlets=STRINGS,
        origins=STRINGS,
        independent=pa.int32(),
    ),
    "families": _schema("article seq batch family origin share reason", seq=pa.int64(), share=pa.float32()),
    "contradictions": _schema("contradiction seq incident kind a b reason gone", seq=pa.int64(), gone=pa.bool_()),
    "commitments": _schema(
        "commitment seq event type who to_whom article start end quote condition due state states",
        seq=pa.int64(),
        who=STRINGS,
        to_whom=STRINGS,
        start=pa.int32(),
        end=pa.int32(),
        due=DAY,
        states=pa.list_(
            pa.struct(
                [("event", pa.string()), ("article", pa.string()), ("state", pa.string()), ("quote", pa.string())]
            )
        ),
    ),
    "reviews": _schema("record decision field old new comment reviewer time", time=TIME),
    "runs": _schema("run state program model lexicon input time articles", time=TIME, articles=pa.int64()),
}
"""``members`` and other references to events are written ``article#event``."""
