"""The sheets that people annotate articles in: offsets, links, and a message for each slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.sheets import SheetError, read_sheet, read_sheets

HEAD = "# doc = x-1\n# date = 2019-03-14\n# source = dpa\n# headline = Äthiopien zieht ab\n"
FIRST = "Die Regierung zog am Montag ihre Truppen ab, das teilten die UN mit."
SECOND = "Der Rebellenchef forderte einen weiteren Abzug, auf den ersten Abzug reagierte er nicht."


def sheet(tmp_path: Path, *lines: str) -> Path:
    """Write a sheet of one article."""
    path = tmp_path / "x.txt"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_words_become_offsets(tmp_path: Path) -> None:
    """Triggers of two words, implied actors, second occurrences, links inside a sentence, paragraphs."""
    path = sheet(
        tmp_path,
        FIRST,
        "E RETREAT/withdraw t=zog+ab a=Regierung@ETH:GOV r=- st=actual sp=UN@UNO p=- d=Montag",
        "",
        SECOND,
        "E REQUEST t=forderte a=Rebellenchef@ETH:REB r=0@ETH:GOV st=actual sp=- p=- d=-",
        "E RETREAT/withdraw t=Abzug a=0@ETH:GOV r=- st=demanded sp=Rebellenchef@ETH:REB p=- d=- in=1",
        "E REJECT t=reagierte a=er@ETH:REB r=- st=actual sp=- p=- d=-",
        "E RETREAT t=Abzug/2 a=0@ETH:GOV r=- st=actual sp=- p=- d=-",
    )
    (doc,) = read_sheet(path)
    assert doc["text"] == f"{FIRST}\n{SECOND}"
    words = [[doc["text"][start:end] for start, end in event["trigger"]] for event in doc["events"]]
    assert words == [["zog", "ab"], ["forderte"], ["Abzug"], ["reagierte"], ["Abzug"]]
    assert doc["events"][2]["trigger"] < doc["events"][4]["trigger"]
    assert doc["events"][1]["recipients"] == [{"start": 0, "end": 0, "code": "ETH:GOV"}]
    assert doc["events"][2]["content_of"] == 1
    assert doc["events"][0]["speaker"]["code"] == "UNO"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("E RETREAT t=fehlt a=- r=- st=actual", "'fehlt' does not stand"),
        ("E RETREAT t=zog/2 a=- r=- st=actual", "'zog/2' does not stand"),
        ("E RETREAT/visit t=zog a=- r=- st=actual", "unknown type or mode"),
        ("E RETREAT t=zog a=- r=- st=done", "unknown status"),
        ("E RETREAT t=zog a=Regierung@Eth r=- st=actual", "is not WORD@CODE"),
        ("E RETREAT t=zog a=Regierung@ETH:XYZ r=- st=actual", "is not WORD@CODE"),
        ("E RETREAT t=zog a=- r=- st=actual on=1", "unknown field"),
        ("E RETREAT t=zog a=- r=- st=actual in=7", "leads to no event"),
    ],
)
def test_slips_are_named(tmp_path: Path, line: str, complaint: str) -> None:
    """Each slip raises with what is wrong."""
    with pytest.raises(SheetError, match=complaint):
        list(read_sheet(sheet(tmp_path, FIRST, line)))


def test_own_sheets_can_be_read() -> None:
    """Every sheet of the project is well-formed, and no two articles share an id or a text."""
    docs = list(read_sheets())
    assert len({doc["doc"] for doc in docs}) == len(docs)
    assert len({doc["text"] for doc in docs}) == len(docs)
