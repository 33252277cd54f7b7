"""What a German verb complex says: tense, mood, modal verb, voice, whether the main verb is an infinitive."""

from __future__ import annotations

from typing import NamedTuple

from lagebild.layers.scope.tree import Tree

AUXILIARY = frozenset(("aux", "aux:pass", "cop"))
OBJECTS = frozenset(("obj", "iobj", "obl:arg"))
HAVE_BE = frozenset(("haben", "sein"))
MODALS = frozenset(("können", "müssen", "sollen", "wollen", "dürfen", "mögen"))


class Reading(NamedTuple):
    """``form``: finite, infinitive, perfect (a perfect infinitive), participle, zu or noun; ``tense``: pres, past, perf,
    plup, fut, would or an empty string; ``mood``: ind, sub1, sub2, imp or an empty string. ``finite`` is the token that
    carries tense and mood, ``modal`` the lemma of the finite modal verb.
    """

    form: str
    tense: str
    mood: str
    modal: str = ""
    finite: int = -1


NOUN = Reading("noun", "", "")


def read_verb(tree: Tree, node: int) -> Reading:
    """Read the verb complex headed by ``node``; for a word that heads none the form is ``noun``."""
    reading: Reading | None = tree.readings.get(node)
    if reading is None:
        reading = tree.readings[node] = _read(tree, node)
    return reading


def _read(tree: Tree, node: int) -> Reading:
    morph = tree.morph[node]
    is_verb = tree.pos[node] in ("VERB", "AUX")
    auxiliaries = [c for c in tree.children[node] if tree.dep[c] in AUXILIARY]
    if not is_verb and not auxiliaries:
        return NOUN
    finite = [c for c in auxiliaries if "VerbForm=Fin" in tree.morph[c]]
    if is_verb and "VerbForm=Fin" in morph and not finite:
        return Reading("finite", _tense(morph), mood_of(morph), finite=node)
    if not finite:
        if any(tree.lower[c] == "zu" and tree.pos[c] == "PART" for c in tree.children[node]):
            return Reading("zu", "", "")
        if "Inf" not in morph:
            return Reading("participle", "", "")
        within = tree.lower[node] != tree.key[node] and "zu" in tree.lower[node]  # anzugreifen
        return Reading("zu" if within else "infinitive", "", "")
    # In a subordinate clause the finite verb stands last, elsewhere first; a modal decides over haben, sein, werden.
    modal = next((c for c in finite if tree.lemma[c] in MODALS), -1)
    carrier = modal if modal >= 0 else finite[0]
    others = {tree.lower[c] for c in auxiliaries if c != carrier}
    lemma = tree.lemma[carrier]
    participle = "VerbForm=Part" in morph
    # "verlassen", "erhalten": infinitive and participle are one form, which only the auxiliary tells apart
    alike = is_verb and tree.lower[node] == tree.key[node] and tree.dep[carrier] == "aux"
    governs = any(tree.dep[c] in OBJECTS for c in tree.children[node])  # what a passive has no more
    infinitive = is_verb and ("VerbForm=Inf" in morph or (alike and governs))
    mood, tense = mood_of(tree.morph[carrier]), _tense(tree.morph[carrier])
    if lemma in MODALS:
        perfect = participle and (bool(others & {"haben", "sein"}) or "worden" in others)
        if perfect and lemma == "sollen" and tree.columns.is_due_state(node):
            return Reading("infinitive", tense, mood, lemma, carrier)
        return Reading("perfect" if perfect else "infinitive", tense, mood, lemma, carrier)
    present = tense == "pres"  # "wurde empfangen" is no future, however the participle is read
    if (
        lemma == "werden"
        and present
        and (infinitive or (others and others <= {"werden", "sein", "haben"} and "worden" not in others))
    ):
        return Reading("infinitive", "would" if mood == "sub2" else "fut", mood, finite=carrier)
    perfect = participle or (alike and lemma == "haben")
    if lemma in HAVE_BE and (perfect or "worden" in others) and tree.dep[carrier] != "cop":
        return Reading("finite", "plup" if tense == "past" and mood == "ind" else "perf", mood, finite=carrier)
    return Reading("finite", tense, mood, finite=carrier)


def _tense(morph: str) -> str:
    return "past" if "Tense=Past" in morph and "Mood=Ind" in morph else "pres"


def mood_of(morph: str) -> str:
    """Return ind, sub1, sub2 or imp."""
    if "Mood=Sub" in morph:
        return "sub2" if "Tense=Past" in morph else "sub1"
    return "imp" if "Mood=Imp" in morph else "ind"


def moods_of(morph: str) -> set[str]:
    """Return the mood, and ``past`` for a past that is no subjunctive ("mussten", not "müssten")."""
    return {mood_of(morph), _tense(morph)} - {"pres"}
