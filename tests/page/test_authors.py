"""What metadata call the author, in all the ways systems write it, and whom the article names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lagebild.page import read

BODY = (
    "<article><h1>Minister reist nach Kiew und Moskau</h1><p>Der Minister ist am Freitag in die Ukraine gereist. Er will dort mit "
    "der Regierung über den Krieg reden und Hilfe zusagen.</p><p>Am Abend wird er in Moskau erwartet, wie sein Sprecher am Mittag "
    "in Berlin sagte. Es ist die erste Reise dieser Art.</p></article>"
)
NAMES = [
    ("Petra Muster", ["Petra Muster"]),
    ("Von Petra Muster", ["Petra Muster"]),
    ("Petra Muster, Wien", ["Petra Muster"]),
    ("Petra Muster, Tel Aviv", ["Petra Muster"]),
    ("Petra Muster (Brüssel)", ["Petra Muster"]),
    ("Petra Muster, ARD-Studio Wien", ["Petra Muster"]),
    ("Petra Muster | Redakteurin", ["Petra Muster"]),
    ("Petra Muster u. a.", ["Petra Muster"]),
    ("Petra Muster, mit Material von dpa", ["Petra Muster"]),
    ("Petra Muster und Jan Beispiel", ["Petra Muster", "Jan Beispiel"]),
    ("Petra Muster, Jan Beispiel und Carla Exempel", ["Petra Muster", "Jan Beispiel", "Carla Exempel"]),
    ("Petra Muster, Buenos Aires, und Jan Beispiel, Berlin", ["Petra Muster", "Jan Beispiel"]),
    ("Muster, Anna", ["Anna Muster"]),
    ("20 Minuten/Petra Muster", ["Petra Muster"]),
    ("<a href='/petra'>Petra Muster</a>", ["Petra Muster"]),
    ("Oliver das Beispiel", ["Oliver das Beispiel"]),
    ("Łukasz Przykład", ["Łukasz Przykład"]),
    ("petra.muster", ["petra.muster"]),
    ("DER SPIEGEL", ["DER SPIEGEL"]),
    ("hessenschau.de, Frankfurt Germany", ["hessenschau.de, Frankfurt Germany"]),
    ("dpa", ["dpa"]),
    ("APA, Reuters", ["APA", "Reuters"]),
    ("t-online, dpa", ["t-online", "dpa"]),
    ("ntv.de, abc/dpa", ["abc", "dpa"]),
]
SHAPES: list[tuple[Any, list[str]]] = [
    ({"@type": "Person", "givenName": "Petra", "familyName": "Muster"}, ["Petra Muster"]),
    ([{"@type": "Person", "name": "Petra Muster"}, {"@type": "Organization", "name": "dpa"}], ["Petra Muster"]),
    ({"@list": [{"name": "Petra Muster"}, {"name": "Jan Beispiel"}]}, ["Petra Muster", "Jan Beispiel"]),
    ({"@type": "Person", "name": ["Petra Muster", "Jan Beispiel"]}, ["Petra Muster", "Jan Beispiel"]),
    ("Petra Muster, Jan Beispiel und dpa", ["Petra Muster", "Jan Beispiel"]),
]


def page(author: Any, *, meta: str = "") -> bytes:
    told = {"@type": "NewsArticle", "headline": "Minister reist nach Kiew und Moskau", "author": author}
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>' if author else ""
    return f'<html lang="de"><head>{meta}{script}</head><body>{BODY}</body></html>'.encode()


@pytest.mark.parametrize(("name", "bylines"), NAMES)
def test_name(name: str, bylines: list[str]) -> None:
    assert list(read(page({"@type": "Person", "name": name})).bylines) == bylines


@pytest.mark.parametrize(("author", "bylines"), SHAPES)
def test_shape(author: Any, bylines: list[str]) -> None:
    assert list(read(page(author)).bylines) == bylines


def test_a_label_says_what_stands_under_it() -> None:
    meta = "".join(
        f'<meta name="twitter:label{n}" content="{label}"><meta name="twitter:data{n}" content="{data}">'
        for n, (label, data) in enumerate((("Verfasst von", "Petra Muster"), ("Geschätzte Lesezeit", "3 Minuten")), 1)
    )
    assert list(read(page(None, meta=meta)).bylines) == ["Petra Muster"]


WORDINGS = [
    ("Das Gespräch führte Petra Muster.", ["Petra Muster"]),
    ("Das Interview führten Petra Muster und Jan Beispiel, bote.example", ["Petra Muster", "Jan Beispiel"]),
    ("Mit Carla Exempel sprach Petra Muster", ["Petra Muster"]),
    ("Die Fragen stellte Petra Muster", ["Petra Muster"]),
    ("Protokoll: Petra Muster", ["Petra Muster"]),
    ("Ein Standpunkt von Petra Muster", ["Petra Muster"]),
    ("Von Petra Muster u. a.", ["Petra Muster"]),
    ("12.03.2022, 14:03 Uhr Von Petra Muster", ["Petra Muster"]),
    ("Veröffentlicht am 12. März 2022 von Petra Muster", ["Petra Muster"]),
    ("Petra Muster Korrespondentin in Wien", ["Petra Muster"]),
    ("Petra Muster am 12.03.2022", ["Petra Muster"]),
    ("Von: Petra Muster | Bote.example | Übersetzt von Jan Beispiel", ["Petra Muster"]),
]


@pytest.mark.parametrize(("line", "bylines"), WORDINGS)
def test_wording_of_a_line(line: str, bylines: list[str]) -> None:
    shown = BODY.replace("</h1>", f"</h1><div>{line}</div>", 1)
    assert list(read(f'<html lang="de"><body>{shown}</body></html>'.encode()).bylines) == bylines


def headed(between: str, *, meta: str = "") -> bytes:
    shown = BODY.replace("</h1>", f"</h1>{between}", 1)
    return f'<html lang="de"><head>{meta}</head><body>{shown}</body></html>'.encode()


MARKUP = [
    ('<div><img alt="Petra Muster"><span>Petra Muster</span></div>', ["Petra Muster"]),
    ('<div><img alt=""><div>Petra Muster</div><div>Redakteurin</div></div>', ["Petra Muster"]),
    ("<div><img alt='Profil'><span>Von</span><a>Petra Muster</a><span> und </span><a>Jan Beispiel</a></div>",
     ["Petra Muster", "Jan Beispiel"]),
    ("<div><div>Petra Muster</div><div>Jan Beispiel</div></div>", ["Petra Muster", "Jan Beispiel"]),
    ('<div class="authorBox"><div>von <a class="author">Petra Muster</a>, <a>Jan Beispiel</a></div></div>',
     ["Petra Muster", "Jan Beispiel"]),
]  # fmt: skip


@pytest.mark.parametrize(("between", "bylines"), MARKUP)
def test_markup_of_a_byline(between: str, bylines: list[str]) -> None:
    house = '<meta property="og:site_name" content="Seeblatt"><meta name="author" content="Seeblatt Online">'
    assert list(read(headed(between, meta=house)).bylines) == bylines


def test_who_is_named_next_to_the_headline_counts_beside_the_metadata() -> None:
    page_ = headed('<div class="author">Von Petra Muster</div>', meta='<meta name="author" content="Carla Exempel">')
    assert list(read(page_).bylines) == ["Carla Exempel", "Petra Muster"]


def test_translator_is_no_author() -> None:
    line = '<div class="byline">Von Petra Muster | Bote.example | übersetzt von Carla Exempel</div>'
    assert list(read(headed(line, meta='<meta name="author" content="Carla Exempel">')).bylines) == ["Petra Muster"]
