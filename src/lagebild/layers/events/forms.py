"""Builds the inflected forms of the lexicon's verbs, so that a verb is known even where its lemma was guessed wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lagebild.rules.events import Prefix, StrongVerb

ENDINGS_PRESENT = ("e", "st", "t", "en")
LONGEST_PREFIX = 12
KEPT = 100_000
"""Participles whose verbs are kept."""
ENDINGS_PAST = ("te", "test", "ten", "tet")


def spellings(word: str) -> tuple[str, ...]:
    """The word, in Swiss spelling ("schliessen") and in that before 1996 ("beschloß")."""
    if "ß" in word:
        return word, word.replace("ß", "ss")
    return (word, word.replace("ss", "ß")) if "ss" in word else (word,)


class Forms:
    """``joined`` maps a written form to its verb, ``parted`` a pair (finite form, particle), ``participles`` a participle."""

    def __init__(self, verbs: Iterable[str], strong: Iterable[StrongVerb], prefixes: Iterable[Prefix]):
        self.strong = {row.id: row for row in strong}
        known = list(prefixes)
        self.separable = frozenset(prefix.id for prefix in known if prefix.separable)
        self.inseparable = frozenset(prefix.id for prefix in known if not prefix.separable)
        self.joined: dict[str, str] = {}
        self.parted: dict[tuple[str, str], str] = {}
        self.participles: dict[str, str] = {}
        self._asked: dict[tuple[str, str], str] = {}
        for verb in verbs:
            self._add(verb)

    def _add(self, verb: str) -> None:
        particle, inseparable, base = self._split(verb)
        finite = {spelled for form in self._finite(base) for spelled in spellings(form)}
        if particle:
            for form in finite:
                self.parted.setdefault((inseparable + form, particle), verb)
        for form in finite:
            self.joined.setdefault(particle + inseparable + form, verb)
        self.joined[verb] = verb
        for form in spellings(verb):
            self.joined.setdefault(form, verb)
            self.participles.setdefault(form + "d", verb)
        for form in spellings(f"{particle}zu{inseparable}{base}"):
            self.joined.setdefault(form, verb)
        for form in spellings(self._participle(base, inseparable, particle)):
            self.joined.setdefault(form, verb)
            self.participles.setdefault(form, verb)

    def participle_of(self, lemma: str, lower: str) -> str:
        """Return the verb of an inflected participle, or ''; answers are kept."""
        verb = self._asked.get((lemma, lower))
        if verb is None:
            verb = self.participles.get(lemma, "")
            for cut in (2, 1, 0):
                verb = verb or self.participles.get(lower[: len(lower) - cut], "")
            if len(self._asked) > KEPT:
                self._asked.clear()
            self._asked[lemma, lower] = verb
        return verb

    def _split(self, verb: str) -> tuple[str, str, str]:
        """Return (separable particle, inseparable prefix, base)."""
        if verb in self.strong:
            return "", "", verb
        particle, verb = self._cut(verb, self.separable)
        if verb in self.strong:
            return particle, "", verb
        inseparable, base = self._cut(verb, self.inseparable)
        return particle, inseparable, base

    def _cut(self, verb: str, prefixes: frozenset[str]) -> tuple[str, str]:
        """Split the longest prefix off, if a verb is left."""
        for length in range(min(len(verb) - 4, LONGEST_PREFIX), 1, -1):
            if verb[:length] in prefixes and self._is_verb(verb[length:]):
                return verb[:length], verb[length:]
        return "", verb

    @staticmethod
    def _is_verb(rest: str) -> bool:
        return rest.endswith(("en", "ern", "eln", "tun")) and any(c in "aeiouäöüy" for c in rest[:-2])

    def _finite(self, base: str) -> Iterator[str]:
        stem = base[:-2] if base.endswith("en") else base[:-1]
        yield base
        row = self.strong.get(base)
        if row:
            yield from (stem + "e", stem + "st", stem + "t", stem + "en", row.present, row.past, row.past + "en")
            yield from (row.past + "n", row.subjunctive, row.subjunctive + "n", row.past + "t", row.past + "st")
            return
        link = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn", "dn")) else ""
        for ending in ENDINGS_PRESENT:
            yield stem + (link if ending in ("st", "t") else "") + ending
        for ending in ENDINGS_PAST:
            yield stem + link + ending

    def _participle(self, base: str, inseparable: str, particle: str) -> str:
        row = self.strong.get(base)
        stem = base[:-2] if base.endswith("en") else base[:-1]
        link = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn", "dn")) else ""
        plain = row.participle if row else ("" if base.endswith("ieren") else "ge") + stem + link + "t"
        if inseparable:
            plain = inseparable + (plain[2:] if plain.startswith("ge") and not base.startswith("ge") else plain)
        return particle + plain
