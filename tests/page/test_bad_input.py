"""Bad and hostile input: each is refused by name with what to do, or read with a note; the rest goes on."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lagebild.page import PageError, Refusal, read, read_all
from lagebild.records import Article
from lagebild.settings import Settings, SettingsError, read_settings

SENTENCE = "Die Minister beider Länder haben sich am Montag in Genf auf einen Austausch von Gefangenen geeinigt. "
PAGE = f"<html><body><h1>Austausch vereinbart</h1><article><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></article></body></html>"
SMALL = Settings(max_page_bytes=200_000, max_jsonl_line_bytes=300_000)


def refusal_of(source: object, **options: object) -> Refusal:
    with pytest.raises(PageError) as caught:
        read(source, **options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(caught.value.refusal.name)
    assert caught.value.refusal.advice
    return caught.value.refusal


@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff", "\x00\x00", "<html></html>", "...\n--"])
def test_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "leer.html"
    path.write_text(content, encoding="utf-8")
    try:
        article = read(path)
    except PageError as error:
        assert error.refusal.name == str(path)
        assert "empty" in error.refusal.reason or "no words" in error.refusal.reason
    else:
        assert article.kind == "not-an-article"


def test_missing_file(tmp_path: Path) -> None:
    assert "does not exist" in refusal_of(tmp_path / "fehlt.html").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "zu.html"
    path.write_text(PAGE)
    path.chmod(0)
    assert "cannot be read" in refusal_of(path).reason


def test_a_device_is_no_page() -> None:
    assert "not a regular file" in refusal_of(Path("/dev/zero")).reason


def test_name_with_nul() -> None:
    assert isinstance(refusal_of(Path("a\0b")), Refusal)


def test_broken_link_and_loop(tmp_path: Path) -> None:
    (tmp_path / "kreis.html").symlink_to(tmp_path / "kreis.html")
    (tmp_path / "gut.html").write_text(PAGE)
    results = list(read_all([tmp_path]))
    assert [type(r) for r in results] == [Article, Refusal]


def test_not_german() -> None:
    english = "The ministers of both countries agreed on Monday in Geneva to exchange all of the prisoners. " * 5
    refusal = refusal_of(f"<html><body><h1>Exchange agreed</h1><p>{english}</p></body></html>")
    assert refusal.language == "en"
    assert "'en'" in refusal.reason


def test_page_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "lang.html"
    path.write_bytes(PAGE.encode() + b"<p>x</p>" * 40_000)
    refusal = refusal_of(path, settings=SMALL)
    assert "longer than 200,000 bytes" in refusal.reason
    assert "LAGEBILD_MAX_PAGE_BYTES" in refusal.advice


def test_fifty_megabytes_are_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "riese.html"
    with path.open("wb") as stream:
        stream.write(b"<html><body>")
        stream.truncate(50_000_000)
    start = time.monotonic()
    assert "longer than" in refusal_of(path).reason
    assert time.monotonic() - start < 2


def test_a_page_of_megabytes_within_the_limit() -> None:
    page = PAGE.replace("</article>", f"<p>{SENTENCE}</p>" * 3000 + "</article>")
    article = read(page)
    assert article.headline == "Austausch vereinbart"


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "p", "table", "li"])
def test_markup_nested_100000_deep(tag: str) -> None:
    page = PAGE.replace("<article>", "<article>" + f"<{tag}>" * 100_000)
    article = read(page)
    assert SENTENCE.strip() in article.text
    assert article.headline == "Austausch vereinbart"


def test_closed_markup_nested_deep() -> None:
    page = PAGE.replace("</article>", "<i>" * 5000 + "tief" + "</i>" * 5000 + "</article>")
    article = read(page)
    assert article.text.count(SENTENCE.strip()) == 5
    assert any("nested" in note for note in article.notes)


@pytest.mark.parametrize("cut", [20, 60, 150, 250, 400, 500])
def test_truncated_html(cut: int) -> None:
    page = PAGE[:cut]
    try:
        article = read(page)
    except PageError as error:
        assert error.refusal.advice
    else:
        assert all(article.text[b.span.start : b.span.end] == b.span.quote for b in article.blocks)


def test_truncated_in_the_middle_keeps_what_is_there() -> None:
    page = PAGE[: PAGE.rindex(SENTENCE.strip()) + 40]
    assert SENTENCE.strip() in read(page).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "koi8-r", "nonsense"])
def test_wrong_encoding(encoding: str, declared: str) -> None:
    page = PAGE.replace("<body>", f"<head><meta charset={declared}></head><body>")
    if declared == "koi8-r" and encoding == "cp1252":
        pytest.skip("a page that declares another charset its bytes fit is read as it says")
    assert "Länder" in read(page.encode(encoding)).text


def test_mixed_encoding_is_noted() -> None:
    page = PAGE.encode("utf-8").replace(
        b"</article>", "<p>Über die Größe äußerte sich niemand in Köln.</p>".encode("cp1252") + b"</article>"
    )
    article = read(page)
    assert "Länder" in article.text
    assert any("mixed encoding" in note for note in article.notes)


def test_missing_date_is_noted() -> None:
    article = read(PAGE)
    assert article.published is None
    assert any("no date" in note and "--date" in note for note in article.notes)
    assert read(PAGE, date="2014-10-14").published == "2014-10-14"


def test_date_that_is_none() -> None:
    assert "2014-10-14" in refusal_of(PAGE, date="gestern").advice


def test_conflicting_dates_are_noted() -> None:
    head = '<head><meta name="date" content="2014-10-14"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-01-02"}</script></head>'
    article = read(PAGE.replace("<body>", head + "<body>"))
    assert article.published == "2015-01-02"
    assert any("2014-10-14" in note for note in article.notes)


@pytest.mark.parametrize(
    "broken", ['{"@type":"NewsArticle",', "[" * 100_000, '{"@type":["NewsArticle",5],"author":7,"headline":[]}', "null"]
)
def test_broken_json_ld(broken: str) -> None:
    page = PAGE.replace("<body>", f'<head><script type="application/ld+json">{broken}</script></head><body>')
    assert read(page).headline == "Austausch vereinbart"


def test_controls_and_bidi_characters_leave_no_trace() -> None:
    dirty = PAGE.replace("Minister", "Mi\u00adni\u200bster").replace("Montag", "\u202eMon\x00tag\u202c\u2066")
    article = read(dirty)
    assert SENTENCE.strip() in article.text
    text = read("Ein Titel\n" + SENTENCE.replace("Minister", "Mini\x00ster\u200e") * 3)
    assert "Minister" in text.text


def test_a_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "bild.html"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)
    assert "no text" in refusal_of(path).reason


def jsonl(tmp_path: Path, *lines: bytes) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_kicker_and_headline_go_with_a_text(tmp_path: Path) -> None:
    line = {"doc": "a", "text": "Genau so.", "kicker": "Peru", "headline": "Lima lenkt ein"}
    (article,) = read_all([str(jsonl(tmp_path, json.dumps(line).encode()))])
    assert isinstance(article, Article)
    assert (article.text, article.kicker, article.headline) == ("Genau so.", "Peru", "Lima lenkt ein")


def test_bad_lines_of_jsonl_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"doc": "a", "date": "2014-10-14", "text": " Genau so.\r\n\x00 Ja. "}).encode()
    page = json.dumps(
        {"doc": "p", "page": PAGE, "published": "2020-01-01", "outlet": "Bote", "url": "https://x.example/1"}
    ).encode()
    path = jsonl(
        tmp_path,
        good,
        b"{kaputt",
        b"[1,2]",
        b'{"doc":"x"}',
        b'{"doc":"y","text":5}',
        b'{"doc":"d","date":"gestern","text":"Ein Satz."}',
        b'{"doc":"\xff"}',
        b'{"doc":"e","text":" "}',
        b"[" * 50_000,
        b'{"doc":"l","text":"' + b"x" * 400_000 + b'"}',
        page,
    )
    results = list(read_all([path], settings=SMALL))
    assert [type(r) for r in results] == [Article, *[Refusal] * 9, Article]
    first, last = results[0], results[-1]
    assert isinstance(first, Article) and isinstance(last, Article)
    assert (first.doc, first.text, first.published) == ("a", " Genau so.\r\n\x00 Ja. ", "2014-10-14")
    assert (last.doc, last.published, last.outlet, last.url) == ("p", "2020-01-01", "Bote", "https://x.example/1")
    names = [r.name for r in results if isinstance(r, Refusal)]
    assert names == [f"{path}:{number}" for number in range(2, 11)]
    assert next(r for r in results if isinstance(r, Refusal) and r.name.endswith(":6")).doc == "d"


def test_verbatim_text_is_not_refused_for_its_language(tmp_path: Path) -> None:
    path = jsonl(tmp_path, b'{"doc":"a","text":"Yes."}')
    (article,) = read_all([path])
    assert isinstance(article, Article) and article.text == "Yes."


def test_a_file_cut_off_half_way(tmp_path: Path) -> None:
    path = tmp_path / "halb.jsonl"
    path.write_bytes(b'{"doc":"a","text":"Ein Satz."}\n{"doc":"b","te')
    good, bad = read_all([path])
    assert isinstance(good, Article) and isinstance(bad, Refusal)
    assert "cut off" in bad.advice


def test_folder_and_missing_sources_together(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "eins.html").write_text(PAGE)
    (tmp_path / "zwei.txt").write_bytes(("Ein Titel über allem\n" + SENTENCE * 2).encode("cp1252"))
    (tmp_path / "drei.pdf").write_bytes(b"%PDF")
    (tmp_path / ".versteckt.html").write_text(PAGE)
    results = list(read_all([tmp_path / "nichts", tmp_path]))
    assert [type(r) for r in results] == [Refusal, Article, Article]
    assert [r.doc for r in results[1:]] == ["eins.html", "zwei.txt"]
    (tmp_path / "leer").mkdir()
    (empty,) = read_all([tmp_path / "leer"])
    assert isinstance(empty, Refusal) and "no pages" in empty.reason


@pytest.mark.parametrize(
    ("data", "docs"),
    [
        (PAGE.encode(), ["-"]),
        (b'{"doc":"a","text":"Ein Satz."}\n{"doc":"b","text":"Noch einer."}\n', ["a", "b"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, docs: list[str]) -> None:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", stream)
    assert [r.doc for r in read_all(["-"]) if isinstance(r, Article)] == docs


def test_settings_come_from_the_environment() -> None:
    got = read_settings(
        {"LAGEBILD_MAX_PAGE_BYTES": "5", "LAGEBILD_ALLOW_PRIVATE_ADDRESSES": "yes", "LAGEBILD_FETCH_TIMEOUT": "2.5"}
    )
    assert got == replace(Settings(), max_page_bytes=5, allow_private_addresses=True, fetch_timeout=2.5)


@pytest.mark.parametrize(
    ("name", "value"), [("MAX_PAGE_BYTES", "viel"), ("ALLOW_PRIVATE_ADDRESSES", "1"), ("FETCH_TIMEOUT", "-1")]
)
def test_settings_that_cannot_be_read(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"LAGEBILD_{name}"):
        read_settings({f"LAGEBILD_{name}": value})


def test_a_link_to_the_comments_above_the_text_ends_nothing() -> None:
    text = f"Austausch vereinbart\n{SENTENCE * 2}\n12 Kommentare\n{SENTENCE * 3}\n{SENTENCE * 2}\n12 Kommentare\n{SENTENCE}"
    article = read(text)
    assert article.text.count(SENTENCE.strip()) == 7
    assert article.comments == 12
    page = PAGE.replace("<article>", "<article><div>12 Kommentare</div>")
    assert read(page).text.count(SENTENCE.strip()) == 5


@pytest.mark.parametrize(
    "content", ["Gipfel in Genf", "Hello\0World", "Zum Inhalt springen\nAnmelden\nGipfel in Genf\n"]
)
def test_a_text_without_text_is_no_article(content: str) -> None:
    article = read(content.encode(), doc="x.txt")
    assert (article.text, article.kind) == ("", "not-an-article")
