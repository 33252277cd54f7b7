"""On whose word an event stands."""

from __future__ import annotations

from lagebild.layers.earlier import Earlier
from lagebild.records import Event, Statement


def statement_of(earlier: Earlier, event: Event) -> Statement | None:
    """Return the innermost statement whose message covers the event's trigger.

    A trigger that is itself the word that reports ("forderte Kerry") stands outside its message and so belongs to the
    statement around it, or to the writer.
    """
    start, end = event.trigger[0].start, event.trigger[-1].end
    best: Statement | None = None
    shortest = 0
    for statement in earlier.statements:
        if not any(span.start < end and start < span.end for span in statement.message):
            continue
        if any(cue.start < end and start < cue.end for cue in statement.cue):
            continue
        length = sum(span.end - span.start for span in statement.message)
        if best is None or length < shortest:
            best, shortest = statement, length
    return best
