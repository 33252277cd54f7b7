"""Fetching: what may be reached, and how an answer is kept within its limits. A server of our own answers."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lagebild.page import PageError, Refusal, read, read_all
from lagebild.page.fetch import checked_address, fetch, is_public
from lagebild.records import Article
from lagebild.settings import Settings

SENTENCE = "Die Minister beider Länder haben sich am Montag in Genf auf einen Austausch von Gefangenen geeinigt. "
PAGE = f"<html><body><h1>Austausch vereinbart</h1><article><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></article></body></html>"
OPEN = Settings(
    allow_private_addresses=True, fetch_timeout=0.5, fetch_deadline=1.5, max_page_bytes=300_000, max_redirects=3
)


BOMB = gzip.compress(b"x" * 5_000_000)


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        route = getattr(self, f"go_{self.path.strip('/').partition('/')[0]}")
        try:
            route()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def go_page(self) -> None:
        self.answer(PAGE.encode())

    def go_cp1252(self) -> None:
        self.answer(PAGE.encode("cp1252"), "text/html; charset=windows-1252")

    def go_gzip(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def go_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def go_pdf(self) -> None:
        self.answer(b"%PDF", "application/pdf")

    def go_gone(self) -> None:
        self.send_error(410)

    def go_loop(self) -> None:
        self.redirect("/loop")

    def go_moved(self) -> None:
        self.redirect("/page")

    def go_inside(self) -> None:
        self.redirect("http://169.254.169.254/latest/meta-data/")

    def go_scheme(self) -> None:
        self.redirect("file:///etc/passwd")

    def redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def go_endless(self) -> None:
        self.answer(b"<html>")
        while True:
            self.wfile.write(b"<p>und weiter</p>" * 1000)

    def go_drip(self) -> None:
        self.answer(b"<html>")
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.2)

    def go_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.2)

    def go_silent(self) -> None:
        time.sleep(3)

    def go_half(self) -> None:
        self.answer(PAGE.encode()[:300], Content_Length="100000")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


@pytest.mark.parametrize("path", ["page", "cp1252", "gzip", "moved"])
def test_a_page_is_read(server: str, path: str) -> None:
    article = read(f"{server}/{path}", settings=OPEN, date="2020-01-01")
    assert article.headline == "Austausch vereinbart"
    assert "Länder" in article.text
    assert article.fetched is not None
    assert (article.url or "").startswith(server)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("bomb", "longer than"),
        ("endless", "longer than"),
        ("drip", "not through after"),
        ("headers", "not through after"),
        ("silent", "no answer in time"),
        ("pdf", "no web page"),
        ("gone", "410"),
        ("loop", "redirects more than"),
        ("scheme", "no http or https address"),
        ("half", "broke off half way"),
    ],
)
def test_answers_that_are_refused(server: str, path: str, reason: str) -> None:
    start = time.monotonic()
    with pytest.raises(PageError, match=reason) as caught:
        read(f"{server}/{path}", settings=OPEN)
    assert caught.value.refusal.name == f"{server}/{path}"
    assert time.monotonic() - start < 4


def test_internal_networks_are_refused_by_default(server: str) -> None:
    with pytest.raises(PageError, match="internal network") as caught:
        read(f"{server}/page")
    assert "LAGEBILD_ALLOW_PRIVATE_ADDRESSES" in caught.value.refusal.advice


def test_a_redirect_inside_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    real = is_public
    monkeypatch.setattr("lagebild.page.fetch.is_public", lambda ip: ip == "127.0.0.1" or real(ip))
    with pytest.raises(PageError, match=r"169\.254\.169\.254"):
        fetch(f"http://127.0.0.1:{port}/inside", Settings(fetch_timeout=0.5))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "0.0.0.0", "[::1]", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "[fe80::1]",
     "[fd00::1]", "[::ffff:127.0.0.1]", "2130706433", "100.64.0.1", "224.0.0.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "user@127.0.0.1"],
)  # fmt: skip
def test_every_spelling_of_inside(host: str) -> None:
    with pytest.raises(PageError, match=r"internal network|cannot be found"):
        fetch(f"http://{host}/", Settings(fetch_timeout=0.5))


def test_a_name_that_resolves_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 80)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: mixed)
    with pytest.raises(PageError, match=r"10\.0\.0\.5"):
        checked_address("nachrichten.example", 80, "http://nachrichten.example/", Settings())


def test_the_checked_address_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time (DNS rebinding) is asked only once per request."""
    port = int(server.rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    fetch(f"http://nachrichten.example:{port}/page", OPEN)
    assert asked == ["nachrichten.example"]


@pytest.mark.parametrize("ip", ["93.184.216.34", "2a00:1450:4001::1", "8.8.8.8"])
def test_the_open_internet(ip: str) -> None:
    assert is_public(ip)


def test_nobody_answers_and_the_rest_goes_on(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    results = list(
        read_all([f"http://127.0.0.1:{port}/", "https://gibt-es-nicht.invalid/", f"{server}/page"], settings=OPEN)
    )
    assert [type(r) for r in results] == [Refusal, Refusal, Article]
