"""Writes a parsed Doc for people (indented tree) and for programs (CoNLL-U)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token


def tree(doc: Doc, *, name: str) -> Iterator[str]:
    """Yield the document's sentences, each with its entities and its tree, one token a line."""
    yield f"# {name}"
    for number, sentence in enumerate(doc.sents, 1):
        if not sentence.text.strip():
            continue
        yield f"\n{number:>3} [{sentence.start_char}:{sentence.end_char}] {sentence.text.strip()}"
        for entity in sentence.ents:
            yield f"      {entity.label_:<4} {entity.text}"
        yield from _branch(sentence.root, depth=0)


def _branch(root: Token, *, depth: int) -> Iterator[str]:
    pending = [(root, depth)]
    while pending:  # no recursion: a hostile text may nest a thousand deep
        token, level = pending.pop()
        if not token.is_space:
            label = f"{'  ' * min(level, 40)}{token.text}"
            yield f"      {label:<40} {token.dep_:<12} {token.pos_:<6} {token.lemma_:<24} {token.morph}"
        pending += [(child, level + 1) for child in reversed(list(token.children))]


def conllu(doc: Doc, *, name: str) -> Iterator[str]:
    """Yield CoNLL-U lines; entities stand as ``NER=B-PER`` in MISC."""
    yield f"# newdoc id = {name}"
    for number, sentence in enumerate(doc.sents, 1):
        tokens = [token for token in sentence if not token.is_space]
        if not tokens:
            continue
        ids = {token.i: n for n, token in enumerate(tokens, 1)}
        yield f"# sent_id = {name}-s{number}"
        yield f"# text = {' '.join(sentence.text.split())}"
        for token in tokens:
            head = 0 if token.head is token or token.head.i == token.i else ids.get(token.head.i, 0)
            relation = "root" if head == 0 else token.dep_
            misc = [] if token.whitespace_ else ["SpaceAfter=No"]
            if token.ent_type_:
                misc.append(f"NER={token.ent_iob_}-{token.ent_type_}")
            cells = (ids[token.i], token.text, token.lemma_, token.pos_, "_", str(token.morph) or "_", head, relation)
            yield "\t".join(map(str, (*cells, "_", "|".join(misc) or "_")))
        yield ""
