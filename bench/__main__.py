"""``python -m bench``: one table of every gate. Exit code 1 where a floor is not kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from bench import events, pages, places, quantities, speech, speed, status, time
from bench.gates import Figures, measure


def gates() -> dict[str, Callable[[], Figures | None]]:
    """Return every gate by name."""
    out: dict[str, Callable[[], Figures | None]] = {
        f"events-{name}": partial(events.figures, name) for name in ("seed", "corpus-dev", "wikinews", "gsr")
    }
    out |= {f"status-{name}": partial(status.figures, name) for name in ("corpus-dev", "wikinews")}
    out |= {f"speech-{name}": partial(speech.figures, name) for name in ("quotes", "speakers")}
    return out | {
        "pages": pages.figures,
        "places": places.figures,
        "time": time.figures,
        "quantities": quantities.figures,
        "speed": speed.figures,
    }


def main() -> int:
    """Measure and print."""
    kept = True
    print(f"{'gate':18} {'figure':30} {'value':>10} {'floor':>10}")
    for line in measure(gates()):
        value = "skipped" if line.value is None else f"{line.value:.4f}"
        mark = "" if line.held else "  below the floor"
        print(f"{line.gate:18} {line.figure:30} {value:>10} {line.floor:>10.4f}{mark}", flush=True)
        kept &= line.held
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
