"""Who wrote it and where it came from: bylines, source lines, agency credits, wire datelines."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lagebild.page.dates import first_date
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, PhraseRow, agency_names, credit_words, outlets

SEPARATOR = re.compile(r"\s*(?:[,/;|&+•·]|\s[-–—]\s)\s*|\n")
TITLES = re.compile(r"^(?:(?:Prof|Dr|Dipl|Mag|Ing|MMag|DDr|Univ)\.?[- ]?(?:-?\w{2,4}\.\s)?)+(?=[A-ZÄÖÜ])")
BRACKETS = re.compile(r"\(([^()]*)\)")
SHORTENED = re.compile(r"\s[^\W\d_a-zäöüß]\.\s*$")
"""A last name cut to its first letter: "Petra M."."""
INITIALS = re.compile(r"[a-zäöüß]{2,5}\.?")
SHOUTED = re.compile(r"[A-ZÄÖÜ]{2,3}")
"""Initials in capitals; beside others only, because so are houses and countries."""
NAME_WORD = re.compile(r"(?:Mc|Mac|O['’]|D['’]|[Aa]l-|[Ee]l-)?[^\W\d_a-zäöüß](?:[\w'’.-]*[\w'’.])?", re.UNICODE)
NAME_PARTICLES = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "zu",
    "zur",
    "vom",
    "di",
    "da",
    "del",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ben",
    "ten",
    "ter",
    "y",
}
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6})(?:/\S*)?", re.I)
# "BERLIN (dpa) -", "Moskau/Kiew (AFP/Reuters) –", "Wien, 3. Mai (APA) -", "Düsseldorf (dpa/lnw) -", "[dpa]"
DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][^()\n]{1,60}?)?\s?[-–.]?\s?[(\[](?P<credit>[\w./, &-]{2,50})[)\]]\s?[-–—:.]{0,2}(?:\s|$)"
)
# A byline glued to the end of a lead: "... kamen ums Leben. Von Petra Muster"
TAIL = re.compile(r"(?<=[.!?:\"“”»«'])\s+(?i:(?:ein(?:e)? \w{4,15} )?von)\s(?P<names>[^.!?:;\d]{4,70})$")
# "mas. BERLIN, 30. Mai. Der ...", "ahe Brüssel – Die ..."
INITIALED = re.compile(
    r"^(?P<credit>[a-zäöü]{2,5}\.?(?:/[a-zäöü]{2,5}\.?){0,3}) (?P<place>[A-ZÄÖÜ][\w./-]+(?: [A-ZÄÖÜ][\w./-]+){0,2})"
    r"(?:, \d{1,2}\. [A-ZÄÖÜ]\w{2,8})?(?:(?<=[A-ZÄÖÜ]{3})\.|(?<=\w)\.(?= [A-ZÄÖÜ])|\s?[-–—]) "
)
SLASHED = re.compile(r"^(?P<place>[A-ZÄÖÜ][\w. -]{1,40}?)/(?P<credit>[A-Za-z/]{2,20})\s?[-–—.]{1,2}\s")


@dataclass(slots=True)
class Credit:
    """What a credit named, each in the order it stands."""

    bylines: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)

    def add(self, other: Credit) -> None:
        """Take over what ``other`` names and this one does not."""
        for mine, theirs in (
            (self.bylines, other.bylines),
            (self.agencies, other.agencies),
            (self.outlets, other.outlets),
        ):
            mine.extend(item for item in theirs if item not in mine)


def settled(credit: Credit) -> Credit:
    """Return ``credit`` without names said twice: other titles or case, or the initials of somebody named in full."""
    kept: dict[str, str] = {}
    for name in credit.bylines:
        kept.setdefault(TITLES.sub("", name).casefold().replace("-", " ").strip(), name)
    full = [key for key in kept if " " in key]
    bylines = [name for key, name in kept.items() if " " in key or not any(_initials_of(key, name) for name in full)]
    return Credit(bylines, list(dict.fromkeys(credit.agencies)), list(dict.fromkeys(credit.outlets)))


def _initials_of(short: str, name: str) -> bool:
    """Whether ``short`` ("aig", "pm") may stand for ``name``: its letters come in order, the first begins a word."""
    if not INITIALS.fullmatch(short) or not any(word.startswith(short[0]) for word in name.split()):
        return False
    letters = iter(name)
    return all(letter in letters for letter in short)


def read_credit(text: str, lexicon: Lexicon) -> Credit:
    """Read a source line or agency credit: "n-tv.de , vpe/dpa/AFP"."""
    credit = Credit()
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    words, patterns = lexicon.derived(credit_words), lexicon.derived(_patterns)
    small = words["and"] | words["place"]
    text = patterns.picture.split(re.sub(r"[()\[\]]", ",", text))[0]
    for token in _tokens(text, patterns.joint):
        token = token.lstrip("@")
        if agency := names.get(token) or names.get(token.rstrip(".")) or names.get((token.split() or [""])[-1]):
            _once(credit.agencies, agency)
        elif outlet := outlet_name(token, houses):
            _once(credit.outlets, outlet)
        elif INITIALS.fullmatch(token) and token not in small:
            _once(credit.bylines, token.rstrip("."))
        elif name := person(token, lexicon):
            _once(credit.bylines, name)
        elif SHOUTED.fullmatch(token) and credit.bylines and INITIALS.fullmatch(credit.bylines[-1]):
            _once(credit.bylines, token)  # "abc/DE (dpa, afp)"
    return credit


def outlet_name(token: str, houses: dict[str, OutletRow]) -> str | None:
    """Return ``token`` where it is an outlet: as written if it is a domain, else where the table knows it."""
    match = DOMAIN.fullmatch(token.strip())
    if match and not token.strip().endswith("."):
        return match[1]
    house = houses.get(token.lower())
    if house is None or (INITIALS.fullmatch(token) and not _signs(token, house)):
        return None
    return token


def _signs(token: str, house: OutletRow) -> bool:
    """Whether an outlet writes itself in these small letters: "jw" are somebody's initials, "srf" is a station."""
    names = (house.name, *house.names)
    return token in names or (house.kind == "broadcaster" and token.upper() in names)


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
    names, patterns = lexicon.derived(agency_names), lexicon.derived(_patterns)
    for inner in BRACKETS.findall(text):
        credit.agencies.extend(names[token] for token in _tokens(inner, patterns.joint) if token in names)
    text = BRACKETS.sub(" ", text)
    text = re.split(r"\s+(?:@|um|at)?\s*[0-2]?\d[:.][0-5]\d", text)[0]
    text = patterns.end.split(patterns.picture_inside.sub(" ", text))[0]
    if dated := first_date(text, lexicon):
        text = text[: dated[1]]
    houses, words = lexicon.derived(outlets), lexicon.derived(credit_words)
    small = words["and"] | words["place"]
    for token in _tokens(text, patterns.joint):
        if agency := names.get(token):
            _once(credit.agencies, agency)
        elif name := person(token, lexicon):
            if name.lower() not in houses:
                _once(credit.bylines, name)
        elif INITIALS.fullmatch(token) and token not in small:
            _once(credit.bylines, token.rstrip("."))
    return credit


def person(token: str, lexicon: Lexicon) -> str | None:
    """Return the name in ``token`` (two to five words, capitals), without what the person is or where; else None."""
    words = lexicon.derived(credit_words)
    if token.strip() in words["town"]:
        return None
    ends = tuple(words["end"])
    is_role = {
        part: part in words["role"]
        or part.capitalize() in words["role"]
        or part.lower() in words["role"]
        or (len(part) > 8 and part.lower().endswith(ends))
        for part in token.split()
    }
    parts = token.strip(" .:*\"'„“”()").split()
    if len(parts) == 2 and len(parts[1]) == 1 and token.rstrip().endswith("."):
        parts[1] += "."  # "Petra M."
    for at, part in enumerate(parts):
        if (at and part in words["place"]) or (at > 1 and is_role.get(part)):
            parts = parts[:at]
            break
    while parts and (
        parts[0].rstrip(":") in words["role"] or is_role.get(parts[0]) or parts[0].lower() in ("von", "by")
    ):
        parts = parts[1:]
    while parts and is_role.get(parts[-1]):
        parts = parts[:-1]
    if parts and (
        parts[0].lower() in words["place"] | words["never"]
        or (parts[0].isupper() and parts[0].lower() in lexicon.derived(outlets))
    ):
        return None  # "Aus Nairobi", "MDR THÜRINGEN"
    if not 2 <= len(parts) <= 6 or any(is_role.get(part) for part in parts) or " ".join(parts) in words["town"]:
        return None
    proper = [part for part in parts if NAME_WORD.fullmatch(part)]
    if len(proper) < 2 or any(part not in NAME_PARTICLES for part in parts if part not in proper):
        return None
    if parts[-1] not in proper or not any(char.islower() for char in "".join(parts)):
        return " ".join(part.title() for part in parts) if parts[-1] in proper and len(parts) <= 4 else None
    return " ".join(parts)


def dateline(paragraph: str, lexicon: Lexicon) -> Credit:
    """Return what a wire dateline names: "Moskau/Kiew (AFP/abc) -" gives AFP and the initials."""
    for pattern in (DATELINE, SLASHED):
        if match := pattern.match(paragraph[:140]):
            credit = read_credit(match["credit"], lexicon)
            if credit.agencies:
                return Credit([name for name in credit.bylines if INITIALS.fullmatch(name)], credit.agencies)
    if match := INITIALED.match(paragraph[:100]):
        credit = read_credit(match["credit"].replace("./", "/").rstrip("."), lexicon)
        return Credit([name for name in credit.bylines if INITIALS.fullmatch(name)], credit.agencies)
    return Credit()


def closing_credit(paragraph: str, lexicon: Lexicon) -> Credit:
    """Read the credit in brackets at a paragraph's end: "... sagte er. (abc/dpa)", "... sagte er. (APA)"."""
    match = re.search(r"[(\[]([\w ,;:./&+\"„“”-]{2,90})[)\]]\s*$", paragraph[-110:])
    if not match:
        return Credit()
    credit = read_credit(match[1], lexicon)
    ended = paragraph[: -len(match[0])].rstrip()[-1:] in (".", "!", "?", '"', "“", "”", "«", "»", "‹", "›")
    named = credit.outlets or INITIALS.fullmatch(match[1].strip()) or any(" " in name for name in credit.bylines)
    return credit if credit.agencies or (named and ended) else Credit()


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
    if not full or len(line) > 80 or line[-1:] in ".!?:" or not line.startswith(full[0]):
        return Credit()
    rest = line.removeprefix(full[0]).lstrip()
    words = lexicon.derived(credit_words)
    follows = rest.split(" ", 1)[0].strip(",.|").lower()
    ended = (
        not rest
        or rest[0] in ",(|/·•"
        or rest[:2] in ("- ", "– ", "— ")
        or rest[0].isdigit()
        or follows in words["and"] | words["after"] | words["updated"] | words["from"]
    )
    notes = "|".join(map(re.escape, words["does"]))
    told = re.sub(rf"(?:{'|'.join(map(re.escape, full))}),? (?:{notes})\b[^.]*", "", text)  # a note on the author
    return named if ended and not any(name.split()[-1] in told for name in full) else Credit()


def is_note_on(authors: Collection[str], text: str, lexicon: Lexicon) -> bool:
    """Whether a line tells of one of the authors ("Petra Muster ist Korrespondentin in Wien")."""
    does = lexicon.derived(credit_words)["does"]
    for name in authors:
        rest = text.removeprefix(name)
        if len(name.split()) > 1 and rest != text and rest.lstrip(", ").split(" ", 1)[0] in does:
            return True
    return False


def is_slashed_credit(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is nothing but names, an agency among them: "abc/dpa", "APA/AFP/Petra Muster", "abc DPA"."""
    names = lexicon.derived(agency_names)
    words = [word for word in re.split(r"[\s,()]+", text) if word]
    houses = lexicon.derived(outlets)
    if 2 <= len(words) <= 5 and all(w in names or INITIALS.fullmatch(w) or w.lower() in houses for w in words):
        return any(word in names for word in words)
    return "/" in text and len(text) < 60 and text[-1:] not in ".!?" and bool(read_credit(text, lexicon).agencies)


def _tokens(text: str, joint: re.Pattern[str]) -> list[str]:
    tokens = [token for part in SEPARATOR.split(text) if part for token in joint.split(part)]
    return [
        token.strip(" ()[]*\u00a0") if SHORTENED.search(token) else token.strip(" ()[]*.\u00a0")
        for token in tokens
        if token.strip(" ()[]*.")
    ]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What ends a name, parts two of them, and begins who took the pictures: anywhere, or up to who wrote the text."""

    joint: re.Pattern[str]
    end: re.Pattern[str]
    picture: re.Pattern[str]
    picture_inside: re.Pattern[str]


def _patterns(lexicon: Lexicon) -> _Patterns:
    """Build the patterns of the credit words; call through ``lexicon.derived``."""
    words = lexicon.derived(credit_words)
    joints, ends, updated, pictures = (
        "|".join(map(re.escape, sorted(kind)))
        for kind in (words["and"], words["after"] | words["updated"], words["updated"], words["picture"])
    )
    return _Patterns(
        joint=re.compile(rf"(?:^|\s)(?:{joints})\s"),
        end=re.compile(rf"(?i)(?:^|[\s.|,]){{1,3}}(?:{ends})\b|-(?:{updated})\b"),
        picture=re.compile(rf"(?i)\b(?:{pictures})\s?:"),
        picture_inside=re.compile(
            rf"(?i)(?:^|[\s,;/|]+)(?:und\s)?\b(?:{pictures})\s?:.*?(?=\b(?:text|interview|bericht)\s?:|$)"
        ),
    )


def _once(items: list[str], item: str) -> None:
    if item not in items:
        items.append(item)
