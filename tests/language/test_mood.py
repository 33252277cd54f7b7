import pytest

from lagebild.language.mood import bare, readings

BOTH = {"Ind", "Sub"}


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [
        ("hätten", "haben", {"Sub"}),
        ("haben", "haben", BOTH),
        ("habe", "haben", {"Sub"}),
        ("hat", "haben", {"Ind"}),
        ("seien", "sein", {"Sub"}),
        ("Wären", "sein", {"Sub"}),
        ("werde", "werden", {"Sub"}),
        ("würden", "werden", {"Sub"}),
        ("fordert", "fordern", {"Ind"}),
        ("fordere", "fordern", {"Sub"}),
        ("forderten", "fordern", BOTH),
        ("fordern", "fordern", BOTH),
        ("ging", "gehen", {"Ind"}),
        ("gehe", "gehen", {"Sub"}),
        ("gingen", "gehen", BOTH),
        ("kamen", "kommen", {"Ind"}),
        ("kämen", "kommen", {"Sub"}),
        ("gäbe", "geben", {"Sub"}),
        ("sollten", "sollen", BOTH),
        ("könnte", "können", {"Sub"}),
        ("schrieben", "schreiben", BOTH),
        ("leiste", "leisten", {"Sub"}),
    ],
)
def test_readings(form: str, lemma: str, expected: set[str]) -> None:
    assert readings(form, lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "form", "expected"),
    [("abziehen", "zog", "ziehen"), ("abziehen", "abzog", "abziehen"), ("anerkennen", "erkenne", "erkennen")],
)
def test_bare(lemma: str, form: str, expected: str) -> None:
    assert bare(lemma, form) == expected
