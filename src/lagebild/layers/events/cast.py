"""Who is in the article: every actor by code, when it is named, and what part it took in the events told so far."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from typing import NamedTuple

from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.view import View
from lagebild.records import Actor, Evidence, changed
from lagebild.rules.actors import PRESS

MOST = 5
LATER = 50
SITE = "places"
"""The rule in the evidence of an actor that is the state of a place ("Ausbilder nach Mali")."""


@dataclass(slots=True)
class Part:
    """The participants of one event, kept for the events after it; ``roles`` of codes, ``countries`` of their countries: a, r, ar.

    ``sides`` are the actors and the recipients themselves.
    """

    type: str
    lemma: str
    sentence: int
    actors: set[str]
    recipients: set[str]
    sides: tuple[tuple[Actor, ...], tuple[Actor, ...]] = ((), ())
    roles: dict[str, str] = field(init=False)
    countries: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.roles = _roles(self.actors, self.recipients)
        self.countries = _roles({code[:3] for code in self.actors}, {code[:3] for code in self.recipients})


def _roles(actors: set[str], recipients: set[str]) -> dict[str, str]:
    found = dict.fromkeys(actors, "a")
    for one in recipients:
        found[one] = "ar" if one in actors else "r"
    return found


@dataclass(slots=True)
class Around:
    """What the events of one sentence share: its mentions with their codes and prepositions, and who may be meant beside.

    ``codes`` and ``countries`` name for each mention, each absent code and nobody the code and the country it stands
    with; ``heads``, ``kinds`` (how it is named, its sector), ``cases`` and ``sites`` (whether it is a place) are the
    mentions'; ``chains`` gives for each mention the first word of the coordination it belongs to ("Ghana, Togo und
    Benin"). ``count`` counts mentions that are no places, up to 4. ``profiles`` has for each code what the article and
    the sentence say of it (when it was named: sentences ago, at most 4, or ``later``; whether it is of the main country
    and named first, its rank and share; whether the place is its own), its sector, and ``x`` where the sentence names it.
    """

    near: list[Mention]
    heads: list[int]
    codes: list[str | None]
    kinds: list[tuple[str, str]]
    cases: list[str]
    sites: list[bool]
    absent: list[str]
    countries: list[str]
    chains: list[int]
    count: int
    profiles: dict[str, tuple[tuple[int | str, bool, bool, int, int, bool | None], str, str]]


class Profile(NamedTuple):
    """What an actor is throughout the article; ``rank`` (0 to 3) by frequency, ``share`` its tenths of all mentions (0 to 6)."""

    country: str
    sector: str
    main: bool
    first: bool
    rank: int
    share: int


@dataclass(slots=True)
class Cast:
    """Every code of the article (most frequent first) with the sentences that name it and whom they name; mentions by sentence.

    ``sites`` are the heads of mentions that are places ("Ausbilder nach Mali"), whose state may be meant; ``speakers``
    maps a token inside a message to its speaker, ``countries`` a sentence to the countries of its places, ``stories`` are
    the sentences with which the entries of a liveblog begin.
    """

    view: View
    proposals: Proposals
    mentions: dict[int, list[Mention]]
    order: list[str]
    sentences: dict[str, list[int]]
    actors: dict[str, list[Actor]]
    sites: frozenset[int]
    speakers: dict[int, Mention]
    countries: dict[int, set[str]]
    profiles: dict[str, Profile]
    stories: tuple[int, ...] = (0,)
    parts: list[Part] = field(default_factory=list)
    implied: dict[tuple[str, int], Actor] = field(default_factory=dict)
    _around: dict[int, Around] = field(default_factory=dict)

    def around(self, sentence: int) -> Around:
        """Return what the events of a sentence share, worked out for the first of them."""
        known = self._around.get(sentence)
        if known is None:
            known = self._around[sentence] = self._look_around(sentence)
        return known

    def _look_around(self, sentence: int) -> Around:
        near = self.mentions.get(sentence, [])
        codes = [next((actor.code for actor in mention.actors if actor.code), None) for mention in near]
        gaps = {code: self._gap(code, sentence) for code in self.sentences}
        absent = self._absent(gaps, codes_of(near) | self._elsewhere(sentence))
        every = [*codes, *absent, None]
        heads, places = [mention.head for mention in near], self.countries.get(sentence)
        sites = [head in self.sites for head in heads]
        profiles = {}
        for code in every:
            if code and code not in profiles:
                country, sector, main, first, rank, share = self.profiles[code]
                step, at_home = (
                    "later" if gaps[code] >= LATER else min(gaps[code], 4),
                    country in places if places else None,
                )
                profiles[code] = (step, main, first, rank, share, at_home), sector, "" if step else "x"
        return Around(
            near,
            heads,
            every,
            [(self._how(mention), sector_of(code)) for mention, code in zip(near, codes, strict=True)],
            [self._case(head) for head in heads],
            sites,
            absent,
            [code[:3] if code else str(n) for n, code in enumerate(every)],
            [self.view.columns.first_conjunct(head, self.sites) for head in heads],
            min(sites.count(False), 4),
            profiles,
        )

    def _elsewhere(self, sentence: int) -> set[str]:
        """Codes that only other stories of a liveblog name: none of them is meant here."""
        if len(self.stories) == 1:
            return set()
        at = bisect_right(self.stories, sentence)
        first, last = self.stories[max(at - 1, 0)], self.stories[at] if at < len(self.stories) else len(self.view.sent)
        return {code for code, told in self.sentences.items() if not any(first <= one < last for one in told)}

    def _how(self, mention: Mention) -> str:
        return "place" if mention.head in self.sites else mention.actors[0].how if mention.actors else "?"

    def _case(self, head: int) -> str:
        """The preposition of a mention; conjuncts share one."""
        view = self.view
        case = view.case_of(head)
        return view.case_of(view.head[head]) if not case and view.dep[head] == "conj" else case

    def meant(self, code: str, sentence: int) -> Actor:
        """Return who is meant by a code that a sentence does not name: the last one named before it, else the first after it."""
        found = max(bisect_right(self.sentences[code], sentence) - 1, 0)
        if (code, found) not in self.implied:
            self.implied[code, found] = implied(self.actors[code][found])
        return self.implied[code, found]

    def _gap(self, code: str, sentence: int) -> int:
        """Sentences since the code was last named; ``LATER`` and more where it comes only later."""
        named = self.sentences[code]
        before = bisect_right(named, sentence)
        return sentence - named[before - 1] if before else LATER + named[0] - sentence

    def _absent(self, gaps: dict[str, int], named: set[str]) -> list[str]:
        """Codes that may be meant though the sentence does not name them: the nearest and the most frequent; media only where told of."""
        told = {code for part in self.parts for code in (*part.actors, *part.recipients)}
        there = [
            code for code in self.order if code not in named and (code in told or self.profiles[code].sector != PRESS)
        ]
        if len(there) <= MOST:
            return there
        near = sorted(there, key=gaps.__getitem__)[: MOST - 2]
        return [*near, *[code for code in there if code not in near][: MOST - len(near)]]


def cast_of(proposals: Proposals, earlier: Earlier) -> Cast:
    """Collect the actors of the article."""
    view = proposals.view
    mentions: dict[int, list[Mention]] = {}
    sentences: dict[str, list[int]] = {}
    actors: dict[str, list[Actor]] = {}
    heads = set()
    for mention in sorted(earlier.mentions, key=lambda m: m.head):
        sentence = view.sent[mention.head]
        if mention.head not in heads:
            heads.add(mention.head)
            mentions.setdefault(sentence, []).append(mention)
        for one in mention.actors:
            if one.code:
                sentences.setdefault(one.code, []).append(sentence)
                actors.setdefault(one.code, []).append(one)
    sites = _sites(view, earlier, heads)
    named = {code[:3] for code in sentences}
    for site in sites:
        sentence, one = view.sent[site.head], site.actors[0]
        insort(mentions.setdefault(sentence, []), site, key=lambda m: m.head)
        if one.code:
            sentences.setdefault(one.code, []).append(sentence)
            actors.setdefault(one.code, []).append(one)
    doubled = {one.code for site in sites for one in site.actors if one.code in named}
    for code, told in sentences.items():  # places come in last
        in_order = sorted(range(len(told)), key=told.__getitem__)
        sentences[code], actors[code] = [told[n] for n in in_order], [actors[code][n] for n in in_order]
    ranked = sorted(sentences, key=lambda code: -len(sentences[code]))
    order = [code for code in ranked if code not in doubled]
    speakers, countries = _speakers(earlier), _countries(view, earlier)
    profiles, places = _profiles(ranked, sentences), frozenset(site.head for site in sites)
    stories = _stories(view, earlier)
    return Cast(view, proposals, mentions, order, sentences, actors, places, speakers, countries, profiles, stories)


def _stories(view: View, earlier: Earlier) -> tuple[int, ...]:
    starts = (earlier.index_at(start) for start in earlier.article.entries)
    return tuple(sorted({view.sent[token] for token in starts if token is not None} | {0}))


def _sites(view: View, earlier: Earlier, taken: set[int]) -> list[Mention]:
    """The places of the article as mentions of their states, one each; those that are actors already are left out."""
    found: dict[int, Mention] = {}
    for place in earlier.places:
        if not place.country:
            continue
        first, last = earlier.index_at(place.span.start), earlier.index_at(max(place.span.start, place.span.end - 1))
        if first is None or last is None:
            continue
        inside = range(first, last + 1)
        head = next((i for i in inside if view.head[i] not in inside or view.head[i] == i), first)
        if taken.isdisjoint(inside) and head not in found:
            evidence = (Evidence("code", SITE, place.span),)
            found[head] = Mention(
                head, place.span, (Actor(place.span, place.name, place.country, "metonym", None, evidence),)
            )
    return list(found.values())


def implied(actor: Actor) -> Actor:
    """Return an actor as one whom the sentence does not name."""
    return changed(actor, span=None, how="implied", evidence=())


def at_site(actor: Actor) -> bool:
    """Whether an actor was taken from the place where it is."""
    return bool(actor.evidence) and actor.evidence[0].rule == SITE


def _profiles(order: list[str], sentences: dict[str, list[int]]) -> dict[str, Profile]:
    total = max(sum(map(len, sentences.values())), 1)
    main = order[0][:3] if order else ""
    found = {}
    for rank, code in enumerate(order):
        named, country = sentences[code], code[:3]
        share = min(10 * len(named) // total, 6)
        found[code] = Profile(country, sector_of(code), country == main, named[0] == 0, min(rank, 3), share)
    return found


def sector_of(code: str | None) -> str:
    """The first sector of a code, ``STATE`` for a bare country, ``?`` for nobody known."""
    if code is None:
        return "?"
    return code.partition(":")[2].split("+")[0] or "STATE"


def _speakers(earlier: Earlier) -> dict[int, Mention]:
    found: dict[int, Mention] = {}
    for statement in earlier.statements:
        token = earlier.index_at(statement.source_span.start) if statement.source_span else None
        speaker = earlier.mention_at(token) if token is not None else None
        if speaker is None:
            continue
        for span in statement.message:
            first, last = earlier.index_at(span.start), earlier.index_at(max(span.start, span.end - 1))
            if first is not None and last is not None:
                found.update(dict.fromkeys(range(first, last + 1), speaker))
    return found


def _countries(view: View, earlier: Earlier) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for place in earlier.places:
        token = earlier.index_at(place.span.start)
        if token is not None and place.country:
            found.setdefault(view.sent[token], set()).add(place.country)
    return found


def codes_of(mentions: list[Mention]) -> set[str]:
    """The codes of some mentions."""
    return {actor.code for mention in mentions for actor in mention.actors if actor.code}
