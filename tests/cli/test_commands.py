"""The small commands, and what starts without loading the language model."""

from __future__ import annotations

import subprocess
import sys

import pytest

import lagebild
from lagebild.cli.main import main


def test_the_module_runs_as_the_command():
    done = subprocess.run([sys.executable, "-m", "lagebild", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("lagebild ")


def test_version_names_program_model_and_lexicon(capsys):
    assert main(["--version"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert [line.split()[0] for line in lines[:3]] == ["lagebild", "model", "lexicon"]


def test_no_command_prints_help_and_is_wrong_use(capsys):
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


def test_the_lexicon_is_sound(capsys):
    assert main(["lexicon", "check"]) == 0, capsys.readouterr().err


def test_lexicon_check_names_file_and_line(tmp_path, capsys):
    table = tmp_path / "actors" / "armed_groups.tsv"
    table.parent.mkdir()
    table.write_text("id\tname\tcode\nx\tWehr\tQQQQ\n", encoding="utf-8")
    (tmp_path / "unknown.tsv").write_text("id\nx\n")
    assert main(["lexicon", "check", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"{table}:2:" in error
    assert "unknown.tsv" in error


@pytest.mark.parametrize(
    ("table", "content", "words"),
    [
        ("page/camel_words.tsv", "word\nMcAllister\nMcAllister\n", ":3: can never count: line 2 says the same"),
        ("page/credit_words.tsv", "word\tkind\nund\tand\n", ":2: can never count: one of ours says the same"),
        ("page/credit_words.tsv", "word\tkind\n\t\nzz\tand\n", ":2: is an empty row"),
        (
            "page/phrases.tsv",
            "id\trole\tpattern\texample\na\tcut\txyz\txyz\nb\tcut\txyz\txyz\n",
            ":3: can never count: line 2 says the same",
        ),
        ("page/phrases.tsv", "id\trole\tpattern\texample\na\tcut\t(\t(\n", ":2: pattern is no regular expression"),
        ("page/nonsense.tsv", "id\nx\n", "nonsense.tsv: is no table that lagebild reads"),
    ],
)
def test_a_row_that_can_do_nothing_is_an_error(tmp_path, capsys, table, content, words):
    path = tmp_path / table
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    assert main(["lexicon", "check", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert str(path) in error
    assert error.endswith("1 problem(s)\n")


def test_a_users_row_is_used(tmp_path, capsys):
    table = tmp_path / "actors" / "armed_groups.tsv"
    table.parent.mkdir()
    table.write_text("id\tname\tcode\nzw\tZendaer Wehr\tUKR:REB\n", encoding="utf-8")
    page = tmp_path / "p.txt"
    page.write_text(
        "Die Zendaer Wehr hat am Montag einen Posten der Armee in Cherson angegriffen. " * 2, encoding="utf-8"
    )
    assert main(["code", str(page), "--date", "2024-03-05", "--lexicon", str(tmp_path), "--format", "csv"]) == 0
    assert "UKR:REB" in capsys.readouterr().out


def show(capsys, *arguments):
    code = main(["lexicon", "show", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_lexicon_show_finds_rows(capsys):
    for name in ("actors/states.tsv", "states"):
        code, out, _ = show(capsys, name, "Frankreich")
        assert (code, "FRA" in out) == (0, True)
        code, out, err = show(capsys, name, "Ruritanien")
        assert (code, out) == (1, "")
        assert "no row of actors/states.tsv" in err
    assert show(capsys, "no/table.tsv")[0] == 2


def test_lexicon_show_says_which_tables_a_name_can_mean(capsys):
    code, out, err = show(capsys, "nouns")
    assert (code, out) == (2, "")
    assert "actors/nouns.tsv" in err
    assert "places/nouns.tsv" in err


def test_what_lexicon_show_prints_can_be_an_own_table(tmp_path, capsys):
    own = tmp_path / "actors" / "states.tsv"
    own.parent.mkdir()
    _, before, _ = show(capsys, "states", "Frankreich")
    own.write_text(before, encoding="utf-8")
    assert main(["lexicon", "check", str(tmp_path)]) in (0, 2)  # each row says what ours does: the check may say so
    capsys.readouterr()
    assert show(capsys, "states", "Frankreich", "--lexicon", tmp_path)[1] == before


@pytest.mark.parametrize("options", [[], ["--conllu"]])
def test_parse_prints_sentences_entities_and_trees(tmp_path, capsys, options):
    page = tmp_path / "p.txt"
    page.write_text(
        "Angela Merkel reiste am Montag nach Paris. Dort traf sie den Präsidenten von Mali.", encoding="utf-8"
    )
    assert main(["parse", str(page), *options]) == 0
    out = capsys.readouterr().out
    assert "PER" in out
    assert "reisen" in out


def test_import_loads_neither_spacy_nor_pandas():
    code = "import sys, lagebild; assert not {'spacy', 'pandas', 'trafilatura', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_dir_lists_what_loads_when_it_is_used():
    assert {"read", "code", "frame"} <= set(dir(lagebild))


def test_python_reads_and_codes_and_frames():
    article = lagebild.read(
        "Die USA haben am Montag Sanktionen gegen den Iran verhängt.\nDas teilte das Weiße Haus mit.", date="2024-03-05"
    )
    records = lagebild.code(article)
    frame = lagebild.frame(records)
    assert list(frame["type"]) == [event.type for event in records.events]
    assert "SANCTION" in set(frame["type"])


SEARCHES = """
import atexit, gc, sys
import lagebild.pipeline
from lagebild.cli.main import main
searches = []
gc.callbacks.append(lambda phase, info: searches.append(phase))
atexit.register(lambda: print(len(searches), gc.get_freeze_count() > 0))
main(["code", sys.argv[1], "--date", "2024-03-05", "--format", "csv"])
gc.callbacks.clear()
"""


def test_no_search_for_cycles_while_tables_load_and_at_the_end(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "Ein Bericht\n\nRussland griff am Montag die Ukraine an. Polen verurteilte das.\n", encoding="utf-8"
    )
    command = [sys.executable, "-c", SEARCHES, str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ASSAULT" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 True"
