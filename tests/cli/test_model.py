"""``lagebild model score``."""

import argparse
import json
from pathlib import Path

import pytest

from lagebild.cli import model
from lagebild.language.reader import MODEL

pytestmark = pytest.mark.skipif(not (MODEL / "weights.npz").exists(), reason="no weights: run `make model`")


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    model.add_parser(parser.add_subparsers())
    args = parser.parse_args(["model", "score", *arguments])
    return int(args.run(args))


@pytest.fixture
def entities(tmp_path: Path) -> str:
    path = tmp_path / "x.jsonl"
    path.write_text(
        '{"text": "Angela Merkel reiste nach Paris.", "ents": [[0, 13, "PER"], [26, 31, "LOC"]]}\n', "utf-8"
    )
    return str(path)


def test_json(entities: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(entities, "--json") == 0
    scores = json.loads(capsys.readouterr().out)[entities]
    assert scores["ents_f"] == 100.0
    assert scores["words_per_second"] > 0


def test_conllu_has_every_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(
        "1\tJa\tja\tPART\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n", "utf-8"
    )
    assert run(str(path), "--json") == 0
    scores = json.loads(capsys.readouterr().out)[str(path)]
    assert {"uas", "las", "las_subtypes", "upos", "lemma", "morph", "mood_f1", "sents_f", "words_per_second"} <= set(
        scores
    )


def test_unreadable_files_are_named_and_the_rest_is_scored(
    entities: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(entities, str(tmp_path / "none.conllu"), str(tmp_path / "x.txt")) == 1
    printed = capsys.readouterr()
    assert "none.conllu" in printed.err and "x.txt" in printed.err
    assert "ents_f" in printed.out
    assert run(str(tmp_path / "none.conllu")) == 3
