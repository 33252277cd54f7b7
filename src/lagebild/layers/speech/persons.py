"""Which words can stand for somebody who speaks: people, bodies and writings, but no things, acts or thoughts."""

from __future__ import annotations

from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

MENTAL = frozenset({"think", "hope", "fear", "doubt", "expect", "know", "praise"})  # "Seine Zuversicht" says nothing


def may_speak(tree: Tree, index: int, words: SpeechWords) -> bool:
    """Tell a word that stands for people, a body or something written from one for a thing or an act."""
    pos, low = tree.pos[index], tree.lemmas[index].lower()
    if pos == "PRON":
        return tree.lower[index] not in words.groups["dumb_pronouns"]
    if pos == "PROPN" or tree.doc[index].ent_type_ in ("PER", "ORG"):
        return True
    if pos != "NOUN":
        return False
    if low in words.speakers:
        return True
    row = words.nouns.get(tree.lemmas[index]) or words.plurals.get(tree.lower[index])
    if row is not None and (row.kind not in MENTAL or row.lemma in words.groups["source_nouns"]):
        return True
    return _is_person(tree, index, words)


def _is_person(tree: Tree, index: int, words: SpeechWords) -> bool:
    """Tell a noun for people or a body: by its own last part, or by the name right behind it."""
    low = tree.lemmas[index].lower()
    low = low.rpartition("-")[2]
    if any(
        base in words.speakers or any(base[-n:] in words.last_parts for n in range(4, min(len(base), 20) + 1))
        for base in _bases(low)
    ):
        return True
    beside = index + 1
    return (
        beside < len(tree.words)
        and tree.heads[beside] == index
        and tree.deps[beside] in ("appos", "flat")
        and tree.doc[beside].ent_type_ == "PER"
    )


def _bases(low: str) -> tuple[str, ...]:
    """Return the forms under which a noun may be listed: "Leiterin" as Leiter, "Zeugin" as Zeuge, "Angeklagter" as Angeklagte."""
    if low.endswith("in"):
        return low[:-2], low[:-2] + "e", low
    return (low, low[:-1]) if low.endswith("er") else (low,)


def animate(tree: Tree, index: int, words: SpeechWords) -> bool:
    """Tell who speaks in person from a writing or an utterance, which is mostly spoken of: "Das Angebot lehnt er ab"."""
    pos = tree.pos[index]
    if pos == "NOUN" and tree.doc[index].ent_type_ not in ("PER", "ORG"):
        return tree.lemmas[index] not in words.nouns and _is_person(tree, index, words)
    return pos in ("PROPN", "NOUN") or (pos == "PRON" and tree.lower[index] not in words.groups["dumb_pronouns"])


def plural(tree: Tree, index: int) -> bool:
    """Tell a finite verb in the plural by its ending: the morphology gives verbs no number."""
    low = tree.lower[index]
    return low == "sind" or (low.endswith(("en", "rn", "ln")) and not low.endswith("chien"))


def agrees(tree: Tree, index: int, finite: int) -> bool:
    """Tell whether a noun can be the subject of a finite verb by its number; one of several joined by "und" can be either."""
    number = tree.forms[index].number
    if (
        not number
        or tree.pos[index] not in ("NOUN", "PRON")
        or any(tree.deps[c] == "conj" for c in tree.children[index])
    ):
        return True
    return (number == "Plur") == plural(tree, finite)
