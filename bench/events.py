"""Scores events on gold files: ``python -m bench.events [NAME or FILE ...] [--errors N] [--detail]``.

Names: seed, corpus-dev, corpus-train, wikinews, gsr. ``--errors`` lists what is missed and wrong, ``--detail`` also the
wrong roles, statuses and speakers of events that were found.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bench.data import EVENTS, event_gold
from bench.scorers import events as scorer


def predict(gold: Path) -> dict[str, Any]:
    """Code every line of a gold file as the command line would; return the objects by document."""
    from lagebild.export.jsonl import article_object
    from lagebild.page import Refusal, read_all
    from lagebild.pipeline import code_all

    articles = [item for item in read_all([str(gold)]) if not isinstance(item, Refusal)]
    coded = list(code_all(articles))
    if failed := [f"{r.article.doc}: {note}" for r in coded for note in r.notes]:
        raise RuntimeError("\n".join(failed))
    return {records.article.doc: article_object(records) for records in coded}


def figures(name: str) -> dict[str, float] | None:
    """Return the figures that the gates hold, or None where the gold is not there."""
    path = event_gold(name)
    if path is None:
        return None
    gold, predicted = scorer.load(path), predict(path)
    result, _ = scorer.score(gold, predicted)
    return {
        **{f"{field}_f1": setting_f1(gold, predicted, field) for field in ("place", "date") if _told(gold, field)},
        "events_f1": result["events"]["f1"],
        "events_recall": result["events"]["r"],
        "whole_f1": result["whole_records"]["f1"],
        "actors_f1": result["actors"]["f1"],
        "recipients_f1": result["recipients"]["f1"],
        "status_acc": result["status"]["acc"] or 0.0,
        "speaker_acc": result["speaker"]["acc"] or 0.0,
        "mode_acc": result.get("mode", {}).get("acc") or 0.0,
    }


def _told(gold: dict[str, Any], field: str) -> bool:
    """Whether the gold says it of any event."""
    return any(event.get(field) for row in gold.values() for event in row["events"])


def setting_f1(gold: dict[str, Any], predicted: dict[str, Any], field: str) -> float:
    """Return how well the place or date of the events that were found is told: F1 of spans that overlap."""
    hit = said = named = 0
    for doc, row in gold.items():
        found = predicted.get(doc, {}).get("events", [])
        for g, p in scorer.pair(row["events"], found):
            want, got = row["events"][g].get(field) or [], found[p].get(field) or []
            named += bool(want)
            said += bool(got)
            hit += any(a < d and c < b for a, b in want for c, d in got)
    return 2 * hit / (said + named) if said + named else 0.0


def details(gold: dict[str, Any], predicted: dict[str, Any]) -> list[str]:
    """List wrong roles, statuses and speakers of the events that were found, one line each."""
    lines = []
    for doc, row in gold.items():
        text, found = row["text"], predicted.get(doc, {}).get("events", [])
        for g, p in scorer.pair(row["events"], found):
            want, got = row["events"][g], found[p]
            where = f"{doc}: {want['type']} [{' '.join(text[s:e] for s, e in want['trigger'])}]"
            if want["status"] != got["status"]:
                lines.append(f"status  {where} {got['status']} should be {want['status']}")
            for role in ("actors", "recipients"):
                a, b = scorer.codes(want.get(role), False), scorer.codes(got.get(role), False)
                if a != b:
                    lines.append(f"{role:7} {where} {sorted(b)} should be {sorted(a)}")
            says, said = got.get("speaker"), want.get("speaker")
            if bool(says) != bool(said) or (says and said and says["code"][:3] != said["code"][:3]):
                lines.append(f"speaker {where} {says and says['code']} should be {said and said['code']}")
    return lines


def main() -> int:
    """Score and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", nargs="*", default=["seed", "corpus-dev", "wikinews", "gsr"])
    args.add_argument("--errors", type=int, default=0, help="list up to N missed and wrong events")
    args.add_argument("--detail", action="store_true", help="list wrong roles, statuses and speakers")
    args.add_argument("--json", action="store_true", help="print the scorer's whole result")
    options = args.parse_args()
    for name in options.gold:
        path = event_gold(name) if name in EVENTS else Path(name)
        if path is None or not path.exists():
            print(f"{name}: skipped, no such gold here", file=sys.stderr)
            continue
        gold, predicted = scorer.load(path), predict(path)
        result, shown = scorer.score(gold, predicted, options.errors)
        for line in shown + (details(gold, predicted) if options.detail else []):
            print(line)
        if options.json:
            print(json.dumps(result, ensure_ascii=False, indent=1))
        else:
            print(f"{name:14}" + "  ".join(_short(key, result[key]) for key in KEYS if key in result))
    return 0


KEYS = [
    "events",
    "triggers_any_type",
    "whole_records",
    "actors",
    "recipients",
    "actors_with_sector",
    "recipients_with_sector",
    "mode",
    "speaker",
    "status",
]


def _short(key: str, value: dict[str, Any]) -> str:
    if "acc" in value:
        return f"{key} {value['acc'] or 0:.3f}"
    return f"{key} {value['f1']:.3f} ({value['p']:.2f}/{value['r']:.2f})"


if __name__ == "__main__":
    sys.exit(main())
