"""Where gold lies: our own in ``bench/gold``, everything else in ``$LAGEBILD_DATA`` (default ``../shared``) when there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "bench" / "gold"
SHARED = Path(os.environ.get("LAGEBILD_DATA", ROOT.parent / "shared"))

EVENTS = {
    "seed": SHARED / "eval/events/seed_gold.jsonl",
    "corpus-dev": GOLD / "corpus/dev.events.jsonl",
    "corpus-train": GOLD / "corpus/train.events.jsonl",
    "wikinews": SHARED / "eval/events/wikinews_public.jsonl",
    "gsr": SHARED / "eval/events/gsr_de_public.jsonl",
}
"""Event gold by name; a file that is not there is reported as skipped."""


def event_gold(name: str) -> Path | None:
    """Return the path of an event gold file, or None where it is not there."""
    path = EVENTS[name]
    if name.startswith("corpus") and not path.exists():
        path = SHARED / "data/corpus" / path.name
    return path if path.exists() else None


def gold_rows(name: str) -> list[dict[str, Any]]:
    """Return the articles of an event gold file.

    Raises:
        FileNotFoundError: the file is not there.
    """
    path = event_gold(name)
    if path is None:
        raise FileNotFoundError(EVENTS[name])
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
