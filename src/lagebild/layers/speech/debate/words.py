"""What a debate's words look like to the network: named features of each word, from its form, its tree and the news rules."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.layer import find_speech
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

SPELLED = frozenset({"case", "mark", "aux", "aux:pass", "det", "expl", "expl:pv", "advmod", "compound:prt"})
"""Relations whose word is told beside the relation."""
OPENED = SPELLED | {"obj", "nsubj", "obl", "obl:arg", "nmod", "det:poss"}
"""Relations of whose word the preposition or conjunction is told."""
Told = dict[int, Found]
"""What the news rules make of a text: the statement read at a cue word."""


def lemma_of(tree: Tree, words: SpeechWords, index: int) -> str:
    """Return the lemma with its separated particle, mended by the table of verb forms."""
    lemma = tree.lemmas[index]
    if tree.pos[index] == "VERB" and tree.lower[index] in words.forms and lemma not in words.verbs:
        lemma = words.forms[tree.lower[index]]
    for child in tree.children[index]:
        if tree.deps[child] == "compound:prt" and not lemma.startswith(tree.lower[child]):
            return tree.lower[child] + lemma
    return lemma


def told_by_rules(tree: Tree, words: SpeechWords) -> Told:
    """Return the statements of the news rules by each word of their cues, longer messages first."""
    found: Told = {}
    for item in sorted(find_speech(tree, words), key=lambda f: -len(f.message)):
        if item.form not in ("IndirectFreeIndirect", "FreeIndirect"):
            for token in item.cue | ({item.anchor} if item.anchor >= 0 else set()):
                found.setdefault(token, item)
    return found


def word_features(tree: Tree, words: SpeechWords, told: Told) -> list[list[str]]:
    """Return the features of every word."""
    lemmas = [lemma_of(tree, words, index) for index in range(len(tree.words))]
    return [
        _form(tree, lemmas, index) + _lexicon(tree, words, told, lemmas[index], index) + _below(tree, index)
        for index in range(len(tree.words))
    ]


def _form(tree: Tree, lemmas: list[str], index: int) -> list[str]:
    pos, dep, form, head = tree.pos[index], tree.deps[index], tree.forms[index], tree.heads[index]
    return [
        f"p={pos}",
        f"d={dep}",
        f"pd={pos} {dep} {tree.pos[head]}",
        f"f={pos} {form.verb}{form.mood}{form.case}",
        f"w={tree.lower[index]}",
        f"L={lemmas[index]}",
        f"h={lemmas[head]}",
    ]


def _lexicon(tree: Tree, words: SpeechWords, told: Told, lemma: str, index: int) -> list[str]:
    """Return what the news rules and the rows of reporting verbs and nouns say of a word."""
    out = []
    pos = tree.pos[index]
    if (item := told.get(index)) is not None:
        out.append(f"told={item.form} {item.kind} {item.anchor == index}")
    if pos == "VERB" and (rows := words.verbs.get(lemma)):
        out += [f"kind={rows[0].kind}", *(f"frame={frame}" for frame in rows[0].frames)]
    if pos == "NOUN" and (noun := words.nouns.get(lemma) or words.plurals.get(tree.lower[index])):
        out.append(f"noun={noun.kind}")
    return out


def _below(tree: Tree, index: int) -> list[str]:
    out = []
    for child in tree.children[index]:
        dep = tree.deps[child]
        out.append(f"c={dep}")
        if dep in SPELLED:
            out.append(f"cl={dep}:{tree.lower[child]}")
        if dep in OPENED:
            out += [
                f"cb={dep}/{tree.lower[below]}"
                for below in tree.children[child]
                if tree.deps[below] in ("case", "mark")
            ]
    return out
