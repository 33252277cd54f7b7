"""Runs the parts of the layer in order and turns what they found into records."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.speech.carry import after_colon, carry
from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.cues import Cue, find_cues
from lagebild.layers.speech.deeds import by_oneself, statements_only
from lagebild.layers.speech.direct import left_over, place_quotes
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.interview import with_turns
from lagebild.layers.speech.nouns import find_nouns
from lagebild.layers.speech.phrases import find_phrases
from lagebild.layers.speech.quotes import Quote, find_quotes
from lagebild.layers.speech.reports import report
from lagebild.layers.speech.speakers import spoken_of
from lagebild.layers.speech.tree import Tree
from lagebild.records import Actor, Evidence, Statement
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import SpeechWords, speech_words

OTHERS_WORDS = frozenset(
    {"reject", "deny", "criticise", "praise", "doubt", "answer", "agree"}
)  # verbs about what others said


def find_speech(tree: Tree, words: SpeechWords) -> list[Found]:
    """Return the statements of a text by token numbers, in the order of their messages, inner ones after outer ones."""
    quotes = find_quotes(tree)
    cues = [cue for cue in find_cues(tree, words) if not spoken_of(tree, cue, words)]
    found = [item for cue in cues if (item := report(tree, cue, words)) is not None]
    found = _nearest(tree, words, [item for item in found if item.message])  # a frame can swallow what it frames
    _cut_reports(tree, cues, found)
    phrases = list(find_phrases(tree, words))
    _hold_phrases(phrases, found)
    found += phrases
    found = merged(found, list(find_nouns(tree, words)))
    place_quotes(tree, words, quotes, cues, found)
    after_colon(tree, words, found)
    carry(tree, words, found)
    left_over(tree, words, quotes, found)
    found = [item for item in found if item.message and not item.unsaid]
    _close_marks(quotes, found)
    found.sort(key=lambda item: (min(item.message), -len(item.message)))
    return found


def _close_marks(quotes: list[Quote], found: list[Found]) -> None:
    """Keep both marks of a quotation that a message opens or ends with, or none of a quotation it holds only in part."""
    for quote in quotes:
        for item in found:
            starts, ends = quote.start in item.message, quote.end in item.message
            if starts == ends:
                continue
            last, first = max(item.message), min(item.message)
            if starts and last == quote.end - 1:
                item.message.add(quote.end)
            elif ends and first == quote.start + 1:
                item.message.add(quote.start)
            elif starts and last == quote.start:
                item.message.discard(quote.start)
            elif ends and last == quote.end and len(item.message) > 1:
                item.message.discard(quote.end)


def _nearest(tree: Tree, words: SpeechWords, found: list[Found]) -> list[Found]:
    """Give a clause to the reporting verb it follows: "Er kommentierte das, indem er ihm vorwarf, ...": what he reproached."""
    ends: dict[int, list[Found]] = {}
    for item in found:
        if item.clausal:
            ends.setdefault(max(item.message), []).append(item)
    taken = [
        far
        for group in ends.values()
        for far in group
        for near in group
        if far.rule not in words.citing
        and far.anchor < near.anchor < min(far.message)
        and near.anchor < min(near.message)
        and near.source
        and tree.deps[near.anchor] in ("advcl", "acl")
    ]
    return [item for item in found if not any(item is far for far in taken)]


def _cut_reports(tree: Tree, cues: list[Cue], found: list[Found]) -> None:
    """End a message where the writer goes on to report: "Er sagte, man prüfe das, und fügte hinzu: ..."."""
    for cue in cues:
        finite, joint = tree.finite(cue.index), tree.child(cue.index, "cc")
        if tree.deps[cue.index] != "conj" or finite is None or joint is None or tree.forms[finite].mood != "Ind":
            continue
        for item in found:
            if not item.clausal or joint <= item.anchor or not min(item.message) < joint < max(item.message):
                continue
            told = next((t for t in sorted(item.message) if tree.forms[t].verb == "Fin"), joint)
            past = tree.forms[finite].tense == "Past" and tree.forms[told].mood == "Sub"
            if told < joint and (tree.heads[cue.index] == item.anchor or past):
                item.message = trim(tree, {t for t in item.message if t < joint}) or item.message


def _hold_phrases(phrases: list[Found], found: list[Found]) -> None:
    """Take a source phrase out of messages it vouches for: "Man prüfe, ob es geht, so der Sprecher"."""
    for phrase in phrases:
        frame = phrase.cue | phrase.source | phrase.wrapper
        for item in found:
            if phrase.cue <= item.message and item.cue <= phrase.message:
                item.message -= frame


def merged(found: list[Found], nouns: list[Found]) -> list[Found]:
    """Join the two readings of "äußerte die Hoffnung, dass ...": the noun tells the kind, the verb the speaker."""
    out = [item for item in found if item.message]
    for noun in nouns:
        twin = next((f for f in out if f.anchor != noun.anchor and _same(f, noun)), None)
        if twin is not None:
            out.remove(twin)
            noun.cue |= twin.cue
            own = noun.source if twin.stance == "denies" or twin.kind in OTHERS_WORDS else set()
            noun.source, noun.wrapper = own or twin.source or noun.source, noun.wrapper or twin.wrapper
            noun.addressee = noun.addressee or twin.addressee
            noun.stance = noun.stance if noun.stance != "neutral" else twin.stance
        out.append(noun)
    return out


def _same(verb: Found, noun: Found) -> bool:
    """Tell whether a verb's message is the noun's clause, give or take the noun itself."""
    shared = len(verb.message & noun.message)
    return verb.clausal and shared >= 0.8 * len(verb.message | noun.message)


def find_statements(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Statement]:
    """Yield the statements of the article, the innermost first where one is told inside another."""
    words: SpeechWords = lexicon.derived(speech_words)
    tree = Tree.of(doc)
    found = with_turns(tree, statements_only(tree, words, find_speech(tree, words)))
    by_oneself(tree, found)
    found.sort(key=lambda item: len(item.message))
    parents = _parents(found)
    for number, item in enumerate(found):
        yield _statement(tree, item, number, parents[number], earlier)


def _parents(found: list[Found]) -> list[int | None]:
    """Return for each statement (smallest first) the number of the smallest one whose message holds its cue or message."""
    parents: list[int | None] = []
    for number, item in enumerate(found):
        key = item.cue or item.message
        parents.append(
            next(
                (
                    n
                    for n in range(number + 1, len(found))
                    if key <= found[n].message and item.message != found[n].message
                ),
                None,
            )
        )
    return parents


def _statement(tree: Tree, item: Found, number: int, parent: int | None, earlier: Earlier) -> Statement:
    spans = columns_of(tree.doc).spans
    source = spans(item.source)
    cue = spans(item.cue)
    first = cue[0] if cue else None
    heard = spans(item.addressee)
    evidence = [Evidence("message", item.rule, first, note=item.kind)]
    if item.carried:
        evidence.append(Evidence("source", "speech-carried", source[0] if source else None))
    if item.stance != "neutral":
        evidence.append(Evidence("stance", item.rule, first))
    return Statement(
        id=number,
        source=_actors(tree, item, earlier),
        source_span=max(source, key=lambda span: span.end - span.start) if source else None,
        cue=cue,
        message=spans(item.message),
        form=item.form,
        addressee=heard[0] if heard else None,
        parent=parent,
        stance=item.stance,
        evidence=tuple(evidence),
        confidence=item.confidence,
    )


def _actors(tree: Tree, item: Found, earlier: Earlier) -> tuple[Actor, ...]:
    """Return the actors of the mention that the speaker's phrase is, and of those joined with it.

    In "Nigerias Staatschef Bola Tinubu" that is the head of the phrase, not the state named first in it.
    """
    found: list[Mention] = []
    for token in _heads_first(tree, item.source):
        mention = earlier.mention_at(token)
        if mention is None or mention in found or mention.head not in item.source:
            continue
        if found and not _joined(tree, mention.head, found[0].head):
            continue
        found.append(mention)
    return tuple(actor for mention in found for actor in mention.actors)


def _heads_first(tree: Tree, source: set[int]) -> Iterator[int]:
    """Yield the tokens of a phrase from its head downwards: names and what is joined before what only belongs to it."""
    level = sorted(t for t in source if tree.heads[t] not in source or tree.heads[t] == t)
    while level:
        yield from level
        below = [c for t in level for c in sorted(tree.children[t]) if c in source]
        level = sorted(below, key=lambda c: tree.deps[c] not in ("flat", "appos", "conj"))


def _joined(tree: Tree, head: int, first: int) -> bool:
    """Tell whether a noun is joined to the first one by "und"."""
    while tree.deps[head] in ("conj", "flat", "appos") and tree.heads[head] != head:
        joined, head = tree.deps[head] == "conj", tree.heads[head]
        if head == first:
            return joined
    return False
