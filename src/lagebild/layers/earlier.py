"""What the layers before have found in this article, with look-ups by token. Layers read it; only the pipeline adds."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from lagebild.layers.columns import columns_of
from lagebild.records import Actor, Article, Contradiction, Date, Event, Place, Quantity, Span, Statement, quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of one or more actors: token index of its syntactic head, its span, whom it means.

    ``actors`` has one entry per actor meant ("beide Seiten": two), all with this span; an unresolved one has code None.
    ``head`` is the token that carries the mention's role in the sentence (for "US-Außenminister John Kerry" the title).
    """

    head: int
    span: Span
    actors: tuple[Actor, ...]


@dataclass(slots=True)
class Earlier:
    """The findings so far, in the order of the layers."""

    article: Article
    doc: Doc
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    _by_token: tuple[int, dict[int, Mention]] = (-1, {})

    def index_at(self, offset: int) -> int | None:
        """Return the number of the token that covers character ``offset``, or None between tokens."""
        return columns_of(self.doc).covering(offset)

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers character ``offset``, or None between tokens."""
        index = self.index_at(offset)
        return None if index is None else self.doc[index]

    def mention_at(self, token: int) -> Mention | None:
        """Return the innermost mention whose span covers token number ``token``."""
        if self._by_token[0] != id(self.mentions):
            covering: dict[int, Mention] = {}
            for mention in sorted(self.mentions, key=lambda m: m.span.start - m.span.end):
                for index in tokens_of(self.doc, mention.span):
                    covering[index] = mention
            self._by_token = (id(self.mentions), covering)
        return self._by_token[1].get(token)


def tokens_of(doc: Doc, span: Span) -> range:
    """Return the indexes of the tokens that ``span`` touches."""
    return columns_of(doc).tokens(span)


def span_of(tokens: Token | TokenSpan) -> Span:
    """Return the record span of a token or a stretch of tokens."""
    if isinstance(tokens, Token):
        return Span(tokens.idx, tokens.idx + len(tokens), tokens.text)
    if not len(tokens):
        return Span(tokens.start_char, tokens.end_char, "")
    return columns_of(tokens.doc).span(tokens.start, tokens.end)
