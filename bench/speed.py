"""Speed: ``python -m bench.speed``. Every figure that is held is a ratio within one run on one machine.

Prints words per second on one core for the bare language pipeline and for the whole way, each stage's share, the peak
memory of the process, and how long an import and one page from the shell take.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.data import event_gold

ROUNDS = 5
PAGE = """Lawrow kündigt Abzug an

Russland zieht seine Truppen aus der Region ab, sagte Außenminister Lawrow am Montag in Moskau. Die Regierung in Kiew warf
ihm vor, den Abzug nur vorzutäuschen. Präsident Selenskyj forderte neue Sanktionen gegen russische Banken.

Bei einem Angriff auf die Stadt Charkiw wurden nach Angaben der Behörden zwölf Menschen getötet und mehr als dreißig
verletzt. Bundeskanzler Scholz verurteilte den Angriff und kündigte weitere Hilfe an. Die Vereinten Nationen riefen beide
Seiten zur Zurückhaltung auf.

In Berlin demonstrierten am Abend Tausende gegen den Krieg; die Polizei nahm fünf von ihnen fest. Am Mittwoch wollen sich
die Außenminister der Europäischen Union in Brüssel treffen, um über ein neues Paket von Sanktionen zu beraten.
"""


def texts() -> list[str]:
    """Return the articles of the corpus, about 37,000 words."""
    path = event_gold("corpus-train")
    if path is None:
        raise SystemExit("bench.speed needs bench/gold/corpus/train.events.jsonl")
    return [json.loads(line)["text"] for line in path.open(encoding="utf-8")]


def figures() -> dict[str, float]:
    """Measure; speeds are the best of ``ROUNDS``, taken in turn so that both ways meet the same machine."""
    from lagebild import pipeline
    from lagebild.language import load
    from lagebild.records import Article

    articles = [Article(id=str(n), text=text, published="2015-01-01") for n, text in enumerate(texts())]
    words = sum(len(article.text.split()) for article in articles)
    nlp = load()

    def bare() -> None:
        for _ in nlp.pipe((a.text for a in articles), batch_size=32):
            pass

    def whole() -> None:
        for _ in pipeline.code_all(articles):
            pass

    whole()  # the first round loads tables and fills caches
    seconds = [(worked(bare), worked(whole)) for _ in range(ROUNDS)]
    out = {
        "words": float(words),
        "bare_words_per_second": words / min(b for b, _ in seconds),
        "whole_words_per_second": words / min(w for _, w in seconds),
        "whole_to_bare": statistics.median(w / b for b, w in seconds),
        "peak_memory_mb": peak_memory(),
    }
    return out | shares(articles, bare) | _shell()


def peak_memory() -> float:
    """Return the most memory this process held, in MB. ``ru_maxrss`` would also count the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            next(float(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def isolated() -> dict[str, float]:
    """Return the figures of a fresh process, whose memory is its own."""
    out = subprocess.run([sys.executable, "-m", "bench.speed"], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in map(str.split, out.splitlines())}


def shares(articles: list[Any], bare: Callable[[], None]) -> dict[str, float]:
    """Return each layer's share of the whole way's time, in percent, measured by wrapping the layer's function."""
    from lagebild import pipeline

    spent: dict[str, float] = defaultdict(float)
    names = [name for name in vars(pipeline) if name.startswith(("find_", "resolve_"))]
    originals = {name: getattr(pipeline, name) for name in names}

    def wrap(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any) -> tuple[Any, ...]:
            start = time.perf_counter()
            try:
                return tuple(function(*args))
            finally:
                spent[name] += time.perf_counter() - start

        return timed

    for name, function in originals.items():
        setattr(pipeline, name, wrap(name, function))
    try:
        total = _timed(lambda: [None for _ in pipeline.code_all(articles)])
    finally:
        for name, function in originals.items():
            setattr(pipeline, name, function)
    out = {f"share_{name}": 100 * seconds / total for name, seconds in spent.items()}
    return out | {"share_language_and_rest": 100 - sum(out.values())}


def _shell() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.txt"
        path.write_text(PAGE, encoding="utf-8")
        code = [sys.executable, "-c", "import sys; from lagebild.cli.main import main; sys.exit(main(sys.argv[1:]))"]
        run = [*code, "code", str(path), "--date", "2020-01-01"]
        compiled = _compiled(Path(folder) / "compiled")
        plain, package = ([sys.executable, "-c", line] for line in ("pass", "import lagebild"))
        return {
            "import_seconds": _best(package, compiled) - _best(plain, compiled),
            "one_page_from_shell_seconds": _best(run, compiled),
        }


def _compiled(folder: Path) -> dict[str, str]:
    """Return an environment in which modules are compiled once, as an installed package has them, whatever ours says."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


def _best(command: list[str], environment: dict[str, str]) -> float:
    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)

    run()  # compiles
    return min(_timed(run) for _ in range(3))


def worked(work: Callable[[], object]) -> float:
    """Return the processor time of one core: what else the machine does counts little, and no thread works unseen."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Measure and print."""
    for name, value in figures().items():
        print(f"{name:32} {value:12.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
