"""Finds the words that tell of an event: the lexicon proposes, a trained vote decides, words of one event are joined.

Where a frame leaves no doubt (``de/events_senses.tsv``), the vote is not asked for the type: a sense names it, or says that
the word tells of no event.

The vote (``weights/events_triggers.npz``, ``model/events.py``) gives each content word a probability for every type and
for none. A word the lexicon knows needs less of it (``LEXICAL``) than one it does not (``OTHER``); the thresholds were
chosen on ``corpus/dev``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from math import exp

import numpy as np

from lagebild.layers.events.features import CONTENT, Proposals, described, spelled
from lagebild.layers.events.match import Match
from lagebild.layers.events.modes import Said, mode_of
from lagebild.layers.linear import Linear, Rows, load_linear
from lagebild.rules.events import NONE, Phrase, Sense

VOTE = "vote"
LEXICAL = 0.3
SENSED = 0.03
"""What the vote must give a word at least where a sense names its type."""
OTHER = 0.65
SURE = 0.4
"""A word the lexicon does not know also needs this much for its best type alone."""
WORTH_ASKING = 0.3
"""How much more a word unknown to the lexicon must weigh for some type than for none, or the vote is not asked."""
PEACEFUL = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT THREATEN SANCTION".split())
"""Types whose words firms, clubs and neighbours need every day (help, meet, praise, agree, leave, warn); an arrest or an
attack is one anywhere."""
QUIETLY = 0.6
"""What a word of those types needs in an article that is not about politics: of those below, 7 of 51 were right, in eight
sets of real news and two others."""
HAPPEN = "kommen"
TRUST = 0.7
"""How much the lexicon's own type counts against the vote's, in log odds."""
JOINED = frozenset(
    "obj xcomp obl obl:arg obl:agent nsubj nsubj:pass amod advmod aux nmod ccomp compound:prt cop acl".split()
)
"""Relations over which two words of the same type tell of one event ("flog Angriffe", "starben bei dem Angriff")."""


@dataclass(slots=True)
class Trigger:
    """One event in the text: its type and mode, its tokens, ``head`` the one whose dependents are its participants.

    ``match`` is the lexicon row at ``head``, None where no row of the type is there; ``mode_rule`` says what chose the mode.
    """

    type: str
    mode: str
    tokens: tuple[int, ...]
    head: int
    rule: str
    confidence: float
    match: Match | None
    mode_rule: str = ""


@dataclass(slots=True)
class _Word:
    type: str
    probability: float
    rows: dict[int, None]
    match: Match | None
    sense: Sense | None = None


class _Votes:
    """The votes for type and mode over one numbering of features, so that each is looked up once for both.

    ``of_mode`` maps a row of ``types`` to the row of the mode vote, the row after its bias where it has none.
    """

    def __init__(self) -> None:
        types, modes = load_linear("events_triggers"), load_linear("events_modes")
        index = dict(types.index)
        for name in modes.index:
            index.setdefault(name, len(index))
        more = np.zeros((len(index) - len(types.index), len(types.labels)), np.float32)
        self.types = Linear(types.labels, index, np.concatenate([types.matrix[:-1], more, types.matrix[-1:]]))
        self.none = types.labels.index(NONE)
        self.rows = Rows(index, spelled)
        self.of_mode = np.fromiter(map(modes.index.get, index, repeat(len(modes.index) + 1)), np.intp, len(index))


@cache
def _votes() -> _Votes:
    return _Votes()


def find_triggers(proposals: Proposals) -> list[Trigger]:
    """Return the events' triggers in text order."""
    votes = _votes()
    words = _words(proposals, votes)
    found = [_trigger(group, words, proposals, votes) for group in _groups(words, proposals)]
    return sorted(found, key=lambda trigger: trigger.tokens)


def _words(proposals: Proposals, votes: _Votes) -> dict[int, _Word]:
    view, vote, none = proposals.view, votes.types, votes.none
    lexical, senses = _lexical(proposals), proposals.senses
    silent = _silent(proposals)
    found: dict[int, _Word] = {}
    asked = [
        (i, lexical.get(i))
        for i, pos in enumerate(view.pos)
        if pos in CONTENT
        and i not in silent
        and (i in lexical or i in senses or _may_be((view.verb[i] or view.lemma[i]).lower()))
    ]
    words = [described(i, view, proposals) for i, _ in asked]
    features = [votes.rows.of(word.groups, word.single) for word in words]
    for (i, known), rows, scores in zip(asked, features, vote.of_rows(features).tolist(), strict=True):
        probability = 1.0 - scores[none]
        sense = senses.get(i)
        if sense is not None:
            if probability >= SENSED:
                match = next((match for match in proposals.matches[i] if match.row.type == sense.type), None)
                found[i] = _Word(sense.type, probability, rows, match, sense)
            continue
        if probability < (OTHER if known is None else LEXICAL):
            continue
        kind, share = _type(vote, scores, known)
        if known is None and probability * share < SURE:
            continue
        if proposals.quiet and kind in PEACEFUL and probability * share < QUIETLY:
            continue
        found[i] = _Word(kind, probability * share, rows, next(iter(proposals.matches[i]), None))
    _only_happened(found, proposals)
    return found


def _only_happened(found: dict[int, _Word], proposals: Proposals) -> None:
    """Drop a "kommen" that only says that its noun happened ("es kam zu Kämpfen") and has another type than the noun."""
    for i in [i for i in found if proposals.view.verb[i] == HAPPEN]:
        match = next(iter(proposals.matches[i]), None)
        if match is None or not isinstance(match.row, Phrase):
            continue
        if any(t in found and found[t].type != found[i].type and found[t].sense is None for t in match.tokens[1:]):
            del found[i]


def _silent(proposals: Proposals) -> set[int]:
    """The words that tell of no event by their sense, and what belongs to their idioms ("sich in Sicherheit bringen")."""
    silent = {i for i, sense in proposals.senses.items() if sense.type == NONE}
    idioms = [match for i in silent for match in proposals.matches[i] if isinstance(match.row, Phrase)]
    idle = {token for match in idioms for token in match.tokens if token not in proposals.senses}
    for i, sense in proposals.senses.items():
        others = [
            match for match in proposals.matches[i] if isinstance(match.row, Phrase) and match.row.type != sense.type
        ]
        idle |= {token for match in others for token in match.tokens[1:] if not proposals.matches[token]}
    return silent | idle


def _lexical(proposals: Proposals) -> dict[int, str]:
    """The lexicon's first type by token; the complements of an idiom count as well."""
    types: dict[int, str] = {}
    for i, matches in enumerate(proposals.matches):
        if matches:
            types[i] = matches[0].row.type
    for matches in proposals.matches:
        if matches and isinstance(matches[0].row, Phrase):
            for token in matches[0].tokens[1:]:
                if proposals.view.pos[token] in CONTENT:
                    types.setdefault(token, matches[0].row.type)
    return types


@lru_cache(maxsize=50_000)
def _may_be(lemma: str) -> bool:
    """Tell whether a word unknown to the lexicon was seen as a trigger often enough to ask the vote at all."""
    vote = load_linear("events_triggers")
    row = vote.index.get(f"l:{lemma}")
    if row is None:
        return False
    weights = vote.matrix[row]
    return bool(weights.max() - weights[vote.labels.index(NONE)] > WORTH_ASKING)


def _type(vote: Linear, scores: list[float], known: str | None) -> tuple[str, float]:
    """The likeliest type, and its share among the types."""
    adjusted = list(scores)
    adjusted[vote.labels.index(NONE)] = 0.0
    if known is not None:
        adjusted[vote.labels.index(known)] *= exp(TRUST)
    best = max(adjusted)
    return vote.labels[adjusted.index(best)], best / sum(adjusted)


def _groups(words: dict[int, _Word], proposals: Proposals) -> list[list[int]]:
    """Join words of the same type that hang together; each group starts with the word the others hang on."""
    view = proposals.view
    harms = proposals.matcher.harms
    owner: dict[int, int] = {}
    for i, word in words.items():
        idiom = proposals.idioms.get(i)
        if idiom is not None and idiom.tokens[0] in words and words[idiom.tokens[0]].type == word.type:
            owner[i] = idiom.tokens[0]
    for i, word in words.items():
        head = view.head[i]
        if i in owner or owner.get(head) == i:  # "Sanktionen, die sie verhängten": the noun has joined its verb
            continue
        joined = view.dep[i] in JOINED or (view.dep[i] == "conj" and harms(i) and harms(head))  # "getötet und verletzt"
        if joined and head != i and head in words and words[head].type == word.type:
            owner[i] = head
    groups: dict[int, list[int]] = {}
    for i in words:
        top = i
        for _ in range(5):
            if top not in owner:
                break
            top = owner[top]
        groups.setdefault(top, []).append(i)
    return [[top, *(i for i in group if i != top)] for top, group in groups.items()]


def _trigger(group: list[int], words: dict[int, _Word], proposals: Proposals, votes: _Votes) -> Trigger:
    top = words[group[0]]
    tokens = set(group)
    for i in group:
        match = words[i].match
        if match is not None and match.row.type == top.type:
            tokens.update(t for t in match.tokens if t not in words or words[t].type == top.type)
    head = group[0]
    idiom = proposals.idioms.get(head)
    if idiom is not None and idiom.row.type == top.type and idiom.tokens[0] not in words:
        tokens.update(idiom.tokens)  # the vote took the noun alone; the light verb carries its participants
        head = idiom.tokens[0]
        top.match = idiom
    match = top.match if top.match is not None and top.match.row.type == top.type else None
    sense = next((words[i].sense for i in group if words[i].sense), None)
    rule = sense.id if sense else match.row.id if match else VOTE
    probability = max(words[i].probability for i in group)
    mode, mode_rule = _mode(top, match, tuple(sorted(tokens)), group, words, proposals, votes)
    return Trigger(top.type, mode, tuple(sorted(tokens)), head, rule, probability, match, mode_rule)


def _mode(
    top: _Word,
    match: Match | None,
    tokens: tuple[int, ...],
    group: list[int],
    words: dict[int, _Word],
    proposals: Proposals,
    votes: _Votes,
) -> tuple[str, str]:
    settled = next((sense for i in group if (sense := words[i].sense) is not None and sense.mode), None)
    if settled is not None:
        return "" if settled.mode == NONE else settled.mode, settled.id
    known = words[group[0]].rows
    if len(group) > 1:
        known = {row: None for i in group for row in words[i].rows}
    rows = votes.of_mode.take(np.fromiter(known, np.intp, len(known)))
    others = [found for i in group[1:] if (found := words[i].match) is not None and found.row.type == top.type]
    said = Said(top.type, tokens, match, others)
    return mode_of(said, rows, proposals)
