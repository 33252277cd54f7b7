"""A tiny training run: the packed network computes in numpy what PyTorch computed."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from lagebild.language.conllu import read_conllu
from lagebild.language.features import NAME_KINDS, Forms, Names

torch = pytest.importorskip("torch", reason="training needs PyTorch (pip install -e '.[train]')")

from model.pack import write  # noqa: E402
from model.pretrain import pretrain  # noqa: E402
from model.sources import of_record, of_sentences  # noqa: E402
from model.train import Encoded, Inputs, Options, bilou, collect, network_for, spans, train  # noqa: E402

CORPUS = Path(__file__).parent.parent.parent / "bench/gold/corpus/dev.conllu"


def test_numpy_computes_what_torch_computed(tmp_path: Path) -> None:
    from lagebild.language.network import Network

    sentences = list(read_conllu(CORPUS))[:40]
    units = [of_sentences(sentences[k : k + 4], "corpus", entities=True) for k in range(0, 40, 4)]
    units += of_record("Angela Merkel reiste nach Paris.", [(0, 13, "PER"), (26, 31, "LOC")], "germeval")
    table = np.random.default_rng(0).normal(size=(500, 96)).astype(np.float32)
    kinds = {"Paris": 1 << NAME_KINDS.index("place"), "Angela": 1 << NAME_KINDS.index("given")}
    inputs = Inputs(table, Forms.counted({"Paris": 9, "nach": 300}), Names.listed(kinds))
    options = Options(epochs=2, hidden=16, batch_words=300, half=False)
    first = train(units, inputs, options=options)
    network, labels = train(units, inputs, options=options, start=first)
    write(tmp_path, network, labels, inputs=inputs, units=units, mix={"corpus": 1.0})
    stored = json.loads((tmp_path / "labels.json").read_text(encoding="utf-8"))
    packed = Network(tmp_path / "weights.npz", words=stored["words"], style={stored["styles"].index("corpus"): 1.0})
    data = Encoded(units, labels, inputs)
    rows = [packed.forms([hash(word) for word in unit.words], unit.words) for unit in units[:3]]
    output = packed.run(rows)
    with torch.no_grad():
        batch = data.batch([0, 1, 2])
        x = data.encode(network, batch)
        logits, arcs = network.tags(x), network.arcs(x)
    begin = 0
    for k, unit in enumerate(units[:3]):
        end = begin + len(unit.words)
        expected = logits["upos"][k, : len(unit.words)].numpy()
        assert np.abs(output.upos[begin:end] - expected).max() < 0.02  # weights are stored in half precision
        wanted = arcs[k, : len(unit.words), : len(unit.words)].numpy()
        assert np.abs(packed.arcs(output, begin, end) - wanted).max() < 0.02
        begin = end


def test_pretraining_changes_the_encoder(tmp_path: Path) -> None:
    raw = tmp_path / "raw.txt.xz"
    with lzma.open(raw, "wt", encoding="utf-8") as handle:
        handle.write("Die Ministerin reiste am Montag nach Paris .\n" * 40)
    units = [of_sentences(list(read_conllu(CORPUS))[:20], "corpus", entities=True)]
    table = np.random.default_rng(0).normal(size=(500, 96)).astype(np.float32)
    inputs = Inputs(table, Forms.counted({}), Names.listed({}))
    options, labels = Options(hidden=16), collect(units)
    network = network_for(labels, options)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    pretrain(network, labels, inputs, raw, words=100)
    after = network.state_dict()
    assert not torch.equal(before["forwards.1.weight_hh_l0"], after["forwards.1.weight_hh_l0"])
    assert torch.equal(before["arc_weight"], after["arc_weight"])


def test_bilou_and_back() -> None:
    tags = ["B-PER", "I-PER", "O", "B-LOC", "B-LOC", "?"]
    assert bilou(tags) == ["B-PER", "L-PER", "O", "U-LOC", "U-LOC", "?"]
    assert spans(bilou(tags)[:5]) == {(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")}
