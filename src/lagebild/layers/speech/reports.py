"""Builds a ``Found`` from each reporting verb."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.tree import AUXILIARIES, Tree
from lagebild.layers.speech.verbs import (
    Cue,
    addressee,
    content_clauses,
    is_inserted,
    noun_content,
    speaker,
    stretch,
    trim,
)
from lagebild.rules.speech import SpeechWords


def report(tree: Tree, cue: Cue, words: SpeechWords) -> Found | None:
    """Return the statement told by a reporting verb, or None where it tells none."""
    source = speaker(tree, cue, words)
    heard = addressee(tree, cue, source)
    like = as_clause(tree, cue.index)
    if like is not None:
        message = rest_of_sentence(tree, cue.index)
        return _found(tree, cue, "Indirect", message, source, heard, extra={like})
    clauses = [c for c in content_clauses(tree, cue, words) if c not in source]
    if clauses:
        message = stretch(tree, clauses, _frame(tree, cue, source, heard, clauses))
        if message:
            return _found(tree, cue, "Indirect", message, source, heard)
    if is_inserted(tree, cue.index) and (message := told_around(tree, cue, source)):
        return _found(tree, cue, "Indirect", message, source, heard)
    if "weak" in cue.row.frames:
        return None
    message = noun_content(tree, cue, source, heard)
    if message and (source or cue.passive):
        return _found(tree, cue, "Reported", message, source, heard, clausal=False)
    return None


def _found(
    tree: Tree,
    cue: Cue,
    form: str,
    message: set[int],
    source: set[int],
    heard: set[int],
    *,
    extra: set[int] | None = None,
    clausal: bool = True,
) -> Found:
    return Found(
        rule=cue.row.id,
        form=form,  # type: ignore[arg-type]
        message=message,
        cue=set(cue.tokens) | (extra or set()),
        source=source - message,
        addressee=heard - message,
        stance=cue.row.stance,
        kind=cue.row.kind,
        anchor=cue.index,
        clausal=clausal,
    )


def _frame(tree: Tree, cue: Cue, source: set[int], heard: set[int], clauses: list[int]) -> set[int]:
    """Return the tokens of the verb's own clause: everything below the verb that is not below a content clause."""
    said: set[int] = set()
    for clause in clauses:
        said |= tree.subtree(clause)
    return (tree.subtree(cue.index) - said) | source | heard | set(cue.tokens)


def as_clause(tree: Tree, index: int) -> int | None:
    """Return the "wie" that opens the clause of the verb ("wie die Polizei mitteilte"), or None."""
    if tree.deps[index] not in ("advcl", "ROOT", "parataxis", "ccomp", "acl", "conj", "dep"):
        return None
    start = min(tree.subtree(index))
    for at in range(start, min(start + 4, index)):
        if tree.lower[at] == "wie" and tree.heads[at] == index and tree.deps[at] in ("mark", "advmod", "case", "dep"):
            alone = all(tree.words[i] in ",;–-(" for i in range(start, at))
            finite = tree.finite(index)
            return at if alone and finite is not None and finite > at + 1 else None
    return None


def clause_tokens(tree: Tree, index: int) -> set[int]:
    """Return the tokens of the frame clause headed by ``index``, with the commas around it."""
    tokens = tree.subtree(index)
    return set(range(min(tokens), max(tokens) + 1))


def rest_of_sentence(tree: Tree, index: int) -> set[int]:
    """Return the sentence without the "wie" clause."""
    start, end = tree.bounds[tree.sentence[index]]
    return trim(tree, set(range(start, end)) - clause_tokens(tree, index))


def told_around(tree: Tree, cue: Cue, source: set[int]) -> set[int]:
    """Return what stands before (and, after a comma, behind) an inserted reporting clause."""
    start, _ = tree.bounds[tree.sentence[cue.index]]
    finite = tree.finite(cue.index)
    first = min(cue.index, finite if finite is not None else cue.index)
    message = trim(tree, set(range(start, first)) - source - set(cue.tokens))
    has_verb = any(tree.forms[i].verb == "Fin" for i in message)
    return message if has_verb and not any(tree.deps[c] in AUXILIARIES and c in message for c in tree.children[cue.index]) else set()
