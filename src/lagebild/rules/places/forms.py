"""Forms of German words about places: stems of nouns and adjectives, and the nouns that name a place by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from lagebild.rules.places.rows import NounRow

ADJECTIVE_ENDINGS = ("es", "en", "e", "er", "em")


class Nouns:
    """Place nouns in all their forms; ``never`` are words that only look like a compound of one."""

    def __init__(self, rows: Mapping[str, NounRow], never: Set[str]):
        self._rows, self._never = rows, never
        self._lasts = {noun.lower(): row for noun, row in rows.items() if noun == noun.capitalize()}
        self._kept: dict[str, NounRow | None] = {}

    def __getitem__(self, noun: str) -> NounRow:
        return self._rows[noun]

    def find(self, word: str) -> NounRow | None:
        """Return the row of a noun in any of its forms, or of the one that ends this compound (``Munitionsdepots``)."""
        if word not in self._kept:
            self._kept[word] = self._find(tuple(noun_stems(word)))
        return self._kept[word]

    def _find(self, stems: tuple[str, ...]) -> NounRow | None:
        if any(stem in self._never or stem.rpartition("-")[2] in self._never for stem in stems):
            return None
        exact = next(filter(None, map(self._rows.get, stems)), None)
        return exact or next(filter(None, map(self._compound, stems)), None)

    def _compound(self, stem: str) -> NounRow | None:
        last = stem.rpartition("-")[2]
        if last != stem and (row := self._rows.get(last[:1].upper() + last[1:])):
            return row
        lower = last.lower()
        for cut in range(3, len(lower) - 2):
            if row := self._lasts.get(lower[cut:]):
                return row if row.compound else None
        return None


def noun_stems(word: str) -> Iterator[str]:
    """Yield what the nominative singular of a noun may be (``Flugplätzen``: Flugplatz among others)."""
    for ending in ("", "s", "es", "e", "n", "en", "er", "ern", "se", "sen"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            at = max(stem.rfind(umlaut) for umlaut in "äöü")
            if at > 0:
                yield stem[:at] + {"ä": "a", "ö": "o", "ü": "u"}[stem[at]] + stem[at + 1 :]


def adjective_stems(word: str) -> Iterator[str]:
    """Yield what is left of an adjective without its ending (``syrischen``: syrisch)."""
    lower = word.lower()
    for cut in (1, 2, 0):
        ending = lower[len(lower) - cut :]
        if not ending or ending in ADJECTIVE_ENDINGS:
            yield lower[: len(lower) - cut]


def inflected(pattern: str) -> tuple[str, ...]:
    """Return the forms of a name; ``~`` marks the ending of an adjective (``Rot~es Meer``), the first form is as written."""
    head, mark, tail = pattern.partition("~")
    if not mark:
        return (pattern,)
    own, _, rest = tail.partition(" ")
    return tuple(f"{head}{ending} {rest}" for ending in dict.fromkeys((own, *ADJECTIVE_ENDINGS)))


def town_stems(word: str) -> tuple[str, ...]:
    """Return what an adjective in -er may come from (``Kiewer``: Kiew, ``Dresdner``: Dresden, ``Münchner``: München)."""
    if not word.endswith("er") or len(word) < 5 or not word[0].isupper():
        return ()
    stem = word[:-2]
    return stem, stem + "en", stem + "e", stem[:-1] + "en", stem[:-1] + "er", stem + "er", stem + "o"
