"""The features of the status vote: the cues in scope, the verb complex, the events around, in words a person can read."""

from __future__ import annotations

from lagebild.layers.linear import Group, Spelling, spell
from lagebild.layers.scope import read_verb
from lagebild.layers.scope.verbs import AUXILIARY
from lagebild.layers.status.context import Context

WEAK = frozenset(("fact", "happen", "hearsay", "accusation", "breach"))  # categories that decide nothing alone
MODIFIERS = frozenset(("advmod", "mark", "det", "amod", "case", "cc", "nummod"))


ON_THE_WAY = (("aux0", "c0"), ("aux1", "c1"), ("aux2", "c2"), ("aux2", "c2"))
DATED = frozenset(("obl", "advmod", "nmod", "amod", "case"))


def status_features(context: Context, index: int) -> list[str]:
    """Return the features of one event; ``model/status.py`` learns their weights."""
    return list(dict.fromkeys(feature for group in status_groups(context, index) for feature in spelled(group)))


def status_groups(context: Context, index: int) -> list[Group]:
    """Return the groups of features of one event."""
    tree, event = context.tree, context.events[index]
    tokens, top = context.tokens[index], context.tops[index]
    kind = event.type
    own, clause = read_verb(tree, top), read_verb(tree, context.clause(index))
    shape = f"{own.form}.{own.tense}.{own.mood}.{own.modal}"
    around = f"{clause.form}.{clause.tense}.{clause.mood}.{clause.modal}"
    found: list[Group] = [
        ("event", kind, event.mode, tree.pos[top], shape, around),
        ("word", tree.key[top], clause.tense),
        ("start", tree.start[top] == 0, around),
        ("top", tree.head[top] == top, own.tense, own.mood),
    ]
    _of_hits(found, context, index, kind, own.form, f"{clause.tense}{clause.mood}{clause.modal}")
    _of_path(found, context, top)
    _of_outers(found, context, index, kind)
    if context.when:
        _of_dates(found, context, index, clause.tense)
    for token in tokens:
        found.append(("w", tree.lower[token]))
        if tree.lemma[token] in context.scope.negations:
            found.append(("negated trigger",))
    if tree.dep[top] == "aux":
        found.append(("modal trigger",))
    return found


def _of_hits(found: list[Group], context: Context, index: int, kind: str, form: str, tense: str) -> None:
    near: dict[str, None] = {}
    for hit in context.hits(index):
        cue, way, outside = hit.cue, hit.way, hit.outside
        name = "!" + cue.category if hit.negated else cue.category
        if context.foreign(index, hit):
            found.append(("other", name, kind))
        far = "o" if outside else "0" if hit.distance == 0 else "1" if hit.distance == 1 else "2"
        found += [("hit", name, way, far), ("rule", cue.id, way, far), ("hit in", name, way, form, tense, kind)]
        if not outside and cue.category not in WEAK:
            near[name] = None
    found.append(("names", *near))


def _of_path(found: list[Group], context: Context, top: int) -> None:
    """The small words at the trigger and at the nodes above it."""
    tree, node = context.tree, top
    for auxiliary, modifier in ON_THE_WAY:
        for child in tree.children[node]:
            relation = tree.dep[child]
            if relation in AUXILIARY:
                found.append((auxiliary, tree.lower[child]))
            elif relation in MODIFIERS:
                found.append((modifier, tree.lemma[child]))
        if tree.head[node] == node:
            break
        node = tree.head[node]


def _of_outers(found: list[Group], context: Context, index: int, kind: str) -> None:
    for outer in context.outers(index):
        other = context.events[outer.index].type
        if outer.way == "same":
            found.append(("same", other, kind))
        elif outer.way == "below":
            found.append(("below", other, outer.path))
        else:
            sign = "!" if context.scope.is_negated(context.tree, outer.node) else ""
            last = outer.path.rpartition("^")[2]
            found.append(("outer", other, sign, last, outer.distance, outer.way))


def _of_dates(found: list[Group], context: Context, index: int, tense: str) -> None:
    tree, node = context.tree, context.tops[index]
    seen = set()
    for _ in range(3):
        stack = [child for child in tree.children[node] if tree.dep[child] in DATED]
        while stack:
            token = stack.pop()
            if token in context.when:
                seen.add(context.when[token])
            stack.extend(tree.children[token])
        if tree.head[node] == node or read_verb(tree, node).finite >= 0:
            break
        node = tree.head[node]
    found += [("when", side, tense) for side in sorted(seen)]


# ---- spelling


def spelled(group: Group) -> list[str]:
    """Return the features of a group."""
    return spell(group, SPELLING, "=")


def _spell_event(kind: str, mode: str, pos: str, own: str, clause: str) -> list[str]:
    more = [f"{kind}|own={own}", f"{kind}|{pos}|cl={clause}"]
    return [f"t={kind}", f"tm={kind}{mode}", f"p={pos}", f"own={own}", f"cl={clause}", *more]


def _spell_outer(other: str, sign: str, last: str, distance: int, way: str) -> list[str]:
    return [f"o={other}", f"o={sign}{other}|{last}", f"o={other}@{distance}", f"o={other}|{way}"]


SPELLING: Spelling = {
    "event": _spell_event,
    "word": lambda key, tense: [f"l={key}", f"l={key}|{tense}"],
    "start": lambda first, around: [f"s0={first}|{around}"],
    "top": lambda root, tense, mood: [f"root={root}|{tense}{mood}"],
    "other": lambda name, kind: [f"other={name}", f"other={name}|{kind}"],
    "hit": lambda name, way, far: [f"h={name}", f"h={name}@{far}", f"h={name}.{way}@{far}"],
    "rule": lambda rule, way, far: [f"h={rule}", f"h={rule}.{way}@{far}"],
    "hit in": lambda name, way, form, tense, kind: [
        f"h={name}|{form}",
        f"h={name}.{way}|{tense}",
        f"h={name}|t={kind}",
    ],
    "names": lambda *names: ["seq=" + ">".join(names[:2]), "set=" + "+".join(sorted(names))],
    "same": lambda other, kind: [f"same={other}", f"{kind}same={other}"],
    "below": lambda other, path: [f"below={other}.{path}", f"o={other}"],
    "outer": _spell_outer,
    "when": lambda side, tense: [f"when={side}", f"when={side}|{tense}"],
}
"""How the groups are spelled; any other group is one feature, its own values joined."""
