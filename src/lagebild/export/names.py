"""What actors are called in exports: the name they resolve to, else the name of their code; never a pronoun or bare words.

Words group nothing ("sie", "die Seiten", "Armee" and "sudanesische Armee" beside each other); what a code is called does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lagebild.rules.actors import State
from lagebild.rules.lexicon import Lexicon

Row = dict[str, Any]

KINDS = {
    "GOV": "government", "MIL": "military", "COP": "police", "JUD": "judiciary", "LEG": "legislature", "PTY": "party",
    "REB": "rebels", "PRM": "militia", "SPY": "intelligence", "UAF": "armed men", "CVL": "civilians", "OPP": "opposition",
    "REF": "refugees", "JRN": "media", "BUS": "business", "LAB": "labour", "EDU": "education", "MED": "medical staff",
    "REL": "religious", "SOC": "society", "ELI": "elites", "CRM": "criminals", "AGR": "farmers", "UNK": "unknown",
    "PRE": "former officials",
}  # fmt: skip
"""What the sectors of PLOVER are called."""
BLOCS = {
    "UNO": "United Nations", "EUR": "European Union", "IGO": "international organisation", "NGO": "non-governmental organisation",
    "IMG": "transnational armed group", "ISM": "transnational movement", "MNC": "multinational company",
}  # fmt: skip
"""What codes are called that are no states."""


def _states(lexicon: Lexicon) -> dict[str, State]:
    return {row.id: row for row in lexicon.rows("actors/states.tsv", State)}


def state_of(lexicon: Lexicon, code: str | None) -> State | None:
    """Return the state a code begins with, or None."""
    found: dict[str, State] = lexicon.derived(_states)
    return found.get((code or "").partition(":")[0])


def label_of(lexicon: Lexicon, code: str | None) -> str | None:
    """Return what a code is called ("Sudan: military"); None for who resolves to nobody."""
    if not code or code == "-":
        return None
    base, _, rest = code.partition(":")
    state = state_of(lexicon, code)
    who = state.name if state else BLOCS.get(base) or KINDS.get(base, base)
    kinds = ", ".join(KINDS.get(kind, kind) for kind in rest.split("+") if kind)
    return f"{who}: {kinds}" if kinds else who


def is_implied(actor: Row) -> bool:
    """Whether the sentence does not name an actor, only the article."""
    return bool(actor["how"] == "implied")


def names(actors: Iterable[Row], lexicon: Lexicon, *, marked: bool = False, words: bool = False) -> list[str]:
    """Return the names of actors in order, each once; with ``marked`` those of implied ones in brackets.

    ``words``: who resolves to nobody is shown by the words of the article, unless they are a pronoun.
    """
    return list(dict.fromkeys(_names(actors, lexicon, marked=marked, words=words)))


def _names(actors: Iterable[Row], lexicon: Lexicon, *, marked: bool, words: bool) -> Iterator[str]:
    for actor in actors:
        name = actor["name"] or label_of(lexicon, actor["code"])
        if not name and words and actor["how"] != "pronoun":
            name = actor["quote"]
        if name:
            yield f"[{name}]" if marked and is_implied(actor) else name
