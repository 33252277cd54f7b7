"""Names that a tree takes for appositions although they are an enumeration."""

import numpy as np

from lagebild.language.decode import enumerated

RELATIONS = ["nsubj", "punct", "appos", "cc", "conj", "ROOT"]  # A , B und C kommen
HEADS = [5, 2, 0, 4, 2, 5]


def test_three_names_are_a_list() -> None:
    heads = np.array(HEADS)
    assert enumerated(heads, RELATIONS, ["PER", "", "PER", "", "PER", ""]) == [2]
    assert heads.tolist() == [5, 2, 0, 4, 0, 5]


def test_an_apposition_of_another_kind_stays() -> None:
    heads = np.array(HEADS)
    assert enumerated(heads, RELATIONS, ["PER", "", "ORG", "", "ORG", ""]) == []
    assert heads.tolist() == HEADS


def test_without_a_third_name_it_may_be_an_apposition() -> None:
    heads = np.array([3, 2, 0, 3])
    assert enumerated(heads, ["nsubj", "punct", "appos", "ROOT"], ["LOC", "", "LOC", ""]) == []
