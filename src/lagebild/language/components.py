"""Rules around the trained components: forced sentence boundaries before the parser, joined lemmas after it."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

BREAKS = "lagebild_breaks"
LEMMAS = "lagebild_lemmas"


@Language.component(BREAKS)
def break_lines(doc: Doc) -> Doc:
    """Make the first word after a line break begin a sentence; the parser keeps such marks."""
    after_break = False
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc


@Language.component(LEMMAS)
def join_particles(doc: Doc) -> Doc:
    """Give a verb with a separated particle (zog ... ab) the joined lemma (abziehen)."""
    for token in doc:
        if token.dep_ == "compound:prt" and token.head.pos_ in {"VERB", "AUX"}:
            particle, lemma = token.lower_, token.head.lemma_
            if not lemma.startswith(particle):
                token.head.lemma_ = particle + lemma
    return doc
