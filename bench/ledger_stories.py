"""Incidents, contradictions and commitments against the gold stories: ``python -m bench.ledger_stories [--errors]``.

Codes the stories of ``bench/gold/ledger/stories`` with the real pipeline into one ledger for each part and compares its
dump with what is expected. A mention of the ledger is the gold's where its words overlap, the one of the same type
first. Incidents are scored by B-cubed (Bagga and Baldwin 1998) over the mentions that were found; how many were found
stands beside it, and ``strict`` counts those not found as incidents of their own. A contradiction is right where its
kind is and both sides stand in the articles of the gold's two sides; a commitment where its final state is (one not
found is wrong).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.page import Refusal, read_all
from lagebild.pipeline import code_all
from lagebild.records import Records

GOLD = Path(__file__).parent / "gold" / "ledger" / "stories"
# All but dev and test were written later, to be scored once blind; developed on since, all but those of UNSEEN.
PARTS = (
    *("dev", "more", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "eighteenthb", "eighteenthc", "nineteenth", "nineteenthb", "twentieth", "twentiethb"),
    *("twentyfirst", "twentyfirstb", "twentysecond", "twentythird", "twentyfourth"),
    *("blind", "sealed", "test"),
)
UNSEEN = ("sixth", "tenth", "blind", "sealed", "test")
Row = dict[str, Any]
Mention = tuple[str, str]  # document, quoted words


def stories(half: str) -> list[Row]:
    """Return the stories of one part."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the parser in C, where PyYAML has it, is ten times as fast
    loaded: list[Row] = yaml.load((GOLD / f"{half}.yaml").read_text(encoding="utf-8"), Loader=loader)
    return loaded


def coded(half: str) -> list[Records]:
    """Code every article of one part."""
    lines = [
        {"doc": a["doc"], "page": _page(a["text"]), "outlet": a["outlet"], "published": str(a["day"])}
        for story in stories(half)
        for a in story["articles"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.jsonl"
        pages.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        read = list(read_all([str(pages)]))
    if refused := [item.name for item in read if isinstance(item, Refusal)]:
        raise SystemExit(f"refused: {', '.join(refused)}")
    return list(code_all(item for item in read if not isinstance(item, Refusal)))


def _page(text: str) -> str:
    """An HTML page whose whole body is the text, a paragraph a line: its heading is no sentence of the article."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><head><title>Meldung</title></head><body><article>{body}</article></body></html>"


def answers(records: Iterable[Records]) -> Row:
    """Return the dump of a ledger that holds these records."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "ledger")
        write(store, records)
        build(store)
        return dump(Reader(store))


class Aligned:
    """Which mention of the dump each mention of the gold is. ``texts`` maps a document to its text."""

    def __init__(self, found: Row, texts: dict[str, str]):
        self.texts = texts
        self.by_doc: dict[str, list[Row]] = defaultdict(list)
        for incident in found["incidents"]:
            for mention in incident["mentions"]:
                self.by_doc[mention["doc"]].append(mention | {"type": incident["type"], "incident": incident["id"]})

    def find(self, doc: str, words: str, type: str) -> Row | None:
        """Return the mention whose words overlap these, of the same type where there is one."""
        hits = [m for m in self.by_doc[doc] if overlap(self.texts[doc], words, m)]
        return min(hits, key=lambda m: (m["type"] != type, m["end"] - m["start"]), default=None)


def overlap(text: str, words: str, mention: Row) -> bool:
    """Whether a mention with ``trigger`` (or ``quote``), and where known ``start``, overlaps the first use of words."""
    quoted = (mention.get("trigger") or mention.get("quote") or "").split(" … ")
    at = text.find(words)
    cursor = mention.get("start", 0)
    for part in quoted:
        start = text.find(part, cursor)
        if start >= 0 and start < at + len(words) and at < start + len(part):
            return True
        cursor = max(start, cursor)
    return False


def bcubed(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over (gold cluster, found cluster) of each mention."""
    if not pairs:
        return 0.0, 0.0, 0.0
    gold, found = defaultdict(list), defaultdict(list)
    for g, f in pairs:
        gold[g].append(f)
        found[f].append(g)
    precision = sum(found[f].count(g) / len(found[f]) for g, f in pairs) / len(pairs)
    recall = sum(gold[g].count(f) / len(gold[g]) for g, f in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def incident_pairs(listed: list[Row], aligned: Aligned, *, strict: bool = False) -> list[tuple[str, str]]:
    """Return (gold incident, found incident) of each mention; ``strict``: also of those not found."""
    pairs = []
    for story in listed:
        for incident in story["incidents"]:
            for number, (doc, words) in enumerate(incident["mentions"]):
                name = f"{story['story']}/{incident['id']}"
                hit = aligned.find(doc, words, incident["type"])
                if hit is not None:
                    pairs.append((name, hit["incident"]))
                elif strict:
                    pairs.append((name, f"{name}/{number}"))
    return pairs


def contradictions(listed: list[Row], found: Row) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the gold's contradictions that were found, those that were missed, and what was wrongly said."""
    open_ = list(found["contradictions"])
    hits, missed = [], []
    for story in listed:
        for expected in story["contradictions"]:
            docs = {expected["a"][0], expected["b"][0]}
            match = next(
                (f for f in open_ if f["kind"] == expected["kind"] and {f["a"]["doc"], f["b"]["doc"]} == docs), None
            )
            if match is None:
                missed.append({"story": story["story"]} | expected)
            else:
                open_.remove(match)
                hits.append(expected)
    return hits, missed, open_


def matched(listed: list[Row], found: Row, texts: dict[str, str]) -> list[tuple[Row, Row | None]]:
    """Return each commitment of the gold with the one of the dump that tells of it, of the same type where there is one."""
    out = []
    for story in listed:
        for expected in story["commitments"]:
            hits = [
                c
                for doc, words in expected["mentions"]
                for c in found["commitments"]
                if any(told["doc"] == doc and overlap(texts[doc], words, told) for told in _tellings(c))
            ]
            hits.sort(key=lambda c: c["type"] != expected["type"])
            out.append(({"story": story["story"]} | expected, hits[0] if hits else None))
    return out


def commitments(listed: list[Row], found: Row, texts: dict[str, str]) -> list[tuple[Row, str | None]]:
    """Return each commitment of the gold with the final state that was found, None where it was not found."""
    return [(expected, hit["final"] if hit else None) for expected, hit in matched(listed, found, texts)]


def _tellings(commitment: Row) -> list[Row]:
    """Return the places that say what is owed."""
    return [commitment, *(state for state in commitment["states"] if state["state"] == "open")]


def measure(half: str, records: list[Records] | None = None, *, errors: bool = False) -> dict[str, float]:
    """Return the figures of one part."""
    listed = stories(half)
    records = coded(half) if records is None else records
    found = answers(records)
    texts = {r.article.doc: r.article.text for r in records}
    aligned = Aligned(found, texts)
    pairs = incident_pairs(listed, aligned)
    mentions = sum(len(incident["mentions"]) for story in listed for incident in story["incidents"])
    hits, missed, wrong = contradictions(listed, found)
    states = commitments(listed, found, texts)
    kept = [state == expected["final"] for expected, state in states]
    seen = [state == expected["final"] for expected, state in states if state is not None]
    if errors:
        _print_errors(listed, aligned, found, missed, wrong, states)
    _, _, f1 = bcubed(pairs)
    precision, recall, strict = bcubed(incident_pairs(listed, aligned, strict=True))
    return {
        "articles": len(texts),
        "mentions": mentions,
        "coverage": len(pairs) / mentions,
        "incidents_b3": f1,
        "strict_b3_p": precision,
        "strict_b3_r": recall,
        "strict_b3": strict,
        "contradictions_p": len(hits) / max(1, len(hits) + len(wrong)),
        "contradictions_r": len(hits) / max(1, len(hits) + len(missed)),
        "contradictions_f1": 2 * len(hits) / max(1, 2 * len(hits) + len(missed) + len(wrong)),
        "commitments": sum(kept) / max(1, len(kept)),
        "commitments_found": len(seen) / max(1, len(states)),
        "commitments_of_found": sum(seen) / max(1, len(seen)),
    }


def _print_errors(
    listed: list[Row], aligned: Aligned, found: Row, missed: list[Row], wrong: list[Row], states: list[Any]
) -> None:
    for story in listed:
        for incident in story["incidents"]:
            got = [(doc, words, aligned.find(doc, words, incident["type"])) for doc, words in incident["mentions"]]
            lost = [f"{doc}:{words}" for doc, words, hit in got if hit is None]
            types = {
                f"{doc}:{words}={hit['type']}" for doc, words, hit in got if hit and hit["type"] != incident["type"]
            }
            ids = {hit["incident"] for _, _, hit in got if hit}
            if lost or types or len(ids) > 1:
                label = f"{story['story']}/{incident['id']} {incident['type']}"
                print(f"{label}: not found {lost}, other type {sorted(types)}, in {len(ids)} incidents")
    by: dict[str, set[str]] = defaultdict(set)
    for name, number in incident_pairs(listed, aligned):
        by[number].add(name)
    for names in by.values():
        if len(names) > 1:
            print("joined:", sorted(names))
    for expected in missed:
        print("contradiction missed:", expected["story"], expected["kind"], expected["a"], expected["b"])
    for said in wrong:
        print("contradiction wrong:", said["kind"], said["a"], said["b"], said["reason"])
    for expected, state in states:
        if state != expected["final"]:
            print(
                "commitment:",
                expected["story"],
                expected["type"],
                expected["mentions"],
                expected["final"],
                "got",
                state,
            )


def figures(part: str = "test") -> dict[str, float]:
    """Return one part's figures for the table of gates, of the held-back one where none is named."""
    found = measure(part)
    return {name: found[name] for name in ("coverage", "incidents_b3", "contradictions_f1", "commitments")}


def main() -> None:
    """Print all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print every error of the parts developed on")
    args = parser.parse_args()
    for half in PARTS:
        found = measure(half, errors=args.errors and half not in UNSEEN)
        print(half, " ".join(f"{name} {value:.3g}" for name, value in found.items()))


if __name__ == "__main__":
    main()
