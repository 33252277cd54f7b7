"""Quotation attribution for text whose words are given, in the forms of the two shared-task corpora."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from lagebild.layers.speech import newsatt
from lagebild.layers.speech.layer import find_speech
from lagebild.layers.speech.tree import Tree
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import speech_words

Sentences = Sequence[dict[str, Any]]


def news_annotations(doc: Doc, sentences: Sentences, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Return quotations as in SpkAtt-2023, task 2; ``doc`` has the words of ``sentences`` in order."""
    tree = Tree.of(doc)
    words = lexicon.derived(speech_words)
    return newsatt.quotation_rows(tree, words, find_speech(tree, words), names_of(sentences))


def speech_annotations(
    doc: Doc, sentences: Sentences, lexicon: Lexicon, *, states: NDArray[np.float32]
) -> list[dict[str, Any]]:
    """Return speech events as in SpkAtt-2023, task 1; ``states`` come with the Doc (``lagebild.language.states``)."""
    from lagebild.layers.speech.debate import find_events
    from lagebild.layers.speech.debate.written import event_rows

    lengths = [len(sentence["Tokens"]) for sentence in sentences]
    events = find_events(Tree.of(doc), lexicon.derived(speech_words), states=states, lengths=lengths)
    return event_rows(sentences, events)


def names_of(sentences: Sentences) -> list[str]:
    """Return the name of every word: ``"sentence id:number"``."""
    return [f"{s['SentenceId']}:{n}" for s in sentences for n, _ in enumerate(s["Tokens"])]
