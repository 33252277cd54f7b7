"""Typed rows of the event lexicon: what words tell of which PLOVER event, and on what frame they do.

Conditions (columns ``needs`` and ``bars``) are small: all of ``needs`` must hold, none of ``bars`` may.

* ``obj:CLASS CLASS``, ``subj:CLASS``, ``near:CLASS``, ``sentence:CLASS``: the object (or passive subject), the subject, any
  dependent, any word of the sentence is a word of one of the classes in ``de/events_classes.tsv``;
* ``auf:CLASS`` or ``auf nach``: a prepositional phrase, with a word of the class where one is given;
* ``under:CLASS``: the word that governs this one; ``denied:CLASS``: a word of the sentence right behind a negation ("weder
  frei noch fair"); ``opening:CLASS``: a word of the article's first sentences, where it says what it is about; ``text:CLASS``: any word
  of the article;
* a flag: ``reflexive``, ``dative`` (has a dative object), ``clause`` (governs a clause), ``subjunctive``, ``negated``,
  ``future``, ``plural`` (of a noun), ``attributive`` (of a participle before a noun), ``alone`` (one doer is named for it,
  by a genitive or as the subject of its verb), ``passive``, ``state`` ("ist geschlossen", "sind zu beklagen": with "sein" or
  "bleiben");
* a bare class name: one of its words stands among the dependents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.records import quickly_made

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Genitive = Literal["a", "r", "b", "x"]
Part = Literal["a", "r", "b", "x"]
FLAGS = frozenset(
    (
        "reflexive", "dative", "clause", "subjunctive", "negated", "future", "plural", "attributive", "alone", "passive",
        "state", "quiet",
    )
)  # fmt: skip
NONE = "-"
"""The type of a sense that is no event, the mode of one that has none."""

VERBS = "de/events_verbs.tsv"
NOUNS = "de/events_nouns.tsv"
PHRASES = "de/events_phrases.tsv"
CLASSES = "de/events_classes.tsv"
WHOLE = "de/events_whole_words.tsv"
SENSES = "de/events_senses.tsv"
MODE_WORDS = "de/events_mode_words.tsv"
STRONG = "de/events_strong_verbs.tsv"
PREFIXES = "de/events_verb_prefixes.tsv"
TYPES = "plover/types.tsv"
MODES = "plover/modes.tsv"
CONTEXTS = "plover/contexts.tsv"
CONTEXT_WORDS = "de/events_context_words.tsv"


@dataclass(frozen=True, slots=True)
class Type:
    """A PLOVER event type: its quad class, its Goldstein-like score (-10 to 10), the CAMEO root it goes back to."""

    id: EventType
    quad: Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
    score: float
    cameo: str
    symmetric: bool
    gloss: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type, ``id`` is TYPE/mode."""

    id: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Context:
    """One of the PLOVER contexts."""

    id: str
    gloss: str


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Words that put an event in a context."""

    id: str
    words: tuple[str, ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class Verb:
    """A verb (dictionary form, separable prefix joined) and the event it tells of in this frame.

    ``roles`` says where it departs from subject = actor, object = recipient: ``subj=r``, ``von=a``, ``obj=x``.
    """

    id: str
    lemma: str
    type: EventType
    example: str
    mode: str = ""
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    counter: str = ""

    def __post_init__(self) -> None:
        _check_roles(self.roles)


@quickly_made
@dataclass(frozen=True, slots=True)
class Noun:
    """A noun, also as the last part of a compound where ``compounds``; ``but_not`` lists compounds that mean otherwise."""

    id: str
    noun: str
    type: EventType
    example: str
    mode: str = ""
    genitive: Genitive = "x"
    compounds: bool = True
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    counter: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Phrase:
    """A light verb or an idiom: one of ``verbs`` with one of ``complements`` (``Noun``, ``prep:Noun`` or ``prep:``).

    ``needs`` and ``bars`` are looked up in the frame of the verb, of the predicate where the verb is a copula.
    """

    id: str
    verbs: tuple[str, ...]
    complements: tuple[str, ...]
    type: EventType
    example: str
    mode: str = ""
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    counter: str = ""

    def __post_init__(self) -> None:
        _check_roles(self.roles)
        if not self.verbs or not self.complements:
            raise ValueError("needs at least one verb and one complement")


@dataclass(frozen=True, slots=True)
class Sense:
    """What words tell of in a frame that leaves no doubt, whatever the vote says: a type, or ``-`` for no event.

    ``words`` are verbs, nouns (also as the last part of a compound the lexicon knows) or adjectives. ``mode`` is left to
    the vote where empty; ``-`` is none. Of two senses that fit, the one with more ``needs`` holds, else the first.
    """

    id: str
    words: tuple[str, ...]
    type: Literal[EventType, "-"]
    example: str
    counter: str
    mode: str = ""
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("needs at least one word")


@dataclass(frozen=True, slots=True)
class ModeWords:
    """The words without which an event is not of a mode (``id``, TYPE/mode), as the first or last part of a word.

    ``naming`` are those that settle it where they begin or end a word of the event itself, its subject, or what hangs on it
    with "mit" or "durch": "Drohnenangriff", "eine Drohne traf", "durch eine Autobombe getötet".
    """

    id: str
    words: tuple[str, ...]
    naming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordClass:
    """A class of words that conditions name; each also counts as the last part of a compound."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeWords:
    """Words that end like a word of a class and are no compound of it."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrongVerb:
    """The forms of a strong base: third person present, past, past participle, past subjunctive."""

    id: str
    present: str
    past: str
    participle: str
    subjunctive: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A verb prefix."""

    id: str
    separable: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """One parsed condition: where to look (a place, prepositions, or a flag) and the classes asked for."""

    places: tuple[str, ...]
    classes: tuple[str, ...] = ()


def parse_condition(text: str, classes: frozenset[str] | set[str]) -> Condition:
    """Return the condition ``text`` stands for; raises ``ValueError`` for a class that is not in the table."""
    where, colon, wanted = text.partition(":")
    named = tuple(wanted.split())
    if unknown := [name for name in named if name not in classes]:
        raise ValueError(f"condition {text!r} names the unknown class {unknown[0]!r}")
    places = tuple(where.split())
    if not colon and len(places) == 1 and places[0] in classes:
        return Condition(("near",), places)
    return Condition(places, named)


def _check_roles(roles: tuple[str, ...]) -> None:
    for role in roles:
        where, _, part = role.partition("=")
        if not where or part not in ("a", "r", "b", "x"):
            raise ValueError(f"role {role!r} is not PLACE=a, r, b or x")
