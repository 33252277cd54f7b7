"""What the votes of commitments learn from: sentences that promise or do not, and pairs of a commitment and a sentence."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from bench import ledger_stories
from lagebild.ledger import evidence, promise_vote, report_vote
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.heard import heard
from lagebild.ledger.promises import Commitment, binds, commitment
from lagebild.ledger.rows import Row, names_of, rows_of
from lagebild.ledger.sentences import packed, proper, split
from lagebild.ledger.tales import DOER, FIRST, lands_of, place_of_sentence, tales_of
from lagebild.ledger.tellings import Context, outcomes_of, pledges_of, telling_of
from lagebild.records import Actor, Records, Span
from model.ledger_sources import GOLD, Said, coded, found_by_hand, pairs, wordings

CORPUS = Path("bench/gold/corpus/train.events.jsonl")
LEARNT = tuple(part for part in ledger_stories.PARTS if part not in ledger_stories.UNSEEN)
INTENDED = {"planned", "demanded", "conditional"}
WORDS_ONLY = {"ACCUSE", "REJECT", "SUPPORT"}
VAGUE = 3  # for each promise: reports that could be of any
OUTCOMES_ONLY = "news"  # begins the names of matters whose reports are so many that as sentences that promise nothing they drown promises
NEXT = 160  # characters from a sentence that reports within which another may go on with it
REPEATED = 3  # times that what is ours in style and labels counts
Example = tuple[str, Sequence[str], str]  # group that is left out together, features, label
Report = tuple[str, int, str]  # document, offset, what is said there of a commitment
Reported = tuple[str, Commitment, Telling, str]  # group, commitment, sentence, what it says of it


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
        if said.base.startswith(OUTCOMES_ONLY):
            continue
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


def report_examples(seed: int = 0) -> Iterator[Reported]:
    """Yield commitments and sentences with what they say of them: of the stories all, of pairs and wordings true reports."""
    rnd = random.Random(seed)
    said = pairs()
    told: dict[str, list[tuple[Said, Telling]]] = defaultdict(list)
    vague: list[tuple[Said, Telling]] = []
    for one in said:
        if one.kind == "told":
            told[one.base] += [(one, tale) for tale in _tale(one)]
        elif one.kind == "vague":
            vague += [(one, tale) for tale in _tale(one)]
    for one in said:
        if one.kind != "promise" or (owed := _promised(one)) is None:
            continue
        for report, tale in told[one.base]:
            yield one.base, owed, tale, report.label
        for report, tale in rnd.sample(vague, VAGUE):
            yield one.base, owed, _moved(tale, _as(report, one)), report.label
    _, both = wordings()
    for base, report in both:
        made, heard_in = owed_in([base.records]), tales_in([report.records])
        if made and heard_in:
            yield "wordings", made[0][0], heard_in[0], report.label
    for part in LEARNT:
        yield from story_examples(part)


def story_examples(part: str) -> Iterator[Reported]:
    """Yield the pairs of a part's stories that name a country in common; a commitment is told by its likest promise."""
    for story, made, tale, label in story_pairs(part):
        told = made[0].telling
        if countries(told.actors | told.recipients) & (tale.actors | tale.recipients):
            yield story, made[0], tale, label


def story_pairs(part: str) -> Iterator[tuple[str, list[Commitment], Telling, str]]:
    """Yield the commitments of a part's stories, as all that promises them, and later sentences with what they say of them.

    What reports a commitment is known from ``reports.tsv`` or from rules that got it right.
    """
    by = {records.article.doc: records for records in ledger_stories.coded(part)}
    texts = {doc: records.article.text for doc, records in by.items()}
    docs = {records.article.id: doc for doc, records in by.items()}
    marked = (GOLD / f"reports_{part}.tsv").exists()  # then what no row names was not reported
    found = cache(lambda: {"commitments": []} if marked else _by_rules(by.values()))
    for story in ledger_stories.stories(part):
        own = [by[article["doc"]] for article in story["articles"]]
        events, articles = _rows(own)
        owed, tales = _owed(events, articles), _tales(articles)
        places = {
            doc: {start: start + len(sentence) for start, sentence in split(texts[doc])}
            for doc in (records.article.doc for records in own)
        }
        for expected in story["commitments"]:
            made = [
                c for c, start, words in owed for doc, told in expected["mentions"]
                if docs[c.telling.article] == doc and ledger_stories.overlap(texts[doc], told, {"quote": words, "start": start})
            ]  # fmt: skip
            made.sort(key=lambda c: c.telling.type != expected["type"])
            if not made:
                continue
            # where reports are marked, every sentence that is not says nothing of it
            whole = _by_hand(story["story"], expected, texts)
            reports = whole or _where_right(story["story"], expected, found(), texts)
            for tale in tales:
                if not tale.published or not made[0].telling.published or tale.published <= made[0].telling.published:
                    continue
                doc, at = docs[tale.article], _begins(tale)
                end = places[doc][at]
                said = [state for where, place, state in reports if where == doc and at <= place < end]
                near = [abs(place - (at if place < at else end)) for where, place, _ in reports if where == doc]
                silent = (not near or (whole and min(near) > NEXT)) and (reports or expected["final"] == "open")
                if said or silent:
                    yield story["story"], made, tale, said[0] if said else report_vote.NONE


def _by_rules(records: Iterable[Records]) -> Row:
    """Return what the ledger says of articles where the vote is not asked what it is to learn."""
    with patch.object(evidence, "LEAST", 2.0):
        return ledger_stories.answers(records)


def _where_right(story: str, expected: Row, found: Row, texts: dict[str, str]) -> list[Report]:
    """Return what rules say of a commitment, where they get it right."""
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


def _by_hand(story: str, expected: Row, texts: dict[str, str]) -> list[Report]:
    """Return what is marked of a commitment."""
    return [
        (doc, texts[doc].find(words), state)
        for name, *told, doc, words, state in found_by_hand()
        if name == story and told in expected["mentions"]
    ]


def _rows(listed: Sequence[Records]) -> tuple[list[Row], list[Row]]:
    events: list[Row] = []
    articles: list[Row] = []
    for records in listed:
        rows = rows_of(records, batch="", run="", seq=0)
        events += rows["events"]
        articles += [row | {"day": records.article.published_day} for row in rows["articles"]]
    return events, articles


def owed_in(listed: Sequence[Records]) -> list[tuple[Commitment, int, str]]:
    """Return what articles commit somebody to, with where it is said in which words."""
    return _owed(*_rows(listed))


def _owed(events: Sequence[Row], articles: Sequence[Row]) -> list[tuple[Commitment, int, str]]:
    around = Context(events)
    found: list[tuple[Commitment, int, str]] = []
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


def tales_in(listed: Sequence[Records]) -> list[Telling]:
    return _tales(_rows(listed)[1])


def _tales(articles: Iterable[Row]) -> list[Telling]:
    return [tale for article in articles for tale in tales_of(article)]


def _tale(one: Said) -> list[Telling]:
    """Return the sentence that a report is about."""
    return [tale for tale in tales_in([one.records]) if _begins(tale) >= one.start][:1]


def _begins(tale: Telling) -> int:
    return place_of_sentence(tale.key)[1]


def _promised(one: Said) -> Commitment | None:
    """Return what the promise of a pair commits its country to, whether or not the program hears it as a promise."""
    made = [owed for owed, start, _ in owed_in([one.records]) if start >= one.start]
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


def reported(records: Records) -> list[Telling]:
    """Return what rules read reports in: the events of an article and its sentences with set phrases."""
    events, articles = _rows([records])
    around = Context(events)
    return [*(telling_of(row, around) for row in events), *(t for article in articles for t, _ in outcomes_of(article))]
