"""Bylines: who is named after "Von", on a line of its own, at the end of a lead."""

from __future__ import annotations

import re
from collections.abc import Collection

from lagebild.page.credits import COMMON, INITIALS, Credit, once
from lagebild.page.dates import first_date
from lagebild.page.persons import GLUED, patterns_of, person, says_role, tokens
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import PhraseRow, agency_names, credit_words, outlets

BRACKETS = re.compile(r"\(([^()]*)\)")
# A byline glued to the end of a lead: "... kamen ums Leben. Von Petra Muster"
TAIL = re.compile(r"(?<=[.!?:\"“”»«'])\s+(?i:(?:ein(?:e)? \w{4,15} )?von)\s(?P<names>[^.!?:;\d]{4,70})$")

# "Veröffentlicht am 3. Mai 2014 von Petra Muster": what may stand between the date and the name
AFTER_DATE = re.compile(r"^(?:\s*Uhr\b)?[\s|·•,/–—-]*")
BEFORE_DATE = 3
"""So many words may stand before a date at the head of a byline: "Zuletzt aktualisiert am"."""
ASKED = re.compile(r".{3,80} im (?:Gespräch|Interview) mit (?P<names>.{4,80})", re.I)
"""Who was asked and who asked: "Jan Beispiel im Gespräch mit Petra Muster"."""


def undated(line: str, lexicon: Lexicon) -> str:
    """Return ``line`` without the date it begins with ("12.03.2022, 14:03 Uhr Von Petra Muster"), "Von" set apart from the name."""
    line = GLUED.sub("Von ", line)
    found = first_date(line[:60], lexicon)
    if found is None or len(line[: found[1]].split()) > BEFORE_DATE or person(line[: found[1]].strip(" ,|"), lexicon):
        return line
    return AFTER_DATE.sub("", line[found[2] :])


def named_by(hit: tuple[PhraseRow, re.Match[str]], lexicon: Lexicon) -> Credit:
    """Return whom a byline of the phrase table names; what systems put under a post may be a single word."""
    row, match = hit
    return (single_name if row.id == "byline-posted" else byline_names)(match["names"], lexicon)


def single_name(text: str, lexicon: Lexicon) -> Credit:
    """Read the name after "Eingestellt von": people sign posts with one word as well."""
    found = byline_names(text, lexicon)
    word = text.strip(" .,")
    houses, words = lexicon.derived(outlets), lexicon.derived(credit_words)
    known = word.lower() in houses or word.lower() in words["nobody"] or word in words["role"]
    if not found.bylines and not found.agencies and re.fullmatch(r"[^\W\d_][\w.-]{2,29}", word) and not known:
        found.bylines.append(word)
    return found


def byline_names(text: str, lexicon: Lexicon) -> Credit:
    """Read the names after "Von": "Petra Muster und Jan Beispiel, Kiew", "Petra Muster/dpa"."""
    credit = Credit()
    names, patterns = lexicon.derived(agency_names), lexicon.derived(patterns_of)
    for inner in BRACKETS.findall(text):
        credit.agencies.extend(names[token] for token in tokens(inner, patterns.joint) if token in names)
    if asked := ASKED.fullmatch(text):
        text = asked["names"]
    text = BRACKETS.sub(" ", text)
    text = re.split(r"\s+(?:@|um|at)?\s*[0-2]?\d[:.][0-5]\d", text)[0]
    text = patterns.end.split(patterns.picture_inside.sub(" ", text))[0]
    if dated := first_date(text, lexicon):
        text = text[: dated[1]]
    houses, words = lexicon.derived(outlets), lexicon.derived(credit_words)
    small = words["and"] | words["place"] | words["does"] | {"von"}
    for token in tokens(text, patterns.joint):
        if (agency := names.get(token)) and token not in COMMON:
            once(credit.agencies, agency)
        elif name := person(token, lexicon):
            if name.lower() not in houses:
                once(credit.bylines, name)
        elif INITIALS.fullmatch(token) and token not in small:
            once(credit.bylines, token.rstrip("."))
    return credit


def tail_byline(paragraph: str, lexicon: Lexicon) -> tuple[str, Credit] | None:
    """Split "... kamen ums Leben. Von Petra Muster" into the paragraph and who is named at its end; None without byline."""
    match = TAIL.search(paragraph)
    if not match or match.start() < 30:
        return None
    named = byline_names(match["names"], lexicon)
    full = [name for name in named.bylines if " " in name]
    return (paragraph[: match.start()].rstrip(), named) if full else None


def bare_author(line: str, text: str, lexicon: Lexicon) -> Credit:
    """Return the name a short line between headline and ``text`` begins with: "Petra Muster, Wien".

    Nothing but a place, a date or the like may follow, and the text must not speak of the person.
    """
    named = byline_names(line, lexicon)
    full = [name for name in named.bylines if " " in name]
    if not full or len(line) > 80 or line[-1:] in ".!?:" or not line.casefold().startswith(full[0].casefold()):
        return Credit()
    rest = line[len(full[0]) :].lstrip()
    words = lexicon.derived(credit_words)
    follows, _, further = rest.partition(" ")
    role = says_role(follows.strip(",.|"), words)
    follows = follows.strip(",.|").lower()
    ended = (
        not rest
        or rest[0] in ",(|/·•"
        or rest[:2] in ("- ", "– ", "— ")
        or rest[0].isdigit()
        or role
        or (follows in words["place"] and further[:1].isdigit())
        or follows in words["and"] | words["after"] | words["updated"] | words["from"]
    )
    notes = "|".join(map(re.escape, words["does"]))
    told = re.sub(rf"(?:{'|'.join(map(re.escape, full))}),? (?:{notes})\b[^.]*", "", text)  # a note on the author
    return named if ended and not any(name.split()[-1] in told for name in full) else Credit()


def is_note_on(authors: Collection[str], text: str, lexicon: Lexicon) -> bool:
    """Whether a line tells of one of the authors ("Petra Muster ist Korrespondentin in Wien")."""
    does = lexicon.derived(credit_words)["does"]
    words = lexicon.derived(credit_words)
    for name in authors:
        first, _, follows = text.partition(" ")
        if first == name.split(" ")[0] and follows and follows.split()[0] in ("ist", "beschäftigt", "schreibt"):
            told = follows.split()[1:4]
            if follows.startswith(("beschäftigt sich mit", "schreibt")) or any(says_role(w, words) for w in told):
                return True  # "Petra ist Redakteurin"
        rest = text.removeprefix(name)
        if len(name.split()) > 1 and rest != text and (not rest or rest.lstrip(", ").split(" ", 1)[0] in does):
            return True
    return False
