"""The scorer against readings built by hand."""

from collections import Counter
from pathlib import Path

import pytest

from lagebild.language.conllu import read_conllu
from lagebild.language.score import Reading, Token, bio_spans, compare, entity_texts, tree_texts

CONLLU = """# newdoc id = a
1\tMan\tman\tPRON\t_\tCase=Nom|Number=Sing\t2\tnsubj\t_\t_
2\tgehe\tgehen\tVERB\t_\tMood=Sub|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_
3-4\tzum\t_\t_\t_\t_\t_\t_\t_\t_
3\tzu\tzu\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\tCase=Dat|Number=Sing\t5\tdet\t_\t_
5\tRhein\tRhein\tPROPN\t_\tCase=Dat|Number=Sing\t2\tobl\t_\tNER=B-LOC|SpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def gold(tmp_path: Path) -> tuple[str, Reading]:
    (tmp_path / "x.conllu").write_text(CONLLU, encoding="utf-8")
    (pair,) = tree_texts(list(read_conllu(tmp_path / "x.conllu")))
    return pair


def score(gold: Reading, found: Reading, labels: set[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    compare(gold, found, labels, counts)
    return counts


def test_text_and_gold(gold: tuple[str, Reading]) -> None:
    text, reading = gold
    assert text == "Man gehe zum Rhein."
    assert reading.tokens is not None
    assert [(t.start, t.end, t.head) for t in reading.tokens] == [
        (0, 3, (3, 7)),
        (3, 7, None),
        (7, 10, (10, 15)),
        (10, 15, (3, 7)),
        (15, 16, (3, 7)),
    ]
    assert reading.entities == {(10, 15, "LOC")}


def test_a_perfect_reading_is_all_right(gold: tuple[str, Reading]) -> None:
    counts = score(gold[1], gold[1], {"LOC"})
    assert counts["las_right"] == counts["words_gold"] == counts["words_found"] == 5
    assert counts["mood_right"] == counts["mood_sub_right"] == 1
    assert counts["sents_right"] == counts["ents_right"] == 1


def test_unaligned_words_are_wrong_and_so_are_heads_on_them(gold: tuple[str, Reading]) -> None:
    tokens = list(gold[1].tokens or ())
    tokens[1:2] = [
        Token(3, 5, "VERB", "gehen", "", "", None, "ROOT"),
        Token(5, 7, "VERB", "gehen", "", "", (3, 5), "dep"),
    ]
    tokens = [
        Token(*(t.start, t.end, t.upos, t.lemma, t.morph, t.mood), (3, 5) if t.head == (3, 7) else t.head, t.dep)
        for t in tokens
    ]
    counts = score(gold[1], Reading(tuple(tokens), frozenset({(0, 16)}), set()), {"LOC"})
    assert counts["tokens_right"] == 4
    assert counts["uas_right"] == 1  # zum -> Rhein
    assert counts["mood_right"] == 0


def test_relations_are_folded_for_las_only(gold: tuple[str, Reading]) -> None:
    tokens = [
        Token(t.start, t.end, t.upos, t.lemma, t.morph, t.mood, t.head, "obl:arg" if t.dep == "obl" else t.dep)
        for t in gold[1].tokens or ()
    ]
    counts = score(gold[1], Reading(tuple(tokens), gold[1].sentences, set()), set())
    assert (counts["las_right"], counts["las_subtypes_right"]) == (5, 4)


def test_labels_a_file_never_uses_are_not_counted(gold: tuple[str, Reading]) -> None:
    found = Reading(gold[1].tokens, gold[1].sentences, {(10, 15, "LOC"), (0, 3, "MISC")})
    assert score(gold[1], found, {"LOC"})["ents_found"] == 1
    assert score(gold[1], found, {"LOC", "MISC"})["ents_found"] == 2


def test_bio_spans() -> None:
    places = [(0, 2), (2, 4), (4, 6), (6, 8)]
    assert bio_spans(["B-PER", "I-PER", "B-PER", "I-LOC"], places) == {(0, 4, "PER"), (4, 6, "PER"), (6, 8, "LOC")}


def test_entity_records_ignore_white_space() -> None:
    ((text, reading),) = entity_texts(['{"text": "In  New York", "ents": [[4, 12, "LOC"]]}'])
    assert text == "In  New York"
    assert reading.entities == {(2, 9, "LOC")}
