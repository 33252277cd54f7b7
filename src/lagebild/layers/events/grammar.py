"""What the grammar settles about who did it to whom, beside the ranker: who must have done it, and who cannot have.

In the training articles an adjective of a state on the noun of a deed names its doer ("ein israelischer Luftangriff": 11 of 11),
and who is blamed, asked or praised for a deed is who did it ("verurteilte den Angriff": 48 of 56 where the deed is the object of
the blame, 1 its victim where the doer is told), never whom it was done to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.events.cast import Around
from lagebild.layers.events.clauses import BOTH, GENITIVES, STRUCK, Clauses
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.paths import ancestors, path
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import VERBAL
from lagebild.records import Event, Evidence, changed
from lagebild.rules.events import Noun

SURE = 6.0
"""Log odds in favour of the doer that an adjective names; the ranker seldom has seen one and is nearly blind to it."""
DONE = frozenset(("ACCUSE", "AID", "ASSAULT", "COERCE", "MOBILIZE", "REJECT", "REQUEST", "SANCTION", "THREATEN"))
"""Types in which the group at the head of a compound does it ("Nato-Angriff", but "Nato-Beitritt" joins it)."""
LEFT = "withdraw"
LIKELY = 2.5
"""Those in favour of whose weapons strike ("russische Raketen schlugen ein")."""
BARRED = -50.0
DOERS = frozenset("ab")
"""Kinds of nouns (``genitive``) whose genitive names who does it, alone or among others."""
DONE_TO = frozenset("r")
DONE_BY = frozenset("a")
JUDGED = frozenset(("ACCUSE", "REQUEST", "SUPPORT"))
"""Types whose recipient is the doer of the deed that is their content."""
CONTENT = frozenset(("obj", "obl", "obl:arg", "nsubj:pass"))
"""Relations of a noun to the verb whose content it is."""
POINTING = frozenset(("der", "dieser"))
NARROWING = frozenset(("nmod", "nmod:poss", "amod", "appos", "acl"))
"""Relations of what says which one is meant."""
BLAMED, FOUGHT = "ACCUSE", "PROTEST"
ASKED, REFUSED = "REQUEST", "REJECT"
CLAIMS = frozenset(("ACCUSE", "REQUEST", "THREATEN"))
"""Types of what is refused by whom it is aimed at ("lehnte die Forderung ab", "wies den Vorwurf zurück")."""
REFUSABLE = frozenset(("obj", "nsubj:pass"))
SOURCES = frozenset(
    (
        "vobl",
        "vobl vnmod",
        "vobl vnmod vappos",
        "vadvcl vnsubj",
        "vparataxis vnsubj",
        "^ccomp vnsubj",
        "^parataxis vnsubj",
    )
)
"""Paths from a verb to who vouches for it, by the way or as who says it: of 277 such in the gold none suffered it."""
WANTED = frozenset(("auf", "um", "nach"))
"""Prepositions of what somebody asks for ("drängt auf den Abzug", "bat um Aufnahme")."""
INSTRUMENTS = frozenset(("durch", "von", "bei", "unter", "in"))


@dataclass(slots=True)
class Odds:
    """Log odds for and against tokens as actors and as recipients."""

    actors: dict[int, float] = field(default_factory=dict)
    recipients: dict[int, float] = field(default_factory=dict)

    def does(self, tokens: Iterable[int], odds: float = SURE) -> None:
        """These do it, and it is not done to them."""
        for token in tokens:
            self.actors[token], self.recipients[token] = odds, BARRED

    def suffers(self, tokens: Iterable[int], odds: float = SURE) -> None:
        """It is done to these, and they do not do it."""
        for token in tokens:
            self.actors[token], self.recipients[token] = BARRED, odds

    def does_not(self, tokens: Iterable[int]) -> None:
        """These do not do it."""
        self.actors.update(dict.fromkeys(tokens, BARRED))

    def suffers_not(self, tokens: Iterable[int]) -> None:
        """It is not done to these."""
        self.recipients.update(dict.fromkeys(tokens, BARRED))

    def neither(self, tokens: Iterable[int]) -> None:
        """These have no part in it."""
        for token in tokens:
            self.actors[token] = self.recipients[token] = BARRED


class Grammar:
    """The triggers of an article by their words, and what hangs on what."""

    def __init__(self, proposals: Proposals, triggers: Sequence[Trigger], speakers: Mapping[int, Mention]):
        self.view, self.proposals, self.speakers = proposals.view, proposals, speakers
        self.number = {token: n for n, trigger in enumerate(triggers) for token in trigger.tokens}
        self.triggers = triggers
        self.clauses = Clauses(proposals)
        self.outer = dict(self._contents())

    def _contents(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each event that a noun tells as the content of another, and the number of that one."""
        view = self.view
        for n, trigger in enumerate(self.triggers):
            for token in trigger.tokens:
                above = self.number.get(view.head[token], n)
                if above != n and view.pos[token] == "NOUN" and view.dep[token] in CONTENT:
                    yield n, above
                    break

    def _nouns(self, trigger: Trigger, genitives: frozenset[str]) -> Iterator[int]:
        """Yield the nouns of a deed whose genitive is of one of these kinds."""
        for token in trigger.tokens:
            if self.view.pos[token] != "NOUN":
                continue
            rows = [match.row for match in self.proposals.matches[token] if isinstance(match.row, Noun)]
            row = next((row for row in rows if row.type == trigger.type), rows[0] if rows else None)
            if row is not None and row.genitive in genitives:
                yield token

    def odds(self, trigger: Trigger, around: Around) -> tuple[dict[int, float], dict[int, float]]:
        """Return log odds for and against mentions as actors and as recipients, by their number in ``around``."""
        judges, clause = list(self._judges(trigger)), self._clause(trigger, around)
        about = list(self._about(trigger, around))
        return (
            self._of_actors(trigger, around, judges, about) | _numbered(around, clause.actors),
            self._of_recipients(trigger, around, dict.fromkeys(judges, BARRED) | clause.recipients, about),
        )

    def _of_actors(
        self, trigger: Trigger, around: Around, judges: Iterable[int], about: Iterable[int]
    ) -> dict[int, float]:
        at = {head: n for n, head in enumerate(around.heads)}
        found = {at[token]: SURE for token in self._doers(trigger) if _is_adjective(around, at, token)}
        if not found and trigger.type == STRUCK:
            found = {at[token]: LIKELY for token in self._armed(trigger) if _is_adjective(around, at, token)}
        found |= dict.fromkeys(about, BARRED)
        return found | _numbered(around, dict.fromkeys((*self._victims(trigger), *judges), BARRED))

    def _of_recipients(
        self, trigger: Trigger, around: Around, odds: dict[int, float], about: Iterable[int]
    ) -> dict[int, float]:
        """For what is at the head of a compound ("Russland-Sanktionen"), beside what ``odds`` say of tokens."""
        found = {n: odds[head] for n, head in enumerate(around.heads) if head in odds}
        return found | dict.fromkeys(about, SURE) if trigger.type in DONE else found

    def _clause(self, trigger: Trigger, around: Around) -> Odds:
        """What the clause of a trigger says of those who stand in it."""
        odds, clauses = Odds(), self.clauses
        odds.does_not(clauses.onlookers(trigger))
        odds.does_not(clauses.victims(trigger, around.heads))
        odds.does_not(clauses.aimed_at(trigger))
        odds.does_not(clauses.occasions(trigger))
        self._second(trigger, around, odds)
        self._speaker(trigger, odds)
        self._genitives(trigger, odds)
        self._done_by(trigger, odds)
        self._defying(trigger, odds)
        self._possessives(trigger, around, odds)
        self._controlled(trigger, odds)
        self._content(trigger, around, odds)
        odds.suffers(clauses.sufferers(trigger), LIKELY)
        odds.does((*clauses.let(trigger), *clauses.doers(trigger)), LIKELY)
        if told := clauses.told_to(trigger):
            odds.suffers(told, LIKELY)
            odds.does([speaker.head for speaker in (self.speakers.get(trigger.head),) if speaker is not None], LIKELY)
        odds.actors.update(dict.fromkeys(clauses.partners(trigger), SURE))
        odds.recipients.update(dict.fromkeys(clauses.met(trigger), LIKELY))
        odds.neither(clauses.called(trigger))
        odds.neither(clauses.left_out)
        odds.suffers_not(clauses.sources(trigger))
        return odds

    def _genitives(self, trigger: Trigger, odds: Odds) -> None:
        """Who stands in the genitive did it ("Luftangriffe der Nato")."""
        for noun in self._nouns(trigger, DONE_BY):
            # "Beschuss Israels durch": the genitive suffers it
            if not self.clauses.done_by(noun) and (noun == trigger.head or trigger.type == STRUCK):
                odds.does(self.clauses.genitives(noun), LIKELY)

    def _done_by(self, trigger: Trigger, odds: Odds) -> None:
        """Who stands with "durch" behind the noun of a deed did it, and the genitive before it suffered it."""
        if trigger.type not in DONE:
            return
        for token in trigger.tokens:
            if self.view.pos[token] == "NOUN" and (doers := self.clauses.done_by(token)):
                odds.does(doers, LIKELY)
                odds.suffers(self.clauses.genitives(token), LIKELY)

    def _speaker(self, trigger: Trigger, odds: Odds) -> None:
        """Who vouches for what a verb tells does not suffer it himself ("laut Polizei", "wie Wien mitteilte", "sagte der Minister")."""
        speaker, head = self.speakers.get(trigger.head), trigger.head
        if speaker is None or self.view.pos[head] not in VERBAL or speaker.head in trigger.tokens:
            return
        way = path(self.view, ancestors(self.view, head), speaker.head)
        if way in SOURCES:
            odds.suffers_not([speaker.head])

    def _second(self, trigger: Trigger, around: Around, odds: Odds) -> None:
        """Of two that the parse takes for subjects of one verb the second is its object."""
        first = self.clauses.subjects(trigger.head)[:1]
        seconds = [one for one in self.clauses.seconds(trigger.head) if one in around.heads]
        if seconds and trigger.type not in BOTH and all(one in around.heads for one in first):
            odds.suffers(seconds, LIKELY)

    def _defying(self, trigger: Trigger, odds: Odds) -> None:
        """Who does not give way to a claim did not make it; it was made on him where no other is told."""
        defying = self.clauses.defying(trigger)
        if any(self.clauses.aimed_at(trigger)):
            odds.does_not(defying)
        else:
            odds.suffers(defying, LIKELY)

    def _possessives(self, trigger: Trigger, around: Around, odds: Odds) -> None:
        """An arrest was done to whom its possessive means ("nach seiner Festnahme"), an attack by him ("sein Angriff").

        In what the deed tells of somebody ("die für ihre Angriffe bekannten Rebellen") nobody of the clause around takes part.
        """
        if trigger.type in BOTH:
            return
        for kinds, say in ((DONE_TO, odds.suffers), (DONE_BY, odds.does)):
            for noun in self._nouns(trigger, kinds):
                own = self.clauses.possessive(noun)
                if own < 0:
                    continue
                beside = kinds is DONE_BY or self.view.dep[noun].startswith("obl")  # "verlangte seine Freilassung"
                owners = self.clauses.owners(noun, own) if beside else []
                if not any(owner in around.heads for owner in owners):
                    owners = [own] if own in around.heads and around.codes[around.heads.index(own)] else []
                if self.clauses.described(noun) in owners:
                    inside = self.clauses.below(self.view.head[noun]) - {own}
                    odds.neither(head for head in around.heads if head not in inside)
                say(owners)
        for token in trigger.tokens:
            odds.does(self.clauses.answering(token))

    def _controlled(self, trigger: Trigger, odds: Odds) -> None:
        """Who threatens does what the infinitive says, whom one asks or blames does it ("drohte Athen, die Grenzen zu öffnen")."""
        doers, others, undergone = self.clauses.controlled(trigger)
        if not doers:
            doers = self._suspects(trigger)
        if doers:
            odds.does_not(others)
            (odds.suffers if undergone else odds.does)(doers)

    def _suspects(self, trigger: Trigger) -> list[int]:
        """Return who is under suspicion of what an infinitive says ("steht im Verdacht, Waffen geliefert zu haben")."""
        verb = self.clauses.above_infinitive(trigger)
        outer = self.number.get(verb) if verb >= 0 else None
        if outer is None or self.triggers[outer].type != BLAMED or outer == self.number[trigger.head]:
            return []
        return list(self.clauses.sufferers(self.triggers[outer]))

    def _content(self, trigger: Trigger, around: Around, odds: Odds) -> None:
        """Who is asked for a deed is to do it; who refuses a claim did not make it."""
        outer = self.outer.get(self.number[trigger.head])
        if outer is None:
            return
        above, head = self.triggers[outer], trigger.head
        if above.type == ASKED and trigger.type not in BOTH:
            asked, asking = self.clauses.asked(above.head)
            if self._is_wanted(head):
                odds.does_not(asking)
            below = self.clauses.below(head)
            asked = [token for token in asked if token in around.heads and token not in below]
            if asked:
                odds.does_not(asking)
                odds.does(asked)
        if above.type == REFUSED and trigger.type in CLAIMS and self.view.dep[head] in REFUSABLE:
            odds.suffers(self.clauses.subjects(above.head), LIKELY)

    def _is_wanted(self, noun: int) -> bool:
        """Whether a noun is what somebody asks for, rather than what he asks others to join in ("rief zum Streik auf")."""
        view = self.view
        return view.dep[noun] in REFUSABLE or view.case_of(noun) in WANTED

    def takes_up(self, trigger: Trigger) -> bool:
        """Whether a noun alone takes up what was told before: with "der" or "dieser", and nothing beside it that says who or which."""
        view = self.view
        token = trigger.head
        if view.pos[token] != "NOUN":
            return False
        below = [(view.dep[child], view.lemma[child]) for child in view.children[token]]
        pointed = any(dep == "det" and lemma in POINTING for dep, lemma in below)
        return pointed and all(dep not in NARROWING for dep, _ in below)

    def _about(self, trigger: Trigger, around: Around) -> Iterator[int]:
        for n, (head, (how, _)) in enumerate(zip(around.heads, around.kinds, strict=True)):
            if head in trigger.tokens and self.view.pos[head] == "NOUN" and how == "metonym":
                yield n

    def _doers(self, trigger: Trigger) -> Iterator[int]:
        """Yield the adjectives on the nouns of a deed."""
        for token in self._nouns(trigger, DOERS):
            yield from self._adjectives(token)
            if trigger.type in DONE and trigger.mode != LEFT:
                yield token  # "Hamas-Angriff"

    def _armed(self, trigger: Trigger) -> Iterator[int]:
        """Yield the adjectives on what does it: the subject of an active verb, or what it is done with."""
        view, head = self.view, trigger.head
        for child in view.children[head]:
            with_it = view.dep[child].startswith("obl") and view.case_of(child) in INSTRUMENTS
            if view.pos[child] == "NOUN" and (view.dep[child] == "nsubj" or with_it):
                yield from self._adjectives(child)

    def _adjectives(self, noun: int) -> Iterator[int]:
        for child in self.view.children[noun]:
            if self.view.dep[child] == "amod":
                yield from self.view.conjuncts(child)

    def _victims(self, trigger: Trigger) -> Iterator[int]:
        """Yield whom the genitive says it was done to ("die Verhaftung Nawalnys")."""
        view = self.view
        for token in self._nouns(trigger, DONE_TO):
            for child in view.children[token]:
                if view.dep[child] in GENITIVES and not view.case_of(child):
                    yield from view.conjuncts(child)

    def _judges(self, trigger: Trigger) -> Iterator[int]:
        """Yield who blames somebody for it or protests against it: not who did it."""
        outer = self.outer.get(self.number[trigger.head])
        if outer is None:
            return
        against = self.triggers[outer].type == FOUGHT and self.view.case_of(trigger.head) == "gegen"
        if not against and self.triggers[outer].type != BLAMED:
            return
        view, verb = self.view, self.triggers[outer].head
        for child in view.children[verb]:
            if view.dep[child] == "nsubj":
                yield from view.conjuncts(child)

    def judged(self, events: Sequence[Event], earlier: Earlier) -> list[Event]:
        """Return the events, those judged for a deed being who did it."""
        found = list(events)
        for inner, outer in self.outer.items():
            if found[outer].type in JUDGED:
                found[outer] = self._judged(found[outer], found[inner], self.triggers[inner], earlier)
        return found

    def _judged(self, outer: Event, inner: Event, trigger: Trigger, earlier: Earlier) -> Event:
        """Let whom a judgement is on be the doers of the deed where its noun names only to whom it was done."""
        below = self.clauses.below(trigger.head)
        did = {actor.code for actor in inner.actors}
        inside = [one.span is not None and earlier.index_at(one.span.start) in below for one in outer.recipients]
        if not all(inside) or not inside or any(one.code in did for one in outer.recipients):
            return outer
        own = {actor.code for actor in outer.actors}
        doers = tuple(actor for actor in inner.actors if actor.code not in own)
        why = [e for e in outer.evidence if e.field != "recipients"]
        if doers:
            why.append(Evidence("recipients", "events.grammar:judged", inner.trigger[0]))
        return changed(outer, recipients=doers, evidence=tuple(why))


def _numbered(around: Around, odds: dict[int, float]) -> dict[int, float]:
    """Return the odds of tokens by the number of the mention that each heads."""
    at = {head: n for n, head in enumerate(around.heads)}
    return {at[token]: value for token, value in odds.items() if token in at}


def _is_adjective(around: Around, at: dict[int, int], token: int) -> bool:
    return token in at and around.kinds[at[token]][0] == "adjective"
