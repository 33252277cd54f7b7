"""``python -m bench [GATE ...] [--markdown]``: one table of every gate. Exit code 1 where a floor is not kept.

Floors stand in ``floors.json``. ``--raise`` writes the figures found as the new floors where they are better; a floor is
lowered by hand only, in a change that says why.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from functools import partial

from bench import (
    events,
    everyday,
    ledger_families,
    ledger_stories,
    pages,
    places,
    quantities,
    speech,
    speed,
    status,
    time,
)
from bench.gates import CEILINGS, FLOORS, Figures, floors, measure

SLACK = {"speed": 0.25}  # share by which the floors of a gate stay below what was found: machines differ, gold does not


def gates() -> dict[str, Callable[[], Figures | None]]:
    """Return every gate by name."""
    out: dict[str, Callable[[], Figures | None]] = {
        f"events-{name}": partial(events.figures, name) for name in ("seed", "corpus-dev", "wikinews", "gsr")
    }
    out["everyday"] = everyday.figures
    out |= {f"status-{name}": partial(status.figures, name) for name in ("corpus-dev", "wikinews")}
    out |= {f"speech-{name}": partial(speech.figures, name) for name in ("quotes", "speakers")}
    return out | {
        "pages": pages.figures,
        "places": places.figures,
        "time": time.figures,
        "quantities": quantities.figures,
        "ledger-families": ledger_families.figures,
        "ledger-stories": ledger_stories.figures,
        "ledger-stories-third": partial(ledger_stories.figures, "third"),
        "ledger-stories-fourth": partial(ledger_stories.figures, "fourth"),
        "ledger-stories-fifth": partial(ledger_stories.figures, "fifth"),
        "ledger-stories-seventh": partial(ledger_stories.figures, "seventh"),
        "ledger-stories-eighth": partial(ledger_stories.figures, "eighth"),
        "ledger-stories-tenth": partial(ledger_stories.figures, "tenth"),
        "ledger-stories-blind": partial(ledger_stories.figures, "blind"),
        "ledger-stories-sealed": partial(ledger_stories.figures, "sealed"),
        "speed": speed.isolated,
    }


def raised() -> None:
    """Write the figures found as floors where they are better than what stands there."""
    known = floors()
    for gate, work in gates().items():
        found = work()
        if found is None:
            continue
        kept = known.setdefault(gate, {})
        for figure, value in found.items():
            if gate == "speed" and figure not in CEILINGS:
                continue
            low = figure in CEILINGS
            value *= 1 + SLACK.get(gate, 0.0) if low else 1 - SLACK.get(gate, 0.0)
            better = min if low else max
            kept[figure] = math.floor(1e4 * (better(value, kept[figure]) if figure in kept else value)) / 1e4
    FLOORS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gates", nargs="*", metavar="GATE", help="only these")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/evaluation.md holds it")
    parser.add_argument("--raise", action="store_true", dest="raising", help="raise the floors to what is found")
    options = parser.parse_args()
    if options.raising:
        raised()
        return 0
    row = "| {} | {} | {} | {} |{}" if options.markdown else "{:18} {:22} {:>10} {:>10}{}"
    print(row.format("gate", "figure", "value", "floor", ""))
    if options.markdown:
        print("|---|---|---:|---:|")
    kept = True
    chosen = {name: work for name, work in gates().items() if not options.gates or name in options.gates}
    for line in measure(chosen):
        value = "skipped" if line.value is None else f"{line.value:.3f}"
        mark = "" if line.held else " not kept"
        print(row.format(line.gate, line.figure, value, f"{line.floor:.3f}", mark), flush=True)
        kept &= line.held
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
