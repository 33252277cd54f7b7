"""Sentences that promise or announce a deed of which the reader found no event: "Bukarest werde die Gebühren senken".

Read from the text and the actors and dates found in it, by the words of ``lexicon/ledger/pledges.tsv``, without a parse.
What is going to be done is the infinitive (or the noun of an act), who does it the first one named who is not somebody's
object. What is denied, asked, or no deed ("will sprechen") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import simplemma

from lagebild.ledger.days import due_in
from lagebild.ledger.doers import BEFORE, Act, Doers, party
from lagebild.ledger.pledge_words import PROMISED, UNNAMED, Words
from lagebild.ledger.sentences import about, cues, says, sentence_at, split
from lagebild.ledger.terms import term_beside
from lagebild.ledger.words import fold, lemma
from lagebild.records import Event, Records
from lagebild.rules.lexicon import own_lexicon

PLEDGED = "pledged"
MONEY = "money"
INTENDED = {"planned", "demanded", "conditional"}
INFINITIVE = re.compile(r"(\w+(?:en|ern|eln|tun))\s*$")
PASSIVE = re.compile(r"(\w+(?:t|en))\s+werden\s*$")
PARTICIPLE = re.compile(r"\b([a-zäöüß]*(?:ge[a-zäöüß]+|[a-zäöüß]+)(?:t|en))\s*$")
WITH_ZU = re.compile(r"\bzu\s+([a-zäöüß]+(?:en|ern|eln|tun))\b|\b([a-zäöü]+?)zu([a-zäöüß]+(?:en|ern|eln|tun))\b")
CLAUSE_END = re.compile(r"[,;:–]|\s-\s|\bund\b(?=[^,;:]*\b\w+(?:t|en)\b\s*$)")
VERB = re.compile(r"\b[a-zäöüß]{4,}\b")
CLAUSE_LAST = re.compile(r"\b([a-zäöüß]+)\s*(?=[.,;:]|$)")


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a sentence promises: ``act`` is the folded verb or noun, ``who`` and ``to`` are codes, ``due`` an ISO date."""

    start: int
    quote: str
    type: str
    act: str
    who: frozenset[str]
    to: frozenset[str]
    due: str | None
    condition: str | None
    about: frozenset[str]
    cues: frozenset[str]
    says: str = PLEDGED  # what tells it from a passage where both are stored


def pledges(records: Records, names: frozenset[str]) -> Iterator[Pledge]:
    """Yield the promises of an article that no event tells of; ``names`` are the words in it that name who and where."""
    words: Words = own_lexicon().derived(Words)
    day = records.article.published_day
    doers = Doers(records)
    for start, sentence in split(records.article.text):
        if "?" in sentence:
            continue
        end = start + len(sentence)
        due = due_in(records.dates, start, end, records.article.text, day)
        if due is None and not words.any.search(sentence):
            continue
        plain, condition = _without_condition(sentence, words)
        act = _act(plain, words, ahead=due is not None or condition is not None) or _receipt(plain, words)
        if act is None and due is not None:
            act = _dated(plain, words)
        if act is None or _told(records.events, start, _part_of(plain, act), words):
            continue
        inside = doers.named(start, end)
        if act.receipt:
            inside += [
                side
                for e in records.events
                if e.type == "AID" and e.trigger and start <= e.trigger[0].start < end
                for side in e.recipients
            ]
        got = {a.code.split(":")[0] for a in inside if a.code} if act.receipt else set()
        who = None if act.receipt else doers.does(plain, start, act, inside)
        given_time = act.asked and words.of["granted"].search(sentence)  # who is given it is named beside it
        if who is None and not given_time:
            who = doers.before(start, got)
        if (
            who is None and words.of["noun"].match(act.word) and says(sentence) is None
        ):  # "mit der Ankunft der Soldaten wird gerechnet"
            who = next((a for a in inside if party(a)), None)
        if who is None or who.code is None:
            continue
        to = {
            a.code for a in inside if a.code and a.how != "adjective" and a.code.split(":")[0] != who.code.split(":")[0]
        } - {"-"}
        if due is None and words.of["then"].search(sentence.lower()):
            due = due_in(records.dates, max(0, start - 2 * BEFORE), start, records.article.text, day)
        said = cues(sentence)
        own = about(sentence, names) - {fold(act.word)} or about(
            sentence_at(records.article.text, max(0, start - 2))[1], names
        )
        nouns = own | deed_nouns(act.word) | before(records.article.text, start, said, names)
        yield Pledge(
            start, sentence, "AID" if act.receipt else kind_of(act.word, records, start, end), lemma(act.word), frozenset({who.code}), frozenset(to),
            due.isoformat() if due else None, condition or term_beside(sentence, act.verb_at), nouns, said | {"act", "asked" if act.asked else "promise"},
        )  # fmt: skip


def kind_of(act: str, records: Records, start: int, end: int) -> str:
    """Return the type of what a stretch of text says will be done: of a deed that no table knows and that costs a sum, aid."""
    words: Words = own_lexicon().derived(Words)
    type_ = words.type_of(fold(act))
    costs = any(q.what == MONEY and start <= q.span.start < end for q in records.quantities)
    return "AID" if costs and type_ == UNNAMED else type_


def _without_condition(sentence: str, words: Words) -> tuple[str, str | None]:
    """Return the sentence with blanks in place of its condition, and the condition."""
    found = words.of["condition"].search(sentence)
    if found is None:
        return sentence, None
    end = found.end()
    if found.start() > 0 or not found.group().rstrip().endswith(","):
        comma = sentence.find(",", found.start())
        end = comma if 0 < comma < found.end() else found.end()
    return sentence[: found.start()] + " " * (end - found.start()) + sentence[end:], sentence[
        found.start() : end
    ].strip(" ,.")


def _act(sentence: str, words: Words, *, ahead: bool = False) -> Act | None:
    """Return what somebody is going to do by a sentence; None where it says nothing of the kind. ``ahead``: it names a day to come."""
    if given := words.of["granted"].search(sentence):  # "gab dem Land bis Freitag Zeit, die Blockade zu beenden"
        for zu in WITH_ZU.finditer(sentence, given.end()):
            if (word := _with_zu(zu, words)) and not words.of["unsaid"].match(word):
                return Act(word, given.start(), zu.end(), given.end(), asked=True)
    asked = words.of["asked"].search(sentence) is not None
    demands = words.of["demand"].finditer(sentence) if asked else ()
    told = words.of["commissive"].search(sentence)
    reported = words.of["reported"].finditer(sentence) if told or ahead or "said" in cues(sentence) else ()
    for found in (*demands, *words.of["modal"].finditer(sentence), *reported):
        clause = _clause(sentence[found.end() :].rstrip(' .!”“»"'), words)
        at = found.start()
        if not clause.strip():  # "..., dass man die Grenze öffnen werde"
            at = max(sentence.rfind(",", 0, found.start()), 0)
            clause = sentence[at : found.start()]
        word = _infinitive(clause, words) or (
            _participle(clause, words) if (ahead or told) and words.of["becomes"].match(found.group()) else None
        )
        if not word and words.of["exists"].search(clause):  # "soll es im Mai Wahlen geben"
            word = _noun_of_act(clause, None, words)
        if words.of["not"].search(clause) is None and word:
            passive = PASSIVE.search(clause) is not None or _infinitive(clause, words) is None
            return Act(
                word,
                at,
                found.end() + len(clause),
                found.start(),
                asked and found.re is words.of["demand"],
                passive=passive,
            )
    if not told and ahead and (due := words.of["due"].search(sentence)):
        return Act(lemma(due.group().split()[-1]), due.start(), due.end(), due.start())
    if not asked and told:
        for zu in WITH_ZU.finditer(sentence):
            word = _with_zu(zu, words)
            if (
                word
                and not words.of["unsaid"].match(word)
                and not words.of["refused"].search(sentence[: zu.start()])
                and not words.of["not"].search(sentence[sentence.rfind(",", 0, zu.start()) + 1 : zu.start()])
            ):
                return Act(word, told.start(), zu.end(), told.start())
        if not words.of["refused"].search(sentence) and (noun := _noun_of_act(sentence, told, words)):
            return Act(noun, told.start(), told.end(), told.start())
    return None


def _clause(rest: str, words: Words) -> str:
    """Return what comes after a modal up to the end of its clause; "und" may also join two objects of one infinitive."""
    for stop in CLAUSE_END.finditer(rest):
        if stop.group() != "und" or _infinitive(rest[: stop.start()], words):
            return rest[: stop.start()]
    return rest


def _receipt(sentence: str, words: Words) -> Act | None:
    """Return what somebody gets by an agreement ("das Land erhält demnach 150 Millionen Euro")."""
    found = words.of["receives"].search(sentence) if words.of["thus"].search(sentence) else None
    if found is None or words.of["not"].search(sentence):
        return None
    return Act(found.group(), found.start(), found.end(), found.start(), receipt=True)


def _infinitive(clause: str, words: Words) -> str | None:
    found = PASSIVE.search(clause)
    word = str(simplemma.lemmatize(found.group(1), lang="de")) if found else ""
    if not found and (plain := INFINITIVE.search(clause)):
        word = plain.group(1)
    if not word or not word[0].islower() or words.of["unsaid"].match(word):
        return None
    return word if simplemma.is_known(word, lang="de") or fold(word) in words.types else None


def _participle(clause: str, words: Words) -> str | None:
    """Return the verb of a passive told of the future ("wird im Mai geräumt")."""
    found = PARTICIPLE.search(clause)
    word = str(simplemma.lemmatize(found.group(1), lang="de")) if found else ""
    known = word.endswith("n") and word[0].islower() and not words.of["unsaid"].match(word)
    return word if known and simplemma.is_known(word, lang="de") else None


def _dated(sentence: str, words: Words) -> Act | None:
    """Return what is told in the present tense of a day to come ("im Juli nimmt das Land den Reaktor in Betrieb")."""
    if words.of["past"].search(sentence) or words.of["not"].search(sentence):
        return None
    for found in VERB.finditer(sentence):
        if words.of["present"].match(found.group()) is None:
            continue
        verb = lemma(found.group())
        clause = _clause(sentence[found.end() :].rstrip(' .!”“»"'), words)
        last = CLAUSE_LAST.search(clause)
        if last and words.of["particle"].match(last.group(1)):
            verb = fold(last.group(1)) + verb
        if verb in words.types and words.types[verb] & PROMISED and not words.of["unsaid"].match(verb):
            return Act(verb, found.start(), found.end() + len(clause), found.start())
    return None


def _with_zu(zu: re.Match[str], words: Words) -> str | None:
    if zu.group(1):
        return zu.group(1)
    prefix, verb = zu.group(2), zu.group(3)
    return prefix + verb if words.of["particle"].match(prefix) else None


def _noun_of_act(sentence: str, said: re.Match[str] | None, words: Words) -> str | None:
    """Return the noun of an act that is announced or promised ("kündigte Wahlen an")."""
    after = re.findall(r"\b[A-ZÄÖÜ]\w+", sentence[said.start() :]) if said and said.start() < len(sentence) // 2 else []
    for word in (*after, *re.findall(r"\b[A-ZÄÖÜ]\w+", sentence)):
        noun = lemma(word)
        types = words.types.get(noun, set())
        if (types & PROMISED and len(types) == 1) or words.of["noun"].match(noun):
            return noun
    return None


def _part_of(sentence: str, act: Act) -> str:
    """Return a sentence with blanks up to the colon that the act comes after ("drohte mit Strafen: Falls ..., werde man ...")."""
    colon = sentence.rfind(":", 0, act.said_from)
    return sentence if colon < 0 else " " * (colon + 1) + sentence[colon + 1 :]


def _told(events: Sequence[Event], start: int, plain: str, words: Words) -> bool:
    """Whether an event tells of what the sentence says, outside its condition and "wie vereinbart"."""
    for found in words.of["as"].finditer(plain):
        plain = plain[: found.start()] + " " * (found.end() - found.start()) + plain[found.end() :]
    return any(
        (e.status in INTENDED or (e.type == "AGREE" and e.status == "actual"))
        and e.trigger
        and start <= e.trigger[0].start < start + len(plain)
        and plain[e.trigger[0].start - start].strip()
        for e in events
    )


def acts(sentence: str) -> frozenset[str]:
    """Return the verbs of a sentence (folded, dictionary form), with the particle that ends a clause also joined."""
    words: Words = own_lexicon().derived(Words)
    verbs = {lemma(word) for word in VERB.findall(sentence)}
    verbs = {verb for verb in verbs if verb.endswith("n")}
    last = {particle for particle in CLAUSE_LAST.findall(sentence) if words.of["particle"].match(particle)}
    return frozenset(verbs | {fold(particle + verb) for particle in last for verb in verbs})


def before(text: str, start: int, said: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    """Return the nouns of the sentence before where a promise only points to them ("sie gehen zu lassen")."""
    return about(sentence_at(text, start - 2)[1], names) if "pronoun" in said and start > 1 else frozenset()


def deeds(sentence: str) -> frozenset[str]:
    """Return the nouns that name what an infinitive with zu says is to be done ("auszubauen": Ausbau)."""
    return frozenset().union(*(deed_nouns(act) for act in to_do(sentence)))


def to_do(sentence: str) -> frozenset[str]:
    """Return the verbs (folded) of infinitives with zu."""
    words: Words = own_lexicon().derived(Words)
    return frozenset(fold(act) for zu in WITH_ZU.finditer(sentence) if (act := _with_zu(zu, words)))


def deed_nouns(act: str) -> frozenset[str]:
    """Return the nouns that name an act beside its verb: ausbauen, Ausbau; räumen, Räumung."""
    stem = act.removesuffix("en") if act.endswith("en") else act.removesuffix("n")
    return frozenset(
        fold(noun)
        for noun in (stem, stem + "ung")
        if len(noun) > 3 and simplemma.is_known(noun.capitalize(), lang="de")
    )
