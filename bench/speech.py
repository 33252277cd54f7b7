"""Measures the layer of speech: ``python -m bench.speech [quotes] [debates] [speakers]``.

quotes    attribution in German news, ``$LAGEBILD_DATA/data/newsatt`` with ``eval/speech/score_quotes.py``
debates   speech events in parliament, ``data/spkatt`` with ``eval/speech/score_speech.py``; the packaged weights were
          trained on this very file, so what it prints is no measure of quality (``python -m model.debate --folds 5`` is)
speakers  the speaker of each gold event of corpus/dev, were every trigger found, as ``score_events.py`` counts it
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from bench.data import SHARED

SETS = {
    "quotes": ("data/newsatt/train.jsonl", "eval/speech/score_quotes.py", "newsatt"),
    "debates": ("data/spkatt/train.jsonl", "eval/speech/score_speech.py", "spkatt"),
}


def figures(name: str) -> dict[str, float] | None:
    """Return the figures the gates hold, or None where the gold is not there."""
    if name == "speakers":
        return speakers()
    gold, scorer, scheme = SETS[name]
    if not (SHARED / gold).exists() or not (SHARED / scorer).exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        attribute(SHARED / gold, out, scheme)
        done = subprocess.run(
            [sys.executable, str(SHARED / scorer), str(SHARED / gold), str(out)], check=True, capture_output=True
        )
    result = json.loads(done.stdout)
    if name == "quotes":
        return {
            "quotes_f1": result["quotes"]["f1"],
            "attributed_f1": result["attributed"]["f1"],
            "joint_f1": result["joint"]["f1"],
            "form_acc": result["form"],
        }
    return {f"{part}_f1": result["official"][part]["f1"] for part in ("cues", "roles", "joint")}


def attribute(source: Path, out: Path, scheme: str) -> None:
    """Run the command as the shell would."""
    from lagebild.cli.attribute import run

    code = run(Namespace(input=source, out=out, scheme=scheme, lexicon=None))
    if code:
        raise RuntimeError(f"lagebild attribute {source} ended with {code}")


def speakers() -> dict[str, float]:
    """Return the accuracy of the speaker on the gold events of corpus/dev."""
    from model.speech import accuracy

    right, total = accuracy("dev")
    return {"speaker_acc": right / total, "events": float(total)}


def main() -> None:
    for name in sys.argv[1:] or ("quotes", "speakers"):
        found = figures(name)
        print(name, "skipped" if found is None else json.dumps({k: round(v, 4) for k, v in found.items()}))


if __name__ == "__main__":
    main()
