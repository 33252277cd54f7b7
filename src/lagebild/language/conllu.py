"""Reads CoNLL-U the way the pipeline sees German: contractions as one token, folded relations, reduced morphology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEPT = frozenset(
    ["nsubj:pass", "obl:arg", "obl:agent", "aux:pass", "compound:prt", "det:poss", "expl:pv", "csubj:pass"]
)
NOMINAL = ("Case", "Number")
VERBAL = ("Mood", "Tense", "VerbForm")
BARE = frozenset(["NUM", "ADV", "ADP", "PART", "PUNCT", "X", "CCONJ", "SCONJ", "INTJ", "SYM"])


@dataclass(frozen=True)
class Word:
    """One token; ``head`` is an index into its sentence, -1 for the root; ``entity`` is a BIO tag."""

    form: str
    space: bool
    lemma: str
    upos: str
    morph: str
    head: int
    dep: str
    entity: str


@dataclass(frozen=True)
class Sentence:
    """One tree; ``doc`` names the document it belongs to (empty where the file names none); ``entities``: NER= seen."""

    doc: str
    words: tuple[Word, ...]
    text: str = ""


def relation(dep: str) -> str:
    """Fold a relation to those the pipeline knows; roots are spelled as spaCy does; indirect objects are obl:arg."""
    if dep == "root":
        return "ROOT"
    if dep == "iobj":
        return "obl:arg"
    return dep if dep in KEPT else dep.split(":")[0]


def short_morph(feats: str, upos: str) -> str:
    """Reduce a FEATS column: Case and Number of nominals; Mood, Tense and VerbForm (Fin, Inf, Part) of verbs."""
    if feats == "_" or upos in BARE:
        return ""
    values = dict(part.split("=", 1) for part in feats.split("|"))
    if upos not in ("VERB", "AUX"):
        return "|".join(f"{name}={values[name]}" for name in NOMINAL if name in values)
    if "Mood" in values:
        values["VerbForm"] = "Fin"
    elif values.get("VerbForm") == "Part" or "Tense" in values:  # PUD writes participles as a bare Tense=Past
        return "VerbForm=Part"
    return "|".join(f"{name}={values[name]}" for name in VERBAL if name in values)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file. Raises ``ValueError`` on a line that is no CoNLL-U."""
    doc, rows, ranges, text = "", [], {}, ""
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                doc = line.partition("=")[2].strip() or f"{doc}+"
            elif line.startswith("# text ="):
                text = line.partition("=")[2].strip()
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != 10:
                raise ValueError(f"{path}: not ten columns: {line!r}")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                ranges[first] = (last, columns[1], columns[9])
            elif "." not in columns[0]:
                rows.append(columns)
        elif rows:
            yield Sentence(doc=doc, words=tuple(_merged(rows, ranges)), text=text)
            rows, ranges, text = [], {}, ""


def _merged(rows: list[list[str]], ranges: dict[int, tuple[int, str, str]]) -> Iterator[Word]:
    """Make each contraction one word with the first part's annotation; heads that point into it point at it."""
    place: dict[int, int] = {0: -1}
    kept: list[tuple[list[str], str, str]] = []
    until = 0
    for row in rows:
        number = int(row[0])
        if number <= until:
            place[number] = len(kept) - 1
            continue
        form, misc = row[1], row[9]
        if number in ranges:
            until, form, misc = ranges[number]
        place[number] = len(kept)
        kept.append((row, form, misc))
    for row, form, misc in kept:
        entity = next((item[4:] for item in f"{misc}|{row[9]}".split("|") if item.startswith("NER=")), "O")
        yield Word(
            form=form,
            space="SpaceAfter=No" not in misc.split("|"),
            lemma=row[2],
            upos=row[3],
            morph=short_morph(row[5], row[3]),
            head=place[int(row[6])],
            dep=relation(row[7]),
            entity=entity,
        )
