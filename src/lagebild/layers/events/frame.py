"""The syntactic frame of a verb or noun: subject, object, prepositional phrases, whatever the parse calls them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagebild.layers.events.view import PASSIVE_SUBJECTS, SUBJECTS, VERBAL, View

LET = "lassen"
RELATIVE = frozenset(("der", "die", "das", "welcher", "was"))


@dataclass(slots=True)
class Frame:
    """Token numbers by role. ``phrases`` are (preposition, token); ``agents`` the von/durch phrases of a passive."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    datives: list[int] = field(default_factory=list)
    agents: list[int] = field(default_factory=list)
    phrases: list[tuple[str, int]] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    passive: bool = False
    reflexive: bool = False
    clause: bool = False


def frame_of(view: View, i: int) -> Frame:
    """Return the frame of token ``i``, with the subject it shares with the verb it hangs on."""
    frame = Frame(passive=i in view.passive)
    dep, lemma = view.dep, view.lemma
    for child in view.children[i]:
        _place(view, frame, child, dep[child], lemma[child])
    if dep[i] == "acl":
        _antecedent(view, frame, view.head[i])
    else:
        _unattached(view, frame, i)
    for token in (*frame.objects, *frame.datives):
        for child in view.children[token]:
            if dep[child] == "nmod" and (case := view.case_of(child)):
                frame.phrases.append((case, child))
    if frame.passive:
        frame.objects += frame.subjects
        frame.subjects = []
    relation, head = dep[i], view.head[i]
    if view.pos[i] == "ADJ" and relation == "amod":
        (frame.subjects if view.verb[i] + "d" == lemma[i] else frame.objects).append(head)
    elif relation == "acl" and not frame.subjects and not frame.objects:
        frame.objects.append(head)
    elif relation == "xcomp" and not frame.objects and view.lemma[head] == LET:
        frame.objects += [c for c in view.children[head] if dep[c] == "obj"]
        frame.others.append(head)
    elif not frame.subjects and relation in ("conj", "xcomp", "advcl"):
        _inherit(view, frame, head)
    return frame


def _place(view: View, frame: Frame, child: int, dep: str, lemma: str) -> None:
    if dep in SUBJECTS:
        frame.subjects += view.conjuncts(child)
    elif dep in PASSIVE_SUBJECTS:
        frame.passive = True
        frame.objects += view.conjuncts(child)
    elif dep == "obj":
        if lemma == "sich":
            frame.reflexive = True
        else:
            frame.objects += view.conjuncts(child)
    elif dep == "expl:pv":
        frame.reflexive = True
    elif dep == "aux:pass":
        frame.passive = True
    elif dep == "obl:agent":
        frame.agents += view.conjuncts(child)
        frame.phrases.append((view.case_of(child), child))
    elif dep in ("obl", "nmod", "obl:arg"):
        case = view.case_of(child)
        if case:
            frame.phrases += [(case, c) for c in view.conjuncts(child)]
        elif lemma == "sich":
            frame.reflexive = True
        elif dep == "obl:arg":
            frame.datives += view.conjuncts(child)
        else:
            frame.others.append(child)
    else:
        if dep in ("ccomp", "xcomp"):
            frame.clause = True
        if case := view.case_of(child):
            frame.phrases.append((case, child))
        frame.others.append(child)


def _antecedent(view: View, frame: Frame, noun: int) -> None:
    """Put the noun a relative clause belongs to where its relative pronoun stands ("Sanktionen, die sie verhängten")."""
    for tokens in (frame.subjects, frame.objects, frame.datives):
        for n, token in enumerate(tokens):
            if view.pos[token] == "PRON" and view.lemma[token].lower() in RELATIVE and noun < token:
                tokens[n] = noun
    frame.phrases = [
        (case, noun if view.pos[t] == "PRON" and view.lemma[t].lower() in RELATIVE else t) for case, t in frame.phrases
    ]


def _unattached(view: View, frame: Frame, i: int) -> None:
    """Find the noun of a relative clause that the parse hangs on the verb before it ("Sanktionen aufheben, die sie verhängten")."""
    for token in (*frame.subjects, *frame.objects, *frame.datives):
        if view.pos[token] != "PRON" or view.lemma[token].lower() not in RELATIVE or not 0 < token < i - 1:
            continue
        if view.lower[token - 1] != "," or view.pos[token + 1] in VERBAL:
            continue
        noun = next((t for t in range(token - 2, -1, -1) if view.pos[t] == "NOUN"), None)
        if noun is not None and view.sent[noun] == view.sent[i]:
            _antecedent(view, frame, noun)
            return


def _inherit(view: View, frame: Frame, head: int) -> None:
    """Take the subject of the governing verb, or what it passes on for a conjunct further up."""
    for _ in range(3):
        subjects = [c for c in view.children[head] if view.dep[c] in SUBJECTS or view.dep[c] in PASSIVE_SUBJECTS]
        if subjects:
            target = frame.objects if frame.passive else frame.subjects
            for subject in subjects:
                target += view.conjuncts(subject)
            return
        if view.dep[head] not in ("conj", "xcomp") or view.head[head] == head:
            return
        head = view.head[head]
