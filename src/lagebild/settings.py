"""Typed settings, read once. A default is stated here and nowhere else; ``LAGEBILD_<NAME>`` in the environment changes it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may use up and where it may reach. Sizes in bytes, times in seconds."""

    max_page_bytes: int = 20_000_000
    """A longer page is refused: the longest liveblogs measure a few megabytes."""

    max_jsonl_line_bytes: int = 40_000_000
    """A longer JSONL line is refused without being held in memory."""

    max_nesting: int = 400
    """Markup nested deeper is flattened below this level; the parser loses text from level 2048 on."""

    fetch_timeout: float = 15.0
    """How long a server may stay silent."""

    fetch_deadline: float = 60.0
    """How long one address may take in all, redirects included."""

    max_redirects: int = 5
    allow_private_addresses: bool = False
    """Whether loopback, private and link-local addresses may be fetched."""

    user_agent: str = "lagebild/0.1 (reads single news pages on request)"


class SettingsError(ValueError):
    """Raised for a setting in the environment that cannot be read; the message names the variable."""


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the defaults with the values of ``LAGEBILD_*`` variables over them. Raises ``SettingsError``."""
    changes: dict[str, object] = {}
    for field in dataclasses.fields(Settings):
        variable = f"LAGEBILD_{field.name.upper()}"
        if variable in environment:
            changes[field.name] = _value(variable, environment[variable], field.default)
    return dataclasses.replace(Settings(), **changes)  # type: ignore[arg-type]


def _value(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in ("yes", "no"):
            raise SettingsError(f"{variable} is {text!r}; write yes or no")
        return text.lower() == "yes"
    if isinstance(default, str):
        return text
    try:
        number = float(text) if isinstance(default, float) else int(text)
    except ValueError:
        raise SettingsError(f"{variable} is {text!r}, not a number") from None
    if number <= 0:
        raise SettingsError(f"{variable} is {text!r}; it must be above 0")
    return number
