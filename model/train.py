"""Trains the network on units: mixed batches of trees and entity texts, averaged weights, fixed seeds."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from lagebild.language.features import Forms, Names, affix_rows, floret, floret_rows
from lagebild.language.lemma import rule_of
from model.network import Network, Sizes
from model.sources import MASKED, NO_MISC, Unit

IGNORED = -100
AVERAGE_EVERY = 4  # steps
STYLES = ("corpus", "gsd", "pud", "germeval", "europarl", "plenar", "smartdata", "any")


@dataclass
class Labels:
    """The label sets, each in the order of the network's outputs; ``words`` are lower-case forms with an own embedding."""

    words: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Inputs:
    """What the network is told of forms: floret table (rows, width), how often they stand in raw text, kinds of names."""

    table: NDArray[np.float32]
    forms: Forms
    names: Names


@dataclass(frozen=True)
class Options:
    """What a training run varies."""

    epochs: int = 24
    batch_words: int = 1000
    tree_share: float = 0.6
    corpus_times: int = 2
    rate: float = 2e-3
    decay: float = 0.998
    seed: int = 0
    hidden: int = 240
    layers: int = 2
    dropout: float = 0.2
    word_dropout: float = 0.25
    name_dropout: float = 0.2
    entity_weight: float = 1.0
    unstyled: float = 0.0  # share of units shown in the style "any" instead of their own
    half: bool = True


def bilou(tags: Sequence[str]) -> list[str]:
    """Turn BIO tags into BILOU; masked tags stay."""
    out = []
    for k, tag in enumerate(tags):
        following = tags[k + 1] if k + 1 < len(tags) else "O"
        if tag[0] not in "BI":
            out.append(tag)
        else:
            inside = following == f"I-{tag[2:]}"
            out.append(({"B": "B", "I": "I"} if inside else {"B": "U", "I": "L"})[tag[0]] + tag[1:])
    return out


def bare_lemmas(unit: Unit) -> list[str]:
    """Lemmas without the separated particle: the network sees only the verb form; joining is a rule."""
    assert unit.lemmas and unit.heads and unit.deps
    lemmas = list(unit.lemmas)
    for k, dep in enumerate(unit.deps):
        verb, particle = unit.heads[k], unit.words[k].lower()
        joined = lemmas[verb].startswith(particle) and len(lemmas[verb]) > len(particle) + 2
        if dep == "compound:prt" and joined and not unit.words[verb].lower().startswith(particle):
            lemmas[verb] = lemmas[verb][len(particle) :]
    return lemmas


def collect(units: Sequence[Unit]) -> Labels:
    """Gather the label sets; rare lemma rules (once) are left out."""
    words: Counter[str] = Counter(word.lower() for unit in units for word in unit.words)
    rules: Counter[str] = Counter()
    sets: dict[str, set[str]] = {"upos": set(), "morph": set(), "dep": set()}
    for unit in units:
        if unit.upos and unit.morph and unit.deps:
            rules.update(map(rule_of, unit.words, bare_lemmas(unit)))
            sets["upos"].update(unit.upos)
            sets["morph"].update(unit.morph)
            sets["dep"].update(unit.deps)
    return Labels(
        words=["", *sorted(word for word, n in words.items() if n >= 3)],
        styles=list(STYLES),
        lemma=sorted(rule for rule, n in rules.items() if n >= 2),
        entity=["O", *(f"{mark}-{label}" for label in ("PER", "ORG", "LOC", "MISC") for mark in "BILU")],
        **{name: sorted(values) for name, values in sets.items()},
    )


class Encoded:
    """Units as arrays; word features are stored once per form."""

    def __init__(self, units: Sequence[Unit], labels: Labels, inputs: Inputs) -> None:
        self.misc = torch.tensor([label.endswith("-MISC") for label in labels.entity])
        forms = sorted({word for unit in units for word in unit.words})
        self.form_of = {form: k for k, form in enumerate(forms)}
        self.vectors = torch.from_numpy(floret_rows(floret(inputs.table), forms))
        self.affixes = torch.from_numpy(affix_rows(forms, inputs.forms))
        self.names = torch.from_numpy(inputs.names.of(forms))
        known = {word: k for k, word in enumerate(labels.words)}
        self.words = torch.tensor([known.get(form.lower(), 0) for form in forms])
        self.units = [self._arrays(unit, labels) for unit in units]

    def _arrays(self, unit: Unit, labels: Labels) -> dict[str, NDArray[np.int64]]:
        def of(values: Sequence[str] | None, names: Sequence[str]) -> NDArray[np.int64]:
            index = {name: k for k, name in enumerate(names)}
            return np.array([index.get(value, IGNORED) for value in values or [MASKED] * len(unit.words)], np.int64)

        n = len(unit.words)
        rules = list(map(rule_of, unit.words, bare_lemmas(unit))) if unit.lemmas and unit.heads and unit.deps else None
        return {
            "form": np.array([self.form_of[word] for word in unit.words], np.int64),
            "style": np.array([labels.styles.index(unit.style)], np.int64),
            "upos": of(unit.upos, labels.upos),
            "morph": of(unit.morph, labels.morph),
            "lemma": of(rules, labels.lemma),
            "entity": of(bilou(unit.entities) if unit.entities else None, labels.entity),
            "dep": of(unit.deps, labels.dep),
            "head": np.array(unit.heads if unit.heads else [IGNORED] * n, np.int64),
            "start": np.array(unit.starts if unit.starts else [IGNORED] * n, np.int64),
            "sentence": np.cumsum(unit.starts if unit.starts else [True] + [False] * (n - 1)),
        }

    def batch(self, chosen: Sequence[int], *, unstyled: float = 0.0) -> dict[str, Tensor]:
        """Return padded tensors (batch, length) of the chosen units, and ``length``, ``style``, ``no_misc`` (batch,).

        A share ``unstyled`` of the units is shown in the style "any".
        """
        units = [self.units[k] for k in chosen]
        lengths = [len(unit["form"]) for unit in units]
        style = torch.tensor([int(unit["style"][0]) for unit in units])
        no_misc = torch.tensor([STYLES[int(unit["style"][0])] in NO_MISC for unit in units])
        style[torch.rand(len(units)) < unstyled] = STYLES.index("any")
        out = {"length": torch.tensor(lengths), "style": style, "no_misc": no_misc}
        for name in ("form", "upos", "morph", "lemma", "entity", "dep", "head", "start", "sentence"):
            pad = 0 if name == "form" else -1 if name == "sentence" else IGNORED
            padded = np.full((len(units), max(lengths)), pad, np.int64)
            for row, unit in zip(padded, units, strict=True):
                row[: len(unit["form"])] = unit[name]
            out[name] = torch.from_numpy(padded)
        out["valid"] = torch.arange(max(lengths))[None] < out["length"][:, None]
        return out

    def encode(self, network: Network, batch: dict[str, Tensor]) -> Tensor:
        """Return the encoder's output for a batch; words in ``batch["hidden"]``, where there, are not shown."""
        form = batch["form"]
        return network.encode(
            self.vectors[form],
            self.words[form],
            self.affixes[form],
            self.names[form],
            batch["style"],
            batch["length"],
            batch.get("hidden"),
        )


def masked_arcs(network: Network, x: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Arc scores with everything outside the dependent's sentence ruled out."""
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    return network.arcs(x).masked_fill(~same, -1e4)


def loss_of(
    network: Network, data: Encoded, batch: dict[str, Tensor], options: Options
) -> tuple[Tensor, dict[str, float]]:
    """Return the summed loss of all heads and its parts; a head with no gold in the batch has no part."""
    x = data.encode(network, batch)
    parts: dict[str, Tensor] = {}

    def mean(logits: Tensor, gold: Tensor) -> Tensor:
        return F.cross_entropy(logits.flatten(0, -2), gold.flatten(), ignore_index=IGNORED)

    if (batch["entity"] != IGNORED).any():
        scores = network.entities(x).masked_fill(batch["no_misc"][:, None, None] & data.misc, -1e4)
        parts["entity"] = options.entity_weight * mean(scores, batch["entity"])
    treed = (batch["head"] != IGNORED).any(1)
    if treed.any():
        x, tree = x[treed], {name: tensor[treed] for name, tensor in batch.items()}
        logits = network.tags(x)
        for name in ("upos", "morph", "lemma"):
            parts[name] = mean(logits[name], tree[name]) * (0.5 if name == "lemma" else 1.0)
        valid = tree["valid"]
        parts["start"] = F.binary_cross_entropy_with_logits(logits["start"][valid], tree["start"][valid].float())
        parts["arc"] = mean(masked_arcs(network, x, tree), tree["head"])
        heads = tree["head"].clamp(min=0)
        parts["dep"] = mean(network.labels(x, heads), tree["dep"])
    total = torch.stack(list(parts.values())).sum()
    return total, {name: float(part.detach()) for name, part in parts.items()}


def batches(
    units: Sequence[dict[str, NDArray[np.int64]]], chosen: Sequence[int], words: int, rnd: random.Random
) -> Iterator[list[int]]:
    """Yield batches of about ``words`` words, units of like length together, in random order."""
    order = sorted(chosen, key=lambda k: len(units[k]["form"]) + rnd.random() * 12)
    made: list[list[int]] = [[]]
    size = 0
    for k in order:
        if size + len(units[k]["form"]) > words and made[-1]:
            made.append([])
            size = 0
        made[-1].append(k)
        size += len(units[k]["form"])
    rnd.shuffle(made)
    yield from made


def endless(
    units: Sequence[dict[str, NDArray[np.int64]]], chosen: Sequence[int], words: int, rnd: random.Random
) -> Iterator[list[int]]:
    while True:
        yield from batches(units, chosen, words, rnd)


def _trees(units: Sequence[Unit], options: Options) -> list[int]:
    times = {"corpus": options.corpus_times}
    gold = [k for k, unit in enumerate(units) if unit.heads]
    return [k for k in gold for _ in range(times.get(units[k].style, 1))]


def _streams(
    units: Sequence[Unit], data: Encoded, options: Options, rnd: random.Random
) -> list[tuple[Iterator[list[int]], int]]:
    """Return endless batches of trees and of entity texts, with words a batch."""
    names = [k for k, unit in enumerate(units) if not unit.heads and (unit.style != "europarl" or rnd.random() < 0.5)]
    names += [k for k in names if units[k].style == "germeval"]
    sizes = [
        (_trees(units, options), int(options.batch_words * options.tree_share)),
        (names, int(options.batch_words * (1 - options.tree_share))),
    ]
    return [(endless(data.units, chosen, words, rnd), words) for chosen, words in sizes if chosen]


def network_for(labels: Labels, options: Options) -> Network:
    """Return an untrained network for a label set."""
    return Network(
        Sizes(
            words=len(labels.words), styles=len(labels.styles), upos=len(labels.upos), morph=len(labels.morph),
            lemma=len(labels.lemma), entity=len(labels.entity), dep=len(labels.dep), hidden=options.hidden,
            layers=options.layers, dropout=options.dropout, word_dropout=options.word_dropout,
            name_dropout=options.name_dropout,
        )
    )  # fmt: skip


def train(
    units: Sequence[Unit],
    inputs: Inputs,
    *,
    options: Options,
    start: tuple[Network, Labels] | None = None,
    dev: Sequence[Unit] = (),
    log_every: int = 4,
    keep: Path | None = None,
) -> tuple[Network, Labels]:
    """Return the network with averaged weights and its labels; goes on from ``start`` where given.

    Prints losses, and scores on ``dev``, every ``log_every`` epochs; keeps the averaged weights in ``keep`` each epoch.
    """
    torch.manual_seed(options.seed)
    rnd = random.Random(options.seed)
    labels = start[1] if start else collect(units)
    data = Encoded([*units, *dev], labels, inputs)
    network = network_for(labels, options)
    if start:
        network.load_state_dict(start[0].state_dict())
    streams = _streams(units, data, options, rnd)
    steps_per_epoch = len(list(batches(data.units, _trees(units, options), streams[0][1], random.Random(0))))
    total = steps_per_epoch * options.epochs
    optimizer = torch.optim.Adam(network.parameters(), lr=options.rate, betas=(0.9, 0.95), eps=1e-8, fused=True)
    average = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}
    begun, seen = time.time(), Counter[str]()
    for step in range(1, total + 1):
        progress = step / total
        rate = options.rate * min(1.0, step / 100) * (1.0 if progress < 0.3 else max(0.02, (1 - progress) / 0.7))
        for group in optimizer.param_groups:
            group["lr"] = rate
        network.train()
        optimizer.zero_grad()
        for number, (stream, _) in enumerate(streams):
            with torch.autocast("cpu", torch.bfloat16, enabled=options.half):
                batch = data.batch(next(stream), unstyled=options.unstyled)
                loss, parts = loss_of(network, data, batch, options)
            loss.backward()
            seen.update({f"{name}{number or ''}": value for name, value in parts.items()})
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        if step % AVERAGE_EVERY == 0:
            decay = min(options.decay**AVERAGE_EVERY, step / (step + 10))
            for name, tensor in network.state_dict().items():
                average[name].lerp_(tensor, 1 - decay)
        if keep and step % steps_per_epoch == 0:
            torch.save(average, keep)
        if step % (steps_per_epoch * log_every) == 0 or step == total:
            kept = {name: tensor.clone() for name, tensor in network.state_dict().items()}
            network.load_state_dict(average)
            losses = " ".join(f"{n}={v / (steps_per_epoch * log_every):.3f}" for n, v in seen.items())
            seen.clear()
            scores = quick_scores(network, data, range(len(units), len(units) + len(dev)), labels) if dev else ""
            print(f"epoch {step // steps_per_epoch} {time.time() - begun:.0f}s {losses}\n   {scores}", flush=True)
            if step != total:
                network.load_state_dict(kept)
    network.eval()
    return network, labels


@torch.no_grad()
def quick_scores(network: Network, data: Encoded, chosen: Sequence[int], labels: Labels) -> dict[str, dict[str, float]]:
    """Accuracies on gold tokens and sentences, per style; entity F1 by exact spans of argmax tags."""
    network.eval()
    counts: dict[str, Counter[str]] = {}
    for ks in batches(data.units, chosen, 4000, random.Random(0)):
        batch = data.batch(ks)
        x = data.encode(network, batch)
        logits = network.tags(x)
        heads = masked_arcs(network, x, batch).argmax(-1)
        deps = network.labels(x, heads).argmax(-1)
        entity = network.entities(x).argmax(-1)
        for row, k in enumerate(ks):
            n = int(batch["length"][row])
            style = labels.styles[int(batch["style"][row])]
            c = counts.setdefault(style, Counter())
            if data.units[k]["head"][0] != IGNORED:
                c["n"] += n
                right = heads[row, :n] == batch["head"][row, :n]
                c["uas"] += int(right.sum())
                c["las"] += int((right & (deps[row, :n] == batch["dep"][row, :n])).sum())
                for name in ("upos", "morph", "lemma"):
                    c[name] += int((logits[name][row, :n].argmax(-1) == batch[name][row, :n]).sum())
                c["start"] += int(((logits["start"][row, :n] > 0) == batch["start"][row, :n].bool()).sum())
            if data.units[k]["entity"].max() >= 0:
                gold = spans([labels.entity[t] if t >= 0 else "O" for t in batch["entity"][row, :n].tolist()])
                found = spans([labels.entity[t] for t in entity[row, :n].tolist()])
                c["gold"] += len(gold)
                c["found"] += len(found)
                c["both"] += len(gold & found)
    out: dict[str, dict[str, float]] = {}
    for style, c in counts.items():
        out[style] = {
            name: round(100 * c[name] / c["n"], 2)
            for name in ("uas", "las", "upos", "morph", "lemma", "start")
            if c["n"]
        }
        if c["gold"]:
            out[style]["ents_f"] = round(200 * c["both"] / (c["gold"] + c["found"]), 2)
    return out


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return (start, end, label) of BILOU tags, lenient about broken runs."""
    found, start = set(), -1
    for k, tag in enumerate(tags):
        if tag[0] in "BU":
            start = k
        if tag[0] in "LU" and start >= 0:
            found.add((start, k + 1, tag[2:]))
            start = -1
        if tag == "O":
            start = -1
    return found
