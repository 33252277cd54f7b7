"""Trains the two rankings of the actor layer on the corpus: the state of a bare actor, and the antecedent of a pronoun.

usage: python -m model.actors [--rounds N] [--held N] [--only NAME] [--mean]

Conditional logit: the right candidates of each choice (several may be right) against all; L2, L-BFGS. The article's memory
depends on earlier choices, so the features are taken from the layer's own run with the weights of the round before.
Reads ``corpus/train`` and the sheets (``bench.sheets``); articles with a headline count twice for the states, with it and without.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
from bench.actors import base, gold_of
from bench.sheets import training_rows
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from spacy.tokens import Token

from lagebild.language import parse
from lagebild.layers.actors import find_actors
from lagebild.layers.earlier import Earlier
from lagebild.layers.linear import WEIGHTS, Linear, load_linear
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.resolve.actors import antecedents, state_words
from lagebild.resolve.actors.article import Resolver
from lagebild.resolve.actors.holders import TABLE
from lagebild.resolve.actors.names import name_features, traditions
from lagebild.resolve.actors.scene import Trace
from lagebild.resolve.actors.states import OPEN
from lagebild.resolve.places import resolve_places
from lagebild.rules.actors import Holder, State
from lagebild.rules.lexicon import Lexicon
from model.linear import mean, train

NAMES = ("actor_state", "actor_antecedent")
Choice = list[tuple[bool, list[str]]]


def choices(rows: list[dict[str, Any]]) -> dict[str, list[Choice]]:
    """Run the layer over the corpus and return every choice that the gold decides."""
    lexicon, found = Lexicon(), {name: list[Choice]() for name in NAMES}
    for row, doc in parse(rows, text_of=lambda row: str(row["text"])):
        bare = Article(id=row["doc"], text=doc.text, published=row.get("date"))
        earlier = Earlier(article=bare, doc=doc)
        earlier.places = tuple(resolve_places(doc, lexicon, earlier, tuple(find_places(doc, lexicon, earlier))))
        mentions, gold = tuple(find_actors(doc, lexicon, earlier)), gold_of(row)
        whole = replace(bare, kicker=row.get("kicker"), headline=row.get("headline"))
        for article in (bare, whole) if row.get("headline") else (bare,):
            earlier.article, trace = article, Trace()
            Resolver(doc, lexicon, earlier, trace).run(list(mentions))
            for head, name, options in trace:
                if (name == "actor_state" or article is bare) and (choice := decided(doc[head], options, gold)):
                    found[name].append(choice)
    return found


def decided(token: Token, options: list[tuple[str | None, list[str]]], gold: dict[tuple[int, int], set[str]]) -> Choice:
    """Say of each candidate whether the gold means it; empty where it does not decide."""
    start, end = token.idx, token.idx + len(token)
    told = {base(code) for (a, b), codes in gold.items() if a < end and start < b for code in codes}
    choice = [(state in told - {"-"}, features) for state, features in options]
    if told and not any(good for good, _ in choice):  # nobody known, or somebody the article does not name
        choice = [(state == OPEN, features) for state, features in options]
    return choice if any(good for good, _ in choice) and not all(good for good, _ in choice) else []


def fit(examples: list[Choice], *, strength: float, minimum: int) -> Linear:
    """Fit one weight per feature that at least ``minimum`` choices show; ``strength`` is the L2 penalty of features that
    combine two ("|"), plain ones pay a tenth of it.
    """
    counts = Counter(f for choice in examples for f in {f for _, features in choice for f in features})
    index = {f: n for n, f in enumerate(sorted(f for f, n in counts.items() if n >= minimum))}
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    good: list[bool] = []
    for number, choice in enumerate(examples):
        for right, features in choice:
            for feature in features:
                if feature in index:
                    rows.append(len(owner))
                    columns.append(index[feature])
            owner.append(number)
            good.append(right)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(owner), len(index)))
    price = np.array([strength if "|" in feature else strength / 10 for feature in index])
    starts = np.flatnonzero(np.r_[True, np.diff(owner) > 0])
    group, mask = np.array(owner), np.array(good)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        whole = np.add.reduceat(scores, starts)
        part = np.add.reduceat(np.where(mask, scores, 0.0), starts)
        push = scores / whole[group] - np.where(mask, scores, 0.0) / part[group]
        value = float(np.log(whole / part).sum() + (price * weights**2).sum() / 2)
        return value, matrix.T @ push + price * weights

    best = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Linear(("score",), index, np.vstack([best.x[:, None], [[0.0]]]).astype(np.float32))


def named(rows: list[dict[str, Any]]) -> list[tuple[list[str], str]]:
    """Return (features, tradition) of names whose state is known: office-holders, and persons of the corpus."""
    lexicon = Lexicon()
    tradition = {state.id: state.tradition for state in lexicon.rows("actors/states.tsv", State)}
    pairs = {(name, row.code[:3]) for row in lexicon.rows(TABLE, Holder) for name in (row.name, *row.other_names)}
    for row, doc in parse(rows, text_of=lambda row: str(row["text"])):
        persons = [ent for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1]
        for (start, end), codes in gold_of(row).items():
            for ent in persons:
                close = (ent.start_char < end and start < ent.end_char) or ent.start_char == end + 1
                if close and len(codes) == 1:
                    pairs.add((ent.text, base(next(iter(codes)))))
    return [(name_features(name), tradition[state]) for name, state in sorted(pairs) if state in tradition]


def accuracy(examples: list[Choice], linear: Linear) -> float:
    """Return the share of choices whose top candidate is right."""
    weights = {f: float(linear.matrix[row][0]) for f, row in linear.index.items()}
    tops = [max(choice, key=lambda c: sum(weights.get(f, 0.0) for f in c[1]))[0] for choice in examples]
    return sum(tops) / len(tops)


def train_names(rows: list[dict[str, Any]]) -> None:
    """Train the guesser of naming traditions and say how well it guesses a fifth held back."""
    names = named(rows)
    train(names, strength=3.0).save(WEIGHTS / "actor_names.npz")
    fifth = [train([x for i, x in enumerate(names) if i % 5], strength=3.0)]
    right = sum(fifth[0].best(features)[0] == label for features, label in names[::5])
    print(f"names: {len(names)}, {right / len(names[::5]):.3f} of a held-out fifth right")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--rounds", type=int, default=2)
    args.add_argument("--state-penalty", type=float, default=12.0)
    args.add_argument("--antecedent-penalty", type=float, default=5.0)
    args.add_argument("--held", type=int, default=0, help="articles, drawn at random, that are left out, to measure on")
    args.add_argument("--only", choices=NAMES, help="train this ranking alone and leave all else as it is")
    args.add_argument("--mean", action="store_true", help="ship the mean of what ships and of what is learnt")
    given = args.parse_args()
    before = {name: load_linear(name) for name in NAMES} if given.mean else {}
    rows = training_rows()
    random.Random(0).shuffle(rows)
    rows = rows[given.held :]
    for name in NAMES:
        if not (WEIGHTS / f"{name}.npz").exists():
            Linear(("score",), {"gap:0": 0}, np.ones((2, 1), np.float32)).save(WEIGHTS / f"{name}.npz")
    if not given.only:
        train_names(rows)
    for number in range(given.rounds):
        for name, examples in choices(rows).items():
            if given.only and name != given.only:
                continue
            state = name == "actor_state"  # most articles count twice there
            penalty = given.state_penalty if state else given.antecedent_penalty
            linear = fit(examples, strength=penalty, minimum=6 if state else 3)
            linear.save(WEIGHTS / f"{name}.npz")
            print(f"round {number}: {name}: {len(examples)} choices, {accuracy(examples, linear):.3f} right on them")
        load_linear.cache_clear()
        antecedents.weights.cache_clear()
        state_words.weights.cache_clear()
        traditions.cache_clear()
    for name, shipped in before.items():
        if not given.only or name == given.only:
            mean(shipped, load_linear(name), share=0.5).save(WEIGHTS / f"{name}.npz")


if __name__ == "__main__":
    main()
