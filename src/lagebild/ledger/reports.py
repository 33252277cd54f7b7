"""What a report says of a commitment (kept, broken, overtaken), and the state that all of them leave."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from lagebild.ledger.alike import alike_acts
from lagebild.ledger.alike import likeness as fits
from lagebild.ledger.happenings import MANY_MODES, Telling, countries
from lagebild.ledger.sentences import BARE, DO, LONGER, MOVED
from lagebild.ledger.sides import same_side

BROKEN_BY = {  # a report of the second type, by who owed the first, says that it was not kept
    "RETREAT": {"ASSAULT", "MOBILIZE"},
    "CONSULT": {"REJECT", "SANCTION"},
    "AGREE": {"REJECT", "ASSAULT"},
    "CONCEDE": {"SANCTION", "COERCE"},
    "AID": {"REJECT", "SANCTION"},
    "COOPERATE": {"REJECT", "SANCTION"},
}
KIN = {  # one deed is told as the one or the other
    "AID": {"COOPERATE", "MOBILIZE", "CONCEDE"},
    "COOPERATE": {"AID", "AGREE"},
    "MOBILIZE": {"AID"},
    "CONCEDE": {"RETREAT", "AID", "AGREE"},
    "RETREAT": {"CONCEDE"},
    "SANCTION": {"COERCE", "REJECT"},
    "COERCE": {"SANCTION"},
}
CEASEFIRE = "ceasefire"
LET_IN = {"access", "release"}  # "ließ die Inspekteure in den Reaktor"
DISCONTINUE = "discontinue"
RESIGN = "resign"
ENDED, FELL = "agreement ended", "government fell"
SPARED = "done before it was carried out"
VOID = "a word that holds no more"
TURNS = {DISCONTINUE: ENDED, RESIGN: FELL}
DEEDS = {"AID", "COOPERATE", "CONCEDE", "RETREAT", "MOBILIZE", "SANCTION", "COERCE"}  # what may be promised
NO_REPORT = {
    "ACCUSE",
    "REQUEST",
    "THREATEN",
    "REJECT",
}  # what is blamed, asked for, threatened or refused is not reported
NO_DEED = {*NO_REPORT, "AGREE", "SUPPORT", "CONSULT"}  # words, whatever act they speak of
MANY_OBJECTS = {"AID", "CONCEDE", "SANCTION", "COOPERATE", "MOBILIZE", "COERCE", "AGREE"}
"""Types that say little without their object: what is delivered, allowed, sent."""
PUNISHES = {"SANCTION", "COERCE"}  # whose modes are many words for one deed: accounts are frozen, blocked, seized
TOWARDS = {"AID", "SANCTION", "COERCE", "ASSAULT", "THREATEN", "COOPERATE", "CONSULT", "AGREE", "CONCEDE"}
"""Types where another recipient makes another deed; whom a withdrawal or a release is good for is told in many ways."""
YIELDS = {"CONCEDE", "RETREAT", "AID", "COOPERATE"}
OUTCOME = "OUTCOME"  # type of a telling that is a sentence: it says by its words what became of something
SOON = 120  # days; later reports need more in common with the commitment than who and what kind of deed
HORIZON = 400  # days after which a report is no longer read as the outcome of a commitment
EARLY = 2  # days by which a last day worked out from a length of time may be too late
NEXT = 3  # events of one article within which "lehnte das ab" speaks of a demand
LATE = 21  # days after the last day within which a report of a missed deadline is of this one


@dataclass(frozen=True, slots=True)
class State:
    """What one telling says of a commitment. ``claim``: somebody says so, not the writer; ``strength``: how surely it is this one."""

    key: str
    article: str
    state: str
    claim: bool = False
    strength: int = 1


class Debt(Protocol):
    """A commitment as reports are held against it."""

    @property
    def telling(self) -> Telling:
        """The first telling of it."""

    @property
    def about(self) -> frozenset[str]:
        """The nouns of all sentences that tell of it."""

    @property
    def due(self) -> datetime.date | None:
        """The last day it is to be done on."""


def final_state(states: Sequence[State], *, lasts: bool) -> str:
    """Return the state all reports together leave; disputed where claims go against each other or against the writers.

    What writers report outweighs claims, what surely is about this commitment outweighs what may be. A ceasefire lasts:
    what comes after it was kept counts.
    """
    said = [state for state in states if state.state not in ("open", MOVED)]
    if len({state.state for state in said}) > 1 and not lasts:
        surest = max(state.strength for state in said)
        said = [
            state for state in said if state.strength == surest or (surest == 2 and state.strength == 1 and state.claim)
        ]
    facts = [at for at, state in enumerate(said) if not state.claim]
    fact = said[facts[-1]].state if facts else None
    if fact in ("broken", "overtaken"):
        return fact
    claims = {state.state for state in (said[facts[-1] :] if facts else said) if state.claim}
    if fact == "kept" and "broken" in claims:
        return "broken" if lasts and "kept" not in claims else "disputed"
    if "overtaken" in claims:
        return "overtaken"
    if len(claims) > 1:
        return "disputed"
    return fact or next(iter(claims), "open")


def states_of(owed: Debt, later: Iterable[Telling]) -> list[State]:
    """Return what later tellings report of a commitment, in order of publication."""
    found: list[tuple[Telling, str, int]] = []
    later = sorted(later, key=lambda t: (t.published or datetime.date.max, t.type == OUTCOME, t.key))
    moves = [telling for telling in later if telling.mode == MOVED and outcome(owed, telling) == MOVED]
    for telling in later:
        if judged := judge(_put_off(owed, moves, telling), telling):
            found.append((telling, *judged))
    if moves:  # until then it was late, and now it is not
        found = [f for f in found if f[1] != "broken" or (f[0].published or datetime.date.max) > moves[-1].published]  # type: ignore[operator]
    lasts = owed.telling.mode == CEASEFIRE
    put_off = [State(telling.key, telling.article, MOVED) for telling, state, _ in found if state == MOVED]
    found = [f for f in found if f[1] != MOVED]
    by_event = {telling.article for telling, _, _ in found if telling.type != OUTCOME}
    voided_in = {t.article for t, state, _ in found if t.type == OUTCOME and state == "overtaken"}
    found = [
        (telling, state, strength)
        for telling, state, strength in found
        if (telling.article in voided_in and state in ("overtaken", "kept"))  # "hinfällig" says more than "fror ein"
        or (telling.article not in voided_in and (telling.type != OUTCOME or telling.article not in by_event))
    ]
    breached_in = {telling.article for telling, state, _ in found if state != "kept"}
    if lasts:  # "despite the ceasefire" names it and does not say that it holds
        found = [f for f in found if f[1] != "kept" or not (f[0].named_only and f[0].article in breached_in)]
    kept_in = {telling.article for telling, state, _ in found if state == "kept"}
    claimed = {(telling.article, telling.type, state) for telling, state, _ in found if telling.speaker}
    broken = any(state == "broken" for _, state, _ in found)
    states: list[State] = put_off
    for telling, state, strength in found:
        done = any(past.state == "kept" for past in states)
        other = telling.type != owed.telling.type
        if state == "broken" and other and done and not lasts and strength < 2:
            continue  # who refuses or punishes after the deed means another
        if state == "overtaken" and (done or telling.article in kept_in):
            continue
        if state == "broken" and not lasts and telling.article in kept_in and other:
            continue  # one article says what was done about it; the rest of it tells what went before
        claim = (telling.article, telling.type, state) in claimed
        if state == "breach denied":
            if not broken:
                continue
            state = "kept"
        states.append(State(telling.key, telling.article, state, claim, strength))
    return states


def outcome(owed: Debt, telling: Telling) -> str | None:
    """Return what a telling reports of a commitment: kept, broken, breach denied, overtaken, moved; None where it is about another.

    The day it is due on may have been put off: how late it is counts only where all reports are known (``states_of``).
    """
    judged = judge(owed, telling, late=HORIZON)
    return judged[0] if judged else None


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A commitment whose day was moved."""

    telling: Telling
    about: frozenset[str]
    due: datetime.date | None


def _put_off(owed: Debt, moves: Iterable[Telling], report: Telling) -> Debt:
    """Return a commitment as it stood when a report came: what was put off before is due on another day, or on none that is known."""
    due, before = (
        owed.due,
        [move for move in moves if move.published and report.published and move.published <= report.published],
    )
    for move in before:
        days = next((int(cue.removeprefix(LONGER)) for cue in move.note.cues if cue.startswith(LONGER)), None)
        due = move.latest or (due + datetime.timedelta(days) if due and days else None)
    return _PutOff(owed.telling, owed.about, due) if before else owed


def judge(owed: Debt, telling: Telling, *, late: int = LATE) -> tuple[str, int] | None:
    """Return the outcome and how surely it is of this commitment; ``late``: days within which a missed deadline is of this one."""
    told = owed.telling
    if not _after(told, telling):
        return None
    if telling.type == OUTCOME:
        state = said_of(owed, telling, late)
        return (state, 1) if state else None
    if found := reported(owed, telling):
        return found
    return ("overtaken", 1) if overtakes(owed, telling) else None


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
        if not _soon(told, telling) and strength < 2 and not told.recipients & telling.recipients:
            return None
        if telling.named_only and "ends" in telling.note and telling.status == "actual":
            return None  # "das Abkommen über den Korridor aufgekündigt"
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
        near = telling.article == told.article and 0 < _number(telling) - _number(told) <= NEXT
        return ("broken", 1) if near and ("word" in note or "that" in note) else None
    surely = fits(owed.about, telling.note.about) == 2 and told.type in MANY_OBJECTS
    if telling.type in BROKEN_BY.get(told.type, set()) and (surely or _soon(told, telling)) and _breaks(owed, telling):
        if "soft" in note and not (owed.due and telling.published and owed.due < telling.published):
            return None  # it stays closed, for the time being
        state = {"actual": "broken", "denied": "breach denied"}.get(telling.status)
        return (state, 2 if surely else 1) if state else None
    return None


def _refused_beside(owed: Debt, telling: Telling) -> bool:
    """Whether an article says right after a demand that somebody refuses it ("lehnte das ab", "schloss Neuwahlen aus")."""
    told = owed.telling
    if not (told.status == "demanded" and telling.type == "REJECT" and telling.status == "actual"):
        return False
    near = telling.article == told.article and 0 < _number(telling) - _number(told) <= NEXT
    demander = frozenset({told.speaker}) if told.speaker else frozenset()
    if not near or (telling.actors and same_side(telling.actors, demander)):
        return False
    return "word" in telling.note or "that" in telling.note or fits(owed.about, telling.note.about) == 2


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
        return 1 if _soon(told, telling) and telling.mode != CEASEFIRE else None  # what they agreed on was negotiated
    if telling.type in NO_DEED or not same_side(told.actors, telling.actors):
        return None
    if told.type in YIELDS and telling.type in PUNISHES:
        return None  # "verwehrte den Zugang" says the noun of what was promised
    if alike_acts(told.words, telling.words) and telling.actors & told.actors:
        return 1
    if telling.type in KIN.get(told.type, ()) and fits(owed.about, telling.note.about) == 2 and _towards(told, telling):
        return 1
    return None


def overtakes(owed: Debt, telling: Telling) -> bool:
    """Whether a telling says that the agreement a commitment is part of was ended, or who gave it fell, or it became needless."""
    told = owed.telling
    if not _soon(told, telling) or telling.status != "actual" or told.mode == CEASEFIRE:
        return False
    if owed.due and telling.published and owed.due < telling.published:
        return False
    if telling.mode == DISCONTINUE and "pact" in telling.note and told.pact:
        both = _of_pact(told, telling.parties) or fits(owed.about, telling.note.about) == 2
        return bool(countries(telling.actors) & told.pact) and both
    if telling.mode == DISCONTINUE and "pact" in telling.note and owed.about & telling.note.about:
        return True  # it was promised under the agreement that is ended, and called by its name
    if told.unless and telling.type == told.unless[0] and same_side(told.unless[1], telling.actors):
        return True  # what was threatened "unless" needs no more be done
    fell = telling.mode == RESIGN and "office" in telling.note and told.status != "demanded"
    return fell and bool(telling.actors & told.actors) and any(":GOV" in code for code in telling.actors)


def said_of(owed: Debt, sentence: Telling, late: int = LATE) -> str | None:
    """Return what a sentence says of a commitment by its words: kept, broken, overtaken, moved; None where it is about another."""
    told, published = owed.telling, sentence.published
    if published is None:
        return None
    if _spared(owed, sentence):
        return "overtaken"
    if sentence.mode == MOVED:
        return MOVED if _moves(owed, sentence) else None
    if not countries(told.actors) & sentence.parties:
        return None
    past_due = bool(owed.due and owed.due - datetime.timedelta(EARLY) < published)
    if "soft" in sentence.note and not past_due:
        return None  # not yet
    if told.mode == CEASEFIRE and not told.words & sentence.note.about:
        return None  # it lasts, and what else is done in it says nothing of it
    if not _same_words(owed, sentence):
        others = countries(told.recipients) - countries(told.actors)
        missed = bool(owed.due and past_due and (published - owed.due).days <= late) and vague(sentence)
        ended = "pact" in sentence.note and _of_pact(told, sentence.parties)
        theirs = not others or bool(others & sentence.parties)
        given = "word" in sentence.note and told.status != "demanded"  # a demand is nobody's word
        ended = ended or (given and _alike(owed, sentence) == 1 and theirs)
        if sentence.mode == "broken" and not (missed and theirs):
            return None
        if sentence.mode == "kept" or (sentence.mode == "overtaken" and not ended):
            return None
    return "broken" if sentence.mode == "overtaken" and told.mode == CEASEFIRE else sentence.mode


def _same_words(owed: Debt, sentence: Telling) -> bool:
    """Whether a sentence is about what is owed: it shares a noun, or the verb and no other object."""
    told, alike = owed.telling, _alike(owed, sentence)
    if alike == 2:
        return True
    return (
        alike_acts(acts_of(told), sentence.words | sentence.note.about)
        and _soon(told, sentence)
        and (alike == 1 or told.type not in MANY_OBJECTS)
    )


def acts_of(told: Telling) -> frozenset[str]:
    """Return the verbs of what is to be done: of a promise those that say what is promised."""
    if not loose(told) or "act" in told.note:
        return told.words
    return frozenset(cue.removeprefix(DO) for cue in told.note.cues if cue.startswith(DO))


def _moves(owed: Debt, sentence: Telling) -> bool:
    """Whether a sentence puts off the day on which this is due, to a day that it names."""
    told = owed.telling
    definite = sentence.latest or any(cue.startswith(LONGER) for cue in sentence.note.cues)
    if not definite or not countries(told.actors | told.recipients) & sentence.parties:
        return False
    return _same_words(owed, sentence) or ("word" in sentence.note and owed.due is not None and vague(sentence))


def vague(sentence: Telling) -> bool:
    """Whether a sentence does not name what it is about ("die Frist verstrich")."""
    return not sentence.note.about or BARE in sentence.note


def _alike(owed: Debt, sentence: Telling) -> int:
    """Return whether a sentence is about the object of what is owed; one that names none may be about any."""
    found = fits(owed.about, sentence.note.about)
    return max(found, 1) if BARE in sentence.note else found


def _spared(owed: Debt, sentence: Telling) -> bool:
    """Whether a sentence says that what was threatened is no more needed: it was threatened "unless", and that has been done."""
    told = owed.telling
    if not told.unless or sentence.mode != "kept" or not countries(told.unless[1]) & sentence.parties:
        return False
    near = bool(owed.due and sentence.published and abs((sentence.published - owed.due).days) <= LATE)
    return fits(owed.about, sentence.note.about) == 2 or (near and "word" in sentence.note)


def _of_pact(told: Telling, parties: frozenset[str]) -> bool:
    """Whether a report names those who agreed: two of them, or the one country whose sides did."""
    return len(told.pact & parties) >= min(2, len(told.pact)) > 0


def stands_for(owed: Debt) -> dict[str, str | None]:
    """Return what a report has to tell of (see ``told_as``) to be about a commitment, beside what shares its words or nouns.

    With each comes the one outcome that such a report can have, None where it may have several.
    """
    told = owed.telling
    kinds: dict[str, str | None] = {told.type: "kept", FELL: None}
    if told.type != "RETREAT" or told.mode == CEASEFIRE:
        kinds |= dict.fromkeys(BROKEN_BY.get(told.type, ()), "broken")
    kinds |= {"REJECT": "broken"} if told.status == "demanded" else {}
    kinds |= {"says late": None} if owed.due else {}
    kinds |= {VOID: None}
    kinds |= {"AGREE": "kept"} if told.type == "CONSULT" else {}
    kinds |= {ENDED: None, "says ended": None} if told.pact else {}
    return kinds | ({told.unless[0]: None, SPARED: None} if told.unless else {})


def told_as(report: Telling) -> set[str]:
    """Return what a report tells of: its type, or what its sentence says of no matter in particular."""
    if report.type != OUTCOME:
        return {report.type, *([TURNS[report.mode]] if report.mode in TURNS else ())}
    spared = (
        {SPARED} if report.mode == "kept" else {VOID} if report.mode == "overtaken" and "word" in report.note else set()
    )
    return spared | ({"says late"} if vague(report) else set()) | ({"says ended"} if "pact" in report.note else set())


def loose(told: Telling) -> bool:
    """Whether something is promised and the event does not say what; dated ahead, it is the day it is promised for."""
    return (
        told.type == "AGREE" and told.status in ("actual", "planned") and "promise" in told.note and not told.named_only
    )


def _soon(told: Telling, telling: Telling) -> bool:
    return bool(told.published and telling.published and (telling.published - told.published).days <= SOON)


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


def _after(told: Telling, telling: Telling) -> bool:
    if told.published is None or telling.published is None:
        return False
    if telling.article == told.article:
        return told.status == "demanded" and telling.type == "REJECT" and _number(telling) > _number(told)
    return 0 < (telling.published - told.published).days <= HORIZON


def _number(telling: Telling) -> int:
    """Return where in its article an event stands."""
    number = telling.key.rpartition("#")[2]
    return int(number) if number.isdigit() else -1
