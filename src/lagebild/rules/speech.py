"""The rows of the speech tables under ``lexicon/de`` and the index the layer of speech looks words up in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lagebild.records import Stance, quickly_made
from lagebild.rules.actors import Noun
from lagebild.rules.lexicon import Lexicon

Kind = Literal[
    "say", "report", "announce", "claim", "confirm", "deny", "admit", "ask", "answer", "demand", "request", "advise",
    "propose", "promise", "agree", "decide", "accuse", "criticise", "praise", "warn", "threaten", "reject", "think",
    "expect", "hope", "fear", "doubt", "know", "learn", "write",
]  # fmt: skip
Frame = Literal[
    "clause", "infinitive", "quote", "object", "dative", "accusative", "reflexive", "weak", "cites", "nach", "light", "written", "aus",
    "an", "auf", "als", "bei", "für", "gegen", "gegenüber", "in", "mit", "über", "um", "von", "vor", "zu",
]  # fmt: skip
PhraseKind = Literal["before", "after", "noun", "so", "wie", "adverb", "relative", "viewpoint"]
PREPOSITIONS = frozenset(
    {"nach", "aus", "an", "auf", "als", "bei", "für", "gegen", "in", "mit", "über", "um", "von", "vor", "zu"}
)


@quickly_made
@dataclass(frozen=True, slots=True)
class VerbRow:
    """A reporting verb. ``companion`` must stand with it; ``frames`` name what it takes as content and addressee."""

    id: str
    lemma: str
    kind: Kind
    frames: tuple[Frame, ...]
    example: str
    companion: str = ""
    stance: Stance = "neutral"
    counter: str = ""


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun of speech or thought: with ``nach``, with a content clause, or as object of a light verb."""

    id: str
    lemma: str
    kind: Kind
    example: str
    frames: tuple[Frame, ...] = ()
    stance: Stance = "neutral"
    counter: str = ""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A word that names a source without a verb: before it (laut), after it (zufolge), before a noun of speech (nach)."""

    id: str
    form: str
    kind: PhraseKind
    example: str
    counter: str = ""


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A closed group of function words the layer needs: correlates, complementisers, modals, light verbs."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormsRow:
    """The irregular forms of a verb; the id is its infinitive."""

    id: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The tables, indexed: verbs and nouns by lemma, phrases by lower-case form, closed groups by name.

    ``forms`` maps inflected verb forms to infinitives, ``plurals`` inflected nouns (lower case) to their rows: a net
    under the lemmatiser, which guesses at words it has not seen. ``bases`` are the verbs that a particle makes a reporting
    verb. ``speakers`` are nouns for people and bodies in lower
    case, ``last_parts`` those that may end a compound ("Landrat": "rat").
    """

    verbs: dict[str, tuple[VerbRow, ...]]
    nouns: dict[str, NounRow]
    phrases: dict[str, PhraseRow]
    groups: dict[str, frozenset[str]]
    suffixes: dict[str, NounRow] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, NounRow] = field(default_factory=dict)
    bases: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    citing: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    last_parts: frozenset[str] = frozenset()


def speech_words(lexicon: Lexicon) -> SpeechWords:
    """Build the index; use it through ``lexicon.derived(speech_words)``."""
    verbs: dict[str, list[VerbRow]] = {}
    for verb in lexicon.rows("de/speech_verbs.tsv", VerbRow):
        verbs.setdefault(verb.lemma, []).append(verb)
        if verb.companion:
            verbs.setdefault(verb.companion + verb.lemma, []).append(verb)
    for rows in verbs.values():
        rows.sort(key=lambda row: not row.companion)  # the more special row is asked first
    nouns = {row.lemma: row for row in lexicon.rows("de/speech_nouns.tsv", NounRow)}
    people = lexicon.rows("actors/nouns.tsv", Noun)
    groups = {row.id: frozenset(row.words) for row in lexicon.rows("de/speech_words.tsv", WordsRow)}
    forms: dict[str, str] = {}
    for lemma in verbs:
        particle = max(
            (p for p in groups["particles"] if lemma.startswith(p) and len(lemma) > len(p) + 3), key=len, default=""
        )
        for form in weak_forms(lemma[len(particle) :]):
            forms.setdefault(particle + form, lemma)
            forms.setdefault(form, lemma[len(particle) :])
    for row in lexicon.rows("de/speech_forms.tsv", FormsRow):
        forms |= dict.fromkeys(row.forms, row.id)
        for particle in groups["particles"]:
            if particle + row.id in verbs:
                forms |= dict.fromkeys((particle + form for form in row.forms), particle + row.id)
    plurals: dict[str, NounRow] = {}
    for noun in nouns.values():
        for form in noun_forms(noun.lemma):
            plurals.setdefault(form, noun)
    return SpeechWords(
        verbs={lemma: tuple(rows) for lemma, rows in verbs.items()},
        nouns=nouns,
        phrases={row.form: row for row in lexicon.rows("de/speech_phrases.tsv", PhraseRow)},
        groups=groups,
        forms=forms,
        bases=frozenset(verb[len(p) :] for verb in verbs for p in groups["particles"] if verb.startswith(p)),
        weak=frozenset(row.id for rows in verbs.values() for row in rows if "weak" in row.frames),
        citing=frozenset(row.id for rows in verbs.values() for row in rows if "cites" in row.frames),
        plurals=plurals,
        suffixes={row.lemma.lower(): row for row in nouns.values() if len(row.lemma) > 5 and "nach" in row.frames},
        speakers=frozenset(row.id.lower() for row in people if row.kind != "thing"),
        last_parts=frozenset(row.id.lower() for row in people if row.last) | groups["speaking_ends"],
    )


def weak_forms(verb: str) -> set[str]:
    """Return the weak forms of a verb without particle: present, past, participle with and without ge-, infinitive with zu."""
    stem = verb[:-2] if verb.endswith("en") else verb[:-1]
    e = "e" if stem.endswith(("t", "d", "chn", "ffn")) else ""
    finite = {stem + ending for ending in (e + "t", e + "te", e + "ten", "e")}
    return finite | {verb, "ge" + stem + e + "t", "zu" + verb}


def noun_forms(lemma: str) -> set[str]:
    """Return the inflected forms a noun can have, in lower case, some of which do not exist."""
    low = lemma.lower()
    stems = {low}
    for plain, umlaut in (("au", "äu"), ("a", "ä"), ("o", "ö"), ("u", "ü")):
        if (at := low.rfind(plain)) > 0 and at >= len(low) - 5:
            stems.add(low[:at] + umlaut + low[at + len(plain) :])
            break
    endings = ("n", "s", "ns") if low.endswith("e") else ("", "e", "en", "n", "s", "es")
    return {low} | {stem + ending for stem in stems for ending in endings}
