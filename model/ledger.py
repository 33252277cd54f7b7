"""The votes of commitments: which sentences promise something, and what a later sentence says of a promise.

``python -m model.ledger [promises] [reports]`` trains on the stories that were developed on (``bench/gold/ledger/stories``; not on
what is held back, nor on the sixth), on pairs of a promise and a report in words of our own (``bench/gold/ledger/pairs``), on
``tests/ledger/wordings.tsv``, and for promises on ``corpus/train``. ``--folds`` measures the commitments of the stories, each
of them with weights that were learnt without it, and writes none.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench import ledger_stories
from lagebild.layers.linear import WEIGHTS as FOLDER
from lagebild.layers.linear import Linear, load_linear
from lagebild.ledger import promise_vote, report_vote, verdict
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.heard import heard
from lagebild.ledger.promises import Commitment, binds, commitment
from lagebild.ledger.rows import Row, names_of, rows_of
from lagebild.ledger.sentences import packed, proper, split
from lagebild.ledger.tales import DOER, END, FIRST, lands_of, tales_of
from lagebild.ledger.tellings import Context, pledges_of, telling_of
from lagebild.records import Actor, Records, Span
from model.ledger_sources import Said, coded, found_by_hand, pairs, wordings
from model.linear import train

CORPUS = Path("bench/gold/corpus/train.events.jsonl")
LEARNT = tuple(part for part in ledger_stories.PARTS if part not in ledger_stories.UNSEEN)
INTENDED = {"planned", "demanded", "conditional"}
WORDS_ONLY = {"ACCUSE", "REJECT", "SUPPORT"}
STRENGTH = 0.1
TOLD_STRENGTH, OUTCOME_STRENGTH = 0.07, 0.05  # chosen with each story left out
OFTEN = 2  # times that what stories report counts against the pairs
ELSEWHERE, PLAIN, VAGUE, AWAY = (
    12,
    10,
    3,
    3,
)  # for each promise: reports of others, other sentences, vague reports, reports of others' deeds
NEXT = 160  # characters from a sentence that reports within which another may go on with it
REPEATED = 3  # times that what is ours in style and labels counts
RETOLD = 9  # and of that the reports
FOLDS = 13
Example = tuple[str, Sequence[str], str]  # group that is left out together, features, label


def promise_examples() -> Iterator[Example]:
    """Yield sentences with yes or no."""
    for part in LEARNT:
        by = {records.article.doc: records for records in ledger_stories.coded(part)}
        for story in ledger_stories.stories(part):
            told = [mention for owed in story["commitments"] for mention in owed["mentions"]]
            for article in story["articles"]:
                text = by[article["doc"]].article.text
                at = [text.find(words) for doc, words in told if doc == article["doc"]]
                for start, end, features in _sentences(by[article["doc"]]):
                    yield story["story"], features, "yes" if any(start <= place < end for place in at) else "no"
    for said in pairs():
        listed = list(_sentences(said.records))
        for start, _, features in listed:
            if said.kind == "again":  # said once more: neither a new promise nor none
                continue
            if said.kind != "pact":
                yield "pair:" + said.base, features, "yes" if said.kind == "promise" and start >= said.start else "no"
            elif start or len(listed) == 1:
                yield "pact", features, said.label
    ways, reports = wordings()
    for said in (*ways, *(report for _, report in reports)):
        for _, _, features in list(_sentences(said.records))[:1] * (2 * REPEATED):
            yield "wordings", features, "yes" if said.kind == "promise" else "no"
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    gold = {line["doc"]: line for line in map(json.loads, lines)}
    for doc, records in coded((line["doc"], line["text"], line["date"]) for line in gold.values()).items():
        meant = [
            e["trigger"][0][0]
            for e in gold[doc]["events"]
            if e["trigger"] and e["status"] in INTENDED and e["type"] not in WORDS_ONLY
        ]
        for start, end, features in _sentences(records):
            yield "corpus", features, "yes" if any(start <= at < end for at in meant) else "no"


def _sentences(records: Records) -> Iterator[tuple[int, int, Sequence[str]]]:
    text, day = records.article.text, records.article.published_day
    for start, sentence, last, run in promise_vote.in_order(text):
        end = start + len(sentence)
        if "?" not in sentence:
            ahead, past = promise_vote.days_named(records.dates, start, end, text, day)
            sides = promise_vote.sides_in(records.actors, start, end)
            yield start, end, promise_vote.features(sentence, last, run, ahead=ahead, before=past, sides=sides)


def report_examples(seed: int = 0) -> Iterator[Example]:
    """Yield pairs of a commitment and a sentence with what it says."""
    rnd = random.Random(seed)
    said = pairs()
    lands = sorted({one.owes for one in said})
    told = [(one, tale) for one in said if one.kind in ("told", "again") for tale in _tale(one)]
    vague = [(one, tale) for one in said if one.kind == "vague" for tale in _tale(one)]
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    corpus = coded((line["doc"], line["text"], line["date"]) for line in map(json.loads, lines))
    plain = [tale for records in corpus.values() for tale in _tales([records]) if tale.actors]
    for one in said:
        if one.kind != "promise" or (owed := _promised(one)) is None:
            continue
        own = [(report, tale) for report, tale in told if report.base == one.base]
        others = [(report, tale) for report, tale in told if report.base != one.base]
        for report, tale in own:
            yield one.base, report_vote.features(owed, tale), report.label
        for report, tale in rnd.sample(others, ELSEWHERE):
            yield one.base, report_vote.features(owed, _moved(tale, _as(report, one))), report_vote.NONE
        for report, tale in rnd.sample(vague, VAGUE):
            yield one.base, report_vote.features(owed, _moved(tale, _as(report, one))), report.label
        for _, tale in rnd.sample(own, min(AWAY, len(own))):
            if one.side in tale.actors:
                away = _moved(tale, {one.owes: one.other, one.other: lands[0]})
                yield one.base, report_vote.features(owed, away), report_vote.NONE
        day = owed.telling.published
        for tale in rnd.sample(plain, PLAIN):
            first = [cue.removeprefix(FIRST) for cue in tale.note.cues if cue.startswith(FIRST)]
            named = [*first, *sorted(tale.actors - set(first))]
            here = _moved(tale, dict(zip(named, (one.owes, one.side), strict=False)))
            yield (
                one.base,
                report_vote.features(owed, replace(here, published=day and day.replace(month=5))),
                report_vote.NONE,
            )
    _, both = wordings()
    for base, report in both:
        made, heard_in = _owed([base.records]), _tales([report.records])
        if made and heard_in:
            yield from [("wordings", report_vote.features(made[0][0], heard_in[0]), report.label)] * RETOLD
    for part in LEARNT:
        yield from [example for example in story_examples(part) for _ in range(2)]


def story_examples(part: str) -> Iterator[Example]:
    """Yield the pairs of a part's stories: what reports a commitment is known from ``reports.tsv`` or from rules that got it right."""
    by = {records.article.doc: records for records in ledger_stories.coded(part)}
    texts = {doc: records.article.text for doc, records in by.items()}
    docs = {records.article.id: doc for doc, records in by.items()}
    least, verdict.LEAST = verdict.LEAST, 2.0  # the vote is not asked what it is to learn
    found = ledger_stories.answers(by.values())
    verdict.LEAST = least
    for story in ledger_stories.stories(part):
        own = [by[article["doc"]] for article in story["articles"]]
        owed, tales = _owed(own), _tales(own)
        for expected in story["commitments"]:
            made = [
                c for c, start, words in owed for doc, told in expected["mentions"]
                if docs[c.telling.article] == doc and ledger_stories.overlap(texts[doc], told, {"quote": words, "start": start})
            ]  # fmt: skip
            made.sort(key=lambda c: c.telling.type != expected["type"])
            if not made:
                continue
            reports = _reports(story["story"], expected, found, texts)
            whole = _by_hand(story["story"], expected)  # then every sentence that is not named says nothing of it
            for tale in tales:
                if not tale.published or not made[0].telling.published or tale.published <= made[0].telling.published:
                    continue
                doc, at = docs[tale.article], _begins(tale)
                end = at + len(next(sentence for start, sentence in split(texts[doc]) if start == at))
                said = [state for where, place, state in reports if where == doc and at <= place < end]
                near = [abs(place - (at if place < at else end)) for where, place, _ in reports if where == doc]
                silent = (not near or (whole and min(near) > NEXT)) and (reports or expected["final"] == "open")
                both = countries(made[0].telling.actors | made[0].telling.recipients)
                if both & (tale.actors | tale.recipients) and (said or silent):
                    yield story["story"], report_vote.features(made[0], tale), said[0] if said else report_vote.NONE


def _reports(story: str, expected: Row, found: Row, texts: dict[str, str]) -> list[tuple[str, int, str]]:
    """Return where (document, offset) what is said of a commitment."""
    if by_hand := _by_hand(story, expected):
        return [(doc, texts[doc].find(words), state) for _, _, _, doc, words, state in by_hand]
    ((_, final),) = ledger_stories.commitments([{"story": story, "commitments": [expected]}], found, texts)
    hits = [
        c for doc, words in expected["mentions"] for c in found["commitments"]
        if any(told["doc"] == doc and ledger_stories.overlap(texts[doc], words, told) for told in (c, *c["states"]))
    ]  # fmt: skip
    hits.sort(key=lambda c: c["type"] != expected["type"])
    if not hits or final != expected["final"]:
        return []
    states = [state for state in hits[0]["states"] if state["state"] != "open"]
    return [(s["doc"], texts[s["doc"]].find(s["quote"].split(" … ")[0]), s["state"]) for s in states]


def _by_hand(story: str, expected: Row) -> list[list[str]]:
    return [row for row in found_by_hand() if row[0] == story and [row[1], row[2]] in expected["mentions"]]


def _rows(listed: Sequence[Records]) -> tuple[list[Row], list[Row]]:
    events: list[Row] = []
    articles: list[Row] = []
    for records in listed:
        rows = rows_of(records, batch="", run="", seq=0)
        events += rows["events"]
        articles += [row | {"day": records.article.published_day} for row in rows["articles"]]
    return events, articles


def _owed(listed: Sequence[Records]) -> list[tuple[Commitment, int, str]]:
    """Return what articles commit somebody to, with where it is said in which words."""
    events, articles = _rows(listed)
    around, found = Context(events), []
    for row in events:
        telling = telling_of(row, around)
        made = commitment(telling, speaker=row["speaker_code"], condition=None) if binds(telling) else None
        if made:
            found.append((made, row["trigger"][0]["start"], " … ".join(span["quote"] for span in row["trigger"])))
    for article in articles:
        for telling, quote, condition in pledges_of(article):
            made = commitment(telling, speaker=None, condition=condition)
            if made:
                found.append((made, quote["start"], quote["quote"]))
    return found


def _tales(listed: Sequence[Records]) -> list[Telling]:
    return [tale for article in _rows(listed)[1] for tale in tales_of(article)]


def _tale(one: Said) -> list[Telling]:
    """Return the sentence that a report is about."""
    return [tale for tale in _tales([one.records]) if _begins(tale) >= one.start][:1]


def _begins(tale: Telling) -> int:
    return int(tale.key.partition("#@")[2].rstrip(END))


def _promised(one: Said) -> Commitment | None:
    """Return what the promise of a pair commits its country to, whether or not the program hears it as a promise."""
    made = [owed for owed, start, _ in _owed([one.records]) if start >= one.start]
    own = [owed for owed in made if one.owes in countries(owed.telling.actors)]
    if own:
        return own[0]
    if made:  # who owes it was read wrongly: the line says who does
        telling = replace(
            made[0].telling, actors=frozenset({f"{one.owes}:GOV"}), recipients=frozenset({f"{one.side}:GOV"})
        )
        return replace(made[0], telling=telling, to_whom=telling.recipients)
    names, lands = names_of(one.records), lands_of(one.records)
    for pledge in heard(_with_who(one), names, frozenset(), least=-1.0):
        if pledge.start < one.start:
            continue
        sides = {code.partition(":")[0] for code in pledge.who | pledge.to}
        to = frozenset({f"{one.side}:GOV"} if one.side in sides else ())
        own_pledge = replace(
            pledge, who=frozenset({f"{one.owes}:GOV"}), to=to, cues=pledge.cues | proper(pledge.quote, names, lands)
        )
        article = {
            "article": one.records.article.id,
            "day": one.records.article.published_day,
            "outcomes": json.dumps([packed(own_pledge)]),
        }
        for telling, _, condition in pledges_of(article):
            return commitment(telling, speaker=None, condition=condition)
    return None


def _with_who(one: Said) -> Records:
    """Return the records of a promise with who owes it named first, as where nobody was found nothing would be heard."""
    word = one.records.article.text[one.start :].split(" ", 1)[0]
    who = Actor(Span(one.start, one.start + len(word), word), word, f"{one.owes}:GOV", "named")
    return replace(one.records, actors=(who, *one.records.actors))


def _as(report: Said, promise: Said) -> dict[str, str]:
    return {report.owes: promise.owes, report.side: promise.side, report.other: promise.other}


def _moved(tale: Telling, lands: dict[str, str]) -> Telling:
    """Return a sentence as if it named other countries."""
    cues = set()
    for cue in tale.note.cues:
        if cue.startswith(FIRST):
            cue = FIRST + lands.get(cue.removeprefix(FIRST), cue.removeprefix(FIRST))
        elif cue.startswith(DOER):
            what, _, land = cue.rpartition("/")
            cue = f"{what}/{lands.get(land, land)}"
        cues.add(cue)
    actors = frozenset(lands.get(land, land) for land in tale.actors)
    return replace(tale, actors=actors, note=replace(tale.note, cues=frozenset(cues)))


def learnt(examples: Sequence[Example], without: frozenset[str] = frozenset(), *, strength: float = STRENGTH) -> Linear:
    """Train on examples, without some groups."""
    return train([(features, label) for group, features, label in examples if group not in without], strength=strength)


def votes_of_reports(examples: Sequence[Example], without: frozenset[str] = frozenset()) -> dict[str, Linear]:
    """Train whether a sentence reports anything, and what it reports, on those that do.

    The first learns from stories alone: among reports of one sentence each the true ones are too easily told from the rest. The
    second learns from all, and from stories more.
    """
    of_stories = {story["story"] for part in LEARNT for story in ledger_stories.stories(part)}
    any_ = [
        (group, found, label if label == report_vote.NONE else report_vote.TOLD)
        for group, found, label in examples
        if group in of_stories
    ]
    told = [example for example in examples if example[2] != report_vote.NONE]
    told += [example for example in told if example[0] in of_stories] * (OFTEN - 1)
    return {
        report_vote.WEIGHTS: learnt(any_, without, strength=TOLD_STRENGTH),
        report_vote.OUTCOMES: learnt(told, without, strength=OUTCOME_STRENGTH),
    }


def folds() -> None:
    """Print how many commitments of each part have the right final state, its story being left out of the training."""
    promises, reports = list(promise_examples()), list(report_examples())
    parts = {part: (ledger_stories.stories(part), ledger_stories.coded(part)) for part in (*LEARNT, "sixth")}
    names = sorted(story["story"] for listed, _ in parts.values() for story in listed)
    random.Random(0).shuffle(names)
    right: Counter[str] = Counter()
    many: Counter[str] = Counter()
    for fold in range(FOLDS):
        out = frozenset(names[fold::FOLDS])
        votes = {promise_vote.WEIGHTS: learnt(promises, out), **votes_of_reports(reports, out)}
        promise_vote.load_linear = report_vote.load_linear = votes.__getitem__  # type: ignore[attr-defined, assignment]
        for part, (listed, all_records) in parts.items():
            own = [story for story in listed if story["story"] in out]
            docs = {article["doc"] for story in own for article in story["articles"]}
            records = [r for r in all_records if r.article.doc in docs]
            if own:
                found = ledger_stories.answers(records)
                texts = {r.article.doc: r.article.text for r in records}
                states = ledger_stories.commitments(own, found, texts)
                right[part] += sum(state == expected["final"] for expected, state in states)
                many[part] += len(states)
    for part in parts:
        print(f"{part}: {right[part]} of {many[part]}")
    print(f"all: {sum(right.values()) / sum(many.values()):.3f}")


def main() -> None:
    """Train, or measure with each story left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("votes", nargs="*", default=["promises", "reports"])
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    if args.folds:
        folds()
        return
    if "promises" in args.votes:
        learnt(list(promise_examples())).save(FOLDER / f"{promise_vote.WEIGHTS}.npz")
        load_linear.cache_clear()
    if "reports" in args.votes:
        for name, vote in votes_of_reports(list(report_examples())).items():
            vote.save(FOLDER / f"{name}.npz")


if __name__ == "__main__":
    main()
