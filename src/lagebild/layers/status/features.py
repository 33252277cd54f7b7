"""The features of the status vote: the cues in scope, the verb complex, the events around, in words a person can read."""

from __future__ import annotations

from lagebild.layers.scope import Hit, read_verb
from lagebild.layers.scope.verbs import AUXILIARY
from lagebild.layers.status.context import Context
from lagebild.rules.status import Cue

WEAK = frozenset(("fact", "happen", "hearsay", "accusation"))  # categories that decide nothing alone
MODIFIERS = frozenset(("advmod", "mark", "det", "amod", "case", "cc", "nummod"))


def status_features(context: Context, index: int) -> list[str]:
    """Return the features of one event; ``model/status.py`` learns their weights."""
    tree, event = context.tree, context.events[index]
    tokens, top = context.tokens[index], context.tops[index]
    kind = event.type
    own, clause = read_verb(tree, top), read_verb(tree, context.clause(index))
    shape = f"{own.form}.{own.tense}.{own.mood}.{own.modal}"
    around = f"{clause.form}.{clause.tense}.{clause.mood}.{clause.modal}"
    key = tree.key[top]
    found = [
        f"t={kind}", f"tm={kind}{event.mode}", f"l={key}", f"p={tree.pos[top]}", f"own={shape}", f"cl={around}",
        f"{kind}|own={shape}", f"{kind}|{tree.pos[top]}|cl={around}", f"l={key}|{clause.tense}",
    ]  # fmt: skip
    found += _of_hits(context, index, kind, own.form, f"{clause.tense}{clause.mood}{clause.modal}")
    found += _of_path(context, top)
    found += _of_outers(context, index, kind)
    found += _of_dates(context, index, clause.tense)
    first = tree.start[top] == 0
    found.append(f"s0={first}|{around}")
    found.append(f"root={tree.head[top] == top}|{own.tense}{own.mood}")
    for token in tokens:
        found.append(f"w={tree.lower[token]}")
        if tree.lemma[token] in context.scope.negations:
            found.append("negated trigger")
    if tree.dep[top] == "aux":
        found.append("modal trigger")
    return list(dict.fromkeys(found))


def _name(hit: Hit[Cue]) -> str:
    return ("!" if hit.negated else "") + hit.cue.category


def _of_hits(context: Context, index: int, kind: str, form: str, tense: str) -> list[str]:
    found = []
    hits = context.hits(index)
    for hit in hits:
        name, way, rule = _name(hit), hit.way, hit.cue.id
        if context.foreign(index, hit):
            found += [f"other={name}", f"other={name}|{kind}"]
        far = "o" if hit.outside else str(min(hit.distance, 2))
        found += [
            f"h={name}", f"h={name}@{far}", f"h={name}.{way}@{far}", f"h={rule}", f"h={rule}.{way}@{far}",
            f"h={name}|{form}", f"h={name}.{way}|{tense}", f"h={name}|t={kind}",
        ]  # fmt: skip
    near = (_name(hit) for hit in hits if not hit.outside and hit.cue.category not in WEAK)
    names = list(dict.fromkeys(near))
    return [*found, "seq=" + ">".join(names[:2]), "set=" + "+".join(sorted(names))]


def _of_path(context: Context, top: int) -> list[str]:
    """The small words at the trigger and at the nodes above it."""
    tree, found, node = context.tree, [], top
    for near in (0, 1, 2, 2):
        for child in tree.children[node]:
            relation = tree.dep[child]
            if relation in AUXILIARY:
                found.append(f"aux{near}={tree.lower[child]}")
            elif relation in MODIFIERS:
                found.append(f"c{near}={tree.lemma[child]}")
        if tree.head[node] == node:
            break
        node = tree.head[node]
    return found


def _of_outers(context: Context, index: int, kind: str) -> list[str]:
    found = []
    for outer in context.outers(index):
        other = context.events[outer.index].type
        if outer.way == "same":
            found += [f"same={other}", f"{kind}same={other}"]
        elif outer.way == "below":
            found += [f"below={other}.{outer.path}", f"o={other}"]
        else:
            sign = "!" if context.scope.is_negated(context.tree, outer.node) else ""
            last = outer.path.split("^")[-1]
            found += [f"o={other}", f"o={sign}{other}|{last}", f"o={other}@{outer.distance}", f"o={other}|{outer.way}"]
    return found


def _of_dates(context: Context, index: int, tense: str) -> list[str]:
    if not context.when:
        return []
    tree, node = context.tree, context.tops[index]
    seen = set()
    for _ in range(3):
        stack = [child for child in tree.children[node] if tree.dep[child] in ("obl", "advmod", "nmod", "amod", "case")]
        while stack:
            token = stack.pop()
            if token in context.when:
                seen.add(f"when={context.when[token]}")
            stack.extend(tree.children[token])
        if tree.head[node] == node or read_verb(tree, node).finite >= 0:
            break
        node = tree.head[node]
    return [*seen, *(f"{when}|{tense}" for when in seen)]
