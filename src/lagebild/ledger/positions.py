"""The two sides of a contradiction as they stand in the articles: sentence, who says so, numbers, day.

A side is an event (``article#event``) or a sentence (``article#@offset~``); sentences know who speaks by the statements in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lagebild.ledger.counterclaims import NUMERAL
from lagebild.ledger.read import Reader
from lagebild.ledger.sentences import SENTENCE_END, sentence_from
from lagebild.ledger.tales import END, place_of_sentence

Row = dict[str, Any]
COUNTED = "quantity"


class Positions:
    """Who says what in the articles that some keys are of."""

    def __init__(self, reader: Reader, keys: Iterable[str], texts: dict[str, str]):
        self._texts = texts
        self._speakers: dict[str, list[Row]] = defaultdict(list)
        articles = sorted({key.partition("#")[0] for key in keys if key.endswith(END)})
        sql = "select article, source_quote, message from statements where article in (select unnest(?))"
        for row in reader.rows(sql, [articles]) if articles else ():
            if row["source_quote"]:
                self._speakers[row["article"]].append(row)

    def of_sentence(self, key: str, kind: str) -> Row:
        """Return what a sentence says: its words, who speaks in it, where it counts its numbers."""
        article, start, end = sentence_of(key, self._texts)
        words = self._texts.get(article, "")[start:end]
        inside = [row for row in self._speakers[article] if any(_meet(span, start, end) for span in row["message"])]
        said = {"speaker": ", ".join(dict.fromkeys(row["source_quote"] for row in inside))}
        return {"quote": words} | _known(said) | _numbers(NUMERAL.findall(words), kind)

    def of_event(self, event: Row, kind: str, reason: str) -> Row:
        """Return what an event says: its words, its sentence, who vouches for it, the numbers that are meant."""
        said = {"speaker": event["speaker_name"] or event["speaker_code"]}
        what = reason.partition(":")[0]
        meant = [q["quote"] for q in event["quantities"] or () if q["what"] == what]
        sentence = sentence_around(self._texts[event["article"]], event["trigger"][0]["start"])
        return {"quote": words_of(event), "sentence": sentence} | _known(said) | _numbers(meant, kind)


def words_of(event: Row) -> str:
    """Return the words that tell an event."""
    return " … ".join(span["quote"] for span in event["trigger"])


def sentence_of(key: str, texts: dict[str, str]) -> tuple[str, int, int]:
    """Return the article of a sentence, its start and its end."""
    article, at = place_of_sentence(key)
    start, sentence = sentence_from(texts[article], at) if article in texts else (0, "")
    return article, start, start + len(sentence)


def sentence_around(text: str, offset: int) -> str:
    """Return the stretch of text between the sentence ends around an offset."""
    starts = [match.end() for match in SENTENCE_END.finditer(text, 0, offset)]
    end = SENTENCE_END.search(text, offset)
    return text[starts[-1] if starts else 0 : end.end() if end else len(text)].strip()


def _meet(span: Row, start: int, end: int) -> bool:
    return bool(span["start"] < end and start < span["end"])


def _known(said: Row) -> Row:
    return {name: value for name, value in said.items() if value}


def _numbers(words: list[str], kind: str) -> Row:
    return {"numbers": words} if kind == COUNTED and words else {}
