"""What the network is told of a form."""

import pytest

from lagebild.language.features import NAME_KINDS, Names


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("Huber", {"family"}),
        ("Hubers", {"family"}),  # a genitive
        ("Meier-Huber", {"family"}),
        ("Paris", {"place"}),
        ("Pari", set()),
        ("huber", set()),
        ("Haus", {"noun"}),
        ("Haus-Huber", {"family"}),
        ("S", set()),
        ("-", set()),
        ("", set()),
    ],
)
def test_names_of_a_form(form: str, kinds: set[str]) -> None:
    listed = {"Huber": "family", "Paris": "place", "Haus": "noun"}
    names = Names.listed({name: 1 << NAME_KINDS.index(kind) for name, kind in listed.items()})
    (row,) = names.of([form])
    assert {kind for kind, bit in zip(NAME_KINDS, row, strict=True) if bit} == kinds


def test_no_list_and_no_words() -> None:
    assert Names.listed({}).of(["Paris"]).sum() == 0
    assert Names.listed({"Paris": 1}).of([]).shape == (0, len(NAME_KINDS))
