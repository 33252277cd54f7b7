"""Dependency paths between the words of an event and a mention."""

from __future__ import annotations

from lagebild.layers.events.view import View

LONGEST = 6


def ancestors(view: View, i: int) -> list[int]:
    """``i`` and the tokens it hangs on, nearest first, at most ``LONGEST`` steps up."""
    found = [i]
    for _ in range(LONGEST):
        head = view.head[i]
        if head == i:
            break
        found.append(head)
        i = head
    return found


def path(view: View, up: list[int], target: int) -> str | None:
    """The relations from ``up[0]`` (``up`` are its ancestors) to ``target``: ``^xcomp vnsubj``; None where too long.

    Coordination on the way down to the target is left out, so that conjuncts share a path.
    """
    down: list[int] = []
    token = target
    for _ in range(LONGEST):
        if token in up:
            break
        down.append(token)
        head = view.head[token]
        if head == token:
            return None
        token = head
    if token not in up:
        return None
    rising = [f"^{view.dep[i]}" for i in up[: up.index(token)]]
    falling = [f"v{view.dep[i]}" for i in reversed(down) if view.dep[i] != "conj" or (i == down[-1] and not rising)]
    if len(falling) > 1 and falling[0] == "vconj":
        falling = falling[1:]
    return " ".join((*rising, *falling)) or "."
