"""Which moods a finite verb's form allows: German forms of indicative and Konjunktiv often fall together.

``hätten`` and ``habe`` (with a third person) are Konjunktiv beyond doubt, ``hat`` and ``ging`` are indicative; ``haben``,
``forderten`` and ``gingen`` may be either, and only the context decides. After the rules of standard grammars: Konjunktiv I
is the stem with -e, -en; Konjunktiv II of weak verbs is their past; of strong verbs the past stem with umlaut and -e.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Token

from lagebild.language.lemma import BY_LENGTH

BOTH = frozenset({"Ind", "Sub"})
INDICATIVE, KONJUNKTIV = frozenset({"Ind"}), frozenset({"Sub"})
UMLAUT = str.maketrans("aou", "äöü")
FIXED = {
    "sei": KONJUNKTIV, "seien": KONJUNKTIV, "seiest": KONJUNKTIV, "seist": KONJUNKTIV, "seiet": KONJUNKTIV,
    "ist": INDICATIVE, "sind": INDICATIVE, "bin": INDICATIVE, "bist": INDICATIVE, "seid": INDICATIVE,
    "hat": INDICATIVE, "hast": INDICATIVE, "hatte": INDICATIVE, "hatten": INDICATIVE, "hattest": INDICATIVE,
    "wird": INDICATIVE, "wirst": INDICATIVE, "wurde": INDICATIVE, "wurden": INDICATIVE, "würde": KONJUNKTIV,
    "würden": KONJUNKTIV, "würdest": KONJUNKTIV, "würdet": KONJUNKTIV, "konnte": INDICATIVE, "konnten": INDICATIVE,
    "könnte": KONJUNKTIV, "könnten": KONJUNKTIV, "musste": INDICATIVE, "mussten": INDICATIVE, "müsste": KONJUNKTIV,
    "müssten": KONJUNKTIV, "durfte": INDICATIVE, "durften": INDICATIVE, "dürfte": KONJUNKTIV, "dürften": KONJUNKTIV,
    "mochte": INDICATIVE, "mochten": INDICATIVE, "möchte": KONJUNKTIV, "möchten": KONJUNKTIV, "will": INDICATIVE,
    "soll": INDICATIVE, "kann": INDICATIVE, "muss": INDICATIVE, "darf": INDICATIVE, "mag": INDICATIVE,
    "sollte": BOTH, "sollten": BOTH, "wollte": BOTH, "wollten": BOTH, "wusste": INDICATIVE, "wussten": INDICATIVE,
    "wüsste": KONJUNKTIV, "wüssten": KONJUNKTIV, "brachte": INDICATIVE, "brachten": INDICATIVE, "dachte": INDICATIVE,
    "dachten": INDICATIVE, "brächte": KONJUNKTIV, "brächten": KONJUNKTIV, "dächte": KONJUNKTIV, "dächten": KONJUNKTIV,
}  # fmt: skip
FIRST_PERSON = frozenset({"ich"})
MODALS = frozenset({"können", "müssen", "dürfen", "mögen", "sollen", "wollen", "wissen"})


@lru_cache(maxsize=50_000)
def readings(form: str, lemma: str) -> frozenset[str]:
    """Return the moods ``form`` allows with a third-person subject, ``lemma`` being the infinitive, any particle off."""
    form = form.lower()
    if form in FIXED:
        return FIXED[form]
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    if not stem:
        return BOTH
    if form == lemma:
        return BOTH  # sie fordern
    if form == f"{stem}e" or (lemma.endswith(("eln", "ern")) and form == lemma[:-1] + "e"):
        return KONJUNKTIV  # er fordere
    if form.endswith(("te", "ten", "test", "tet")) and form.startswith(stem):
        return BOTH  # er forderte: past or Konjunktiv II
    if form.endswith(("t", "st")) or not form.endswith(("e", "en")):
        return INDICATIVE  # er fordert, er ging
    return _strong(form, stem)


def _strong(form: str, stem: str) -> frozenset[str]:
    """Past stems with -e or -en: an umlaut the infinitive lacks tells Konjunktiv II, a vowel that could have one, past."""
    if any(vowel in form and vowel not in stem for vowel in "äöü"):
        return KONJUNKTIV  # sie kämen
    if form.endswith("e"):
        return BOTH if form.endswith("te") else KONJUNKTIV  # er ginge, er bliebe; er nannte
    vowels = [char for char in form[:-2] if char in "aeiouäöü"]
    plain = bool(vowels) and vowels[-1] in "aou" and not form[:-2].endswith(("au", "eu"))
    return INDICATIVE if plain else BOTH  # sie kamen; sie gingen


def overrule(words: Sequence[str], morphs: Sequence[str], lemma_of: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    """Yield (place, morphology) of finite verbs whose form says another mood than the network, first persons aside."""
    for k, morph in enumerate(morphs):
        if not morph.endswith("VerbForm=Fin") or not morph.startswith(("Mood=Ind", "Mood=Sub")):
            continue
        allowed = readings(words[k], bare(lemma_of(k), words[k]))
        if len(allowed) == 2 or morph[5:8] in allowed:
            continue
        if words[k].endswith("e") and any(word.lower() in FIRST_PERSON for word in words[max(0, k - 5) : k + 6]):
            continue
        yield k, f"Mood={'Ind' if allowed == INDICATIVE else 'Sub'}{morph[8:]}"


def bare(lemma: str, form: str) -> str:
    """Return the infinitive without a particle that the form does not carry (``abziehen`` and ``zog``: ``ziehen``)."""
    low = form.lower()
    for particle in BY_LENGTH:
        if particle and lemma.startswith(particle) and not low.startswith(particle) and len(lemma) > len(particle) + 2:
            return lemma[len(particle) :]
    return lemma


def moods(token: Token) -> frozenset[str]:
    """Return the moods form and subject allow for a finite verb; empty for every other word."""
    if "VerbForm=Fin" not in str(token.morph):
        return frozenset()
    allowed = readings(token.text, bare(token.lemma_, token.text))
    if allowed == KONJUNKTIV and token.lower_.endswith("e") and _first_person(token):
        base = bare(token.lemma_, token.text)
        if token.lower_ == base[:-2] + "e" or token.lower_ in {"habe", "werde"}:
            return BOTH  # ich habe
    return allowed


def certain(token: Token) -> bool:
    """Whether form and subject alone decide the token's mood."""
    return len(moods(token)) == 1


def _first_person(token: Token) -> bool:
    verb = token.head if token.dep_ in ("aux", "aux:pass", "cop") else token
    return any(child.lower_ in FIRST_PERSON and child.dep_.startswith("nsubj") for child in verb.children)
