"""What the choice of actors and recipients goes by: features of each candidate for an event.

A candidate is a mention of the trigger's sentence, or an actor of the article that the sentence does not name, or
nobody. A mention is seen by its dependency path to the trigger, the voice and the lexicon's frame; every actor by how
often and when it was named, what it did in the events before, whether it speaks here, whether the place is its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.layers.earlier import Mention
from lagebild.layers.events.cast import LATER, Cast, codes_of
from lagebild.layers.events.paths import ancestors, path
from lagebild.layers.events.triggers import Trigger
from lagebild.rules.events import Noun

NO_WAY = "none"


@dataclass(slots=True)
class Candidate:
    """A mention with its path to the trigger, an absent actor (``mention`` None), or nobody (both None)."""

    code: str | None
    mention: Mention | None
    way: str = ""
    features: tuple[str, ...] = ()


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
    """All candidates with their features, nobody last."""
    cast, view = scene.cast, scene.cast.view
    near = cast.mentions.get(scene.sentence, [])
    ways = _ways(scene, near)
    found = [Candidate(next(iter(codes_of([m])), None), m, way) for m, way in zip(near, ways, strict=True)]
    found += [Candidate(code, None) for code in cast.absent(scene.sentence, codes_of(near))]
    speaker = cast.speakers.get(scene.trigger.head)
    speaks = codes_of([speaker]) if speaker is not None else set()
    for candidate in found:
        features = _known(scene, candidate.code, speaks) if candidate.code else ["u"]
        if candidate.mention is not None:
            features += _mention(scene, candidate, ways, speaker)
        else:
            features += [f"A:{scene.trigger.type}", f"Al:{scene.lemma}", f"Af:{scene.frame}", f"An:{min(len(near), 4)}"]
        candidate.features = tuple(dict.fromkeys(features))
    kind = scene.trigger.type
    nobody = [f"0:{kind}", f"0l:{scene.lemma}", f"0f:{scene.frame}:{kind}", f"0n:{min(len(near), 4)}", "0"]
    nobody.append(f"0p:{scene.pos}:{scene.passive}:{view.dep[scene.trigger.head]}")
    nobody.append(f"0m:{kind}:{scene.trigger.mode}")
    found.append(Candidate(None, None, "", tuple(nobody)))
    return found


def _ways(scene: Scene, near: list[Mention]) -> list[str]:
    """The shortest dependency path from any word of the trigger to each mention."""
    view, head = scene.cast.view, scene.trigger.head
    starts = [i for i in scene.trigger.tokens if view.pos[i] != "ADP"] or [head]
    chains = [(i, ancestors(view, i)) for i in starts]
    found = []
    for mention in near:
        best = NO_WAY
        for start, chain in chains:
            way = path(view, chain, mention.head)
            if way is None:
                continue
            if start != head:
                way = f"{view.dep[start]}/{way}"
            if best == NO_WAY or way.count(" ") < best.count(" "):
                best = way
        found.append(best)
    return found


def _mention(scene: Scene, candidate: Candidate, ways: list[str], speaker: Mention | None) -> list[str]:
    view, trigger, mention, own = scene.cast.view, scene.trigger, candidate.mention, candidate.way
    assert mention is not None
    head, kind, passive, pos = mention.head, trigger.type, scene.passive, scene.pos
    relation = view.dep[head]
    case = view.case_of(head)
    if relation == "conj" and not case:
        case = view.case_of(view.head[head])
    how = mention.actors[0].how if mention.actors else "?"
    sector = _sector(candidate.code)
    steps = own.count(" ")
    short = own if steps < 3 else "long"
    last = own.rpartition(" ")[2]
    out = [
        f"w:{own}:{passive}",
        f"wc:{short}:{case}:{passive}:{pos}",
        f"wf:{short}:{case}:{scene.frame}:{passive}",
        f"wt:{short}:{kind}:{passive}",
        f"wtc:{last}:{case}:{kind}",
        f"wl:{short}:{case}:{scene.lemma}:{passive}",
        f"h:{how}:{last}",
        f"stw:{sector}:{kind}:{last}",
        f"m:{trigger.mode}:{kind}:{last}",
        f"b:{min(sum(1 for way in ways if way.count(' ') < steps), 3)}:{min(steps, 5)}",
        f"d:{_distance(head - trigger.head)}:{pos}",
    ]
    for place in ("vnsubj", "vobj", "vnsubj:pass", "vobl:arg", "vobl:agent"):
        if place in ways and place != own:
            out.append(f"o:{place}:{short}:{kind}")
    if speaker is not None and speaker.head == head:
        out += [f"sp:{kind}:{last}", f"spn:{pos}"]
    return out


def _distance(tokens: int) -> str:
    return f"{'-' if tokens < 0 else '+'}{min(abs(tokens) // 4, 4)}"


def _sector(code: str | None) -> str:
    if code is None:
        return "?"
    return code.partition(":")[2].split("+")[0] or "STATE"


def _known(scene: Scene, code: str, speaks: set[str]) -> list[str]:
    """Features of an actor of the article, whether the sentence names it or not."""
    cast, kind = scene.cast, scene.trigger.type
    gap = cast.gap(code, scene.sentence)
    step = "later" if gap >= LATER else str(min(gap, 4))
    sector, country = _sector(code), code[:3]
    here = "x" if gap == 0 else ""
    rank, share = cast.weight[code]
    out = [
        f"g:{step}",
        f"gk:{step}:{kind}",
        f"r:{rank}:{here}",
        f"sh:{share}:{here}",
        f"s:{sector}:{kind}:{here}",
        f"km:{kind}:{scene.trigger.mode}:{sector}:{here}",
        f"ls:{scene.lemma}:{sector}",
    ]
    main = cast.order[0][:3] == country
    out += [f"M:{main}:{here}", f"Mk:{main}:{kind}:{here}"]
    if cast.sentences[code][0] == 0:
        out.append(f"t:{kind}:{here}")
    if code in speaks:
        out += [f"S:{here}", f"Sk:{kind}:{here}"]
    elif speaks and country in {c[:3] for c in speaks}:
        out.append(f"Sc:{kind}:{here}")
    places = cast.countries.get(scene.sentence)
    if places:
        out.append(f"P:{country in places}:{here}:{kind}")
    if cast.parts:
        last = cast.parts[-1]
        role = ("a" if country in {c[:3] for c in last.actors} else "") + (
            "r" if country in {c[:3] for c in last.recipients} else ""
        )
        out.append(f"pc:{role}:{here}:{kind}")
    for age, part in enumerate(reversed(cast.parts[-3:])):
        role = ("a" if code in part.actors else "") + ("r" if code in part.recipients else "")
        if not role:
            continue
        out += [f"p{age}:{role}:{here}", f"pk{age}:{role}:{part.type}:{kind}"]
        if part.type == kind:
            out.append(f"pt:{role}:{kind}:{here}")
        if part.lemma == scene.lemma:
            out.append(f"pl:{role}:{here}")
    return out


def against(scene: Scene, code: str | None, actors: set[str]) -> list[str]:
    """Features of a candidate recipient, given the actors chosen."""
    kind = scene.trigger.type
    if code is None:
        return [f"V0:{kind}:{min(len(actors), 2)}"]
    if not actors:
        return [f"V-:{kind}"]
    if code in actors:
        return [f"V=:{kind}:{min(len(actors), 2)}", "V="]
    out = []
    if code[:3] in {actor[:3] for actor in actors}:
        out += [f"Vc:{kind}:{_sector(code)}", "Vc"]
    for part in scene.cast.parts[-6:]:
        if actors & part.actors and code in part.recipients:
            out += [f"Vs:{kind}", "Vs"]
        if actors & part.recipients and code in part.actors:
            out += [f"Vb:{kind}", "Vb"]
    return list(dict.fromkeys(out)) or [f"Vn:{kind}"]
