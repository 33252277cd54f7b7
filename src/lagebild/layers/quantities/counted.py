"""What a figure counts: the noun after it, and the verb that says what happened to those counted."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from lagebild.layers.quantities.figures import Phrase
from lagebild.records import Quantity
from lagebild.rules.quantities import CountingVerb, QuantityTables, Role

REACH = 7  # tokens between a figure and its noun
LARGE = 1_000_000.0  # a bare figure this large after a sum of money is money
CLIMB = 5  # steps from a noun to its verb
SYMBOLS = {"%": ("percent", "%"), "€": ("money", "EUR"), "$": ("money", "USD"), "£": ("money", "GBP")}
MEASURES = ("percent", "money", "distance", "area", "weight", "volume", "power", "temperature")
_THROUGH = ("ADJ", "ADV", "PART")
_NOUN = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in what unit, up to which token, and the token that decided."""

    what: str
    unit: str | None
    end: int
    cue: Token | None = None
    rule: str = ""


Happened = tuple[CountingVerb, Token]


def counted(doc: Doc, phrase: Phrase, tables: QuantityTables, last: Quantity | None = None) -> Counted | None:
    """Return what ``phrase`` counts, or None where it counts nothing we can name.

    ``last`` is what was counted just before: "die Polizei zählte 12.000" counts the same.
    """
    if phrase.end < len(doc) and (symbol := SYMBOLS.get(doc[phrase.end].text)):
        return Counted(*symbol, phrase.end + 1)
    if phrase.start > 0 and (symbol := SYMBOLS.get(doc[phrase.start - 1].text)):
        return Counted(*symbol, phrase.end)
    noun = noun_after(doc, phrase, tables)
    if noun is None and (noun := _of_vote(doc, phrase, tables)) is not None:
        return Counted("votes", None, phrase.end, noun)
    if noun is None and (of := number_of(phrase, doc, tables)) is not None:
        row = tables.noun(of.lemma_, of.text)
        return Counted(row.what, row.unit or None, phrase.end, of) if row else None
    if noun is None:
        happened = what_happened(doc[phrase.end - 1], tables)
        if happened:
            return Counted(happened[0].what, None, phrase.end, happened[1], happened[0].id)
        return _same_as_last(doc, phrase, tables, last)
    if noun.i > phrase.end and _is_share(doc, phrase, tables):
        return None
    row = tables.noun(noun.lemma_, noun.text)
    if row is None and not noun.lemma_.endswith(tuple(tables.words("person_tail"))):
        return Counted("other", noun.lemma_, noun.i + 1)
    if row is not None and row.kind in ("measure", "fixed", "thing"):
        return Counted(row.what, row.unit or None, noun.i + 1, noun)
    happened = participle(doc, phrase, noun, tables) or what_happened(noun, tables)
    if happened and row is not None and row.kind == "captive" and happened[0].what not in ("killed", "injured"):
        happened = None
    if happened:
        return Counted(happened[0].what, None, noun.i + 1, happened[1], happened[0].id)
    return Counted(row.what, None, noun.i + 1, noun) if row else Counted("other", noun.lemma_, noun.i + 1)


def _same_as_last(doc: Doc, phrase: Phrase, tables: QuantityTables, last: Quantity | None) -> Counted | None:
    """Return what a bare figure counts: the same as the one before ("die Polizei zählte 12.000", "drei schweben ...")."""
    head = doc[phrase.end - 1]
    if phrase.kind == "plural" and head.dep_.startswith("nsubj"):
        return Counted("people", None, phrase.end)
    if last is None or phrase.kind != "figure":
        return None
    teller = _teller(head, tables)
    near = last.span.start >= head.sent.start_char
    if last.what in MEASURES:
        by = phrase.start > 0 and doc[phrase.start - 1].pos_ == "ADP"
        by = by or (last.what == "money" and phrase.low is not None and phrase.low >= LARGE)
        return Counted(last.what, last.unit, phrase.end, teller) if near and by else None
    if teller is not None or (near and head.dep_.startswith("nsubj")):
        return Counted(last.what, None, phrase.end, teller)
    return None


def _of_vote(doc: Doc, phrase: Phrase, tables: QuantityTables) -> Token | None:
    """Return the noun of "432 zu 202 Stimmen" for the first figure."""
    words = doc[phrase.end : phrase.end + 3]
    if len(words) < 3 or words[0].lower_ not in ("zu", "gegen") or words[1].pos_ != "NUM":
        return None
    row = tables.noun(words[2].lemma_, words[2].text)
    return words[2] if row is not None and row.what == "votes" else None


def _is_share(doc: Doc, phrase: Phrase, tables: QuantityTables) -> bool:
    """Whether the words are a ratio ("vier von fünf Bürgern")."""
    if doc[phrase.end].lemma_ != "von":
        return False
    whole = doc[phrase.end + 1]
    return whole.pos_ == "NUM" and (len(whole.text) < 2 or whole.text.isalpha())


def noun_after(doc: Doc, phrase: Phrase, tables: QuantityTables) -> Token | None:
    """Return the noun counted, looking past adjectives, "von" and a genitive article."""
    for index in range(phrase.end, min(phrase.end + REACH, len(doc))):
        token = doc[index]
        title = token.text[:1].isupper()
        if token.pos_ == "NOUN" or (title and tables.noun(token.lemma_, token.text) is not None):
            return token
        if token.pos_ == "PROPN" or token.is_sent_start:
            return None
        if token.pos_ in _THROUGH and not (token.pos_ == "ADV" and index == phrase.end and _ends_phrase(token)):
            continue
        if token.pos_ == "VERB" and token.dep_ in ("amod", "acl") and "Fin" not in token.morph.get("VerbForm", []):
            continue
        if token.pos_ == "DET" and index == phrase.end and token.lower_ in ("der", "dieser", "ihrer", "seiner"):
            continue
        if token.pos_ == "NUM" and index == phrase.end + 1 and doc[phrase.end].lower_ in ("der", "von", "den"):
            continue
        if token.pos_ == "ADP" and token.lemma_ in ("von", "an") and index == phrase.end:
            continue
        if token.text in (",", "und", "oder") and index > phrase.end and doc[index - 1].pos_ == "ADJ":
            continue
        return None
    return None


def _ends_phrase(token: Token) -> bool:
    return token.head.pos_ in ("VERB", "AUX")


def participle(doc: Doc, phrase: Phrase, noun: Token, tables: QuantityTables) -> Happened | None:
    """Return what a participle between figure and noun says ("zwölf getötete Soldaten")."""
    for token in doc[phrase.end : noun.i]:
        for row in tables.verbs(token.lemma_.lower(), "of"):
            return row, token
        for row in tables.verbs(_stem(token.lower_), "of"):
            return row, token
    return None


def _stem(form: str) -> str:
    for ending in ("en", "er", "es", "em", "e"):
        if form.endswith(ending):
            return form[: -len(ending)]
    return form


def what_happened(token: Token, tables: QuantityTables) -> Happened | None:
    """Return what the verb, or the noun of the verb, above ``token`` says happened to it."""
    for _ in range(CLIMB):
        if token.dep_ in (
            "conj",
            "nummod",
            "appos",
            "flat",
            "compound",
            "amod",
            "det",
            "advmod",
        ) and token.head.pos_ not in ("VERB", "AUX"):
            if token.head.i == token.i:
                return None
            token = token.head
            continue
        break
    head = token.head
    if head.i == token.i:
        return None
    if head.pos_ in _NOUN and token.dep_ in ("nmod", "obl"):
        rows = tables.verbs(head.lemma_, "of")
        return (rows[0], head) if rows else None
    return _of_verb(token, head, tables)


def _of_verb(token: Token, verb: Token, tables: QuantityTables) -> Happened | None:
    if token.dep_.startswith("nsubj") and (found := _of_copula(verb, tables)) is not None:
        return found
    for candidate in (verb, *(child for child in verb.children if child.dep_ in ("conj", "xcomp") and _shares(child))):
        for role in _roles(token, candidate):
            for row in tables.verbs(candidate.lemma_, role) or tables.verb_of_form(candidate.lower_, role):
                if not row.with_ or _has(candidate, row.with_):
                    return row, candidate
        if candidate.pos_ in ("ADJ", "VERB") and token.dep_.startswith("nsubj"):
            for row in tables.verbs(candidate.lower_, "of"):
                return row, candidate
    return None


def _of_copula(predicate: Token, tables: QuantityTables) -> Happened | None:
    for child in predicate.children if predicate.pos_ in ("NOUN", "ADJ") else ():
        if child.dep_ == "cop":
            for row in tables.verbs(child.lemma_, "subject"):
                if predicate.lemma_ in row.with_:
                    return row, predicate
    return None


def _shares(verb: Token) -> bool:
    return not any(child.dep_.startswith("nsubj") for child in verb.children)


def _roles(token: Token, verb: Token) -> tuple[Role, ...]:
    if token.dep_ == "nsubj:pass" or (token.dep_ == "nsubj" and _is_passive(verb)):
        return ("object",)
    if token.dep_ == "nsubj":
        return ("subject",)
    if token.dep_ == "obj":
        return ("object",)
    if token.dep_ == "conj":
        return ("object", "subject")
    return ()


def _is_passive(verb: Token) -> bool:
    return any(
        child.dep_ == "aux:pass" or (child.lemma_ == "werden" and "Part" in verb.morph.get("VerbForm", []))
        for child in verb.children
    )


def _teller(token: Token, tables: QuantityTables) -> Token | None:
    """Return the verb that tells a bare figure ("sprach von 20")."""
    for _ in range(CLIMB):
        if token.lemma_ in tables.words("telling") or token.lower_ in tables.words("telling"):
            return token
        token = token.head
    return None


def number_of(phrase: Phrase, doc: Doc, tables: QuantityTables) -> Token | None:
    """Return the noun counted in "die Zahl der Toten stieg auf 200"."""
    head = doc[phrase.end - 1]
    for _ in range(CLIMB):
        for child in head.children:
            if child.lemma_ in tables.words("counter") and child.dep_.startswith("nsubj"):
                return next((t for t in child.children if t.dep_ == "nmod" and t.pos_ == "NOUN"), None)
        head = head.head
    return None


def _has(verb: Token, words: tuple[str, ...]) -> bool:
    return any(child.lemma_ in words or child.text in words for child in (*verb.subtree, verb.head))
