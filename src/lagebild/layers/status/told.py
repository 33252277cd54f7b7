"""On whose word an event stands."""

from __future__ import annotations

from lagebild.layers.earlier import Earlier
from lagebild.layers.speech.vouch import vouching
from lagebild.records import Event, Evidence, Statement


def statement_of(earlier: Earlier, event: Event) -> tuple[Statement | None, tuple[Evidence, ...]]:
    """Return the statement that vouches for the event and why; None where the writer does.

    A trigger that is itself the word that reports ("forderte Kerry") stands outside its message and so belongs to the
    statement around it, or to the writer.
    """
    tokens = [token for span in event.trigger if (token := earlier.token_at(span.start)) is not None]
    return vouching(earlier.doc, earlier.statements, tokens, event=event.type) if tokens else (None, ())
