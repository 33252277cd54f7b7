"""What a later sentence says of a commitment: a vote over who, deed, matter, time and words, where no rule knows.

Two votes: whether a sentence reports anything of a commitment, and which of kept, broken, overtaken, moved it reports then. Features are of the pair (is it the same side, the same deed, the same
matter, before or after the day it was due) and of the sentence (its words written small, what they say by the ledger's tables).
Recipe: ``model/ledger.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lagebild.layers.linear import Block, load_linear
from lagebild.ledger.alike import _all_kinds, likeness
from lagebild.ledger.debts import BROKEN_BY, KIN, Debt, acts_of, loose
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.pledge_words import Words
from lagebild.ledger.sentences import NAME
from lagebild.ledger.tales import DOER, EVENT, FIRST, LEAD, NUMBER, PREVIOUS
from lagebild.ledger.wording import Wording, in_small, pieces
from lagebild.rules.lexicon import own_lexicon

WEIGHTS, OUTCOMES = "ledger_reports", "ledger_outcomes"  # whether a sentence reports anything of it, and what
NONE, TOLD = "none", "told"
DAYS = (30, 90, 150, 240)  # days after which a report is of another kind
LABELS = ("kept", "broken", "overtaken", "moved")
STEM = 5  # letters by which words are taken to be of one family
SPENT = frozenset(
    "haben sein werden koennen muessen duerfen sollen wollen moegen lassen sagen geben machen kommen stehen gehen".split()
)


def leaning(found: Iterable[str]) -> float:
    """Return the log-odds that a sentence reports anything of a commitment, by the features of both alone."""
    return load_linear(WEIGHTS).lean(found, TOLD)


def outcomes(owed: Debt, tale: Telling, found: Sequence[str]) -> tuple[float, float, float, float]:
    """Return the chance of each of ``LABELS``, should a sentence report of a commitment; ``found`` are the features of both."""
    vote = load_linear(OUTCOMES)
    chances = dict(zip(vote.labels, vote.spread(blocks(owed, tale, found)).tolist(), strict=True))
    kept, broken, overtaken, moved = (chances[label] for label in LABELS)
    return kept, broken, overtaken, moved


def features(owed: Debt, tale: Telling) -> list[str]:
    """Return the features of a commitment and a sentence."""
    told = owed.telling
    matter, deed = _matter(owed, tale), _deed(told, tale)
    who, due, says = _who(told, tale), when(owed, tale), tale.mode or "-"
    level, neg = f"{matter[0]},{deed[0]}", int("negated" in told.note)
    kind = f"{told.status}{neg}{int(told.type in ('SANCTION', 'COERCE', 'ASSAULT'))}"
    found = [f"when={due}", f"kind={kind}", f"says={says}", *who, *matter, *deed]
    found += [level, f"{level},{who[0]}", f"{level}&says={says}", f"{who[0]}&says={says}", f"{matter[0]}&{who[0]}"]
    days = (tale.published - told.published).days if tale.published and told.published else 0
    found.append(f"days={sum(days > bound for bound in DAYS)}")
    found += _lexical(told, tale, due, neg)
    found += [
        f"{due}&says={says}",
        f"{level}&{due}",
        f"kind={kind}&{level}",
        f"kind={kind}&{deed[0]}",
        f"kind={kind}&says={says}",
    ]
    for cue in sorted(cue for cue in tale.note.cues if "=" not in cue and cue != LEAD):
        found += [f"cue={cue}", f"{level}&cue={cue}", f"{deed[0]}&cue={cue}", f"neg={neg}&{deed[0]}&cue={cue}"]
        if says != "-":
            found.append(f"says={says}&cue={cue}")
    return found + [f"w={word}" for word in tale.words]


def blocks(owed: Debt, tale: Telling, both: Sequence[str]) -> list[Block]:
    """Return what the outcome is told by: ``features`` of both, and how the sentence says it, the one after it, the first and the whole of its article."""
    told = owed.telling
    acts = acts_of(told) - SPENT
    said = tale.words | frozenset(plain(tale.note.about))
    found: list[Block] = [
        (3.0, both),
        (1.5, [f"d={act}&w={word}" for act in acts for word in said]),
        (1.5, [f"ty={told.type}&w={word}" for word in tale.words]),
        (1.5, [f"p={word}" for word in told.words | plain(owed.about)] + [f"pt={told.type}", f"ps={told.status}"]),
    ]
    if tale.wording is None:
        return found
    due = when(owed, tale)
    small = [f"{due}&f={word}" for word in pieces(tale.wording.sentence) if word[0].islower()]
    return [*found, (1.5, small), *_said(tale.wording, named_in(tale))]


@lru_cache(maxsize=100)
def _said(wording: Wording, names: frozenset[str]) -> list[Block]:
    """Return how a sentence says it, whatever it is held against."""
    return [
        (3.0, [f"c={part}" for part in wording.letters(names)]),
        (3.0, [f"run={run}" for run in wording.runs()]),
        (2.0, [f"after={word}" for word in in_small(wording.after)]),
        (1.5, [f"first={word}" for word in in_small(wording.first)]),
        (2.0, [f"in={word}" for word in wording.article]),
    ]


def _who(told: Telling, tale: Telling) -> list[str]:
    owers, others = countries(told.actors), countries(told.recipients) - countries(told.actors)
    cues, parties = tale.note.cues, tale.actors
    first = next((cue.removeprefix(FIRST) for cue in cues if cue.startswith(FIRST)), None)
    owing, to = bool(owers & parties), bool(others & parties)
    third = bool(parties - owers - others)
    said = "before" if PREVIOUS in cues else "ower" if first in owers else "other" if first in others else "third"
    return [
        f"who={int(owing)}{int(to)}{int(third)}{int(bool(others))}",
        f"first={said}",
        f"claim={int(tale.speaker is not None)}",
    ]


def _matter(owed: Debt, tale: Telling) -> list[str]:
    mine, theirs = frozenset(plain(owed.about)), frozenset(plain(tale.note.about))
    names, their_names = named_in(owed.telling), named_in(tale)
    fits = likeness(mine, theirs) if mine and theirs else 1
    family = stems(mine | names) & stems(theirs | tale.words | their_names)
    shared, named = mine & (theirs | their_names), names & (their_names | theirs)
    near = (mine | names) & tale.nouns
    lead = (mine | names) & tale.content
    numbers = {thing.partition("=")[2] for thing in owed.about if "=" in thing}
    numeral = numbers & {_number(cue) for cue in tale.note.cues if cue.startswith(NUMBER)}
    tie = "n" if named else "2" if fits == 2 and mine and theirs else "s" if family else "1" if fits == 1 else "0"
    context = f"{int(bool(near))}{int(bool(lead))}"
    found = [
        f"matter={tie}{context if tie in '01' else ''}",
        f"tie={tie}",
        f"context={context}",
        f"silent={int(not theirs)}{int(not mine)}",
    ]
    found += [f"shared={min(len(shared), 3)}", f"named={min(len(named), 3)}", f"stems={min(len(family), 3)}"]
    found += [f"near={min(len(near), 3)}", f"lead={min(len(lead), 3)}", f"number={int(bool(numeral))}"]
    found += [f"of={noun}" for noun in shared]
    return found


@lru_cache(maxsize=100_000)
def stems(words: frozenset[str]) -> frozenset[str]:
    """Return how the words begin, by which those of one family are known."""
    return frozenset(word[:STEM] for word in words if len(word) >= STEM)


def named_in(told: Telling) -> frozenset[str]:
    """Return the names of the sentence of a telling."""
    return frozenset(cue.removeprefix(NAME) for cue in told.note.cues if cue.startswith(NAME))


def _number(cue: str) -> str:
    digits = cue.removeprefix(NUMBER).replace(".", "").replace(",", ".")
    try:
        return f"{float(digits):g}"
    except ValueError:
        return digits


def plain(about: Iterable[str]) -> set[str]:
    """Return the nouns of a sentence without its sums."""
    return {word for word in about if "=" not in word}


@lru_cache(maxsize=50_000)
def _verb_kinds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_all_kinds(words, "verb"))


def _deed(told: Telling, tale: Telling) -> list[str]:
    mine = acts_of(told) - SPENT
    theirs = (tale.words | tale.note.about) - SPENT
    verb = 2 if mine & theirs else 1 if _verb_kinds(mine) & _verb_kinds(theirs) else 0
    types, doers = _events(tale.note.cues)
    owers = countries(told.actors)
    found = [f"deed={verb}{_kind(told, types)}", f"verb={verb}"]
    for type_, statuses in types.items():
        relation = _relation(told, type_)
        by = (
            "ower"
            if any(t == type_ and who in owers for t, who in doers)
            else "other"
            if any(t == type_ for t, _ in doers)
            else "nobody"
        )
        for status in statuses:
            found += [
                f"event={relation}/{status}",
                f"event={relation}/{status}/{by}",
                f"type={type_}/{status}",
                f"types={told.type}>{type_}/{status}",
            ]
    if not types:
        found.append("no event")
    return found


@lru_cache(maxsize=5_000)
def _types(words: frozenset[str]) -> frozenset[str]:
    """Return the types that the event lexicon has for any of the words."""
    types = own_lexicon().derived(Words).types
    return frozenset().union(*(types[word] for word in words if word in types))


def _lexical(told: Telling, tale: Telling, due: str, neg: int) -> list[str]:
    """Return how the deeds that the words of a sentence may name stand to the one that is owed, event or not."""
    kind = _kind(told, _types(tale.words) | _types(tale.note.about))
    denied = int("negated" in tale.note)
    return [f"lex={kind}", f"lex={kind}&not={denied}&neg={neg}", f"lex={kind}&when={due}"]


@lru_cache(maxsize=1_000)
def _events(cues: frozenset[str]) -> tuple[dict[str, set[str]], set[tuple[str, ...]]]:
    """Return the types of the events that a sentence tells of with their status, and who does what."""
    types: dict[str, set[str]] = {}
    for cue in sorted(cues):
        if cue.startswith(EVENT):
            type_, _, status = cue.removeprefix(EVENT).partition("/")
            types.setdefault(type_, set()).add(status)
    return types, {tuple(cue.removeprefix(DOER).split("/")) for cue in cues if cue.startswith(DOER)}


def _relation(told: Telling, type_: str) -> str:
    if type_ == told.type:
        return "same"
    if type_ in BROKEN_BY.get(told.type, ()):
        return "against"
    return "kin" if type_ in KIN.get(told.type, ()) or loose(told) else "far"


def _kind(told: Telling, types: Iterable[str]) -> str:
    found = {_relation(told, type_) for type_ in types}
    return next((name for name in ("same", "against", "kin", "far") if name in found), "-")


def when(owed: Debt, tale: Telling) -> str:
    """Return when a sentence was published, seen from the day a commitment is due: before, on, at, after; open where it has none."""
    if owed.due is None or tale.published is None:
        return "open"
    late = (tale.published - owed.due).days
    return "before" if late < -2 else "on" if late <= 7 else "at" if late <= 30 else "after"
