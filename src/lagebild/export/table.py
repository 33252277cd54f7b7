"""The table people read in a terminal: one block per article, one line per event or statement, with its words.

On a terminal too narrow for columns each line becomes a few short ones. Where the output is piped, lines end with their
last letter and are as wide as ``COLUMNS`` says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lagebild.export.rows import What, name_of, quote, speaker_names
from lagebild.records import Actor, Article, Event, Evidence, Records, Span, Statement

PIPED_WIDTH = 160  # columns where neither a terminal nor COLUMNS says
NARROW = 110  # below that, columns would be too narrow to read
CONTEXT = 45  # characters of the sentence shown on each side of the words
MARKS = {True: ("", ""), False: ("[", "]")}  # where nothing can be bold, brackets mark the words
DAY = re.compile(r"\d{4}(-\d\d){0,2}(T\d\d:\d\d.*)?")  # a year, month, day or minute: the values a reader knows
STATUS_STYLE = {
    "actual": "",
    "planned": "cyan",
    "possible": "yellow",
    "demanded": "magenta",
    "conditional": "yellow",
    "denied": "red",
}
HEADS: dict[What, dict[str, int | None]] = {
    "events": {
        "what": None,
        "who → whom": 3,
        "status": None,
        "on whose word": 2,
        "where, when, how many": 2,
        "words": 5,
    },
    "statements": {"who says": 3, "how": 2, "words": 8, "tells of": 2},
}
"""The columns, and how much of the width they share; None takes what it needs."""
LINES: dict[What, list[list[int]]] = {"events": [[1, 3], [2], [4, 5], [6]], "statements": [[1, 2], [3], [4]]}
"""Which cells share a line where the terminal is narrow."""
Cells = list[str | Text]


class TableWriter:
    """Prints each article as it comes."""

    def __init__(self, stream: TextIO, *, explain: bool = False, what: What = "events"):
        self.explain, self.what, self.stream = explain, what, stream
        self.console = Console(file=stream, highlight=False, markup=False, soft_wrap=False)
        if not self.console.is_terminal:
            self.console = Console(file=stream, highlight=False, markup=False, width=_piped_width())

    def feed(self, records: Records) -> None:
        """Print one article."""
        with self.console.capture() as printed:
            for part in self._parts(records):
                self.console.print(part)
        text = printed.get()
        if not self.console.is_terminal:
            text = "\n".join(line.rstrip() for line in text.split("\n"))
        self.stream.write(text)
        self.stream.flush()

    def finish(self) -> None:
        """Nothing is left to print."""

    def _parts(self, records: Records) -> Iterator[RenderableType]:
        article = records.article
        yield Text(article.headline or article.doc or article.id, style="bold")
        yield Text(" · ".join(_facts(article)), style="dim")
        yield from (Text(f"note: {note}", style="dim") for note in article.notes)
        rows = self._rows(records)
        if not rows:
            yield f"  no {self.what} found\n"
        elif self.console.width < NARROW:
            yield from _stacked(rows, LINES[self.what])
        else:
            yield _table(rows, HEADS[self.what])
        if self.explain:
            yield from _explanation(records)
            yield ""

    def _rows(self, records: Records) -> list[Cells]:
        if self.what == "statements":
            return list(_statements(records))
        return list(_events(records, marks=MARKS[self.console.is_terminal]))


def _piped_width() -> int:
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdecimal() and int(asked) else PIPED_WIDTH


def _table(rows: Iterable[Cells], heads: dict[str, int | None]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("#", justify="right", style="dim")
    for head, share in heads.items():
        table.add_column(head, ratio=share)
    for row in rows:
        table.add_row(*row)
    return table


def _stacked(rows: Iterable[Cells], lines: Iterable[list[int]]) -> Iterator[RenderableType]:
    """One row below the other: each a few lines, the first of them a heading with the number."""
    yield ""
    for row in rows:
        first, *others = (Text(" · ").join(_flat(row[n]) for n in line if str(row[n])) for line in lines)
        yield Text.assemble((f"#{row[0]} ", "dim"), first)
        yield from (Padding(line, (0, 0, 0, 4)) for line in others if line)
        yield ""


def _flat(cell: str | Text) -> Text:
    return cell if isinstance(cell, Text) else Text(", ".join(cell.split("\n")))


def _facts(article: Article) -> Iterable[str]:
    if article.kicker:
        yield article.kicker
    if article.outlet:
        yield article.outlet
    if article.origin_outlet and article.origin_outlet != article.outlet:
        yield f"from {article.origin_outlet}"
    if credits := "/".join(dict.fromkeys((*article.bylines, *article.agencies))):
        yield credits
    yield article.published or "date unknown"
    if article.kind != "article":
        yield article.kind
    if article.headline and article.doc:
        yield article.doc


def _events(records: Records, *, marks: tuple[str, str]) -> Iterator[Cells]:
    numbers = {event.id: n for n, event in enumerate(records.events, 1)}
    for event in records.events:
        yield [
            str(numbers[event.id]),
            f"{event.type}\n{event.mode}" if event.mode else event.type,
            _roles(event),
            Text(_status(event, numbers), style=STATUS_STYLE[event.status]),
            _voucher(event, records.statements),
            _where_when_many(event),
            _words(records.article.text, event.trigger, marks),
        ]


def _statements(records: Records) -> Iterator[Cells]:
    ordered = sorted(records.statements, key=lambda statement: [span.start for span in statement.message])
    numbers = {statement.id: n for n, statement in enumerate(ordered, 1)}
    for statement in ordered:
        told = [f"#{n} {event.type}" for n, event in enumerate(records.events, 1) if event.statement == statement.id]
        yield [
            str(numbers[statement.id]),
            ", ".join(_people(statement.source)) or speaker_names(statement) or "unnamed",
            "\n".join(_how(statement, numbers)),
            Text(" ".join((quote(statement.message) or "–").split())),
            "\n".join(told),
        ]


def _how(statement: Statement, numbers: dict[int, int]) -> Iterator[str]:
    if cue := quote(statement.cue):
        yield cue
    yield statement.form if statement.stance == "neutral" else f"{statement.form}, {statement.stance}"
    if statement.addressee:
        yield f"to {statement.addressee.quote}"
    if statement.parent is not None:
        yield f"in #{numbers.get(statement.parent, '?')}"


def _roles(event: Event) -> str:
    actors, recipients = _people(event.actors), _people(event.recipients)
    if actors and actors == recipients:
        return " ↔ ".join(actors) if len(actors) > 1 else actors[0]
    who = ", ".join(actors) or "–"
    return f"{who} → {', '.join(recipients)}" if recipients else who


def _people(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(f"{name_of(actor)} ({actor.code or '?'})" for actor in actors))


def _status(event: Event, numbers: dict[int, int]) -> str:
    out: str = event.status
    if event.content_of is not None:
        out += f"\ncontent of #{numbers.get(event.content_of, '?')}"
    if event.condition is not None:
        out += f"\nonly if #{numbers.get(event.condition, '?')}"
    return out


def _voucher(event: Event, statements: Iterable[Statement]) -> str:
    statement = next((s for s in statements if s.id == event.statement), None)
    if statement is None:
        return "the article"
    who = (speaker_names(statement) or "unnamed").replace("; ", ", ")
    return who if statement.stance == "neutral" else f"{who} ({statement.stance})"


def _where_when_many(event: Event) -> str:
    parts = []
    if event.place:
        parts.append(event.place.name or event.place.span.quote)
    if event.date:
        value = event.date.value or ""
        parts.append(value if DAY.fullmatch(value) else event.date.span.quote)  # "derzeit", not PRESENT_REF
    dated = event.date.span if event.date else None
    numbers = [quantity.span for quantity in event.quantities]
    parts += [span.quote for span in numbers if not (dated and span.start < dated.end and dated.start < span.end)]
    return "\n".join(parts)


def _words(text: str, trigger: tuple[Span, ...], marks: tuple[str, str]) -> Text:
    start, end = trigger[0].start, trigger[-1].end
    left = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + CONTEXT)
    out = Text("…" if left and text[left - 1] != "\n" else "")
    position = left
    for span in trigger:
        out.append(text[position : span.start])
        out.append(marks[0] + text[span.start : span.end] + marks[1], style="bold")
        position = span.end
    out.append(text[position:right])
    if right < len(text) and text[right] != "\n":
        out.append("…")
    return out


def _explanation(records: Records) -> Iterable[Text]:
    versions = records.versions
    yield Text(f"  lagebild {versions.program}, model {versions.model}, lexicon {versions.lexicon}", style="dim")
    for number, event in enumerate(records.events, 1):
        yield Text(f"  #{number} {event.type} [{quote(event.trigger)}]", style="bold")
        shown = [*event.evidence]
        for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
            shown += [Evidence(f"{role} {e.field}", e.rule, e.cue, e.note) for actor in actors for e in actor.evidence]
        for evidence in dict.fromkeys(shown):
            cue = f" “{evidence.cue.quote}”" if evidence.cue else ""
            note = f" ({evidence.note})" if evidence.note else ""
            yield Text(f"      {evidence.field:<18} {evidence.rule}{cue}{note}")
