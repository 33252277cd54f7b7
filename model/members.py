"""Several trainings from one pretrained network, averaged weight by weight.

Networks that start from the same pretrained weights and differ in seed and dropout only lie in one basin: the mean of
their weights is better than each, at the cost of one (model soups, Wortsman et al. 2022).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from model.gather import Gathered
from model.network import Network
from model.train import Labels, Options, collect, network_for, train

FIRST = Options(epochs=10, half=False)
SECOND = Options(epochs=3, rate=1e-3, unstyled=0.5, batch_words=1200, tree_share=0.55)
RAW = replace(FIRST, dropout=0.1)
"""Raw text is seen three times only: nothing is learnt by heart there, so little has to be dropped."""
State = Mapping[str, Tensor]


@dataclass(frozen=True)
class Member:
    """What tells one training from the others: the seeds of its two stages and its dropout."""

    seeds: tuple[int, int]
    dropout: float


MEMBERS = (Member((0, 3), 0.33), Member((0, 3), 0.2), Member((1, 4), 0.33), Member((2, 5), 0.4))


def trained(member: Member, data: Gathered, pretrained: Path, labels: Labels) -> Network:
    """Run both trainings of a member, from the pretrained weights on."""
    first = replace(FIRST, seed=member.seeds[0], dropout=member.dropout)
    second = replace(SECOND, seed=member.seeds[1], dropout=member.dropout)
    network = network_for(labels, first)
    network.load_state_dict(torch.load(pretrained))
    started = train(data.units, data.inputs, options=first, start=(network, labels))
    return train(data.units, data.inputs, options=second, start=started)[0]


def averaged(states: Sequence[State]) -> dict[str, Tensor]:
    """Return the mean of each weight; raises ``ValueError`` where the networks differ in shape."""
    if any(state.keys() != states[0].keys() for state in states):
        raise ValueError("networks of different shape cannot be averaged")
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def train_members(
    gather: Callable[[], Gathered], pretrained: Path, work: Path, *, members: Sequence[Member] = MEMBERS, threads: int
) -> tuple[Network, Labels]:
    """Train all members, ``threads`` at a time with one core each, and return the mean network and its labels.

    Each is a process of its own that reads the data anew and keeps its weights in ``work``.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(threads, len(members)), mp_context=context) as pool:
        jobs = [pool.submit(_member, gather, pretrained, work / f"member-{k}.pt", m) for k, m in enumerate(members)]
        states = [torch.load(job.result()) for job in jobs]
    labels = collect(gather().units)
    network = network_for(labels, FIRST)
    network.load_state_dict(averaged(states))
    network.eval()
    return network, labels


def _member(gather: Callable[[], Gathered], pretrained: Path, out: Path, member: Member) -> Path:
    torch.set_num_threads(1)
    data = gather()
    network = trained(member, data, pretrained, collect(data.units))
    torch.save(network.state_dict(), out)
    return out
