"""The table people read in a terminal: one block per article, one line per event, with its words in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lagebild.export.rows import name_of
from lagebild.records import Actor, Article, Event, Evidence, Records, Span, Statement

PIPED_WIDTH = 160  # columns when there is no terminal to ask
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


class TableWriter:
    """Prints each article as it comes."""

    def __init__(self, stream: TextIO, *, explain: bool = False):
        self.explain = explain
        self.console = Console(file=stream, highlight=False, markup=False, soft_wrap=False)
        if not self.console.is_terminal:
            self.console = Console(file=stream, highlight=False, markup=False, width=PIPED_WIDTH)

    def feed(self, records: Records) -> None:
        """Print one article."""
        article = records.article
        self.console.print(Text(article.headline or article.doc or article.id, style="bold"))
        self.console.print(Text(" · ".join(_facts(article)), style="dim"))
        if records.events:
            self.console.print(_events(records, marks=MARKS[self.console.is_terminal]))
        else:
            self.console.print("  no events found\n")
        if self.explain:
            for line in _explanation(records):
                self.console.print(line)
            self.console.print()

    def finish(self) -> None:
        """Nothing is left to print."""


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


def _events(records: Records, *, marks: tuple[str, str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("#", justify="right", style="dim")
    table.add_column("what")
    table.add_column("who → whom", ratio=3)
    table.add_column("status")
    table.add_column("on whose word", ratio=2)
    table.add_column("where, when, how many", ratio=2)
    table.add_column("words", ratio=5)
    numbers = {event.id: n for n, event in enumerate(records.events, 1)}
    for event in records.events:
        table.add_row(
            str(numbers[event.id]),
            f"{event.type}\n{event.mode}" if event.mode else event.type,
            _roles(event),
            Text(_status(event, numbers), style=STATUS_STYLE[event.status]),
            _voucher(event, records.statements),
            _where_when_many(event),
            _words(records.article.text, event.trigger, marks),
        )
    return table


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
    names = [name_of(actor) or "" for actor in statement.source]
    if not names and statement.source_span:
        names = [statement.source_span.quote]
    who = ", ".join(dict.fromkeys(names)) or "unnamed"
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
        yield Text(f"  #{number} {event.type} [{' … '.join(span.quote for span in event.trigger)}]", style="bold")
        shown = [*event.evidence]
        for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
            shown += [Evidence(f"{role} {e.field}", e.rule, e.cue, e.note) for actor in actors for e in actor.evidence]
        for evidence in dict.fromkeys(shown):
            cue = f" “{evidence.cue.quote}”" if evidence.cue else ""
            note = f" ({evidence.note})" if evidence.note else ""
            yield Text(f"      {evidence.field:<18} {evidence.rule}{cue}{note}")
