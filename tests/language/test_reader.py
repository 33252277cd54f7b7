"""The packaged pipeline end to end: what the layers rely on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from lagebild.language import load, parse
from lagebild.language.load import load_from
from lagebild.language.reader import MODEL

pytestmark = pytest.mark.skipif(not (MODEL / "weights.npz").exists(), reason="no weights: run `make model`")


def read(text: str) -> Doc:
    ((_, doc),) = parse([text], text_of=lambda item: item)
    return doc


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Die Regierung zog ihre Truppen am Montag ab.", "zog", "abziehen"),
        ("Der Minister lehnte den Vorschlag strikt ab.", "lehnte", "ablehnen"),
        ("Sie hat die Waffenruhe zurückgewiesen.", "zurückgewiesen", "zurückweisen"),
        ("Er forderte Frankreichs Präsidenten auf, die Zahlungen einzustellen.", "einzustellen", "einstellen"),
        ("Man sprach von Äthiopiens Grenzen.", "Äthiopiens", "Äthiopien"),
        ("Die Sicherheitskräfte setzten Gummigeschosse ein.", "Gummigeschosse", "Gummigeschoss"),
        ("Im Norden sind Kämpfe ausgebrochen.", "Kämpfe", "Kampf"),
    ],
)
def test_lemmas(text: str, form: str, lemma: str) -> None:
    assert [token.lemma_ for token in read(text) if token.text == form] == [lemma]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Warnung vor Eskalation\nParis (AFP) - Die Lage ist ernst.", 2),
        ("Am 14. Oktober trafen sich z. B. Dr. Meier und Prof. Huber. Danach flogen sie ab.", 2),
        ("Es geht um 3,5 Mio. Euro. Das sagte er am 3. Mai der Zeitung.", 2),
        ("„Wir bleiben. Niemand geht“, sagte die Ministerin. Dann schwieg sie.", 3),
        ("Heftige Kämpfe\n\nTausende auf der Flucht\n\nDie UN warnten vor einer Katastrophe.", 3),
        ("", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    doc = read(text)
    assert len(list(doc.sents)) == sentences if text else len(doc) == 0


@pytest.mark.parametrize("marks", ["„“", "«»", "»«", "“”", '""', ("« ", " »"), ("«\u202f", "\u202f»")], ids=str)
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Der Präsident traf in Bern ein. {Wir haben gut gesprochen}, sagte er. Danach flog er weiter.", 3),
        ("Die Regierung wies den Bericht zurück. {Das ist falsch.} Der Sprecher schwieg.", 3),
        ("Er sagte: {Wir gehen nicht.} Die Gewerkschaft blieb hart.", 2),
        ("Die Ministerin sprach von einer {Strafaktion}. Die Opposition widersprach.", 2),
        ("Huber schwieg lange. {Ich weiss es nicht. Niemand weiss es}, sagte er dann. {Fragt die andern.}", 4),
    ],
)
def test_quotations_begin_and_end_sentences_in_every_custom(text: str, sentences: int, marks: str) -> None:
    found = list(read(text.replace("{", marks[0]).replace("}", marks[1])).sents)
    assert len(found) == sentences, [sentence.text for sentence in found]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("US-Soldaten laut n-tv.de", ["US-Soldaten", "laut", "n-tv.de"]),
        ("17.600 Mann, 3,5 Prozent", ["17.600", "Mann", ",", "3,5", "Prozent"]),
        ("Er ging zum Hafen", ["Er", "ging", "zum", "Hafen"]),
        ("„Nein“, so »Le Monde«", ["„", "Nein", "“", ",", "so", "»", "Le", "Monde", "«"]),
        ("am 14. Oktober", ["am", "14.", "Oktober"]),
        ("in den 1990er-Jahren", ["in", "den", "1990er-Jahren"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in read(text)] == tokens


def test_mood_of_indirect_speech() -> None:
    doc = read("Der Sprecher sagte, man habe keine Beweise und werde die Truppen nicht abziehen.")
    moods = {token.text: token.morph.get("Mood") for token in doc if token.morph.get("Mood")}
    assert moods == {"sagte": ["Ind"], "habe": ["Sub"], "werde": ["Sub"]}


def test_names_stand_without_their_titles() -> None:
    doc = read("Bundeskanzlerin Angela Merkel traf in Moskau den russischen Präsidenten Wladimir Putin.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Angela Merkel", "PER"),
        ("Moskau", "LOC"),
        ("Wladimir Putin", "PER"),
    ]


ODD = [
    "😀 🎉🎉 !!! ???",
    "\n\n\n   \t \u00a0\n",
    "a\u0301 Ä\u0308rger \u200b\u200d \ufeff ﬁn",
    "Tabelle\t1\t2\t3\n----\t----\n| x | y |\n",
    "؀؁ 中文句子。 עברית",
    "A" * 5000,
    "https://example.org/" + "x" * 500,
    "§ 5 Abs. 3 UrhG; Art. 51 UN-Charta",
    "\ud800 ",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_input_keeps_its_offsets(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    doc = read(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc) if len(doc) else True


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_parsed(text: str) -> None:
    doc = read(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1


def test_one_endless_sentence_is_parsed() -> None:
    doc = read("und dann kam noch ein Schiff mit Weizen, " * 900)
    assert len(list(doc.sents)) > 1
    assert max(len(sentence) for sentence in doc.sents) <= 170


def test_batches_and_single_texts_agree() -> None:
    texts = ["Die NATO tagt in Brüssel.", "Kurz.", "Israels Armee griff Ziele im Gazastreifen an. Es gab Tote."]
    together = [doc for _, doc in parse(texts, text_of=lambda item: item)]
    for text, doc in zip(texts, together, strict=True):
        alone = read(text)
        assert [(t.lemma_, t.dep_, t.head.i) for t in alone] == [(t.lemma_, t.dep_, t.head.i) for t in doc]


def test_missing_weights_are_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RuntimeError, match="no language model in"):
        load_from(tmp_path)


def test_load_is_kept() -> None:
    assert load() is load()
