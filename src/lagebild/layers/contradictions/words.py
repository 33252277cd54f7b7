"""Words that say that accounts differ, that each side blames the other, or that somebody denies what was just told."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of
from lagebild.layers.events.forms import Forms
from lagebild.layers.scope import Tree, cue_forms, tree_of
from lagebild.records import Contradiction, Event, Evidence
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CONTRADICTIONS, ContradictionCue

NEAR = 10  # tokens between a cue and the words it needs
BACK = 2  # sentences back to look for what a denial denies


class Words:
    """The contradiction cues by lemma."""

    def __init__(self, lexicon: Lexicon):
        self.by_lemma: dict[str, list[ContradictionCue]] = {}
        rows = lexicon.rows(CONTRADICTIONS, ContradictionCue)
        for row in rows:
            for lemma in row.lemmas:
                self.by_lemma.setdefault(lemma, []).append(row)
        self.forms: Forms = lexicon.derived(cue_forms)


def said_in_words(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield what the words themselves call a contradiction."""
    words: Words = lexicon.derived(Words)
    tree = tree_of(doc, words.forms)
    by_lemma = words.by_lemma
    spoken = [token for token, key in enumerate(tree.key) if key in by_lemma]
    if not spoken:
        return
    place = _Places(doc, tree, earlier)
    for token in spoken:
        for cue in by_lemma[tree.key[token]]:
            if _near(tree, token, cue.needs) and (not cue.also or _near(tree, token, cue.also)):
                found = _contradiction(place, cue, token)
                if found:
                    yield found
                break


def _near(tree: Tree, token: int, lemmas: tuple[str, ...]) -> bool:
    start, end = max(tree.start[token], token - NEAR), min(len(tree.key), token + NEAR + 1)
    return any(
        (tree.lemma[i] in lemmas or tree.lower[i] in lemmas or tree.key[i] in lemmas)
        for i in range(start, end)
        if i != token and tree.start[i] == tree.start[token]
    )


def _contradiction(place: _Places, cue: ContradictionCue, token: int) -> Contradiction | None:
    span = span_of(place.doc[token])
    evidence = (Evidence("kind", cue.id, span),)
    if cue.kind == "denied":
        told = place.told_before(token)
        return Contradiction("denied", told[0].id, told[1].id, span, evidence) if told else None
    event = place.subject(token)
    return Contradiction(cue.kind, event.id if event else None, None, span, evidence)


class _Places:
    """Where the events stand, in tokens and sentences."""

    def __init__(self, doc: Doc, tree: Tree, earlier: Earlier):
        self.doc, self.tree = doc, tree
        self.at: list[tuple[int, Event]] = []
        for event in earlier.events:
            tokens = tree.tokens(event.trigger[0])
            if tokens:
                self.at.append((tokens[0], event))
        self.at.sort(key=lambda pair: pair[0])

    def subject(self, token: int) -> Event | None:
        """Return the event the accounts are about: the next in the sentence, else the last before the cue."""
        start = self.tree.start[token]
        here = [(i, event) for i, event in self.at if self.tree.start[i] == start and event.type != "ACCUSE"]
        after = [event for i, event in here if i > token]
        before = [event for i, event in here if i < token]
        if after or before:
            return after[0] if after else before[-1]
        last = [event for i, event in self.at if i < start and event.type != "ACCUSE"]
        return last[-1] if last and self._sentences_between(last[-1], token) <= BACK else None

    def told_before(self, token: int) -> tuple[Event, Event] | None:
        """Return what another one alleged just before and the event that denies it."""
        start = self.tree.start[token]
        denial = next((event for i, event in self.at if i == token and event.type in ("REJECT", "ACCUSE")), None)
        if denial is None or any(event.content_of == denial.id for _, event in self.at):
            return None
        for i, event in reversed(self.at):
            if i >= token or event.id == denial.id or event.status not in ("actual", "possible"):
                continue
            if self._sentences_between(event, token) > BACK:
                return None
            outer = next((other for _, other in self.at if other.id == event.content_of), None)
            alleged = outer is not None and outer.type == "ACCUSE"
            if (alleged or (event.statement is not None and i < start)) and _party(event, denial):
                return event, denial
        return None

    def _sentences_between(self, event: Event, token: int) -> int:
        start = self.tree.tokens(event.trigger[0])[0]
        return len({self.tree.start[i] for i in range(start, token + 1)}) - 1


def _party(event: Event, denial: Event) -> bool:
    """Whether who denies is who is said to have done it; unknown parties may be."""
    doers = {actor.code.split(":")[0] for actor in event.actors if actor.code}
    deniers = {actor.code.split(":")[0] for actor in denial.actors if actor.code}
    return not doers or not deniers or bool(doers & deniers)
