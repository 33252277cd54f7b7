"""What is said of a source that cannot become an article: which one, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that was not read. ``name`` is the file, address or line; ``doc`` what the input called it, if it did.

    ``language`` is the detected language (ISO 639-1) where the page was refused for not being German.
    """

    name: str
    reason: str
    advice: str
    doc: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}. {self.advice}"


class PageError(ValueError):
    """Raised where a single source cannot be read; ``refusal`` says which, why and what to do."""

    def __init__(self, refusal: Refusal):
        self.refusal = refusal
        super().__init__(str(refusal))


def refuse(name: str, reason: str, advice: str, *, doc: str | None = None, language: str | None = None) -> PageError:
    """Return the error to raise for source ``name``."""
    return PageError(Refusal(name=name, reason=reason, advice=advice, doc=doc, language=language))
