"""The event lexicon, indexed once: rows by verb, nouns by last part, idioms by verb, classes by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lagebild.layers.events.forms import Forms
from lagebild.rules import events as rows
from lagebild.rules.events import NONE, Condition, ModeWords, Noun, Phrase, Sense, Verb, parse_condition
from lagebild.rules.lexicon import Lexicon

SHORTEST_CLASS_WORD = 4
SHORTEST_TAIL_FORM = 6
"""A form that ``plurals`` made ends a compound only from this length on ("Leich", "lände" end far too many words)."""
UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}


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
            if cut and end not in self.short_forms and lower[cut - 2 : cut + 1] != "sch":  # "Botschaft" is no "Haft"
                found |= self.members.get(end, frozenset())
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
        for cut in range(len(lower) - SHORTEST_CLASS_WORD + 1):
            found = self.nouns.get(lower[cut:])
            if found and cut:
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
    members: dict[str, set[str]] = defaultdict(set)
    classes = lexicon.rows(rows.CLASSES, rows.WordClass)
    for group in classes:
        for word in group.words:
            members[folded(word)].add(group.id)
    names = frozenset(group.id for group in classes)
    modes = {mode.id for mode in lexicon.rows(rows.MODES, rows.Mode)}
    conditions = {}
    senses = lexicon.rows(rows.SENSES, rows.Sense)
    every: tuple[Verb | Noun | Phrase | Sense, ...] = (*verbs, *nouns, *phrases, *senses)
    for row in every:
        if row.mode and row.mode != NONE and f"{row.type}/{row.mode}" not in modes:
            raise ValueError(f"row {row.id!r}: {row.type} has no mode {row.mode!r}")
        needs = tuple(parse_condition(c, names) for c in row.needs)
        bars = tuple(parse_condition(c, names) for c in row.bars)
        conditions[row.id] = (needs, bars)
    by_word: dict[str, list[Sense]] = defaultdict(list)
    for sense in senses:
        for word in sense.words:
            by_word[word if word[0].islower() else folded(word)].append(sense)
    by_mode: dict[str, dict[str, ModeWords]] = defaultdict(dict)
    for named in lexicon.rows(rows.MODE_WORDS, rows.ModeWords):
        if named.id not in modes:
            raise ValueError(f"row {named.id!r}: there is no such mode")
        kind, _, mode = named.id.partition("/")
        by_mode[kind][mode] = named
    by_verb: dict[str, list[Verb]] = defaultdict(list)
    for verb in verbs:
        by_verb[verb.lemma].append(verb)
    by_noun: dict[str, list[Noun]] = defaultdict(list)
    for noun in nouns:
        by_noun[folded(noun.noun)].append(noun)
    by_light: dict[str, dict[str, dict[str, list[Complement]]]] = defaultdict(dict)
    for phrase in phrases:
        complements = [_complement(text, phrase) for text in phrase.complements]
        for light in phrase.verbs:
            for complement in complements:
                case, word = complement.parts[0]
                by_light[light].setdefault(case, {}).setdefault(word, []).append(complement)
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
    frozen = {word: frozenset(groups) for word, groups in members.items()}
    for word, names_of in list(frozen.items()):
        if len(word) >= SHORTEST_CLASS_WORD:
            for form in plurals(word):
                frozen.setdefault(form, names_of)
    short = frozenset(form for form in frozen if len(form) < SHORTEST_TAIL_FORM and form not in members)
    whole = frozenset(folded(word) for row in lexicon.rows(rows.WHOLE, rows.WholeWords) for word in row.words)
    return Index(
        forms,
        dict(by_verb),
        dict(by_noun),
        dict(by_light),
        conditions,
        frozen,
        singular,
        forms_of,
        dict(by_word),
        dict(by_mode),
        whole,
        short,
    )


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
    endings = [noun + ending for ending in ("e", "en", "n", "s", "es", "nen")]
    if noun.endswith("e") and len(noun) > SHORTEST_CLASS_WORD + 1:
        endings.append(noun[:-1])
    umlaut = max(noun.rfind(vowel) for vowel in UMLAUTS)
    if umlaut < 0:
        return endings
    if umlaut and noun[umlaut - 1 : umlaut + 1] == "au":
        umlaut -= 1
    changed = noun[:umlaut] + UMLAUTS[noun[umlaut]] + noun[umlaut + 1 :]
    return [*endings, changed, *(changed + ending for ending in ("e", "en", "n"))]
