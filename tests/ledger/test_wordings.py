"""Ways to promise, threaten, set a day, and to say what became of it: the real pipeline, one ledger for many countries.

``wordings.tsv`` has the sentences: a promise (somebody owes something), none (nobody does), a base that is promised, and what
a later article says of a base with the state it leaves. {L}, {A}, {H} stand for a country, its adjective and its capital:
each pair has a country of its own, so that one ledger holds them all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.page import Refusal, read_all
from lagebild.pipeline import code_all

HERE = Path(__file__).parent
ROWS = [line.split("\t") for line in (HERE / "wordings.tsv").read_text(encoding="utf-8").splitlines()]
COUNTRIES = [tuple(row[1:]) for row in ROWS if row[0] == "country"]
PROMISES = [(row[1], row[2]) for row in ROWS if row[0] == "promise"]
NONE = [row[1] for row in ROWS if row[0] == "none"]
BASES = {row[1]: (row[2], row[3]) for row in ROWS if row[0] == "base"}  # type that is meant, sentence
REPORTS = [(row[1], row[2], row[3]) for row in ROWS if row[0] == "report"]
END = " Das berichteten mehrere Zeitungen am Dienstag."


LOST = {
    *(4, 13, 15, 29, 41, 42, 61, 72),  # a part is taken for the whole, a message without sides for a dispute, money struck for money paid
    *(73, 74, 79),  # inspectors who saw the reactor, or were sent home: the vote hears too little of what the rules read
}  # fmt: skip
FILLER = {28}  # "Das berichteten mehrere Zeitungen" after it outweighs what the sentence and the rules say
MIXED = {
    8,
    9,
    41,
    42,
    59,
}  # right alone; beside a score of like promises of other countries a report of theirs is taken for its own


def lost(number):
    return (
        [pytest.mark.xfail(strict=True, reason="the vote over sentences errs here")]
        if number in LOST | FILLER | MIXED
        else []
    )


def filled(sentence, number):
    land, _, adjective, capital = COUNTRIES[number % len(COUNTRIES)]
    text = sentence.replace("{L}", land).replace("{A}", adjective).replace("{H}", capital)
    return text[0].upper() + text[1:] + END


def commitments(articles, folder):
    """Code (name, text, day) into one ledger and return its commitments."""
    pages = folder / "pages.jsonl"
    html = "<html><head><title>Meldung</title></head><body><article><p>{}</p></article></body></html>"
    lines = [
        {"doc": name, "page": html.format(text), "outlet": "x.test", "published": day} for name, text, day in articles
    ]
    pages.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    store = Store(folder / "ledger")
    write(store, list(code_all(item for item in read_all([str(pages)]) if not isinstance(item, Refusal))))
    build(store)
    return dump(Reader(store))["commitments"]


@pytest.fixture(scope="module")
def promised(tmp_path_factory):
    """Who owes something by each of the sentences."""
    articles = [(f"p{n}", filled(sentence, n), "2024-03-05") for n, (_, sentence) in enumerate(PROMISES)]
    articles += [(f"n{n}", filled(sentence, n), "2023-01-05") for n, sentence in enumerate(NONE)]
    who = defaultdict(set)
    for owed in commitments(articles, tmp_path_factory.mktemp("promised")):
        for doc in {owed["doc"], *(state["doc"] for state in owed["states"] if state["state"] == "open")}:
            who[doc] |= {code.split(":")[0] for code in owed["who"]}
    return who


@pytest.fixture(scope="module")
def finals(tmp_path_factory):
    """The final states of what each pair's first article promises, those of the meant type where there are any."""
    found = {}
    for at in range(0, len(REPORTS), len(COUNTRIES)):
        part = list(enumerate(REPORTS))[at : at + len(COUNTRIES)]
        articles = [(f"a{n}", filled(BASES[base][1], n), "2024-04-03") for n, (base, _, _) in part]
        articles += [(f"b{n}", filled(sentence, n), "2024-06-04") for n, (_, _, sentence) in part]
        owed = commitments(articles, tmp_path_factory.mktemp("finals"))
        for n, (base, _, _) in part:
            own = [(c["type"], c["final"]) for c in owed if c["doc"] == f"a{n}"]
            found[n] = {final for type_, final in own if type_ == BASES[base][0]} or {final for _, final in own}
    return found


@pytest.mark.parametrize("number", range(len(PROMISES)), ids=[f"{n}-{way}" for n, (way, _) in enumerate(PROMISES)])
def test_a_promise(number, promised):
    sentence = PROMISES[number][1]
    owes = "IGO" if "Weltbank" in sentence else COUNTRIES[number % len(COUNTRIES)][1]  # who gives it owes it
    assert owes in promised[f"p{number}"], filled(sentence, number)


@pytest.mark.parametrize("number", range(len(NONE)))
def test_no_promise(number, promised):
    assert not promised[f"n{number}"], filled(NONE[number], number)


@pytest.mark.parametrize(
    "number", [pytest.param(n, id=f"{n}-{r[0]}-{r[1]}", marks=lost(n)) for n, r in enumerate(REPORTS)]
)
def test_what_became_of_it(number, finals):
    _, expected, sentence = REPORTS[number]
    assert finals[number] == {expected}, filled(sentence, number)
