"""Actors and recipients of every trigger, chosen by a trained ranker (``weights/events_roles.npz``).

For each role the candidates and nobody compete (softmax); all candidates that come near enough to the best are taken.
Actors are chosen first, recipients in view of them. ``model/events.py`` trains the ranker on ``corpus/train``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lagebild.layers.events.cast import Cast, Part
from lagebild.layers.events.roles import Candidate, against, candidates, scene_of
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.linear import Linear
from lagebild.records import Actor

NEAR = 0.55
"""A mention joins the best one where its probability is at least this share of the best's."""
NOBODY = -0.5
"""Log odds added in favour of nobody: below zero, somebody is found more often."""


def participants(cast: Cast, trigger: Trigger, ranker: Linear) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return actors and recipients; remembers them for the events that follow."""
    scene = scene_of(cast, trigger)
    found = candidates(scene)
    base = np.array([_score(ranker, candidate.features) for candidate in found])
    actors = _chosen(found, base[:, 0])
    codes = _codes(actors)
    more = np.array([_score(ranker, against(scene, candidate.code, codes))[1] for candidate in found])
    recipients = _chosen(found, base[:, 1] + more)
    cast.parts.append(Part(trigger.type, scene.lemma, scene.sentence, codes, _codes(recipients)))
    return _meant(cast, actors), _meant(cast, recipients)


def _score(ranker: Linear, features: tuple[str, ...] | list[str]) -> NDArray[np.float32]:
    index = ranker.index
    total: NDArray[np.float32] = ranker.matrix[[index[f] for f in dict.fromkeys(features) if f in index]].sum(axis=0)
    return total


def _chosen(found: list[Candidate], scores: NDArray[np.float32]) -> list[Candidate]:
    powers = np.exp(scores - scores.max())
    powers[-1] *= np.exp(NOBODY)
    best = int(powers.argmax())
    if found[best].mention is None:
        return [found[best]] if found[best].code else []
    least = NEAR * powers[best]
    return [c for c, power in zip(found, powers, strict=True) if power >= least and c.mention is not None]


def _codes(chosen: list[Candidate]) -> set[str]:
    codes = {actor.code for c in chosen if c.mention for actor in c.mention.actors if actor.code}
    return codes | {c.code for c in chosen if c.mention is None and c.code}


def _meant(cast: Cast, chosen: list[Candidate]) -> tuple[Actor, ...]:
    actors: dict[Actor, None] = {}
    for candidate in chosen:
        if candidate.mention is not None:
            actors.update(dict.fromkeys(candidate.mention.actors))
        elif candidate.code:
            actors[replace(cast.actor[candidate.code], span=None, how="implied", evidence=())] = None
    return tuple(actors)
