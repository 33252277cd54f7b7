"""Which event encloses which: a demand its demanded act, a promise the promised one, a threat the threatened one."""

from __future__ import annotations

from lagebild.layers.linear import load_linear
from lagebild.layers.scope import read_verb
from lagebild.layers.status.context import Context, Outer
from lagebild.records import Event

ENCLOSING = frozenset(("REQUEST", "AGREE", "THREATEN", "REJECT", "ACCUSE"))
ENOUGH = 0.5  # of the vote; chosen on corpus/dev


def find_enclosing(context: Context) -> dict[int, tuple[Outer, float]]:
    """Return per event the event that encloses it, where there is one, and the share of the vote it got."""
    vote = load_linear("status_content")
    asked = [
        (index, outer) for index, tokens in enumerate(context.tokens) if tokens for outer in candidates(context, index)
    ]
    shares = vote.all_probabilities(content_features(context, index, outer) for index, outer in asked)
    best: dict[int, tuple[Outer, float]] = {}
    for (index, outer), share in zip(asked, shares[:, vote.labels.index("yes")].tolist(), strict=True):
        if share > ENOUGH and (index not in best or share > best[index][1]):
            best[index] = outer, share
    return best


def candidates(context: Context, index: int) -> list[Outer]:
    """Return the events that could enclose this one: of a type that has contents, above it in the same sentence."""
    return [outer for outer in context.outers(index) if context.events[outer.index].type in ENCLOSING]


def content_features(context: Context, index: int, outer: Outer) -> list[str]:
    """Return the features of one pair of events."""
    tree = context.tree
    inner, other = context.events[index], context.events[outer.index]
    top = context.tops[index]
    own = read_verb(tree, top)
    preposition = tree.preposition(top)
    nearer = any(
        candidate.distance < outer.distance and context.events[candidate.index].type in ENCLOSING
        for candidate in context.outers(index)
    )
    way = f"{outer.way}|{preposition}" if outer.way == "far" else outer.way
    order = "after" if top > outer.node else "before"
    cues = {
        hit.cue.category
        for hit in context.hits(index)
        if hit.token == outer.node or (hit.token in context.tokens[outer.index])
    }
    found = [
        f"o={other.type}", f"i={inner.type}", f"o={other.type}|i={inner.type}", f"way={way}", f"o={other.type}|way={way}",
        f"path={outer.path}", f"o={other.type}|path={outer.path}", f"d={outer.distance}", f"nearer={nearer}",
        f"o={other.type}|m={other.mode}", f"last={outer.last}|{outer.distance}", f"last={outer.last}|{outer.distance}|o={other.type}", f"key={tree.key[outer.node]}", f"key={tree.key[outer.node]}|{way}", f"order={order}|{way}",
        f"own={own.form}{own.tense}{own.mood}|{outer.way}", f"pos={tree.pos[top]}|{tree.pos[outer.node]}|{outer.path}",
        f"through={'^'.join(outer.through)}|{other.type}", f"l={tree.key[top]}", f"same actors={_same(inner, other)}|{other.type}",
    ]  # fmt: skip
    found += [f"cue={cue}" for cue in cues] + [f"cue={cue}|o={other.type}" for cue in cues]
    first = next((hit.cue.category for hit in context.hits(index) if hit.token == outer.node), "-")
    found.append(f"first={first}|{other.type}|{outer.way}")
    return list(dict.fromkeys(found))


def _same(inner: Event, other: Event) -> str:
    doers = {actor.code for actor in inner.actors if actor.code}
    speakers = {actor.code for actor in other.actors if actor.code}
    hearers = {actor.code for actor in other.recipients if actor.code}
    return f"{bool(doers & speakers)}{bool(doers & hearers)}{bool(doers)}"
