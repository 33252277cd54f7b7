"""The blocks of the cookbooks run: shell lines through the command line, Python and R as they stand."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from lagebild.cli.main import main
from lagebild.ledger.build import build
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from tests.export.sample import SAMPLE

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    """Return (first line that says something, code) of a page's blocks in one language."""
    found = [code for kind, code in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")) if kind == language]
    return [pytest.param(code, id=f"{number}-{code.splitlines()[0]}") for number, code in enumerate(found, 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a ledger and the files that both pages make."""
    where = tmp_path_factory.mktemp("cookbook")
    store = Store(where / "ledger")
    write(store, list(SAMPLE))
    build(store)
    with contextlib.chdir(where), contextlib.redirect_stdout(io.StringIO()):
        for page in ("cookbook-python.md", "cookbook-r.md"):
            for block in blocks(page, "sh"):
                for line in block.values[0].splitlines():
                    program, *arguments = shlex.split(line)
                    assert (program, main(arguments)) == ("lagebild", 0), line
    return where


def imported(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("code", blocks("cookbook-python.md", "python"))
def test_python(folder, monkeypatch, code):
    for module in imported(code):
        pytest.importorskip(module.partition(".")[0], reason=f"{module} is not installed")
    if "pyspark" in code and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    monkeypatch.chdir(folder)
    exec(compile(code, "cookbook-python.md", "exec"), {"__name__": "cookbook"})


@cache
def r_packages():
    """Return the names of the packages that R has."""
    listed = subprocess.run(["Rscript", "-e", "cat(.packages(all.available = TRUE))"], capture_output=True, text=True)
    return set(listed.stdout.split())


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no Rscript")
@pytest.mark.parametrize("code", blocks("cookbook-r.md", "r"))
def test_r(folder, code):
    if missing := set(re.findall(r"library\((\w+)\)", code)) - r_packages():
        pytest.skip(f"R lacks {', '.join(sorted(missing))}")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    ran = subprocess.run(
        ["Rscript", "-e", code], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_there_are_blocks():
    assert len(blocks("cookbook-python.md", "python")) >= 10
    assert len(blocks("cookbook-r.md", "r")) >= 7
