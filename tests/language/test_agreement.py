"""Subjects, objects and the passive where the network's relations contradict each other."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.language.agreement import Words, repaired


def relations(text: str) -> dict[str, str]:
    ((_, doc),) = parse([text], text_of=lambda text: text)
    return {token.text: token.dep_ for token in doc}


@pytest.mark.parametrize(
    ("text", "subject", "thing"),
    [
        ("Mehrere Frauen soll der Angeklagte mit Waffen bedroht haben.", "Angeklagte", "Frauen"),
        ("Mehrere Aktivisten soll die russische Polizei festgenommen haben.", "Polizei", "Aktivisten"),
        ("Die Verantwortung für den Angriff haben mehrere Gruppen übernommen.", "Gruppen", "Verantwortung"),
        ("Die Polizei haben die Demonstranten angegriffen.", "Demonstranten", "Polizei"),
        ("Die Rebellen griff die Armee in der Nacht an.", "Armee", "Rebellen"),
        ("Die Kosten muss weiterhin der Bund tragen.", "Bund", "Kosten"),
        ("Den Präsidenten kritisierte die Opposition.", "Opposition", "Präsidenten"),
        ("Die Rebellen griffen die Armee in der Nacht an.", "Rebellen", "Armee"),
        ("Der Angeklagte soll mehrere Frauen mit Waffen bedroht haben.", "Angeklagte", "Frauen"),
    ],
)
def test_the_subject_has_the_number_of_its_verb(text: str, subject: str, thing: str) -> None:
    found = relations(text)
    assert (found[subject], found[thing]) == ("nsubj", "obj")


def test_the_auxiliary_of_the_passive_has_the_subject_of_the_passive() -> None:
    found = relations("Zudem wurde die Bundesregierung vom Verband aufgefordert, das Gesetz zu ändern.")
    assert found["Bundesregierung"] == "nsubj:pass"


def test_a_verb_with_haben_has_the_subject_of_the_active() -> None:
    assert relations("Die Tests haben den Verdacht nicht bestätigt.")["Tests"] == "nsubj"


def words(rows: list[tuple[str, str, str, str, int, str]]) -> Words:
    text, pos, morph, lemma, head, dep = (list(column) for column in zip(*rows, strict=True))
    return Words(text, pos, morph, lemma.__getitem__, head, dep)


def test_a_name_may_be_in_either_number() -> None:
    """A team ("die Bayern liegen") or a firm is not taken from its verb for its number."""
    told = words(
        [
            ("Jazz", "PROPN", "Case=Nom|Number=Sing", "Jazz", 1, "nsubj"),
            ("schlagen", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin", "schlagen", 1, "ROOT"),
            ("Teams", "NOUN", "Case=Acc|Number=Plur", "Team", 1, "obj"),
        ]
    )
    assert list(repaired(told)) == []


def test_the_future_has_no_passive() -> None:
    """ "Die Älteren werden Geld bekommen": "werden" taken for the passive beside an infinitive changes nothing."""
    told = words(
        [
            ("Älteren", "NOUN", "Case=Nom|Number=Plur", "Älterer", 2, "nsubj"),
            ("werden", "AUX", "Mood=Ind|Tense=Pres|VerbForm=Fin", "werden", 2, "aux:pass"),
            ("bekommen", "VERB", "VerbForm=Inf", "bekommen", 2, "ROOT"),
        ]
    )
    assert list(repaired(told)) == []


def test_coordinated_subjects_stay() -> None:
    told = words(
        [
            ("Minister", "NOUN", "Case=Nom|Number=Sing", "Minister", 3, "nsubj"),
            ("und", "CCONJ", "", "und", 2, "cc"),
            ("Kanzler", "NOUN", "Case=Nom|Number=Sing", "Kanzler", 0, "conj"),
            ("fordern", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin", "fordern", 3, "ROOT"),
            ("Schritte", "NOUN", "Case=Acc|Number=Plur", "Schritt", 3, "obj"),
        ]
    )
    assert list(repaired(told)) == []
