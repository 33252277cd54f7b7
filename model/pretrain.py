"""Pretraining on raw text: the network guesses hidden words from their surroundings.

Of a hidden word it guesses which of the commonest forms it is, which of the batch's hidden words has its floret vector
(with in-batch negatives, so rare words teach too), and what kind of name it is.
"""

from __future__ import annotations

import lzma
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lagebild.language.features import NAME_KINDS
from lagebild.language.tokenize import tokenizer
from model.network import Network
from model.sources import Unit
from model.train import IGNORED, Encoded, Inputs, Labels, batches

COMMON = 8000
LONGEST = 100
LOG_EVERY = 200  # steps


def raw_units(path: Path) -> Iterator[Unit]:
    """Yield the lines of raw text as units of at most ``LONGEST`` words."""
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        for doc in tokenizer().pipe(map(str.strip, handle)):
            words = [token.text for token in doc if not token.is_space]
            for start in range(0, len(words), LONGEST):
                part = words[start : start + LONGEST]
                if len(part) > 4:
                    yield Unit(style="any", words=part, spaces=[])


class Guesser(nn.Module):
    """What guesses hidden words from the encoder's output."""

    def __init__(self, width: int, vector: int, common: int) -> None:
        super().__init__()
        self.common = nn.Linear(width, common)
        self.vector = nn.Linear(width, vector)
        self.names = nn.Linear(width, len(NAME_KINDS))
        self.scale = nn.Parameter(torch.tensor(10.0))

    def loss(self, x: Tensor, common: Tensor, vectors: Tensor, forms: Tensor, names: Tensor) -> dict[str, Tensor]:
        """Return the losses over hidden words: ``x`` (words, width)."""
        unique, place = torch.unique(forms, return_inverse=True)
        table = torch.zeros(len(unique), vectors.shape[1]).index_copy(0, place, vectors)
        scores = F.normalize(self.vector(x), dim=-1) @ F.normalize(table, dim=-1).T * self.scale
        return {
            "common": F.cross_entropy(self.common(x), common, ignore_index=IGNORED),
            "vector": F.cross_entropy(scores, place),
            "names": 3 * F.binary_cross_entropy_with_logits(self.names(x), names),
        }


def pretrain(
    network: Network,
    labels: Labels,
    inputs: Inputs,
    raw: Path,
    *,
    passes: float = 3,
    rate: float = 2e-3,
    words: int = 2500,
    share: float = 0.15,
    seed: int = 0,
) -> None:
    """Train ``network``'s encoder in place: ``passes`` over the raw text in batches of ``words``, a ``share`` hidden."""
    torch.manual_seed(seed)
    rnd = random.Random(seed)
    units = list(raw_units(raw))
    counts = Counter(word for unit in units for word in unit.words)
    data = Encoded(units, labels, inputs)
    common = {form: k for k, (form, _) in enumerate(counts.most_common(COMMON))}
    numbers = torch.tensor([common.get(form, IGNORED) for form in data.form_of])
    guesser = Guesser(2 * network.sizes.hidden, inputs.table.shape[1], COMMON)
    parameters = [*network.parameters(), *guesser.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=rate, betas=(0.9, 0.98), eps=1e-8, fused=True)
    steps = int(passes * len(list(batches(data.units, range(len(units)), words, rnd))))
    stream = (chosen for _ in range(99) for chosen in batches(data.units, range(len(units)), words, rnd))
    begun, seen = time.time(), Counter[str]()
    for step in range(1, steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 200, 0.05 + 1.4 * (1 - step / steps))
        network.train()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16):
            batch = data.batch(next(stream))
            hidden = (torch.rand(batch["form"].shape) < share) & batch["valid"]
            x = data.encode(network, batch | {"hidden": hidden})[hidden]
            form = batch["form"][hidden]
            parts = guesser.loss(x, numbers[form], data.vectors[form], form, data.names[form])
            loss = torch.stack(list(parts.values())).sum()
        loss.backward()
        seen.update({name: float(part.detach()) for name, part in parts.items()})
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimizer.step()
        if step % LOG_EVERY == 0:
            losses = " ".join(f"{name}={value / LOG_EVERY:.3f}" for name, value in seen.items())
            seen.clear()
            print(f"step {step}/{steps} {time.time() - begun:.0f}s {losses}", flush=True)
