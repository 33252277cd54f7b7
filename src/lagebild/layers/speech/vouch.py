"""Decides whose word an event stands on: which of the statements around its trigger vouches for it, or none.

That a trigger lies in a message is not enough. "Er kündigte an, den festgesetzten Präsidenten zu töten": the killing
stands on his word, the arrest is told by the writer. "Sie begrüßte die Einigung": the writer asserts the agreement.
And of two speakers, one told by the other, it is mostly the outer one who vouches. A small log-linear component learnt
from the corpus weighs this (``model/speech.py``); without its weights the innermost speaker vouches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from lagebild.layers.columns import Columns
from lagebild.layers.linear import WEIGHTS, Linear, load_linear
from lagebild.layers.speech.tree import form_of
from lagebild.records import Evidence, Span, Statement

NAME = "speech_vouch"
TURN = "speech-interview"  # interview.RULE
SOURCED = frozenset(("speech-phrase-laut", "speech-phrase-zufolge"))
"""Phrases whose speaker vouches for every deed that a verb of their clause tells: "laut Polizei", "dem Amt zufolge"."""
SAID = frozenset(("say", "report"))
AFTER = "nach"
"""The same with a noun of saying: "nach Angaben der Polizei", not "nach Ansicht", "nach dem Willen"."""
ENOUGH = 0.5  # probability from which a statement vouches; corpus/dev: 0.880 at 0.4, 0.883 at 0.5, 0.870 at 0.6
CLAUSES = frozenset(("ROOT", "ccomp", "xcomp", "acl", "advcl", "conj", "parataxis", "csubj", "csubj:pass"))
ATTRIBUTIVE = frozenset(("amod", "acl", "advcl"))
TO = frozenset(("zu", "zum", "zur"))
HAPPENING = frozenset(("stattfinden", "ereignen", "erfolgen"))
DOING = frozenset(
    ("äußern", "erheben", "üben", "verüben", "begehen", "führen", "durchführen", "unternehmen", "leisten")
)
"""Verbs that only say that what their object names was done: "erhob Vorwürfe", "verübte einen Anschlag"."""
AUXILIARIES = frozenset(("aux", "cop", "aux:pass"))
DEEPEST = 12


def vouching(
    columns: Columns, statements: Sequence[Statement], trigger: Sequence[int], *, event: str = ""
) -> tuple[Statement | None, tuple[Evidence, ...]]:
    """Return the statement that vouches for an event, and why; None where the writer asserts it.

    ``trigger`` are the numbers of the event's trigger tokens, ``event`` its PLOVER type if known.
    """
    around = covering(columns, statements, trigger)
    if not around:
        return None, ()
    turn = next((s for s in around if s.evidence and s.evidence[0].rule == TURN), None)
    if turn is not None:  # in an interview who has the turn vouches, unless he tells another's word
        around.remove(turn)
        chosen, why = _of(columns, around, trigger, event) if around else (None, ())
        return (chosen, why) if chosen is not None else (turn, (Evidence("statement", TURN, turn.source_span),))
    return _of(columns, around, trigger, event)


def _of(
    columns: Columns, around: Sequence[Statement], trigger: Sequence[int], event: str
) -> tuple[Statement | None, tuple[Evidence, ...]]:
    """Return which of the statements around a trigger vouches, by the vote."""
    if len(around) == 1 and _is_sourced(around[0]) and _told_by_verb(columns, around[0], trigger):
        return around[0], (Evidence("statement", around[0].evidence[0].rule, around[0].cue[0]),)
    model = _model()
    if model is None:
        return around[0], (Evidence("statement", "innermost", around[0].cue[0] if around[0].cue else None),)
    scored = [(yes(model, features(columns, around, rank, trigger, event)), -rank) for rank in range(len(around))]
    best, rank = max(scored)
    chosen = around[-rank]
    evidence = Evidence("statement", NAME, chosen.cue[0] if chosen.cue else None, note=f"{best:.2f}")
    return (chosen if best >= ENOUGH else None), (evidence,)


def _is_sourced(statement: Statement) -> bool:
    """Whether a phrase names the source of what the whole clause tells."""
    why = statement.evidence[0]
    after = why.note in SAID and len(statement.cue) == 1 and statement.cue[0].quote.lower() == AFTER
    return why.rule in SOURCED or after


def _told_by_verb(columns: Columns, statement: Statement, trigger: Sequence[int]) -> bool:
    """Whether a verb tells the deed, no attribute or relative clause, so that what governs the clause holds for it.

    Of a noun the verb may say no more than that it was: "war es zu einer Revolte gekommen", "hat Vorwürfe erhoben".
    """
    head = _head(columns, trigger)
    if columns.pos[head] == "NOUN" and _only_was(columns, head):
        head = columns.head[head]
    return columns.pos[head] == "VERB" and not _where(columns, head, statement).startswith(tuple(ATTRIBUTIVE))


def _only_was(columns: Columns, noun: int) -> bool:
    """Whether the verb above a noun only says that it was, or was done."""
    verb, lower = columns.head[noun], columns.lower
    if columns.lemma[verb] in DOING and columns.dep[noun] in ("obj", "nsubj:pass"):
        return True
    if not any(lower[child] == "es" for child in columns.children[verb]):
        return columns.lemma[verb] in HAPPENING and columns.dep[noun].startswith("nsubj")
    prepositions = {lower[child] for child in columns.children[noun] if columns.dep[child] == "case"}
    if columns.lemma[verb] == "kommen":
        return not prepositions.isdisjoint(TO)
    return columns.lemma[verb] == "geben" and not prepositions and columns.dep[noun] in ("obj", "nsubj")


def covering(columns: Columns, statements: Sequence[Statement], trigger: Sequence[int]) -> list[Statement]:
    """Return the statements with a named speaker whose message holds the trigger and whose cue it is not, innermost first."""
    offsets = [columns.idx[token] for token in trigger]
    found = []
    for statement in statements:
        if statement.source_span is None:
            continue
        for offset in offsets:
            if not _inside(statement.message, offset) or _inside(statement.cue, offset):
                break
        else:
            found.append(statement)
    return sorted(found, key=lambda s: sum([m.end - m.start for m in s.message])) if len(found) > 1 else found


def yes(model: Linear, named: Iterable[str]) -> float:
    """Return the probability of "yes"."""
    return model.chance(named, "yes")


@cache
def _model() -> Linear | None:
    return load_linear(NAME) if (WEIGHTS / f"{NAME}.npz").exists() else None


def _inside(spans: Iterable[Span], offset: int) -> bool:
    for span in spans:  # noqa: SIM110 - asked for every statement and every trigger; any() costs twice as much
        if span.start <= offset < span.end:
            return True
    return False


def features(columns: Columns, around: Sequence[Statement], rank: int, trigger: Sequence[int], event: str) -> list[str]:
    """Return named features of one statement around a trigger; ``rank`` 0 is the innermost of ``around``."""
    statement = around[rank]
    kind, form = statement.evidence[0].note, statement.form
    head = _head(columns, trigger)
    pos, where = columns.pos[head], _where(columns, head, statement)
    article, mood = _article(columns, head), _mood(columns, head)
    speaker = (statement.source_span.quote if statement.source_span else "").lower()
    pronoun = speaker if len(speaker) < 5 else "name"
    told = rank + 1 < len(around)
    outer = around[rank + 1].evidence[0].note if told else "-"
    return [
        f"kind={kind}",
        f"form={form}",
        f"form={form} kind={kind}",
        f"kind={kind} where={where}",
        f"form={form} where={where}",
        f"kind={kind} pos={pos}",
        f"where={where}",
        f"pos={pos} dep={columns.dep[head]}",
        f"article={article} form={form}",
        f"article={article} kind={kind} form={form}",
        f"mood={mood}",
        f"mood={mood} where={where} form={form}",
        f"rank={min(rank, 2)} of={min(len(around), 3)}",
        f"speaker={pronoun} outer={told}",
        f"outer={outer}",
        f"kind={kind} outer={told}",
        f"event={event} kind={kind}",
        f"event={event} form={form}",
        f"stance={statement.stance}",
        f"rule={statement.evidence[0].rule}",
        f"lemma={columns.lemma[head]}",
    ]


def _head(columns: Columns, trigger: Sequence[int]) -> int:
    """Return the token nearest to the root, the first of several."""
    if len(trigger) == 1:
        return trigger[0]
    return min(trigger, key=lambda token: (_depth(columns.head, token), token))


def _depth(heads: Sequence[int], token: int) -> int:
    depth = 0
    while heads[token] != token:
        token = heads[token]
        depth += 1
    return depth


def _article(columns: Columns, head: int) -> str:
    for child in columns.children[head]:
        if columns.dep[child] in ("det", "det:poss"):
            return columns.lemma[child][:3]
    return "none"


def _mood(columns: Columns, head: int) -> str:
    dep, heads, token = columns.dep, columns.head, head
    while dep[token] not in CLAUSES and heads[token] != token:
        token = heads[token]
    for verb in (token, *columns.children[token]):
        if verb == token or dep[verb] in AUXILIARIES:
            form = form_of(columns.morph[verb])
            if form.mood:
                return form.mood + form.tense
    return "none"


def _where(columns: Columns, head: int, statement: Statement) -> str:
    """Return the way from the trigger up to the top of the message: attributive, in a relative clause, depth.

    A message that holds the root of its sentence has no top below it: the way is deep.
    """
    depth, token, seen = 0, head, ""
    heads, idx, dep = columns.head, columns.idx, columns.dep
    while depth < DEEPEST and _inside(statement.message, idx[heads[token]]):
        if heads[token] == token:
            return seen + "deep"
        if dep[token] in ATTRIBUTIVE:
            seen = dep[token]
        token = heads[token]
        depth += 1
    return seen + ("top" if depth == 0 else "near" if depth < 3 else "deep")
