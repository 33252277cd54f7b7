"""Row types of the tables that decide how the text presents an event: status, condition and contradiction cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from lagebild.records import ContradictionKind, Status

Category = Literal[
    "negation",
    "denial",
    "refusal",
    "failure",
    "attempt",
    "plan",
    "future",
    "order",
    "announce",
    "purpose",
    "promise",
    "permission",
    "possibility",
    "offer",
    "threat",
    "demand",
    "condition",
    "until",
    "hearsay",
    "accusation",
    "fact",
    "happen",
    "breach",
    "marked",
    "mutual",
]

CUES = "de/status_cues.tsv"
CONDITIONS = "de/condition_cues.tsv"
CONTRADICTIONS = "de/contradiction_cues.tsv"
PAIRS = "de/status_pairs.tsv"
ANY = ("any",)
"""The outer cue of a pair whose inner one decides whatever holds beyond it."""
TRANSPARENT = "de/status_transparent.tsv"

STATUS_OF: dict[str, Status] = {
    "negation": "denied",
    "denial": "denied",
    "refusal": "denied",
    "failure": "denied",
    "attempt": "possible",
    "plan": "planned",
    "future": "planned",
    "order": "planned",
    "announce": "planned",
    "purpose": "possible",
    "promise": "planned",
    "permission": "possible",
    "possibility": "possible",
    "offer": "possible",
    "threat": "possible",
    "demand": "demanded",
    "condition": "conditional",
    "until": "conditional",
}
"""What a cue of a category says by itself; the other categories speak for ``actual`` or leave it open."""


class AnyCue(Protocol):
    """What the scope engine asks of a row; ``Cue`` says what the fields mean."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def lemmas(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def category(self) -> str: ...  # noqa: D102
    @property
    def scope(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def needs(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def unless(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def pos(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def mood(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: which lemmas, what they say about the event in their scope, and how far that scope reaches.

    ``scope`` lists the ways an event may hang on the cue: ``head`` (the cue modifies the event's word or its verb),
    ``main`` (the cue opens a subordinate clause, the event stands in its main clause), ``clause`` (dass, zu +
    infinitive, reported speech), ``object``, ``subject``, ``genitive``, ``prep`` (any preposition) or one preposition
    by name (``nach``), ``self`` (the event's word is a compound that ends in the lemma: Abzugsplan).

    ``needs``: lemmas of which one must depend on the cue ("in Aussicht stellen": stellen needs Aussicht). ``unless``:
    words that must not follow it ("nicht nur"). ``pos`` and ``mood`` (ind, sub1, sub2; past: a past in the indicative) restrict the cue itself, ``form``
    the verb it modifies (infinitive: "wird abziehen", not "wird abgezogen"; perfect: "soll abgezogen sein").
    """

    id: str
    lemmas: tuple[str, ...]
    category: Category
    scope: tuple[str, ...]
    example: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    form: Literal["", "finite", "participle", "infinitive", "perfect", "zu", "noun"] = ""
    mood: tuple[str, ...] = ()
    counter: str = ""

    def __post_init__(self) -> None:
        if not self.lemmas:
            raise ValueError("lemmas is empty")
        if not self.scope:
            raise ValueError("scope is empty")


@dataclass(frozen=True, slots=True)
class ConditionCue:
    """Words that make one event depend on another.

    ``condition`` and ``consequence`` list, as ``Cue.scope`` does, how the two events hang on the words. ``sure``: the
    words alone make the second event conditional; otherwise it must be conditional by other signs ("bei Angriffen").
    """

    id: str
    lemmas: tuple[str, ...]
    condition: tuple[str, ...]
    consequence: tuple[str, ...]
    example: str
    sure: bool = True
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    counter: str = ""
    category: Literal["condition"] = "condition"
    form: str = ""
    mood: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[str, ...]:
        """Every way in which an event may hang on the words."""
        return self.condition + self.consequence


@dataclass(frozen=True, slots=True)
class Transparent:
    """Words that only measure or frame what depends on them ("eine Reihe von Sanktionen aufheben")."""

    id: str
    lemmas: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class ContradictionCue:
    """Words that say that accounts differ (marked), that each blames the other (rival-actors), or that deny (denied).

    ``needs`` and ``also``: lemmas of which one each must stand near, in the same sentence.
    """

    id: str
    kind: ContradictionKind
    lemmas: tuple[str, ...]
    needs: tuple[str, ...]
    example: str
    also: tuple[str, ...] = ()
    counter: str = ""


@dataclass(frozen=True, slots=True)
class StatusPair:
    """Two cues (ids of ``Cue``) that together decide, whatever the vote says: ``ways`` is how the outer one holds.

    Without an outer one the inner cue decides alone, where no cue of another status holds as well; ``ways`` is then its own.
    ``reach`` says how near the inner one must be: ``own`` modifies the event's own word, ``next`` also governs it.
    ``lemmas`` narrows the inner cue to some of its words, ``negated`` asks that it is itself negated ("schloss einen
    Angriff nicht aus": two negations leave it open), ``events`` that the event is of a type, or of a type and mode.
    """

    id: str
    inner: tuple[str, ...]
    ways: tuple[str, ...]
    status: Status
    example: str
    outer: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    negated: bool = False
    reach: Literal["", "own", "next"] = ""
    events: tuple[str, ...] = ()
    counter: str = ""
