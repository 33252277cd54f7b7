"""What the words around a cue look like to the network: named features of a cue, and of each word as seen from it."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.layers.speech.debate.words import Told, lemma_of
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "parataxis", "conj", "ROOT"})
FUNCTION = frozenset({"DET", "ADP", "PRON", "SCONJ", "CCONJ", "PART", "AUX", "PUNCT"})
CUTS = frozenset({",", ";", ":", "-", "–", "(", ")"})
STEPS = (1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 50)
"""Upper bounds of the classes of distance, in words."""
BEFORE, AFTER = 70, 100
"""Words before and after a cue in which its roles are looked for at most."""
Bounds = Sequence[tuple[int, int]]


def distance(steps: int) -> str:
    """Return the class of a distance in words, with its direction."""
    size = next((str(step) for step in STEPS if abs(steps) <= step), "far")
    return f"{'-' if steps < 0 else '+'}{size}"


def ancestors(tree: Tree, index: int) -> list[int]:
    """Return the word and everything above it, upwards."""
    out = [index]
    while tree.heads[index] != index and len(out) < 40:
        index = tree.heads[index]
        out.append(index)
    return out


class Around:
    """Features of the words around one cue; what belongs to the cue alone is worked out once.

    ``bounds`` are the sentences as given (often clauses), ``number_of`` tells in which of them a word stands; the tree's
    own sentences may join several.
    """

    def __init__(self, tree: Tree, words: SpeechWords, told: Told, cue: int, bounds: Bounds, number_of: Sequence[int]):
        self.tree, self.cue, self.bounds, self.number_of = tree, cue, bounds, number_of
        self.told = told.get(cue)
        self.lemma, self.pos = lemma_of(tree, words, cue), tree.pos[cue]
        line = ancestors(tree, cue)
        self.up = {node: steps for steps, node in enumerate(line)}
        self.above = [tree.deps[node] for node in line]
        rows = words.verbs.get(self.lemma)
        self.kind = rows[0].kind if rows else (words.nouns[self.lemma].kind if self.lemma in words.nouns else "-")
        self.frames = rows[0].frames if rows else ()
        self.start, self.end = tree.bounds[tree.sentence[cue]]
        self.clause_after = any(c > cue for c in tree.children[cue] if tree.deps[c] in ("ccomp", "xcomp", "obj"))
        self.segment, self.segments = segments(tree, self.start, self.end)
        self.colon = next((t for t in range(cue, self.end - 1) if tree.words[t] == ":"), -1)

    def window(self) -> tuple[int, int]:
        """Return the stretch of words that may play a role: the given sentence and the next, the tree's sentence, at most."""
        number = self.number_of[self.cue]
        first, last = self.bounds[number]
        _, after = self.bounds[min(len(self.bounds) - 1, number + 1)]
        begin = min(first, max(self.start, first - 40))
        end = max(min(after, last + 70), min(self.end, self.cue + 90))
        return max(begin, self.cue - BEFORE), min(end, self.cue + AFTER)

    def of_cue(self) -> list[str]:
        """Return the features of the cue itself."""
        deps = {self.tree.deps[child] for child in self.tree.children[self.cue]}
        has = "+".join(label for label in ("nsubj", "obj", "ccomp", "xcomp", "obl:arg") if label in deps)
        return [
            f"p={self.pos}{'P' if 'aux:pass' in deps else ''} d={self.tree.deps[self.cue]}",
            f"k={self.kind}",
            f"has={has}",
            f"L={self.lemma}",
            *(f"fr={frame}" for frame in self.frames),
        ]

    def of(self, token: int) -> list[str]:
        """Return the features of one word."""
        tree = self.tree
        offset = self.number_of[token] - self.number_of[self.cue]
        out = [f"o={offset}", f"n={distance(token - self.cue)}"]
        same = tree.sentence[token] == tree.sentence[self.cue]
        out += self._here(token) if same else self._elsewhere(token, offset)
        if (item := self.told) is not None:
            spans = (("M", item.message), ("S", item.source), ("A", item.addressee))
            said = next((name for name, span in spans if token in span), "-")
            out.append(f"t={said} {item.form} {item.kind}")
        if token == self.cue:
            out.append("CUE")
        return out

    def _here(self, token: int) -> list[str]:
        """Return features of a word of the cue's sentence: how its branch hangs, and between which commas it stands."""
        tree = self.tree
        steps, top, path = self.branch(token)
        near, dep = min(steps, 4), tree.deps[top]
        link = f"{'A' if token in self.up else dep}^{near}{'<' if top < self.cue else '>'}"
        mark = next((tree.lower[c] for c in tree.children[top] if tree.deps[c] in ("case", "mark")), "-")
        inner = "/".join(tree.deps[node] for node in path[1:] if tree.deps[node] in CLAUSES)[-24:]
        number = self.segment[token - self.start]
        away = max(-5, min(5, number - self.segment[self.cue - self.start]))
        opening, verb = self.segments[number]
        side = max(-2, min(2, away))
        out = [
            f"l={link}",
            f"u={'>'.join(self.above[:near])}",
            f"m={mark} {dep if near == 0 else near}",
            f"i={inner}",
            f"y={min(len(path) - 1, 4)} {tree.deps[token]}",
            f"c={tree.forms[top].case} {link}",
            f"s={away}",
            f"so={opening} {side}",
            f"v={verb} {side}",
            f"tp={tree.pos[top]} {link}",
        ]
        return [*out, "colon"] if 0 <= self.colon < token else out

    def _elsewhere(self, token: int, offset: int) -> list[str]:
        tree = self.tree
        _, end = self.bounds[self.number_of[self.cue]]
        start, _ = self.bounds[self.number_of[token]]
        final = tree.words[end - 1]
        return [
            f"fin={final} {offset}",
            f"low={tree.words[start][:1].islower()} {offset}",
            f"edge={end - 1 - self.cue <= 3} {final} {offset}",
            f"after={self.clause_after} {offset}",
        ]

    def branch(self, token: int) -> tuple[int, int, list[int]]:
        """Return how far up the cue's line the word's branch hangs, the branch's top, and the way down to the word."""
        if token in self.up:
            return self.up[token], token, [token]
        path, node = [token], token
        while node not in self.up:
            if self.tree.heads[node] == node:
                return -1, node, path[::-1]
            node = self.tree.heads[node]
            if node not in self.up:
                path.append(node)
        return self.up[node], path[-1], path[::-1]


def segments(tree: Tree, start: int, end: int) -> tuple[list[int], list[tuple[str, str]]]:
    """Cut a sentence at its inner punctuation: the segment number of each word; each segment's first word and verb form.

    What the parser makes of a long sentence is often wrong; what stands between two commas is not.
    """
    numbers: list[int] = []
    described: list[tuple[str, str]] = []
    first, verb, number = "", "", 0
    for at in range(start, end):
        if tree.words[at] in CUTS and at > start:
            described.append((first, verb))
            number += 1
            first, verb = "", ""
            numbers.append(number)
            continue
        numbers.append(number)
        if not first and tree.pos[at] != "PUNCT":
            first = tree.lower[at] if tree.pos[at] in FUNCTION or tree.pos[at] == "ADV" else tree.pos[at]
        form = tree.forms[at]
        if form.verb == "Fin":
            verb = f"Fin{form.mood}"
        elif form.verb == "Inf" and not verb:
            verb = "zuInf" if "zu" in (tree.lower[at - 1], tree.lower[at][2:4]) else "Inf"
    described.append((first, verb))
    return numbers, described
