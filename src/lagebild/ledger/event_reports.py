"""What an event of a later article reports of a commitment: the deed, its refusal, an opposed deed, the end of an agreement."""

from __future__ import annotations

from lagebild.ledger.alike import alike_acts
from lagebild.ledger.alike import likeness as fits
from lagebild.ledger.debts import (
    BROKEN_BY,
    CEASEFIRE,
    DEEDS,
    DISCONTINUE,
    KIN,
    LET_IN,
    MANY_OBJECTS,
    NEXT,
    NO_DEED,
    NO_REPORT,
    PUNISHES,
    RESIGN,
    TOWARDS,
    YIELDS,
    Debt,
    acts_of,
    loose,
    number_of,
    of_pact,
    soon,
)
from lagebild.ledger.happenings import MANY_MODES, Telling, countries
from lagebild.ledger.sides import same_side


def reported(owed: Debt, telling: Telling) -> tuple[str, int] | None:
    """Return what an event reports of a commitment (kept, broken, breach denied) and how surely; None where it is of another."""
    told, note = owed.telling, telling.note
    if _refused_beside(owed, telling):
        return "broken", 1
    if told.actors and telling.actors:
        if not same_side(told.actors, telling.actors) and not (
            telling.actors <= telling.implied and _towards_same(told, telling)
        ):
            return None
    elif not (told.type == telling.type and countries(told.recipients) & countries(telling.recipients)):
        return None  # who did it is not known: then to whom it was done must agree
    if told.precise and telling.precise and told.place != telling.place:
        return None
    strength = same_act(owed, telling)
    if strength is not None:
        if not soon(told, telling) and strength < 2 and not told.recipients & telling.recipients:
            return None
        if telling.named_only and "ends" in telling.note and telling.status == "actual":
            return None  # "das Abkommen über den Korridor aufgekündigt"
        if told.mode == CEASEFIRE and telling.named_only and "breach" in note and telling.status == "actual":
            return None if "negated" in note else ("broken", strength)  # "reagierte auf den Bruch der Waffenruhe"
        if telling.status == "actual" and (telling.parent in NO_REPORT or _before(telling, told)):
            return None
        if telling.status == "actual" and ("partly" in note or "undone" in note):
            return None  # only a part of it, or it is taken back
        if (
            telling.status == "denied"
            and "soft" in note
            and not (owed.due and telling.published and owed.due < telling.published)
        ):
            return None  # not yet
        state = {"actual": "kept", "denied": "broken"}.get(telling.status)
        return (state, strength) if state else None
    if told.status == "demanded" and telling.type == "REJECT" and telling.status == "actual":
        if told.words & note.about or (told.type in MANY_OBJECTS and fits(owed.about, note.about) == 2):
            return "broken", 2
        near = telling.article == told.article and 0 < number_of(telling) - number_of(told) <= NEXT
        return ("broken", 1) if near and ("word" in note or "that" in note) else None
    surely = fits(owed.about, telling.note.about) == 2 and told.type in MANY_OBJECTS
    if telling.type in BROKEN_BY.get(told.type, set()) and (surely or soon(told, telling)) and _breaks(owed, telling):
        if "soft" in note and not (owed.due and telling.published and owed.due < telling.published):
            return None  # it stays closed, for the time being
        state = {"actual": "broken", "denied": "breach denied"}.get(telling.status)
        return (state, 2 if surely else 1) if state else None
    return None


def overtakes(owed: Debt, telling: Telling) -> bool:
    """Whether a telling says that the agreement a commitment is part of was ended, or who gave it fell, or it became needless."""
    told = owed.telling
    if not soon(told, telling) or telling.status != "actual" or told.mode == CEASEFIRE:
        return False
    if owed.due and telling.published and owed.due < telling.published:
        return False
    if telling.mode == DISCONTINUE and "pact" in telling.note and told.pact:
        both = of_pact(told, telling.parties) or fits(owed.about, telling.note.about) == 2
        return bool(countries(telling.actors) & told.pact) and both
    if telling.mode == DISCONTINUE and "pact" in telling.note and owed.about & telling.note.about:
        return True  # it was promised under the agreement that is ended, and called by its name
    if _spares(owed, telling):
        return True
    fell = telling.mode == RESIGN and "office" in telling.note and told.status != "demanded"
    return fell and bool(telling.actors & told.actors) and any(":GOV" in code for code in telling.actors)


def _spares(owed: Debt, telling: Telling) -> bool:
    """Whether what was threatened "unless" needs no more be done; a refusal has to be of the same matter."""
    told = owed.telling
    if not told.unless or telling.type != told.unless[0] or not same_side(told.unless[1], telling.actors):
        return False
    return telling.type not in NO_DEED or fits(owed.about, telling.note.about) == 2


def same_matter(owed: Debt, telling: Telling) -> int | None:
    """Return how surely two tellings of one type speak of one act: 2 the same object, 1 perhaps, 0 the same words only."""
    told = owed.telling
    strength = fits(owed.about, telling.note.about)
    other = told.type not in MANY_MODES and told.mode and telling.mode and told.mode != telling.mode
    if other and not (strength == 2 and (told.type in PUNISHES or {told.mode, telling.mode} == LET_IN)):
        return None
    if told.type in TOWARDS and not _towards(told, telling):
        return None
    if told.type not in MANY_OBJECTS:
        return max(strength, 1)
    if (
        told.type == "MOBILIZE"
        and told.country
        and told.country == telling.country
        and told.country not in countries(told.actors)
    ):  # soldiers here, aircraft there, to the same country
        strength = max(strength, 1)
    return strength if strength or alike_acts(told.words, telling.words) else None


def _refused_beside(owed: Debt, telling: Telling) -> bool:
    """Whether an article says right after a demand that somebody refuses it ("lehnte das ab", "schloss Neuwahlen aus")."""
    told = owed.telling
    if not (told.status == "demanded" and telling.type == "REJECT" and telling.status == "actual"):
        return False
    near = telling.article == told.article and 0 < number_of(telling) - number_of(told) <= NEXT
    demander = frozenset({told.speaker}) if told.speaker else frozenset()
    if not near or (telling.actors and same_side(telling.actors, demander)):
        return False
    return "word" in telling.note or "that" in telling.note or fits(owed.about, telling.note.about) == 2


def same_act(owed: Debt, telling: Telling) -> int | None:
    """Return how surely a telling is of the act that is owed; None where it is of another."""
    told = owed.telling
    if loose(told):
        object_ = fits(owed.about, telling.note.about) == 2 or alike_acts(acts_of(told), telling.words)
        return 2 if telling.type in DEEDS and object_ and _towards(told, telling) else None
    if telling.type == told.type:
        return same_matter(owed, telling)
    if (
        told.type == "CONSULT"
        and telling.type == "AGREE"
        and len(countries(told.actors) & countries(telling.actors)) > 1
    ):
        return 1 if soon(told, telling) and telling.mode != CEASEFIRE else None  # what they agreed on was negotiated
    if telling.type in NO_DEED or not same_side(told.actors, telling.actors):
        return None
    if told.type in YIELDS and telling.type in PUNISHES:
        return None  # "verwehrte den Zugang" says the noun of what was promised
    if alike_acts(told.words, telling.words) and telling.actors & told.actors:
        return 1
    if telling.type in KIN.get(told.type, ()) and fits(owed.about, telling.note.about) == 2 and _towards(told, telling):
        return 1
    return None


def _towards(a: Telling, b: Telling) -> bool:
    """Whether the recipients may be the same; those implied prove nothing, nor does what the doers do to their own."""
    mine, theirs = (countries(t.recipients - t.implied) - countries(t.actors) for t in (a, b))
    return not mine or not theirs or bool(mine & theirs)


def _towards_same(a: Telling, b: Telling) -> bool:
    """Whether a deed whose doer is only implied was done to those it is owed to ("drei Amerikaner sind frei")."""
    return a.type == b.type and bool(countries(a.recipients - a.implied) & countries(b.recipients - b.implied))


def _breaks(owed: Debt, telling: Telling) -> bool:
    told = owed.telling
    if told.type == "RETREAT":
        new = telling.earliest is not None and told.published is not None and telling.earliest >= told.published
        return told.mode == CEASEFIRE and (new or not telling.named_only)
    if telling.named_only and (telling.type == "ASSAULT" or told.type == "CONCEDE"):
        return False  # the sanctions, the arrest warrants: they are what is to be lifted
    if telling.type == "ASSAULT" and loose(told):
        return False
    if told.type == "CONSULT" and telling.type == "SANCTION" and telling.mode != DISCONTINUE:
        return False
    if told.type in MANY_OBJECTS and not _same_object(owed, telling):
        return False
    if telling.mode == DISCONTINUE and "pact" in telling.note and told.pact:
        return False  # then the whole agreement is ended
    return _towards(told, telling)


def _same_object(owed: Debt, telling: Telling) -> bool:
    """Whether an opposed deed may be about what is owed: the same object, or none is told and it is done to the same."""
    likeness = fits(owed.about, telling.note.about)
    told = owed.telling
    mine, theirs = (countries(t.recipients - t.implied) - countries(t.actors) for t in (told, telling))
    return likeness == 2 or (likeness == 1 and bool(mine & theirs or (not mine and told.mode)))


def _before(telling: Telling, told: Telling) -> bool:
    """Whether a telling dates the deed before the commitment was made."""
    return bool(telling.latest and told.published and telling.latest < told.published)
