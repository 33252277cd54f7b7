import pytest

from lagebild.rules.first import first_characters
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.numbers import figure, numbers_of

NUMBERS = Lexicon().derived(numbers_of)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zwölf", 12),
        ("einundzwanzig", 21),
        ("hundert", 100),
        ("zweihundertfünfzig", 250),
        ("hundertundeins", 101),
        ("siebzehntausend", 17000),
        ("dreihunderttausendvierzig", 300040),
        ("neunzehnhundert", 1900),
        ("anderthalb", 1.5),
        ("und", None),
        ("hunderte", None),
        ("undzwanzig", None),
    ],
)
def test_number_words(word, value):
    assert NUMBERS.cardinal(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ersten", 1),
        ("dritter", 3),
        ("siebte", 7),
        ("achten", 8),
        ("zwanzigste", 20),
        ("elften", 11),
        ("hundertsten", 100),
    ],
)
def test_ordinals(word, value):
    assert NUMBERS.ordinal(word) == value


@pytest.mark.parametrize("word", ["lasten", "erst", "fest", "letzte", "zwei"])
def test_no_ordinals(word):
    assert NUMBERS.ordinal(word) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("17.600", 17600), ("3,5", 3.5), ("1.200.000", 1200000), ("12", 12), ("3.5.", None), ("1:3", None)],
)
def test_figures(text, value):
    assert figure(text) == value


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("ab", "a"),
        ("a?b", "ab"),
        ("(?:a|b)c", "ab"),
        ("(?P<n>a)*(?:b|c?)d", "abcd"),
        ("(?<!x)a(?=b)", "a"),
        ("a{0,2}b", "ab"),
    ],
)
def test_first_characters_of_a_pattern(pattern, first):
    assert first_characters(pattern) == frozenset(first)
