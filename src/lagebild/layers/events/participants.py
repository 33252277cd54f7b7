"""Actors and recipients of every trigger, chosen by a trained ranker (``weights/events_roles.npz``).

For each role the candidates and nobody compete (softmax); all candidates that come near enough to the best are taken.
Actors are chosen first, recipients in view of them. ``model/events.py`` trains the ranker on ``corpus/train``.
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from lagebild.layers.events.cast import Around, Cast, Part
from lagebild.layers.events.roles import COMPOSED, Against, Candidate, candidates, scene_of, spelled
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.linear import Group, load_linear
from lagebild.records import Actor, changed

NEAR = 0.7
"""A mention of the same country joins the best one where its probability is at least this share of the best's."""
NEAR_ODDS = log(NEAR)
NOBODY = 0.5
"""Log odds added in favour of nobody, chosen on ``corpus/dev``."""
MUTUAL = frozenset(("CONSULT",))
"""Types in which everybody named takes part on both sides (other symmetric types are left to the ranker)."""
UNEQUAL = frozenset(("third-party", "visit"))
"""Modes in which they do not, but for words of talking: a mediator brings others together, a guest comes to a host."""
TALK = "unterredung"
"""The word class of what those who meet do with each other, whoever invited ("beraten", "Treffen")."""
SHARED = frozenset(("AGREE", "COOPERATE", "RETREAT/ceasefire", "RETREAT/release"))
"""Types, or types with modes, in which several actors do to each other what they do ("tauschten Gefangene aus")."""
MUTUAL_WORDS = "gegenseitig"
"""The word class of what says that two do something to each other, whatever it is ("beschuldigen sich gegenseitig")."""
ONE_SIDED = frozenset(
    (
        "ACCUSE",
        "AID",
        "COERCE",
        "CONCEDE",
        "MOBILIZE",
        "PROTEST",
        "REJECT",
        "REQUEST",
        "SANCTION",
        "SUPPORT",
        "THREATEN",
    )
)
"""Types in which those coordinated as actors are not each other's recipients."""
BARRED = -50.0
KEPT = 300_000
"""Groups of features whose weights are kept."""


class Weights(dict[Group, complex]):
    """The ranker's weights by group of features, summed when first asked for.

    The real part is for actors, the imaginary part for recipients: one sum adds up both.
    """

    def __init__(self) -> None:
        super().__init__()
        ranker = load_linear("events_roles")
        pairs = ranker.matrix[:, [ranker.labels.index("a"), ranker.labels.index("r")]].tolist()
        self.single = {feature: complex(*pairs[row]) for feature, row in ranker.index.items()}

    def __missing__(self, group: Group) -> complex:
        compose = COMPOSED.get(str(group[0]))
        if compose is not None:
            known = [self[part] for part in compose(*group[1:])]
        else:
            known = [self.single[feature] for feature in spelled(group) if feature in self.single]
        if len(self) > KEPT:
            self.clear()
        total = self[group] = sum(known, 0j)
        return total


@cache
def weights() -> Weights:
    """The weights, read once."""
    return Weights()


def participants(cast: Cast, trigger: Trigger, table: Weights) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return actors and recipients; remembers them for the events that follow."""
    scene = scene_of(cast, trigger)
    found, alike = candidates(scene), _alike(trigger)
    around, weight = cast.around(scene.sentence), table.__getitem__
    known: dict[str | None, complex] = {}  # candidates of one code begin with the same
    base = []
    for candidate in found:
        code = candidate.code
        start = known.get(code)
        if start is None or code is None:
            start = known[code] = sum(map(weight, candidate.known), 0j)
        base.append(sum(map(weight, candidate.own), start))
    actors = _chosen(found, around, [score.real for score in base], alike=alike)
    codes = _codes(actors)
    rivals = Against(scene, codes)
    plain, related = weight(rivals.plain).imag, rivals.related
    scores = [
        score.imag + (plain if code is not None and country not in related else weight(rivals.group(code)).imag)
        for score, code, country in zip(base, around.codes, around.countries, strict=True)
    ]
    if trigger.type in ONE_SIDED and len(actors) > 1:
        _bar(scores, around.chains, [n for n, c in enumerate(found) if any(c is actor for actor in actors)])
    recipients = _chosen(found, around, scores, alike=alike)
    if trigger.type in MUTUAL and (trigger.mode not in UNEQUAL or _talk(cast, trigger)):
        actors = recipients = [*actors, *(c for c in recipients if all(c is not a for a in actors))]
        codes = _codes(actors)
    elif len({code[:3] for code in codes}) > 1 and _shared(cast, trigger):
        recipients = actors
    cast.parts.append(Part(trigger.type, scene.lemma, scene.sentence, codes, _codes(recipients)))
    return _meant(cast, actors), _meant(cast, recipients)


def _alike(trigger: Trigger) -> bool:
    """Whether it is something that several do alike."""
    return not SHARED.isdisjoint((trigger.type, f"{trigger.type}/{trigger.mode}"))


def _shared(cast: Cast, trigger: Trigger) -> bool:
    """Whether several actors are also the recipients: by the type, or by a word that hangs on the trigger."""
    if _alike(trigger):
        return True
    view, classes_of = cast.view, cast.proposals.matcher.index.classes_of
    return any(MUTUAL_WORDS in classes_of(view.lemma[child]) for child in view.children[trigger.head])


def _talk(cast: Cast, trigger: Trigger) -> bool:
    """Whether a word of the trigger says that they talk with each other."""
    lemma, classes_of = cast.view.lemma, cast.proposals.matcher.index.classes_of
    return any(TALK in classes_of(lemma[i]) for i in trigger.tokens)


def _chosen(found: list[Candidate], around: Around, scores: list[float], *, alike: bool) -> list[Candidate]:
    """The best candidate with the mentions of its country that come near it and those it is coordinated with.

    Candidates of one country stand together against the rest. A mention of another country that comes near is a rival
    for the place rather than a second one (of 59 in held-back training articles 3 were right), but for what several do
    ``alike``.
    """
    countries, chains = around.countries, around.chains
    scores[-1] += NOBODY
    top = max(scores)
    shares: dict[str, float] = {}
    for country, score in zip(countries, scores, strict=True):
        shares[country] = shares.get(country, 0.0) + exp(score - top)
    leading = max(shares, key=shares.__getitem__)
    best = max([n for n, country in enumerate(countries) if country == leading], key=scores.__getitem__)
    if found[best].mention is None:
        return [found[best]] if found[best].code else []
    least, chain = scores[best] + NEAR_ODDS, chains[best]
    return [
        c
        for c, score, own, country in zip(found, scores, chains, countries, strict=False)  # mentions stand first
        if own == chain or (score >= least and (alike or country == leading))
    ]


def _bar(scores: list[float], chains: list[int], chosen: list[int]) -> None:
    """Bar the members of a coordination that was chosen."""
    joined = {chains[n] for n in chosen}
    for n, chain in enumerate(chains):
        if chain in joined and chains.count(chain) > 1:
            scores[n] = BARRED


def _codes(chosen: list[Candidate]) -> set[str]:
    codes = {actor.code for c in chosen if c.mention for actor in c.mention.actors if actor.code}
    return codes | {c.code for c in chosen if c.mention is None and c.code}


def _meant(cast: Cast, chosen: list[Candidate]) -> tuple[Actor, ...]:
    found: list[Actor] = []
    for candidate in chosen:
        if candidate.mention is not None:
            found += candidate.mention.actors
        elif candidate.code:
            found.append(_implied(cast, candidate.code))
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))


def _implied(cast: Cast, code: str) -> Actor:
    if code not in cast.implied:
        cast.implied[code] = changed(cast.actor[code], span=None, how="implied", evidence=())
    return cast.implied[code]
