"""Bytes become characters: UTF-8 with or without a mark, UTF-16, cp1252, and pages that mix them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.I)
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# UTF-8 read as cp1252 and saved again. A lead of two-byte letters, or the three bytes of quotes, dashes and the euro.
TWICE = re.compile(
    r"(?:[ÃÂ][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€[\u0080-\u00bf\u0152\u0153\u0161\u017e\u02dc\u0153\u2013-\u203a\u2122¦\u009d])"
)
# What libraries call Latin-1 and ASCII is cp1252 in practice (WHATWG encoding standard).
AS_CP1252 = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}
UNICODE_NAMES = {"utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "utf16"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a page, the encoding they were read in, and what was odd about it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is the charset the server named. Never fails: bytes of no encoding become cp1252."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return _mended(Decoded(text, encoding))
    if wide := _wide(data):
        return Decoded(data.decode(wide, errors="replace"), wide, (f"no byte order mark, read as {wide}",))
    try:
        return _mended(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        return _mended(_not_utf8(data, declared))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows by NULs in every second byte."""
    head = data[:4000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes, declared: str | None) -> Decoded:
    found = DECLARED.search(data[:4096])
    name = (declared or (found[1].decode("ascii") if found else "")).strip().lower()
    if name and name not in AS_CP1252 | UNICODE_NAMES:
        try:
            return Decoded(data.decode(name), name)
        except (LookupError, UnicodeDecodeError):
            pass_on = name  # a charset nobody knows, or one the page does not keep to: read it as below
        else:
            pass_on = ""
    else:
        pass_on = ""
    odd = (f"declared as {pass_on}, which does not fit",) if pass_on else ()
    high = sum(1 for byte in data if byte >= 0x80)
    in_sequences = sum(len(m[0]) for m in UTF8_SEQUENCE.finditer(data))
    if in_sequences < 0.2 * high:
        return Decoded(data.decode("cp1252", errors=CP1252_HOLES), "cp1252", odd)
    text = data.decode("utf-8", errors=REST_AS_CP1252)
    return Decoded(text, "utf-8", (*odd, "mixed encoding: the bytes that are not UTF-8 were read as cp1252"))


def _mended(decoded: Decoded) -> Decoded:
    """Undo a second encoding ("fÃ¼r"), letter by letter, where a page shows several of them."""
    hits = TWICE.findall(decoded.text[:200_000])
    if len(hits) < 3:
        return decoded
    text = TWICE_RUN.sub(_once, decoded.text)
    return Decoded(text, decoded.encoding, (*decoded.notes, "letters encoded twice were put right"))


TWICE_RUN = re.compile(r"[ÂÃâ][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}")


def _once(match: re.Match[str]) -> str:
    for length in (len(match[0]), len(match[0]) - 1):
        piece, rest = match[0][:length], match[0][length:]
        try:
            raw = b"".join(_byte(char) for char in piece)
            return raw.decode("utf-8") + rest
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return match[0]


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if "\u0080" <= char <= "\u009f" else char.encode("cp1252")


def _rest_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors=CP1252_HOLES), error.end


def _cp1252_holes(error: UnicodeError) -> tuple[str, int]:
    """The five bytes cp1252 leaves open become the control characters Latin-1 has there, as browsers do."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


CP1252_HOLES = "lagebild-cp1252-holes"
REST_AS_CP1252 = "lagebild-rest-as-cp1252"
codecs.register_error(CP1252_HOLES, _cp1252_holes)
codecs.register_error(REST_AS_CP1252, _rest_as_cp1252)
