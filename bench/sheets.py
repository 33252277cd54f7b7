"""Annotated articles as people write them: plain text, one sentence a line, events below. ``python -m bench.sheets [FILE...]``.

A sheet is a UTF-8 text file of articles::

    # doc = s1-001
    # date = 2019-03-14
    # source = dpa/AFP
    # kicker = Krise am Horn
    # headline = Äthiopien zieht Truppen ab
    Äthiopiens Regierung hat nach Angaben der UN ihre Truppen aus der Grenzregion abgezogen.
    E RETREAT/withdraw t=abgezogen a=Regierung@ETH:GOV r=- st=actual sp=UN@UNO p=Grenzregion d=-

Types, modes, codes and statuses are those of ``bench/gold/corpus/GUIDE.md``. Instead of token numbers stand the words of
the sentence above the line: ``t=zog+ab`` for the words of one trigger, ``,`` between the members of a list, ``Angriff/2``
for the second ``Angriff`` of the sentence, ``0@CODE`` for one whom the sentence does not name, ``-`` for nobody; ``in=m``
and ``if=m`` name the m-th event of the same sentence. An empty line between two sentences is a paragraph's end (a line
break in the text).

The sheets of ``bench/gold/corpus/sheets`` are training data beside ``corpus/train``: original texts, composed and annotated
by a large language model, one pass; no trees. The command checks files and counts what they hold.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from bench.data import GOLD, gold_rows
from lagebild.records import Status
from lagebild.rules import events as rules
from lagebild.rules.actors import SECTORS
from lagebild.rules.lexicon import own_lexicon

SHEETS = GOLD / "corpus/sheets"
LATER = frozenset(("agentur", "blatt", "blattb", "netz", "netzb", "reihe"))
"""The fields written last: what gained nothing from them was learnt without (docs/events.md)."""
STATUSES = frozenset(get_args(Status))
CODE = re.compile(r"(?P<country>[A-Z]{3})(:(?P<sectors>[A-Z]{3}(\+[A-Z]{3})*))?|-")
Gold = dict[str, Any]


class SheetError(ValueError):
    """A line of a sheet that cannot be read; the message names file, line and what is wrong."""


class Sentence:
    """The sentence that event lines refer to: its words' places in the article's text."""

    def __init__(self, text: str, offset: int, first: int) -> None:
        """Take the sentence, its offset in the article's text and the number of events before it."""
        self.text, self.offset, self.first = text, offset, first

    def span(self, word: str) -> tuple[int, int]:
        """Return the place of a word; ``word/2`` is its second occurrence."""
        name, _, number = word.rpartition("/") if re.search(r"/\d+$", word) else (word, "", "1")
        found = [m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", self.text)]
        if len(found) < int(number):
            raise ValueError(f"{word!r} does not stand in the sentence")
        start, end = found[int(number) - 1]
        return start + self.offset, end + self.offset


def read_sheets(folder: Path = SHEETS) -> Iterator[Gold]:
    """Yield the articles of all sheets of a folder, by file name, in the form of ``corpus/train.events.jsonl``."""
    for path in sorted(folder.glob("*.txt")):
        yield from read_sheet(path)


def training_rows() -> list[Gold]:
    """Return what the votes learn on: the articles of ``corpus/train`` and of all sheets."""
    return [*gold_rows("corpus-train"), *read_sheets()]


def is_later(row: Gold) -> bool:
    """Tell an article of the fields ``LATER``."""
    return str(row["doc"]).rpartition("-")[0] in LATER


def read_sheet(path: Path) -> Iterator[Gold]:
    """Yield the articles of one sheet.

    Raises:
        SheetError: a line is none of the format, or names words, types, modes or codes that are not there.
    """
    doc: Gold | None = None
    sentence, gap = None, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.startswith("# doc ="):
                if doc:
                    yield finished(doc)
                doc, sentence, gap = {"doc": value(line), "text": "", "events": []}, None, ""
            elif doc is None:
                if line.strip():
                    raise ValueError("text before the first '# doc ='")
            elif line.startswith("# "):
                key = line[2:].partition("=")[0].strip()
                if key not in ("date", "source", "kicker", "headline"):
                    raise ValueError(f"unknown key {key!r}")
                doc[key] = value(line)
            elif not line.strip():
                gap = "\n" if doc["text"] else ""
            elif line.startswith("E "):
                if sentence is None:
                    raise ValueError("an event before the first sentence")
                doc["events"].append(event(line, sentence))
            else:
                doc["text"] += (gap or " " if doc["text"] else "") + line.strip()
                sentence, gap = Sentence(line.strip(), len(doc["text"]) - len(line.strip()), len(doc["events"])), ""
        except (ValueError, KeyError) as error:
            raise SheetError(f"{path}:{number}: {error}\n    {line}") from error
    if doc:
        yield finished(doc)


def finished(doc: Gold) -> Gold:
    """Check that links between events lead somewhere."""
    for event in doc["events"]:
        for key in ("content_of", "condition"):
            if event[key] is not None and not 0 <= event[key] < len(doc["events"]):
                raise SheetError(f"{doc['doc']}: {key} of {event['type']} leads to no event")
    if not doc["text"] or not re.fullmatch(r"\d{4}-\d\d-\d\d", doc.get("date", "")):
        raise SheetError(f"{doc['doc']}: no text or no date (YYYY-MM-DD)")
    return doc


def value(line: str) -> str:
    """The part of a header line after ``=``."""
    return line.partition("=")[2].strip()


def event(line: str, sentence: Sentence) -> Gold:
    """Read one event line."""
    kind, *rest = line.split()[1:]
    type_, _, mode = kind.partition("/")
    mode = "" if mode == "-" else mode
    fields = dict(part.split("=", 1) for part in rest)
    if unknown := fields.keys() - {"t", "a", "r", "st", "sp", "p", "d", "in", "if"}:
        raise ValueError(f"unknown field {sorted(unknown)}")
    if type_ not in types() or (mode and f"{type_}/{mode}" not in modes()):
        raise ValueError(f"unknown type or mode {kind!r}")
    if fields["st"] not in STATUSES:
        raise ValueError(f"unknown status {fields['st']!r}")
    speakers = actors(fields.get("sp", "-"), sentence)
    return {
        "type": type_,
        "mode": mode,
        "trigger": [list(sentence.span(word)) for word in fields["t"].split("+")],
        "actors": actors(fields["a"], sentence),
        "recipients": actors(fields["r"], sentence),
        "status": fields["st"],
        "speaker": speakers[0] if speakers else None,
        "place": spans(fields.get("p", "-"), sentence),
        "date": spans(fields.get("d", "-"), sentence),
        "content_of": link(fields.get("in"), sentence),
        "condition": link(fields.get("if"), sentence),
    }


@cache
def types() -> frozenset[str]:
    """The event types, from the lexicon."""
    return frozenset(row.id for row in own_lexicon().rows(rules.TYPES, rules.Type))


@cache
def modes() -> frozenset[str]:
    """The modes of all types (``CONSULT/visit``), from the lexicon."""
    return frozenset(row.id for row in own_lexicon().rows(rules.MODES, rules.Mode))


def actors(text: str, sentence: Sentence) -> list[Gold]:
    """Read ``Merkel@DEU:GOV,0@FRA:GOV``."""
    found = []
    for part in [] if text == "-" else text.split(","):
        word, _, code = part.rpartition("@")
        match = CODE.fullmatch(code)
        if not word or match is None or set((match["sectors"] or "GOV").split("+")) - SECTORS:
            raise ValueError(f"{part!r} is not WORD@CODE (or the code is unknown)")
        start, end = (0, 0) if word == "0" else sentence.span(word)
        found.append({"start": start, "end": end, "code": code})
    return found


def spans(text: str, sentence: Sentence) -> list[list[int]]:
    """Read a list of words."""
    return [] if text == "-" else [list(sentence.span(word)) for word in text.split(",")]


def link(text: str | None, sentence: Sentence) -> int | None:
    """The event of the article that ``in=m`` or ``if=m`` names."""
    return None if text in (None, "-") else sentence.first + int(text) - 1


def main(paths: Sequence[str]) -> int:
    """Check the files named (default: all sheets) and print what they hold."""
    files = [Path(path) for path in paths] or sorted(SHEETS.glob("*.txt"))
    counts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for path in files:
        try:
            docs = list(read_sheet(path))
        except SheetError as error:
            print(error)
            return 1
        seen.update(doc["doc"] for doc in docs)
        words = sum(len(doc["text"].split()) for doc in docs)
        events = [e for doc in docs for e in doc["events"]]
        counts.update(e["type"] for e in events)
        statuses = Counter(e["status"] for e in events)
        print(f"{path.name}: {len(docs)} articles, {words} words, {len(events)} events, {dict(statuses)}")
    if twice := [doc for doc, count in seen.items() if count > 1]:
        print("more than one article with the id", twice[:5])
        return 1
    print(dict(counts.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
