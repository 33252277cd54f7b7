"""A parsed document as plain lists, read once: the event layer asks for the same attributes many times."""

from __future__ import annotations

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.events.forms import Forms

SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubj:pass", "csubj:pass"))
PARTICLES = frozenset(("compound:prt", "xcomp", "advmod", "obj", "mark", "obl"))
"""Relations under which a separated particle turns up ("gab die Stadt preis", "hielt ihn gefangen")."""
BEYOND = ("darüber", "hinaus")
"""Two words that mean "moreover" and are no particle of a verb ("warf ihm darüber hinaus Betrug vor")."""
AGENT_CASES = frozenset(("von", "durch"))
VERBAL = frozenset(("VERB", "AUX"))
SUBJUNCTIVE = "Mood=Sub"
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
STATE_VERBS = frozenset(("sein", "bleiben"))
STATE_LINKS = frozenset(("cop", "aux", "aux:pass"))


class View:
    """Lists over the document's tokens: lemma, lower form, part of speech, relation, head, children, entity, sentence.

    ``chains``, ``falls`` and ``rises`` keep what ``paths`` has worked out.
    """

    __slots__ = (
        "cases",
        "chains",
        "children",
        "columns",
        "conjoined",
        "dep",
        "doc",
        "ent",
        "falls",
        "head",
        "lemma",
        "lower",
        "passive",
        "pos",
        "rises",
        "sent",
        "size",
        "subjunctive",
        "verb",
    )

    def __init__(self, doc: Doc, forms: Forms):
        columns = columns_of(doc)
        self.doc, self.columns, self.size = doc, columns, columns.size
        self.lemma, self.lower, self.pos = columns.lemma, columns.lower, columns.pos
        self.ent, self.head, self.sent, self.children = columns.entity, columns.head, columns.sentence, columns.children
        self.dep = list(columns.dep)
        self.subjunctive = {
            i for i, pos in enumerate(self.pos) if (pos == "VERB" or pos == "AUX") and SUBJUNCTIVE in columns.morph[i]
        }
        self.cases: dict[int, str] = {}
        self.chains: dict[int, list[int]] = {}
        self.falls: dict[tuple[int, int, bool], str] = {}
        self.rises: dict[tuple[int, int], str] = {}
        self.conjoined: dict[int, list[int]] = {}
        self.passive = self._passives(self._look_below() | self._states(forms), forms)
        self.verb: list[str] = [""] * self.size
        for i, pos in enumerate(self.pos):
            if pos == "VERB" or pos == "AUX":
                self.verb[i] = self._verb(i, forms)
            elif pos == "ADJ":
                self.verb[i] = self._participle(i, forms)

    def _participle(self, i: int, forms: Forms) -> str:
        """The verb of a participle, or of a finite verb taken for an adjective."""
        lower = self.lower[i]
        if found := forms.participle_of(self.lemma[i], lower):
            return found
        for child in self.children[i]:
            if self.dep[child] == "compound:prt" and (verb := forms.parted.get((lower, self.lower[child]))):
                return verb
        plain = self.lemma[i].lower()
        if lower == plain + "en" and plain not in forms.joined:  # "nötigen", "billigen" are forms of an adjective
            return ""
        return forms.joined.get(lower, "")

    def _look_below(self) -> set[int]:
        """Note the prepositions and conjuncts of words; return the words with an auxiliary of the passive."""
        marked, head, lemma = set[int](), self.head, self.lemma
        for i, dep in enumerate(self.dep):
            if dep == "case":
                self.cases.setdefault(head[i], lemma[i])
            elif dep == "conj":
                self.conjoined.setdefault(head[i], []).append(i)
            elif dep == "aux:pass":
                marked.add(head[i])
        return marked

    def _states(self, forms: Forms) -> set[int]:
        """The participles that tell what has been done to their subject ("ist geschlossen", "bleibt gesperrt").

        With "sein" only those that the parse takes for adjectives: a verb may be in the perfect ("ist geflohen").
        """
        return {
            i
            for i, pos in enumerate(self.pos)
            if (pos == "ADJ" or (pos == "VERB" and self.dep[i] == "xcomp"))
            and self.lower[i] in forms.participles
            and not self.lower[i].endswith("end")
            and self.is_state(i)
        }

    def is_state(self, i: int) -> bool:
        """Tell whether the word stands with "sein" or "bleiben"."""
        if self.dep[i] == "xcomp" and self.lemma[self.head[i]] == "bleiben":
            return True
        return any(self.dep[c] in STATE_LINKS and self.lemma[c] in STATE_VERBS for c in self.children[i])

    def _passives(self, marked: set[int], forms: Forms) -> set[int]:
        """The participles in the passive. Their subject and agent get the relations the parser often misses."""
        found: set[int] = set()
        if not marked:
            return found
        for i, pos in enumerate(self.pos):
            if pos not in VERBAL and pos != "ADJ":
                continue
            if i not in marked and not self._shares_passive(i, found, forms):
                continue
            found.add(i)
            for child in self.children[i]:
                if self.dep[child] == "nsubj":
                    self.dep[child] = "nsubj:pass"
                elif self.dep[child] == "obl" and self.case_of(child) in AGENT_CASES:
                    self.dep[child] = "obl:agent"
        return found

    def _shares_passive(self, i: int, found: set[int], forms: Forms) -> bool:
        """ "wurde festgenommen und abgeschoben": the second participle has no auxiliary of its own."""
        if self.dep[i] != "conj" or self.head[i] not in found or self.lower[i] not in forms.participles:
            return False
        return all(self.dep[child] != "aux" for child in self.children[i])

    def _verb(self, i: int, forms: Forms) -> str:
        """The dictionary form: the lemma where the lexicon knows it, else the verb its written form belongs to."""
        lemma = self.lemma[i]
        lower = self.lower[i]
        apart = False
        for child in self.children[i]:
            if self.dep[child] not in PARTICLES or self.case_of(child):  # "auf den Weg bringen" is not "wegbringen"
                continue
            if self.dep[child] == "mark" and self.pos[child] == "PART":  # "zu lassen" is not "zulassen"
                continue
            if child and (self.lower[child - 1], self.lower[child]) == BEYOND:
                continue
            if verb := forms.parted.get((lower, self.lower[child])):
                return verb
            apart = apart or (self.dep[child] == "compound:prt" and lemma.startswith(self.lower[child]))
        if apart:  # "fügte hinzu" is no "fügte"
            return forms.joined.get(lemma, lemma)
        if lemma in forms.joined and forms.joined[lemma] == lemma:
            return lemma
        return forms.joined.get(lower, lemma)

    def case_of(self, i: int) -> str:
        """The preposition of a phrase, or ''."""
        return self.cases.get(i, "")

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and what is coordinated with it."""
        found = [i]
        for child in self.conjoined.get(i, ()):
            found += self.conjuncts(child)
        return found
