"""What decides the status whatever the vote says: pairs of cues, conditions that are negated, and unreal mood.

* A pair of cues, or one cue that nothing speaks against, of ``status_pairs.tsv`` (``sure_pair``).
* What stands in a condition is conditional, negated or not: "Wenn die Armee nicht abzieht, ..." denies nothing
  (``in_condition``). Where the vote hears a demand in it ("droht, falls er nicht zurücktritt") it is left alone.
* "Beinahe wäre es zum Krieg gekommen", "Ohne die Wachen hätte er geschossen", "Er hätte schießen können": the
  subjunctive of the past tells what did not happen (``unreal``).
* "Moskau wird den Abzug verlangen": what somebody will demand, refuse or blame is planned (``to_come``). "Wir werden uns
  nicht beugen", said by somebody, refuses now and is left to the vote. So is what the present tense tells of a day after
  the day of publication: "Von Montag an schließt Riga die Grenze".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagebild.layers.scope import Hit, Tree, read_verb
from lagebild.layers.scope.verbs import AUXILIARY, MODALS
from lagebild.layers.status.context import Context
from lagebild.records import Event, Status
from lagebild.rules.status import ANY, STATUS_OF, Cue, StatusPair

NEAR = 2  # nodes to climb to a cue that counts here
REACH = {"": NEAR, "own": 0, "next": 1}
HAPPENED = frozenset(("fact-happen", "fact-do"))
ONLY_MEANT = frozenset(("gelten", "treffen", "fordern", "stellen"))  # "der geplante Anschlag galt der Botschaft"
TOLD = frozenset(("past", "perf", "plup"))
CONDITION = "negated-condition"
UNREAL = "unreal-mood"
TO_COME = "future-act"
DAY_OF = frozenset(("an", "in", "um", "von", "ab"))
TOMORROW = frozenset(("morgen", "übermorgen"))
SPOKEN_ACTS = frozenset(("REQUEST", "REJECT", "ACCUSE", "SUPPORT", "PROTEST"))
IF = frozenset(("if-mark", "if-until", "if-inverted"))
LIKE_FACTS = frozenset(("fact-come", "fact-happen"))  # "zum Krieg gekommen": the verb only says that it was
UNREAL_CUES = frozenset(("fail-nearly", "fail-hair"))
SINGULAR = frozenset(("hätte", "wäre", "wären"))  # "hätten" may stand for "haben" in reported speech
PAST_SUBJUNCTIVE = SINGULAR | {"hätten"}
CLAUSES = frozenset(("advcl", "parataxis", "ccomp", "dep", "csubj", "csubj:pass"))
OHNE = "ohne"


# ---- pairs


def sure_pair(
    hits: Sequence[Hit[Cue]], pairs: Sequence[StatusPair], event: Event | None = None, tree: Tree | None = None
) -> tuple[StatusPair, Hit[Cue]] | None:
    """Return the first pair of cues, or cue, that decides alone, with its outer cue."""
    near = [hit for hit in hits if not hit.outside and hit.distance <= NEAR]
    cues = {hit.cue.id for hit in near}
    for pair in pairs:
        if cues.isdisjoint(pair.inner):
            continue
        if pair.events and event is not None and not {event.type, f"{event.type}/{event.mode}"} & {*pair.events}:
            continue
        inner = next((hit for hit in near if hit.cue.id in pair.inner and _of_words(pair, hit, tree)), None)
        if inner is None or inner.distance > REACH[pair.reach] or (inner.distance == 0 and _came_true(near, tree)):
            continue
        if pair.negated:
            if inner.way in pair.ways and not inner.through and _negated(near, inner):
                return pair, inner
            continue
        if not pair.outer or pair.outer == ANY:
            beyond = pair.outer == ANY  # what is to end, or may not, goes on: what governs the end says nothing of it
            plain = beyond or not inner.negated or inner.cue.needs  # "keine Rede": the cue asks for the negation
            others = [hit for hit in near if hit.distance < inner.distance] if beyond else near
            if pair.reach == "next":  # "Im Vorfeld des Besuchs gab er keine Erklärung ab": that denies another thing
                others = [hit for hit in others if hit.way != "argument" or hit.distance <= inner.distance]
            if inner.way in pair.ways and plain and _unopposed(others, inner, pair.status):
                return pair, inner
            continue
        for hit in near:
            if hit.cue.id in pair.outer and hit.way in pair.ways and not hit.negated and hit.distance >= inner.distance:
                return pair, hit
    return None


def _came_true(near: Sequence[Hit[Cue]], tree: Tree | None) -> bool:
    """Whether the verb says that what was planned or feared was done after all: "die geplante Offensive begann"."""
    return tree is not None and any(
        hit.cue.id in HAPPENED
        and hit.distance == 1
        and hit.way in ("subject", "object")
        and not hit.negated
        and tree.key[hit.token] not in ONLY_MEANT
        and read_verb(tree, hit.token).tense in TOLD
        for hit in near
    )


def _of_words(pair: StatusPair, hit: Hit[Cue], tree: Tree | None) -> bool:
    return not pair.lemmas or tree is None or tree.key[hit.token] in pair.lemmas


def _negated(near: Sequence[Hit[Cue]], inner: Hit[Cue]) -> bool:
    """Whether a cue is negated, by itself or in its object ("will keinen Angriff ausschließen"); "muss nicht" leaves it free."""
    if any(hit.cue.category == "demand" for hit in near):
        return False
    return inner.negated or any(
        hit.cue.category == "negation" and hit.distance < inner.distance and hit.way in ("head", "argument")
        for hit in near
    )


def _unopposed(near: Sequence[Hit[Cue]], inner: Hit[Cue], status: Status) -> bool:
    """Whether no other cue, but for other readings of the same word, speaks for another status.

    What cannot or will not happen does not happen: where the cue denies, "kann" and "wird" are no opposition (but "kündigte
    an, ihn zu verhindern" and "ob er verzichtet" are), nor are they or "muss" where it says that something is done under a condition ("Andernfalls werde man angreifen").
    """
    agreeing: set[Status | None] = {None, "actual", status}
    if status == "conditional":
        agreeing |= {"possible", "planned", "demanded"}
    for hit in near:
        said = STATUS_OF.get(hit.cue.category)
        meant = (hit.way, hit.cue.category) == ("clause", "plan") or hit.cue.id == "whether"
        opened = hit.cue.id == "whether" and hit.way == "head"  # "ob er verzichtet": open what he does
        beyond = meant and (hit.distance > inner.distance or (opened and hit.distance == inner.distance))
        on_it = status == "denied" and said in ("possible", "planned") and not beyond
        if hit.token != inner.token and said not in agreeing and not on_it:
            return False
    return True


# ---- conditions


def in_condition(context: Context, index: int, label: str) -> int:
    """Return the word that opens the condition a negated event stands in, or -1."""
    hits = context.hits(index)
    negated_act = any(context.tree.lemma[token] in context.scope.negations for token in context.tokens[index])
    negated_act = negated_act or any(hit.cue.category == "negation" and hit.distance == 0 for hit in hits)
    if label != "denied" and not (label == "actual" and negated_act):
        return -1
    done = read_verb(context.tree, context.clause(index)).tense in ("perf", "plup")
    for hit in hits:
        if hit.cue.id == "if-until" and done:
            continue  # "solange er nicht gezahlt hat": he has not
        if hit.cue.id in IF and hit.way == "head" and not hit.outside and hit.distance <= 1:
            return hit.token
    return -1


# ---- unreal mood


def unreal(context: Context, index: int, label: str, quoted: Callable[[], bool]) -> int:
    """Return the verb whose mood says that the event did not happen, or -1; ``quoted``: whether somebody said so."""
    if label not in ("actual", "conditional"):
        return -1
    tree = context.tree
    verb = _verb(context, index)
    if verb < 0:
        return -1
    reading = read_verb(tree, verb)
    word = tree.lower[reading.finite] if reading.finite >= 0 and tree.dep[reading.finite] != "cop" else ""
    if word not in PAST_SUBJUNCTIVE:
        return -1
    nearly = any(hit.cue.id in UNREAL_CUES and not hit.outside for hit in context.hits(index))
    if nearly or _without(tree, verb) or _unreal_condition(tree, verb):
        return reading.finite
    if label == "conditional":
        return -1
    could = any(
        tree.lemma[c] in MODALS and tree.dep[c] in AUXILIARY for c in tree.children[verb] if c != reading.finite
    )
    return reading.finite if word in SINGULAR and (could or not quoted()) else -1


def _verb(context: Context, index: int) -> int:
    """Return the verb that carries the event's mood, or -1: its own, a noun's only where that says no more than that it was."""
    tree, top = context.tree, context.tops[index]
    while tree.dep[top] == "conj" and tree.pos[top] == "VERB" and read_verb(tree, top).finite < 0:
        top = tree.head[top]
    if read_verb(tree, top).finite >= 0:
        return top
    return next(
        (
            hit.token
            for hit in context.hits(index)
            if hit.cue.id in LIKE_FACTS and hit.distance == 1 and not hit.outside
        ),
        -1,
    )


def _without(tree: Tree, verb: int) -> bool:
    """Whether a phrase with "ohne" belongs to the verb."""
    return any(tree.preposition(child) == OHNE for child in tree.children[verb])


def _unreal_condition(tree: Tree, verb: int) -> bool:
    """Whether the clause depends on another one in the subjunctive of the past ("wenn sie gewarnt hätten")."""
    clauses = [child for child in tree.children[verb] if tree.dep[child] in CLAUSES]
    if tree.dep[verb] == "conj":  # "Hätte sie nicht gewarnt, wäre er gekommen": the parser may set them side by side
        clauses.append(tree.head[verb])
    return any(_opens_unreal(tree, clause, verb) for clause in clauses)


def _opens_unreal(tree: Tree, clause: int, verb: int) -> bool:
    finite = read_verb(tree, clause).finite
    if finite < 0 or tree.lower[finite] not in PAST_SUBJUNCTIVE:
        return False
    return tree.mark(clause) in ("wenn", "falls") or (finite == tree.start[finite] and clause < verb)


# ---- future


def to_come(context: Context, index: int, label: str, quoted: Callable[[], bool]) -> int:
    """Return the word that says that the event is still to come, or -1: "wird", or a day ahead."""
    tree, top = context.tree, context.tops[index]
    reading = read_verb(tree, top)
    if label != "actual" or reading.mood != "ind" or tree.pos[top] != "VERB":
        return -1
    if reading.tense == "pres" and not reading.modal:
        return next((child for child in tree.children[top] if _day_ahead(context, child)), -1)
    if context.events[index].type not in SPOKEN_ACTS or reading.tense != "fut" or "VerbForm=Inf" not in tree.morph[top]:
        return -1
    negated = any(hit.cue.category == "negation" and hit.distance == 0 for hit in context.hits(index))
    if negated or any(tree.lemma[token] in context.scope.negations for token in context.tokens[index]):
        return -1
    return -1 if quoted() else reading.finite


def _day_ahead(context: Context, token: int) -> bool:
    """Whether a word of the clause is a day after publication on which something happens."""
    tree = context.tree
    if context.when.get(token) != "future":
        return False
    return tree.lower[token] in TOMORROW or (tree.dep[token] == "obl" and tree.preposition(token) in DAY_OF)
