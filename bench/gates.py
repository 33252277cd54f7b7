"""The gates: what is measured, and the floor each figure has to keep.

Floors stand in ``floors.json``: ``{"gate": {"figure": floor}}``; a figure whose name is in ``CEILINGS`` must stay below.
Raising a floor is part of any change that improves a figure; lowering one is a change of that file that says why.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
CEILINGS = {"whole_to_bare", "import_seconds", "one_page_from_shell_seconds", "peak_memory_mb"}
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one gate against its floor."""

    gate: str
    figure: str
    value: float | None
    floor: float

    @property
    def held(self) -> bool:
        """Whether the floor (or ceiling) is kept; a skipped gate counts as kept and is reported."""
        if self.value is None:
            return True
        return self.value <= self.floor if self.figure in CEILINGS else self.value >= self.floor


def floors() -> dict[str, Figures]:
    """Read the floor file."""
    loaded: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return loaded


def measure(gates: dict[str, Callable[[], Figures | None]]) -> Iterator[Line]:
    """Run the gates that have a floor and yield a line per figure; a gate without its gold yields None values."""
    for gate, wanted in floors().items():
        if gate not in gates:
            continue
        found = gates[gate]()
        for figure, floor in wanted.items():
            yield Line(gate, figure, None if found is None else found[figure], floor)
