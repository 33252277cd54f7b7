"""How what speaks for a state is spelled as features, and what it weighs (``weights/actor_state.npz``).

``states.py`` describes a candidate by groups: tuples of a name and the values that its features are spelled from. A group
recurs from mention to mention, so what its features weigh together is worked out once.
"""

from __future__ import annotations

from functools import cache

from lagebild.layers.linear import Group, Spelling, Sums, load_linear, spell


def spelled(group: Group) -> list[str]:
    """Return the features of a group."""
    return spell(group, SPELLING, "|")


@cache
def weights() -> Sums:
    """Return what groups weigh; raises ``FileNotFoundError`` where the weights are missing."""
    return Sums(load_linear("actor_state").column("score"), spelled)


def best_of(found: dict[str, list[Group]]) -> str | None:
    """Return the candidate whose groups weigh most; the first of equals."""
    weigh = weights().__getitem__
    best, top = None, float("-inf")
    for candidate, groups in found.items():
        score = sum(map(weigh, groups))
        if score > top:
            best, top = candidate, score
    return best


def _rank(rank: int, group: str, share: int) -> list[str]:
    return [f"rank:{rank}", f"rank:{min(rank, 3)}|{group}", f"share:{share}"]


def _gap(gap: int, group: str, kind: str) -> list[str]:
    return [f"gap:{gap}", f"gap:{gap}|{group}", f"gap:{gap}|{kind}"]


def _mark(mark: str, group: str) -> list[str]:
    return [mark, f"{mark}|{group}"]


def _tie(tie: str, group: str, kind: str) -> list[str]:
    return [tie, f"{tie}|{group}", f"{tie}|{kind}"]


def _nearest(group: str, kind: str, role: str) -> list[str]:
    return ["nearest", f"nearest|{group}", f"nearest|{kind}", f"nearest|{role}"]


def _told(times: int, share: int, group: str) -> list[str]:
    return [f"told:{times}", f"told:{share}|{group}"]


def _told_last(group: str, kind: str, seat: str) -> list[str]:
    return ["told:last", f"told:last|{group}", f"told:last|{kind}", f"told:last|{seat}"]


def _told_here(mark: str, group: str, seat: str) -> list[str]:
    return [mark, f"{mark}|{group}", f"{mark}|{seat}"]


def _above(mark: str, group: str, kind: str, rank: int) -> list[str]:
    mark = f"above:{mark}"
    return [mark, f"{mark}|{group}", f"{mark}|{kind}", f"{mark}|{rank}"]


def _sounds(mark: str, gap: int) -> list[str]:
    return [mark, f"{mark}|gap:{gap}"]


def _clause(mark: str, role: str, group: str, function: str) -> list[str]:
    return [mark, f"{mark}|{role}", f"{mark}|{group}|{function}"]


def _clause_verb(mark: str, seat: str, verb: str) -> list[str]:
    return [f"{mark}|{seat}", f"{mark}|{verb}|{seat}"]


def _tied(mark: str, group: str, kind: str) -> list[str]:
    return [mark, f"{mark}|{group}", f"{mark}|{kind}"]


def _home(role: str, kind: str, group: str, known: str) -> list[str]:
    return ["home", f"home|{role}", f"home|{kind}", f"home|{group}", f"home|{known}"]


def _federal(like: str, one: bool, home: bool, gap: int) -> list[str]:
    return [f"federal:{like}", f"federal:{one}:{home}:gap:{gap}"]


def _bloc(role: str, group: str) -> list[str]:
    return ["bloc", f"bloc|{role}", f"bloc|{group}"]


def _open(group: str, role: str, kind: str, sector: str) -> list[str]:
    return ["open", f"open|{group}", f"open|{role}", f"open|{kind}", f"open|{sector}"]


SPELLING: Spelling = {
    "rank": _rank,
    "gap": _gap,
    "mark": _mark,
    "tie": _tie,
    "nearest": _nearest,
    "told": _told,
    "told:last": _told_last,
    "told:here": _told_here,
    "above": _above,
    "sounds": _sounds,
    "clause": _clause,
    "clause verb": _clause_verb,
    "tied": _tied,
    "home": _home,
    "federal": _federal,
    "bloc": _bloc,
    "open": _open,
}
"""How the groups are spelled; any other group is one feature, its values joined."""
