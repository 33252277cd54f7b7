"""What a promise or a threat is made to depend on, in the words of its sentence: "falls die Ernte reicht", "Zahlt Kiew nicht, ...".

Read from the sentence alone, so that it is also there where no event tells of what has to happen. A clause that a conjunction
opens ends with its verb; one that its verb opens ends at the comma that the verb of the main clause follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import simplemma

from lagebild.ledger.pledge_words import Words
from lagebild.ledger.words import lemma
from lagebild.rules.lexicon import own_lexicon

STOP = re.compile(r"[,;:–]|\s-\s|(?<!\d)[.!?]|[.!?](?=\s*$)")
LAST_WORD = re.compile(r"(\w+)[\W_]*$")
FIRST_WORD = re.compile(r"(?:^|(?<=:\s))[„“\"»]?(?P<verb>[A-ZÄÖÜ][a-zäöüß]+)\s+(?P<next>[\wÄÖÜ„]+)")
UNDONE = re.compile(r"\b(?:nicht|kein\w*|niemand|ohne)\b")
RELATIVE = re.compile(
    r"\s*(?:(?:in|an|auf|mit|von|aus|bei|zu|für|über|um|nach|durch)\s+)?(?:der|die|das|dem|den|deren|dessen|denen)\b"
)
MAIN = re.compile(r"\s*(?:so\s+|dann\s+)?([a-zäöüß]+)\b")
FINITE = re.compile(r"(?:e|t|en|ten|ern|eln)$|^(?:wird|sind|will|soll|kann|muss|darf|sei|war|ging|kam)$")
NO_VERB = frozenset(
    "der die das den dem des deren dessen denen eine einen einem einer keine keinen keiner seine seinen seiner ihre ihren ihrer "
    "diese diesen dieser alle allen viele vielen mit seit heute ohne sondern oder dann so".split()
)


@lru_cache(maxsize=20_000)
def terms(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return from where to where the conditions of a sentence go, in their order."""
    return tuple(sorted((*_after_conjunctions(sentence), *_verb_first(sentence))))


def term_beside(sentence: str, at: int) -> str | None:
    """Return the condition of what stands at an offset of a sentence: the nearest one that it is no part of."""
    if inside_term(sentence, at):
        return None
    near = sorted(terms(sentence), key=lambda term: min(abs(term[0] - at), abs(term[1] - at)))
    apart = (
        sentence[start:end] for start, end in near if ";" not in sentence[min(at, end) : max(at, start)]
    )  # another main clause stands between
    return next((_bare(words) for words in apart), None)


def first_term(sentence: str) -> str | None:
    """Return the first condition of a sentence of which nobody says where the deed stands."""
    return next((_bare(sentence[start:end]) for start, end in terms(sentence) if end - start < len(sentence) - 1), None)


def inside_term(sentence: str, at: int) -> bool:
    """Whether an offset of a sentence lies in a condition."""
    return any(start <= at < end for start, end in terms(sentence))


def in_plain_term(sentence: str, at: int) -> bool:
    """Whether an offset lies in a condition that holds once something is done, and not where it was left undone by its day."""
    return any(start <= at < end and not UNDONE.search(sentence[start:end]) for start, end in terms(sentence))


def _after_conjunctions(sentence: str) -> Iterator[tuple[int, int]]:
    words: Words = own_lexicon().derived(Words)
    for found in words.of["depends"].finditer(sentence):
        yield found.start(), _clause_end(sentence, found.end())
    yield from (found.span() for found in words.of["incase"].finditer(sentence))


def _clause_end(sentence: str, begin: int) -> int:
    """Return where a clause ends that began before an offset: at the first stop that its verb stands before."""
    own, nested = begin, True  # its first part is none of another clause within it, nor is what follows one
    for stop in STOP.finditer(sentence, begin):
        if stop.group() != ",":
            return stop.start()
        part, own = sentence[own : stop.start()], stop.end()
        nested = not nested and RELATIVE.match(part) is not None
        last = LAST_WORD.search(part)
        if last and not nested and (_finite(last.group(1)) or last.group(1) == "nicht"):
            return stop.start()
    return len(sentence)


def _verb_first(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the conditions that begin with their verb ("Zahlt Kiew nicht, dreht Moskau den Hahn zu")."""
    for first in FIRST_WORD.finditer(sentence):
        if not _verb(first.group("verb").lower()) or _verb(first.group("next")):
            continue
        if stop := _before_main(sentence, first.end(), noun=_noun(first.group("verb"))):
            yield first.start("verb"), stop


def _before_main(sentence: str, begin: int, *, noun: bool) -> int | None:
    """Return where the comma stands that the verb of the main clause follows; ``noun``: only the first can be that."""
    words: Words = own_lexicon().derived(Words)
    aside: int | None = None  # where ", sagte er," begins
    for stop in STOP.finditer(sentence, begin):
        if stop.group() != ",":
            return None
        main = MAIN.match(sentence, stop.end())
        if main and words.of["tells"].match(main.group(1)):
            aside = stop.start() if aside is None else aside
        elif main and _verb(main.group(1)):
            return stop.start() if aside is None else aside
        elif noun:
            return None
    return None


def _noun(word: str) -> bool:
    """Whether the dictionary has a word that is written large as a noun too ("Kämpfe im Osten, die ..., brachten")."""
    return str(simplemma.lemmatize(word, lang="de"))[:1].isupper()


def _verb(word: str) -> bool:
    """Whether a word written small is the finite form of a verb."""
    return _finite(word) and lemma(word).endswith("n") and simplemma.is_known(word, lang="de")


def _finite(word: str) -> bool:
    return word.islower() and word not in NO_VERB and FINITE.search(word) is not None


def _bare(words: str) -> str:
    return words.strip(' ,.;:„“"»«')
