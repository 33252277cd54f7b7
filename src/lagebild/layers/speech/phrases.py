"""Statements without a reporting verb: "laut X", "X zufolge", "nach Angaben X", "..., so X", "demnach", and nouns of speech."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import SUBJECTS, VERBAL, Tree
from lagebild.layers.speech.verbs import agent, clause_type, place_of_report, stretch, subject, trim
from lagebild.rules.speech import PREPOSITIONS, NounRow, PhraseRow, SpeechWords

CONTENT_OF_NOUN = frozenset({"acl", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "appos", "dep"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})


def find_phrases(tree: Tree, words: SpeechWords) -> Iterator[Found]:
    """Yield the statements whose source is named by a phrase."""
    for index, lower in enumerate(tree.lower):
        row = words.phrases.get(lower)
        if row is None:
            continue
        if row.kind == "so":
            found = _so(tree, row, index)
        elif row.kind == "adverb":
            found = _adverb(tree, row, index)
        elif row.kind == "relative":
            found = _relative(tree, row, index)
        elif row.kind == "wie":
            found = None
        else:
            found = _preposition(tree, words, row, index)
        if found is not None and found.message:
            yield found


def noun_row(tree: Tree, words: SpeechWords, index: int) -> NounRow | None:
    """Return the row of a noun of speech, also where it is the last part of a compound ("Polizeiangaben")."""
    lemma = tree.lemmas[index]
    row = words.nouns.get(lemma) or words.plurals.get(tree.lower[index])
    if row is None and tree.pos[index] == "NOUN" and len(lemma) > 8:
        low = lemma.lower()
        for length in range(len(low) - 3, 5, -1):
            if (row := words.suffixes.get(low[-length:])) is not None:
                break
    return row


def _preposition(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
    noun = tree.heads[index]
    misplaced = (row.kind == "before" and noun < index) or (row.kind == "after" and noun > index)
    if noun == index or misplaced or tree.deps[index] not in ("case", "mark", "fixed", "advmod", "dep") or tree.pos[noun] in ("VERB", "ADJ", "AUX"):
        if row.kind not in ("before", "after"):
            return None
        noun = _neighbour(tree, index, after=row.kind == "before")
        if noun < 0:
            return None
    while tree.deps[noun] == "flat" and index < tree.heads[noun] < noun:
        noun = tree.heads[noun]
    wrapper: set[int] = set()
    phrase = _adjacent(tree, tree.noun_phrase(noun) | {index}, noun)
    phrase.add(index)
    speaker = phrase - {index}
    kind, stance, rule = "say", "neutral", row.id
    spoken = noun_row(tree, words, noun)
    if row.kind == "noun":
        if spoken is None or "nach" not in spoken.frames or not _is_source(tree, words, spoken, noun):
            return None
        kind, stance, rule = spoken.kind, spoken.stance, spoken.id
    elif row.kind == "viewpoint":
        if tree.lower[noun] not in words.groups["viewpoint_nouns"]:
            return None
        kind = "think"
    if spoken is not None or row.kind == "viewpoint":
        wrapper, speaker = speaker, _owner(tree, noun, index) & speaker or speaker
    message = governed(tree, noun, phrase)
    if any(tree.lemmas[c] in words.groups["own"] for c in tree.children[noun]):
        above = tree.clause(tree.heads[noun])
        head = subject(tree, above)
        speaker = tree.noun_phrase(head) - phrase if head is not None else speaker
    return Found(rule, "Indirect", message, {index}, speaker, wrapper, kind=kind, stance=stance, anchor=noun)  # type: ignore[arg-type]


def _adjacent(tree: Tree, phrase: set[int], noun: int) -> set[int]:
    """Cut a noun phrase where it stops being one stretch or where an adverb or a verb shows that the clause goes on."""
    kept = {noun}
    for step in (1, -1):
        at = noun + step
        while (at in phrase or (step == -1 and tree.pos[at] == "PROPN" and tree.pos[noun] == "PROPN")) and not (step == 1 and tree.pos[at] in ("ADV", "VERB", "AUX", "PART")):
            kept.add(at)
            at += step
    while len(kept) > 1 and tree.pos[max(kept)] in ("ADP", "DET", "PUNCT", "CCONJ") and max(kept) != noun and tree.words[max(kept)] not in "“”»«\")":
        kept.discard(max(kept))
    return kept | (phrase & {noun - 1})


def _neighbour(tree: Tree, index: int, *, after: bool) -> int:
    """Return the noun right after (before) a preposition that the parser hung elsewhere, or -1."""
    step = 1 if after else -1
    at = index + step
    for _ in range(8):
        if not 0 <= at < len(tree.words) or tree.sentence[at] != tree.sentence[index] or tree.words[at] == ",":
            return -1
        if tree.pos[at] in NOMINAL and (tree.heads[at] < index if after else True):
            return at
        if tree.pos[at] in NOMINAL:
            return at
        at += step
    return -1


def _is_source(tree: Tree, words: SpeechWords, row: NounRow, noun: int) -> bool:
    """Keep "nach der Entscheidung" (time) apart from "nach Angaben" (source)."""
    if tree.lemmas[noun] in words.groups["source_nouns"] or row.lemma in words.groups["source_nouns"]:
        return True
    articles = [c for c in tree.children[noun] if tree.deps[c] in ("det", "det:poss")]
    indefinite = all(tree.lemmas[c] in ("ein", "eine") or tree.lower[c].startswith("ein") for c in articles)
    return not articles or indefinite


def _owner(tree: Tree, noun: int, preposition: int) -> set[int]:
    """Return whose words they are: genitive, von-phrase, possessive, name, else an adjective or the noun itself."""
    for labels in (("nmod", "appos", "flat"), ("det:poss",), ("amod",)):
        for child in tree.children[noun]:
            if tree.deps[child] in labels and child != preposition:
                return tree.noun_phrase(child)
    return tree.noun_phrase(noun) - {preposition}


def governed(tree: Tree, noun: int, phrase: set[int]) -> set[int]:
    """Return the clause that a source phrase vouches for, without the phrase."""
    above = tree.heads[noun]
    if above > noun and tree.pos[above] in ("ADJ", "NOUN", "NUM", "PROPN") and tree.deps[above] not in ("ROOT", "conj", "ccomp", "acl", "advcl", "parataxis"):
        inside = trim(tree, {t for t in tree.subtree(above) if t > max(phrase)})
        if inside and tree.finite(above) is None:
            return inside
    head = tree.clause(above) if above != noun else noun
    start, end = tree.bounds[tree.sentence[noun]]
    if tree.deps[head] == "ROOT":
        return trim(tree, set(range(start, end)) - phrase)
    return stretch(tree, [head], phrase)


def _so(tree: Tree, row: PhraseRow, index: int) -> Found | None:
    """Read "..., so X": a noun phrase without a verb, closed by punctuation."""
    before = tree.words[index - 1] if index else ""
    if not (before in (",", "–", "-", "—") or before in QUOTE_MARKS):
        return None
    end = tree.bounds[tree.sentence[index]][1]
    at = index + 1
    while at < end and tree.words[at] not in (",", ".", ":", ";", "–", "!", "?", "“", "„", '"', "»", "«"):
        if tree.pos[at] in VERBAL or tree.pos[at] in ("SCONJ",):
            return None
        at += 1
    names = [i for i in range(index + 1, at) if tree.pos[i] in NOMINAL]
    if not names or tree.pos[index + 1] in ("ADJ", "ADV") and tree.pos[min(index + 2, end - 1)] not in NOMINAL:
        return None
    inside = set(range(index + 1, at))
    head = next((i for i in names if tree.heads[i] not in inside), names[0])
    speaker = (tree.noun_phrase(head) & inside) or {head}
    for name in names:
        if tree.heads[name] in speaker:
            speaker |= tree.noun_phrase(name) & inside
    start = tree.bounds[tree.sentence[index]][0]
    message = trim(tree, set(range(start, index)))
    if at + 1 < end and tree.words[at] == "," and before not in QUOTE_MARKS:
        message |= trim(tree, set(range(at + 1, end)))
    if len(message) < 2:
        return None
    return Found(row.id, "Indirect", message, {index}, speaker, anchor=head)


def _adverb(tree: Tree, row: PhraseRow, index: int) -> Found | None:
    start, end = tree.bounds[tree.sentence[index]]
    if index > start + 3:
        return None
    message = trim(tree, set(range(start, end)) - {index})
    return Found(row.id, "Indirect", message, {index}, set(), {index}, anchor=index, carried=True)


def _relative(tree: Tree, row: PhraseRow, index: int) -> Found | None:
    clause = tree.clause(index)
    if tree.deps[clause] == "ROOT" or clause == index:
        return None
    antecedent = tree.heads[clause]
    message = stretch(tree, [clause], {index})
    source = {antecedent} if tree.pos[antecedent] in NOMINAL else set()
    speaker = _owner(tree, antecedent, index) if source else set()
    return Found(row.id, "Indirect", message, {index}, speaker - message, source, anchor=index)


def find_nouns(tree: Tree, words: SpeechWords) -> Iterator[Found]:
    """Yield the statements that are the content of a noun: "die Forderung, ..."."""
    for index, pos in enumerate(tree.pos):
        if pos != "NOUN":
            continue
        row = words.nouns.get(tree.lemmas[index]) or words.plurals.get(tree.lower[index])
        if row is None or not ("clause" in row.frames or "light" in row.frames):
            continue
        clauses = [c for c in tree.children[index] if c > index and _is_content(tree, words, c)]
        if not clauses and (beside := _clause_beside(tree, words, index)) is not None:
            clauses = [beside]
        source, cue = _noun_frame(tree, words, index)
        if clauses:
            message = stretch(tree, clauses, cue)
            message = {t for t in message if t > index}
            if message:
                yield Found(row.id, "Indirect", message, cue, source - message, stance=row.stance, kind=row.kind, anchor=index)
        elif "light" in row.frames and source and len(cue) > 1:
            message = _light_content(tree, row, index) - cue - source
            if message:
                yield Found(
                    row.id, "Reported", message, cue, source, stance=row.stance, kind=row.kind, anchor=index, clausal=False
                )  # fmt: skip


def _clause_beside(tree: Tree, words: SpeechWords, noun: int) -> int | None:
    """Return the clause right behind the comma after the noun's phrase, wherever the parser hung it."""
    verb = tree.heads[noun]
    if tree.deps[noun] == "obj" and any("accusative" in row.frames for row in words.verbs.get(tree.separable(verb), ())):
        return None  # "ersuchte den Rat, ...": the noun is who is asked, not what is said
    end = tree.bounds[tree.sentence[noun]][1]
    phrase = tree.noun_phrase(noun)
    at = noun + 1
    while at < end and (at in phrase or tree.deps[at] == "compound:prt") and tree.words[at] != ",":
        at += 1
    if at + 1 >= end or tree.words[at] != ",":
        return None
    head = at + 1
    while head < end and tree.pos[head] == "PUNCT":
        head += 1
    for _ in range(12):
        if head <= at or head >= end:
            return None
        if tree.deps[head] in CONTENT_OF_NOUN or tree.deps[head] in ("conj", "ROOT"):
            break
        head = tree.heads[head]
    if head <= at or tree.heads[head] in tree.subtree(noun) - {noun}:
        return None
    kind = clause_type(tree, head, words)
    return head if kind in ("dass", "infinitive", "konjunktiv") and min(tree.subtree(head)) >= at else None


def _light_content(tree: Tree, row: NounRow, noun: int) -> set[int]:
    """Return what a noun under a light verb is about: "Kritik an dem Gesetz", "dem Plan eine Absage"."""
    found: set[int] = set()
    verb = tree.heads[noun]
    for child in (*tree.children[noun], *tree.children[verb]):
        case = tree.child(child, "case")
        if tree.deps[child] in ("nmod", "obl") and case is not None:
            if (tree.lemmas[case] if tree.lemmas[case] in PREPOSITIONS else tree.lower[case]) in row.frames:
                found |= tree.subtree(child)
        elif tree.deps[child] == "obl:arg" and tree.heads[child] == verb and row.kind == "reject":
            found |= tree.subtree(child)
    return trim(tree, found)


def _is_content(tree: Tree, words: SpeechWords, clause: int) -> bool:
    if tree.deps[clause] not in CONTENT_OF_NOUN:
        return False
    children = tree.children[clause]
    if any(tree.lower[c] in words.groups["complementisers"] and tree.deps[c] == "mark" for c in children):
        return True
    if any(tree.forms[c].case and tree.lower[c] in ("der", "die", "das", "den", "dem", "dessen", "deren") and tree.pos[c] == "PRON" for c in children):
        return False
    if any(tree.deps[c] == "mark" and tree.lower[c] == "zu" for c in children) or tree.forms[clause].verb == "Inf":
        return tree.deps[clause] in ("acl", "ccomp", "xcomp", "advcl")
    finite = tree.finite(clause)
    return finite is not None and tree.forms[finite].mood == "Sub"


def _noun_frame(tree: Tree, words: SpeechWords, noun: int) -> tuple[set[int], set[int]]:
    """Return speaker and cue of a noun of speech: its owner, else the subject of its verb."""
    cue = {noun} | {c for c in tree.children[noun] if tree.deps[c] == "det"}
    verb = tree.heads[noun]
    light = tree.pos[verb] in VERBAL and (
        tree.lemmas[verb] in words.groups["light_verbs"] or tree.separable(verb) in words.groups["light_verbs"]
    )
    for child in tree.children[noun]:
        if (tree.deps[child] == "det:poss" and not light) or (tree.deps[child] == "nmod" and child < noun + 6 and _is_owner(tree, child)):
            return tree.noun_phrase(child), cue
    if tree.deps[noun] in ("obj", "obl", "xcomp", "obl:arg") and tree.pos[verb] in VERBAL:
        if light:
            cue |= {verb} | {c for c in tree.children[verb] if tree.deps[c] in ("aux", "compound:prt", "aux:pass")}
            head = subject(tree, verb)
            if head is not None and tree.deps[head] != "nsubj:pass":
                return tree.noun_phrase(head), cue
    if tree.deps[noun] in SUBJECTS and tree.pos[verb] in VERBAL:
        head = agent(tree, verb, words)
        if head is None:
            head = place_of_report(tree, verb, words)
            head = head if head is not None and tree.lower[min(tree.noun_phrase(head))] == "aus" else None
        if head is not None:
            return tree.noun_phrase(head), cue
    return set(), cue


def _is_owner(tree: Tree, child: int) -> bool:
    case = tree.child(child, "case")
    return tree.forms[child].case == "Gen" if case is None else tree.lower[case] in ("von", "vom", "durch", "seitens", "aus")
