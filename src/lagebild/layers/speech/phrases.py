"""Statements without a reporting verb: "laut X", "X zufolge", "nach Angaben X", "..., so X", "demnach", and nouns of speech."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.layers.speech.contents import stretch, trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.persons import may_speak
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.speakers import subject
from lagebild.layers.speech.tree import VERBAL, Tree
from lagebild.rules.speech import NounRow, PhraseRow, SpeechWords

NO_GENITIVE = frozenset({"die", "das", "den", "ein", "eine", "einen"})
INCLUDING = frozenset({"darunter", "davon"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})


def find_phrases(tree: Tree, words: SpeechWords) -> Iterator[Found]:
    """Yield the statements whose source is named by a phrase."""
    for index, lower in enumerate(tree.lower):
        row = words.phrases.get(lower)
        if row is None:
            continue
        if row.kind == "so":
            found = _so(tree, words, row, index)
        elif row.kind == "adverb":
            found = _adverb(tree, words, row, index)
        elif row.kind == "relative":
            found = _relative(tree, words, row, index)
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


def _trails(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> bool:
    """Tell "nach" behind its noun: "ihrer Meinung nach", "dem Vernehmen nach"."""
    if row.kind != "noun" or index < 2 or tree.pos[index - 1] != "NOUN" or tree.pos[index - 2] not in ("DET", "PRON"):
        return False
    spoken = noun_row(tree, words, index - 1)
    return spoken is not None and "nach" in spoken.frames and not tree.lower[index - 2].startswith(("das", "den"))


def _which(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
    """Read "Berichte, nach denen ...": a relative clause that tells what the noun before it says."""
    if row.kind not in ("noun", "before") or index < 2 or tree.words[index - 1] != "," or index + 2 >= len(tree.words):
        return None
    if tree.pos[index + 1] != "PRON" or tree.lower[index + 1] not in (
        "dem",
        "der",
        "denen",
        "welchem",
        "welcher",
        "welchen",
    ):
        return None
    clause = tree.clause(tree.heads[index + 1])
    antecedent = tree.heads[clause] if tree.deps[clause] == "acl" and tree.heads[clause] < index else index - 2
    if tree.lower[index + 1] == "denen" and (tree.pos[antecedent], tree.forms[antecedent].number) != ("NOUN", "Plur"):
        start = max(tree.bounds[tree.sentence[index]][0], index - 7)  # "Studien der Charité, nach denen ..."
        many = (t for t in range(index - 2, start - 1, -1) if tree.forms[t].number == "Plur" and tree.pos[t] == "NOUN")
        antecedent = next(many, antecedent)
    spoken = noun_row(tree, words, antecedent)
    if spoken is None and row.kind == "noun":
        return None
    message = {t for t in stretch(tree, [clause], {index, index + 1}) if t > index + 1}
    source = _owner(tree, words, antecedent, index) - message
    kind = spoken.kind if spoken is not None else "say"
    return Found(row.id, "Indirect", message, {index}, source, {antecedent, index + 1}, kind=kind, anchor=index)


def _preposition(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
    if index + 1 < len(tree.words) and tree.lower[index + 1] == "wie":
        return None  # "nach wie vor"
    if (which := _which(tree, words, row, index)) is not None:
        return which
    noun = index - 1 if _trails(tree, words, row, index) else tree.heads[index]
    misplaced = (row.kind == "before" and noun < index) or (row.kind == "after" and noun > index)
    if noun == index - 1 and row.kind == "noun":
        pass
    elif (
        noun == index
        or misplaced
        or tree.deps[index] not in ("case", "mark", "fixed", "advmod", "dep")
        or tree.pos[noun] in ("VERB", "ADJ", "AUX")
    ):
        if row.kind not in ("before", "after"):
            return None
        noun = _neighbour(tree, index, after=row.kind == "before")
        if noun < 0:
            return None
    if row.form in words.groups["by_law"] and not may_speak(tree, noun, words):
        return None  # "gemäß der alten Regelung", "gemäß § 5"
    while tree.deps[noun] == "flat" and index < tree.heads[noun] < noun:
        noun = tree.heads[noun]
    if index < noun and tree.heads[noun] == noun + 1 and noun_row(tree, words, noun + 1) is not None:
        noun += 1  # "nach Grupps Meinung", with the preposition hung on the name
    wrapper: set[int] = set()
    phrase = _adjacent(tree, tree.noun_phrase(noun) | {index}, noun)
    phrase.add(index)
    speaker = phrase - {index}
    kind, stance, rule = "say", "neutral", row.id
    spoken = noun_row(tree, words, noun)
    if row.kind == "noun" and spoken is None and tree.lemmas[noun] in words.groups["media"]:
        article = tree.child(noun, "det")
        if (article is not None and tree.lower[article].startswith("d")) or tree.pos[tree.heads[noun]] == "NOUN":
            return None  # "rief nach der Presse", "die Suche nach Augenzeugen"
    elif row.kind == "noun":
        if spoken is None or "nach" not in spoken.frames or not _is_source(tree, words, spoken, noun):
            return None
        kind, stance, rule = spoken.kind, spoken.stance, spoken.id
    elif row.kind == "viewpoint":
        if tree.lower[noun] not in words.groups["viewpoint_nouns"]:
            return None
        kind = "think"
    if spoken is not None or row.kind == "viewpoint":
        wrapper, speaker = speaker, _owner(tree, words, noun, index) & speaker or speaker
    message = governed(tree, words, noun, phrase)
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
        while (at in phrase or (step == -1 and tree.pos[at] == "PROPN" and tree.pos[noun] == "PROPN")) and not (
            step == 1 and (tree.pos[at] in ("ADV", "VERB", "AUX", "PART") or _new_phrase(tree, at))
        ):
            kept.add(at)
            at += step
    while (
        len(kept) > 1
        and tree.pos[max(kept)] in ("ADP", "DET", "PUNCT", "CCONJ")
        and max(kept) != noun
        and tree.words[max(kept)] not in '“”»«")'
    ):
        kept.discard(max(kept))
    return kept | (phrase & {noun - 1})


def _new_phrase(tree: Tree, at: int) -> bool:
    """Tell an article that cannot belong to a genitive: a phrase of the clause begins ("laut Angaben des Amts | die Zahl")."""
    return tree.lower[at] in NO_GENITIVE and tree.pos[at] == "DET" and tree.pos[at - 1] in ("NOUN", "PROPN")


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
    behind = tree.words[noun + 1 : noun + 2]
    if tree.lemmas[noun] in words.groups["law_numbers"] and behind and behind[0][0].isdigit():
        return False  # "nach Artikel 68"
    described = any(tree.lemmas[c] in words.groups["at_length"] for c in tree.children[noun])
    if tree.lemmas[noun] in words.groups["counting_nouns"] or described:
        return False  # "nach der Auszählung", "nach langwierigen Ermittlungen": afterwards
    bare = all(tree.deps[c] in ("case", "punct") for c in tree.children[noun]) and tree.pos[noun - 1] == "ADP"
    if bare and tree.forms[noun].number == "Sing" and tree.lemmas[noun] == row.lemma:
        return False  # "nach Plan": how, not by whose words
    if tree.lemmas[noun] in words.groups["source_nouns"] or row.lemma in words.groups["source_nouns"]:
        return True
    articles = [c for c in tree.children[noun] if tree.deps[c] in ("det", "det:poss")]
    indefinite = all(tree.lemmas[c] in ("ein", "eine") or tree.lower[c].startswith("ein") for c in articles)
    return not articles or indefinite


def _owner(tree: Tree, words: SpeechWords, noun: int, preposition: int) -> set[int]:
    """Return whose words they are: genitive, von-phrase, name or possessive, else the noun's own phrase."""
    return owner_of(tree, words, noun, preposition) or tree.noun_phrase(noun) - {preposition}


def owner_of(tree: Tree, words: SpeechWords, noun: int, preposition: int = -1) -> set[int]:
    """Return the genitive, the von-phrase, the name or the possessive of a noun."""
    for labels in (("nmod", "appos", "flat"), ("det:poss",)):
        for child in tree.children[noun]:
            case = tree.child(child, "case")
            foreign = case is not None and tree.lemmas[case] not in words.groups["agents"] | {"aus"}
            if tree.deps[child] in labels and child != preposition and not foreign:
                return tree.noun_phrase(child)
    return set()


def governed(tree: Tree, words: SpeechWords, noun: int, phrase: set[int]) -> set[int]:
    """Return the clause that a source phrase vouches for, without the phrase."""
    above = tree.heads[noun]
    for token in sorted(phrase):
        for child in tree.children[token]:
            if tree.deps[child] == "acl" and child > token:
                phrase = phrase | tree.subtree(child)  # "nach Angaben, die niemand prüfen kann, ..."
    first = min(phrase)
    attributive = first > 0 and (tree.pos[first - 1] in ("DET", "ADP") or tree.lower[first - 1] in INCLUDING)
    if (
        attributive
        and above > noun
        and tree.pos[above] in ("ADJ", "NOUN", "NUM", "PROPN")
        and tree.deps[above] not in ("ROOT", "conj", "ccomp", "acl", "advcl", "parataxis")
    ):
        inside = trim(tree, {t for t in tree.subtree(above) if t > max(phrase)})
        if inside and tree.finite(above) is None:
            return inside
    head = tree.clause(above) if above != noun else noun
    start, end = tree.bounds[tree.sentence[noun]]
    if tree.deps[head] == "ROOT" or in_first_clause(tree, words, first, start):
        return trim(tree, set(range(start, end)) - phrase)
    return stretch(tree, [head], phrase)


def in_first_clause(tree: Tree, words: SpeechWords, first: int, start: int) -> bool:
    """Tell a phrase of the main clause that opens a sentence from the words alone, whatever the parser hung it on."""
    if "," in tree.words[start:first] or tree.lower[start] in words.groups["subordinators"]:
        return False
    return not any(
        tree.words[t] in QUOTE_MARKS or tree.words[t] in ":;(–" or tree.pos[t] == "SCONJ" for t in range(start, first)
    )


def _so(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
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
    names = [i for i in range(index + 1, at) if tree.pos[i] in NOMINAL or tree.lower[i] in words.groups["latter"]]
    if not names and index + 1 < end and tree.words[index + 1][:1].isupper():
        names = [index + 1]  # a name the tagger took for something else
    if index + 1 < end and (tree.pos[index + 1] == "ADP" or tree.lower[index + 1] in words.groups["so_examples"]):
        return None  # "so in Kiew", "so auch der Bruder"
    if not names:
        return None
    adverbial = tree.pos[index + 1] in ("ADJ", "ADV") and tree.lower[index + 1] not in words.groups["latter"]
    if adverbial and tree.pos[min(index + 2, end - 1)] not in NOMINAL:
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
        rest = trim(tree, set(range(at + 1, end)))
        if before == "," and not any(tree.forms[t].verb for t in rest):
            speaker |= set(range(at, max(rest, default=at) + 1))  # "..., so Jan Huber, Präsident des Amtes"
        else:
            message |= rest
    if len(message) < 2:
        return None
    return Found(row.id, "Indirect", message, {index}, speaker, anchor=head)


def _adverb(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
    start, end = tree.bounds[tree.sentence[index]]
    if index > start + 3 and not in_first_clause(tree, words, index, start):
        return None
    if row.form in words.groups["later_too"] and not _after_writing(tree, words, index):
        return None
    message = trim(tree, set(range(start, end)) - {index})
    return Found(row.id, "Indirect", message, {index}, set(), {index}, anchor=index, carried=True)


def _after_writing(tree: Tree, words: SpeechWords, index: int) -> bool:
    """Tell "danach" for "by what was told" from "later": a writing stands in the sentence before, the verb is no past."""
    number = tree.sentence[index]
    start, end = tree.bounds[number]
    if not number or index > start + 1 or index + 1 >= end:
        return False
    finite = next((t for t in range(start, end) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL), None)
    if finite is None or (tree.forms[finite].tense == "Past" and tree.forms[finite].mood != "Sub"):
        return False
    before = range(*tree.bounds[number - 1])
    return any(
        tree.lemmas[t] in words.groups["source_nouns"] | words.groups["laws"] for t in before if tree.pos[t] == "NOUN"
    )


def _relative(tree: Tree, words: SpeechWords, row: PhraseRow, index: int) -> Found | None:
    clause = tree.clause(index)
    if tree.deps[clause] == "ROOT" or clause == index:
        return None
    antecedent = tree.heads[clause]
    if tree.pos[antecedent] not in NOMINAL:  # "kehrten zu der Version zurück, wonach ..."
        start = max(tree.bounds[tree.sentence[index]][0], index - 8)
        antecedent = next((t for t in range(index - 1, start - 1, -1) if tree.pos[t] in NOMINAL), antecedent)
        while tree.deps[antecedent] in ("nmod", "flat", "appos") and start <= tree.heads[antecedent] < antecedent:
            antecedent = tree.heads[antecedent]
    message = stretch(tree, [clause], {index})
    source = {antecedent} if tree.pos[antecedent] in NOMINAL else set()
    speaker = _owner(tree, words, antecedent, index) if source else set()
    return Found(row.id, "Indirect", message, {index}, speaker - message, source, anchor=index)
