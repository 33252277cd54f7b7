"""Lagebild: who did, said, promised, demanded or denied what, read from German news, each record with its words.

>>> import lagebild
>>> article = lagebild.read("page.html")
>>> records = lagebild.code(article)
"""

from typing import Any

from lagebild.records import Article, Records
from lagebild.version import __version__

__all__ = ["Article", "Records", "__version__", "code", "frame", "read"]


def __getattr__(name: str) -> Any:  # spaCy and the page tools load when they are used, not on import
    if name == "read":
        from lagebild.page import read

        return read
    if name == "code":
        from lagebild.pipeline import code

        return code
    if name == "frame":
        from lagebild.export.frame import frame

        return frame
    raise AttributeError(f"module 'lagebild' has no attribute {name!r}")


def __dir__() -> list[str]:  # what loads when it is used is there all the same
    return sorted({*globals(), *__all__})
