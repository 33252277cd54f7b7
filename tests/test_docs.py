"""The docs are proven: every command, option and column is in them, and no figure stands there without its command."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from lagebild.cli.main import build_parser, main
from lagebild.export.jsonl import ARTICLE_FIELDS
from lagebild.export.rows import COLUMNS, STATEMENT_COLUMNS

ROOT = Path(__file__).parent.parent
DOCS = "\n".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


def commands(parser, prefix="lagebild"):
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                yield f"{prefix} {name}", sub
                yield from commands(sub, f"{prefix} {name}")


COMMANDS = dict(commands(build_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert command in DOCS


@pytest.mark.parametrize(
    ("command", "option"),
    [(c, max(a.option_strings, key=len)) for c, p in COMMANDS.items() for a in p._actions if a.option_strings],
)
def test_every_option_is_documented(command, option):
    assert option == "--help" or option in DOCS


@pytest.mark.parametrize("column", sorted({*ARTICLE_FIELDS, *COLUMNS, *STATEMENT_COLUMNS}))
def test_every_field_is_documented(column):
    assert f"`{column}`" in (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")


def test_make_targets_in_the_docs_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z-]+)`", DOCS)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", DOCS))))
def test_links_lead_somewhere(link):
    assert any((base / link).exists() for base in (ROOT, ROOT / "docs"))


def test_the_readme_shows_what_the_command_prints(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command, shown = re.search(r"```\n\$ lagebild (code \S+)\n(.*?)```", readme, re.DOTALL).groups()
    page = command.removeprefix("code ")
    assert main(["code", str(ROOT / page)]) == 0
    printed = capsys.readouterr().out
    assert [line.rstrip() for line in printed.splitlines() if line.strip()] == shown.splitlines()
