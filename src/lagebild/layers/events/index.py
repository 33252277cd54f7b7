"""The event lexicon, indexed once: rows by verb, nouns by last part, idioms by verb, classes by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from lagebild.layers.events.forms import Forms
from lagebild.rules import events as rows
from lagebild.rules.events import NONE, Condition, ModeWords, Noun, Phrase, Sense, Verb, parse_condition
from lagebild.rules.lexicon import Lexicon

ALREADY = "bereits"
"""An adverb that looks like a form of "bereit" ("erklärten bereits" promises nothing)."""
SHORTEST_CLASS_WORD = 4
SHORTEST_FIRST_PART = 2
"""No first part of a compound is a single letter: "Vermittlung" is no "Ermittlung", "Verbot" no "Erbot"."""
SHORTEST_TAIL_FORM = 6
"""A form that ``plurals`` made ends a compound only from this length on ("Leich", "lände" end far too many words)."""
UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}
Row = Verb | Noun | Phrase | Sense
R = TypeVar("R")


@dataclass(slots=True)
class Complement:
    """What a light verb asks for: pairs of preposition ('' for an object or predicate) and word ('' for any)."""

    parts: tuple[tuple[str, str], ...]
    row: Phrase


@dataclass(slots=True)
class Index:
    """The lexicon ready for look-up. ``conditions`` holds (needs, bars) by row id, ``phrases`` by verb, preposition and word
    what light verbs ask for first, ``mode_words`` those of a type by mode.
    """

    forms: Forms
    verbs: dict[str, list[Verb]]
    nouns: dict[str, list[Noun]]
    phrases: dict[str, dict[str, dict[str, list[Complement]]]]
    conditions: dict[str, tuple[tuple[Condition, ...], tuple[Condition, ...]]]
    members: dict[str, frozenset[str]]
    singular: dict[str, str]
    plurals: dict[str, list[str]]
    senses: dict[str, list[Sense]]
    mode_words: dict[str, dict[str, ModeWords]]
    whole: frozenset[str] = frozenset()
    short_forms: frozenset[str] = frozenset()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _classes_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _nouns_of: dict[str, tuple[Noun, ...]] = field(default_factory=dict)

    def classes_of(self, lemma: str) -> frozenset[str]:
        """The classes of a word, by itself or by its last part."""
        known = self._classes_of.get(lemma)
        if known is None:
            found = set[str]()
            for lower in _persons(folded(lemma)):
                found |= self._classes_of_ends(lower)
            known = self._classes_of[lemma] = frozenset(found)
        return known

    def _classes_of_ends(self, lower: str) -> set[str]:
        found = set(self.members.get(lower, ()))
        for cut in range(len(lower) - SHORTEST_CLASS_WORD + 1):
            end = lower[cut:]
            classes = self.members.get(end) if cut >= SHORTEST_FIRST_PART else None
            within = lower[cut - 2 : cut + 1] == "sch"  # "Botschaft" is no "Haft"
            if classes and end not in self.short_forms and not within:
                found |= classes
            if end in self.whole:
                break
        return found

    def nouns_of(self, lemma: str) -> tuple[Noun, ...]:
        """The rows of a noun: its own, else those of the longest last part of a compound."""
        known = self._nouns_of.get(lemma)
        if known is None:
            lower = folded(lemma)
            known = tuple(self.nouns.get(lower, ())) or self._look_up(lower)
            self._nouns_of[lemma] = known
        return known

    def _look_up(self, lower: str) -> tuple[Noun, ...]:
        for cut in range(SHORTEST_FIRST_PART, len(lower) - SHORTEST_CLASS_WORD + 1):
            found = self.nouns.get(lower[cut:])
            if found:
                found = [row for row in found if row.compounds and not _otherwise(row, lower)]
                if not found:
                    return ()
            if found:
                return tuple(found)
        return ()


def folded(word: str) -> str:
    """The word as it is looked up: in small letters and with ss for ß, as Swiss and older texts differ in it."""
    return word.lower().replace("ß", "ss")


def _otherwise(row: Noun, word: str) -> bool:
    """Tell whether the word is, or ends in, a compound that means otherwise ("UN-Ausschuss" for "Schuss")."""
    return any(word.endswith(folded(other)) for other in row.but_not)


def _persons(word: str) -> tuple[str, ...]:
    """The word, and the man's word for a woman ("Politikerin", "Gesandte")."""
    if word.endswith("in") and len(word) > SHORTEST_CLASS_WORD + 2:
        return word, word[:-2]
    return (word, word + "r") if word.endswith("te") else (word,)


def build_index(lexicon: Lexicon) -> Index:
    """Read the tables; raises ``LexiconError`` for a bad row and ``ValueError`` for an unknown class, mode or type."""
    verbs = lexicon.rows(rows.VERBS, rows.Verb)
    nouns = lexicon.rows(rows.NOUNS, rows.Noun)
    phrases = lexicon.rows(rows.PHRASES, rows.Phrase)
    senses = lexicon.rows(rows.SENSES, rows.Sense)
    classes = lexicon.rows(rows.CLASSES, rows.WordClass)
    modes = frozenset(mode.id for mode in lexicon.rows(rows.MODES, rows.Mode))
    every: tuple[Row, ...] = (*verbs, *nouns, *phrases, *senses)
    by_verb = _grouped((verb.lemma, verb) for verb in verbs)
    by_noun = _grouped((folded(noun.noun), noun) for noun in nouns)
    by_light = _by_light(phrases)
    forms = Forms(
        dict.fromkeys((*by_verb, *by_light, *_verbs(senses))),
        lexicon.rows(rows.STRONG, rows.StrongVerb),
        lexicon.rows(rows.PREFIXES, rows.Prefix),
    )
    words = {*by_noun, *(word for phrase in phrases for text in phrase.complements for word in _words(text))}
    forms_of = {word: plurals(word) for word in words}
    singular = {form: word for word, found in forms_of.items() for form in found if form not in words}
    for form, word in singular.items():
        if word in by_noun and len(form) >= SHORTEST_CLASS_WORD:
            by_noun.setdefault(form, by_noun[word])
    members, short = _members(classes)
    return Index(
        forms,
        by_verb,
        by_noun,
        by_light,
        _conditions(every, frozenset(group.id for group in classes), modes),
        members,
        singular,
        forms_of,
        _grouped((_looked_up(word), sense) for sense in senses for word in sense.words),
        _by_mode(lexicon.rows(rows.MODE_WORDS, rows.ModeWords), modes),
        frozenset(folded(word) for row in lexicon.rows(rows.WHOLE, rows.WholeWords) for word in row.words),
        short,
    )


def _grouped(pairs: Iterable[tuple[str, R]]) -> dict[str, list[R]]:
    """The rows by word, in the order of the table."""
    found: dict[str, list[R]] = {}
    for word, row in pairs:
        found.setdefault(word, []).append(row)
    return found


def _looked_up(word: str) -> str:
    """A word of a sense as it is looked up: a noun folded, a verb or an adjective as it stands."""
    return word if word[0].islower() else folded(word)


def _conditions(
    every: Iterable[Row], classes: frozenset[str], modes: frozenset[str]
) -> dict[str, tuple[tuple[Condition, ...], tuple[Condition, ...]]]:
    """What each row needs and what bars it, by the row's id; raises ``ValueError`` for an unknown class or mode."""
    found = {}
    for row in every:
        if row.mode and row.mode != NONE and f"{row.type}/{row.mode}" not in modes:
            raise ValueError(f"row {row.id!r}: {row.type} has no mode {row.mode!r}")
        needs = tuple(parse_condition(c, classes) for c in row.needs)
        bars = tuple(parse_condition(c, classes) for c in row.bars)
        found[row.id] = (needs, bars)
    return found


def _by_mode(table: Iterable[ModeWords], modes: frozenset[str]) -> dict[str, dict[str, ModeWords]]:
    """The words of modes by type and mode; raises ``ValueError`` for an unknown mode."""
    found: dict[str, dict[str, ModeWords]] = {}
    for named in table:
        if named.id not in modes:
            raise ValueError(f"row {named.id!r}: there is no such mode")
        kind, _, mode = named.id.partition("/")
        found.setdefault(kind, {})[mode] = named
    return found


def _by_light(phrases: Iterable[Phrase]) -> dict[str, dict[str, dict[str, list[Complement]]]]:
    """Complements by the verb they stand with, their preposition and their word."""
    found: dict[str, dict[str, dict[str, list[Complement]]]] = {}
    for phrase in phrases:
        complements = [_complement(text, phrase) for text in phrase.complements]
        for light in phrase.verbs:
            for complement in complements:
                case, word = complement.parts[0]
                found.setdefault(light, {}).setdefault(case, {}).setdefault(word, []).append(complement)
    return found


def _members(classes: Iterable[rows.WordClass]) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The classes of each word and of its plurals; and the forms too short to be looked for at the end of a compound."""
    members: dict[str, set[str]] = defaultdict(set)
    for group in classes:
        for word in group.words:
            members[folded(word)].add(group.id)
    found = {word: frozenset(groups) for word, groups in members.items()}
    for word, groups in list(found.items()):
        if len(word) >= SHORTEST_CLASS_WORD:
            for form in plurals(word):
                found.setdefault(form, groups)
    return found, frozenset(form for form in found if len(form) < SHORTEST_TAIL_FORM and form not in members)


def _verbs(senses: Iterable[Sense]) -> list[str]:
    """The verbs among the words of senses: a noun begins with a capital, an adjective does not end in "n"."""
    return [word for sense in senses for word in sense.words if word[0].islower() and word.endswith("n")]


def _words(text: str) -> list[str]:
    return [word for part in text.split("+") if (word := folded(part.rpartition(":")[2]))]


def _complement(text: str, row: Phrase) -> Complement:
    parts = []
    for part in text.split("+"):
        preposition, colon, word = part.rpartition(":")
        parts.append((preposition if colon else "", folded(word)))
    return Complement(tuple(parts), row)


def plurals(noun: str) -> list[str]:
    """The forms a noun may take, over-generated: the lemma of a rare compound is often left in the plural."""
    endings = [form for ending in ("e", "en", "n", "s", "es", "nen") if (form := noun + ending) != ALREADY]
    if noun.endswith("e") and len(noun) > SHORTEST_CLASS_WORD + 1:
        endings.append(noun[:-1])
    umlaut = max(noun.rfind(vowel) for vowel in UMLAUTS)
    if umlaut < 0:
        return endings
    if umlaut and noun[umlaut - 1 : umlaut + 1] == "au":
        umlaut -= 1
    changed = noun[:umlaut] + UMLAUTS[noun[umlaut]] + noun[umlaut + 1 :]
    return [*endings, changed, *(changed + ending for ending in ("e", "en", "n"))]
