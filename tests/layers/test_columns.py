"""A parsed text as plain lists: the words of the lists make up the text again."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from lagebild.language.marks import as_german
from lagebild.language.tokenize import blank
from lagebild.layers.columns import Columns

TEXTS = ["", " ", "Ein Rat.", "  Zwei\n\nRäte (in Bern)  \n tagten.", "»Nein«, sagte\tsie.\n"]


@pytest.mark.parametrize("text", TEXTS)
def test_the_written_text_is_that_of_the_doc(text):
    columns = Columns(blank()(text))
    assert columns.written() == text


@pytest.mark.parametrize("words", [["»", "Nein", "«", ",", "sagte", "er"], ["Nein"], ['"', "Ja", '"'], []])
def test_marks_are_the_same_where_the_words_are_given(words):
    doc = Doc(Vocab(), words=words)
    assert as_german(doc, words) == as_german(doc)
