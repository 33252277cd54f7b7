"""What was given (files, folders, standard input, addresses, JSONL lines) becomes pages to read, one at a time."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from lagebild.page.draft import Known
from lagebild.page.refusal import PageError, Refusal, refuse
from lagebild.settings import Settings

Source = str | os.PathLike[str]
JSONL_ENDINGS = (".jsonl", ".ndjson")
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".txt", ".text", *JSONL_ENDINGS)
LINE_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came in: bytes or characters, what it is called, and what is known of it.

    ``verbatim`` says that the text is the article's text to the character and goes through no reading at all.
    """

    name: str
    content: bytes | str
    known: Known
    charset: str | None = None
    verbatim: bool = False
    markup: bool | None = None


def is_address(source: str) -> bool:
    """Whether ``source`` is a web address."""
    return source[:8].lower().startswith(("http://", "https://")) and not any(char.isspace() for char in source.strip())


def pages(source: Source, settings: Settings, *, known: Known | None = None) -> Iterator[Page | Refusal]:
    """Return the pages of one source; what cannot be read is returned as a ``Refusal`` and the rest goes on."""
    known = known or Known()
    try:
        if source == "-":
            yield from _stdin(settings, known)
        elif isinstance(source, str) and is_address(source):
            yield _address(source.strip(), settings, known)
        else:
            yield from _path(Path(source), settings, known)
    except PageError as error:
        yield error.refusal


def _address(address: str, settings: Settings, known: Known) -> Page:
    from lagebild.page.fetch import fetch  # TLS and sockets load only when an address is given

    got = fetch(address, settings)
    if not got.content_type.startswith(("text/", "application/xhtml", "application/xml")):
        raise refuse(address, f"is no web page but {got.content_type}", "Give the address of an article")
    more = Known(known.doc, known.url or got.url, known.outlet, known.published, known.fetched or _now())
    return Page(address, got.data, more, charset=got.charset)


def _now() -> str:
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


def _path(path: Path, settings: Settings, known: Known) -> Iterator[Page | Refusal]:
    try:
        folder = path.is_dir()
        inside = sorted(path.rglob("*")) if folder else []
    except (OSError, ValueError) as error:
        raise refuse(str(path), f"cannot be opened ({error})", "Check the name and its permissions") from None
    if not folder:
        yield from _file(path, settings, known)
        return
    chosen = [p for p in inside if p.suffix.lower() in PAGE_ENDINGS and not p.is_dir() and not _hidden(p, path)]
    if not chosen:
        yield Refusal(str(path), "holds no pages", f"A folder's files need one of the endings {' '.join(PAGE_ENDINGS)}")
    for file in chosen:
        try:
            yield from _file(file, settings, known)
        except PageError as error:
            yield error.refusal


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _file(path: Path, settings: Settings, known: Known) -> Iterator[Page | Refusal]:
    name = str(path)
    try:
        if not path.is_file():
            reason = "is not a regular file" if path.exists() else "does not exist"
            raise refuse(name, reason, "Give a page, a folder of pages, a JSONL file, '-' or an address")
        with path.open("rb") as stream:
            if path.suffix.lower() in JSONL_ENDINGS:
                yield from _jsonl(stream, name, settings)
                return
            data = _limited(stream, name, settings)
    except (OSError, ValueError) as error:
        if isinstance(error, PageError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(
            name, f"cannot be read ({reason})", "Check that the file exists and that you may read it"
        ) from None
    markup = True if path.suffix.lower() in (".html", ".htm", ".xhtml") else None
    doc = known.doc if known.doc is not None else path.name
    yield Page(name, data, Known(doc, known.url, known.outlet, known.published, known.fetched), markup=markup)


def _limited(stream: BinaryIO, name: str, settings: Settings) -> bytes:
    data = stream.read(settings.max_page_bytes + 1)
    if len(data) > settings.max_page_bytes:
        raise refuse(
            name,
            f"is longer than {settings.max_page_bytes:,} bytes",
            "Raise LAGEBILD_MAX_PAGE_BYTES if it really is one page; many articles go into a JSONL file, one a line",
        )
    return data


def _stdin(settings: Settings, known: Known) -> Iterator[Page | Refusal]:
    stream = sys.stdin.buffer
    head = stream.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n") if hasattr(stream, "peek") else b""
    if head.startswith(b"{"):
        yield from _jsonl(stream, "-", settings)
        return
    data = _limited(stream, "-", settings)
    yield Page("-", data, Known(known.doc or "-", known.url, known.outlet, known.published, known.fetched))


def _jsonl(stream: BinaryIO, name: str, settings: Settings) -> Iterator[Page | Refusal]:
    """One page per line; a line that cannot be used is refused by its number."""
    empty = True
    for number, line in enumerate(_bounded_lines(stream, settings.max_jsonl_line_bytes), 1):
        where = f"{name}:{number}"
        if line is None:
            empty = False
            yield Refusal(where, f"is longer than {settings.max_jsonl_line_bytes:,} bytes", "Put one article on a line")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        empty = False
        try:
            yield _line_page(line, where)
        except PageError as error:
            yield error.refusal
    if empty:
        yield Refusal(name, "is empty", "Give one JSON object per line")


def _bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of ``stream``; None for one longer than ``limit``, the rest of which is skipped unread into memory."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_STEP)
        yield None


def _line_page(line: bytes, where: str) -> Page:
    keys = 'Write {"doc", "date", "text"} or {"doc", "page", "url", "outlet", "published"}'
    try:
        entry: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise refuse(where, f"is not UTF-8 (byte {error.start})", "Save the file as UTF-8") from None
    except RecursionError:
        raise refuse(where, "is nested too deep to be read", keys) from None
    except ValueError as error:
        cut = "the line seems to be cut off" if not line.endswith(b"\n") else "check the line"
        raise refuse(
            where, f"is no JSON ({error})", f"{cut[0].upper()}{cut[1:]}; every line holds one whole object"
        ) from None
    if not isinstance(entry, dict):
        raise refuse(where, "is no JSON object", keys)
    doc = str(entry["doc"]) if entry.get("doc") is not None else where
    for key in ("text", "page", "url", "outlet", "published", "date", "dct", "kicker", "headline"):
        if entry.get(key) is not None and not isinstance(entry[key], str):
            raise refuse(where, f"has a {key!r} that is no text", keys, doc=doc)
    date = entry.get("published") or entry.get("date") or entry.get("dct")
    above = {key: entry.get(key) for key in ("kicker", "headline")}
    known = Known(doc, entry.get("url"), entry.get("outlet"), date, entry.get("fetched"), **above)
    if entry.get("text") is not None:
        return Page(where, entry["text"], known, verbatim=True)
    if entry.get("page") is not None:
        return Page(where, entry["page"], known)
    raise refuse(where, "has neither 'text' nor 'page'", keys, doc=doc)


def each(sources: Iterable[Source], settings: Settings, *, known: Known | None = None) -> Iterator[Page | Refusal]:
    """Return the pages of all ``sources``, in order."""
    for source in sources:
        yield from pages(source, settings, known=known)
