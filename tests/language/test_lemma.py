import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.language.lemma import apply_rule, rule_of, without_infix

PAIRS = [
    ("Truppen", "Truppe"),
    ("Häuser", "Haus"),
    ("zog", "ziehen"),
    ("angegriffen", "angreifen"),
    ("abzuziehen", "abziehen"),
    ("gefordert", "fordern"),
    ("zurückgewiesen", "zurückweisen"),
    ("US-Soldaten", "US-Soldat"),
    ("Vereinten", "vereint"),
    ("im", "in"),
    ("Äthiopiens", "Äthiopien"),
    ("KINSHASA", "Kinshasa"),
]


@pytest.mark.parametrize(("form", "lemma"), PAIRS)
def test_a_rule_makes_the_lemma_it_was_taken_from(form: str, lemma: str) -> None:
    assert apply_rule(rule_of(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("first", "second"),
    [(("gefordert", "fordern"), ("geliefert", "liefern")), (("Truppen", "Truppe"), ("Waffen", "Waffe"))],
)
def test_like_forms_share_a_rule(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert rule_of(*first) == rule_of(*second)


@given(st.text(alphabet="abegzunäÄA-", min_size=1, max_size=9), st.text(alphabet="abegzunäÄA-", min_size=1, max_size=9))
def test_rules_never_fail_on_other_forms(form: str, lemma: str) -> None:
    assert isinstance(apply_rule(rule_of(form, lemma), "Überläufern"), str)
    assert apply_rule(rule_of("gefordert", "fordern"), form) is not None


@pytest.mark.parametrize(
    ("form", "infix", "expected"),
    [
        ("abgezogen", "ge", "abzogen"),
        ("gefordert", "ge", "fordert"),
        ("zuzusehen", "zu", "zusehen"),
        ("zusagen", "zu", None),
    ],
)
def test_infixes(form: str, infix: str, expected: str | None) -> None:
    assert without_infix(form, infix) == expected
