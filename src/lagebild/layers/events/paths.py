"""Dependency paths between the words of an event and a mention."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.layers.events.view import View

LONGEST = 6
NO_WAY = "none"


def ancestors(view: View, i: int) -> list[int]:
    """``i`` and the tokens it hangs on, nearest first, at most ``LONGEST`` steps up."""
    return [i, *view.columns.above(i, LONGEST)]


def between(view: View, up: list[int], target: int) -> tuple[int, list[int]] | None:
    """How many steps to climb from ``up[0]`` (``up`` are its ancestors) and which tokens to pass down to ``target``.

    Coordination on the way down is left out, so that conjuncts share a path. None where the way is too long.
    """
    heads, dep, token = view.head, view.dep, target
    down: list[int] = []
    for _ in range(LONGEST):
        if token in up:
            break
        down.append(token)
        head = heads[token]
        if head == token:
            return None
        token = head
    if token not in up:
        return None
    rise = up.index(token)
    if not down:
        return rise, down
    down.reverse()
    first = down[0]
    falling = [i for i in down if dep[i] != "conj" or (i == first and not rise)]
    if len(falling) > 1 and dep[falling[0]] == "conj":
        del falling[0]
    return rise, falling


def path(view: View, up: list[int], target: int) -> str | None:
    """The relations from ``up[0]`` to ``target``: ``^xcomp vnsubj``; None where too long."""
    found = between(view, up, target)
    if found is None:
        return None
    rise, falling = found
    dep = view.dep
    return " ".join([*["^" + dep[i] for i in up[:rise]], *["v" + dep[i] for i in falling]]) or "."


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
