"""Imports spaCy without its command line, which pulls in a download client and takes longer than the rest of spaCy.

``spacy/__init__.py`` imports one function of ``spacy.cli``; while it does, a stand-in lies in its place. The command line
itself stays as it was: whoever imports ``spacy.cli`` afterwards gets the real one.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

COMMAND = "spacy.cli.info"


def info(*args: Any, **options: Any) -> Any:
    """Do what ``spacy.info`` does: import spaCy's command line and ask it."""
    return importlib.import_module(COMMAND).info(*args, **options)


def import_spacy() -> None:
    """Import spaCy, once per process."""
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(COMMAND)
    vars(stand_in)["info"] = info
    sys.modules[COMMAND] = stand_in
    try:
        importlib.import_module("spacy")
    finally:
        if sys.modules.get(COMMAND) is stand_in:
            del sys.modules[COMMAND]
