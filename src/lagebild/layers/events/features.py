"""What the trained vote looks at: the lexicon's opinion of a word and of the words around it, lemmas, relations."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.layers.earlier import Earlier
from lagebild.layers.events.match import Match, Matcher
from lagebild.layers.events.view import View
from lagebild.rules.events import Phrase

CONTENT = frozenset(("VERB", "AUX", "NOUN", "ADJ"))


class Proposals:
    """The lexicon's matches on a document, and by token the types proposed for it (also as part of an idiom)."""

    def __init__(self, view: View, matcher: Matcher, earlier: Earlier):
        self.view = view
        self.who = _who(view, earlier)
        resolved = sum(1 for kind in self.who.values() if kind)
        share = 100 * resolved // max(view.size, 1)
        self.about = next(str(step) for step in (0, 2, 4, 7, 11, 100) if share <= step)
        self.sentences_with = {view.sent[i] for i, kind in self.who.items() if kind}
        self.cues = _cues(view, earlier)
        self.matcher = matcher
        self.matches: list[Sequence[Match]] = [()] * view.size
        self.idioms: dict[int, Match] = {}
        self.first: list[str] = [""] * view.size
        counts: dict[str, int] = {}
        by_sentence: list[set[str]] = [set() for _ in range((view.sent[-1] + 1) if view.sent else 0)]
        for i, pos in enumerate(view.pos):
            if pos not in CONTENT:
                continue
            found = matcher.matches(i)
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


def trigger_features(i: int, view: View, proposals: Proposals) -> list[str]:
    """Return the features of token ``i``; it must be a content word."""
    pos, lemma, dep = view.pos[i][0], view.verb[i] or view.lemma[i], view.dep[i]
    low = lemma.lower()
    first = proposals.first[i]
    out = [f"l:{low}", f"p:{pos}", f"d:{pos}{dep}", f"ld:{low}:{dep}"]
    _people(out, i, view, proposals, first, pos)
    _lexicon(out, i, proposals, first, pos)
    _around(out, i, view, proposals, first, low)
    _below(out, i, view, proposals, first, low, pos)
    if pos == "N":
        for size in (4, 6, 8):
            if len(low) > size:
                out.append(f"s:{low[-size:]}")
    return out


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


def _people(out: list[str], i: int, view: View, proposals: Proposals, first: str, pos: str) -> None:
    who, frame = proposals.who, proposals.matcher.frame(i)
    out.append(f"ab:{proposals.about}")
    if first:
        out.append(f"abx:{proposals.about}:{first}")
    if view.sent[i] not in proposals.sentences_with:
        out.append(f"a0:{pos}:{bool(first)}")
    for place, tokens in (("s", frame.subjects), ("o", frame.objects), ("d", frame.datives)):
        for token in tokens[:2]:
            kind = who.get(token)
            if kind is not None:
                out += [f"a{place}:{kind}", f"a{place}x:{kind}:{first}"]
            else:
                out.append(f"a{place}:-:{view.pos[token]}")
    if i in proposals.cues:
        out += ["cue", f"cue:{first}"]


def _lexicon(out: list[str], i: int, proposals: Proposals, first: str, pos: str) -> None:
    matches = proposals.matches[i]
    if not matches:
        out.append(f"x0:{pos}")
    else:
        kind = type(matches[0].row).__name__[0]
        out += [f"x1:{first}", f"x1:{first}:{pos}{kind}{min(matches[0].weight, 3)}", f"m:{matches[0].row.mode}"]
        seen = set()
        for match in matches[:4]:
            out.append(f"r:{match.row.id}")
            if match.row.type not in seen:
                seen.add(match.row.type)
                out.append(f"x:{match.row.type}")
        counts = proposals.counts.get(first, 0)
        out.append(f"xc:{first}:{min(counts, 4)}")
        out.append(f"n:{len(seen)}")
    idiom = proposals.idioms.get(i)
    if idiom is not None:
        out += [f"i:{idiom.row.type}", f"ir:{idiom.row.id}", f"ix:{idiom.row.type}:{first}"]


def _around(out: list[str], i: int, view: View, proposals: Proposals, first: str, low: str) -> None:
    head, dep, lemma, size = view.head[i], view.dep[i], view.lemma, view.size
    if head != i:
        above = (view.verb[head] or lemma[head]).lower()
        out += [f"h:{above}", f"hd:{dep}:{above}", f"hx:{dep}:{proposals.first[head]}:{first}", f"lh:{low}:{above}"]
    for offset in (-2, -1, 1, 2):
        j = i + offset
        if 0 <= j < size:
            out.append(f"w{offset}:{lemma[j]}")
    if first:
        others = proposals.by_sentence[view.sent[i]]
        out += [f"sx:{first}:{other}" for other in others if other != first]


def _below(out: list[str], i: int, view: View, proposals: Proposals, first: str, low: str, pos: str) -> None:
    lemma, dep, ent = view.lemma, view.dep, view.ent
    kinds = set()
    for child in view.children[i]:
        relation = dep[child]
        if relation == "punct":
            continue
        word = (view.verb[child] or lemma[child]).lower()
        if relation in ("det", "case", "advmod", "aux", "aux:pass", "cop", "mark", "expl:pv", "compound:prt"):
            out += [f"c:{relation}:{word}", f"lc:{low}:{word}", f"xc:{first}:{relation}:{word}"]
            continue
        kinds.add(relation)
        out += [f"c:{relation}:{word}", f"lc:{low}:{word}", f"cx:{relation}:{proposals.first[child]}:{first}"]
        case = view.case_of(child)
        if case:
            out += [f"cp:{low}:{case}", f"cpx:{first}:{case}"]
        if ent[child]:
            out += [f"ce:{pos}:{relation}:{ent[child]}", f"cex:{first}:{relation}:{ent[child]}"]
    out += [f"k:{pos}:{relation}:{first}" for relation in kinds]
    out += [f"kl:{low}:{relation}" for relation in kinds]
    if not kinds:
        out.append(f"k0:{first}:{pos}")
