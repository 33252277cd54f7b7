"""How far two annotators agree: ``python -m bench.agreement [--list] [--no-program]``.

``bench/gold/corpus/second/*.txt`` is a second annotation of some articles of ``corpus/dev``, made from the guide, a dozen
articles of ``corpus/train`` and the bare text, without sight of the first. It is scored against the first exactly as the program is scored (the one scorer of
events), and beside it stand the program's own figures on the very same articles, against either annotation. Below that,
the ways in which the readers differ, counted; ``--list`` names each case.

The agreement says about how much of a figure a program can be asked for. It is no strict ceiling: a program may learn
the habits of the first annotator, who wrote ``corpus/train`` too.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.data import GOLD, gold_rows
from bench.events import predict
from bench.scorers import events as scorer
from bench.sheets import read_sheets

SECOND = GOLD / "corpus/second"
FIGURES = (
    ("events", "f1"),
    ("triggers_any_type", "f1"),
    ("actors", "f1"),
    ("recipients", "f1"),
    ("status", "acc"),
    ("speaker", "acc"),
    ("mode", "acc"),
    ("whole_records", "f1"),
)
Row = dict[str, Any]
Rows = Mapping[str, Row]
"""Articles by id; each has ``text`` and ``events`` in the form of ``corpus/dev.events.jsonl``."""


def both_annotations(folder: Path = SECOND) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the first and the second annotation of the articles that have both.

    Raises:
        ValueError: the two do not have the same text, so their offsets cannot be compared.
    """
    second = {row["doc"]: row for row in read_sheets(folder)}
    first = {row["doc"]: row for row in gold_rows("corpus-dev") if row["doc"] in second}
    if odd := [doc for doc in second if doc not in first or first[doc]["text"] != second[doc]["text"]]:
        raise ValueError(f"not the text of corpus/dev: {odd}")
    return first, second


def figures(gold: Rows, found: Rows) -> dict[str, float]:
    """Score one set of events against another: F1 of events, roles and whole records, accuracies of the rest, 0..1."""
    result, _ = scorer.score(gold, found)
    return {name: result.get(name, {}).get(key) or 0.0 for name, key in FIGURES}


def interval(gold: Rows, found: Rows, *, draws: int = 1000, seed: int = 7) -> tuple[float, float]:
    """Return the 95 percent interval of events F1, by drawing the articles anew with replacement."""
    counts = []
    for doc, row in gold.items():
        events = scorer.score({doc: row}, found)[0]["events"]
        counts.append((events["tp"], events["predicted"] + events["gold"]))
    rng = random.Random(seed)
    scores = []
    for _ in range(draws):
        drawn = rng.choices(counts, k=len(counts))
        scores.append(2 * sum(tp for tp, _ in drawn) / max(1, sum(both for _, both in drawn)))
    scores.sort()
    return scores[int(0.025 * draws)], scores[int(0.975 * draws)]


def differences(first: Rows, second: Rows) -> Iterator[tuple[str, str, str]]:
    """Yield each difference: its kind, what it is in particular, and where it stands."""
    for doc, row in first.items():
        ours, theirs, text = row["events"], second[doc]["events"], row["text"]
        same = scorer.pair(ours, theirs)
        words = dict(scorer.pair(ours, theirs, same_type=False))
        shared, taken = dict(same), {b for _, b in same}
        for a, event in enumerate(ours):
            if a in shared:
                yield from _inside(event, theirs[shared[a]], _where(doc, event, text))
            elif a in words and words[a] not in taken:
                taken.add(words[a])
                yield "another type", f"{event['type']} / {theirs[words[a]]['type']}", _where(doc, event, text)
            else:
                yield "only the first", event["type"], _where(doc, event, text)
        for b, event in enumerate(theirs):
            if b not in taken:
                yield "only the second", event["type"], _where(doc, event, text)


def _inside(ours: Row, theirs: Row, where: str) -> Iterator[tuple[str, str, str]]:
    """Yield how two readings of one event differ, as the scorer would see it."""
    if ours["status"] != theirs["status"]:
        yield "status", f"{ours['status']} / {theirs['status']}", where
    if ours["mode"] and ours["mode"] != theirs["mode"]:
        yield "mode", f"{ours['mode']} / {theirs['mode'] or 'none'}", where
    for role in ("actors", "recipients"):
        a, b = scorer.codes(ours[role], False), scorer.codes(theirs[role], False)
        if a != b:
            yield role, _sets(a, b), f"{where} {','.join(sorted(a)) or '-'} / {','.join(sorted(b)) or '-'}"
    a, b = scorer.codes([ours["speaker"] or {}], False), scorer.codes([theirs["speaker"] or {}], False)
    if a != b:
        yield "speaker", _sets(a, b), f"{where} {','.join(a) or '-'} / {','.join(b) or '-'}"


def _sets(ours: set[str], theirs: set[str]) -> str:
    """Say how two sets of codes differ."""
    if not ours or not theirs:
        return "none with the first" if not ours else "none with the second"
    if ours < theirs or theirs < ours:
        return "fewer with the first" if ours < theirs else "fewer with the second"
    return "others"


def _where(doc: str, event: Row, text: str) -> str:
    return f"{doc}: {event['type']} [{' '.join(text[start:end] for start, end in event['trigger'])}]"


def program(first: Rows) -> dict[str, Row]:
    """Return what the program finds in the articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        bare = ({**row, "events": []} for row in first.values())
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in bare), encoding="utf-8")
        return predict(path)


def table(columns: Mapping[str, tuple[Rows, Rows]]) -> list[str]:
    """Format the figures of each pair of gold and found events, one column each."""
    scored = {name: figures(gold, found) for name, (gold, found) in columns.items()}
    lines = [f"{'':18}" + "".join(f"{name:>24}" for name in columns)]
    lines += [f"{name:18}" + "".join(f"{scored[c][name]:24.3f}" for c in columns) for name, _ in FIGURES]
    ends = [interval(gold, found) for gold, found in columns.values()]
    return [*lines, f"{'events, 95 %':18}" + "".join(f"{f'{low:.2f} to {high:.2f}':>24}" for low, high in ends)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and the kinds of difference."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--list", action="store_true", help="name each difference")
    args.add_argument("--no-program", action="store_true", help="only the two annotations")
    options = args.parse_args(arguments)
    first, second = both_annotations()
    counts = [sum(len(row["events"]) for row in rows.values()) for rows in (first, second)]
    print(f"{len(first)} articles, {counts[0]} events with the first annotator, {counts[1]} with the second")
    columns: dict[str, tuple[Rows, Rows]] = {"second / first": (first, second)}
    if not options.no_program:
        found = program(first)
        columns |= {"program / first": (first, found), "program / second": (second, found)}
    print("\n".join(table(columns)))
    kinds = list(differences(first, second))
    for kind, count in Counter(kind for kind, *_ in kinds).most_common():
        most = Counter(detail for name, detail, _ in kinds if name == kind).most_common(6)
        print(f"{kind:16}{count:4}   " + ", ".join(f"{detail} {n}" for detail, n in most))
    if options.list:
        print("\n".join(f"{kind:16}{detail:28}{where}" for kind, detail, where in sorted(kinds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
