"""Gives quotations their speaker: by the reporting clause beside them, by a colon, or by the quotation before."""

from __future__ import annotations

from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.persons import animate, may_speak
from lagebild.layers.speech.phrases import owner_of
from lagebild.layers.speech.quotes import Quote, is_title
from lagebild.layers.speech.speakers import (
    addressee,
    nearest_subject,
    place_of_report,
    speaker,
    subject,
)
from lagebild.layers.speech.tree import VERBAL, Tree
from lagebild.rules.speech import SpeechWords

LEAST = 6  # tokens of a quotation that nothing introduces
MOSTLY = 0.9  # share of a message that must be inside quotation marks for the message to count as direct speech


def place_quotes(tree: Tree, words: SpeechWords, quotes: list[Quote], cues: list[Cue], found: list[Found]) -> None:
    """Turn messages that are quotations into Direct ones, and add those no statement covers yet."""
    by_index = {cue.index: cue for cue in cues}
    last: Found | None = None
    for quote in quotes:
        inside = set(range(quote.start, quote.end + 1))
        holder = _holder(tree, inside, found) or _announced(tree, quote, found)
        if holder is not None:
            last = _make_direct(holder, inside)
            if holder.source & inside and (cue := by_index.get(holder.anchor)) is not None:
                holder.source = _direct(tree, words, cue, inside).source
            continue
        if any(
            quote.start + 1 in f.message and not f.cue & inside
            for f in found
            if f.clausal and not _frames(tree, f, quote)
        ):
            continue
        if quote.is_sentence and last is not None and _same_frame(tree, last, quote):
            last.message |= inside
            continue
        if is_title(tree, quote):
            continue
        new = _beside(tree, words, quote, inside, by_index, found)
        if new is None and quote.is_sentence:
            last = _told_here(tree, quote, found) or last
        if new is None and quote.is_sentence and (last is None or not _follows(tree, last, quote)):
            last = _told_just_before(tree, quote, found) or last
        if new is None and quote.is_sentence and last is not None and _follows(tree, last, quote):
            new = Found(
                "speech-quote-carried", "Direct", inside, source=set(last.source), carried=True, anchor=quote.start
            )
        if new is not None:
            found.append(new)
            last = new


def _holder(tree: Tree, inside: set[int], found: list[Found]) -> Found | None:
    """Return the statement whose message is (nearly) the quotation, or lies inside it."""
    best: Found | None = None
    words_inside = {t for t in inside if tree.pos[t] != "PUNCT"}
    for item in found:
        if not item.clausal or item.cue & inside:
            continue
        said = {t for t in item.message if tree.pos[t] != "PUNCT"}
        shared = len(said & words_inside)
        fits = shared and shared >= MOSTLY * len(said) and min(said) >= min(inside)
        if fits and (best is None or shared > len(best.message & inside)):
            best = item
    return best


def _announced(tree: Tree, quote: Quote, found: list[Found]) -> Found | None:
    """Return the statement of a verb before a colon whose message opens with the quotation and runs on behind it."""
    if not quote.is_sentence or not quote.start or tree.words[quote.start - 1] != ":":
        return None
    return next(
        (
            f
            for f in found
            if f.clausal
            and f.rule.startswith("speech-verb")
            and min(f.message) in (quote.start, quote.start + 1)
            and f.cue
            and max(f.cue) < quote.start
        ),
        None,
    )


def _frames(tree: Tree, item: Found, quote: Quote) -> bool:
    """Tell a source phrase around the whole: 'Die Kanzlerin sagte Teilnehmern zufolge: "..."' has two speakers."""
    phrase = not item.rule.startswith("speech-verb") or any(tree.lower[t] == "wie" for t in item.cue)
    return phrase and quote.is_sentence and tree.words[quote.start - 1] == ":" and quote.start - 1 in item.message


def _make_direct(item: Found, inside: set[int]) -> Found:
    item.form = "Direct"
    item.message = inside
    return item


def _beside(
    tree: Tree, words: SpeechWords, quote: Quote, inside: set[int], cues: dict[int, Cue], found: list[Found]
) -> Found | None:
    for cue in _cues_after(tree, quote, cues):
        return _direct(tree, words, cue, inside)
    if quote.start and tree.words[quote.start - 1] == ":":
        for cue in _cues_before(tree, quote, cues):
            return _direct(tree, words, cue, inside)
        if (told := _told_before_colon(tree, quote, found)) is not None:
            return told
        return _colon(tree, words, quote, inside)
    if not quote.is_sentence:
        return None
    if (name := _name_before(tree, words, quote)) is not None:
        source = {t for t in tree.noun_phrase(name) if t < quote.start - 1}
        return Found("speech-quote-colon", "Direct", inside, source=source, anchor=quote.start)
    for cue in _cues_in_sentence(tree, quote, cues):
        return _direct(tree, words, cue, inside)
    return None


def _direct(tree: Tree, words: SpeechWords, cue: Cue, inside: set[int]) -> Found:
    source = speaker(tree, cue, words)
    if source & inside:  # the parser took a word of the quotation for the subject
        head = place_of_report(tree, cue.index, words) if cue.row.lemma in words.groups["impersonal_verbs"] else None
        if head is None:
            beside = (c for c in tree.children[cue.index] if tree.deps[c] == "nsubj" and c not in inside)
            head = next(beside, None)
        head = head if head is not None else nearest_subject(tree, cue.index, inside)
        source = tree.noun_phrase(head) - cue.tokens if head is not None else set()
    source -= inside
    if not source and not cue.passive and "impersonal" not in cue.row.frames:
        head = nearest_subject(tree, cue.index, inside)
        source = tree.noun_phrase(head) - cue.tokens - inside if head is not None else source
    return Found(
        rule=cue.row.id,
        form="Direct",
        message=set(inside),
        cue=set(cue.tokens) - inside,
        source=source,
        addressee=addressee(tree, cue, source) - inside,
        stance=cue.row.stance,
        kind=cue.row.kind,
        anchor=cue.index,
    )


def _cues_after(tree: Tree, quote: Quote, cues: dict[int, Cue]) -> list[Cue]:
    """Return the reporting verb right behind the quotation: '"...", sagte er', '"...", hatte er gesagt'."""
    at = quote.end + 1
    while at < len(tree.words) and tree.words[at] in (",", "-", "–", ".") and at <= quote.end + 2:
        at += 1
    if at >= len(tree.words):
        return []
    if at in cues:
        return [cues[at]]
    if tree.pos[at] in VERBAL and (head := tree.heads[at]) in cues and head not in quote:
        return [cues[head]]
    return []


def _cues_before(tree: Tree, quote: Quote, cues: dict[int, Cue]) -> list[Cue]:
    """Return the reporting verb before a colon, in the sentence of the colon: of the main clause, else the nearest."""
    start = tree.bounds[tree.sentence[quote.start - 1]][0]
    found = [cues[i] for i in range(quote.start - 1, start - 1, -1) if i in cues]
    main = [cue for cue in found if tree.deps[cue.index] in ("ROOT", "conj", "parataxis")]
    return (main or found)[:1]


def _cues_in_sentence(tree: Tree, quote: Quote, cues: dict[int, Cue]) -> list[Cue]:
    """Return the reporting verb that governs the quotation from elsewhere in its sentence."""
    top = quote.start
    for _ in range(12):
        if top not in quote:
            break
        top = tree.heads[top]
    return [cues[top]] if top in cues and top not in quote else []


def _told_before_colon(tree: Tree, quote: Quote, found: list[Found]) -> Found | None:
    """Read 'Das habe Methode, so der Chef weiter: "..."': who tells the sentence before the colon goes on."""
    start = tree.bounds[tree.sentence[quote.start - 1]][0]
    near = [f for f in found if f.source and f.cue and start <= min(f.cue) and max(f.cue) < quote.start and f.clausal]
    if not near or not quote.is_sentence:
        return None
    told = max(near, key=lambda f: (len(f.message), f.anchor))
    inside = set(range(quote.start, quote.end + 1))
    return Found("speech-quote-colon", "Direct", inside, set(told.cue), set(told.source), anchor=quote.start)


def _name_before(tree: Tree, words: SpeechWords, quote: Quote) -> int | None:
    """Return who is named right before a quotation in brackets: 'der Leiter, Jan Huber („Wir warten“)'."""
    if quote.start < 2 or tree.words[quote.start - 1] != "(":
        return None
    last = quote.start - 2
    top = last
    while tree.deps[top] in ("flat", "appos") and tree.heads[top] < top and last - tree.heads[top] < 6:
        top = tree.heads[top]
    return top if tree.pos[last] in ("PROPN", "NOUN") and animate(tree, top, words) else None


def _colon(tree: Tree, words: SpeechWords, quote: Quote, inside: set[int]) -> Found | None:
    """Read 'X: "..."' and 'Er wurde deutlich: "..."' without a reporting verb: the subject speaks."""
    start, _ = tree.bounds[tree.sentence[quote.start - 1]]
    rule, owner = "speech-quote-colon", set[int]()
    for at in range(quote.start - 2, max(start, quote.start - 5) - 1, -1):
        row = words.nouns.get(tree.lemmas[at]) if tree.pos[at] == "NOUN" else None
        if row is not None and "quote" in row.frames:
            rule, owner = row.id, owner_of(tree, words, at)
    if not any(tree.forms[t].verb == "Fin" for t in range(start, quote.start)):
        named = [t for t in range(start, quote.start - 1) if tree.pos[t] in ("PROPN", "NOUN")]
        if named and quote.start - start <= 10 and rule == "speech-quote-colon" and quote.is_sentence:
            first = next((t for t in named if tree.heads[t] not in named), named[0])
            source = {t for t in tree.noun_phrase(first) if start <= t < quote.start - 1}
            return Found(rule, "Direct", set(inside), source=source, anchor=quote.start)
    root = next((i for i in range(start, quote.start) if tree.deps[i] == "ROOT"), None)
    if root is None or owner:
        found = Found(rule, "Direct", set(inside), source=owner - inside, anchor=quote.start)
        return found if rule != "speech-quote-colon" else None
    head = subject(tree, root) if tree.pos[root] in VERBAL or tree.child(root, "cop") is not None else root
    if head is None or head in inside:
        return Found(rule, "Direct", set(inside), anchor=quote.start) if rule != "speech-quote-colon" else None
    if rule == "speech-quote-colon":
        head = _who_spoke(tree, words, root, head, inside) if quote.is_sentence else None
        if head is None:
            return None
    return Found(rule, "Direct", set(inside), source=tree.noun_phrase(head) - inside, anchor=quote.start)


def _who_spoke(tree: Tree, words: SpeechWords, root: int, head: int, inside: set[int]) -> int | None:
    """Return who speaks in a sentence before a colon: the subject, if it may speak, or who stands behind the verb.

    None where the sentence is itself told, or names only a thing ("Seine Zuversicht hat Gründe: ..."): who spoke before
    speaks on.
    """
    finite = tree.finite(root)
    if finite is None or (tree.forms[finite].mood != "Sub" and may_speak(tree, head, words)):
        return head
    if tree.forms[finite].mood == "Sub":
        return None
    beside = nearest_subject(tree, root, inside | tree.subtree(head))  # "Jede Schuld weist Huber von sich: ..."
    return beside if beside is not None and beside > finite and animate(tree, beside, words) else None


def _told_here(tree: Tree, quote: Quote, found: list[Found]) -> Found | None:
    """Return who reports before the quotation in its own sentence: "Sie trauere, sagte die Königin, ihre „Gedanken sind ...“"."""
    number = tree.sentence[quote.start]
    near = [f for f in found if f.source and f.cue and f.clausal and max(f.cue | f.source) < quote.start]
    return max((f for f in near if tree.sentence[f.anchor] == number), key=lambda f: f.anchor, default=None)


def _told_just_before(tree: Tree, quote: Quote, found: list[Found]) -> Found | None:
    """Return the statement of the sentence before, where the quotation opens its own sentence."""
    number = tree.sentence[quote.start]
    if any(tree.pos[t] not in ("PUNCT", "SPACE") for t in range(tree.bounds[number][0], quote.start)):
        return None
    near = [
        f
        for f in found
        if f.source and tree.sentence[max(f.message | f.cue)] == number - 1 and max(f.message | f.cue) < quote.start
    ]
    return max(near, key=lambda f: (len(f.message), f.anchor), default=None)


def left_over(tree: Tree, words: SpeechWords, quotes: list[Quote], found: list[Found]) -> None:
    """Add quoted sentences that nothing introduces: the speaker is who speaks in their sentence or nearest to it."""
    covered = {t for item in found if item.clausal for t in item.message}
    for quote in quotes:
        inside = set(range(quote.start, quote.end + 1))
        spoken = any(tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL for t in inside)
        if not spoken or len(inside) < LEAST or quote.start + 1 in covered or is_title(tree, quote):
            continue
        number = tree.sentence[quote.start]
        near = [f for f in found if f.source and not f.source & inside and not any(f.anchor in q for q in quotes)]
        near = [f for f in near if number - 3 <= tree.sentence[f.anchor] <= number]
        teller = max(
            near,
            key=lambda f: (f.anchor < quote.start, f.anchor if f.anchor < quote.start else -f.anchor),
            default=None,
        )
        if teller is not None:
            found.append(
                Found(
                    "speech-quote-left", "Direct", inside, source=set(teller.source), carried=True, anchor=quote.start
                )
            )


def _follows(tree: Tree, last: Found, quote: Quote) -> bool:
    """Tell whether a quotation stands in the sentence of the last one or in the next."""
    before = tree.sentence[max(last.message | last.cue | last.source)]
    return 0 <= tree.sentence[quote.start] - before <= 1


def _same_frame(tree: Tree, last: Found, quote: Quote) -> bool:
    """Tell the second half of a split quotation: '"...", sagte er, "..."'."""
    if not last.cue or last.form != "Direct" or not max(last.message) < max(last.cue) < quote.start:
        return False
    return tree.words[quote.start - 1] in (",", ":") and tree.sentence[max(last.cue)] == tree.sentence[quote.start]
