"""Decides whose word an event stands on: which of the statements around its trigger vouches for it, or none.

That a trigger lies in a message is not enough. "Er kündigte an, den festgesetzten Präsidenten zu töten": the killing
stands on his word, the arrest is told by the writer. "Sie begrüßte die Einigung": the writer asserts the agreement.
And of two speakers, one told by the other, it is mostly the outer one who vouches. A small log-linear component learnt
from the corpus weighs this (``model/speech.py``); without its weights the innermost speaker vouches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from lagebild.layers.linear import WEIGHTS, Linear, load_linear
from lagebild.records import Evidence, Span, Statement

NAME = "speech_vouch"
ENOUGH = 0.5  # probability from which a statement vouches; corpus/dev: 0.880 at 0.4, 0.883 at 0.5, 0.870 at 0.6


def vouching(
    doc: Doc, statements: Sequence[Statement], trigger: Sequence[Token], *, event: str = ""
) -> tuple[Statement | None, tuple[Evidence, ...]]:
    """Return the statement that vouches for an event, and why; None where the writer asserts it.

    ``trigger`` are the event's trigger tokens, ``event`` its PLOVER type if known.
    """
    around = covering(statements, trigger)
    if not around:
        return None, ()
    model = _model()
    if model is None:
        return around[0], (Evidence("statement", "innermost", around[0].cue[0] if around[0].cue else None),)
    scored = [(yes(model, features(doc, around, rank, trigger, event)), -rank) for rank in range(len(around))]
    best, rank = max(scored)
    chosen = around[-rank]
    evidence = Evidence("statement", NAME, chosen.cue[0] if chosen.cue else None, note=f"{best:.2f}")
    return (chosen if best >= ENOUGH else None), (evidence,)


def covering(statements: Sequence[Statement], trigger: Sequence[Token]) -> list[Statement]:
    """Return the statements with a named speaker whose message holds the trigger and whose cue it is not, innermost first."""
    found = [
        s
        for s in statements
        if s.source_span is not None and _holds(s.message, trigger) and not any(_inside(s.cue, t) for t in trigger)
    ]
    return sorted(found, key=lambda s: sum(m.end - m.start for m in s.message))


def yes(model: Linear, named: Iterable[str]) -> float:
    """Return the probability of "yes"."""
    return float(model.probabilities(named)[model.labels.index("yes")])


@cache
def _model() -> Linear | None:
    return load_linear(NAME) if (WEIGHTS / f"{NAME}.npz").exists() else None


def _inside(spans: Iterable[Span], token: Token) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _holds(spans: Sequence[Span], trigger: Sequence[Token]) -> bool:
    return all(_inside(spans, token) for token in trigger)


def features(doc: Doc, around: Sequence[Statement], rank: int, trigger: Sequence[Token], event: str) -> list[str]:
    """Return named features of one statement around a trigger; ``rank`` 0 is the innermost of ``around``."""
    statement = around[rank]
    kind = statement.evidence[0].note
    head = min(trigger, key=lambda t: (len(list(t.ancestors)), t.i))
    where = _where(head, statement)
    speaker = (statement.source_span.quote if statement.source_span else "").lower()
    pronoun = speaker if len(speaker) < 5 else "name"
    outer = [s.evidence[0].note for s in around[rank + 1 :]]
    mood = _mood(head)
    return [
        f"kind={kind}",
        f"form={statement.form}",
        f"form={statement.form} kind={kind}",
        f"kind={kind} where={where}",
        f"form={statement.form} where={where}",
        f"kind={kind} pos={head.pos_}",
        f"where={where}",
        f"pos={head.pos_} dep={head.dep_}",
        f"article={_article(head)} form={statement.form}",
        f"article={_article(head)} kind={kind} form={statement.form}",
        f"mood={mood}",
        f"mood={mood} where={where} form={statement.form}",
        f"rank={min(rank, 2)} of={min(len(around), 3)}",
        f"speaker={pronoun} outer={bool(outer)}",
        f"outer={outer[0] if outer else '-'}",
        f"kind={kind} outer={bool(outer)}",
        f"event={event} kind={kind}",
        f"event={event} form={statement.form}",
        f"stance={statement.stance}",
        f"rule={statement.evidence[0].rule}",
        f"lemma={head.lemma_}",
    ]


def _article(head: Token) -> str:
    for child in head.children:
        if child.dep_ in ("det", "det:poss"):
            return child.lemma_[:3]
    return "none"


def _mood(head: Token) -> str:
    token: Token = head
    while (
        token.dep_ not in ("ROOT", "ccomp", "xcomp", "acl", "advcl", "conj", "parataxis", "csubj")
        and token.head is not token
    ):
        token = token.head
    for verb in (token, *token.children):
        mood = verb.morph.get("Mood", [])
        if mood and (verb is token or verb.dep_ in ("aux", "cop", "aux:pass")):
            return f"{mood[0]}{verb.morph.get('Tense', [''])[0]}"
    return "none"


def _where(head: Token, statement: Statement) -> str:
    """Return the way from the trigger up to the top of the message: attributive, in a relative clause, depth."""
    depth, token = 0, head
    seen = []
    while token.head is not token and _inside(statement.message, token.head) and depth < 12:
        if token.dep_ in ("amod", "acl", "advcl"):
            seen.append(token.dep_)
        token = token.head
        depth += 1
    return (seen[-1] if seen else "") + ("top" if depth == 0 else "near" if depth < 3 else "deep")
