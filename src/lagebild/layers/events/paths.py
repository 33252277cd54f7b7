"""Dependency paths between the words of an event and a mention."""

from __future__ import annotations

from lagebild.layers.events.view import View

LONGEST = 6


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
