"""Actors and recipients of every trigger, chosen by a trained ranker (``weights/events_roles.npz``).

For each role the candidates and nobody compete (softmax); all candidates that come near enough to the best are taken.
Actors are chosen first, recipients in view of them. ``model/events.py`` trains the ranker on ``corpus/train``.
"""

from __future__ import annotations

from math import exp, log

from lagebild.layers.events.cast import Around, Cast, Part
from lagebild.layers.events.grammar import BARRED, Grammar
from lagebild.layers.events.ranking import Tables
from lagebild.layers.events.roles import Scene, against, scene_of, scored
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.untold import Side, fought, named, parted, taken_up, unclaimed
from lagebild.records import Actor

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
SIGNED, SIGNING, WITH = "SUPPORT", "signing", "mit"
"""Type, word class and partner of the signing of a treaty, which all its parties do to each other (9 of 9 with two parties in the gold)."""
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
"""Types in which nobody does it to himself: neither who was chosen as actor nor who is coordinated with him is a recipient."""
VOTE, SETTLED = "vote:events_roles", "events.grammar:doer"
HOPELESS = 16.0
"""A candidate so far behind the best one, in log odds, adds nothing to what stands for its country."""


def participants(cast: Cast, trigger: Trigger, tables: Tables[complex], grammar: Grammar) -> tuple[Side, Side]:
    """Return actors and recipients; remembers them for the events that follow."""
    scene, signed = scene_of(cast, trigger), _is_signing(cast, trigger)
    alike = signed or _alike(trigger)
    around, base = cast.around(scene.sentence), scored(scene, tables)
    does = [score.real for score in base]
    settled, settled_to = grammar.odds(trigger, around)
    actors, actors_share = _settled(around, does, settled, alike=alike)
    rule = SETTLED if any(settled.get(n, 0.0) > 0 for n in actors) else VOTE
    codes = _codes(around, actors)
    scores = [score.imag + more.imag for score, more in zip(base, against(scene, codes, tables), strict=True)]
    if trigger.type in ONE_SIDED:
        _bar(scores, around.chains, actors)
    recipients, share = _settled(around, scores, settled_to, alike=alike)
    talked = trigger.type in MUTUAL and (trigger.mode not in UNEQUAL or _talk(cast, trigger))
    if talked or (signed and any(n < len(around.cases) and around.cases[n] == WITH for n in recipients)):
        actors = recipients = [*actors, *(n for n in recipients if n not in actors)]
        codes = _codes(around, actors)
    elif len(codes) > 1 and (_to_each_other(cast, trigger) or (alike and len({code[:3] for code in codes}) > 1)):
        recipients = actors
    does_it, done_to = (
        Side(_meant(scene, around, actors), rule, actors_share),
        Side(_meant(scene, around, recipients), VOTE, share),
    )
    recipients_codes = _codes(around, recipients)
    both = parted(scene, does_it) or fought(scene, does_it, done_to)
    if both is not None:
        does_it = done_to = both  # those told later go by what the ranker chose
    elif grammar.takes_up(trigger) and (again := taken_up(scene, does_it)) is not None:
        does_it, done_to = again[0], done_to if named(done_to.actors) else again[1]
        codes, recipients_codes = ({a.code for a in side.actors if a.code} for side in (does_it, done_to))
    else:
        does_it = unclaimed(scene, does_it)
    part = Part(trigger.type, scene.lemma, scene.sentence, codes, recipients_codes, (does_it.actors, done_to.actors))
    cast.parts.append(part)
    return does_it, done_to


def _alike(trigger: Trigger) -> bool:
    """Whether it is something that several do alike."""
    return trigger.type in SHARED or f"{trigger.type}/{trigger.mode}" in SHARED


def _is_signing(cast: Cast, trigger: Trigger) -> bool:
    """Whether it is the signing of something: of a treaty by all its parties."""
    is_a = cast.proposals.matcher.is_a
    return trigger.type == SIGNED and any(is_a(token, SIGNING) for token in trigger.tokens)


def _to_each_other(cast: Cast, trigger: Trigger) -> bool:
    """Whether a word that hangs on the trigger says that the actors are the recipients too."""
    view, classes_of = cast.view, cast.proposals.matcher.index.classes_of
    return any(MUTUAL_WORDS in classes_of(view.lemma[child]) for child in view.children[trigger.head])


def _talk(cast: Cast, trigger: Trigger) -> bool:
    """Whether a word of the trigger says that they talk with each other."""
    lemma, classes_of = cast.view.lemma, cast.proposals.matcher.index.classes_of
    return any(TALK in classes_of(lemma[i]) for i in trigger.tokens)


def _settled(around: Around, scores: list[float], odds: dict[int, float], *, alike: bool) -> tuple[list[int], float]:
    """Choose with the odds of the grammar; whom it bars speaks for others of his country as long as he is not chosen himself."""
    for n, more in odds.items():
        scores[n] += max(more, 0.0)
    found = _chosen(around, list(scores), alike=alike)
    if any(odds.get(n, 0.0) < 0.0 for n in found[0]):
        for n, more in odds.items():
            scores[n] += min(more, 0.0)
        found = _chosen(around, scores, alike=alike)
    return found


def _chosen(around: Around, scores: list[float], *, alike: bool) -> tuple[list[int], float]:
    """The number of the best candidate and the share of its country, with the mentions of its country that come near it and those it is coordinated with.

    Candidates of one country stand together against the rest. A mention of another country that comes near is a rival
    for the place rather than a second one (of 59 in held-back training articles 3 were right), but for what several do
    ``alike``.
    """
    countries, chains = around.countries, around.chains
    scores[-1] += NOBODY
    top = max(scores)
    least, shares = top - HOPELESS, dict[str, float]()
    for country, score in zip(countries, scores, strict=True):
        if score > least:
            shares[country] = shares.get(country, 0.0) + exp(score - top)
    leading = max(shares, key=shares.__getitem__)
    best = max([n for n, country in enumerate(countries) if country == leading], key=scores.__getitem__)
    share = shares[leading] / sum(shares.values())
    if best >= len(chains):
        return [best] if around.codes[best] else [], share
    least, chain = scores[best] + NEAR_ODDS, chains[best]
    barred = top + BARRED / 2  # "nicht A, sondern B" are coordinated
    near = (scores[n] >= least and (alike or countries[n] == leading) for n in range(len(chains)))
    joined = ((own == chain and score > barred) for own, score in zip(chains, scores, strict=False))
    return [n for n, (one, beside) in enumerate(zip(joined, near, strict=True)) if one or beside], share


def _bar(scores: list[float], chains: list[int], chosen: list[int]) -> None:
    """Bar who was chosen, with the members of its coordination."""
    joined = {chains[n] for n in chosen if n < len(chains)}
    for n in (*chosen, *(n for n, chain in enumerate(chains) if chain in joined)):
        scores[n] = BARRED


def _codes(around: Around, chosen: list[int]) -> set[str]:
    """The codes of candidates: all of a mention's, or that of an absent actor."""
    near, codes = around.near, set[str]()
    for n in chosen:
        if n < len(near):
            codes.update([actor.code for actor in near[n].actors if actor.code])
        elif code := around.codes[n]:
            codes.add(code)
    return codes


def _meant(scene: Scene, around: Around, chosen: list[int]) -> tuple[Actor, ...]:
    near, found = around.near, list[Actor]()
    for n in chosen:
        if n < len(near):
            found += near[n].actors
        elif code := around.codes[n]:
            found.append(scene.cast.meant(code, scene.sentence))
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))
