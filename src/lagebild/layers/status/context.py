"""What the layer of status knows about the article's events before it decides anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.layers.scope import Hit, Scope, Tree, read_verb, tree_of
from lagebild.layers.scope.engine import nouns_beside, ways_of
from lagebild.records import Event
from lagebild.rules.status import Cue

FAR = 6  # nodes to climb


@dataclass(frozen=True, slots=True)
class Outer:
    """An event that may enclose another one: ``index`` into the article's events, ``way`` how the inner one hangs on it
    (``object``, ``clause``, ``auf``, ``same`` for one trigger in two events, ``below`` where the outer one's trigger is
    a modal verb or an attribute of the inner one's), ``path`` the relations between, conjuncts left out,
    ``last`` how the highest word between hangs on the outer one.
    """

    index: int
    way: str
    path: str
    distance: int
    node: int
    through: tuple[str, ...] = ()
    last: str = ""


class Context:
    """The tree, the cues, the trigger tokens of every event and which events own a token."""

    def __init__(self, doc: Doc, scope: Scope[Cue], earlier: Earlier):
        self.tree = tree_of(doc, scope.forms)
        self.scope = scope
        self.events: tuple[Event, ...] = earlier.events
        self.tokens = [[i for span in event.trigger for i in self.tree.tokens(span)] for event in earlier.events]
        self.tops = [self.tree.top(tokens) if tokens else -1 for tokens in self.tokens]
        self.owners: dict[int, list[int]] = {}
        for index, tokens in enumerate(self.tokens):
            for token in tokens:
                self.owners.setdefault(token, []).append(index)
        self.when = _when(self.tree, earlier)
        self._hits: dict[int, list[Hit[Cue]]] = {}
        self._outers: dict[int, list[Outer]] = {}

    def hits(self, index: int) -> list[Hit[Cue]]:
        """The cues that hold for the event's trigger, nearest first; cues inside the trigger are left out."""
        if index not in self._hits:
            own = set(self.tokens[index])
            found = self.scope.hits(self.tree, self.tops[index], FAR)
            self._hits[index] = [hit for hit in found if hit.token not in own or hit.way == "self"]
        return self._hits[index]

    def foreign(self, index: int, hit: Hit[Cue]) -> bool:
        """Whether a cue modifies the trigger of another event, so that it speaks of that one first."""
        if hit.distance == 0 or hit.way not in ("head", "argument", "main"):
            return False
        owners = self.owners.get(self.tree.head[hit.token])
        return owners is not None and index not in owners

    def outers(self, index: int) -> list[Outer]:
        """The events that may enclose this one, nearest first."""
        if index not in self._outers:
            self._outers[index] = list(self._find_outers(index))
        return self._outers[index]

    def _find_outers(self, index: int) -> Iterator[Outer]:
        tree, top = self.tree, self.tops[index]
        for token in self.tokens[index]:
            for other in self.owners[token]:
                if other != index:
                    yield Outer(other, "same", "", 0, token)
        below, first = list(tree.children[top]), top
        while tree.dep[first] == "conj" and read_verb(tree, first).finite < 0:
            first = tree.head[first]
            below += [child for child in tree.children[first] if tree.dep[child] == "aux"]
        for child in below:
            if tree.dep[child] in ("aux", "amod", "advmod"):
                for other in self.owners.get(child, ()):
                    if other != index:
                        yield Outer(other, "below", tree.dep[child], 0, child)
        for noun, way in nouns_beside(tree, top):
            for other in self.owners.get(noun, ()):
                if other != index:
                    yield Outer(other, way, "beside", 1, noun)
        node, path, through = top, [], list[str]()
        for _ in range(FAR):
            parent, relation = tree.head[node], tree.dep[node]
            if parent == node:
                return
            if relation != "conj":
                path.append(relation)
                if len(path) > 1:
                    through.append(tree.key[node])
            above = [parent]
            if tree.lemma[parent] in self.scope.transparent:  # "eine der Bedingungen"
                above += [child for child in tree.children[parent] if tree.dep[child] == "nmod" and child != node]
            for other in [other for place in above for other in self.owners.get(place, ())]:
                if other != index:
                    last = ways_of(tree, node, relation)[0]
                    way = last if len(path) == 1 else "far"
                    yield Outer(other, way, "^".join(path) or "conj", len(path), parent, tuple(through), last)
            node = parent

    def clause(self, index: int) -> int:
        """Return the head of the clause that the trigger stands in."""
        tree, node = self.tree, self.tops[index]
        while tree.head[node] != node:
            reading = read_verb(tree, node)
            if reading.finite >= 0:
                break
            node = tree.head[node]
        return node


def _when(tree: Tree, earlier: Earlier) -> dict[int, str]:
    """Which tokens begin a date that lies after (or before) the day of publication."""
    day = earlier.article.published_day
    found: dict[int, str] = {}
    for date in earlier.dates:
        if date.type == "DURATION" or date.type == "SET":
            continue
        if date.value == "FUTURE_REF" or (day and date.earliest and date.earliest[:10] > day.isoformat()):
            side = "future"
        elif date.latest and day and date.latest[:10] < day.isoformat():
            side = "past"
        else:
            continue
        for token in tree.tokens(date.span):
            found[token] = side
    return found
