"""Which words stand for each other where a promise is told again: Häftlinge and Gefangene, überweisen and auszahlen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lagebild.rules.ledger import KINDS, Kin
from lagebild.rules.lexicon import Lexicon, own_lexicon

SHORTEST_PART = 4  # letters that a word must have to count as part of a compound


class Kinds:
    """Kinds of nouns and of verbs by word; ``ends`` are words that also end compounds."""

    def __init__(self, lexicon: Lexicon):
        self.whole: dict[tuple[str, str], set[str]] = {}
        self.ends: dict[str, set[str]] = {}
        self.unsure: set[str] = set()
        self.types: dict[str, str] = {}
        for row in lexicon.rows(KINDS, Kin):
            if row.type:
                self.types[row.id] = row.type
            if row.sure == "no":
                self.unsure.add(row.id)
            for word in row.words.split():
                base = word.removeprefix("-")
                self.whole.setdefault((row.of, base), set()).add(row.id)
                if base != word:
                    self.ends.setdefault(base, set()).add(row.id)


@lru_cache(maxsize=50_000)
def kinds_of(word: str, of: str) -> dict[str, str]:
    """Return the kinds of a folded word (of the longest end of a compound that has one), each with the word or end that has it."""
    table: Kinds = own_lexicon().derived(Kinds)
    if found := table.whole.get((of, word)):
        return dict.fromkeys(found, word)
    for at in range(1, len(word) - SHORTEST_PART + 1) if of == "noun" else ():
        if found := table.ends.get(word[at:]):
            return dict.fromkeys(found, word[at:])
    return {}


def sure_kinds(word: str) -> frozenset[str]:
    """Return the kinds of a folded noun of which another word surely means the same thing."""
    table: Kinds = own_lexicon().derived(Kinds)
    return frozenset(kinds_of(word, "noun").keys() - table.unsure)


def type_of(word: str) -> str | None:
    """Return the type of the act that a folded verb or noun names, where its kinds have one."""
    table: Kinds = own_lexicon().derived(Kinds)
    found = {table.types[kind] for of in ("verb", "noun") for kind in kinds_of(word, of) if kind in table.types}
    return found.pop() if len(found) == 1 else None


def _all_kinds(words: Iterable[str], of: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for word in words:
        for kind, base in kinds_of(word, of).items():
            out.setdefault(kind, set()).add(base)
    return out


@lru_cache(maxsize=200_000)
def alike_acts(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets of verbs share one, or one of a kind."""
    return bool(mine & theirs) or bool(_all_kinds(mine, "verb").keys() & _all_kinds(theirs, "verb").keys())


def likeness(mine: frozenset[str], theirs: frozenset[str]) -> int:
    """Return 2 where two sets of nouns share one (or words for one thing), 1 where one may be part or of the kind of the other or nothing is known, 0 otherwise."""
    if not mine or not theirs:
        return 1
    return 2 if mine & theirs else _likeness(mine, theirs)


@lru_cache(maxsize=200_000)
def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> int:
    table: Kinds = own_lexicon().derived(Kinds)
    mine, theirs = _nouns(mine), _nouns(theirs)
    ours, others = _all_kinds(mine, "noun"), _all_kinds(theirs, "noun")
    shared = ours.keys() & others.keys()
    if any(not ours[kind] & others[kind] for kind in shared - table.unsure):
        return 2  # another word for it; "Kampfpanzer" and "Gepard-Panzer" have the word in common and may be two things
    return int(not mine or not theirs or bool(shared) or any(_part(a, b) or _part(b, a) for a in mine for b in theirs))


def _nouns(about: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in about if "=" not in word)  # numbers ("money=2e+07") only ever agree


def _part(whole: str, part: str) -> bool:
    return len(part) >= SHORTEST_PART and (whole.endswith(part) or whole.startswith(part))
