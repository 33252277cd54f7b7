"""The row types of the actor tables, and the index over them that the actor layer reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day
from typing import Literal

from lagebild.records import quickly_made
from lagebild.rules.lexicon import Lexicon

Gender = Literal["m", "f", "n", "p"]
BLOCS = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC"})
PRESS = "JRN"
"""The sector of media: they are named as sources more often than they act."""
SECTORS = frozenset(
    [
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "PTY",
        "REB",
        "PRM",
        "SPY",
        "UAF",
        "CVL",
        "OPP",
        "REF",
        "JRN",
        "BUS",
        "LAB",
        "EDU",
        "MED",
        "REL",
        "SOC",
        "ELI",
        "CRM",
        "AGR",
        "UNK",
        "PRE",
    ]
)


def check_code(code: str) -> None:
    """Raise ``ValueError`` unless ``code`` is ``-``, a sector, or a state or bloc with or without sectors."""
    base, _, sectors = code.partition(":")
    if base not in SECTORS and base != "-" and not (len(base) == 3 and base.isupper()):
        raise ValueError(f"code {code!r}: {base!r} is neither a state, a bloc nor a sector")
    for sector in filter(None, sectors.split("+")):
        if sector not in SECTORS:
            raise ValueError(f"code {code!r}: unknown sector {sector!r}")


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory. ``id`` is ISO 3166 alpha-3; ``seats`` are the towns that stand for its government;
    ``tradition`` groups states whose personal names sound alike."""

    id: str
    name: str
    gender: Gender
    iso2: str
    other_names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    tradition: str = ""
    cow: str = ""
    cameo: str = ""
    wikidata: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """An organisation, armed group, party, medium or building with a name of its own."""

    id: str
    name: str
    code: str
    gender: Gender = "n"
    other_names: tuple[str, ...] = ()
    wikidata: str = ""

    def __post_init__(self) -> None:
        check_code(self.code)


@quickly_made
@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for one who acts. ``inherit``: takes over the code of what it belongs to ("Sprecher der Polizei")."""

    id: str
    kind: Literal["person", "body", "thing"]
    sector: str = ""
    policy: Literal[
        "state",
        "none",
        "fixed",
        "abroad",
        "told",
        "sides",
        "one",
        "back",
        "bloc",
        "site",
        "named",
        "roving",
        "stray",
        "sole",
        "goods",
        "follower",
    ] = "state"
    gender: Gender = "m"
    last: bool = False
    inherit: bool = False

    def __post_init__(self) -> None:
        if self.sector:
            check_code(self.sector)


@dataclass(frozen=True, slots=True)
class Quality:
    """An adjective that says whose or of what kind: a code, a sector, or ``-`` where it names nobody."""

    id: str
    code: str
    example: str

    def __post_init__(self) -> None:
        check_code(self.code)


@dataclass(frozen=True, slots=True)
class Pro:
    """A word that takes up an actor told before, or several. ``number`` and ``gender`` are empty where open."""

    id: str
    kind: Literal[
        "personal",
        "relative",
        "demonstrative",
        "former",
        "latter",
        "speaker",
        "indefinite",
        "free",
        "pair",
        "collective",
        "reciprocal",
        "count",
        "owner",
    ]
    example: str
    number: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A function word the actor layer goes by; ``use`` says for what."""

    id: str
    word: str
    use: Literal[
        "where",
        "of",
        "not-pro",
        "former",
        "weak-place",
        "pair",
        "voice",
        "send",
        "source",
        "partner",
        "federal",
        "beside",
        "own",
        "anybody",
        "men",
        "impersonal",
        "led",
        "lead",
        "trade",
        "expel",
        "common",
        "carried",
        "mouth",
        "aimed",
        "no-town",
        "origin",
        "stem-from",
        "near",
        "sent-off",
        "captive",
        "board",
        "contender",
        "aboard",
        "field",
        "deed",
        "mutual",
        "kin",
        "cabinet",
        "town",
        "there",
        "no-actor",
        "front",
        "despot",
        "curia",
    ]


@dataclass(frozen=True, slots=True)
class Alike:
    """Nouns, in lower case, that an article uses for one another."""

    id: str
    nouns: tuple[str, ...]
    example: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in an office from ``since`` to ``until`` (ISO day, month or year; empty: open)."""

    id: str
    name: str
    code: str
    office: str
    since: str = ""
    until: str = ""
    other_names: tuple[str, ...] = ()
    gender: Gender = "m"
    wikidata: str = ""

    def __post_init__(self) -> None:
        check_code(self.code)
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"{self.name}: {self.since} lies after {self.until}")

    def held_on(self, day: Day) -> bool:
        """Whether the term covers ``day``; a year or month counts as a whole."""
        iso = day.isoformat()
        return (not self.since or self.since <= iso) and (not self.until or iso[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name means. ``kind``: state, seat, demonym, org, group, party, media, building."""

    kind: str
    code: str
    name: str
    gender: Gender
    wikidata: str
    rule: str


def stem(word: str) -> str:
    """Cut the ending that adjectives and nouns take, so that "Vereinten Nationen" meets "Vereinte Nationen"."""
    low = word.lower()
    for ending in ("en", "em", "er", "es", "e", "s", "n"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)]
    return low


def phrase_stem(word: str) -> str:
    """Cut endings twice, so that "Hauses" meets "Haus", whose own s looks like an ending."""
    return stem(stem(word))


@dataclass(slots=True)
class ActorIndex:
    """Look-ups over all actor tables: words in lower case, phrases by the stem of their first word."""

    words: dict[str, Entry] = field(default_factory=dict)
    shouted: dict[str, Entry] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    qualities: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, Noun] = field(default_factory=dict)
    lasts: dict[str, Noun] = field(default_factory=dict)
    pros: dict[str, Pro] = field(default_factory=dict)
    owners: dict[str, Pro] = field(default_factory=dict)
    uses: dict[str, frozenset[str]] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    called: dict[str, str] = field(default_factory=dict)
    """All the names of a body in lower case, by its first: "Nordatlantisches Bündnis" of "Nato"."""
    rivals: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """Bodies of several states that go by one name ("Bundesrat"), by the name and the state."""

    def add(self, names: tuple[str, ...], entry: Entry) -> None:
        """Enter ``names``; what stands already stays. A stroke may be a word of its own in the parsed text ("CDU/CSU")."""
        for name in names:
            parts = name.replace("/", " / ").split()
            if len(parts) > 1:
                stems = tuple(phrase_stem(part) for part in parts)
                self.phrases.setdefault(stems[0], []).append((stems, entry))
            if " " in name:
                continue
            if name.isupper() and len(name) <= 5:
                self.shouted.setdefault(name, entry)
            else:
                self.words.setdefault(name.lower(), entry)


NAME_TABLES = {
    "actors/metonyms.tsv": "building",
    "actors/organisations.tsv": "org",
    "actors/armed_groups.tsv": "group",
    "actors/parties.tsv": "party",
    "actors/media.tsv": "media",
}


def build_index(lexicon: Lexicon) -> ActorIndex:
    """Read the tables into one index; use through ``lexicon.derived(build_index)``."""
    index, named = ActorIndex(), dict[str, dict[str, Entry]]()
    for table, kind in NAME_TABLES.items():
        for name in lexicon.rows(table, Name):
            entry = Entry(kind, name.code, name.name, name.gender, name.wikidata, f"{table}:{name.id}")
            index.add((name.name, *name.other_names), entry)
            if kind == "org":
                index.called[name.name] = " ".join((name.name, *name.other_names)).lower()
            named.setdefault(name.name, {}).setdefault(name.code[:3], entry)
    holders = lexicon.rows("actors/officeholders.tsv", Holder)
    index.surnames = frozenset(row.name.split()[-1].lower() for row in holders if " " in row.name)
    index.rivals = {name: states for name, states in named.items() if len(states) > 1}
    for state in lexicon.rows("actors/states.tsv", State):
        _add_state(index, state)
    for stems in index.phrases.values():
        stems.sort(key=lambda item: -len(item[0]))
    for noun in lexicon.rows("actors/nouns.tsv", Noun):
        index.nouns[noun.id.lower()] = noun
        if noun.last:
            index.lasts[noun.id.lower()] = noun
    index.qualities = {quality.id: quality.code for quality in lexicon.rows("actors/qualities.tsv", Quality)}
    for pro in lexicon.rows("actors/pronouns.tsv", Pro):
        (index.owners if pro.kind == "owner" else index.pros)[pro.id.removeprefix("owner-")] = pro
    for group in lexicon.rows("actors/alike.tsv", Alike):
        for word in group.nouns:
            index.alike.setdefault(word, group.id)
    uses: dict[str, set[str]] = {}
    for row in lexicon.rows("actors/words.tsv", Word):
        uses.setdefault(row.use, set()).add(row.word)
    index.uses = {use: frozenset(words) for use, words in uses.items()}
    return index


def _add_state(index: ActorIndex, row: State) -> None:
    rule = f"actors/states.tsv:{row.id}"
    index.states[row.id] = row
    own = Entry("state", f"{row.id}:GOV", row.name, row.gender, row.wikidata, rule)
    index.add((row.name, *row.other_names), own)
    index.add(row.seats, Entry("seat", f"{row.id}:GOV", row.name, "n", row.wikidata, rule))
    people = Entry("demonym", f"{row.id}:CVL", row.name, "m", "", rule)
    women = Entry("demonym", f"{row.id}:CVL", row.name, "f", "", rule)
    for demonym in row.demonyms:
        index.add((demonym,), people)
        if demonym.endswith("er"):
            index.add((demonym + "n", demonym + "s"), people)
        base = demonym.removesuffix("e")
        if demonym.endswith(("er", "e", "k")):
            index.add((base + "in", base + "innen"), women)
        if demonym.endswith("e"):
            index.add((demonym + "n",), people)
    for adjective in row.adjectives:
        index.adjectives.setdefault(adjective, row.id)
