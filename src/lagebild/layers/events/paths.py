"""Dependency paths between the words of an event and a mention."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.layers.events.view import View

LONGEST = 6
NO_WAY = "none"


def ancestors(view: View, i: int) -> list[int]:
    """``i`` and the tokens it hangs on, nearest first, at most ``LONGEST`` steps up; nobody changes the list."""
    known = view.chains.get(i)
    if known is None:
        known = view.chains[i] = [i, *view.columns.above(i, LONGEST)]
    return known


def between(view: View, up: list[int], target: int) -> tuple[int, list[int]] | None:
    """How many steps to climb from ``up[0]`` (``up`` are its ancestors) and which tokens to pass down to ``target``.

    Coordination on the way down is left out, so that conjuncts share a path. None where the way is too long.
    """
    for at, token in enumerate(ancestors(view, target)):
        if token in up:
            rise = up.index(token)
            return rise, _falling(view, target, at, rise > 0)
    return None


def _falling(view: View, target: int, at: int, risen: bool) -> list[int]:
    """The tokens to pass down to ``target`` from the one ``at`` steps above it."""
    down, dep = ancestors(view, target)[:at][::-1], view.dep
    falling = [i for n, i in enumerate(down) if dep[i] != "conj" or (not n and not risen)]
    if len(falling) > 1 and dep[falling[0]] == "conj":
        del falling[0]
    return falling


def path(view: View, up: list[int], target: int) -> str | None:
    """The relations from ``up[0]`` to ``target``: ``^xcomp vnsubj``; None where too long."""
    for at, token in enumerate(ancestors(view, target)):
        if token in up:
            return _relations(view, up, up.index(token), target, at)
    return None


def _relations(view: View, up: list[int], rise: int, target: int, at: int) -> str:
    """The relations of ``rise`` steps up and ``at`` steps down to ``target``; both halves are kept, each event asks again."""
    fall = view.falls.get((target, at, rise > 0))
    if fall is None:
        falling = _falling(view, target, at, rise > 0)
        fall = view.falls[target, at, rise > 0] = " ".join(["v" + view.dep[i] for i in falling])
    if not rise:
        return fall or "."
    risen = view.rises.get((up[0], rise))
    if risen is None:
        risen = view.rises[up[0], rise] = " ".join(["^" + view.dep[i] for i in up[:rise]])
    return f"{risen} {fall}" if fall else risen


def shortest(view: View, tokens: Sequence[int], head: int, targets: Sequence[int]) -> list[str]:
    """The shortest path from any word of a trigger, ``head`` the one it hangs on, to each target; ``NO_WAY`` where all are too long."""
    chains = [ancestors(view, i) for i in tokens if view.pos[i] != "ADP"] or [ancestors(view, head)]
    if len(chains) == 1 and chains[0][0] == head:
        chain = chains[0]
        return [path(view, chain, target) or NO_WAY for target in targets]
    found = []
    for target in targets:
        best = NO_WAY
        for chain in chains:
            way = path(view, chain, target)
            if way is None:
                continue
            if chain[0] != head:
                way = f"{view.dep[chain[0]]}/{way}"
            if best == NO_WAY or way.count(" ") < best.count(" "):
                best = way
        found.append(best)
    return found
