"""Fetches one address, and only one that lies on the open internet.

The name is resolved here and the connection goes to the very address that was checked, so a name that answers
differently the second time gains nothing. Every redirect is checked anew. A body is read up to the size limit and
the deadline.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lagebild.page.refusal import PageError, refuse
from lagebild.settings import Settings

CHUNK = 65_536
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of an answer, where it came from in the end, and the charset and type the server named."""

    data: bytes
    url: str
    charset: str | None
    content_type: str


def fetch(address: str, settings: Settings) -> Fetched:
    """Fetch ``address`` (http or https). Raises ``PageError`` naming it for everything that goes wrong."""
    deadline = time.monotonic() + settings.fetch_deadline
    url = address
    for _ in range(settings.max_redirects + 1):
        answer = _Answer(address, url, settings, deadline)
        try:
            if answer.location is None:
                return answer.read()
            url = urljoin(url, answer.location)
        finally:
            answer.close()
    raise refuse(address, f"redirects more than {settings.max_redirects} times", "Give the address it should end at")


def checked_address(host: str, port: int, name: str, settings: Settings) -> tuple[int, tuple[object, ...]]:
    """Resolve ``host`` and return the family and socket address to connect to; refuse addresses inside networks."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise refuse(
            name, f"the host {host!r} cannot be found ({error})", "Check the address and the connection"
        ) from None
    for _, _, _, _, where in found:
        if not settings.allow_private_addresses and not is_public(str(where[0])):
            raise refuse(
                name,
                f"the host {host!r} lies on an internal network ({where[0]})",
                "Set LAGEBILD_ALLOW_PRIVATE_ADDRESSES=yes if that is meant",
            )
    family, _, _, _, where = found[0]
    return int(family), where


def is_public(address: str) -> bool:
    """Whether ``address`` (an IP, with or without a zone) is one of the open internet."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in net for net in NAT64):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _Answer:
    """One request and its answer, connected to a checked address."""

    def __init__(self, name: str, url: str, settings: Settings, deadline: float):
        self.name, self.url, self.settings, self.deadline = name, url, settings, deadline
        self.timer: threading.Timer | None = None
        parts = urlsplit(url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise refuse(name, f"{url} names no valid port", "Check the address") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise refuse(name, f"{url} is no http or https address", "Give an address that begins with https://")
        family, where = checked_address(parts.hostname, port, name, settings)
        self.connection = http.client.HTTPConnection(parts.hostname, port, timeout=settings.fetch_timeout)
        try:
            self.connection.sock = self._connect(family, where, parts.hostname, tls=parts.scheme == "https")
            self._watch(self.connection.sock)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            self.connection.request("GET", _ascii(path), headers=self._headers(parts.netloc))
            self.response = self.connection.getresponse()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            self.close()
            self._left()
            raise self._unreachable(error) from None
        status = self.response.status
        self.location = self.response.getheader("Location") if status in REDIRECTS else None
        if self.location is None and status != 200:
            self.close()
            raise refuse(
                name, f"the server answers {status} {self.response.reason}", "Open the address in a browser to check it"
            )

    def _watch(self, sock: socket.socket) -> None:
        """Cut the connection at the deadline, also where a server sends a letter now and then and is never silent."""
        self.timer = threading.Timer(self._left(), _cut, (sock,))
        self.timer.daemon = True
        self.timer.start()

    def _connect(self, family: int, where: tuple[object, ...], host: str, *, tls: bool) -> socket.socket:
        raw = socket.socket(family, socket.SOCK_STREAM)
        raw.settimeout(min(self.settings.fetch_timeout, self._left()))
        try:
            raw.connect(where)
            return ssl.create_default_context().wrap_socket(raw, server_hostname=host) if tls else raw
        except OSError:
            raw.close()
            raise

    def _headers(self, host: str) -> dict[str, str]:
        return {
            "Host": host.rpartition("@")[2].encode("idna").decode() if not host.isascii() else host.rpartition("@")[2],
            "User-Agent": self.settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
            "Accept-Language": "de",
            "Accept-Encoding": "gzip, identity",
            "Connection": "close",
        }

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise refuse(
                self.name,
                f"was not through after {self.settings.fetch_deadline:g} seconds",
                "Save the page and give the file, or raise LAGEBILD_FETCH_DEADLINE",
            )
        return left

    def _unreachable(self, error: Exception) -> PageError:
        reason = "no answer in time" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
        return refuse(
            self.name,
            f"cannot be reached ({reason})",
            "Check the address and the connection, or save the page as a file",
        )

    def read(self) -> Fetched:
        """Read the body within the limits."""
        parts: list[bytes] = []
        size = 0
        for chunk in self._inflated():
            size += len(chunk)
            if size > self.settings.max_page_bytes:
                raise refuse(
                    self.name,
                    f"is longer than {self.settings.max_page_bytes:,} bytes",
                    "Raise LAGEBILD_MAX_PAGE_BYTES if it really is one page",
                )
            parts.append(chunk)
        self._left()
        if self.response.length:
            raise refuse(self.name, "broke off half way", "Try again, or save the page as a file")
        headers = self.response.headers
        return Fetched(b"".join(parts), self.url, headers.get_content_charset(), headers.get_content_type())

    def _inflated(self) -> Iterator[bytes]:
        zipped = (self.response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip", "deflate")
        inflate = zlib.decompressobj(47) if zipped else None
        try:
            while chunk := self._chunk():
                if inflate is None:
                    yield chunk
                    continue
                while chunk:  # a bomb is let out a bit at a time, so that the size limit stops it
                    yield inflate.decompress(chunk, CHUNK * 16)
                    chunk = inflate.unconsumed_tail
        except (OSError, http.client.HTTPException, zlib.error) as error:
            self._left()
            raise self._unreachable(error) from None

    def _chunk(self) -> bytes:
        left = self._left()
        if self.connection.sock is not None:
            self.connection.sock.settimeout(min(self.settings.fetch_timeout, left))
        return self.response.read1(CHUNK)

    def close(self) -> None:
        """Let go of the connection."""
        if self.timer is not None:
            self.timer.cancel()
        self.connection.close()


def _cut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed already
        sock.shutdown(socket.SHUT_RDWR)


def _ascii(path: str) -> str:
    """Percent-encode what an address line may not carry as it is."""
    return "".join(
        c if "!" <= c <= "~" else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass")) for c in path
    )
