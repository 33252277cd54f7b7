"""How many, and what it is about: what the earlier layers found, given to the event it belongs to."""

from __future__ import annotations

from lagebild.layers.events.paths import LONGEST, ancestors, between
from lagebild.layers.events.settings import Setting
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.records import Quantity
from lagebild.rules import events as rows
from lagebild.rules.lexicon import Lexicon

NEAR = 2
"""Steps of the dependency path within which a number belongs to a trigger of its own."""
SHARED = 3
"""Steps within which it still does when it hangs on a verb above."""
SHORTEST = 4


SIZES = frozenset(("Höhe", "Wert", "Umfang", "Volumen", "Gesamtwert"))
"""Nouns that only lead to a number: "Hilfen in Höhe von 700 Millionen"."""
HARM = frozenset(("killed", "injured", "missing", "displaced", "hostages"))
"""What a violent act may be told to have led to in a clause beside it."""
DONE = HARM | {"arrested", "released", "deported", "convicted", "rescued"}
"""What a verb says happened to those counted: no deed of theirs that a relative clause tells."""
ONLY = {
    "attacks": frozenset(("ASSAULT",)),
    "arrested": frozenset(("COERCE", "PROTEST", "SANCTION", "RETREAT", "ACCUSE")),
}
"""Types of deeds of which a number says how many there were, or to how many it was done."""


def quantities_of(view: View, setting: Setting, trigger: Trigger) -> tuple[Quantity, ...]:
    """The quantities that hang on the trigger; what a clause beside it counts belongs to that clause."""
    return tuple(
        quantity
        for head, quantity in setting.quantities.get(view.sent[trigger.head], ())
        if (steps := _steps(view, trigger, head)) is not None
        and steps <= NEAR
        and trigger.type in ONLY.get(quantity.what, (trigger.type,))
        and not _of_another_clause(view, setting, trigger, head, quantity)
    )


def _of_another_clause(view: View, setting: Setting, trigger: Trigger, head: int, quantity: Quantity) -> bool:
    """Whether a quantity stands in a clause that the trigger is no part of.

    It is left to that clause where an event is told there, or where it is no harm that a violent act may have done
    ("beschossen das Dorf, drei Menschen starben").
    """
    clause = _clause(view, head)
    if clause < 0 or clause in trigger.tokens:
        return False
    own = _clause(view, trigger.head)
    if view.dep[own] == "acl" and own != clause and quantity.what in DONE:
        return True  # "nahm zwölf fest, die sich widersetzt hatten": arrested, not when they resisted
    if own == clause or clause in view.columns.above(trigger.head, LONGEST):
        return view.dep[own] == "conj" and own != clause and not _shares_subject(view, own, head)
    return clause in setting.events or trigger.type != "ASSAULT" or quantity.what not in HARM


def _clause(view: View, i: int) -> int:
    """The verb with a finite form that ``i`` belongs to, or -1."""
    for token in (i, *view.columns.above(i, LONGEST)):
        if view.pos[token] not in ("VERB", "AUX", "ADJ"):
            continue
        parts = (token, *[c for c in view.children[token] if view.dep[c] in ("aux", "aux:pass", "cop")])
        if any("VerbForm=Fin" in view.columns.morph[part] for part in parts):
            return token
    return -1


def _shares_subject(view: View, verb: int, subject: int) -> bool:
    """Whether a later verb has no subject of its own and so that of the first one."""
    return view.dep[subject].startswith("nsubj") and not any(
        view.dep[c].startswith("nsubj") for c in view.children[verb]
    )


def _steps(view: View, trigger: Trigger, head: int) -> int | None:
    best: int | None = None
    for start in trigger.tokens:
        way = between(view, ancestors(view, start), head)
        if way is None:
            continue
        rise, falling = way
        passed = [token for token in falling if view.lemma[token] not in SIZES]
        steps = max(rise + len(passed), 1)
        limit = SHARED if rise else NEAR
        if steps <= limit and (best is None or steps < best):
            best = steps
    return best


class Contexts:
    """Looks up what a sentence is about; a word counts by itself and as the last part of a compound."""

    def __init__(self, lexicon: Lexicon):
        self.words: dict[str, set[str]] = {}
        for row in lexicon.rows(rows.CONTEXT_WORDS, rows.ContextWords):
            for word in row.words:
                self.words.setdefault(word.lower(), set()).add(row.id)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, lemma: str) -> frozenset[str]:
        """The contexts of one word."""
        known = self._known.get(lemma)
        if known is None:
            lower = lemma.lower()
            found = set(self.words.get(lower, ()))
            for cut in range(1, len(lower) - SHORTEST + 1):
                if end := self.words.get(lower[cut:]):
                    found |= end
            known = self._known[lemma] = frozenset(found)
        return known

    def of_sentence(self, view: View, start: int, end: int) -> tuple[str, ...]:
        """The contexts of the words of a sentence, in alphabetical order."""
        found: set[str] = set()
        for i in range(start, end):
            if view.pos[i] in ("NOUN", "PROPN", "ADJ"):
                found |= self.of(view.lemma[i])
        return tuple(sorted(found))
