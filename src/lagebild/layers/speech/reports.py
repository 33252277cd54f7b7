"""Builds a ``Found`` from each reporting verb."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.layers.speech.asides import as_aside, as_clause, clause_tokens, named_in, rest_of_sentence
from lagebild.layers.speech.contents import (
    content_clauses,
    is_inserted,
    noun_content,
    stretch,
    told_behind,
    trim,
    wrong_correlate,
)
from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.phrases import noun_row
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.speakers import addressee, may_speak, nearest_subject, relayed, speaker, subject
from lagebild.layers.speech.tree import AUXILIARIES, VERBAL, Tree
from lagebild.rules.speech import SpeechWords

BINDS_ITSELF = frozenset({"confirm", "agree", "decide", "admit", "promise", "announce"})
RELATIVES = frozenset(
    {"der", "die", "das", "dem", "den", "denen", "welcher", "welche", "welches", "welchem", "welchen"}
)


def report(tree: Tree, cue: Cue, words: SpeechWords) -> Found | None:
    """Return the statement told by a reporting verb, or None where it tells none."""
    found = _report(tree, cue, words)
    if found is not None:
        found.wrapper, found.source = antecedent(tree, found.source, words)
    if found is not None and cue.row.kind in BINDS_ITSELF and negated(tree, cue, words):
        found.unsaid = True
    if found is not None and (relied := relayed(tree, cue, words)):
        found.wrapper |= found.source
        found.source = relied - found.message
        found.message -= found.source
    return found


def _report(tree: Tree, cue: Cue, words: SpeechWords) -> Found | None:
    if any(
        tree.lower[c] in words.groups["consisting"] and wrong_correlate(tree, c, cue.row)
        for c in tree.children[cue.index]
    ):
        return None  # "Der Unterschied besteht darin, dass ..." is no "besteht darauf"
    source = speaker(tree, cue, words)
    if "written" in cue.row.frames and not is_written(tree, words, source):
        return None  # "steht vor dem Aus": nothing is written anywhere
    heard = addressee(tree, cue, source)
    like = as_clause(tree, cue.index)
    if like is not None:
        message = rest_of_sentence(tree, words, clause_tokens(tree, cue.index))
        source = source or named_in(tree, cue, set(range(like, max(cue.tokens) + 1)))
        return _found(tree, cue, "Indirect", message, source, heard, extra={like})
    aside = as_aside(tree, cue)
    if aside is not None:
        message = rest_of_sentence(tree, words, aside)
        source = (source & aside) or named_in(tree, cue, aside)
        return _found(tree, cue, "Indirect", message, source, heard & aside, extra={min(aside)})
    clauses = [c for c in content_clauses(tree, cue, words) if c not in source]
    if clauses:
        frame = _frame(tree, cue, source, heard, clauses)
        message = complete(tree, cue, words, stretch(tree, clauses, frame), frame, clauses)
        if message and max(message) < cue.index and is_inserted(tree, cue.index):
            message |= told_on(tree, cue, source, words)
        if message:
            return _found(tree, cue, "Indirect", message, source, heard)
    if may_be_inserted(tree, cue, words) and (message := told_around(tree, cue, source, words)):
        return _found(tree, cue, "Indirect", message, source, heard)
    if behind := told_behind(tree, cue, words):
        behind = complete(tree, cue, words, behind, set(cue.tokens) - behind | source | heard, [min(behind)])
        found = _found(tree, cue, "Indirect", behind, source, heard)
        found.cue -= behind
        return found
    named = noun_content(tree, cue, words, source, heard)
    pointing = "clause" in cue.row.frames and (
        all(tree.lower[t] in words.groups["pointers"] for t in named) or points_back(tree, cue, words)
    )
    if pointing and (message := pointed_at(tree, cue, words, source)):
        return _found(tree, cue, "Indirect", message, source - message, heard)
    if "weak" in cue.row.frames and not any(tree.words[t] in QUOTE_MARKS for t in named):
        return None
    if named and not source and not cue.passive:
        head = nearest_subject(tree, cue.index, named)
        source = tree.noun_phrase(head) - named - cue.tokens if head is not None else source
    if named and (source or cue.passive):
        return _found(tree, cue, "Reported", named, source, heard, clausal=False)
    return None


def is_written(tree: Tree, words: SpeechWords, source: set[int]) -> bool:
    """Tell a writing, or a place of which a name says that it is one: "In der „Zeit“ steht"."""
    if any(noun_row(tree, words, t) is not None for t in source):
        return True
    return any(tree.pos[t] == "PROPN" for t in source) and tree.pos[min(source)] == "ADP"


def negated(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell whether the reporting verb itself is negated ("nicht", "kein Sprecher", "weder")."""
    finite = tree.finite(cue.index)
    ends = (cue.index, finite if finite is not None else cue.index)
    head = subject(tree, cue.index)
    for at in (*tree.children[cue.index], *(tree.children[head] if head is not None else ())):
        if tree.lower[at] in words.groups["negators"] and tree.lower[at + 1 : at + 2] != ["nur"]:
            beside = ("," not in tree.words[min(at, end) : max(at, end)] for end in ends)
            if any(beside):
                return True
    return False


def may_be_inserted(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell whether the verb can close or interrupt what it reports; a weak one only after a quotation mark or Konjunktiv."""
    if "quote" not in cue.row.frames or not is_inserted(tree, cue.index):
        return False
    start, _ = tree.bounds[tree.sentence[cue.index]]
    while start < cue.index and tree.pos[start] == "PUNCT":
        start += 1
    if tree.lower[start] in words.groups["subordinators"] and tree.words[start - 1] not in QUOTE_MARKS:
        return False
    if takes_object(tree, cue) or opens_colon(tree, cue) or _subordinate(tree, words, cue.index):
        return False
    finite = tree.finite(cue.index)
    first = min(cue.index, finite if finite is not None else cue.index)
    if any(tree.deps[c] == "advcl" and c < first and first - 2 in tree.subtree(c) for c in tree.children[cue.index]):
        return False
    if "weak" not in cue.row.frames:
        return True
    return any(tree.words[t] in QUOTE_MARKS for t in range(max(start, first - 2), first))


def _subordinate(tree: Tree, words: SpeechWords, index: int) -> bool:
    """Tell a verb that closes a subordinate clause: "als er sich in dem Zug, in dem die Anhänger saßen, befand"."""
    marks = [c for c in tree.children[index] if tree.deps[c] == "mark" and c < index - 1]
    return any(tree.lower[c] in words.groups["subordinators"] for c in marks) and verb_last(tree, index)


def takes_object(tree: Tree, cue: Cue) -> bool:
    """Tell a verb with an object of its own behind it: "fand eine Anstellung" closes no statement."""
    return any(
        tree.deps[c] == "obj" and c > cue.index and tree.pos[c] in ("NOUN", "PROPN") and c not in cue.tokens
        for c in tree.children[cue.index]
    )


def opens_colon(tree: Tree, cue: Cue) -> bool:
    """Tell whether what is said comes behind a colon: "Im Brief, den er schickte, erklärt er: ..."."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    return next((tree.words[t] for t in range(cue.index + 1, end) if tree.words[t] in ",:.;–"), "") == ":"


def complete(
    tree: Tree, cue: Cue, words: SpeechWords, message: set[int], frame: set[int], clauses: list[int]
) -> set[int]:
    """Mend what the parser cut off: keep one side of the verb, start behind the comma, go on to the end of the sentence."""
    if not message:
        return message
    finite = tree.finite(cue.index)
    middle = finite if finite is not None else cue.index
    _start, end = tree.bounds[tree.sentence[cue.index]]
    after = [t for t in message if t > middle]
    before = [t for t in message if t < middle]
    if after and before:
        message = set(after if min(clauses) > middle else before)
    if min(message) > middle:
        first = min(message)
        while (
            first - 1 > middle
            and tree.words[first - 1] not in (",", ":", ";", "–")
            and first - 1 not in cue.tokens | frame
        ):
            first -= 1
        if first - 1 > middle and tree.words[first - 1] in (",", ":"):
            message = message | set(range(first, min(message)))
        last = max(message)
        above = _ancestors(tree, cue.index)
        rest = range(last + 1, end)
        stops = turns(tree, last, end, words) or any(
            t in above or t in cue.tokens or (tree.deps[t] == "conj" and tree.heads[t] in above) or tree.words[t] == ";"
            for t in rest
        )
        if not stops and len(rest) > 1:
            message = trim(tree, message | set(rest))
        message = until_next_report(tree, message)
    return message


def until_next_report(tree: Tree, message: set[int]) -> set[int]:
    """Cut a message in the Konjunktiv where the reporting goes on: "..., man prüfe das und kündigte an, ..."."""
    ordered = sorted(message)
    finite = next((t for t in ordered if tree.forms[t].verb == "Fin"), None)
    if finite is None or tree.forms[finite].mood != "Sub":
        return message
    for at in ordered:
        after = at + 1
        if at > finite and tree.lower[at] in ("und", "sowie") and after in message:
            form = tree.forms[after]
            if form.verb == "Fin" and form.mood == "Ind" and form.tense == "Past" and tree.pos[after] == "VERB":
                return trim(tree, {t for t in message if t < at})
    return message


def turns(tree: Tree, last: int, end: int, words: SpeechWords) -> bool:
    """Tell whether the writer takes the word again behind a message: ", doch die Regierung lehnt das ab"."""
    for at in range(last + 1, end - 1):
        if tree.lower[at] in words.groups["turners"]:
            finite = next((t for t in range(at, end) if tree.forms[t].verb == "Fin"), None)
            return finite is not None and tree.forms[finite].mood != "Sub"
    return False


def _ancestors(tree: Tree, index: int) -> set[int]:
    above = {index}
    while tree.heads[index] != index:
        index = tree.heads[index]
        above.add(index)
    return above


def points_back(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell a sentence that opens with "Das" or "Dies" and goes on with the verb."""
    start, _ = tree.bounds[tree.sentence[cue.index]]
    if tree.lower[start] not in words.groups["pointers"]:
        return False
    finite = tree.finite(cue.index)
    return (finite if finite is not None else cue.index) == start + 1


def verb_last(tree: Tree, index: int) -> bool:
    """Tell a clause that ends in its finite verb, as relative and other subordinate clauses do."""
    finite = tree.finite(index)
    if finite is None or finite < index:
        return False
    end = tree.bounds[tree.sentence[index]][1]
    return finite + 1 >= end or tree.pos[finite + 1] in ("PUNCT", "CCONJ")


def pointed_at(tree: Tree, cue: Cue, words: SpeechWords, source: set[int]) -> set[int]:
    """Return the sentence before, where the verb only points back at it: "Das sagte der Minister"."""
    start, _ = tree.bounds[tree.sentence[cue.index]]
    number = tree.sentence[cue.index]
    pointer = next((c for c in tree.children[cue.index] if tree.lower[c] in words.groups["pointers"]), None)
    if pointer is None and points_back(tree, cue, words):
        pointer = start
    if pointer is None or pointer > cue.index:
        return set()
    if pointer > start + 1:
        if verb_last(tree, cue.index):
            return set()  # "das Lager, das Zelte anbietet": a relative clause
        message = trim(tree, set(range(start, pointer)))
        spoken = tree.words[pointer - 1] in (",", "–", "-", ";") and any(tree.forms[t].verb == "Fin" for t in message)
        return message if spoken else set()
    if number == 0 or tree.deps[cue.index] != "ROOT":
        return set()
    before, stop = tree.bounds[number - 1]
    return trim(tree, set(range(before, stop))) | {pointer}


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
    source = source - message
    if not source and not cue.passive and clausal:
        head = nearest_subject(tree, cue.index, message)
        source = tree.noun_phrase(head) - message - cue.tokens if head is not None else source
    return Found(
        rule=cue.row.id,
        form=form,  # type: ignore[arg-type]
        message=message,
        cue=set(cue.tokens) | (extra or set()),
        source=source,
        addressee=heard - message,
        stance=cue.row.stance,
        kind=cue.row.kind,
        anchor=cue.index,
        clausal=clausal,
    )


def antecedent(tree: Tree, source: set[int], words: SpeechWords) -> tuple[set[int], set[int]]:
    """Split off a relative pronoun and return it with the phrase it stands for."""
    said = {t for t in source if tree.pos[t] != "ADP"}
    if len(said) != 1 or len(source) > 2:
        return set(), source
    (pronoun,) = said
    clause = tree.clause(tree.heads[pronoun])
    if tree.deps[clause] != "acl" or tree.lower[pronoun] not in RELATIVES:
        return set(), source
    head = tree.heads[clause]
    place = tree.child(head, "case")
    if tree.deps[head] == "nmod" and place is not None and tree.lower[place] in words.groups["evidence_prefixes"]:
        above = tree.heads[head]  # "der Regierung in Bamako, die ...": the government says it, not the town
        head = above if may_speak(tree, above, words) else head
    return source, tree.noun_phrase(head) - tree.subtree(clause)


def _frame(tree: Tree, cue: Cue, source: set[int], heard: set[int], clauses: list[int]) -> set[int]:
    """Return the tokens of the verb's own clause: everything below the verb that is not below a content clause."""
    said: set[int] = set()
    for clause in clauses:
        said |= tree.subtree(clause)
    return (tree.subtree(cue.index) - said) | source | heard | set(cue.tokens)


def told_around(tree: Tree, cue: Cue, source: set[int], words: SpeechWords) -> set[int]:
    """Return what stands before an inserted reporting clause, whose verb comes before its subject."""
    start, _ = tree.bounds[tree.sentence[cue.index]]
    finite = tree.finite(cue.index)
    if finite is None or any(tree.deps[c] == "cc" for c in tree.children[cue.index]):
        return set()
    first = min(cue.index, finite)
    if source and min(source) < first:
        return set()
    first -= tree.lower[first - 1] == "so"  # ", so sagte er"
    if opens_clause(tree, words, start, first):
        return set()
    message = trim(tree, set(range(start, first)) - source - set(cue.tokens))
    has_verb = any(tree.forms[i].verb == "Fin" for i in message)
    if message and not has_verb and (rest := goes_on_behind(tree, cue, source)):
        return message | rest
    if message:
        message |= told_on(tree, cue, source, words)
    return (
        message
        if has_verb and not any(tree.deps[c] in AUXILIARIES and c in message for c in tree.children[cue.index])
        else set()
    )


def opens_clause(tree: Tree, words: SpeechWords, start: int, first: int) -> bool:
    """Tell what is only the first part of the verb's own clause: "Die Leute, die dort warten, warnte er"."""
    openers = words.groups["relative_words"] | words.groups["subordinators"] | words.groups["relative_adverbs"]
    opened = closed = False
    for begin, end in _stretches(tree, start, first):
        finite = [t for t in range(begin, end) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL]
        opened = opened or tree.lower[begin + (tree.pos[begin] == "ADP" and begin + 1 < end)] in openers
        if finite and (not opened or finite[-1] != end - 1):
            return False
        opened, closed = opened and not finite, closed or bool(finite)
    return closed


def _stretches(tree: Tree, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas, without punctuation at their ends."""
    begin = start
    for at in range(start, stop + 1):
        if at == stop or tree.words[at] == ",":
            end = at
            while end > begin and tree.pos[end - 1] == "PUNCT":
                end -= 1
            if end > begin:
                yield begin, end
            begin = at + 1


def goes_on_behind(tree: Tree, cue: Cue, source: set[int]) -> set[int]:
    """Return the rest of a sentence interrupted before its verb: "Tatsächlich, so betont die Polizei, ist der Fall gelöst"."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    at = max(cue.tokens | source) + 1
    if at + 1 >= end or tree.words[at] not in (",", "–") or tree.forms[at + 1].verb != "Fin":
        return set()
    return trim(tree, set(range(at + 1, end)))


def told_on(tree: Tree, cue: Cue, source: set[int], words: SpeechWords) -> set[int]:
    """Return what goes on behind an inserted reporting clause: a subordinate clause or one in the Konjunktiv."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    at = max(cue.tokens | source) + 1
    while at < end and tree.words[at] not in (",", "–", ";", ":"):
        at += 1
    rest = trim(tree, set(range(at + 1, end)))
    if not rest:
        return rest
    first = min(rest)
    if tree.heads[first] in source or any(
        tree.deps[tree.clause(t)] == "acl" and tree.heads[tree.clause(t)] in source for t in (first,)
    ):
        return set()
    finite = next((t for t in range(first, end) if tree.forms[t].verb == "Fin"), None)
    goes_on = tree.lower[first] in words.groups["subordinators"] and tree.lower[first] not in words.groups["turners"]
    said = goes_on or (finite is not None and tree.forms[finite].mood == "Sub")
    return rest if said else set()
