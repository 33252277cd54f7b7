"""The trained network in numpy: a bidirectional LSTM over words with heads for tags, entities, arcs and relations.

``model/network.py`` trains it. Everything the first layer needs of a word depends on its form alone, so the product
with the first layer's weights is computed once per form and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lagebild.language.features import Forms, Names, affix_rows, floret, floret_rows

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
KNOWN_FORMS = 12_000  # forms kept at a time, 8 kB each


@dataclass(frozen=True)
class Output:
    """What the network says of a run of units: one row per word, units joined in order."""

    upos: Floats
    morph: Floats
    lemma: Floats
    start: Floats
    entity: Floats
    arc_dep: Floats
    arc_head: Floats
    label_dep: Floats
    label_head: Floats


def relu(x: Floats) -> Floats:
    """Return max(x, 0) in place."""
    return np.maximum(x, 0, out=x)


class Network:
    """Weights and forward pass."""

    def __init__(self, path: Path, *, words: Sequence[str], style: Mapping[int, float]) -> None:
        with np.load(path) as stored:
            weights = {name: stored[name] for name in stored.files}
        self._forms = Forms(weights.pop("form_hashes"), weights.pop("form_classes"))
        self._names = Names(weights.pop("name_hashes"), weights.pop("name_bits"))
        weights = {name: values.astype(np.float32) for name, values in weights.items()}
        self._w = weights
        self._floret = floret(weights["vectors"])
        self._known = {word: k for k, word in enumerate(words)}
        self._style = sum((share * weights["style"][k] for k, share in style.items()), weights["style"][0] * 0)
        self.hidden = weights["forwards.0.weight_hh_l0"].shape[1]
        self._layers = sum(name.startswith("forwards.") and name.endswith("weight_hh_l0") for name in weights)
        # sigmoid(x) = (1 + tanh(x / 2)) / 2: with the three gates' rows halved, one tanh serves all four blocks
        half = np.full(4 * self.hidden, 0.5, np.float32)
        half[2 * self.hidden : 3 * self.hidden] = 1.0
        self._inputs, self._biases, self._recurrent = [], [], []
        for layer in range(self._layers):
            pairs = [f"{way}.{layer}" for way in ("forwards", "backwards")]
            self._inputs.append([np.ascontiguousarray((weights[f"{p}.weight_ih_l0"] * half[:, None]).T) for p in pairs])
            self._biases.append([(weights[f"{p}.bias_ih_l0"] + weights[f"{p}.bias_hh_l0"]) * half for p in pairs])
            self._recurrent.append(
                np.ascontiguousarray(np.stack([(weights[f"{p}.weight_hh_l0"] * half[:, None] / 2).T for p in pairs]))
            )
        names = ("upos", "morph", "lemma", "start", "entity_mlp", "arc_dep", "arc_head", "label_dep", "label_head")
        self._heads = np.ascontiguousarray(np.concatenate([weights[f"{name}.weight"] for name in names]).T)
        self._heads_bias = np.concatenate([weights[f"{name}.bias"] for name in names])
        self._cuts = np.cumsum([weights[f"{name}.weight"].shape[0] for name in names])[:-1]
        self._arc = np.ascontiguousarray(weights["arc_weight"])
        label = weights["label_weight"]  # (relation, dependent, head)
        self.relations = label.shape[0]
        self._label = np.ascontiguousarray(label.transpose(1, 0, 2).reshape(label.shape[1], -1))
        self._rows: dict[int, int] = {}
        self._gates = np.zeros((2048, 8 * self.hidden), np.float32)

    def forms(self, orths: Sequence[int], words: Sequence[str]) -> Ints:
        """Return the row of each word's form, computing those not known yet; ``orths`` are the forms' hashes."""
        if len(self._rows) > KNOWN_FORMS:
            self._rows.clear()
        rows = self._rows
        fresh: dict[int, str] = {}
        for orth, word in zip(orths, words, strict=True):
            if orth not in rows and orth not in fresh:
                fresh[orth] = word
        if fresh:
            self._learn(fresh)
        return np.fromiter((rows[orth] for orth in orths), np.int64, len(orths))

    def _learn(self, fresh: dict[int, str]) -> None:
        """Compute the first layer's input for new forms."""
        words = list(fresh.values())
        affixes = affix_rows(words, self._forms)
        x = np.concatenate(
            [
                floret_rows(self._floret, words),
                self._w["word.weight"][[self._known.get(word.lower(), 0) for word in words]],
                self._w["affix.weight"][affixes].reshape(len(words), -1),
                self._names.of(words),
                np.broadcast_to(self._style, (len(words), self._style.shape[0])),
            ],
            axis=1,
        )
        first = len(self._rows)
        needed = first + len(words)
        if needed > len(self._gates):
            grown = np.zeros((max(needed, min(2 * len(self._gates), KNOWN_FORMS)), 8 * self.hidden), np.float32)
            grown[:first] = self._gates[:first]
            self._gates = grown
        made = [x @ weight + bias for weight, bias in zip(self._inputs[0], self._biases[0], strict=True)]
        self._gates[first : first + len(words)] = np.concatenate(made, axis=1)
        self._rows.update((orth, first + k) for k, orth in enumerate(fresh))

    def run(self, units: Sequence[Ints]) -> Output:
        """Return the heads' values for units given as rows of forms."""
        x = self._encode(units)
        values = x @ self._heads
        values += self._heads_bias
        upos, morph, lemma, start, entity, *parser = np.split(values, self._cuts, axis=1)
        entity = relu(entity) @ self._w["entity.weight"].T + self._w["entity.bias"]
        arc_dep, arc_head, label_dep, label_head = (relu(part) for part in parser)
        return Output(upos, morph, lemma, start[:, 0], entity, arc_dep, arc_head, label_dep, label_head)

    def states(self, units: Sequence[Ints]) -> Floats:
        """Return all layers' states for units given as rows of forms: (words, layers * 2 * hidden), units joined in order."""
        return np.concatenate(self._layers_of(units), axis=1)

    def vectors(self, words: Sequence[str]) -> Floats:
        """Return the floret vectors of words: (words, width)."""
        return floret_rows(self._floret, words)

    def _encode(self, units: Sequence[Ints]) -> Floats:
        """Return the last layer's states: (words, 2 * hidden), units joined in the order given."""
        return self._layers_of(units)[-1]

    def _layers_of(self, units: Sequence[Ints]) -> list[Floats]:
        """Return the states of each layer, the first layer first."""
        lengths = np.array([len(unit) for unit in units])
        order = np.argsort(-lengths, kind="stable")
        sizes = lengths[order]
        longest = int(sizes[0])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[order]
        steps = np.arange(longest)[:, None]
        inside = steps < sizes[None]
        active = inside.sum(axis=1)
        ahead = (starts[None] + steps)[inside]  # positions of step 0's words, then step 1's ...
        back = (starts[None] + sizes[None] - 1 - steps)[inside]
        bounds = np.concatenate([[0], np.cumsum(active)])
        flat = np.concatenate(list(units))
        width = 4 * self.hidden
        gates = np.empty((2, len(flat), width), np.float32)
        np.take(self._gates[:, :width], flat[ahead], axis=0, out=gates[0])
        np.take(self._gates[:, width:], flat[back], axis=0, out=gates[1])
        out: list[Floats] = []
        for layer in range(self._layers):
            if layer:
                for k, places in enumerate((ahead, back)):
                    np.matmul(out[-1][places], self._inputs[layer][k], out=gates[k])
                    gates[k] += self._biases[layer][k]
            states = self._recur(gates, bounds, active, self._recurrent[layer])
            x = np.empty((len(flat), 2 * self.hidden), np.float32)
            x[ahead, : self.hidden] = states[0]
            x[back, self.hidden :] = states[1]
            out.append(x)
        return out

    def _recur(self, gates: Floats, bounds: Ints, active: Ints, recurrent: Floats) -> Floats:
        """Run both directions of one layer step by step; ``gates`` is overwritten.

        The halves of (1 + tanh) / 2 are taken where they cost least: once per cell, and of the states at the end, for which
        ``recurrent`` is halved.
        """
        h = self.hidden
        states = np.empty((2, gates.shape[1], h), np.float32)
        cell = np.zeros((2, int(active[0]), h), np.float32)
        for step, count in enumerate(active.tolist()):
            begin, end = int(bounds[step]), int(bounds[step + 1])
            g = gates[:, begin:end]
            if step:
                last = int(bounds[step - 1])
                g += np.matmul(states[:, last : last + count], recurrent)
            np.tanh(g, out=g)
            into, kept, new, out = (g[..., k * h : (k + 1) * h] for k in range(4))
            g[..., : 2 * h] += 1
            out += 1
            cell = cell[:, :count] * kept
            new *= into
            cell += new
            cell *= 0.5
            np.multiply(np.tanh(cell), out, out=states[:, begin:end])
        states *= 0.5
        return states

    def arcs(self, output: Output, begin: int, end: int) -> Floats:
        """Return (dependent, head) scores of one sentence; the diagonal is the score of being the root."""
        dep = output.arc_dep[begin:end]
        scores: Floats = (dep @ self._arc[:-1] + self._arc[-1]) @ output.arc_head[begin:end].T
        np.fill_diagonal(scores, dep @ self._w["root"][:-1] + self._w["root"][-1])
        return scores

    def labels(self, output: Output, heads: Ints) -> Floats:
        """Return (word, relation) scores for the given heads (rows of ``output``)."""
        one = np.ones((len(heads), 1), np.float32)
        dep = np.concatenate([output.label_dep, one], axis=1)
        head = np.concatenate([output.label_head[heads], one], axis=1)
        mixed = (dep @ self._label).reshape(len(heads), self.relations, -1)
        scores: Floats = np.matmul(mixed, head[:, :, None])[..., 0]
        return scores
