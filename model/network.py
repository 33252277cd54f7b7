"""The network in PyTorch, for training only; ``lagebild.language.network`` computes the same in numpy.

Word features -> bidirectional LSTM over the unit -> heads: part of speech, morphology, lemma rule, sentence start,
entity tag, and deep biaffine attention for arcs and relations (Dozat and Manning 2017). A source's style (how that
source annotates) is an embedding added to every word; the pipeline always asks for the corpus's style.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lagebild.language.features import BUCKETS, COLUMNS, NAME_KINDS


@dataclass(frozen=True)
class Sizes:
    """Widths of the network and sizes of its label sets."""

    words: int
    styles: int
    upos: int
    morph: int
    lemma: int
    entity: int
    dep: int
    vector: int = 96
    word: int = 64
    affix: int = 24
    style: int = 8
    hidden: int = 240
    layers: int = 2
    arc: int = 160
    label: int = 64
    dropout: float = 0.2
    word_dropout: float = 0.25
    name_dropout: float = 0.2


def shared_mask(x: Tensor, rate: float) -> Tensor:
    """Dropout with one mask for all positions of a unit: ``x`` is (batch, length, width)."""
    keep = torch.rand(x.shape[0], 1, x.shape[2]) >= rate
    return x * keep / (1 - rate)


class Network(nn.Module):
    """All heads over one encoder."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        s = sizes
        self.word = nn.Embedding(s.words, s.word, padding_idx=0)
        self.affix = nn.Embedding(BUCKETS * COLUMNS, s.affix)
        self.style = nn.Embedding(s.styles, s.style)
        nn.init.normal_(self.word.weight, std=0.1)
        nn.init.normal_(self.affix.weight, std=0.1)
        nn.init.normal_(self.style.weight, std=0.1)
        width = s.vector + s.word + s.affix * COLUMNS + len(NAME_KINDS) + s.style
        widths = [width] + [2 * s.hidden] * (s.layers - 1)
        self.forwards = nn.ModuleList(nn.LSTM(w, s.hidden, batch_first=True) for w in widths)
        self.backwards = nn.ModuleList(nn.LSTM(w, s.hidden, batch_first=True) for w in widths)
        out = 2 * s.hidden
        self.upos = nn.Linear(out, s.upos)
        self.morph = nn.Linear(out, s.morph)
        self.lemma = nn.Linear(out, s.lemma)
        self.start = nn.Linear(out, 1)
        self.entity_mlp = nn.Linear(out, 96)
        self.entity = nn.Linear(96, s.entity)
        self.arc_dep, self.arc_head = nn.Linear(out, s.arc), nn.Linear(out, s.arc)
        self.label_dep, self.label_head = nn.Linear(out, s.label), nn.Linear(out, s.label)
        self.arc_weight = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        self.root = nn.Parameter(torch.zeros(s.arc + 1))  # the score of being a root
        self.label_weight = nn.Parameter(torch.zeros(s.dep, s.label + 1, s.label + 1))
        nn.init.normal_(self.arc_weight, std=0.02)
        nn.init.normal_(self.label_weight, std=0.02)

    def encode(
        self,
        vectors: Tensor,
        words: Tensor,
        affixes: Tensor,
        names: Tensor,
        style: Tensor,
        lengths: Tensor,
        hidden: Tensor | None = None,
    ) -> Tensor:
        """Return (batch, length, 2 * hidden); nothing but the place is seen of words where ``hidden``."""
        s = self.sizes
        if self.training:
            words = words * (torch.rand(words.shape) >= s.word_dropout)
        parts = [vectors, self.word(words), self.affix(affixes).flatten(2)]
        x = torch.cat(parts, -1)
        if self.training:
            x = shared_mask(x, s.dropout * 0.6)
            unit, word = torch.rand(x.shape[0], 1, 1), torch.rand(x.shape[0], x.shape[1], 1)
            names = names * (unit >= s.name_dropout) * (word >= s.name_dropout / 2)
        x = torch.cat([x, names], -1)
        if hidden is not None:
            x = x * ~hidden[..., None]
        x = torch.cat([x, self.style(style)[:, None].expand(-1, x.shape[1], -1)], -1)
        position = torch.arange(x.shape[1])[None]
        flipped = torch.where(position < lengths[:, None], lengths[:, None] - 1 - position, position)[..., None]
        for ahead, back in zip(self.forwards, self.backwards, strict=True):
            # Two one-way LSTMs, the second over flipped units: padding stays behind, and this is far faster than packing.
            left, _ = ahead(x)
            right, _ = back(torch.gather(x, 1, flipped.expand(-1, -1, x.shape[2])))
            x = torch.cat([left, torch.gather(right, 1, flipped.expand(-1, -1, right.shape[2]))], -1)
            if self.training:
                x = shared_mask(x, s.dropout)
        return x

    def drop(self, x: Tensor) -> Tensor:
        """Dropout while training."""
        return shared_mask(x, self.sizes.dropout) if self.training else x

    def tags(self, x: Tensor) -> dict[str, Tensor]:
        """Return the logits of the per-token heads."""
        return {
            "upos": self.upos(x),
            "morph": self.morph(x),
            "lemma": self.lemma(x),
            "start": self.start(x).squeeze(-1),
        }

    def entities(self, x: Tensor) -> Tensor:
        """Return the logits of the entity tags."""
        return self.entity(F.relu(self.entity_mlp(x)))

    def arcs(self, x: Tensor) -> Tensor:
        """Return scores (batch, dependent, head); the diagonal is the score of being a root."""
        dep, head = self.drop(F.relu(self.arc_dep(x))), self.drop(F.relu(self.arc_head(x)))
        dep1 = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        scores = dep1 @ self.arc_weight @ head.transpose(1, 2)
        root = dep1 @ self.root
        eye = torch.eye(x.shape[1], dtype=torch.bool)
        return torch.where(eye, root[:, :, None], scores)

    def labels(self, x: Tensor, heads: Tensor) -> Tensor:
        """Return relation logits (batch, dependent, relation) for the given heads."""
        dep, head = self.drop(F.relu(self.label_dep(x))), self.drop(F.relu(self.label_head(x)))
        head = torch.gather(head, 1, heads[..., None].expand(-1, -1, head.shape[-1]))
        dep1 = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head1 = torch.cat([head, torch.ones_like(head[..., :1])], -1)
        return torch.einsum("bni,rij,bnj->bnr", dep1, self.label_weight, head1)
