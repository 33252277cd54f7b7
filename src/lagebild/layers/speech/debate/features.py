"""Named features over trees: is a word a cue, do two words make one cue, which role does a word play for a cue."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.layer import find_speech
from lagebild.layers.speech.tree import AUXILIARIES, Tree
from lagebild.rules.speech import SpeechWords

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "parataxis", "conj", "ROOT"})
FUNCTION = frozenset({"DET", "ADP", "PRON", "SCONJ", "CCONJ", "PART", "AUX", "PUNCT"})
WINDOW = (-1, 0, 1, 2)
"""Sentences, counted from that of the cue, in which its roles are looked for."""


def lemma_of(tree: Tree, words: SpeechWords, index: int) -> str:
    """Return the lemma with its separated particle, mended by the table of verb forms."""
    lemma = tree.lemmas[index]
    if tree.pos[index] == "VERB" and tree.lower[index] in words.forms and lemma not in words.verbs:
        lemma = words.forms[tree.lower[index]]
    for child in tree.children[index]:
        if tree.deps[child] == "compound:prt" and not lemma.startswith(tree.lower[child]):
            return tree.lower[child] + lemma
    return lemma


Told = dict[int, Found]
"""What the news rules make of a text: the statement read at a cue word."""


def told_by_rules(tree: Tree, words: SpeechWords) -> Told:
    """Return the statements of the news rules by each word of their cues, longer messages first."""
    found: Told = {}
    for item in sorted(find_speech(tree, words), key=lambda f: -len(f.message)):
        if item.form not in ("IndirectFreeIndirect", "FreeIndirect"):
            for token in item.cue | ({item.anchor} if item.anchor >= 0 else set()):
                found.setdefault(token, item)
    return found


def cue_features(tree: Tree, words: SpeechWords, told: Told, index: int) -> list[str]:
    """Return the features that tell whether a word is (part of) a cue."""
    word, pos, dep = tree.lower[index], tree.pos[index], tree.deps[index]
    lemma = lemma_of(tree, words, index)
    head = tree.heads[index]
    head_lemma = lemma_of(tree, words, head) if head != index else "-"
    start, end = tree.bounds[tree.sentence[index]]
    out = [
        f"w={word}",
        f"l={lemma}",
        f"p={pos}",
        f"d={dep}",
        f"l={lemma} p={pos}",
        f"l={lemma} d={dep}",
        f"p={pos} d={dep} hp={tree.pos[head]}",
        f"l={lemma} h={head_lemma}",
        f"h={head_lemma} d={dep} p={pos}",
        f"m={tree.forms[index].verb} p={pos}",
        f"l={lemma} m={tree.forms[index].verb}",
        f"w-1={tree.lower[index - 1] if index > start else '^'}",
        f"w+1={tree.lower[index + 1] if index + 1 < end else '$'}",
        f"l={lemma} w-1={tree.lower[index - 1] if index > start else '^'}",
        f"l={lemma} w+1={tree.lower[index + 1] if index + 1 < end else '$'}",
        f"p-1={tree.pos[index - 1] if index > start else '^'} p={pos}",
        f"p+1={tree.pos[index + 1] if index + 1 < end else '$'} p={pos}",
    ]
    if (item := told.get(index)) is not None:
        out += [
            f"told={item.form} p={pos}",
            f"told={item.kind} anchor={item.anchor == index}",
            f"told={item.form} l={lemma}",
        ]
    if pos in ("NOUN", "VERB", "ADJ", "PROPN"):
        out += [f"end{n}={word[-n:]} p={pos}" for n in (3, 5, 7)] + [f"begin={word[:5]} p={pos}"]
        low = lemma.lower()
        out += [f"tail{n}={low[-n:]} p={pos}" for n in (4, 6, 8) if len(low) > n]
    rows = words.verbs.get(lemma) if pos == "VERB" else None
    if rows:
        out += [f"kind={rows[0].kind}", *(f"frame={frame}" for frame in rows[0].frames)]
    if pos == "NOUN" and (noun := words.nouns.get(lemma) or words.plurals.get(word)):
        out.append(f"noun={noun.kind}")
    for child in tree.children[index]:
        label = tree.deps[child]
        out.append(f"c={label} p={pos}")
        out.append(f"c={label} l={lemma}")
        if label in (
            "obj",
            "nsubj",
            "obl",
            "det:poss",
            "det",
            "expl:pv",
            "expl",
            "advmod",
            "obl:arg",
            "xcomp",
            "nmod",
            "case",
            "mark",
            "aux",
            "aux:pass",
        ):
            out.append(f"c={label}:{tree.lemmas[child]} p={pos}")
            out.append(f"c={label}:{tree.lower[child]} l={lemma}")
        for below in tree.children[child]:
            if tree.deps[below] in ("case", "mark"):
                out.append(f"c={label}/{tree.lower[below]} l={lemma}")
                out.append(f"c={label}/{tree.lower[below]} p={pos}")
    if pos == "NOUN":
        out.append(f"clause={any(tree.deps[c] in ('acl', 'ccomp', 'xcomp') for c in tree.children[index])} l={lemma}")
    return out


def pair_features(tree: Tree, words: SpeechWords, first: int, second: int) -> list[str]:
    """Return the features that tell whether two cue words, one below the other, name one event."""
    a, b = lemma_of(tree, words, first), lemma_of(tree, words, second)
    dep = tree.deps[second]
    return [
        f"a={a} b={b}",
        f"a={a}",
        f"b={b}",
        f"d={dep}",
        f"d={dep} pa={tree.pos[first]} pb={tree.pos[second]}",
        f"a={a} d={dep}",
        f"b={b} d={dep}",
        f"gap={min(abs(first - second), 6)}",
    ]


def ancestors(tree: Tree, index: int) -> list[int]:
    """Return the word and everything above it, upwards."""
    out = [index]
    while tree.heads[index] != index and len(out) < 40:
        index = tree.heads[index]
        out.append(index)
    return out


class RoleFeatures:
    """Features of the words around one cue; what belongs to the cue alone is worked out once."""

    def __init__(self, tree: Tree, words: SpeechWords, told: Told, cue: int, cue_set: set[int]):
        self.told = next((told[t] for t in (cue, *sorted(cue_set)) if t in told), None)
        self.tree, self.words, self.cue, self.cue_set = tree, words, cue, cue_set
        self.lemma = lemma_of(tree, words, cue)
        self.pos = tree.pos[cue]
        self.up = {node: steps for steps, node in enumerate(ancestors(tree, cue))}
        self.updeps = [tree.deps[node] for node in ancestors(tree, cue)]
        deps = {tree.deps[c] for c in tree.children[cue]}
        self.passive = "aux:pass" in deps
        self.has = "+".join(label for label in ("nsubj", "obj", "ccomp", "xcomp", "obl:arg") if label in deps)
        rows = words.verbs.get(self.lemma)
        self.kind = rows[0].kind if rows else (words.nouns[self.lemma].kind if self.lemma in words.nouns else "-")
        start, end = tree.bounds[tree.sentence[cue]]
        self.colon = end - start > 1 and tree.words[end - 1] == ":"
        self.start, self.end = start, end
        self.own_clause_after = any(c > cue for c in tree.children[cue] if tree.deps[c] in ("ccomp", "xcomp", "obj"))
        self.segment, self.segments = segments(tree, start, end)
        self.inner_colon = next((t for t in range(cue, end - 1) if tree.words[t] == ":"), -1)

    def candidates(self) -> list[int]:
        """Return the words that may play a role: those of the sentence and its neighbours, without the cue."""
        tree = self.tree
        number = tree.sentence[self.cue]
        out: list[int] = []
        for offset in WINDOW:
            if 0 <= number + offset < len(tree.bounds):
                start, end = tree.bounds[number + offset]
                out += [t for t in range(start, end) if t not in self.cue_set]
        return out

    def branch(self, token: int) -> tuple[int, int, list[int]]:
        """Return how far up the cue's line the token's branch hangs, the branch's top, and the way down to the token."""
        path = [token]
        node = token
        while node not in self.up:
            if self.tree.heads[node] == node:
                return -1, node, path[::-1]
            node = self.tree.heads[node]
            if node not in self.up:
                path.append(node)
        if token in self.up:
            return self.up[token], token, [token]
        return self.up[node], path[-1], path[::-1]

    def of(self, token: int) -> list[str]:
        """Return the features of one word."""
        offset = self.tree.sentence[token] - self.tree.sentence[self.cue]
        named = self._elsewhere(token, offset) if offset else self._here(token)
        if self.told is not None:
            item = self.told
            said = (
                "M"
                if token in item.message
                else "S"
                if token in item.source
                else "A"
                if token in item.addressee
                else "-"
            )
            named += [
                f"told={said} {item.form} {item.kind}",
                f"told={said} {self.pos} off={offset}",
                f"told={said} l={self.lemma}",
            ]
        return named

    def _here(self, token: int) -> list[str]:
        tree = self.tree
        steps, top, path = self.branch(token)
        own = token in self.up
        side = "<" if top < self.cue else ">"
        dep = tree.deps[top]
        steps_c = min(steps, 4)
        updep = ">".join(self.updeps[:steps_c]) if steps_c > 0 else "."
        link = f"{'ANC' if own else dep}^{steps_c}"
        mark = next((tree.lower[c] for c in tree.children[top] if tree.deps[c] in ("case", "mark")), "-")
        inner = "/".join(tree.deps[n] for n in path[1:] if tree.deps[n] in CLAUSES)[-24:]
        depth = min(len(path) - 1, 4)
        word = tree.lower[token] if tree.pos[token] in FUNCTION else tree.pos[token]
        cue_class = f"{self.pos}{'P' if self.passive else ''}"
        token_dep = tree.deps[token]
        number = self.segment[token - self.start]
        away = max(-5, min(5, number - self.segment[self.cue - self.start]))
        opening, verb = self.segments[number]
        past = 0 <= self.inner_colon < token
        return [
            f"{link} {cue_class}",
            f"{link} {cue_class} {updep}",
            f"{link} l={self.lemma}",
            f"{link} {mark} l={self.lemma}",
            f"{link} {mark} {cue_class}",
            f"{link} {mark} k={self.kind}",
            f"{link} k={self.kind} {side}",
            f"{link} has={self.has} {cue_class}",
            f"{link} has={self.has} l={self.lemma}",
            f"{link} {side} {cue_class} {word}",
            f"{link} in={inner} {cue_class}",
            f"{link} in={inner} d={token_dep} {cue_class}",
            f"{link} {mark} in={inner} k={self.kind}",
            f"{link} depth={depth} d={token_dep} {cue_class}",
            f"{link} depth={depth} w={word} own={own}",
            f"{link} tp={tree.pos[top]} {cue_class}",
            f"{link} tl={tree.lemmas[top]} {cue_class}",
            f"{link} tl={tree.lower[top]} k={self.kind}",
            f"{link} case={tree.forms[top].case} {cue_class}",
            f"w={word} {updep} {dep} {cue_class}",
            f"w={tree.lower[token]} {cue_class} {side}",
            f"l={self.lemma} w={word} {side}",
            f"colon={past} {side} {cue_class} {link}",
            f"colon={past} punct={tree.pos[token] == 'PUNCT'}",
            f"near={max(-6, min(6, token - self.cue))} w={word} {cue_class}",
            f"d={token_dep} in={inner} {updep} {steps_c}",
            f"seg={away} {cue_class} {opening} {verb}",
            f"seg={away} l={self.lemma} {verb}",
            f"seg={away} l={self.lemma} {opening}",
            f"seg={away} k={self.kind} {opening} {verb}",
            f"seg={away} {link} {cue_class}",
            f"seg={away} w={tree.lower[token] if tree.pos[token] in FUNCTION else word} {cue_class} {'<' if token < self.cue else '>'}",
            f"seg={away} case={tree.forms[token].case} p={tree.pos[token]} {cue_class} {'<' if token < self.cue else '>'}",
            f"w-1={tree.lower[token - 1] if token > self.start else '^'} l={self.lemma}",
            f"w-1={tree.lower[token - 1] if token > self.start else '^'} {cue_class} w={word}",
        ]

    def _elsewhere(self, token: int, offset: int) -> list[str]:
        tree = self.tree
        start, end = tree.bounds[tree.sentence[token]]
        last = tree.sentence[self.cue] + 1 == len(tree.bounds)
        root_after = self.own_clause_after
        word = tree.lower[token] if tree.pos[token] in FUNCTION else tree.pos[token]
        edge = self.end - 1 - self.cue <= 3
        lower_start = tree.words[start][:1].islower()
        between = tree.bounds[tree.sentence[self.cue] + 1] if offset == 2 and not last else (start, end)
        middle_ends = tree.words[between[1] - 1]
        final = tree.words[self.end - 1]
        return [
            f"off={offset}",
            f"off={offset} final={final}",
            f"off={offset} final={final} l={self.lemma}",
            f"off={offset} final={final} k={self.kind} after={root_after}",
            f"off={offset} final={final} p={self.pos} has={self.has}",
            f"off={offset} l={self.lemma}",
            f"off={offset} low={lower_start} p={self.pos} final={final}",
            f"off={offset} edge={edge} final={final} after={root_after}",
            f"off={offset} middle={middle_ends} final={final}",
            f"off={offset} w={word}",
            f"off={offset} up={len(self.up) > 1} final={final} {self.updeps[0]}",
            f"off={offset} up={self.updeps[0]} l={self.lemma} final={final}",
            f"off={offset} aux={any(tree.deps[c] in AUXILIARIES for c in tree.children[self.cue])}",
        ]


def segments(tree: Tree, start: int, end: int) -> tuple[list[int], list[tuple[str, str]]]:
    """Cut a sentence at its inner punctuation: the segment number of each word; each segment's first word and verb form.

    What the parser makes of a long sentence is often wrong; what stands between two commas is not.
    """
    numbers: list[int] = []
    described: list[tuple[str, str]] = []
    first, verb, number = "", "", 0
    for at in range(start, end):
        word = tree.words[at]
        if word in (",", ";", ":", "-", "–", "(", ")") and at > start:
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
