"""Who wrote it and where it came from: bylines, source lines, agency credits, wire datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lagebild.page.persons import patterns_of, person, tokens
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, agency_names, credit_words, outlets

TITLES = re.compile(r"^(?:(?:Prof|Dr|Dipl|Mag|Ing|MMag|DDr|Univ)\.?[- ]?(?:-?\w{2,4}\.\s)?)+(?=[A-ZÄÖÜ])")
INITIALS = re.compile(r"[a-zäöüß]{2,5}\.?")
SHOUTED = re.compile(r"[A-ZÄÖÜ]{2,3}")
"""Initials in capitals; beside others only, because so are houses and countries."""
REGION = re.compile(r"\b(dpa)/(?:l?(?:bb|bn|bw|by|he|hh|mv|ni|no|nw|rp|rs|sa|sh|sl|sn|st|sw|th))\b")
"""The services of an agency for one state: "dpa/th"."""
COMMON = frozenset(("Mehr", "Petra", "Sana", "spot"))
"""Agencies whose names are everyday words: they count beside a slash or comma alone ("abc/Mehr"), and where a source is announced."""
DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,7})(?:/\S*)?", re.I)
# "BERLIN (dpa) -", "Moskau/Kiew (AFP/Reuters) –", "Wien, 3. Mai (APA) -", "Düsseldorf (dpa/lnw) -", "[dpa]"
DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][^()\n]{1,60}?)?\s?[-–.]?\s?[(\[](?P<credit>[\w./, &-]{2,50})[)\]]\s?[-–—:.]{0,2}(?:\s|$)"
)
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
    first, last = name.split()[0], name.split()[-1]
    if len(short) > 2 and last.startswith(short[:-1]) and first.startswith(short[-1]):
        return True  # "musp"
    letters = iter(name)
    return all(letter in letters for letter in short)


def read_credit(text: str, lexicon: Lexicon) -> Credit:
    """Read a source line or agency credit: "n-tv.de , vpe/dpa/AFP"."""
    credit = Credit()
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    words, patterns = lexicon.derived(credit_words), lexicon.derived(patterns_of)
    small = words["and"] | words["place"]
    text = patterns.picture.split(re.sub(r"[()\[\]]", ",", text))[0]
    for token in tokens(text, patterns.joint):
        token = token.lstrip("@")
        last = (token.split() or [""])[-1]  # "Agentur Interfax", "Santa Petra"
        if agency := names.get(token) or names.get(token.rstrip(".")) or (last not in COMMON and names.get(last)):
            once(credit.agencies, agency)
        elif outlet := outlet_name(token, houses):
            once(credit.outlets, outlet)
        elif INITIALS.fullmatch(token) and token not in small:
            once(credit.bylines, token.rstrip("."))
        elif name := person(token, lexicon):
            once(credit.bylines, name)
        elif SHOUTED.fullmatch(token) and credit.bylines and INITIALS.fullmatch(credit.bylines[-1]):
            once(credit.bylines, token)  # "abc/DE (dpa, afp)"
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


def dateline(paragraph: str, lexicon: Lexicon) -> Credit:
    """Return what a wire dateline names: "Moskau/Kiew (AFP/abc) -" gives AFP and the initials."""
    for pattern in (DATELINE, SLASHED):
        if match := pattern.match(paragraph[:140]):
            credit = read_credit(REGION.sub(r"\1", match["credit"]), lexicon)
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


def signature(text: str, lexicon: Lexicon) -> Credit:
    """Read a line of persons and the house or agency they write for: "Petra Muster, bote.example"; else nothing."""
    parts = [part.strip() for part in re.split(r"[,/|]", text)]
    if len(text) > 80 or len(parts) < 2:
        return Credit()
    names, houses = lexicon.derived(agency_names), lexicon.derived(outlets)
    credit = Credit(
        [
            name
            for part in parts
            if part not in names and not outlet_name(part, houses) and (name := person(part, lexicon))
        ],
        [names[part] for part in parts if part in names],
        [part for part in parts if part not in names and outlet_name(part, houses)],
    )
    known = len(credit.bylines) + len(credit.agencies) + len(credit.outlets)
    return credit if known == len(parts) and len(credit.bylines) in range(1, known) else Credit()


def is_slashed_credit(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is nothing but names, an agency among them: "abc/dpa", "APA/AFP/Petra Muster", "RND"."""
    names = lexicon.derived(agency_names)
    words = [word for word in re.split(r"[\s,()]+", text) if word]
    houses = lexicon.derived(outlets)
    if "/" not in text and not COMMON.isdisjoint(words):
        return False  # "Mehr lesen über"
    if 1 <= len(words) <= 5 and all(w in names or INITIALS.fullmatch(w) or w.lower() in houses for w in words):
        return any(word in names for word in words)
    return "/" in text and len(text) < 60 and text[-1:] not in ".!?" and bool(read_credit(text, lexicon).agencies)


def once(items: list[str], item: str) -> None:
    """Append ``item`` unless it is there."""
    if item not in items:
        items.append(item)
