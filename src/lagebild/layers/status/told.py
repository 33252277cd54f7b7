"""On whose word an event stands."""

from __future__ import annotations

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier
from lagebild.layers.speech.vouch import vouching
from lagebild.records import Event, Evidence, Statement


def statement_of(earlier: Earlier, event: Event) -> tuple[Statement | None, tuple[Evidence, ...]]:
    """Return the statement that vouches for the event and why; None where the writer does.

    A trigger that is itself the word that reports ("forderte Kerry") stands outside its message and so belongs to the
    statement around it, or to the writer.
    """
    if not earlier.statements:
        return None, ()
    columns = columns_of(earlier.doc)
    tokens = [token for span in event.trigger if (token := columns.covering(span.start)) is not None]
    return vouching(columns, earlier.statements, tokens, event=event.type) if tokens else (None, ())
