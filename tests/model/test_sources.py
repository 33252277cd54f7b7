"""The converters need no training library, so they are tested everywhere."""

import random

import pytest
from model.sources import MASKED, grouped, of_record, retokenized

from lagebild.language.conllu import Sentence, Word


def word(form: str, head: int, dep: str, upos: str = "NOUN", *, space: bool = True, lemma: str = "") -> Word:
    return Word(form, space, lemma or form, upos, "", head, dep, "O")


def test_split_compounds_become_one_word_under_the_last_parts_tags() -> None:
    words = (
        word("US", 2, "compound", "PROPN", space=False),
        word("-", 2, "punct", "PUNCT", space=False),
        word("Soldaten", 3, "nsubj", lemma="Soldat"),
        word("landen", -1, "ROOT", "VERB"),
    )
    merged = retokenized(Sentence(doc="", words=words))
    assert [(w.form, w.lemma, w.upos, w.head, w.dep) for w in merged.words] == [
        ("US-Soldaten", "US-Soldat", "NOUN", 1, "nsubj"),
        ("landen", "landen", "VERB", -1, "ROOT"),
    ]


def test_entities_widen_to_tokens_and_unmapped_misc_is_masked() -> None:
    text = "Der EU-Gipfel in Paris"
    (unit,) = of_record(text, [(4, 6, "ORG"), (17, 22, "LOC")], "germeval")
    assert unit.entities == ["O", "B-ORG", "O", "B-LOC"]
    assert unit.heads is None
    (unit,) = of_record("Die britischen Häfen", [(4, 14, "MISC")], "europarl")
    assert unit.entities == ["O", MASKED, "O"]


def test_units_stay_inside_a_document() -> None:
    sentences = [Sentence(doc=doc, words=(word("Ja", -1, "ROOT"), word(".", 0, "punct"))) for doc in "aaaabb"]
    units = grouped(sentences, "corpus", rnd=random.Random(1), entities=True)
    assert sum(len(unit.words) for unit in units) == 12
    for unit in units:
        assert unit.heads is not None and unit.starts is not None
        assert all(unit.heads[k] in (k, k - 1) for k in range(len(unit.words)))
        assert unit.starts == [True, False] * (len(unit.words) // 2)
    assert {unit.doc for unit in units} == {"a", "b"}


@pytest.mark.parametrize("text", ["Eins\nzwei", "Eins \n\n zwei"])
def test_lines_are_units(text: str) -> None:
    assert [unit.words for unit in of_record(text, [], "smartdata")] == [["Eins"], ["zwei"]]
