"""Who does it and to whom: which mentions are actor and recipient of a trigger."""

from __future__ import annotations

from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.rules.events import Noun
from lagebild.records import Actor

SYMMETRIC = frozenset(("CONSULT", "AGREE", "COOPERATE"))


def find_roles(
    view: View, matcher: Matcher, earlier: Earlier, trigger: Trigger
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return actors and recipients."""
    frame = matcher.frame(trigger.head)
    row = trigger.match.row if trigger.match else None
    roles = dict(r.split("=") for r in getattr(row, "roles", ()))
    parts: list[tuple[str, int]] = []
    if isinstance(row, Noun):
        parts += [("gen", t) for t in frame.others] + [(p, t) for p, t in frame.phrases]
        roles.setdefault("gen", row.genitive)
        roles.setdefault("von", row.genitive)
    else:
        parts += [("subj", t) for t in frame.subjects + frame.agents] + [("obj", t) for t in frame.objects]
        parts += [("dat", t) for t in frame.datives] + [(p, t) for p, t in frame.phrases if t not in frame.agents]
    usual = {
        "subj": "a",
        "obj": "r",
        "dat": "r",
        "gegen": "r",
        "durch": "a",
        "zwischen": "b",
        "mit": "b",
        "auf": "r",
        "an": "r",
    }
    actors: list[Actor] = []
    recipients: list[Actor] = []
    for place, token in parts:
        mention = earlier.mention_at(token)
        part = roles.get(place, usual.get(place, "x"))
        if mention is None or part == "x":
            continue
        if part in "ab":
            actors += mention.actors
        if part in "rb":
            recipients += mention.actors
    if trigger.type in SYMMETRIC:
        both = tuple(dict.fromkeys((*actors, *recipients)))
        return both, both
    return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(recipients))
