"""The network of debates in PyTorch, for training only; ``lagebild.layers.speech.debate.network`` computes it in numpy.

States of the language network (frozen), word vectors and named features -> bidirectional LSTM -> cue words; for each cue,
what it says of the cue and of the words around, with named features of both -> a second LSTM -> roles. Both are learnt
together, with one dropout mask per sequence (Gal and Ghahramani 2016); the weights are averaged over the steps.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from lagebild.layers.speech.debate.network import CUE_LABELS, LABELS, Cue, Index, Member, Network, Span, rows_of, runs

EPOCHS = 16
RATE = 3e-3
TOGETHER = 4  # speeches in a step
CUES_TOGETHER = 160
LEAST = {"word": 10, "cue": 3, "around": 10}
"""How often a named feature must stand in the training part to be learnt."""
HIDDEN_FEATURES = {"word": 0.15, "cue": 0.15, "around": 0.1}
"""Share of the named features that are hidden in a step."""
WEIGHT_OF_CUES, WEIGHT_OF_ROLES = 4.0, 6.0


@dataclass
class Speech:
    """A speech to learn from: ``states`` (words, width), features of its words, sentences; per word the cue label, per
    gold event the cue and the role labels of the words around it.
    """

    states: NDArray[np.float16]
    words: list[list[str]]
    bounds: list[Span]
    cue_labels: NDArray[np.int64]
    events: list[tuple[Cue, NDArray[np.int64]]]


def masked(x: Tensor, rate: float, spans: Sequence[Span], training: bool) -> Tensor:
    """Dropout with one mask for all words of a span; ``spans`` cover the rows of ``x`` in order."""
    if not training:
        return x
    masks = (torch.rand(len(spans), x.shape[1]) >= rate).float() / (1 - rate)
    return x * masks.repeat_interleave(torch.tensor([end - begin for begin, end in spans]), 0)


class Both(nn.Module):
    """LSTMs in both directions over spans of rows; padded, the way back over flipped spans."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.ahead = nn.LSTM(width, hidden, batch_first=True)
        self.back = nn.LSTM(width, hidden, batch_first=True)

    def forward(self, x: Tensor, spans: Sequence[Span]) -> Tensor:
        """Return (rows, 2 * hidden)."""
        longest = max(end - begin for begin, end in spans)
        forth, back = np.zeros((2, len(spans), longest), np.int64)
        inside = np.zeros((len(spans), longest), bool)
        for row, (begin, end) in enumerate(spans):
            forth[row, : end - begin] = np.arange(begin, end)
            back[row, : end - begin] = np.arange(end - 1, begin - 1, -1)
            inside[row, : end - begin] = True
        mask = torch.from_numpy(inside)
        out = []
        for places, lstm in ((torch.from_numpy(forth), self.ahead), (torch.from_numpy(back), self.back)):
            states, _ = lstm(x[places])
            out.append(torch.zeros(len(x), states.shape[2]).index_copy(0, places[mask], states[mask]))
        return torch.cat(out, 1)


class Net(nn.Module):
    """All of it; the names of the weights are those that ``Member`` reads."""

    def __init__(
        self, sizes: dict[str, int], *, states: int, width: int = 96, hidden: int = 64, role_width: int = 64,
        role_hidden: int = 48, dropout: float = 0.3,
    ) -> None:  # fmt: skip
        super().__init__()
        self.dropout = dropout
        self.input = nn.Linear(states, width)
        self.words = bag(sizes["word"], width)
        self.reader = Both(width, hidden)
        self.cue = nn.Linear(2 * hidden, len(CUE_LABELS))
        self.of_word = nn.Linear(2 * hidden, role_width)
        self.of_cue = nn.Linear(2 * hidden, role_width)
        self.cues = bag(sizes["cue"], role_width)
        self.arounds = bag(sizes["around"], role_width)
        self.tagger = Both(role_width, role_hidden)
        self.role = nn.Linear(2 * role_hidden + role_width, len(LABELS))

    def read(self, states: Tensor, rows: tuple[Tensor, Tensor], spans: Sequence[Span]) -> Tensor:
        """Return what the words are: (words, 2 * hidden)."""
        x = self.input(masked(states, 0.2, spans, self.training)) + self.words(*rows)
        read = self.reader(masked(torch.relu(x), self.dropout, spans, self.training), spans)
        return masked(read, self.dropout, spans, self.training)

    def roles(self, read: Tensor, events: Sequence[tuple[Cue, int]], bags: dict[str, tuple[Tensor, Tensor]]) -> Tensor:
        """Return label scores of the words around each cue; with each cue comes the row its speech begins at."""
        lengths = torch.tensor([cue.end - cue.begin for cue, _ in events])
        ends = torch.cumsum(lengths, 0)
        spans = list(zip((ends - lengths).tolist(), ends.tolist(), strict=True))
        words = torch.cat([torch.arange(cue.begin + base, cue.end + base) for cue, base in events])
        of_cue = self.of_cue(read[[cue.head + base for cue, base in events]]) + self.cues(*bags["cue"])
        x = self.of_word(read)[words] + of_cue.repeat_interleave(lengths, 0) + self.arounds(*bags["around"])
        x = masked(torch.relu(x), 0.7 * self.dropout, spans, self.training)
        tagged = masked(self.tagger(x, spans), self.dropout, spans, self.training)
        scores: Tensor = self.role(torch.cat([tagged, x], 1))
        return scores


def bag(rows: int, width: int) -> nn.EmbeddingBag:
    """Return a table of vectors that are added up; the row behind the last is nothing."""
    table = nn.EmbeddingBag(rows + 1, width, mode="sum", padding_idx=rows)
    nn.init.normal_(table.weight, std=0.05)
    return table


class Trainer:
    """Trains members on the same speeches from different starts."""

    def __init__(self, speeches: list[Speech]) -> None:
        self.speeches = speeches
        around = [features for speech in speeches for cue, _ in speech.events for features in cue.around]
        self.index = {
            "word": frequent((features for speech in speeches for features in speech.words), LEAST["word"]),
            "cue": frequent((cue.features for speech in speeches for cue, _ in speech.events), LEAST["cue"]),
            "around": frequent(around, LEAST["around"]),
        }
        self.rows = {id(cue): rows_of(cue.around, self.index["around"]) for s in speeches for cue, _ in s.events}

    def network(self, seeds: Iterable[int], *, epochs: int = EPOCHS) -> Network:
        """Return a network with one member per seed."""
        return Network(self.index, tuple(self.member(seed, epochs) for seed in seeds))

    def member(self, seed: int, epochs: int) -> Member:
        """Train one member."""
        torch.manual_seed(seed)
        np.random.seed(seed)
        order = list(self.speeches)
        net = Net({kind: len(index) for kind, index in self.index.items()}, states=order[0].states.shape[1])
        optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-2)
        steps, step = epochs * math.ceil(len(order) / TOGETHER), 0
        average = {name: values.detach().clone() for name, values in net.state_dict().items()}
        shuffled = random.Random(seed)
        for epoch in range(epochs):
            begun, total = time.perf_counter(), 0.0
            shuffled.shuffle(order)
            for first in range(0, len(order), TOGETHER):
                for group in optimizer.param_groups:
                    warm, cool = min(1.0, step / 20 + 0.05), 0.5 * (1 + math.cos(math.pi * step / steps))
                    group["lr"] = RATE * warm * (0.97 * cool + 0.03)
                loss = self.loss(net, order[first : first + TOGETHER])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(net.parameters(), 2.0)
                optimizer.step()
                step += 1
                total += loss.item()
                share = 1 - min(0.98, (1 + step) / (10 + step))
                for name, values in net.state_dict().items():
                    average[name].lerp_(values, share)
            print(f"epoch {epoch}: loss {total:.2f}, {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)
        return member_of(average)

    def loss(self, net: Net, part: list[Speech]) -> Tensor:
        """Return the loss of a step: mean over words for cues, mean over words around cues for roles."""
        bases = np.cumsum([0, *(len(speech.words) for speech in part)]).tolist()
        spans = [(a + base, b + base) for s, base in zip(part, bases, strict=False) for a, b in runs(s.bounds)]
        states = torch.from_numpy(np.concatenate([speech.states for speech in part]).astype(np.float32))
        words = rows_of((features for speech in part for features in speech.words), self.index["word"])
        read = net.read(states, self.hidden("word", words), spans)
        gold = torch.from_numpy(np.concatenate([speech.cue_labels for speech in part]))
        cue_loss = F.cross_entropy(net.cue(read), gold)
        events = [(cue, base, labels) for s, base in zip(part, bases, strict=False) for cue, labels in s.events]
        events.sort(key=lambda event: event[0].end - event[0].begin)
        role_loss, counted = read.sum() * 0, 0
        for first in range(0, len(events), CUES_TOGETHER):
            some = events[first : first + CUES_TOGETHER]
            scores = net.roles(read, [(cue, base) for cue, base, _ in some], self.bags([cue for cue, _, _ in some]))
            labels = torch.from_numpy(np.concatenate([labels for _, _, labels in some]))
            role_loss = role_loss + F.cross_entropy(scores, labels, reduction="sum")
            counted += len(labels)
        return WEIGHT_OF_CUES * cue_loss + WEIGHT_OF_ROLES * role_loss / max(counted, 1)

    def bags(self, cues: list[Cue]) -> dict[str, tuple[Tensor, Tensor]]:
        """Return the features of cues and of the words around them as rows, some of them hidden."""
        rows, starts, base = [], [], 0
        for cue in cues:
            own, begin = self.rows[id(cue)]
            rows.append(own)
            starts.append(begin + base)
            base += len(own)
        return {
            "cue": self.hidden("cue", rows_of((cue.features for cue in cues), self.index["cue"])),
            "around": self.hidden("around", (np.concatenate(rows), np.concatenate(starts))),
        }

    def hidden(self, kind: str, rows: tuple[NDArray[np.int64], NDArray[np.int64]]) -> tuple[Tensor, Tensor]:
        """Hide some features behind the row that counts nothing."""
        kept = np.random.rand(len(rows[0])) >= HIDDEN_FEATURES[kind]
        return torch.from_numpy(np.where(kept, rows[0], len(self.index[kind]))), torch.from_numpy(rows[1])


def frequent(many: Iterable[Iterable[str]], least: int) -> Index:
    """Number the features that stand in at least ``least`` items."""
    counts = Counter(feature for features in many for feature in features)
    return {feature: row for row, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def member_of(weights: dict[str, Tensor]) -> Member:
    """Return the weights as numpy reads them."""
    arrays = {name: values.numpy().astype(np.float32) for name, values in weights.items()}
    for name in ("words", "cues", "arounds"):
        arrays[f"{name}.weight"][-1] = 0
    return Member(arrays)
