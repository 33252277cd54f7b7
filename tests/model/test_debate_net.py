"""The network of debates: what is trained is what is read at run time."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from model.debate_net import Net, Speech, Trainer, member_of  # noqa: E402 - after torch

from lagebild.layers.speech.debate.network import LABELS, Cue, Reading  # noqa: E402 - after torch


def speech() -> Speech:
    random = np.random.default_rng(3)
    cues = [Cue(2, 0, 6, ["v"], [["x", "y"]] * 6), Cue(7, 5, 9, ["n"], [["y"]] * 4)]
    labels = np.zeros(10, np.int64)
    labels[[2, 7]] = 1
    events = [(cue, np.full(cue.end - cue.begin, 2, np.int64)) for cue in cues]
    words = [["w"], ["w", "z"]] * 5
    return Speech(random.normal(size=(10, 7)).astype(np.float16), words, [(0, 6), (6, 10)], labels, events)


def test_numpy_and_torch_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.debate_net.LEAST", {"word": 1, "cue": 1, "around": 1})
    monkeypatch.setattr("model.debate_net.HIDDEN_FEATURES", {"word": 0.0, "cue": 0.0, "around": 0.0})
    one = speech()
    trainer = Trainer([one])
    net = Net({kind: len(index) for kind, index in trainer.index.items()}, states=7).eval()
    with torch.no_grad():
        from lagebild.layers.speech.debate.network import Network, rows_of, runs

        rows = trainer.hidden("word", rows_of(one.words, trainer.index["word"]))
        read = net.read(torch.from_numpy(one.states.astype(np.float32)), rows, runs(one.bounds))
        cues = [cue for cue, _ in one.events]
        roles = torch.softmax(net.roles(read, [(cue, 0) for cue in cues], trainer.bags(cues)), 1).numpy()
        chances = torch.softmax(net.cue(read), 1).numpy()
    reading = Reading(
        Network(trainer.index, (member_of(net.state_dict()),)), one.states.astype(np.float32), one.words, one.bounds
    )
    assert np.allclose(reading.cues, chances, atol=1e-5)
    assert np.allclose(np.concatenate(reading.roles(cues)), roles, atol=1e-5)


def test_it_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.debate_net.LEAST", {"word": 1, "cue": 1, "around": 1})
    one = speech()
    network = Trainer([one] * 8).network([0], epochs=40)
    said = Reading(network, one.states.astype(np.float32), one.words, one.bounds).roles([cue for cue, _ in one.events])
    assert all((part.argmax(axis=1) == LABELS.index("Message")).all() for part in said)
