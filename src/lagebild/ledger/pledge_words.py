"""The words of ``lexicon/ledger/pledges.tsv``, ready for use, and the types of what may be promised."""

from __future__ import annotations

import re

from lagebild.ledger.alike import type_of
from lagebild.ledger.words import fold
from lagebild.rules.events import NOUNS, VERBS, Noun, Verb
from lagebild.rules.ledger import PLEDGES, PledgeWords
from lagebild.rules.lexicon import Lexicon

UNNAMED = "AGREE"  # type of what is promised where its verb is in no row of the event lexicon
PROMISED = {"AID", "CONCEDE", "RETREAT", "MOBILIZE", "COOPERATE", "SANCTION", "COERCE", "CONSULT"}


class Words:
    """The tables, ready for use: patterns by kind, the types of verbs and nouns."""

    def __init__(self, lexicon: Lexicon):
        rows: dict[str, list[str]] = {}
        for row in lexicon.rows(PLEDGES, PledgeWords):
            rows.setdefault(row.kind, []).append(row.words)
        self.of = {kind: re.compile("|".join(words)) for kind, words in rows.items()}
        self.any = re.compile(
            "|".join(w for kind in ("modal", "commissive", "asked", "reported", "receives") for w in rows[kind])
        )
        verbs, nouns = lexicon.rows(VERBS, Verb), lexicon.rows(NOUNS, Noun)
        self.types: dict[str, set[str]] = {}
        for word, type_ in (*((v.lemma, v.type) for v in verbs), *((n.noun, n.type) for n in nouns)):
            self.types.setdefault(fold(word), set()).add(type_)

    def type_of(self, act: str) -> str:
        """Return the type of an act where the lexicon knows only one that may be promised."""
        types = self.types.get(act, set()) & PROMISED
        if len(types) == 1:
            return next(iter(types))
        return type_of(act) or ("CONCEDE" if self.of["noun"].match(act) else UNNAMED)
