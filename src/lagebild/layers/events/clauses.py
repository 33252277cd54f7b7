"""Who stands where in the clause that tells of a deed: whom its words make the doer or the sufferer, whom neither.

Each rule is a fact of German, asked of one trigger, and yields tokens; ``grammar.py`` turns them into odds for and against
the mentions that stand there. The words the rules know are classes of ``de/events_classes.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lagebild.layers.events.features import Proposals
from lagebild.layers.events.frame import LET
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import PASSIVE_SUBJECTS, SUBJECTS
from lagebild.rules.events import Noun, Phrase, Verb

SUFFERS = "subj=r"
"""The role in a row of the lexicon whose subject it is done to ("sitzt in Haft", "steht unter Verdacht")."""
BE, STAY = "sein", "bleiben"
HARMFUL = frozenset(("ACCUSE", "ASSAULT", "COERCE", "REQUEST", "SANCTION"))
"""Types whose participle with "sein" or "bleiben" tells what was done to the subject ("ist inhaftiert", "bleibt aufgefordert")."""
BOTH = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""Types that both sides do."""
MET, REQUESTED, STRUCK, THREATENED = "CONSULT", "REQUEST", "ASSAULT", "THREATEN"
OWN = ("sein", "ihr")
"""How the possessives of the third person begin."""
ONLOOKER, DYING, VICTIM = "onlooker", "dying", "victim"
"""Classes: who fears, warns of, looks into or prevents a deed; who dies; whom it was done to by the word itself."""
OF_SUBJECT, OF_OBJECT = "control_subject", "control_object"
"""Classes: the subject does what the infinitive says ("drohte, ..."), or the one spoken to does ("forderte ... auf")."""
RECEIVING = "receiving"
"""The class of verbs whose subject has the deed of their object done to it ("erhielt Hilfe", "steckte Kritik ein")."""
DEFIED = frozenset(("trotz", "ungeachtet"))
"""Prepositions of what the subject does not give way to ("trotz der Drohungen")."""
CLAIMS = frozenset(("ACCUSE", "COERCE", "PROTEST", "REQUEST", "SANCTION", "THREATEN"))
"""Types that one can fail to give way to."""
TARGETS = frozenset(("Gegenstand", "Opfer", "Ziel", "Zielscheibe"))
"""Nouns of what a deed befalls."""
BY, AFTER = "durch", "nach"
SOME = frozenset(("ein", "mehrere"))
"""Words for a deed that nobody has heard of yet."""
ACCORDING = frozenset(("laut", "zufolge"))
REPORT = "report"
"""The class of nouns of what somebody says ("nach Angaben der Polizei")."""
DEEDS = frozenset(("ASSAULT", "COERCE", "THREATEN"))
"""Types of what befalls somebody and moves him to act."""
DOING = "doing"
"""The class of verbs that only say that the deed of their object is done, meant or left ("planen", "verüben", "vermeiden")."""
COMING = "coming"
"""The class of verbs whose subject is a deed of whom it comes from ("Kritik kam aus Paris", "der Angriff ging von Rebellen aus")."""
OF, FROM = frozenset(("von",)), frozenset(("von", "aus"))
ASKED = frozenset(("von", "an"))
"""Prepositions of who is asked ("forderte von London", "appellierte an die Regierung")."""
INFINITIVES = frozenset(("xcomp", "ccomp", "csubj", "csubj:pass", "advcl", "obj", "acl"))
GOVERNED = frozenset(("nmod", "obj", "obl", "obl:arg", "conj", "nsubj:pass"))
"""Relations of the noun of a deed to what governs it."""
GENITIVES = frozenset(("nmod", "nmod:poss", "appos"))
"""Relations of a genitive; a name whose first part has no ending is taken for an apposition ("die Festnahme Julia Musters")."""
PARTNERED = frozenset(("obj", "obl", "obl:arg"))
"""Relations to its verb of the noun of a meeting at which the subject takes part."""
BETWEEN = frozenset(("", "von", "zwischen"))
"""Prepositions, the genitive's none among them, of all who meet ("das Treffen Macrons mit Putin"); beside others ("in Paris") only one side is told."""
ANSWERING = frozenset(("verantwortlich",))
"""Attributes of who did something to others ("die für ihren Tod verantwortlichen Schützen")."""
AIMED = frozenset(("auf", "gegen", "gegenüber"))
"""Prepositions of whom the noun of a deed is aimed at."""
NOUNS = frozenset(("NOUN", "PROPN"))
STEPS = 3
"""How far up what governs the noun of a deed is looked for."""


class Clauses:
    """What hangs on what around the triggers of an article; ``left_out`` are those whom "nicht A, sondern B" leaves out."""

    def __init__(self, proposals: Proposals):
        self.view, self.matcher, self.matches = proposals.view, proposals.matcher, proposals.matches
        self.left_out = frozenset(self._left_out())
        self._sources = dict(self._sourced())

    def sufferers(self, trigger: Trigger) -> Iterator[int]:
        """Yield the subject that suffers what its verb says: by the lexicon, in a state, as one of the dead."""
        view, head = self.view, trigger.head
        row = trigger.match.row if trigger.match is not None else None
        if isinstance(row, Verb | Phrase) and SUFFERS in row.roles:
            yield from self._undergoing(view.head[head] if view.dep[head] == "cop" else head)
        yield from self._receivers(trigger)
        yield from self._targets(trigger)
        yield from self._letting(head)
        if trigger.type in HARMFUL:
            yield from self._in_a_state(head, trigger.type == REQUESTED)
        if trigger.type == STRUCK:
            for token in trigger.tokens:
                if self.matcher.is_a(token, DYING):
                    yield from self.subjects(token)

    def _undergoing(self, verb: int) -> Iterator[int]:
        """Yield the subject of a verb, and whose it is where it is a thing ("der Plan der Regierung stieß auf Kritik")."""
        for subject in self.subjects(verb):
            yield subject
            if self.view.pos[subject] == "NOUN":
                yield from self.possessors(subject)

    def possessors(self, noun: int) -> Iterator[int]:
        """Yield whose a thing is: its genitives, or who stands with "von"."""
        view = self.view
        yield from self.genitives(noun)
        for child in view.children[noun]:
            if view.dep[child] == "nmod" and view.case_of(child) == "von":
                yield from view.conjuncts(child)

    def _receivers(self, trigger: Trigger) -> Iterator[int]:
        """Yield who receives what the trigger names ("erhielt Hilfe")."""
        if trigger.type in BOTH:
            return
        view = self.view
        for token in trigger.tokens:
            verb = view.head[token]
            if view.pos[token] == "NOUN" and view.dep[token] == "obj" and self.matcher.is_a(verb, RECEIVING):
                yield from self.subjects(verb)

    def _targets(self, trigger: Trigger) -> Iterator[int]:
        """Yield what is or becomes the target or victim of what a noun tells ("wurde Ziel eines Angriffs")."""
        view, noun = self.view, trigger.head
        target = view.head[noun]
        if view.pos[noun] != "NOUN" or not view.dep[noun].startswith("nmod") or view.lemma[target] not in TARGETS:
            return
        of_target = any(view.dep[child] in SUBJECTS for child in view.children[target])
        beside = target if of_target else view.head[target]
        yield from (one for one in self.subjects(beside) if one != target)

    def _lets(self, verb: int) -> int:
        """The "lassen" that makes a verb a passive one ("muss sich vorwerfen lassen"), or -1."""
        view, above = self.view, self.view.head[verb]
        if view.dep[verb] != "xcomp" or view.lemma[above] != LET or "VerbForm=Inf" not in view.columns.morph[verb]:
            return -1
        return above if any(view.lemma[child] == "sich" for child in view.children[above]) else -1

    def _letting(self, verb: int) -> Iterator[int]:
        """Yield who lets something be done to himself."""
        if (lets := self._lets(verb)) >= 0:
            yield from self.subjects(lets)

    def let(self, trigger: Trigger) -> Iterator[int]:
        """Yield by whom somebody lets something be done to himself ("ließ sich von den Rebellen entwaffnen")."""
        lets = self._lets(trigger.head)
        if lets < 0:
            return
        for verb in (trigger.head, lets):
            yield from self._phrases(verb, OF)

    def doers(self, trigger: Trigger) -> Iterator[int]:
        """Yield who does what a noun tells by the verb it stands with: its subject ("leitete Ermittlungen ein"), or whom it comes from."""
        view, noun = self.view, trigger.head
        if trigger.type in BOTH or view.pos[noun] != "NOUN":
            return
        verb, told = view.head[noun], self.done_by(noun) or list(self.possessors(noun))
        if view.dep[noun] == "obj" and not told and self.matcher.is_a(verb, DOING) and verb not in view.passive:
            yield from self.subjects(verb)
        if view.dep[noun] == "nsubj" and self.matcher.is_a(verb, COMING):
            yield from self._phrases(verb, FROM)

    def _phrases(self, verb: int, cases: frozenset[str]) -> Iterator[int]:
        """Yield who stands with a verb by one of some prepositions."""
        view = self.view
        for child in view.children[verb]:
            if view.dep[child].startswith("obl") and view.case_of(child) in cases:
                yield from view.conjuncts(child)

    def told_to(self, trigger: Trigger) -> list[int]:
        """Return who "muss" or "soll" do something, where that word alone tells of the demand."""
        view, modal = self.view, trigger.head
        verb, is_modal = view.head[modal], view.pos[modal] == "AUX" and view.dep[modal] == "aux"
        return self.subjects(verb) if trigger.type == REQUESTED and is_modal and verb not in view.passive else []

    def defying(self, trigger: Trigger) -> list[int]:
        """Return who does not give way to what the noun of a trigger claims ("trotz der Drohungen öffnete Oslo den Hafen")."""
        view, noun = self.view, trigger.head
        if trigger.type not in CLAIMS or view.case_of(noun) not in DEFIED or self.possessive(noun) >= 0:
            return []
        return self._subjects_above(noun)

    def seconds(self, verb: int) -> list[int]:
        """Return who stands behind the subject of an active verb and is taken for another one: a verb has but one."""
        view = self.view
        found = [child for child in view.children[verb] if view.dep[child] in SUBJECTS]
        return found[1:] if len(found) > 1 and verb not in view.passive else []

    def occasions(self, trigger: Trigger) -> list[int]:
        """Return who acts after some deed that the noun of a trigger tells as its occasion ("nach einem Anschlag schloss Oslo die Grenze")."""
        view, noun = self.view, trigger.head
        if trigger.type not in DEEDS or view.case_of(noun) != AFTER or self.possessive(noun) >= 0:
            return []
        if all(view.lemma[child] not in SOME for child in view.children[noun]):
            return []
        return self._subjects_above(noun)

    def _subjects_above(self, noun: int) -> list[int]:
        """Return the subjects of the verb whose clause a noun stands in."""
        verb = self._verb_above(noun)
        return self.subjects(verb) if verb >= 0 else []

    def done_by(self, noun: int) -> list[int]:
        """Return who did the deed of a noun by "durch", also where the parse hangs it on the verb ("den Beschuss der Stadt durch die Armee einstellen")."""
        view, below = self.view, self.below(noun)
        beside = (noun, *self.genitives(noun))
        found = [child for token in beside for child in view.children[token] if view.case_of(child) == BY]
        after = max(below) + 1
        if not found and after < view.size and view.lower[after] == BY and view.dep[after] == "case":
            by = view.head[after]
            if view.head[by] == view.head[noun] and view.dep[by] != "obl:agent":
                found = [by]
        return [one for by in found for one in view.conjuncts(by)]

    def _in_a_state(self, head: int, asked: bool) -> Iterator[int]:
        view, verb = self.view, self.view.verb[head]
        if not verb or view.pos[head] not in ("ADJ", "VERB"):
            return
        if view.dep[head] == "xcomp" and view.lemma[view.head[head]] == STAY:
            yield from self.subjects(view.head[head])
        elif verb + "d" != view.lemma[head] and any(self._makes_state(child, asked) for child in view.children[head]):
            yield from self.subjects(head)

    def _makes_state(self, child: int, asked: bool) -> bool:
        """Whether a word beside a participle says that it is a state; nobody has ever "ist aufgefordert" in the perfect."""
        view = self.view
        link = view.dep[child] == "cop" or (asked and view.dep[child] in ("aux", "aux:pass"))
        return (link and view.lemma[child] == BE) or (view.dep[child] == "aux" and view.lemma[child] == STAY)

    def victims(self, trigger: Trigger, heads: Iterable[int]) -> Iterator[int]:
        """Yield those whom the word itself calls victims."""
        if trigger.type == STRUCK:
            yield from (head for head in heads if self.matcher.is_a(head, VICTIM))

    def possessive(self, noun: int) -> int:
        """Return the possessive of the third person on a noun, or -1."""
        view = self.view
        below = (c for c in view.children[noun] if view.dep[c] == "det:poss" and view.lower[c].startswith(OWN))
        return next(below, -1)

    def owners(self, noun: int, possessive: int) -> list[int]:
        """Return whom of the clause above a noun its possessive means: the subject, whom somebody is thanked or blamed "für" it."""
        described = self.described(noun)
        if described >= 0:
            return [described] if self._agrees(possessive, described, 1) else []
        view, verb = self.view, self._verb_above(noun)
        if verb < 0 or self.matcher.is_a(verb, ONLOOKER):
            return []
        frame = self.matcher.frame(verb)
        if view.case_of(noun) == "für":
            found = [*frame.datives, *([] if frame.passive else frame.objects)]
        else:
            found = self.subjects(verb)
        found = [one for one in found if one != noun and noun not in self.below(one)]
        return [one for one in found if self._agrees(possessive, one, len(found))]

    def described(self, noun: int) -> int:
        """Return whom the attribute that a noun stands in describes ("die für ihre Anschläge berüchtigten Rebellen"), or -1."""
        adjective = self._attribute(noun)
        return self.view.head[adjective] if adjective >= 0 and self.view.lemma[adjective] not in ANSWERING else -1

    def answering(self, noun: int) -> list[int]:
        """Return who did it since he answers for it ("die für die Entführung verantwortlichen Rebellen")."""
        adjective = self._attribute(noun)
        did = adjective >= 0 and self.view.lemma[adjective] in ANSWERING and self.view.case_of(noun) == "für"
        return self.view.conjuncts(self.view.head[adjective]) if did else []

    def _attribute(self, noun: int) -> int:
        """Return the attribute that a noun stands in, or -1."""
        view, above = self.view, self.view.head[noun]
        return above if view.dep[noun].startswith("obl") and view.dep[above] == "amod" else -1

    def _agrees(self, possessive: int, owner: int, count: int) -> bool:
        view = self.view
        morph = view.columns.morph[owner]
        if view.lower[possessive].startswith("sein"):
            return count == 1 and "Number=Plur" not in morph and "Gender=Fem" not in morph
        any_gender = "Gender" not in morph and view.lower[owner] not in ("er", "es")
        article = any(view.lower[child] == "die" for child in view.children[owner])
        return count > 1 or "Number=Plur" in morph or "Gender=Fem" in morph or any_gender or article

    def onlookers(self, trigger: Trigger) -> Iterator[int]:
        """Yield who only fears, warns of, looks into or prevents the deed ("befürchtet einen Anschlag", "Beweise für Anschläge")."""
        if trigger.type not in BOTH and trigger.type != THREATENED:
            for token in trigger.tokens:
                if self.view.pos[token] == "NOUN":
                    yield from self._onlookers(trigger, token)

    def _onlookers(self, trigger: Trigger, token: int) -> Iterator[int]:
        view, watched = self.view, False
        for _ in range(STEPS):
            if view.dep[token] not in GOVERNED or view.head[token] in trigger.tokens:
                return
            token = view.head[token]
            watched = watched or self.matcher.is_a(token, ONLOOKER)
            if view.verb[token] and view.pos[token] != "NOUN":
                if watched:
                    yield from self.subjects(token)
                return
            if watched:
                yield from self.genitives(token)

    def genitives(self, noun: int) -> Iterator[int]:
        """Yield the genitives of a noun."""
        view = self.view
        for child in view.children[noun]:
            if view.dep[child] in GENITIVES and not view.case_of(child):
                articles = [view.columns.morph[c] for c in view.children[child] if view.dep[c] == "det"]
                if all("Case=Gen" in morph for morph in articles):
                    yield from view.conjuncts(child)

    def aimed_at(self, trigger: Trigger) -> Iterator[int]:
        """Yield whom the noun of a deed is aimed at ("Übergriffe auf Schiedsrichter"); a fight is aimed at both sides."""
        view = self.view
        for token in trigger.tokens:
            row = next((match.row for match in self.matches[token] if match.row.type == trigger.type), None)
            if view.pos[token] == "NOUN" and isinstance(row, Noun) and row.genitive != "b":
                for child in view.children[token]:
                    if view.dep[child] in ("nmod", "obl") and view.case_of(child) in AIMED:
                        yield from view.conjuncts(child)

    def called(self, trigger: Trigger) -> Iterator[int]:
        """Yield what somebody is only called or taken for ("wird als Drahtzieher verdächtigt")."""
        view = self.view
        for child in view.children[trigger.head]:
            if view.dep[child].startswith(("obl", "nmod")) and view.case_of(child) == "als":
                yield from view.conjuncts(child)

    def partners(self, trigger: Trigger) -> list[int]:
        """Return who meets somebody where the noun only says whom: the subject of the clause ("sagte das Treffen mit Putin ab")."""
        view, noun = self.view, trigger.head
        if trigger.type != MET or view.pos[noun] != "NOUN" or view.dep[noun] not in PARTNERED:
            return []
        cases = [view.case_of(child) for child in view.children[noun] if view.dep[child] in GENITIVES]
        if "mit" not in cases or not BETWEEN.isdisjoint(cases) or self.possessive(noun) >= 0:
            return []
        below = self.below(noun)
        return [one for one in self.subjects(view.head[noun]) if one not in below]

    def met(self, trigger: Trigger) -> Iterator[int]:
        """Yield whom the noun of a meeting says somebody meets ("das Treffen mit Putin")."""
        view, noun = self.view, trigger.head
        if trigger.type != MET or view.pos[noun] != "NOUN":
            return
        for child in view.children[noun]:
            if view.dep[child] in GENITIVES and view.case_of(child) == "mit":
                yield from view.conjuncts(child)

    def _left_out(self) -> Iterator[int]:
        """Yield whom "nicht A, sondern B" or "nicht jedoch A" leaves out."""
        view = self.view
        for n, word in enumerate(view.lower):
            if word != "nicht":
                continue
            end = view.columns.bounds(view.sent[n])[1]
            noun = next((t for t in range(n + 1, end) if view.pos[t] in ("NOUN", "PROPN", "PUNCT", "VERB")), n)
            between = {*view.lower[n + 1 : noun]}
            contrast = "sondern" in view.lower[noun:end] or not between.isdisjoint(("jedoch", "aber"))
            if view.pos[noun] in NOUNS and contrast and between.isdisjoint(("nur", "allein")):
                yield noun

    def sources(self, trigger: Trigger) -> list[int]:
        """Return from whom the sentence of a trigger has what it tells, but for what is told within that phrase."""
        view, head = self.view, trigger.head
        here = [(token, phrase) for token, phrase in self._sources.items() if view.sent[token] == view.sent[head]]
        return [token for token, phrase in here if head not in self.below(phrase)]

    def _sourced(self) -> Iterator[tuple[int, int]]:
        """Yield from whom something is known ("laut Polizei", "nach Angaben der Polizei") with the phrase that says so."""
        view = self.view
        for phrase, case in view.cases.items():
            if not view.dep[phrase].startswith(("obl", "nmod")):
                continue
            if case in ACCORDING:
                yield from ((token, phrase) for token in view.conjuncts(phrase))
            elif case == AFTER and self.matcher.is_a(phrase, REPORT):
                owners = list(self.possessors(phrase))
                of_them = [one for owner in owners for one in self.possessors(owner)]
                yield from ((token, phrase) for token in (phrase, *owners, *of_them))

    def controlled(self, trigger: Trigger) -> tuple[list[int], list[int], bool]:
        """Return who does what an infinitive says by the verb above it, who of the others there does not, and whether it is done to the former."""
        infinitive = self._infinitive(trigger)
        if infinitive < 0:
            return [], [], False
        verb = self.above_infinitive(trigger)
        frame = self.matcher.frame(verb)
        objects = [token for token in (*frame.objects, *frame.datives) if token != infinitive]
        undergone = infinitive in self.view.passive
        if self.matcher.is_a(verb, OF_SUBJECT) and not frame.passive:
            return list(frame.subjects), objects, undergone
        if self.matcher.is_a(verb, OF_OBJECT) and objects:
            return objects, [*frame.subjects, *frame.agents], undergone
        return [], [], False

    def above_infinitive(self, trigger: Trigger) -> int:
        """The verb on which the infinitive of a trigger hangs, also by a "dafür", or -1."""
        view, infinitive = self.view, self._infinitive(trigger)
        if infinitive < 0:
            return -1
        above = view.head[infinitive]
        return view.head[above] if view.pos[above] == "ADV" and view.lower[above].startswith("da") else above

    def _infinitive(self, trigger: Trigger) -> int:
        """The infinitive with "zu" that a trigger is or is the object of, or -1."""
        view, verb = self.view, trigger.head
        if view.pos[verb] == "NOUN" and view.dep[verb] == "obj" and self.matcher.is_a(view.head[verb], DOING):
            verb = view.head[verb]
        if view.pos[verb] != "VERB" or view.dep[verb] not in INFINITIVES or view.head[verb] == verb:
            return -1
        children = view.children[verb]
        if any(view.dep[child] in SUBJECTS or view.dep[child] in PASSIVE_SUBJECTS for child in children):
            return -1
        apart = any(view.lower[child] == "zu" for child in children)
        return verb if apart or ("zu" in view.lower[verb][2:] and "zu" not in view.verb[verb][2:]) else -1

    def asked(self, verb: int) -> tuple[list[int], list[int]]:
        """Return who is asked by a verb of asking, and who asks."""
        frame = self.matcher.frame(verb)
        if frame.passive:
            return list(frame.objects), list(frame.agents)
        by = [token for case, token in frame.phrases if case in ASKED and self.view.head[token] == verb]
        return [*frame.objects, *frame.datives, *by], list(frame.subjects)

    def subjects(self, verb: int) -> list[int]:
        """Return the subject of a verb in either voice, shared ones included."""
        frame = self.matcher.frame(verb)
        return list(frame.objects if frame.passive else frame.subjects)

    def below(self, token: int) -> set[int]:
        """Return a token with all that hangs on it."""
        return set(self._below(token))

    def _below(self, token: int) -> Iterator[int]:
        yield token
        for child in self.view.children[token]:
            yield from self._below(child)

    def _verb_above(self, noun: int) -> int:
        view = self.view
        above = view.columns.above(noun, STEPS)
        return next((token for token in above if view.pos[token] in ("VERB", "AUX") or view.verb[token]), -1)
