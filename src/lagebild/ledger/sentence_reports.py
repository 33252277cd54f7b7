"""What a sentence of a later article says of a commitment by its words (``lexicon/ledger/outcomes.tsv``)."""

from __future__ import annotations

import datetime

from lagebild.ledger.alike import alike_acts
from lagebild.ledger.alike import likeness as fits
from lagebild.ledger.debts import CEASEFIRE, EARLY, LATE, MANY_OBJECTS, Debt, acts_of, of_pact, soon, vague
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.sentences import BARE, LONGER, MOVED


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
        ended = "pact" in sentence.note and of_pact(told, sentence.parties)
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
        and soon(told, sentence)
        and (alike == 1 or told.type not in MANY_OBJECTS)
    )


def _moves(owed: Debt, sentence: Telling) -> bool:
    """Whether a sentence puts off the day on which this is due, to a day that it names."""
    told = owed.telling
    definite = sentence.latest or any(cue.startswith(LONGER) for cue in sentence.note.cues)
    if not definite or not countries(told.actors | told.recipients) & sentence.parties:
        return False
    return _same_words(owed, sentence) or ("word" in sentence.note and owed.due is not None and vague(sentence))


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
