"""A server on loopback that behaves as badly as one can: raw bytes by path, and what each is to come to.

`PAGES` is the table: path, what the server does, and what `coverage` then says of the page.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ARTICLE = (
    b'<html lang="en"><head><meta name="date" content="2024-05-16"></head><body><article>'
    b"<p>Boat builder Harbourline said on Thursday that its revenue came to 12.4 million euros in 2023.</p>"
    b"</article></body></html>"
)


@dataclass
class Call:
    """One request to the server."""

    path: str
    headers: dict[str, str]
    number: int
    """Which request for this path it is, from 1."""
    port: int
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Behaviour = Callable[[Call], Awaitable[None]]


def answer(
    body: bytes = ARTICLE, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    given = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def sends(data: bytes) -> Behaviour:
    """The same bytes to whoever asks."""

    async def behave(call: Call) -> None:
        await call.send(data.replace(b"{port}", str(call.port).encode()))

    return behave


def in_turn(*data: bytes) -> Behaviour:
    """The first answer to the first request, and so on; the last stays."""

    async def behave(call: Call) -> None:
        await call.send(data[min(call.number, len(data)) - 1])

    return behave


def drips(head: bytes, drop: bytes, seconds: float = 0.05) -> Behaviour:
    """A little at a time, for ever."""

    async def behave(call: Call) -> None:
        await call.send(head)
        while True:
            await call.send(drop)
            await asyncio.sleep(seconds)

    return behave


async def nothing(call: Call) -> None:
    await asyncio.sleep(60)


async def hangs_up(call: Call) -> None:
    pass


def resets(data: bytes) -> Behaviour:
    async def behave(call: Call) -> None:
        await call.send(data)
        await asyncio.sleep(0.05)
        sock = call.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        call.writer.transport.abort()

    return behave


async def echoes_cookies(call: Call) -> None:
    secret = b"its cookie came back" if "cookie" in call.headers else b"no cookie"
    body = ARTICLE.replace(b"revenue", b"revenue (" + secret + b")")
    await call.send(answer(body, Set_Cookie="id=1; Path=/"))


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


def later(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


BOMB = gzip.compress(b"<p>" + b"0" * 60_000_000)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
OK = ("load", "ok", "")


def fails(reason: str, outcome: str = "failed", stage: str = "fetch") -> tuple[str, str, str]:
    return stage, outcome, reason


LATE, FAR = "did not answer in time", "could not be reached"
PAGES: dict[str, tuple[Behaviour, tuple[str, str, str]]] = {
    "well-behaved": (sends(answer()), OK),
    # time
    "never-answers": (nothing, fails(LATE)),
    "slow-loris-headers": (drips(PLAIN, b"X-A: b\r\n"), fails(LATE)),
    "slow-loris-body": (drips(PLAIN + b"\r\n", b"<p>"), fails(LATE)),
    "endless-interim-answers": (drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), fails(LATE)),
    # size
    "endless-body": (drips(PLAIN + b"\r\n", b"x" * 1_000_000, 0), fails("is larger than 20,000,000 bytes")),
    "endless-chunks": (drips(CHUNKED, b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n", 0), fails("is larger than")),
    "announces-ten-gigabytes": (sends(PLAIN + b"Content-Length: 10000000000\r\n\r\n"), fails("is larger than")),
    "gzip-bomb": (sends(answer(BOMB, Content_Encoding="gzip")), fails("bytes unpacked")),
    "gzip-in-gzip": (sends(answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip")), fails("not asked for")),
    "brotli-unasked": (sends(answer(b"\x8b\x02\x80\x61\x03", Content_Encoding="br")), fails("encoded as br")),
    "header-flood": (drips(PLAIN, b"X-Flood: 1\r\n" * 1000, 0), fails(FAR)),
    "one-endless-header": (drips(PLAIN + b"X-Flood: ", b"x" * 10_000, 0), fails(FAR)),
    "endless-status-line": (drips(b"HTTP/1.1 200 ", b"x" * 10_000, 0), fails(FAR)),
    # packing
    "deflate": (sends(answer(zlib.compress(ARTICLE), Content_Encoding="deflate")), OK),
    "deflate-without-header": (sends(answer(zlib.compress(ARTICLE)[2:-4], Content_Encoding="deflate")), OK),
    "gzip-in-two-members": (
        sends(answer(gzip.compress(ARTICLE[:90]) + gzip.compress(ARTICLE[90:]), Content_Encoding="gzip")),
        OK,
    ),
    "gzip-breaks-off": (sends(answer(gzip.compress(ARTICLE)[:-20], Content_Encoding="gzip")), fails("breaks off")),
    "gzip-it-is-not": (sends(answer(ARTICLE, Content_Encoding="gzip")), fails("cannot be unpacked")),
    # length and framing
    "shorter-than-announced": (sends(answer(ARTICLE, Content_Length="9999")), fails(FAR)),
    "longer-than-announced": (sends(answer(ARTICLE, Content_Length="20")), fails("", stage="parse")),
    "negative-length": (sends(answer(ARTICLE, Content_Length="-1")), fails(FAR)),
    "two-lengths": (sends(PLAIN + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), fails(FAR)),
    "wrong-chunk-size": (sends(CHUNKED + b"zz\r\nabc\r\n"), fails(FAR)),
    "chunks-without-end": (sends(CHUNKED + b"3\r\nabc\r\n"), fails(FAR)),
    "reset-before-the-answer": (resets(b""), fails(FAR)),
    "reset-within-the-body": (resets(answer(ARTICLE * 100)[:500]), fails(FAR)),
    "reset-once": (
        lambda call: (resets(answer()[:100]) if call.number == 1 else sends(answer()))(call),
        OK,
    ),
    "hangs-up": (hangs_up, fails(FAR)),
    "no-http": (sends(b"\x15\x03\x01\x00\x02\x02\x46"), fails(FAR)),
    "http-0.9": (sends(ARTICLE), fails(FAR)),
    "status-that-is-none": (sends(b"HTTP/1.1 abc OK\r\n\r\n"), fails(FAR)),
    "status-999": (sends(answer(b"", "999 Denied")), fails("answered 999 Denied")),
    "null-in-a-header": (sends(PLAIN + b"X: a\x00b\r\nContent-Length: 0\r\n\r\n"), fails(FAR)),
    # redirects
    "redirect-loop": (sends(moved("/redirect-loop")), fails("redirected more than 5 times")),
    "redirect-to-metadata": (sends(moved("http://169.254.169.254/latest/meta-data/")), fails("open internet")),
    "redirect-to-loopback-6": (sends(moved("http://[::1]:{port}/well-behaved")), fails("open internet")),
    "redirect-to-loopback-in-digits": (sends(moved("http://2130706433:{port}/well-behaved")), fails("open internet")),
    "redirect-to-loopback-mapped": (sends(moved("http://[::ffff:127.0.0.1]:{port}/x")), fails("open internet")),
    "redirect-to-a-file": (sends(moved("file:///etc/passwd")), fails("to what is no web address")),
    "redirect-to-nowhere": (sends(moved("")), fails("answered 302 Found")),
    "redirect-to-what-robots-forbid": (sends(moved("/private/a")), fails("robots.txt does not allow", "refused")),
    "redirect-once": (sends(moved("/well-behaved", "308 Permanent Redirect")), OK),
    # refusals
    "private/b": (sends(answer()), fails("robots.txt does not allow", "refused")),
    "reserved-by-header": (sends(answer(TDM_Reservation="1")), fails("tdm-reservation: 1", "refused")),
    "no-ai-by-header": (sends(answer(X_Robots_Tag="noai, noimageai")), fails("x-robots-tag: noai", "refused")),
    "no-ai-by-meta": (
        sends(answer(ARTICLE.replace(b"<head>", b'<head><meta content="noai" name=robots>'))),
        fails("robots: noai", "refused"),
    ),
    "wants-a-password": (sends(answer(b"", "401 Unauthorized", WWW_Authenticate="Basic")), fails("answered 401")),
    "gone": (sends(answer(b"", "410 Gone")), fails("answered 410 Gone")),
    "unavailable-for-legal-reasons": (sends(answer(b"", "451 Not For You")), fails("answered 451")),
    "not-modified-unasked": (sends(b"HTTP/1.1 304 Not Modified\r\n\r\n"), fails("answered 304 to an unconditional")),
    # busy
    "busy-once": (in_turn(answer(b"", "429 Slow Down", Retry_After="0"), answer()), OK),
    "busy-until-a-date-that-has-passed": (
        in_turn(answer(b"", "503 Busy", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), answer()),
        OK,
    ),
    "busy-with-a-wait-that-is-none": (in_turn(answer(b"", "503 Busy", Retry_After="soon"), answer()), OK),
    "storm-of-503": (sends(answer(b"", "503 Busy")), fails("answered 503 Busy")),
    "storm-of-500": (sends(answer(b"", "500 Sorry")), fails("answered 500 Sorry")),
    # content
    "picture": (sends(answer(b"\x89PNG" * 9, kind="image/png")), fails("is image/png", "unread")),
    "endless-film": (drips(PLAIN.replace(b"text/html", b"video/mp4") + b"\r\n", b"x"), fails("video/mp4", "unread")),
    "nothing-at-all": (sends(answer(b"")), fails("is empty", stage="parse")),
    "wrong-charset": (
        sends(answer(ARTICLE.replace(b"euros", b"\xff\xfe\xfd euros"))),
        fails("is not UTF-8", stage="parse"),
    ),
    "binary-as-html": (sends(answer(bytes(range(256)) * 40)), fails("", stage="parse")),
    "sets-a-cookie": (echoes_cookies, OK),
    "and-gets-none-back": (echoes_cookies, OK),
}  # fmt: skip
ROBOTS = b"User-agent: *\nDisallow: /private/\n"
LISTINGS: dict[str, tuple[str, Behaviour, str, str]] = {
    "laughs": (
        "feed",
        sends(
            answer(
                b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
                b'<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>',
                kind="text/xml",
            )
        ),
        "failed",
        "entries without a web address",
    ),
    "no_feed": ("feed", sends(answer()), "failed", "feed is an HTML page"),
    "deep_json": ("feed", sends(answer(b'{"items":' + b"[" * 200_000)), "failed", "feed is ill-formed JSON"),
    "map_bomb": ("sitemap", sends(answer(gzip.compress(b" " * 60_000_000))), "failed", "larger than 50 MB"),
    "map_of_itself": (
        "sitemap",
        sends(
            answer(
                b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
                b"<loc>/map_of_itself</loc></sitemap></sitemapindex>"
            )
        ),
        "failed",
        "lists itself",
    ),
    "made_anew": ("listing", sends(answer(b"<html><body><div>We moved</div></body></html>")), "failed", "finds"),
    "moved_inside": ("feed", sends(moved("http://10.0.0.1/feed.xml")), "failed", "open internet"),
    "late_list": ("feed", nothing, "failed", LATE),
}


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "self-signed.pem"
    file.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    return tls


class Hostile:
    """The server in a thread of its own; `answers` by path, and for everything else."""

    def __init__(self, answers: dict[str, Behaviour]) -> None:
        self.answers = answers
        self.requests: Counter[str] = Counter()
        self.port = 0
        self.writers: list[asyncio.StreamWriter] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            self.requests[path] += 1
            behave = self.answers.get(path, sends(answer(b"", "404 Not Found")))
            await behave(Call(path, headers, self.requests[path], self.port, writer))
            writer.close()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked has gone
        finally:
            if not writer.is_closing():
                writer.transport.abort()


@contextlib.contextmanager
def serving(answers: dict[str, Behaviour], tls: ssl.SSLContext | None = None) -> Iterator[Hostile]:
    """The server, for as long as the block runs."""
    hostile, loop = Hostile(answers), asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        server = await asyncio.start_server(hostile.serve, "127.0.0.1", 0, ssl=tls, backlog=1000)
        hostile.port = server.sockets[0].getsockname()[1]
        return server

    server = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield hostile
    finally:

        async def stop() -> None:
            server.close()
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for writer in hostile.writers:
                writer.transport.abort()
            await asyncio.sleep(0.05)

        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
