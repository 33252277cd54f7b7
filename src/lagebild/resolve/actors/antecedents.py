"""Whom a pronoun or a description such as "die Organisation" takes up: a ranking over the actors told of shortly before.

Features are what the literature on salience names (recency, subjecthood, agreement, chains; Lappin and Leass 1994); the
weights come from ``weights/actor_antecedent.npz`` (recipe: ``model/actors.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import repeat, takewhile

from lagebild.layers.actors.reading import LocalMention
from lagebild.layers.actors.sheet import Sheet
from lagebild.layers.linear import load_linear

Pairs = tuple[tuple[str | None, str], ...]
REACH = 3
ONE = frozenset({"er", "ihn"})  # what only one can be
OTHERS = frozenset({"deren", "dessen", "derer"})  # possessives that take up no subject of their own clause


@dataclass(slots=True)
class Known:
    """An actor the article has told of: its pairs of state and sector, and what a pronoun must agree with."""

    pairs: Pairs
    name: str | None
    entity: str | None
    gender: str
    plural: bool
    kind: str
    role: str
    token: int
    sentence: int
    subject: bool
    speaker: bool = False


def owner_of(mention: LocalMention) -> int | None:
    """The possessive of a mention: before it ("ihre Truppen"), or the mention itself ("ihre Freilassung")."""
    return mention.head if mention.reading.role == "owner" else mention.owner


def eligible(mention: LocalMention, sheet: Sheet, known: list[Known]) -> tuple[list[Known], set[Pairs]]:
    """Return whom a mention may take up, latest first, as far back as ``REACH`` sentences; all of them where none may.

    "ihn" and "deren" never take up the subject of their own clause (principle B of Chomsky 1981). The second value holds
    the codes of those left out: others of that code are less likely too.
    """
    near = list(takewhile(lambda item: mention.sentence - item.sentence <= REACH, reversed(known)))
    bound = set[int]()
    if (owner := owner_of(mention)) is not None:
        if sheet.lower[owner] in OTHERS:
            bound = _subjects(sheet, sheet.verb_of(mention.head))
    elif mention.reading.role == "personal" and not mention.subject:
        bound = _subjects(sheet, sheet.verb_of(mention.head))
    one = sheet.lower[mention.head] in ONE and mention.reading.kind == "pro"
    free = [item for item in near if item.token not in bound and not (one and item.plural)]
    return free or near, {item.pairs for item in near if item.token in bound}


def _subjects(sheet: Sheet, verb: int) -> set[int]:
    """The tokens that are subject of a verb, for a relative pronoun also what its clause hangs on.

    A conjunct, an infinitive of purpose and one whose governing verb has no other object share the subject of their head.
    """
    for _ in range(3):
        children = sheet.children[verb]
        found = {child for child in children if sheet.dep[child].startswith("nsubj")}
        if found:
            if sheet.dep[verb] == "acl" and any(sheet.pos[child] == "PRON" for child in found):
                found.add(sheet.head[verb])
            return found | {c for child in found for c in sheet.children[child] if sheet.dep[c] == "conj"}
        purpose = sheet.dep[verb] == "advcl" and any(sheet.lower[child] == "um" for child in children)
        shared = sheet.dep[verb] == "xcomp" and not any(
            sheet.dep[child] in ("obj", "obl:arg") for child in sheet.children[sheet.head[verb]]
        )
        if not purpose and not shared and sheet.dep[verb] != "conj":
            break
        verb = sheet.head[verb]
    return set()


def _coordinated(token: int, sheet: Sheet) -> bool:
    """Whether a word is joined to another by "und"."""
    return sheet.dep[token] == "conj" or any(sheet.dep[child] == "conj" for child in sheet.children[token])


def own_subjects(mention: LocalMention, sheet: Sheet) -> set[int]:
    """Whom "sein" and "ihr" before an object most often take up: the subject of their own clause ("Rom zieht seine Truppen ab")."""
    owner = owner_of(mention)
    if owner is None or mention.subject or sheet.lower[owner] in OTHERS:
        return set()
    return _subjects(sheet, sheet.verb_of(mention.head))


def describe(
    mention: LocalMention, sheet: Sheet, known: list[Known], *, plural: bool | None, gender: str, barred: set[Pairs]
) -> list[list[str]]:
    """Return the features of each candidate; ``known`` and ``barred`` are what ``eligible`` left and left out."""
    word = sheet.lower[mention.head] if mention.reading.kind == "pro" else mention.reading.kind
    if word in ("sie", "diese", "die", "ihre"):
        word += "+p" if mention.plural else "+s"
    if mention.owner is not None:
        word = "owner"
    role = mention.reading.role
    place = "subject" if mention.subject else "other"
    verb = sheet.head[mention.head]
    own = own_subjects(mention, sheet)
    token = owner_of(mention)
    owner = sheet.lower[token][:3] if token is not None else ""
    found: list[list[str]] = []
    seen: set[Pairs] = set()
    persons = 0
    for rank, item in enumerate(known):
        gap = mention.sentence - item.sentence
        fresh = item.pairs not in seen
        seen.add(item.pairs)
        kind = "person" if item.kind == "demonym" else item.kind
        features = [f"gap:{gap}", f"gap:{gap}|{word}", f"rank:{min(rank, 6)}", f"kind:{kind}|{word}"]
        features.append(f"fresh:{fresh}")
        if gap == 0 and sheet.head[item.token] == verb and mention.owner is None:
            features += ["same-verb", f"same-verb|{place}", f"same-verb|{mention.reading.kind}"]
        if item.pairs in barred:
            features += ["barred", f"barred|{word}"]
        if item.token in own:
            features += ["binds", f"binds|{owner}|{item.plural}"]
        if item.subject:
            features += ["subject", f"subject|{place}|{min(gap, 2)}", f"subject|{word}"]
        else:
            features.append(f"object|{place}|{min(gap, 2)}")
        if kind in ("person", "name"):
            persons += 1
            features += ["kind:person", f"person:{min(persons, 3)}|{word}"]
        joined = not item.plural and _coordinated(item.token, sheet)
        if owner:  # "sein" and "ihr" agree with whose it is, not with what they stand before
            features += [f"whose:{owner}|{item.gender}|{item.plural}|{joined}", f"whose:{owner}|{item.gender}|{kind}"]
        if mention.reading.kind == "pro" and not owner:
            features += [f"form:{word}|{item.gender}|{item.plural}|{joined}", f"form:{word}|{item.gender}|{kind}"]
        if plural is not None:
            number = "yes" if plural == item.plural else "joined" if joined and plural else "no"
            features += [f"number:{number}", f"number:{number}|{word}"]
        if gender and item.gender:
            features.append("gender:yes" if gender == item.gender else "gender:no")
            features.append(f"{features[-1]}|{word}")
        elif gender:
            features.append(f"gender:open|{word}")
        if item.pairs[0][0] is None:
            features.append("open")
        if item.kind == "pro":
            features.append(f"chain|{item.role == role}")
        if item.speaker:
            features += ["speaker", f"speaker|{word}", f"speaker|{min(gap, 2)}|{role}"]
        if item.role and item.role == role and mention.reading.kind != "pro":
            features += ["role:same", f"role:same|{mention.reading.kind}"]
        elif mention.reading.kind != "pro":
            features.append(f"noun:{role}|{item.kind}")
        found.append(features)
    return found


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature; raises ``FileNotFoundError`` where the weights are missing."""
    return load_linear("actor_antecedent").column("score")


def choose(found: list[list[str]], known: list[Known]) -> Known | None:
    """Return the likeliest candidate of ``describe``; the nearest of equals."""
    weight_of = weights().get
    best, top = None, float("-inf")
    for features, item in zip(found, known, strict=True):
        score = sum(map(weight_of, features, repeat(0.0)))
        if score > top:
            best, top = item, score
    return best
