"""Several trainings from one start, averaged: the mean is taken weight by weight, and each training is its own process."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from lagebild.language.conllu import read_conllu
from lagebild.language.features import Forms, Names

torch = pytest.importorskip("torch", reason="training needs PyTorch (pip install -e '.[train]')")

from model.gather import Gathered  # noqa: E402
from model.members import FIRST, MEMBERS, averaged, train_members, trained  # noqa: E402
from model.sources import of_record, of_sentences  # noqa: E402
from model.train import Inputs, Options, collect, network_for  # noqa: E402

CORPUS = Path(__file__).parent.parent.parent / "bench/gold/corpus/dev.conllu"


def few(count: int) -> Gathered:
    """A handful of units, as a worker process can gather them."""
    units = [of_sentences(list(read_conllu(CORPUS))[:count], "corpus", entities=True)]
    units += of_record("Angela Merkel reiste nach Paris.", [(0, 13, "PER"), (26, 31, "LOC")], "germeval")
    table = np.random.default_rng(0).normal(size=(500, 96)).astype(np.float32)
    return Gathered(units, Inputs(table, Forms.counted({}), Names.listed({})))


def test_the_mean_of_weights() -> None:
    states = [{"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 6.0])}]
    assert torch.equal(averaged(states)["w"], torch.tensor([2.0, 4.0]))


def test_networks_of_different_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="different shape"):
        averaged([{"w": torch.zeros(1)}, {"v": torch.zeros(1)}])


def test_members_start_alike_and_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.members.FIRST", Options(epochs=6, hidden=8, batch_words=60, half=False))
    monkeypatch.setattr("model.members.SECOND", Options(epochs=6, hidden=8, batch_words=60, half=False))
    data = few(8)
    labels = collect(data.units)
    start = tmp_path / "start.pt"
    torch.save(network_for(labels, Options(hidden=8)).state_dict(), start)
    found = [trained(member, data, start, labels).state_dict() for member in MEMBERS[:2]]
    mean = averaged(found)
    for name, value in mean.items():
        assert torch.allclose(value, (found[0][name] + found[1][name]) / 2)
    assert not torch.equal(found[0]["arc_weight"], found[1]["arc_weight"])


def test_each_member_is_trained_in_a_process_of_its_own(tmp_path: Path) -> None:
    gather = partial(few, 6)
    labels = collect(gather().units)
    start = tmp_path / "start.pt"
    torch.manual_seed(0)
    torch.save(network_for(labels, FIRST).state_dict(), start)
    network, _ = train_members(gather, start, tmp_path, members=MEMBERS[:2], threads=1)
    kept = [torch.load(tmp_path / f"member-{k}.pt") for k in range(2)]
    expected = averaged(kept)["arc_weight"]
    assert torch.allclose(network.state_dict()["arc_weight"], expected)
