"""How far ``confidence`` can be trusted: ``python -m bench.calibration [NAME ...]``.

For each band of confidence: how many events were found with it, and how many of them are right (a gold event of the same
type stands on the same words). Well calibrated means that both columns agree. Optional gold events are left out.
"""

from __future__ import annotations

import sys
from itertools import pairwise

from bench.data import event_gold
from bench.events import predict
from bench.scorers import events as scorer

BANDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def judged(name: str) -> list[tuple[float, bool]]:
    """Return (confidence, right) of every event found on a gold file; empty where the gold is not there."""
    path = event_gold(name)
    if path is None:
        return []
    gold, predicted = scorer.load(path), predict(path)
    out = []
    for doc, row in gold.items():
        found = predicted[doc]["events"]
        right = {p for g, p in scorer.pair(row["events"], found) if not row["events"][g].get("optional")}
        for number, event in enumerate(found):
            optional = any(g.get("optional") and scorer.overlap(g["trigger"], event["trigger"]) for g in row["events"])
            if number in right or not optional:
                out.append((event["confidence"], number in right))
    return out


def error(pairs: list[tuple[float, bool]]) -> float:
    """Return the expected calibration error: the mean gap between confidence and share of right ones over the bands."""
    total = 0.0
    for low, high in pairwise(BANDS):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            total += abs(sum(c for c, _ in inside) - sum(r for _, r in inside))
    return total / max(1, len(pairs))


def main() -> int:
    """Print one table per gold set."""
    for name in sys.argv[1:] or ["corpus-dev", "wikinews"]:
        pairs = judged(name)
        if not pairs:
            print(f"{name}: skipped, no such gold here")
            continue
        print(f"{name}: {len(pairs)} events, expected calibration error {error(pairs):.3f}")
        print(f"{'confidence':>14} {'events':>8} {'mean':>8} {'right':>8}")
        for low, high in pairwise(BANDS):
            inside = [pair for pair in pairs if low <= pair[0] < high]
            if inside:
                mean, right = sum(c for c, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
                print(f"{low:>6.2f} - {min(high, 1):.2f} {len(inside):>8} {mean:>8.2f} {right:>8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
