"""Lemmas: edit rules the network chooses between, a dictionary of seen forms, separable verbs joined on the verb."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.tokens import Doc

from lagebild.language.lexemes import Lexemes

KEPT_LEMMAS = 100_000

PARTICLES = (
    "ab an auf aus bei dar durch ein entgegen fehl fern fest fort frei gegenüber gleich heim her herab heran herauf heraus herbei "
    "herein herüber herum herunter hervor hin hinab hinauf hinaus hinein hinüber hinunter hinweg hinzu hoch inne klar "
    "kurz los mit nach nahe nieder offen richtig rück sicher statt still teil tot um unter unterwegs vor voran voraus vorbei "
    "vorweg wahr weg weiter wett wieder zu zurecht zurück zusammen zuvor zuwider über überein".split()
)
BY_LENGTH = sorted((*PARTICLES, ""), key=len, reverse=True)


def without_infix(lower: str, infix: str) -> str | None:
    """Drop ``ge`` or ``zu`` after a separable particle (angegriffen, abzuziehen) or, for ``ge``, at the very front."""
    for particle in BY_LENGTH:
        if lower.startswith(particle + infix) and len(lower) > len(particle) + len(infix) + 2:
            if infix == "zu" and not particle:
                return None
            return particle + lower[len(particle) + len(infix) :]
    return None


def _edit(lower: str, lemma: str) -> str:
    """Return ``prefix cut|prefix put|suffix cut|suffix put`` around the longest common stretch."""
    match = SequenceMatcher(None, lower, lemma, autojunk=False).find_longest_match()
    if match.size == 0:
        return f"={lemma}"
    tail = len(lower) - match.a - match.size
    return f"{match.a}|{lemma[: match.b]}|{tail}|{lemma[match.b + match.size :]}"


def rule_of(form: str, lemma: str) -> str:
    """Return the rule that turns ``form`` into ``lemma``: case mark, infix mark, edit."""
    if lemma == form:
        return "k"
    case = "l" if lemma == lemma.lower() else "u" if lemma[:1].isupper() and lemma[1:] == lemma[1:].lower() else "m"
    lower, target = form.lower(), lemma.lower()
    if case == "m":  # inner capitals (US-Soldaten): edit the end of the form as written
        edit = _edit(form, lemma)
        return f"m {edit}"
    best = f"{case} {_edit(lower, target)}"
    if case == "l":
        for infix in ("ge", "zu"):
            cut = without_infix(lower, infix)
            if cut:
                rule = f"{case}{infix[0]} {_edit(cut, target)}"
                if len(rule) < len(best):
                    best = rule
    return best


def apply_rule(rule: str, form: str) -> str:
    """Return the lemma a rule makes of ``form``; the form itself where the rule does not fit it."""
    if rule == "k":
        return form
    marks, _, edit = rule.partition(" ")
    if edit.startswith("="):
        lemma = edit[1:]
    else:
        text = form if marks == "m" else form.lower()
        if len(marks) == 2:
            cut = without_infix(text, "ge" if marks[1] == "g" else "zu")
            if cut is None:
                return text
            text = cut
        before, put_before, after, put_after = edit.split("|")
        end = len(text) - int(after)
        if end <= int(before):
            return form
        lemma = put_before + text[int(before) : end] + put_after
    return lemma[:1].upper() + lemma[1:] if marks == "u" else lemma


class Lemmatizer:
    """Turns the network's choice of rule into lemmas; results are kept per form, part of speech and rule."""

    def __init__(self, strings: StringStore, *, rules: Sequence[str], folder: Path) -> None:
        self._strings = strings
        self._rules = rules
        self._seen: dict[str, str] = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))
        self._lexemes = Lexemes.load(folder / "lexemes.npz")
        self._made: dict[tuple[str, str, int], int] = {}

    def lemmas(self, words: Sequence[str], upos: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.uint64]:
        """Return the hashes of the words' lemmas; ``scores`` is (word, rule)."""
        made, out = self._made, np.empty(len(words), np.uint64)
        if len(made) > KEPT_LEMMAS:
            made.clear()
        for k, key in enumerate(zip(words, upos, scores.argmax(axis=1).tolist(), strict=True)):
            if key not in made:
                made[key] = self._strings.add(self.lemma(*key))
            out[k] = made[key]
        return out

    def lemma(self, word: str, upos: str, rule: int) -> str:
        """Return the lemma: as the treebanks have it, else of the table of forms (verbs, nouns), else by rule.

        Measured on forms the treebanks lack: the table is right and the rule wrong for 177 nouns and 142 verbs of the
        test parts, the other way round for 54 and 28; for adjectives and names the rule is the better one.
        """
        seen = self._seen.get(f"{word} {upos}") or self._seen.get(f"{word.lower()} {upos}")
        if seen is None and upos == "NOUN":
            seen = self._lexemes.get(word) or self._lexemes.compound(word)
        elif seen is None and upos == "VERB":
            seen = self._verb(word.lower())
        return seen or apply_rule(self._rules[rule], word) or word

    def _verb(self, form: str) -> str | None:
        """Return the infinitive of a verb form of the table, also with a particle the table lacks (klargestellt)."""
        for particle in BY_LENGTH[::-1]:
            if not form.startswith(particle):
                continue
            rest = form[len(particle) :]
            if particle and rest.startswith("zu") and len(rest) > 4:
                rest = rest[2:]
            lemma = self._lexemes.get(rest) if len(rest) > 2 else None
            if lemma and lemma.endswith("n"):
                return particle + lemma
        return None

    def join_particles(self, doc: Doc) -> None:
        """Give a verb with a separated particle (zog ... ab) the joined lemma (abziehen)."""
        for token in doc:
            if token.dep_ == "compound:prt":
                verb = token.head
                lemma = verb.lemma_
                if verb.pos_ == "VERB" and not lemma.startswith(token.lower_):
                    verb.lemma_ = token.lower_ + lemma
