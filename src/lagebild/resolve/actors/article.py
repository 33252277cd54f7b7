"""Reads an article from its first mention to its last and remembers: persons, offices, states, and who was spoken of.

A name takes the code it had at first mention; an office or body without a state takes the state the article is about at
that point; a pronoun or definite description takes a mention shortly before that agrees with it.
"""

from __future__ import annotations

from spacy.tokens import Doc

from lagebild.layers.actors.above import above_of
from lagebild.layers.actors.find import make_reader
from lagebild.layers.actors.reading import LocalMention, join_code
from lagebild.layers.actors.sheet import sheet_of
from lagebild.layers.earlier import Earlier, Mention
from lagebild.records import Actor, Evidence, Span
from lagebild.resolve.actors.bare import bare
from lagebild.resolve.actors.belonging import spoken_for, taken_over
from lagebild.resolve.actors.desks import home_of
from lagebild.resolve.actors.persons import led_by, named, person
from lagebild.resolve.actors.pronouns import pair, pronoun
from lagebild.resolve.actors.rivals import settle
from lagebild.resolve.actors.scene import OPEN, Found, Scene, Trace
from lagebild.rules.lexicon import Lexicon

GUESSED = frozenset({"open", "about"})
"""Steps that say of a name less than the body it stands beside."""


def resolve_actors(
    doc: Doc, lexicon: Lexicon, earlier: Earlier, mentions: tuple[LocalMention, ...]
) -> tuple[Mention, ...]:
    """Return the mentions with their codes; those that name no actor (towns as places) are left out."""
    return tuple(Resolver(doc, lexicon, earlier).run(list(mentions)))


class Resolver:
    """The walk over the mentions of one article. ``trace`` collects every ranking made, for training."""

    def __init__(self, doc: Doc, lexicon: Lexicon, earlier: Earlier, trace: Trace | None = None):
        self.sheet = sheet_of(doc)
        self.lexicon, self.earlier, self.trace = lexicon, earlier, trace
        self.text = earlier.article.text

    def run(self, mentions: list[LocalMention]) -> list[Mention]:
        """Resolve in text order, the stories of a liveblog each by itself: they share only the names of persons."""
        article, reader = self.earlier.article, self.lexicon.derived(make_reader)
        home, above = home_of(article, self.lexicon), above_of(article, reader)
        mentions = _named(mentions)
        places = self._places(mentions)
        scene: Scene | None = None
        mentions = settle(mentions, [country for _, _, country in places], reader, home, above)
        resolved: list[Mention] = []
        for start, end in self._stories():
            before: Scene | None = scene
            scene = Scene(
                self.sheet,
                self.lexicon,
                [mention for mention in mentions if start <= mention.head < end],
                [place for place in places if start <= place[1] < end],
                day=article.published_day,
                above=above,
                home=home,
                story=(start, end),
                resolve=self._found,
                trace=self.trace,
            )
            if before is not None:
                scene.take_persons(before)
            resolved += self._told(scene)
        return resolved

    def _stories(self) -> list[tuple[int, int]]:
        """Return first and last token (exclusive) of each story of the text."""
        starts = [self.sheet.token_at(start) for start in self.earlier.article.entries]
        return list(zip([0, *starts[1:]], [*starts[1:], self.sheet.size], strict=True))

    def _told(self, scene: Scene) -> list[Mention]:
        """Resolve the mentions of one story."""
        self.scene = scene
        resolved: list[Mention] = []
        for mention in scene.mentions:
            if mention.reading.kind == "place":
                continue
            found = self._found(mention)
            if found is None:
                continue
            if found.step in GUESSED and mention.reading.kind == "name" and (host := scene.host_of(mention)):
                found = scene.done[mention.head] = Found(host.pairs, "apposition", mention.reading.name)
            scene.remember(mention, found)
            resolved.append(self._as_mention(mention, found))
        return resolved

    def _places(self, mentions: list[LocalMention]) -> list[tuple[int, int, str]]:
        """Return sentence, token and state of each place that is not itself told of as an actor."""
        spoken = {mention.head for mention in mentions if mention.states}
        found = []
        for place in self.earlier.places:
            token = self.sheet.token_at(place.span.end - 1)
            if place.country and token not in spoken:
                found.append((self.sheet.sentence(token), token, place.country))
        return found

    def _found(self, mention: LocalMention) -> Found | None:
        """Resolve one mention, once; heads of other mentions may have asked for it before its turn."""
        done = self.scene.done
        if mention.head in done:
            return done[mention.head]
        done[mention.head] = Found(OPEN, "open")  # a mention that belongs to itself stays open
        found = self._decide(mention)
        if found is not None:
            done[mention.head] = found
        return found

    def _decide(self, mention: LocalMention) -> Found | None:
        reading, scene = mention.reading, self.scene
        if reading.kind == "pro":
            return pronoun(scene, mention)
        if mention.person:
            return person(scene, mention)
        if reading.kind == "name":
            return named(scene, mention)
        if mention.pair or (reading.policy == "sides" and mention.plural):
            return pair(scene, mention)
        if mention.of is not None and (found := taken_over(scene, mention)):
            return found
        if mention.seated and (found := spoken_for(scene, mention)):
            return found
        if mention.named_for and (found := led_by(scene, mention)):
            return found
        if mention.states:
            return Found(tuple((s, mention.sector) for s in mention.states), "own", reading.name, reading.entity)
        return bare(scene, mention)

    def _as_mention(self, mention: LocalMention, found: Found) -> Mention:
        reading, (start, end) = mention.reading, self.sheet.chars(mention.start, mention.end)
        span = Span(start, end, self.text[start:end])
        how = "collective" if found.step == "pair" and reading.kind != "pro" else reading.how
        evidence = (Evidence("code", reading.rule, span), Evidence("code", f"resolve.actors:{found.step}", span))
        names = found.names or (found.name,) * len(found.pairs)
        actors = tuple(
            Actor(span, name, join_code(state, sector), how, found.entity, evidence)
            for (state, sector), name in zip(found.pairs, names, strict=True)
        )
        return Mention(mention.head, span, actors)


def _named(mentions: list[LocalMention]) -> list[LocalMention]:
    """Leave out "der Norden" where the article does not name the state that it may stand for."""
    if not any(mention.reading.policy == "named" for mention in mentions):
        return mentions
    told = {state for mention in mentions if mention.reading.policy != "named" for state in mention.states}
    return [m for m in mentions if m.reading.policy != "named" or m.reading.state in told]
