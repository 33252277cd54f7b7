"""What the choice of actors and recipients goes by: features of each candidate for an event.

A candidate is a mention of the trigger's sentence, or an actor of the article that the sentence does not name, or
nobody. A mention is seen by its dependency path to the trigger, the voice and the lexicon's frame; every actor by how
often and when it was named, what it did in the events before, whether it speaks here, whether the place is its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from lagebild.layers.earlier import Mention
from lagebild.layers.events.cast import Cast, codes_of, sector_of
from lagebild.layers.events.paths import ancestors, shortest
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.linear import Group, Spelling
from lagebild.rules.events import Noun

PLACES = ("vnsubj", "vobj", "vnsubj:pass", "vobl:arg", "vobl:agent")
UNKNOWN: list[Group] = [("unknown",)]


@dataclass(slots=True)
class Candidate:
    """A mention, an absent actor (``mention`` None), or nobody (both None).

    Its groups of features: ``known`` those that all candidates of its code share, ``own`` the others.
    """

    code: str | None
    mention: Mention | None
    known: list[Group]
    own: list[Group]

    @property
    def features(self) -> tuple[str, ...]:
        """The features of all groups, spelled out."""
        return tuple(dict.fromkeys(feature for group in (*self.known, *self.own) for feature in spelled(group)))


@dataclass(slots=True)
class Scene:
    """One trigger and what all its candidates share."""

    cast: Cast
    trigger: Trigger
    sentence: int
    lemma: str
    pos: str
    passive: str
    frame: str


def scene_of(cast: Cast, trigger: Trigger) -> Scene:
    """Describe the trigger once for all its candidates."""
    view, head = cast.view, trigger.head
    passive = "p" if cast.proposals.matcher.frame(head).passive else ""
    lemma = (view.verb[head] or view.lemma[head]).lower()
    return Scene(cast, trigger, view.sent[head], lemma, view.pos[head][0], passive, _frame(trigger))


def _frame(trigger: Trigger) -> str:
    if trigger.match is None:
        return "?"
    row = trigger.match.row
    return "N" + row.genitive if isinstance(row, Noun) else "V" + ",".join(row.roles)


def candidates(scene: Scene) -> list[Candidate]:
    """All candidates with their groups of features, nobody last."""
    cast, view, trigger = scene.cast, scene.cast.view, scene.trigger
    around = cast.around(scene.sentence)
    ways = shortest(view, trigger.tokens, trigger.head, [mention.head for mention in around.near])
    sites = cast.sites
    count = min(sum([mention.head not in sites for mention in around.near]), 4)
    speaker = cast.speakers.get(trigger.head)
    known = _Known(scene, around.steps, codes_of([speaker]) if speaker is not None else set())
    steps = [way.count(" ") for way in ways]
    nearest = sorted([far for far, mention in zip(steps, around.near, strict=True) if mention.head not in sites])
    others = tuple([place for place in PLACES if place in ways])
    governors = _governors(scene)
    found = []
    for mention, way, code, kind, case, far in zip(
        around.near, ways, around.codes, around.kinds, around.cases, steps, strict=False
    ):
        nearer = min(bisect_left(nearest, far), 3) if far else 0
        short, last = way if far < 3 else "long", way.rpartition(" ")[2]
        groups = _mention(scene, mention, kind, case, way, short, last, far, nearer)
        if others:
            beside = tuple([place for place in others if place != way]) if way in others else others
            groups.append(("others", beside, short, trigger.type))
        if mention.head in sites:
            groups.append(("site", short, case, trigger.type, scene.lemma, scene.pos))
        if "^" in way:
            above = governors[min(way.count("^"), len(governors) - 1)]
            groups.append(("governed", short, case, *above, trigger.type))
        if speaker is not None and speaker.head == mention.head:
            groups.append(("speaks", trigger.type, last, scene.pos))
        found.append(Candidate(code, mention, known.groups(code) if code else UNKNOWN, groups))
    absent: list[Group] = [("absent", trigger.type, scene.lemma, scene.frame, count)]
    found += [Candidate(code, None, known.groups(code), absent) for code in around.absent]
    relation = view.dep[trigger.head]
    nobody = ("nobody", trigger.type, scene.lemma, scene.frame, count, scene.pos, scene.passive, relation, trigger.mode)
    found.append(Candidate(None, None, [], [nobody]))
    return found


def _governors(scene: Scene) -> list[tuple[str, str]]:
    """The lemma and the type proposed of the trigger's head and of each word it hangs on, nearest first."""
    view, first = scene.cast.view, scene.cast.proposals.first
    return [((view.verb[i] or view.lemma[i]).lower(), first[i]) for i in ancestors(view, scene.trigger.head)]


def _mention(
    scene: Scene,
    mention: Mention,
    kind: tuple[str, str],
    case: str,
    way: str,
    short: str,
    last: str,
    steps: int,
    nearer: int,
) -> list[Group]:
    """Groups of a mention: its path (``short``: where not too long, ``last``: its end), its preposition, how far it stands."""
    trigger, passive, pos = scene.trigger, scene.passive, scene.pos
    how, sector = kind
    tokens = mention.head - trigger.head
    return [
        ("on the way", way, case, passive, pos, scene.frame, trigger.type, trigger.mode),
        ("way of lemma", short, case, scene.lemma, passive),
        ("who", how, last, sector, trigger.type),
        ("where", nearer, min(steps, 5), tokens < 0, min(abs(tokens) // 4, 4), pos),
    ]


class _Known:
    """Groups of an actor of the article, whether the sentence names it or not; built once per scene and code."""

    def __init__(self, scene: Scene, steps: dict[str, int | str], speaks: set[str]):
        cast = scene.cast
        self.scene, self.steps, self.speaks = scene, steps, speaks
        self.speaking = {code[:3] for code in speaks}
        self.places = cast.countries.get(scene.sentence)
        last = cast.parts[-1] if cast.parts else None
        self.actors = {code[:3] for code in last.actors} if last else set()
        self.recipients = {code[:3] for code in last.recipients} if last else set()
        self.roles = last is not None
        self.before = _before(scene)
        self.kept: dict[str, list[Group]] = {}

    def groups(self, code: str) -> list[Group]:
        """Return the groups of one code."""
        kept = self.kept.get(code)
        if kept is None:
            kept = self.kept[code] = self._groups(code)
        return kept

    def _groups(self, code: str) -> list[Group]:
        scene, trigger, step = self.scene, self.scene.trigger, self.steps[code]
        country, sector, main, first, rank, share = scene.cast.profiles[code]
        speaks = "" if not self.speaks else "S" if code in self.speaks else "Sc" if country in self.speaking else ""
        at_home = country in self.places if self.places else None
        role = None
        if self.roles:
            role = ("a" if country in self.actors else "") + ("r" if country in self.recipients else "")
        groups: list[Group] = [
            ("known", trigger.type, trigger.mode, step, sector, main, first, rank, share, speaks, at_home, role),
            ("sector of lemma", scene.lemma, sector),
        ]
        if code in self.before:
            groups.append(("before", trigger.type, "x" if step == 0 else "", tuple(self.before[code])))
        return groups


def _before(scene: Scene) -> dict[str, list[tuple[int, str, str, bool]]]:
    """What each code did in the last three events: how long ago, its role, the type, whether the word was the same."""
    found: dict[str, list[tuple[int, str, str, bool]]] = {}
    for age, part in enumerate(scene.cast.parts[-3:][::-1]):
        same = part.lemma == scene.lemma
        for code in part.actors | part.recipients:
            role = ("a" if code in part.actors else "") + ("r" if code in part.recipients else "")
            found.setdefault(code, []).append((age, role, part.type, same))
    return found


class Against:
    """Groups of a candidate recipient, given the actors chosen: ``plain`` for all whose country is not ``related``."""

    def __init__(self, scene: Scene, actors: set[str]):
        self.kind, self.actors, self.size = scene.trigger.type, actors, min(len(actors), 2)
        self.countries = {actor[:3] for actor in actors}
        self.same: set[str] = set()
        self.back: set[str] = set()
        for part in scene.cast.parts[-6:] if actors else ():
            if not actors.isdisjoint(part.actors):
                self.same |= part.recipients
            if not actors.isdisjoint(part.recipients):
                self.back |= part.actors
        self.related = self.countries.union([code[:3] for code in self.same], [code[:3] for code in self.back])
        self.plain: Group = ("against", self.kind, None, False, False) if actors else ("against none", self.kind)

    def group(self, code: str | None) -> Group:
        """Return the one group of a candidate."""
        if code is None:
            return ("against nobody", self.kind, self.size)
        if not self.actors:
            return ("against none", self.kind)
        if code in self.actors:
            return ("against itself", self.kind, self.size)
        sector = sector_of(code) if code[:3] in self.countries else None
        return ("against", self.kind, sector, code in self.same, code in self.back)


def against(scene: Scene, code: str | None, actors: set[str]) -> list[str]:
    """Features of a candidate recipient, given the actors chosen."""
    return spelled(Against(scene, actors).group(code))


# ---- spelling


def spelled(group: Group) -> list[str]:
    """Return the features of a group."""
    name = str(group[0])
    if name in COMPOSED:
        return [feature for part in COMPOSED[name](*group[1:]) for feature in spelled(part)]
    return SPELLING[name](*group[1:])


def _compose_way(way: str, case: str, passive: str, pos: str, frame: str, kind: str, mode: str) -> tuple[Group, ...]:
    short, last = way if way.count(" ") < 3 else "long", way.rpartition(" ")[2]
    return (
        ("way", way, short, case, passive, pos),
        ("way in frame", short, case, frame, passive),
        ("way of type", short, last, case, kind, passive, mode),
    )


def _compose_known(
    kind: str,
    mode: str,
    step: int | str,
    sector: str,
    main: bool,
    first: bool,
    rank: int,
    share: int,
    speaks: str,
    at_home: bool | None,
    role: str | None,
) -> tuple[Group, ...]:
    here = "x" if step == 0 else ""
    return (
        ("present", kind, step, here, main, first, speaks, at_home, role),
        ("weight", rank, share, here),
        ("sector", kind, mode, sector, here),
    )


def _spell_way(way: str, short: str, case: str, passive: str, pos: str) -> list[str]:
    return [f"w:{way}:{passive}", f"wc:{short}:{case}:{passive}:{pos}"]


def _spell_frame(short: str, case: str, frame: str, passive: str) -> list[str]:
    return [f"wf:{short}:{case}:{frame}:{passive}"]


def _spell_type(short: str, last: str, case: str, kind: str, passive: str, mode: str) -> list[str]:
    return [f"wt:{short}:{kind}:{passive}", f"wtc:{last}:{case}:{kind}", f"m:{mode}:{kind}:{last}"]


def _spell_lemma(short: str, case: str, lemma: str, passive: str) -> list[str]:
    return [f"wl:{short}:{case}:{lemma}:{passive}"]


def _spell_who(how: str, last: str, sector: str, kind: str) -> list[str]:
    return [f"h:{how}:{last}", f"stw:{sector}:{kind}:{last}"]


def _spell_where(nearer: int, steps: int, left: bool, distance: int, pos: str) -> list[str]:
    return [f"b:{nearer}:{steps}", f"d:{'-' if left else '+'}{distance}:{pos}"]


def _spell_others(places: tuple[str, ...], short: str, kind: str) -> list[str]:
    return [f"o:{place}:{short}:{kind}" for place in places]


def _spell_speaks(kind: str, last: str, pos: str) -> list[str]:
    return [f"sp:{kind}:{last}", f"spn:{pos}"]


def _spell_absent(kind: str, lemma: str, frame: str, count: int) -> list[str]:
    return [f"A:{kind}", f"Al:{lemma}", f"Af:{frame}", f"An:{count}"]


def _spell_nobody(
    kind: str, lemma: str, frame: str, count: int, pos: str, passive: str, relation: str, mode: str
) -> list[str]:
    plain = [f"0:{kind}", f"0l:{lemma}", f"0f:{frame}:{kind}", f"0n:{count}", "0"]
    return [*plain, f"0p:{pos}:{passive}:{relation}", f"0m:{kind}:{mode}"]


def _spell_present(
    kind: str, step: str, here: str, main: bool, first: bool, speaks: str, at_home: bool | None, role: str | None
) -> list[str]:
    out = [f"g:{step}", f"gk:{step}:{kind}", f"M:{main}:{here}", f"Mk:{main}:{kind}:{here}"]
    if first:
        out.append(f"t:{kind}:{here}")
    if speaks == "S":
        out += [f"S:{here}", f"Sk:{kind}:{here}"]
    elif speaks:
        out.append(f"Sc:{kind}:{here}")
    if at_home is not None:
        out.append(f"P:{at_home}:{here}:{kind}")
    if role is not None:
        out.append(f"pc:{role}:{here}:{kind}")
    return out


def _spell_weight(rank: int, share: int, here: str) -> list[str]:
    return [f"r:{rank}:{here}", f"sh:{share}:{here}"]


def _spell_sector(kind: str, mode: str, sector: str, here: str) -> list[str]:
    return [f"s:{sector}:{kind}:{here}", f"km:{kind}:{mode}:{sector}:{here}"]


def _spell_before(kind: str, here: str, before: tuple[tuple[int, str, str, bool], ...]) -> list[str]:
    out = []
    for age, role, type_, same_lemma in before:
        out += [f"p{age}:{role}:{here}", f"pk{age}:{role}:{type_}:{kind}"]
        if type_ == kind:
            out.append(f"pt:{role}:{kind}:{here}")
        if same_lemma:
            out.append(f"pl:{role}:{here}")
    return list(dict.fromkeys(out))


def _spell_against(kind: str, sector: str | None, same: bool, back: bool) -> list[str]:
    out = [] if sector is None else [f"Vc:{kind}:{sector}", "Vc"]
    if same:
        out += [f"Vs:{kind}", "Vs"]
    if back:
        out += [f"Vb:{kind}", "Vb"]
    return out or [f"Vn:{kind}"]


def _spell_site(short: str, case: str, kind: str, lemma: str, pos: str) -> list[str]:
    return [f"@:{case}:{kind}", f"@w:{short}:{case}:{pos}", f"@wk:{short}:{case}:{kind}", f"@l:{case}:{lemma}"]


def _spell_governed(short: str, case: str, governor: str, type_: str, kind: str) -> list[str]:
    return [
        f"G:{governor}:{short}:{case}",
        f"Gk:{type_}:{kind}:{short}:{case}",
        f"Gg:{governor}:{kind}:{short.rpartition(' ')[2]}",
    ]


SPELLING: Spelling = {
    "way": _spell_way,
    "way in frame": _spell_frame,
    "way of type": _spell_type,
    "way of lemma": _spell_lemma,
    "who": _spell_who,
    "site": _spell_site,
    "governed": _spell_governed,
    "where": _spell_where,
    "others": _spell_others,
    "speaks": _spell_speaks,
    "unknown": lambda: ["u"],
    "absent": _spell_absent,
    "nobody": _spell_nobody,
    "present": _spell_present,
    "weight": _spell_weight,
    "sector": _spell_sector,
    "sector of lemma": lambda lemma, sector: [f"ls:{lemma}:{sector}"],
    "before": _spell_before,
    "against nobody": lambda kind, size: [f"V0:{kind}:{size}"],
    "against none": lambda kind: [f"V-:{kind}"],
    "against itself": lambda kind, size: [f"V=:{kind}:{size}", "V="],
    "against": _spell_against,
}
COMPOSED: dict[str, Callable[..., tuple[Group, ...]]] = {"on the way": _compose_way, "known": _compose_known}
"""Groups made of others that mostly come together: one look-up instead of several."""
