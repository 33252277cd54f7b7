"""Which commitments a sentence may be about: those of a side that it or its article names and with which it shares a noun, a name, a deed or a kind of it.

What the vote makes of the likeliest of them (``report_vote``) is kept with the commitment; ``verdict`` weighs it when it is written.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from lagebild.ledger.alike import kinds_of, sure_kinds
from lagebild.ledger.debts import HORIZON, KIN, Found, acts_of
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.promises import Commitment
from lagebild.ledger.report_vote import SPENT, STEM, named_in, plain
from lagebild.ledger.tales import EVENT

AT_ONCE = 6  # commitments that a sentence is held against: those it shares most with
OF_ARTICLE = 6  # and those that all sentences of its article share most with
TRIED = 25  # of those that share one thing with it, the newest
Key = tuple[str, ...]


def owed_under(made: Commitment) -> set[Key]:
    """Return where a commitment stands: by the countries of its sides and what a sentence about it may say."""
    told = made.telling
    matter = plain(made.about) | named_in(told)
    acts = acts_of(told) - SPENT
    said = {*_stems(matter), *_kinds(matter), *_verbs(acts), ("word",)}
    owers, others = countries(told.actors), countries(told.recipients) - countries(told.actors)
    found = {(land, *token) for land in owers | others for token in said}
    return found | {(land, "type", told.type, other) for land in owers for other in others}


def looked_for(tale: Telling) -> Iterator[Key]:
    """Yield where the commitments stand that a sentence may be about."""
    matter = plain(tale.note.about) | named_in(tale)
    said = {*_stems(matter | tale.words), *_kinds(matter), *_verbs((tale.words | matter) - SPENT)}
    # the nouns of the sentence before and of the article's first count only for whom the sentence names itself
    around = {*said, *_stems(tale.nouns | tale.content)}
    if tale.mode and ("word" in tale.note or "pact" in tale.note or not tale.note.about):
        around.add(("word",))
    types = {cue.removeprefix(EVENT).partition("/")[0] for cue in tale.note.cues if cue.startswith(EVENT)}
    types |= {kin for type_ in types for kin in KIN.get(type_, ())}
    for land in tale.actors | tale.recipients:
        for token in around if land in tale.actors else said:
            yield (land, *token)
    for land in tale.actors:
        for type_ in types:
            for other in tale.actors - {land}:
                yield land, "type", type_, other


def likeliest(
    tales: Sequence[Telling], between: Callable[..., Iterator[Found]], day: datetime.date
) -> list[list[Found]]:
    """Return for each sentence of an article the commitments that it and its article share most with.

    What became of a promise is often told in a sentence that shares nothing with it ("Dort stehen nun Container"), in an article
    that does. ``between`` yields the commitments of a key and two days, newest first.
    """
    whole: Counter[int] = Counter()
    known: dict[int, Found] = {}
    own: list[Counter[int]] = []
    since, until = day - datetime.timedelta(HORIZON), day - datetime.timedelta(1)
    for tale in tales:
        counts: Counter[int] = Counter()
        for key in looked_for(tale):
            for tried, owed in enumerate(between(key, since, until, full=False)):
                if tried >= TRIED:
                    break
                counts[id(owed)] += 1
                known[id(owed)] = owed
        own.append(counts)
        whole += counts

    def most(counts: Counter[int], many: int) -> list[int]:
        return sorted(counts, key=lambda name: (-counts[name], known[name].made.telling.key))[:many]

    shared = most(whole, OF_ARTICLE)
    return [[known[name] for name in dict.fromkeys((*most(counts, AT_ONCE), *shared))] for counts in own]


def _stems(words: Iterable[str]) -> Iterator[Key]:
    return (("stem", word[:STEM]) for word in words if len(word) >= 4)


def _kinds(words: Iterable[str]) -> Iterator[Key]:
    return (("kind", kind) for word in words for kind in sure_kinds(word))


def _verbs(words: Iterable[str]) -> Iterator[Key]:
    return (("verb", kind) for word in words for kind in kinds_of(word, "verb"))
