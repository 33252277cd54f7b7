"""The network of debates in numpy: which words are cues, and which role each word plays for a cue.

``model/debate_net.py`` trains it. It reads the frozen states of the language network, word vectors and named features: a
bidirectional LSTM over a few sentences at a time says what each word is; for every cue a second one runs over the words
around it. Several members, trained from different starts, vote together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lagebild.layers.linear import WEIGHTS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Span = tuple[int, int]
Index = dict[str, int]
NAME = "debate"
LABELS = ("-", "Source", "Message", "Addr", "Topic", "Medium", "Evidence", "PTC", "Cue")
"""What a word is for a cue; "Cue" is a further word of the cue itself."""
CUE_LABELS = ("-", "head", "part")
KINDS = ("word", "cue", "around")
"""Kinds of named features: of each word, of a cue, of each word as seen from a cue."""
RUN = 150  # words the first LSTM reads at once, more only where a sentence is longer


@dataclass(frozen=True)
class Cue:
    """A cue as the network sees it: its word, the stretch around it, its features and those of each word of the stretch."""

    head: int
    begin: int
    end: int
    features: list[str]
    around: list[list[str]]


def runs(bounds: Iterable[Span]) -> list[Span]:
    """Join sentences to runs of at most ``RUN`` words."""
    out: list[Span] = []
    begin = last = 0
    for start, end in bounds:
        if end - begin > RUN and start > begin:
            out.append((begin, start))
            begin = start
        last = end
    out.append((begin, last))
    return [(start, end) for start, end in out if end > start]


def rows_of(many: Iterable[Iterable[str]], index: Index) -> tuple[Ints, Ints]:
    """Return the rows of each item's known features, one after another, and where each item begins.

    Every item ends with the row behind the last, whose vector is nothing, so that none is empty.
    """
    rows, starts = list[int](), list[int]()
    for features in many:
        starts.append(len(rows))
        rows += [index[feature] for feature in features if feature in index]
        rows.append(len(index))
    return np.array(rows, np.int64), np.array(starts, np.int64)


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return scores / scores.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), by tanh, which does not overflow."""
    return (np.tanh(x * np.float32(0.5)) + 1) * np.float32(0.5)  # type: ignore[no-any-return]


class Member:
    """One trained network."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.w = weights

    def read(self, states: Floats, word_rows: tuple[Ints, Ints], spans: Sequence[Span]) -> Floats:
        """Return what the first LSTM makes of every word: (words, width). ``spans`` cover all words."""
        x = self._linear("input", states) + self._bag("words", word_rows)
        return self._both("reader", np.maximum(x, 0), spans)

    def cues(self, read: Floats) -> Floats:
        """Return the probabilities of ``CUE_LABELS``: (words, 3)."""
        return softmax(self._linear("cue", read))

    def roles(
        self, read: Floats, cues: Sequence[Cue], cue_rows: tuple[Ints, Ints], around_rows: tuple[Ints, Ints]
    ) -> Floats:
        """Return the probabilities of ``LABELS`` for the words around each cue, the stretches joined in order."""
        lengths = [cue.end - cue.begin for cue in cues]
        ends = np.cumsum(lengths)
        words = np.concatenate([np.arange(cue.begin, cue.end) for cue in cues])
        of_cue = self._linear("of_cue", read[[cue.head for cue in cues]]) + self._bag("cues", cue_rows)
        x = self._linear("of_word", read)[words] + of_cue.repeat(lengths, axis=0) + self._bag("arounds", around_rows)
        x = np.maximum(x, 0)
        tagged = self._both("tagger", x, list(zip((ends - lengths).tolist(), ends.tolist(), strict=True)))
        return softmax(self._linear("role", np.concatenate([tagged, x], axis=1)))

    def _linear(self, name: str, x: Floats) -> Floats:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def _bag(self, name: str, rows: tuple[Ints, Ints]) -> Floats:
        return np.add.reduceat(self.w[f"{name}.weight"].take(rows[0], axis=0), rows[1], axis=0)

    def _both(self, name: str, x: Floats, spans: Sequence[Span]) -> Floats:
        return np.concatenate([self._way(f"{name}.ahead", x, spans), self._way(f"{name}.back", x, spans)], axis=1)

    def _way(self, name: str, x: Floats, spans: Sequence[Span]) -> Floats:
        """Run one LSTM over every span at once, longest first, so that those still running are the first rows."""
        w = self.w
        gates = x @ w[f"{name}.weight_ih_l0"].T + (w[f"{name}.bias_ih_l0"] + w[f"{name}.bias_hh_l0"])
        recurrent = np.ascontiguousarray(w[f"{name}.weight_hh_l0"].T)
        size = recurrent.shape[0]
        spans = sorted(spans, key=lambda span: span[0] - span[1])
        lengths = np.array([end - begin for begin, end in spans])
        back = name.endswith("back")
        first = np.array([end - 1 if back else begin for begin, end in spans])
        out = np.zeros((len(x), size), np.float32)
        state = cell = np.zeros((len(spans), size), np.float32)
        for step in range(int(lengths[0])):
            running = int((lengths > step).sum())
            rows = first[:running] + (-step if back else step)
            g = gates[rows] + state[:running] @ recurrent
            into, kept, leaves = sigmoid(g[:, :size]), sigmoid(g[:, size : 2 * size]), sigmoid(g[:, 3 * size :])
            cell = kept * cell[:running] + into * np.tanh(g[:, 2 * size : 3 * size])
            state = leaves * np.tanh(cell)
            out[rows] = state
        return out


@dataclass(frozen=True)
class Network:
    """Members that vote together; ``index`` maps each kind of named features to its rows."""

    index: dict[str, Index]
    members: tuple[Member, ...]

    def save(self, path: Path) -> None:
        """Write the weights: tables in eight bits with a scale per row, single rows in half precision."""
        stored: dict[str, NDArray[np.generic]] = {}
        for kind, index in self.index.items():
            stored[kind] = np.frombuffer("\n".join(index).encode("utf-8"), np.uint8)
        for number, member in enumerate(self.members):
            for name, values in member.w.items():
                if values.ndim == 2:
                    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-4).astype(np.float16)
                    stored[f"{number}.{name}.scale"] = scale
                    values = np.round(values / scale.astype(np.float32)).clip(-127, 127).astype(np.int8)
                stored[f"{number}.{name}"] = values if values.dtype == np.int8 else values.astype(np.float16)
        np.savez_compressed(path, **stored)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> Network:
        """Read the weights; raises ``FileNotFoundError`` where they are missing."""
        with np.load(path, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        index = {kind: _numbered(stored.pop(kind)) for kind in KINDS}
        members: dict[str, dict[str, Floats]] = {}
        for name, values in stored.items():
            number, _, rest = name.partition(".")
            if not rest.endswith(".scale"):
                scale = stored.get(f"{name}.scale", np.ones(1)).astype(np.float32)
                members.setdefault(number, {})[rest] = values.astype(np.float32) * scale
        return cls(index, tuple(Member(weights) for _, weights in sorted(members.items())))


class Reading:
    """A text as the members read it; cues and roles are asked for one after the other."""

    def __init__(self, network: Network, states: Floats, features: Sequence[Sequence[str]], bounds: Iterable[Span]):
        self.network = network
        rows, spans = rows_of(features, network.index["word"]), runs(bounds)
        self.read = [member.read(states, rows, spans) for member in network.members]

    @cached_property
    def cues(self) -> Floats:
        """The probabilities of ``CUE_LABELS`` of every word."""
        members = self.network.members
        return np.mean([m.cues(read) for m, read in zip(members, self.read, strict=True)], axis=0)  # type: ignore[no-any-return]

    def roles(self, cues: Sequence[Cue]) -> list[Floats]:
        """Return for each cue the probabilities of ``LABELS`` of the words around it."""
        if not cues:
            return []
        index = self.network.index
        cue_rows = rows_of((cue.features for cue in cues), index["cue"])
        around_rows = rows_of((features for cue in cues for features in cue.around), index["around"])
        said = [
            member.roles(read, cues, cue_rows, around_rows)
            for member, read in zip(self.network.members, self.read, strict=True)
        ]
        return np.split(np.mean(said, axis=0), np.cumsum([cue.end - cue.begin for cue in cues])[:-1])


@cache
def load_network() -> Network:
    """Read the packaged weights, once per process."""
    return Network.load(WEIGHTS / f"{NAME}.npz")


def _numbered(names: NDArray[np.uint8]) -> Index:
    return {name: row for row, name in enumerate(names.tobytes().decode("utf-8").split("\n"))}
