"""Compiled against interpreted: ``make fast && python -m bench.compiled`` says whether the records are the same and what each costs.

Both environments code the annotated articles of the project's own gold; the records have to be the same byte for byte. The ratio is that of
``bench.speed``: the whole way against the bare language pipeline on the same texts in the same run, shortest of three.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

from bench.speed import texts, worked
from lagebild import pipeline
from lagebild.language import load
from lagebild.layers.events import roles
from lagebild.records import Article

FAST = Path(".venv-fast/bin/python")
ROUNDS = 3


def digest(articles: list[Article]) -> str:
    """Return the SHA-256 of the records of some articles; raises ``SystemExit`` where one could not be coded."""
    records = list(pipeline.code_all(articles))
    if failed := [f"{one.article.id}: {note}" for one in records for note in one.notes]:
        raise SystemExit("\n".join(failed))
    told = ((one.events, one.statements, one.actors, one.places, one.dates, one.quantities) for one in records)
    return hashlib.sha256("\n".join(map(repr, told)).encode()).hexdigest()


def ratio(articles: list[Article]) -> float:
    """Return what the whole way costs against the bare pipeline, in processor time."""
    nlp = load()

    def bare() -> None:
        list(nlp.pipe((article.text for article in articles), batch_size=32))

    def whole() -> None:
        list(pipeline.code_all(articles))

    return min(worked(whole) for _ in range(ROUNDS)) / min(worked(bare) for _ in range(ROUNDS))


def measured() -> dict[str, str | float]:
    """Return how this environment runs the layers, the digest of its records, and its ratio."""
    articles = [Article(id=str(number), text=text, published="2015-01-01") for number, text in enumerate(texts())]
    way = "interpreted" if str(roles.__file__).endswith(".py") else "compiled"
    return {"way": way, "records": digest(articles), "whole_to_bare": ratio(articles)}


def main() -> None:
    """Compare both environments; the exit code is 1 where the records differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", action="store_true", help="measure this environment alone")
    if parser.parse_args().one:
        print(json.dumps(measured()))
        return
    if not FAST.exists():
        raise SystemExit(f"{FAST} is missing: run make fast first")
    runs = []
    for python in (sys.executable, str(FAST)):
        done = subprocess.run([python, "-m", "bench.compiled", "--one"], stdout=subprocess.PIPE, check=True, text=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{runs[-1]['way']:12} whole_to_bare {runs[-1]['whole_to_bare']:.2f}  records {runs[-1]['records'][:16]}")
    if runs[0]["records"] != runs[1]["records"] or runs[1]["way"] != "compiled":
        raise SystemExit("the records differ, or nothing is compiled")


if __name__ == "__main__":
    main()
