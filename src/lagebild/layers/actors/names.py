"""Names of states and blocs in one text: where they stand, which are joined, which stand in the genitive."""

from __future__ import annotations

from lagebild.layers.actors.doubtful import is_paper
from lagebild.layers.actors.reading import Reader, Reading
from lagebild.layers.actors.sheet import Sheet
from lagebild.rules.actors import BLOCS, Entry

NAME_TAGS = frozenset({"PROPN", "NOUN", "X"})
PLACE_KINDS = frozenset({"seat", "state"})
LINKS = frozenset({",", "und", "sowie"})


class NameReader:
    """The phrases of several words of one doc, looked up once; names and lists of names, read when asked."""

    def __init__(self, sheet: Sheet, reader: Reader):
        self.sheet = sheet
        self.reader = reader
        self.index = reader.index
        self.phrases: dict[int, tuple[int, Entry]] = {}
        self._find_phrases()

    def _find_phrases(self) -> None:
        firsts, stems, until = self.index.phrases, self.sheet.stem, -1
        for i, first in enumerate(stems):
            if first in firsts and i >= until:
                for parts, entry in firsts[first]:
                    end = i + len(parts)
                    if tuple(stems[i:end]) == parts and self._capital(i, end):
                        self.phrases[i] = (end, entry)
                        until = end
                        break

    def _capital(self, start: int, end: int) -> bool:
        text = self.sheet.text
        return text[start][0].isupper() or text[end - 1][0].isupper()

    def inner(self, child: int) -> tuple[Reading | None, int]:
        """Return the reading of a dependent and where its words begin."""
        for i in range(child, max(child - 4, -1), -1):
            if i in self.phrases and self.phrases[i][0] > child:
                end, entry = self.phrases[i]
                named = self.reader.entry(entry)
                if self._stands(child, named, i, end):
                    return named, i
        found = self.reader.noun(self.sheet.text[child], self.sheet.lemma[child])
        return (found if self._stands(child, found, child, child + 1) else None), child

    def _stands(self, child: int, reading: Reading | None, start: int, end: int) -> bool:
        """Whether a dependent that may be a paper is one ("Reporter der Zeit", not "Herrscher der Welt")."""
        if reading is None or reading.kind != "media":
            return True
        return is_paper(self.sheet, self.reader, child, reading, start, end)

    def joined(self, child: int) -> list[str]:
        """Return the states and blocs joined to one, by the tree and by the words ("Benin, Sierra Leone und Kap Verde")."""
        found, heads = list[str](), [child]
        for head in heads:
            for other in self.sheet.children[head]:
                if self.sheet.dep[other] == "conj" and (state := self._lent(other)):
                    found.append(state)
                    heads.append(other)
        return found + [state for state in self._listed(child) if state not in found]

    def _listed(self, child: int) -> list[str]:
        """Return the states of a list that follows on a state in the text and ends with "und", whatever the tree says."""
        sheet, found = self.sheet, list[str]()
        at, closed = self._end(child), False
        while at < sheet.size and sheet.lower[at] in LINKS and not closed:
            closed = sheet.lower[at] != ","
            at += 1
            if at < sheet.size and sheet.pos[at] == "DET":
                at += 1
            state = self._lent(at) if at < sheet.size and sheet.pos[at] in NAME_TAGS | {"ADJ"} else ""
            if not state or not self._same_case(child, at):
                return []
            found.append(state)
            at = self._end(at)
        return found if closed else []

    def _end(self, token: int) -> int:
        """Return where the name that holds a token ends (exclusive)."""
        _, start = self.inner(token)
        return self.phrases[start][0] if start in self.phrases else token + 1

    def _same_case(self, first: int, other: int) -> bool:
        """Whether the second of two names can stand in the genitive where the first does."""
        if self.sheet.case_of(first):
            return True
        return self.sheet.lower[self._end(other) - 1].endswith(("s", "x", "z")) or self.sheet.pos[other - 1] == "DET"

    def _lent(self, token: int) -> str:
        """Return the state or bloc that a name lends to whom it belongs; empty where it is none."""
        inner, _ = self.inner(token)
        if inner is None or not inner.state or inner.state == "-":
            return ""
        return inner.state if inner.kind in PLACE_KINDS or (inner.kind == "org" and inner.state in BLOCS) else ""

    def hangs_wrong(self, child: int, noun: int) -> bool:
        """Whether a word beside a noun hangs on no other noun that it may belong to."""
        sheet = self.sheet
        if not 0 <= child < sheet.size or child == noun:
            return False
        head = sheet.head[child]
        other = sheet.pos[head] == "NOUN" and head != noun
        return not (other and (head < child if child < noun else head > child)) and not self.sheet.case_of(child)

    def genitive(self, child: int) -> str:
        """Return the state that a name in the genitive means ("Omans", "Burkina Fasos"); empty for any other word."""
        text = self.sheet.text[child]
        if not text.endswith("s") or self.sheet.pos[child] not in NAME_TAGS:
            return ""
        inner, start = self.inner(child)
        if inner is None or inner.kind not in PLACE_KINDS or not inner.state or inner.state == "-":
            return ""
        if start < child:
            return inner.state if not (inner.name or "").endswith("s") else ""
        bare = self.reader.noun(text[:-1], text[:-1])
        return inner.state if bare is not None and bare.state == inner.state else ""
