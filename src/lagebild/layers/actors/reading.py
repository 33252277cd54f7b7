"""What a single word means as an actor, by the tables alone: names, nouns, compounds, adjectives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lagebild.records import How
from lagebild.rules.actors import BLOCS, ActorIndex, Entry, Noun, stem
from lagebild.rules.places import Known, PlaceIndex
from lagebild.rules.speech import SpeechWords

KEPT = 200_000
GROUP_KINDS = frozenset({"group", "party", "org", "media"})
HARD_SECTORS = frozenset({"MIL", "JUD", "COP", "LEG"})
KEPT_BY_BLOC = {
    "UNO": frozenset({"MIL", "JUD"}),
    "EUR": frozenset({"MIL", "JUD", "COP"}),
    "IGO": frozenset({"MIL", "JUD"}),
}
AUTHORITY = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", "LEG"})
TELLING = frozenset({"say", "report", "announce", "write"})
GERMAN_SPEAKING = frozenset({"DEU", "AUT", "CHE"})
PARTICLES = (
    "ein",
    "durch",
    "aus",
    "ent",
    "vor",
    "auf",
    "ver",
    "über",
    "ab",
    "rück",
    "mit",
    "herbei",
    "weiter",
    "fort",
    "sammen",
)
"""Ends of first parts that make a deed of a body: "Einführung", "Entführung", "Zusammenführung" have no one who leads."""
AGED = "age"
"""The rule by which somebody is told of by his age alone ("der 35-Jährige")."""
COMMON = frozenset({"person", "body", "thing"})
"""Kinds of nouns that are no names."""
TOWN, FAR_TOWN = 20, 100
"""Thousand inhabitants from which a town at home and one abroad lends its name to people ("Kieler Forscher")."""
CITY = 50  # ... from which people at home are called by it alone ("ein Kieler", but no "Keller")
ALONE = 20  # how many times bigger a town is than any other of its name that would count too
PRIVATE = frozenset({"CVL", "REF", "LAB", "EDU", "MED", "BUS", "AGR", "SOC", "REL", "CRM", "JRN", "UAF"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A word's meaning. ``state`` is a state, a bloc, ``-`` (nobody in particular) or None (open); ``sector`` may be empty.

    ``kind``: state, seat, demonym, org, group, party, media, building, person, body, thing, pro, name, place.
    ``role`` is the noun that names the office or body ("außenminister"): the key under which the article remembers it.
    """

    kind: str
    state: str | None
    sector: str
    how: How
    rule: str
    name: str | None = None
    entity: str | None = None
    gender: str = ""
    role: str = ""
    inherit: bool = False
    policy: str = "state"
    default: str = ""


@dataclass(slots=True)
class LocalMention:
    """A mention as its own words tell, tokens ``start`` to ``end`` (exclusive) with ``head`` among or near them.

    ``states`` has several entries for several states; ``person`` is the name as written ("Sergej Lawrow"), ``owner`` the
    token of a possessive ("seine Regierung"), ``of`` the head of the actor it belongs to, ``party`` that of the party in
    brackets after the name, ``plural`` the number,
    ``definite`` whether the words point back ("das Land"), ``pair`` whether two are meant, ``loose`` whether it is a name
    of unknown kind, ``speaker`` whether it is the subject of a verb of saying,
    ``not_state`` a state it cannot belong to ("prorussische Separatisten"), ``quality`` whether an
    adjective gave the sector, ``named_for`` whom the first part of a compound names ("Assad-Regierung"), ``seated`` whether
    ``states`` say no more than where it speaks ("ein Sprecher in Genf"), ``by_town`` whether a town says whose it is, ``stated`` whether words beside it name a state.
    """

    head: int
    start: int
    end: int
    reading: Reading
    states: tuple[str, ...] = ()
    sector: str = ""
    person: str = ""
    plural: bool = False
    definite: bool = False
    owner: int | None = None
    of: int | None = None
    party: int | None = None
    former: bool = False
    pair: bool = False
    subject: bool = False
    speaker: bool = False
    not_state: str = ""
    quality: bool = False
    sentence: int = 0
    loose: bool = False
    named_for: str = ""
    seated: bool = False
    by_town: bool = False
    stated: bool = False


def split_code(code: str) -> tuple[str | None, str]:
    """Return state or bloc, and sectors, of a code; a bare sector has no state."""
    base, _, sectors = code.partition(":")
    if sectors or base in BLOCS or base == "-":
        return base, sectors
    return None, base


def join_code(state: str | None, sector: str) -> str | None:
    """Return the code of a state or bloc with sectors; None where the state is open or nobody."""
    if state is None or state == "-":
        return None
    if state in BLOCS:
        return f"{state}:{sector}" if sector in KEPT_BY_BLOC.get(state, ()) else state
    return f"{state}:{sector}" if sector else state


class Reader:
    """Reads words by the index; each word is analysed once and kept."""

    def __init__(self, index: ActorIndex, speech: SpeechWords, places: PlaceIndex):
        self.index, self.places = index, places
        self.says = frozenset(row.lemma for rows in speech.verbs.values() for row in rows if row.kind in TELLING)
        carried = {noun.lower() for noun, row in speech.nouns.items() if "nach" in row.frames}
        self.carried = index.uses["carried"] | carried
        self.led = tuple(index.uses["led"])
        self._words: dict[tuple[str, str], Reading | None] = {}
        self._adjectives: dict[str, tuple[str, ...]] = {}

    def noun(self, text: str, lemma: str) -> Reading | None:
        """Return the meaning of a noun or name, or None. Compounds are read by their last part and what stands before."""
        key = (text, lemma)
        if key not in self._words:
            if len(self._words) > KEPT:
                self._words.clear()
            found = self._noun(text, lemma)
            if found is None and "ss" in text:  # Swiss spelling
                found = self._noun(text.replace("ss", "ß"), lemma.replace("ss", "ß"))
            elif found is None and "ß" in text:
                found = self._noun(text.replace("ß", "ss"), lemma.replace("ß", "ss"))
            self._words[key] = found
        return self._words[key]

    def member(self, text: str, lemma: str) -> Reading | None:
        """Return the meaning of a noun for a body's member that is the body's name too: "Bundesrat Hans Roth", "Nationalräte"."""
        nouns = (self.index.nouns.get(form) for form in _forms(text, lemma))
        return next((_from_noun(noun, feminine=False) for noun in nouns if noun and noun.kind == "person"), None)

    def adjective(self, lemma: str) -> tuple[str, ...]:
        """Return the codes an adjective names ("ukrainisch" UKR, "europäisch" EUR, "separatistisch" REB)."""
        low = lemma.lower()
        if low not in self._adjectives:
            if len(self._adjectives) > KEPT:
                self._adjectives.clear()
            self._adjectives[low] = self._adjective(low) or _country_of(self.places.described(low))
        return self._adjectives[low]

    def townsman(self, word: str) -> tuple[str, ...]:
        """Return the country of the town that an adjective in -er is of ("Kieler Forscher"); empty for any other word."""
        towns = self._towns(word)
        least = TOWN if towns and towns[0].country in GERMAN_SPEAKING else FAR_TOWN
        return _country_of(towns) if towns and towns[0].people >= least else ()

    def townspeople(self, word: str) -> tuple[str, ...]:
        """Return the country of people called by their town at home ("ein Kieler", "Bremerinnen"); empty for any other noun."""
        for ending in ("innen", "in", "n", "s", ""):
            base = word.removesuffix(ending)
            if word.endswith("er" + ending) and base.lower() not in self.index.uses["no-town"]:
                towns = self._towns(base)
                home = bool(towns) and towns[0].people >= CITY and towns[0].country in GERMAN_SPEAKING
                return _country_of(towns) if home and not self.places.named(base) else ()
        return ()

    def _towns(self, word: str) -> tuple[Known, ...]:
        """Return the towns that an adjective in -er may be of, the biggest first, without those far smaller."""
        towns = sorted(self.places.inhabitant(word), key=lambda known: -known.people)
        return tuple(town for town in towns if town.people * ALONE > towns[0].people)

    def sided(self, lemma: str) -> str:
        """Return the state that "prorussisch", "pro-iranisch" takes sides for or against: never the actor's own."""
        low = lemma.lower()
        for prefix in self.index.uses["not-pro"]:
            if low.startswith(prefix):
                codes = self.adjective(low[len(prefix) :].lstrip("-"))
                return codes[0] if codes else ""
        return ""

    def entry(self, entry: Entry) -> Reading:
        """Return the meaning of a table entry."""
        state, sector = split_code(entry.code)
        how: How = "metonym" if entry.kind in ("seat", "building") else "named"
        role = {"demonym": entry.name.lower()}.get(entry.kind, "")
        return Reading(
            entry.kind, state, sector, how, entry.rule, entry.name, entry.wikidata or None, entry.gender, role
        )

    def _noun(self, text: str, lemma: str) -> Reading | None:
        index = self.index
        for form in (text, lemma):
            if entry := index.shouted.get(form):
                return self.entry(entry)
        forms = _forms(text, lemma)
        if entry := index.words.get(text.lower()):
            return self.entry(entry)
        for form in forms:
            if entry := index.words.get(form):
                return self.entry(entry)
            if noun := index.nouns.get(form):
                return _from_noun(noun, feminine=False)
        for form in forms:
            if noun := _feminine(form, index.nouns):
                return _from_noun(noun, feminine=True)
        if entry := index.shouted.get(text.removesuffix("s")):
            return self.entry(entry)
        if "-" in text:
            return self._hyphened(text, lemma)
        if former := self._former(forms):
            return former
        return self._compound(forms)

    def _hyphened(self, text: str, lemma: str) -> Reading | None:
        *firsts, last = text.split("-")
        head = self.noun(last, lemma.rsplit("-", 1)[-1]) if last else None
        first = "-".join(firsts)
        if head is None or not first:
            return None
        if first.lower() in self.index.uses["former"]:
            return replace(head, sector="ELI" if head.sector == "GOV" else head.sector)
        if first.lower().startswith("anti"):  # "Anti-Terror-Einheit": against whom it is, not whose
            joined = text.replace("-", "").capitalize()
            return self.noun(joined, joined) or self.noun(last, last)
        modifier = self.noun(first, first) or (self.noun(firsts[0], firsts[0]) if len(firsts) > 1 else None)
        if modifier is None and (codes := self.adjective(first)):
            modifier = Reading("state", codes[0], "", "adjective", "actors/states.tsv")
        return combine(head, modifier) if modifier else (head if head.kind != "seat" and head.kind != "state" else None)

    def _former(self, forms: tuple[str, ...]) -> Reading | None:
        """Read "Exminister", "Altkanzlerin": somebody who is in office no more."""
        for form in forms:
            for prefix in self.index.uses["former"]:
                rest = form.removeprefix(prefix)
                noun = self.index.nouns.get(rest) or _feminine(rest, self.index.nouns)
                if rest != form and noun is not None and noun.kind == "person" and noun.sector == "GOV":
                    return replace(_from_noun(noun, feminine=noun.id.lower() != rest), sector="ELI", role=form)
        return None

    def _compound(self, forms: tuple[str, ...]) -> Reading | None:
        lasts, uses = self.index.lasts, self.index.uses
        if not uses["no-actor"].isdisjoint(forms):
            return None
        for form in forms:
            woman = form.endswith(("in", "innen"))
            for start in range(2 if form.startswith("öl") else 3, len(form) - 3):
                tail = form[start:]
                noun, feminine = lasts.get(tail), False
                if noun is None and woman and (noun := _feminine(tail, lasts)):
                    feminine = True
                if noun is None or (tail in uses["deed"] and form[:start].endswith(PARTICLES)):
                    continue
                head = replace(_from_noun(noun, feminine=feminine), role=form)
                first = form[:start]
                modifier = self._first_part(first)
                field = noun.id.lower() in uses["field"]
                if modifier and field and modifier.kind in COMMON and modifier.sector in PRIVATE:
                    return head  # "Familienpolitiker": what somebody deals with, not whose he is
                if modifier and not _keeps(head, modifier):
                    return combine(head, modifier)
                return head
        return None

    def _first_part(self, first: str) -> Reading | None:
        """Read the first part of a closed compound, with or without its linking sound."""
        index = self.index
        for ending in ("", "s", "es", "n", "en", "er", "e"):
            if ending and not first.endswith(ending):
                continue
            bare = first[: len(first) - len(ending)]
            for form in (bare, bare + "e"):
                if (entry := index.words.get(form)) and form not in index.uses["common"]:
                    return self.entry(entry)
                if noun := index.nouns.get(form):
                    return _from_noun(noun, feminine=False)
        return None

    def _adjective(self, low: str) -> tuple[str, ...]:
        for form in (low, stem(low)):
            if code := self.index.adjectives.get(form) or self.index.qualities.get(form):
                return (code,)
        if low.endswith("er") and (entry := self.index.words.get(low[:-2])) and entry.kind == "seat":
            return (entry.code[:3],)
        if "-" not in low:
            return ()
        parts = low.split("-")
        if parts[0] in self.index.uses["not-pro"]:
            return ()
        if parts[-1].startswith(self.led):  # "US-geführt"
            leader = self.noun(parts[0].upper(), parts[0]) or self.noun(parts[0], parts[0])
            return (leader.state,) if leader and leader.state else self.adjective(parts[0])
        found = [self.adjective(part) or self.adjective(part + "isch") for part in parts]
        return tuple(code for codes in found for code in codes)


def _country_of(places: tuple[Known, ...]) -> tuple[str, ...]:
    """Return the country that all of several places lie in; empty where there is none or more than one."""
    countries = {known.country for known in places}
    return tuple(countries) if len(countries) == 1 and "" not in countries else ()


def combine(head: Reading, modifier: Reading) -> Reading:
    """Return what ``head`` becomes when it belongs to ``modifier``: in a compound, or by a genitive.

    A state lends itself, a group or body lends its whole code, a kind of people lends its sector to a head that inherits.
    """
    rule = f"{head.rule}+{modifier.rule}"
    if modifier.kind in ("state", "seat", "demonym"):
        if head.policy == "fixed":
            return replace(head, rule=rule)
        return replace(head, state=modifier.state, rule=rule, policy="state" if head.policy == "bloc" else head.policy)
    if modifier.kind in GROUP_KINDS or modifier.kind == "building" or modifier.state in BLOCS:
        if head.inherit or head.kind == "thing" or modifier.kind == "group" or modifier.state in BLOCS:
            keep = modifier.state in BLOCS and head.sector in HARD_SECTORS and not modifier.sector
            sector = head.sector if keep else lent_sector(head, modifier.sector)
            return replace(head, state=modifier.state, sector=sector, rule=rule, policy="state")
        return replace(head, state=modifier.state or head.state, rule=rule)
    if head.inherit and modifier.sector:
        sector = lent_sector(head, modifier.sector)
        return replace(head, state=head.state or modifier.state, sector=sector, rule=rule)
    if modifier.state and head.state is None:
        return replace(head, state=modifier.state, rule=rule)
    return head


def lent_sector(head: Reading, sector: str) -> str:
    """Return the sector that ``head`` takes over from whom it belongs to: who follows a president or a junta is no part of it."""
    return head.sector if head.policy == "follower" and sector.partition("+")[0] in AUTHORITY else sector


def _keeps(head: Reading, modifier: Reading) -> bool:
    """Whether an authority stays one whomever it is for: "Fremdenpolizei", "Hafenbehörde", "Regierungssoldat"."""
    if modifier.kind not in COMMON or head.sector not in AUTHORITY:
        return False
    if head.kind == "body":
        return modifier.sector in PRIVATE or (modifier.sector == "GOV" and head.sector in ("MIL", "COP", "JUD"))
    return modifier.sector == "GOV" and head.sector in ("MIL", "COP", "JUD")


def _from_noun(noun: Noun, *, feminine: bool) -> Reading:
    own, sector = split_code(noun.sector)
    policy = noun.policy
    usual = policy == "bloc" or (policy == "back" and bool(own) and own != "-")
    state, default = (None, own or "") if usual else (own, "")
    if not usual and state in BLOCS:
        policy = "fixed"
    gender = "f" if feminine else noun.gender
    how = "title" if noun.kind == "person" else "named"
    return Reading(
        noun.kind,
        state,
        sector,
        how,  # type: ignore[arg-type]
        f"actors/nouns.tsv:{noun.id}",
        gender=gender,
        role=noun.id.lower(),
        inherit=noun.inherit,
        policy=policy,
        default=default,
    )


def _forms(text: str, lemma: str) -> tuple[str, ...]:
    """Return the spellings to look up: lemma, word as written, and the word without its case and number endings."""
    low, base = text.lower(), lemma.lower()
    forms = [base, low]
    for ending in ("innen", "ern", "en", "es", "er", "n", "s", "e"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            forms.append(low[: -len(ending)])
            if ending == "en":
                forms.append(low[:-1])
    if low.endswith(("er", "en", "em", "es")):
        forms.append(low[:-1])
    forms += [plain for form in forms if (plain := _without_umlaut(form)) != form]
    return tuple(dict.fromkeys(forms))


def _without_umlaut(form: str) -> str:
    """Return "sicherheitskraft" for "sicherheitskräft": plurals and feminines change the last full vowel."""
    for at in range(len(form) - 1, max(len(form) - 8, -1), -1):
        if form[at] in "äöü":
            return form[:at] + "aou"["äöü".index(form[at])] + form[at + 1 :]
    return form


def _feminine(form: str, nouns: dict[str, Noun]) -> Noun | None:
    base = form.removesuffix("innen") if form.endswith("innen") else form.removesuffix("in")
    if base == form:
        return None
    noun = nouns.get(base) or nouns.get(base + "e")
    if noun is None and "ä" in base:
        noun = nouns.get(base.replace("ä", "a"))
    return noun if noun is not None and noun.kind == "person" else None
