"""Errors of the language pipeline by construction: every error is counted once, under the right name."""

from bench.model_errors import confusion, entity_errors, missed, tree_errors

from lagebild.language.score import Reading, Token


def token(start: int, end: int, *, head: tuple[int, int] | None, dep: str, upos: str = "NOUN") -> Token:
    return Token(start, end, upos, "", "", "", head, dep)


VERB = token(0, 4, head=None, dep="ROOT", upos="VERB")
NOUN = token(4, 8, head=(0, 4), dep="obj")
LATE = token(8, 12, head=(0, 4), dep="obl")


def reading(*tokens: Token) -> Reading:
    return Reading(tuple(tokens), frozenset(), set())


def test_an_oblique_hung_on_the_noun() -> None:
    hung = token(8, 12, head=(4, 8), dep="nmod")
    totals, wrong = tree_errors([(reading(VERB, NOUN, LATE), reading(VERB, NOUN, hung))])
    assert totals == {"ROOT": 1, "obj": 1, "obl": 1}
    assert {name: dict(errors) for name, errors in wrong.items()} == {"obl": {"nmod VERB>NOUN": 1}}


def test_subtypes_and_equal_words_are_no_errors() -> None:
    told = token(8, 12, head=(0, 4), dep="obl:arg")
    assert tree_errors([(reading(VERB, NOUN, LATE), reading(VERB, NOUN, told))])[1] == {}


def test_a_word_cut_otherwise() -> None:
    _, wrong = tree_errors([(reading(VERB, NOUN), reading(VERB, token(4, 6, head=(0, 4), dep="obj")))])
    assert dict(wrong["obj"]) == {"other token": 1}


def test_the_same_relation_elsewhere() -> None:
    above = {(0, 4): VERB, (4, 8): NOUN}
    assert confusion(LATE, token(8, 12, head=(4, 8), dep="obl"), above) == "VERB>NOUN"


def test_entities_by_label_and_kind() -> None:
    gold = Reading(None, None, {(0, 5, "PER"), (6, 9, "LOC"), (20, 24, "ORG")})
    found = Reading(None, None, {(0, 5, "PER"), (6, 9, "ORG"), (30, 33, "LOC"), (40, 44, "MISC")})
    f1, kinds = entity_errors([(gold, found)])
    assert f1 == {"LOC": 0.0, "ORG": 0.0, "PER": 100.0}
    assert kinds == {"LOC taken for ORG": 1, "ORG missed": 1, "LOC invented": 1}


def test_a_longer_span() -> None:
    assert missed((0, 5, "ORG"), [(0, 9, "ORG")]) == "span"
    assert missed((0, 5, "ORG"), [(0, 9, "LOC")]) == "span and label"
