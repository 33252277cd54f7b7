"""``python -m bench.model_errors``: what the language pipeline gets wrong, by construction (tables of docs/model.md).

Trees: for each relation of ``corpus_dev``, how many words have another head or relation, and which confusions lead.
Entities: for each label the F1, and each error by kind: missed, invented, other label, other span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from spacy.language import Language

from bench.model import parts
from lagebild.language.load import load
from lagebild.language.score import Reading, Token, reading_of

SHOWN = 4  # confusions of a relation
Place = tuple[int, int]
Span = tuple[int, int, str]


def readings(nlp: Language, part: str) -> Iterator[tuple[Reading, Reading]]:
    """Yield gold and found reading of each text of a test part; nothing where its file is not at hand."""
    texts = dict(parts())[part]
    pairs = list(texts()) if texts is not None else []
    for (_, gold), doc in zip(pairs, nlp.pipe([text for text, _ in pairs]), strict=True):
        yield gold, reading_of(doc)


def relation(token: Token) -> str:
    return token.dep.partition(":")[0]


def confusion(gold: Token, found: Token, above: Mapping[Place, Token]) -> str:
    """Return what was taken for what: ``nmod`` (other relation, same head), ``head`` (same relation) or both."""
    heads = [above[token.head].upos if token.head in above else "-" for token in (gold, found)]
    moved = gold.head != found.head
    name = relation(found) if relation(found) != relation(gold) else ""
    return " ".join(filter(None, (name, f"{heads[0]}>{heads[1]}" if moved else ""))) or "same"


def tree_errors(pairs: Iterable[tuple[Reading, Reading]]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Return the number of words of each relation, and its confusions with their numbers."""
    totals: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = {}
    for gold, found in pairs:
        words = {(token.start, token.end): token for token in gold.tokens or ()}
        by_place = {(token.start, token.end): token for token in found.tokens or ()}
        for place, word in words.items():
            totals[relation(word)] += 1
            token = by_place.get(place)
            if token is None:
                wrong.setdefault(relation(word), Counter())["other token"] += 1
            elif token.head != word.head or relation(token) != relation(word):
                wrong.setdefault(relation(word), Counter())[confusion(word, token, words)] += 1
    return totals, wrong


def entity_errors(pairs: Iterable[tuple[Reading, Reading]]) -> tuple[dict[str, float], Counter[str]]:
    """Return F1 in percent by label and the errors by kind; labels that the gold never uses are not counted."""
    pairs = list(pairs)
    labels = {span[2] for gold, _ in pairs for span in gold.entities or ()}
    counts: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    for gold, found in pairs:
        wanted = gold.entities or set()
        got = {span for span in found.entities or () if span[2] in labels}
        counts.update(("gold", span[2]) for span in wanted)
        counts.update(("found", span[2]) for span in got)
        counts.update(("right", span[2]) for span in wanted & got)
        kinds.update(missed(span, found.entities or set()) for span in wanted - got)
        kinds.update(f"{span[2]} invented" for span in got - wanted if not touching(span, wanted))
    f1 = {
        label: round(200 * counts["right", label] / max(counts["gold", label] + counts["found", label], 1), 1)
        for label in sorted(labels)
    }
    return f1, kinds


def touching(span: Span, others: Iterable[Span]) -> list[Span]:
    return [other for other in others if other[0] < span[1] and span[0] < other[1]]


def missed(span: Span, found: Iterable[Span]) -> str:
    """Say how a gold entity was missed."""
    over = touching(span, found)
    if not over:
        return f"{span[2]} missed"
    if over[0][:2] != span[:2]:
        return "span" if over[0][2] == span[2] else "span and label"
    return f"{span[2]} taken for {over[0][2]}"


def main() -> None:
    """Print all tables."""
    nlp = load()
    totals, wrong = tree_errors(readings(nlp, "corpus_dev"))
    print(f"corpus_dev: {sum(sum(c.values()) for c in wrong.values())} of {sum(totals.values())} words\n")
    print("| relation | wrong | of | mostly |\n|---|---|---|---|")
    for name, errors in sorted(wrong.items(), key=lambda item: -sum(item[1].values())):
        most = ", ".join(f"{what} {n}" for what, n in errors.most_common(SHOWN))
        print(f"| {name} | {sum(errors.values())} | {totals[name]} | {most} |")
    for part in ("uner_pud", "germeval14_test_held"):
        f1, kinds = entity_errors(readings(nlp, part))
        print(f"\n{part}: " + (", ".join(f"{label} {value}" for label, value in f1.items()) or "not at hand"))
        for kind, n in kinds.most_common():
            print(f"  {n:4} {kind}")


if __name__ == "__main__":
    main()
