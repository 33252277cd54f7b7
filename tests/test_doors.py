"""The doors of the house: which room may import which."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "lagebild"
MODULES = sorted(SOURCE.rglob("*.py"))
ALLOWED = {  # room -> the rooms it may import; "rules" and "records" are open to all
    "records": set(),
    "settings": set(),
    "version": set(),
    "rules": {"rules"},
    "page": {"page", "settings"},
    "language": {"language", "settings"},
    "layers": {"layers", "settings"},
    "resolve": {"resolve", "layers", "settings"},
    "pipeline": {"page", "language", "layers", "resolve", "version"},
    "parallel": {"pipeline"},
    "ledger": {"ledger"},
    "export": {"export", "ledger", "version"},
}
OPEN = {"records", "rules"}
VOTE = (
    "lagebild.layers.linear"  # the classifier needs numpy alone: the ledger may use it, and nothing else of the layers
)
MARKS = (  # read off the text alone, without the network: the reader and the layer of speech must read them alike
    "lagebild.language.marks",
    "lagebild.language.turns",
)
SPACY = {"language", "layers", "resolve", "pipeline"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_room_imports_only_what_its_doors_allow(path):
    room = room_of(path)
    if room in ("cli", "__init__", "__main__"):
        return
    shared = {"ledger": VOTE, "layers": MARKS}.get(room, ())
    names = {name for name in imported(path) if not (shared and name.startswith(shared))}
    rooms = {name.split(".")[1] for name in names if name.startswith("lagebild.")}
    allowed = ALLOWED[room] | (OPEN if room not in ("records", "settings", "version") else set())
    assert rooms <= allowed, f"{room} imports {sorted(rooms - allowed)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_spacy_stays_behind_language_and_layers(path):
    if any(name.split(".")[0] == "spacy" for name in imported(path)):
        assert room_of(path) in SPACY


def test_trafilatura_is_imported_in_one_place():
    users = [path for path in MODULES if any(name.split(".")[0] == "trafilatura" for name in imported(path))]
    assert len(users) == 1


def test_the_lexicon_room_holds_data_only():
    files = [path for path in (SOURCE / "lexicon").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if path.suffix == ".py"]
