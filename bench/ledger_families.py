"""Text families and independent origins against the gold: ``python -m bench.ledger_families [--errors]``.

Builds each article's text from ``bench/gold/ledger/families``, reads it as a page, keeps it in a ledger, and compares the
families (pairs of articles, precision, recall, F1) and the number of independent origins of each group.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.origins import independent_origins
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.tellings import texts
from lagebild.ledger.write import write
from lagebild.page import Refusal, read_all
from lagebild.records import Records, Versions

GOLD = Path(__file__).parent / "gold" / "ledger" / "families"
HALVES = ("dev", "test")
Group = dict[str, Any]


def groups(half: str) -> list[Group]:
    """Return the groups of one half."""
    loaded: list[Group] = yaml.safe_load((GOLD / f"{half}.yaml").read_text(encoding="utf-8"))
    return loaded


def page(group: Group, article: dict[str, Any]) -> str:
    """Return an article as a plain page: headline, then one paragraph a line."""
    lines: list[str] = []
    lead_in = ""
    for part in article["parts"]:
        paragraph = _part(group["base"], part)
        if paragraph.endswith(" -"):
            lead_in = paragraph + " "
            continue
        lines.append(lead_in + paragraph)
        lead_in = ""
    return f"{article['headline']}\n\n" + "\n\n".join(lines) + "\n"


def _part(base: list[list[str]], part: str) -> str:
    number, _, sentence = part[1:].partition(".")
    if part[0] != "b" or not number.isdigit():
        return part
    return base[int(number)][int(sentence)] if sentence else " ".join(base[int(number)])


def ledger(listed: list[Group], folder: Path) -> Store:
    """Keep every article in a ledger, as read from its page, without events."""
    lines = [
        {
            "doc": article["doc"],
            "page": page(group, article),
            "outlet": article["outlet"],
            "published": str(article["day"]),
        }
        for group in listed
        for article in group["articles"]
    ]
    pages = folder / "pages.jsonl"
    pages.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    store = Store(folder / "ledger")
    read = list(read_all([str(pages)]))
    refused = [item.name for item in read if isinstance(item, Refusal)]
    if refused:
        raise SystemExit(f"refused: {', '.join(refused)}")
    versions = Versions("bench", "bench", "bench")
    write(store, [Records(item, versions) for item in read if not isinstance(item, Refusal)])
    build(store)
    return store


def measure(half: str, *, errors: bool = False) -> dict[str, float]:
    """Return pairs' precision, recall and F1 and the share of groups with the right number of origins."""
    listed = groups(half)
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(ledger(listed, Path(folder)))
        found = {doc: family["id"] for family in dump(reader)["families"] for doc in family["docs"]}
        docs = {row["article"]: row["doc"] for row in reader.rows("select article, doc from articles")}
        sources = {docs[text.article]: text for text, _ in texts(reader, None, None)}
    expected = {a["doc"]: (group["group"], a["family"]) for group in listed for a in group["articles"]}
    gold = {pair for pair in combinations(sorted(expected), 2) if expected[pair[0]] == expected[pair[1]]}
    said = {pair for pair in combinations(sorted(expected), 2) if found[pair[0]] == found[pair[1]]}
    right = 0
    for group in listed:
        own = [sources[a["doc"]] for a in group["articles"]]
        origins = independent_origins(own, {sources[a["doc"]].article: found[a["doc"]] for a in group["articles"]})
        right += len(origins) == group["origins"]
        if errors and len(origins) != group["origins"]:
            listing = [f"{o.name}: {[docs[a] for a in o.articles]} ({o.reason})" for o in origins]
            print(f"{group['group']}: {len(origins)} origins, not {group['origins']}: {listing}")
    if errors:
        for pair in sorted(gold ^ said):
            print("missed" if pair in gold else "wrongly joined", *pair)
    hit = len(gold & said)
    return {
        "articles": len(expected),
        "precision": hit / max(1, len(said)),
        "recall": hit / max(1, len(gold)),
        "f1": 2 * hit / max(1, len(said) + len(gold)),
        "origins": right / len(listed),
    }


def figures() -> dict[str, float]:
    """Return the reported half's figures for the table of gates."""
    found = measure("test")
    return {"pairs_f1": found["f1"], "origins_exact": found["origins"]}


def main() -> None:
    """Print both halves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print every error")
    args = parser.parse_args()
    for half in HALVES:
        found = measure(half, errors=args.errors)
        print(half, " ".join(f"{name} {value:.4g}" for name, value in found.items()))


if __name__ == "__main__":
    main()
