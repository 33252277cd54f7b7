"""Compiles the modules that cost most to C where ``LAGEBILD_COMPILE=1`` asks for it (``make fast``); the records are the same.

All else about the package stands in ``pyproject.toml``. The other layers are left to the interpreter until somebody has
compiled them and found their records the same (quantities: a compiled 100 becomes 100.0).
"""

from __future__ import annotations

import os
from pathlib import Path

from setuptools import setup

PACKAGE = Path("src/lagebild")
COMPILED = (
    *("layers/columns.py", "layers/conditions.py", "layers/places.py", "layers/actors/*.py", "layers/dates/*.py"),
    *("layers/events/*.py", "layers/scope/*.py", "layers/speech/*.py", "layers/status/*.py", "resolve/actors/*.py"),
    *("layers/contradictions/*.py", "resolve/places.py", "rules/places/forms.py"),
)
EXCEPT = frozenset(("__init__.py", "newsatt.py"))
"""Left to the interpreter: packages' doors, a command of its own."""


def modules() -> list[str]:
    """Return the modules to compile."""
    return [str(path) for glob in COMPILED for path in sorted(PACKAGE.glob(glob)) if path.name not in EXCEPT]


def extensions() -> list[object]:
    """Return what is to be built: nothing, unless it is asked for."""
    if os.environ.get("LAGEBILD_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    return list(mypycify(modules(), opt_level="2"))


if __name__ == "__main__":
    setup(ext_modules=extensions())
