"""The article stays the same whatever stands around it: menus with teasers, a wall of consent, tiles, boxes in the text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lagebild.page import read

CASES = Path(__file__).parent.parent / "cases" / "pages"
PAGES = "bild-2023 blogger-2014 div-only dw-2024 focus-2013 joomla-2009 nzz-2019 spiegel-druck-2005 stern sz-2024 welt-2022 winfuture-2024".split()
OTHERS = [
    ("Nahost", "Israel räumt Posten im Süden des Libanon", "Die Armee zieht nach vierzehn Monaten ab. Beirut spricht von einem ersten Schritt.", "Petra Hollunder"),
    ("Haushalt", "Warum dem Finanzminister zwölf Milliarden fehlen", "Die neue Schätzung fällt schlechter aus als gedacht. In der Koalition wächst der Streit.", "Knut Beerbaum"),
    ("Bundesliga", "Trainer geht nach drei Niederlagen", "Der Klub zieht die Reißleine. Wer nachfolgt, ist offen, doch ein Name fällt immer wieder.", "Ute Espenlaub"),
]  # fmt: skip
WALL = (
    "<div><div><h2>Mit Werbung weiterlesen</h2><p>Besuchen Sie unser Angebot wie gewohnt mit Werbung und Tracking. Sie können Ihre "
    "Zustimmung jederzeit widerrufen.</p><p>Wir und unsere Partner speichern Informationen auf einem Gerät, etwa Kennungen in Cookies, "
    "um personenbezogene Daten zu verarbeiten.</p></div></div>"
)
TILES = {
    "named": "".join(
        f'<article><a href="/{n}"><span>{kicker}</span><h3>{title}</h3></a><p>{text}</p><span>Von {name}</span>'
        f'<time datetime="2001-01-0{n}">0{n}.01.2001</time></article>'
        for n, (kicker, title, text, name) in enumerate(OTHERS, 1)
    ),
    "nameless": "".join(
        f'<div><a href="/{n}"><div>{kicker}</div><div>{title}</div></a><div>{text}</div><div>Von {name}</div><div>0{n}.01.2001</div></div>'
        for n, (kicker, title, text, name) in enumerate(OTHERS, 1)
    ),
    "comments": "".join(
        f"<div><div>Leserin {n}</div><div>0{n}.01.2001, 10:0{n} Uhr</div><p>{text} Das hätte man seit Jahren wissen können.</p>"
        f"<span>Antworten</span></div>"
        for n, (_, _, text, _) in enumerate(OTHERS, 1)
    ),
    "rows": "".join(
        f'<div class="row"><div class="cell cell-{n}"><div><a href="/{n}">{title}</a></div><div>{text} <a href="/{n}">mehr</a></div></div></div>'
        for n, (_, title, text, _) in enumerate(OTHERS, 1)
    ),
}


@pytest.mark.parametrize("shape", TILES)
@pytest.mark.parametrize("name", PAGES)
def test_what_stands_around_an_article_changes_nothing(name: str, shape: str) -> None:
    page = (CASES / f"{name}.html").read_text(encoding="utf-8")
    want = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    begin, end = re.search(r"<body[^>]*>", page), page.rindex("</body>")
    assert begin
    tiles = f"<div>{TILES[shape]}</div>"
    article = read(
        (page[: begin.end()] + WALL + tiles + page[begin.end() : end] + tiles + page[end:]).encode(), url=want["url"]
    )
    assert article.text == want["text"]
    assert article.headline == want["headline"]
    assert (article.published or "")[:10] == (want["published"] or "")
    assert list(article.bylines) == want["bylines"]
    assert article.kind == want["kind"]


def test_an_article_on_consent_is_no_wall() -> None:
    text = (
        "<p>Der Gerichtshof verlangt, dass Nutzer in Cookies und Tracking ausdrücklich einwilligen. Eine Einwilligung durch Schweigen genügt nicht.</p>"
        "<p>Der Kläger sprach von einem Sieg für den Datenschutz. „Unsere Daten gehören uns“, sagte er, ob Partner oder Cookies im Spiel seien.</p>"
        "<p>Die Verbände kündigten an, ihre Banner zu ändern. Wer die Zustimmung verweigert, soll künftig weniger Cookies und mehr Werbung sehen.</p>"
    )
    page = f"<html lang='de'><body><header><h1>Gerichtshof stoppt Cookies ohne Einwilligung</h1></header><div><div>{text}</div></div>{WALL}</body></html>"
    article = read(page.encode())
    assert article.text.count("\n") == 2
    assert "Kennungen" not in article.text
