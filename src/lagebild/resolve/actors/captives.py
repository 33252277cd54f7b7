"""Whose hostages, suspects and prisoners are: of the state of those told as kidnapped, arrested, accused or set free.

"Die Polizei in Nairobi nahm zwei Iraner fest. Die Verdächtigen schwiegen.": the suspects are the two, not Kenyans.
"""

from __future__ import annotations

from lagebild.layers.actors.reading import LocalMention
from lagebild.resolve.actors.antecedents import Known
from lagebild.resolve.actors.scene import Found, Scene, sector_of
from lagebild.rules.events import NOUNS, VERBS, Noun, Verb
from lagebild.rules.lexicon import Lexicon

MODES = frozenset({"arrest", "abduct", "release", "convict"})
PATIENTS = frozenset({"obj", "nsubj:pass", "nmod", "nmod:poss"})
PERSONS = frozenset({"person", "demonym", "name"})


def capture_words(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return the verbs and the nouns (in lower case) of taking, holding and freeing people; use through ``lexicon.derived``."""
    verbs = frozenset(row.lemma for row in lexicon.rows(VERBS, Verb) if row.mode in MODES)
    nouns = frozenset(row.noun.lower() for row in lexicon.rows(NOUNS, Noun) if row.mode in MODES)
    return verbs, nouns


def held(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "die Geiseln", "der Verdächtige" by the last one told as taken, held or freed; None where nobody is."""
    role = mention.reading.role
    if not mention.definite or not (scene.captive & {role, role.removesuffix("n")} or _is_aged(scene, mention)):
        return None
    for known in reversed(scene.known):
        if known.kind in PERSONS and known.pairs[0][0] and _is_taken(scene, known):
            sector = sector_of(mention)
            return Found(tuple(dict.fromkeys((state, sector) for state, _ in known.pairs)), "held", known.name)
    return None


def _is_aged(scene: Scene, mention: LocalMention) -> bool:
    """Whether one is told by his age alone: "dem 29-jährigen Mann" is whom the police arrested."""
    sheet = scene.sheet
    aged = any("jährig" in sheet.lower[child] for child in sheet.children[mention.head] if sheet.dep[child] == "amod")
    return aged and mention.reading.kind == "person" and mention.sector == "CVL" and not mention.plural


def _is_taken(scene: Scene, known: Known) -> bool:
    """Whether an actor stands where one is arrested, kidnapped or freed."""
    sheet = scene.sheet
    verbs, nouns = scene.lexicon.derived(capture_words)
    if sheet.dep[known.token] not in PATIENTS or sheet.case_of(known.token) not in ("", "von", "vom"):
        return False
    lemma = sheet.lemma[sheet.head[known.token]]
    return lemma in verbs if sheet.dep[known.token] in ("obj", "nsubj:pass") else lemma.lower() in nouns
