"""What the parts of the layer hand on: a statement in token numbers, before it becomes a record or an annotation."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagebild.records import Form, Stance


@dataclass(slots=True)
class Found:
    """A statement by token numbers.

    ``source`` is the speaker's phrase; ``wrapper`` what stands around it in the cue ("Angaben" in "nach Angaben der
    Polizei"). ``clausal`` is False where the message is a noun phrase ("forderte den Abzug"), ``carried`` True where the
    speaker comes from an earlier sentence, ``unsaid`` where somebody would not say it: he is heard, but it is no statement.
    """

    rule: str
    form: Form
    message: set[int]
    cue: set[int] = field(default_factory=set)
    source: set[int] = field(default_factory=set)
    wrapper: set[int] = field(default_factory=set)
    addressee: set[int] = field(default_factory=set)
    stance: Stance = "neutral"
    kind: str = "say"
    anchor: int = -1
    clausal: bool = True
    carried: bool = False
    unsaid: bool = False
    confidence: float = 1.0
    note: str = ""
