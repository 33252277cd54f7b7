"""Copied texts, part by part: which line is the headline, what belongs to a picture, what is read under the text."""

from __future__ import annotations

import pytest

from lagebild.page.text import read_text
from lagebild.page.text.lines import lines_of
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()
RUNNING = "Der Präsident hat am Montag in Genf mit seinem Gegner gesprochen, wie beide Seiten am Abend mitteilten."
MORE = "Ein zweites Treffen soll es nach Angaben der Vermittler noch vor dem Ende des Monats in Wien geben."


@pytest.mark.parametrize(
    ("head", "headline", "kicker"),
    [
        (["Montag, 3. Mai 2021", "Treffen in Genf", "Gegner reden wieder"], "Gegner reden wieder", "Treffen in Genf"),
        (["Gegner in Genf reden wieder", "Von Petra Muster", "Soldaten am See"], "Gegner in Genf reden wieder", None),
        (
            ["Gegner in Genf reden wieder", "3. Mai 2021", "Teilen", "Am Genfer See"],
            "Gegner in Genf reden wieder",
            None,
        ),
        (["Mein Blog aus dem Süden", "3. Mai 2021", "Gegner reden wieder"], "Gegner reden wieder", None),
        (["Gegner in Genf reden", "Die Gegner am Ufer.", "© Petra Muster/dpa"], "Gegner in Genf reden", None),
        (["Politik", "Gegner in Genf reden", "Von", "Petra Muster"], "Gegner in Genf reden", None),
        (["Start | Politik | Sport | Abo", "Gegner in Genf reden"], "Gegner in Genf reden", None),
    ],
)
def test_headline(head: list[str], headline: str, kicker: str | None) -> None:
    draft = read_text("\n".join([*head, RUNNING, MORE, ""]), LEXICON)
    assert (draft.headline, draft.kicker) == (headline, kicker)


@pytest.mark.parametrize(
    "picture",
    [
        ["Ein Mann am Ufer", "Das Ufer am Morgen", "Foto: Petra Muster/dpa"],
        ["AFP", "Das Ufer am Morgen"],
        ["Genf | Das Ufer am Morgen", "Das Ufer am Morgen vor dem Treffen"],
    ],
)
def test_what_stands_on_a_picture_goes(picture: list[str]) -> None:
    draft = read_text("\n".join(["Gegner in Genf reden", "", RUNNING, "", *picture, "", MORE, ""]), LEXICON)
    assert draft.text == f"{RUNNING}\n{MORE}"


def test_a_title_with_a_credit_under_it_stays() -> None:
    assert not lines_of(f"Gegner in Genf reden\nFoto: dpa\n\n{RUNNING}\n", LEXICON).pictured


def test_a_section_and_its_headline_are_no_picture() -> None:
    page = f"Politik | Treffen in Genf\nTreffen in Genf\nGegner reden wieder\n{RUNNING}\n{MORE}\n"
    assert read_text(page, LEXICON).kicker == "Treffen in Genf"


def test_date_and_name_under_the_text_are_read() -> None:
    draft = read_text(f"Gegner in Genf reden\n{RUNNING}\n{MORE}\n\n3. 5. 2021\n14:22 Uhr\nVon\nPetra Muster\n", LEXICON)
    assert draft.text == f"{RUNNING}\n{MORE}"
    assert (draft.published, draft.credit.bylines) == ("2021-05-03", ["Petra Muster"])


def test_english_blog_furniture_ends_the_text() -> None:
    tail = "Share this:\nThis entry was posted in Genf. Bookmark the permalink.\n2 Responses to Genf\nanna says:\nGut so.\n"
    draft = read_text(f"Genf\nPosted on 3. Mai 2021 by wanderer\n{RUNNING}\n{MORE}\n{tail}", LEXICON)
    assert (draft.text, draft.comments, draft.credit.bylines) == (f"{RUNNING}\n{MORE}", 2, ["wanderer"])


@pytest.mark.parametrize(("lines", "kind"), [(4, "article"), (1, "paywall")])
def test_a_label_for_subscribers_is_no_wall_above_a_whole_text(lines: int, kind: str) -> None:
    page = "\n".join(["Gegner in Genf reden", RUNNING, "Exklusiv für Abonnenten", *[MORE] * lines, ""])
    assert read_text(page, LEXICON).kind == kind
