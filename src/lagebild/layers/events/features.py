"""What the trained vote looks at: the lexicon's opinion of a word and of the words around it, lemmas, relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagebild.layers.earlier import Earlier
from lagebild.layers.events.match import Match, Matcher
from lagebild.layers.events.view import View
from lagebild.layers.linear import Group, Spelling, spell
from lagebild.rules.events import Phrase, Sense

CONTENT = frozenset(("VERB", "AUX", "NOUN", "ADJ"))
POLITICAL = frozenset("GOV MIL COP JUD LEG PTY REB OPP SPY UAF STATE".split())
"""Sectors of those whose doings an article about politics tells of; ``STATE`` is a country or bloc without a sector."""
QUIET = 7
"""An article that names fewer of them in a hundred words is about something else: business, sport, culture, everyday life."""
DOUBT = 3
"""So many are added to those named: a short article names its actors once."""
SMALL = frozenset(("det", "case", "advmod", "aux", "aux:pass", "cop", "mark", "expl:pv", "compound:prt"))


class Proposals:
    """The lexicon's matches on a document, by token the types proposed for it (also as part of an idiom) and its sense.

    ``quiet`` says that the article is about something else than politics.
    """

    def __init__(self, view: View, matcher: Matcher, earlier: Earlier):
        self.view = view
        self.who = _who(view, earlier)
        resolved = sum(1 for kind in self.who.values() if kind)
        share = 100 * resolved // max(view.size, 1)
        self.about = next(str(step) for step in (0, 2, 4, 7, 11, 100) if share <= step)
        political = sum(1 for kind in self.who.values() if kind in POLITICAL)
        self.quiet = 100 * (political + DOUBT) < QUIET * view.size
        self.sentences_with = {view.sent[i] for i, kind in self.who.items() if kind}
        self.cues = _cues(view, earlier)
        self.matcher = matcher
        matcher.quiet = self.quiet
        self.matches: list[Sequence[Match]] = [()] * view.size
        self.idioms: dict[int, Match] = {}
        self.senses: dict[int, Sense] = {}
        self.first: list[str] = [""] * view.size
        counts: dict[str, int] = {}
        by_sentence: list[set[str]] = [set() for _ in range((view.sent[-1] + 1) if view.sent else 0)]
        for i, pos in enumerate(view.pos):
            if pos not in CONTENT:
                continue
            found = matcher.matches(i)
            sense = matcher.sense(i, bool(found))
            if sense is not None:
                self.senses[i] = sense
            if not found:
                continue
            self.matches[i] = found
            top = found[0].row.type
            self.first[i] = top
            counts[top] = counts.get(top, 0) + 1
            by_sentence[view.sent[i]].add(top)
            for match in found:
                if isinstance(match.row, Phrase):
                    self.idioms.setdefault(match.tokens[-1], match)
        self.counts = counts
        self.by_sentence = by_sentence


@dataclass(slots=True)
class Described:
    """The features of a word: ``groups`` of those that come together and recur, ``single`` ones spelled out."""

    groups: list[Group]
    single: list[str]


def described(i: int, view: View, proposals: Proposals) -> Described:
    """Return the features of token ``i``; it must be a content word."""
    pos, low, first = view.pos[i][0], (view.verb[i] or view.lemma[i]).lower(), proposals.first[i]
    out = Described([("word", low, pos, view.dep[i])], [])
    _people(out.groups, i, view, proposals, first, pos)
    _lexicon(out.groups, i, proposals, first, pos)
    _around(out, i, view, proposals, first, low)
    _below(out, i, view, proposals, first, low, pos)
    return out


def trigger_features(i: int, view: View, proposals: Proposals) -> list[str]:
    """Return the features of token ``i`` spelled out."""
    out = described(i, view, proposals)
    return [*(feature for group in out.groups for feature in spelled(group)), *out.single]


def _who(view: View, earlier: Earlier) -> dict[int, str]:
    """By head token of each mention: its first sector, ``STATE`` for a bare country, '' where it resolves to nobody."""
    found = {}
    for mention in earlier.mentions:
        code = next((actor.code for actor in mention.actors if actor.code), None)
        found[mention.head] = "" if code is None else (code.split(":")[1].split("+")[0] if ":" in code else "STATE")
    return found


def _cues(view: View, earlier: Earlier) -> set[int]:
    cues = set()
    for statement in earlier.statements:
        for span in statement.cue:
            token = earlier.index_at(span.start)
            if token is not None:
                cues.add(token)
    return cues


def _people(out: list[Group], i: int, view: View, proposals: Proposals, first: str, pos: str) -> None:
    who, frame = proposals.who, proposals.matcher.frame(i)
    named = view.sent[i] in proposals.sentences_with
    out.append(("about", proposals.about, first, "" if named else pos))
    for place, tokens in (("s", frame.subjects), ("o", frame.objects), ("d", frame.datives)):
        for token in tokens[:2]:
            kind = who.get(token)
            out.append((f"a{place}", "-", view.pos[token]) if kind is None else ("who", place, kind, first))
    if i in proposals.cues:
        out.append(("cue", first))


def _lexicon(out: list[Group], i: int, proposals: Proposals, first: str, pos: str) -> None:
    matches = proposals.matches[i]
    if not matches:
        out.append(("x0", pos))
    else:
        match, count = matches[0], min(proposals.counts.get(first, 0), 4)
        rows = tuple([row.id for row in [match.row for match in matches[:4]]])
        types = tuple(dict.fromkeys([match.row.type for match in matches[:4]]))
        kind = type(match.row).__name__[0]
        out.append(("known", first, pos, kind, min(match.weight, 3), match.row.mode, count))
        out.append(("rows", rows, types))
    idiom = proposals.idioms.get(i)
    if idiom is not None:
        out.append(("idiom", idiom.row.type, idiom.row.id, first))


def _around(out: Described, i: int, view: View, proposals: Proposals, first: str, low: str) -> None:
    head, dep, lemma, size = view.head[i], view.dep[i], view.lemma, view.size
    single = out.single
    if head != i:
        above = (view.verb[head] or lemma[head]).lower()
        out.groups.append(("hx", dep, proposals.first[head], first))
        single += [f"h:{above}", f"hd:{dep}:{above}", f"lh:{low}:{above}"]
    if i > 1:
        single.append(f"w-2:{lemma[i - 2]}")
    if i:
        single.append(f"w-1:{lemma[i - 1]}")
    if i + 1 < size:
        single.append(f"w1:{lemma[i + 1]}")
    if i + 2 < size:
        single.append(f"w2:{lemma[i + 2]}")
    if first:
        others = proposals.by_sentence[view.sent[i]]
        if len(others) > 1:
            out.groups.append(("beside", first, frozenset(others)))


def _below(out: Described, i: int, view: View, proposals: Proposals, first: str, low: str, pos: str) -> None:
    groups, single = out.groups, out.single
    lemma, dep, ent = view.lemma, view.dep, view.ent
    kinds = set()
    for child in view.children[i]:
        relation = dep[child]
        if relation == "punct":
            continue
        word = (view.verb[child] or lemma[child]).lower()
        single.append(f"lc:{low}:{word}")
        if relation in SMALL:
            groups.append(("small", relation, word, first))
            continue
        kinds.add(relation)
        groups.append(("cx", relation, proposals.first[child], first))
        single.append(f"c:{relation}:{word}")
        case = view.case_of(child)
        if case:
            groups.append(("cpx", first, case))
            single.append(f"cp:{low}:{case}")
        if ent[child]:
            groups.append(("entity", pos, relation, ent[child], first))
    for relation in kinds:
        groups.append(("k", pos, relation, first))
        single.append(f"kl:{low}:{relation}")
    if not kinds:
        groups.append(("k0", first, pos))


# ---- spelling


def spelled(group: Group) -> list[str]:
    """Return the features of a group."""
    return spell(group, SPELLING, ":")


def _spell_word(low: str, pos: str, dep: str) -> list[str]:
    ends = [f"s:{low[-size:]}" for size in (4, 6, 8) if len(low) > size] if pos == "N" else []
    return [f"l:{low}", f"p:{pos}", f"d:{pos}{dep}", f"ld:{low}:{dep}", *ends]


def _spell_about(about: str, first: str, alone: str) -> list[str]:
    out = [f"ab:{about}", f"abx:{about}:{first}"] if first else [f"ab:{about}"]
    return [*out, f"a0:{alone}:{bool(first)}"] if alone else out


def _spell_known(first: str, pos: str, kind: str, weight: int, mode: str, count: int) -> list[str]:
    return [f"x1:{first}", f"x1:{first}:{pos}{kind}{weight}", f"m:{mode}", f"xc:{first}:{count}"]


def _spell_rows(rows: tuple[str, ...], types: tuple[str, ...]) -> list[str]:
    return [*(f"r:{row}" for row in rows), *(f"x:{kind}" for kind in types), f"n:{len(types)}"]


SPELLING: Spelling = {
    "word": _spell_word,
    "about": _spell_about,
    "who": lambda place, kind, first: [f"a{place}:{kind}", f"a{place}x:{kind}:{first}"],
    "cue": lambda first: ["cue", f"cue:{first}"],
    "known": _spell_known,
    "rows": _spell_rows,
    "idiom": lambda kind, row, first: [f"i:{kind}", f"ir:{row}", f"ix:{kind}:{first}"],
    "beside": lambda first, types: [f"sx:{first}:{other}" for other in sorted(types) if other != first],
    "small": lambda relation, word, first: [f"c:{relation}:{word}", f"xc:{first}:{relation}:{word}"],
    "entity": lambda pos, relation, ent, first: [f"ce:{pos}:{relation}:{ent}", f"cex:{first}:{relation}:{ent}"],
}
"""How the groups are spelled; any other group is one feature, its own values joined."""
