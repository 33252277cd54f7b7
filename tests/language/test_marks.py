"""Which marks open and which close a quotation, told by the article's own use."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from lagebild.language.marks import as_german
from lagebild.language.tokenize import tokenizer


def shown(doc: Doc) -> str:
    marks = as_german(doc)
    return "".join(marks.get(token.i, token.text) + token.whitespace_ for token in doc)


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("«Nein», sagte er.", "„Nein“, sagte er."),
        ("»Nein«, sagte er.", "„Nein“, sagte er."),
        ("« Nein », sagte er.", "„ Nein “, sagte er."),
        ("“Nein”, sagte er.", "„Nein“, sagte er."),
        ('Er sagte: "Nein." Dann ging er ("Ja").', "Er sagte: „Nein.“ Dann ging er („Ja“)."),
        ("»Mehr dazu\n«Nein», sagte er. «Ja», sagte sie.", "“Mehr dazu\n„Nein“, sagte er. „Ja“, sagte sie."),
        ("„Nein“, sagte er.", "„Nein“, sagte er."),
        ('„Nein", sagte er.', "„Nein“, sagte er."),
        ("„Nein”, sagte er.", "„Nein”, sagte er."),
        ("Ein Satz ohne Zeichen.", "Ein Satz ohne Zeichen."),
    ],
)
def test_marks_of_every_custom_stand_as_german_ones(text: str, german: str) -> None:
    assert shown(tokenizer()(text)) == german


@pytest.mark.parametrize("mark", [("«", "»"), ("»", "«"), ('"', '"')])
def test_where_blanks_tell_nothing_the_first_mark_opens(mark: tuple[str, str]) -> None:
    words = [mark[0], "Nein", mark[1], ",", "sagte", "er", ".", mark[0], "Ja", ".", mark[1]]
    found = as_german(Doc(Vocab(), words=words))
    assert found == {0: "„", 2: "“", 7: "„", 10: "“"}


def test_marks_within_quotations_go_the_way_of_those_around() -> None:
    found = as_german(Doc(Vocab(), words=["«", "Eine", "‹", "Strafe", "›", "»"]))
    assert found == {0: "„", 2: "‚", 4: "‘", 5: "“"}


def test_a_straight_mark_closes_what_a_german_one_opened() -> None:
    assert as_german(Doc(Vocab(), words=["„", "Nein", '"', ",", "sagte", "er", "."])) == {2: "“"}
