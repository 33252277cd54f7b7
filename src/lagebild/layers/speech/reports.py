"""Builds a ``Found`` from each reporting verb."""

from __future__ import annotations

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
from lagebild.layers.speech.inserted import may_be_inserted, told_around, told_on, verb_last, with_so
from lagebild.layers.speech.persons import may_speak
from lagebild.layers.speech.phrases import noun_row
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.speakers import addressee, nearest_subject, relayed, speaker, subject
from lagebild.layers.speech.tree import Tree
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
    if found is not None and _judged(tree, cue):
        _said_by_nobody(tree, cue, found)
    if found is not None and (relied := relayed(tree, cue, words)):
        found.wrapper |= found.source
        found.source = relied - found.message
        found.message -= found.source
    return found


def _judged(tree: Tree, cue: Cue) -> bool:
    """Tell an infinitive that is only judged: "Es wäre naiv zu glauben, man könne ..."."""
    if tree.forms[cue.index].verb != "Inf" or not any(tree.lower[c] == "zu" for c in tree.children[cue.index]):
        return False
    start = tree.bounds[tree.sentence[cue.index]][0]
    judging = (t for t in range(start, cue.index) if tree.pos[t] == "ADJ")
    copula = (tree.child(t, "cop") for t in judging if "es" in (tree.lower[c] for c in tree.children[t]))
    return any(verb is not None for verb in copula)


def _said_by_nobody(tree: Tree, cue: Cue, found: Found) -> None:
    """Take a sentence around a judged infinitive for the writer's own: nobody is heard in it."""
    found.unsaid, found.source = True, set()
    found.message = set(range(*tree.bounds[tree.sentence[cue.index]]))


def _report(tree: Tree, cue: Cue, words: SpeechWords) -> Found | None:
    if any(
        tree.lower[c] in words.groups["consisting"]
        and c > tree.bounds[tree.sentence[c]][0]  # "Darin wird er aufgefordert, ..."
        and wrong_correlate(tree, c, cue.row)
        for c in tree.children[cue.index]
    ):
        return None  # "Der Unterschied besteht darin, dass ..." is no "besteht darauf"
    source = speaker(tree, cue, words)
    if "written" in cue.row.frames and not is_written(tree, words, source):
        return None  # "steht vor dem Aus": nothing is written anywhere
    heard = addressee(tree, cue, source)
    like = as_clause(tree, words, cue.index)
    head = subject(tree, cue.index) if cue.passive else None
    undergone = head is not None and tree.pos[head] == "PRON" and tree.lower[head] != "es"
    if like is not None and not undergone:  # "ein Wandel, wie er nicht vorhergesehen wurde"
        aside = clause_tokens(tree, cue.index)
        if tree.deps[cue.index] == "ROOT":
            aside = set(range(like, max({*cue.tokens, *(t for t in source if t > like)}) + 1))
        message = rest_of_sentence(tree, words, aside)
        source = source or named_in(tree, words, cue, set(range(like, max(cue.tokens) + 1)))
        return _found(tree, cue, "Indirect", message, source, heard, extra={like})
    if not undergone and (between := as_aside(tree, words, cue)) is not None:
        message = rest_of_sentence(tree, words, between)
        source = (source & between) or named_in(tree, words, cue, between)
        return _found(tree, cue, "Indirect", message, source, heard & between, extra={min(between)})
    if with_so(tree, cue) and may_be_inserted(tree, cue, words) and (message := told_around(tree, cue, source, words)):
        return _found(tree, cue, "Indirect", message, source, heard)
    clauses = [c for c in content_clauses(tree, cue, words) if c not in source]
    named = noun_content(tree, cue, words, source, heard)
    asides = [c for c in clauses if c > cue.index and _other_source(tree, words, c)] if named else []
    if asides:
        named -= set().union(*(tree.subtree(c) for c in asides))
        return _in_summary(tree, cue, words, named, source, heard) if named else None
    if clauses:
        frame = _frame(tree, cue, source, heard, clauses)
        message = complete(tree, cue, words, stretch(tree, clauses, frame), frame, clauses)
        if message and max(message) < cue.index and is_inserted(tree, cue.index):
            finite = tree.finite(cue.index)
            first = min(cue.index, finite if finite is not None else cue.index)
            message |= trim(tree, set(range(min(message), first)) - source - cue.tokens)
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
    pointing = "clause" in cue.row.frames and (
        all(tree.lower[t] in words.groups["pointers"] for t in named) or points_back(tree, cue, words)
    )
    if pointing and (message := pointed_at(tree, cue, words, source)):
        return _found(tree, cue, "Indirect", message, source - message, heard)
    return _in_summary(tree, cue, words, named, source, heard)


def _other_source(tree: Tree, words: SpeechWords, clause: int) -> bool:
    """Tell who vouches for the sentence from what is said: "Er verlangte die Freilassung, wie das Amt mitteilte"."""
    reports = {tree.lemmas[clause], tree.separable(clause)} & set(words.verbs)
    return bool(reports) and as_clause(tree, words, clause) is not None


def _in_summary(
    tree: Tree, cue: Cue, words: SpeechWords, named: set[int], source: set[int], heard: set[int]
) -> Found | None:
    """Return what is told by a noun phrase alone: "Kiew forderte den Abzug"."""
    judges = any(tree.words[t] in QUOTE_MARKS for t in named) or _sees_in(tree, cue, words)
    if "weak" in cue.row.frames and not judges:
        return None
    if named and not source and not cue.passive:
        head = nearest_subject(tree, cue.index, named)
        source = tree.noun_phrase(head) - named - cue.tokens if head is not None else source
    if named and (source or cue.passive):
        return _found(tree, cue, "Reported", named, source, heard, clausal=False)
    return None


def _sees_in(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell a judgement, "sieht in dem Gesetz eine Gefahr", from a sight: "sah im Wald ein Licht"."""
    if "in" not in cue.row.frames:
        return False
    children = tree.children[cue.index]
    held = (t for t in children if tree.deps[t] == "obj" and tree.pos[t] == "NOUN")
    judged = any(tree.lemmas[t].lower().endswith(tuple(words.groups["judgements"])) for t in held)
    places = (tree.child(t, "case") for t in children if tree.deps[t] == "obl")
    inside = any(c is not None and tree.lower[c] in ("in", "im") for c in places)
    return judged and (inside or any(tree.lower[t] == "darin" for t in children))


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
        message = trim(tree, set(after if min(clauses) > middle else before)) or message
    if min(message) > middle:
        message = message | _konjunktiv_before(tree, cue, min(message))
        first = _opening(tree, cue, message, middle, frame)
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
    return without_comment(tree, words, without_date(tree, words, message))


def without_date(tree: Tree, words: SpeechWords, message: set[int]) -> set[int]:
    """Cut off behind an infinitive when that was said: "kündigte an, zu gehen, nachdem man ihn kritisiert hatte"."""
    for at in sorted(message)[2:]:
        if tree.forms[at].verb == "Fin":
            break
        if tree.lower[at] in words.groups["dating_said"] and tree.words[at - 1] == ",":
            return trim(tree, {t for t in message if t < at})
    return message


def without_comment(tree: Tree, words: SpeechWords, message: set[int]) -> set[int]:
    """Cut off what the writer adds: "..., was bisher nicht bestätigt ist"."""
    for at in sorted(message)[2:]:
        if tree.lower[at] in words.groups["comments"] and tree.words[at - 1] == ",":
            rest = [t for t in range(at, max(message) + 1) if tree.forms[t].verb == "Fin"]
            if rest and all(tree.forms[t].mood != "Sub" for t in rest) and rest[-1] == max(message):
                return trim(tree, {t for t in message if t < at})
    return message


def _konjunktiv_before(tree: Tree, cue: Cue, first: int) -> set[int]:
    """Return what stands between the comma right behind the verb and the message, if it is told: "führte aus, es gäbe ..., die"."""
    at = max(cue.tokens) + 1
    if at >= first - 1 or tree.words[at] not in (",", ":"):
        return set()
    told = any(tree.forms[t].verb == "Fin" and tree.forms[t].mood == "Sub" for t in range(at + 1, first))
    return set(range(at + 1, first)) if told else set()


def _opening(tree: Tree, cue: Cue, message: set[int], middle: int, frame: set[int]) -> int:
    """Return where a clause behind the verb begins: an infinitive, or a clause cut down to its verb, behind the first comma."""
    first = min(message)
    if len(message) > 2 and any(tree.forms[t].verb == "Fin" for t in message):
        return first
    named = frame - tree.subtree(cue.index) | {t for t in frame if tree.deps[t].startswith("nsubj")}
    last = max((t for t in {*cue.tokens, *named, middle} if t < first), default=middle)
    comma = next((t for t in range(last + 1, first) if tree.words[t] in (",", ":")), None)
    if comma is None or any(tree.forms[t].verb == "Fin" for t in range(comma + 1, first)):
        return first
    return comma + 1


def until_next_report(tree: Tree, message: set[int]) -> set[int]:
    """Cut a message in the Konjunktiv where the reporting goes on: "..., man prüfe das und kündigte an, ..."."""
    ordered = sorted(message)
    finite = next((t for t in ordered if tree.forms[t].verb == "Fin"), None)
    if finite is None or tree.forms[finite].mood != "Sub":
        return message
    for at in ordered:
        after = at + 1
        if at > finite and tree.lower[at] in ("und", "sowie", ",") and after in message:
            verb = after if tree.words[at] == "," else _next_verb(tree, after, max(message))
            form = tree.forms[verb]
            if form.verb == "Fin" and form.mood == "Ind" and form.tense == "Past" and tree.pos[verb] == "VERB":
                return trim(tree, {t for t in message if t < at})
    return message


def _next_verb(tree: Tree, first: int, last: int) -> int:
    """Return the finite verb of a main clause that opens at ``first``, else ``first``."""
    for at in range(first, last + 1):
        if tree.words[at] == "," or tree.pos[at] in ("SCONJ", "CCONJ"):
            break
        if tree.forms[at].verb == "Fin":
            return at if at < last else first
    return first


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
