from pathlib import Path

import pytest

from lagebild.language.conllu import read_conllu, relation, short_morph

TEXT = """# newdoc id = one
# text = Er ging zum Hafen von Triest.
1\tEr\ter\tPRON\t_\tCase=Nom|Gender=Masc|Number=Sing|Person=3\t2\tnsubj\t_\t_
2\tging\tgehen\tVERB\t_\tMood=Ind|Number=Sing|Tense=Past\t0\troot\t_\t_
3-4\tzum\t_\t_\t_\t_\t_\t_\t_\t_
3\tzu\tzu\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\tCase=Dat|Number=Sing\t5\tdet\t_\t_
5\tHafen\tHafen\tNOUN\t_\tCase=Dat|Gender=Masc|Number=Sing\t2\tobl:tmod\t_\t_
6\tvon\tvon\tADP\t_\t_\t7\tcase\t_\t_
7\tTriest\tTriest\tPROPN\t_\tCase=Dat|Number=Sing\t5\tnmod:poss\t_\tNER=B-LOC|SpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def test_contractions_are_one_word_and_heads_still_fit(tmp_path: Path) -> None:
    (tmp_path / "x.conllu").write_text(TEXT, encoding="utf-8")
    (sentence,) = read_conllu(tmp_path / "x.conllu")
    assert [word.form for word in sentence.words] == ["Er", "ging", "zum", "Hafen", "von", "Triest", "."]
    assert [word.head for word in sentence.words] == [1, -1, 3, 1, 5, 3, 1]
    assert [word.dep for word in sentence.words] == ["nsubj", "ROOT", "case", "obl", "case", "nmod", "punct"]
    assert sentence.words[2].lemma == "zu"
    assert [word.entity for word in sentence.words][5] == "B-LOC"
    assert not sentence.words[5].space
    assert sentence.doc == "id = one".partition("=")[2].strip()


@pytest.mark.parametrize("bad", ["1\tEr\n\n", "eins zwei\n\n"])
def test_other_files_are_refused(tmp_path: Path, bad: str) -> None:
    (tmp_path / "x.conllu").write_text(bad, encoding="utf-8")
    with pytest.raises(ValueError, match="not ten columns"):
        list(read_conllu(tmp_path / "x.conllu"))


@pytest.mark.parametrize(
    ("feats", "upos", "expected"),
    [
        ("Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "VERB", "Mood=Sub|Tense=Pres|VerbForm=Fin"),
        ("Mood=Ind|Tense=Past", "AUX", "Mood=Ind|Tense=Past|VerbForm=Fin"),
        ("Tense=Past", "VERB", "VerbForm=Part"),
        ("VerbForm=Inf", "VERB", "VerbForm=Inf"),
        ("Case=Gen|Gender=Fem|Number=Plur", "NOUN", "Case=Gen|Number=Plur"),
        ("NumType=Card", "NUM", ""),
        ("_", "NOUN", ""),
    ],
)
def test_short_morph(feats: str, upos: str, expected: str) -> None:
    assert short_morph(feats, upos) == expected


@pytest.mark.parametrize(
    ("dep", "expected"),
    [("acl:relcl", "acl"), ("nsubj:pass", "nsubj:pass"), ("root", "ROOT"), ("iobj", "obl:arg"), ("flat:name", "flat")],
)
def test_relation(dep: str, expected: str) -> None:
    assert relation(dep) == expected
