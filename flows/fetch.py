"""Fetch: a candidate's URL in, a page out, politely."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from httpx_retries import Retry

from extractors.model import Candidate, Exchange, Page, Source
from flows.addresses import AddressError, CheckedBackend
from flows.answers import FetchError, FileWant, PageWant, PassingError, Want
from flows.bodies import BodyError, unpack
from flows.credentials import SecretError, read_headers
from flows.failure import Batch, Failure
from flows.files import read_held
from flows.hosts import Host
from flows.optout import reserved_by
from flows.robots import Robots, RobotsError
from warehouse.robots import HeldRobots

MAX_REDIRECTS = 5
PATIENCE_SECONDS = 60.0
"""How long a server may ask to wait; beyond it the host is left alone for so long."""
RETRIED = (429, 500, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)
_FINAL = (ssl.SSLError, AddressError)  # to try again would not help

for _name in ("httpcore", "hpack", "h2"):  # their debug messages have request headers in them
    logging.getLogger(_name).setLevel(logging.INFO)


class RefusedError(FetchError):
    """Its publisher does not allow it."""

    outcome = "refused"


class Fetcher:
    """The HTTP client of one run: it obeys robots.txt, keeps a pace for each host, retries what may pass, connects to
    the open internet only, and stops reading at `MAX_BYTES`. Use it as an async context manager.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        retries: int = 3,
        backoff_seconds: float = 0.5,
        read_seconds: float = 30,
        deadline_seconds: float = 120,
        robots: Iterable[HeldRobots] = (),
    ) -> None:
        """`contact`: the address that the User-Agent declares; `backoff_seconds` doubles at each of `retries`.

        A server may be silent for `read_seconds`, and take `deadline_seconds` for one answer.
        `robots`: what earlier runs have read.
        """
        self.user_agent = f"undisclosed/0.1 ({contact})" if contact else "undisclosed/0.1"
        self.contact = contact
        tls = httpx.create_ssl_context()
        self._transports = {private: _transport(tls, allow_private=private) for private in (False, True)}
        self._retry = Retry(total=retries, backoff_factor=backoff_seconds, backoff_jitter=0.5)
        self._timeout = httpx.Timeout(read_seconds, connect=min(read_seconds, 10), pool=None).as_dict()
        self._deadline_seconds = deadline_seconds
        self.robots = Robots(self.user_agent, robots)
        self._hosts: dict[str, Host] = {}

    async def __aenter__(self) -> Fetcher:
        """The fetcher itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for transport in self._transports.values():
            await transport.aclose()

    async def fetch(
        self,
        source: Source,
        url: str,
        *,
        candidate: Candidate | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Page:
        """The page at `url`; of status 304, without a body, where it has not changed since these validators.

        Raises FetchError.
        """
        if source.needs_contact and not self.contact:
            raise FetchError("asks for a contact address: set UNDISCLOSED_CONTACT to yours")
        validators = {"if-none-match": etag, "if-modified-since": last_modified}
        given = {name: value for name, value in validators.items() if value}
        exchanges = await self._follow(source, url, self._page(given), source.allow_private, with_robots=True)
        last = exchanges[-1]
        if last.status == httpx.codes.NOT_MODIFIED and not given:
            raise FetchError("answered 304 to an unconditional request")
        if not (200 <= last.status < 300 or last.status == httpx.codes.NOT_MODIFIED):
            raise FetchError(f"answered {last.status} {last.reason}".rstrip())
        headers = dict(httpx.Headers(last.headers))
        try:
            body = unpack(last.body, headers.get("content-encoding", ""))
        except BodyError as error:
            raise FetchError(str(error)) from error
        if reserved := reserved_by(last.headers, body if b"<" in body[:1000] else b""):
            raise RefusedError(f"is reserved by its publisher ({reserved})")
        return Page(
            source_id=source.id,
            url=url,
            fetched_at=last.sent_at,
            body=body,
            status=last.status,
            headers=headers,
            candidate=candidate,
            exchanges=exchanges,
        )

    def _page(self, headers: Mapping[str, str]) -> PageWant:
        return PageWant(headers, self._deadline_seconds)

    def pace_seconds(self, source: Source) -> float:
        """The time between two requests to a source's own host: its own, or what robots.txt asked for."""
        host = self._hosts.get(_origin(source.url))
        return max(source.pace_seconds, host.pace_seconds if host else 0.0)

    async def download(self, source: Source, url: str, path: Path) -> None:
        """What stands at `url`, of up to `MAX_FILE_BYTES`, into a file that is there when it is whole.

        Raises FetchError, or OSError where it cannot be written.
        """
        part = path.with_name(f"{path.name}.part")
        last = (await self._follow(source, url, FileWant(part), source.allow_private, with_robots=True))[-1]
        if last.status not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            raise FetchError(f"answered {last.status} {last.reason}".rstrip())
        part.rename(path)

    async def _follow(
        self, source: Source, url: str, want: Want, private: bool, *, with_robots: bool
    ) -> tuple[Exchange, ...]:
        """The request and those that its redirects lead to; the last is the answer."""
        exchanges: list[Exchange] = []
        for _ in range(MAX_REDIRECTS + 1):
            exchange = await self._ask(source, url, want, private, with_robots=with_robots)
            exchanges.append(exchange)
            location = next((value for name, value in exchange.headers if name.lower() == "location"), None)
            if exchange.status not in _REDIRECTS or not location:
                return tuple(exchanges)
            target = urljoin(url, location)
            if urlsplit(target).scheme not in ("http", "https"):
                raise FetchError("is redirected to what is no web address")
            # A private network is not for others to send us to.
            private = private and urlsplit(target).hostname == urlsplit(url).hostname
            url = target
        raise FetchError(f"is redirected more than {MAX_REDIRECTS} times")

    async def _ask(self, source: Source, url: str, want: Want, private: bool, *, with_robots: bool) -> Exchange:
        """One request, again where what stands in the way may pass."""
        origin = _origin(url)
        host = self._hosts.setdefault(origin, Host(source.concurrency))
        pace = source.pace_seconds
        if with_robots:
            pace = max(pace, await self._allowed(source, origin, url, private))
        retry = self._retry
        while True:
            if host.closed:
                raise FetchError(host.closed)
            sent, seen = await self._headers(source, url, want.headers, is_own=with_robots)
            failure = None
            async with host.turn(pace):
                try:
                    exchange = await self._exchange(url, sent, seen, private, want)
                except PassingError as error:
                    failure = error
            if failure is None and exchange.status not in RETRIED:
                return exchange
            asked = 0.0 if failure else self._asked_to_wait(exchange)
            if asked > PATIENCE_SECONDS:
                back = datetime.now(UTC) + timedelta(seconds=asked)
                reason = f"answered {exchange.status} and asks not to be asked before {back:%Y-%m-%d %H:%M} UTC"
                host.close(asked, reason)
                raise FetchError(reason)
            if retry.is_exhausted():
                if failure:
                    raise FetchError(str(failure)) from failure
                return exchange
            host.hold(asked)
            await asyncio.sleep(max(asked, retry.backoff_strategy()))
            retry = retry.increment()

    async def _allowed(self, source: Source, origin: str, url: str, private: bool) -> float:
        """The pace in seconds that the origin asks for. Raises FetchError where it does not allow the URL."""
        read = partial(self._read_robots, source, private)
        try:
            if not await self.robots.allows(origin, url, read):
                raise RefusedError("robots.txt does not allow it")
            return await self.robots.pace_seconds(origin, read)
        except RobotsError as error:
            raise FetchError(str(error)) from error

    async def _read_robots(self, source: Source, private: bool, origin: str) -> tuple[int, bytes]:
        try:
            last = (await self._follow(source, f"{origin}/robots.txt", self._page({}), private, with_robots=False))[-1]
            encoding = dict(httpx.Headers(last.headers)).get("content-encoding", "")
            return last.status, unpack(last.body, encoding)
        except (FetchError, BodyError) as error:
            if "redirected more than" in str(error):
                return 404, b""  # as RFC 9309 has it: unavailable
            raise RobotsError(f"is left alone: its robots.txt {error}") from error

    def _asked_to_wait(self, exchange: Exchange) -> float:
        """The seconds of `Retry-After`; 0 where there is none that can be read."""
        told = next((value for name, value in exchange.headers if name.lower() == "retry-after"), "")
        try:
            return self._retry.parse_retry_after(told) if told else 0.0
        except (ValueError, OverflowError):
            return 0.0

    async def _headers(
        self, source: Source, url: str, given: Mapping[str, str], *, is_own: bool
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The request's headers, as they are sent and as they are archived; a source's own go to its own host."""
        common = {
            "host": urlsplit(url).netloc.rpartition("@")[2],
            "user-agent": self.user_agent,
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            **given,
        }
        if not (is_own and source.headers) or _origin(url) != _origin(source.url):
            return common, common
        try:
            sent, seen = await read_headers(source)
        except SecretError as error:
            raise FetchError(str(error)) from error
        return common | dict(sent), common | dict(seen)

    async def _exchange(
        self, url: str, sent: dict[str, str], seen: dict[str, str], private: bool, want: Want
    ) -> Exchange:
        """One request and its answer, read to its end. Raises PassingError, or FetchError for what will not pass."""
        sent_at = datetime.now(UTC)
        try:
            async with asyncio.timeout(want.deadline_seconds):
                request = httpx.Request("GET", url, headers=sent, extensions={"timeout": self._timeout})
                response = await self._transports[private].handle_async_request(request)
                try:
                    body = await want.read(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.TimeoutException) as error:
            raise PassingError("did not answer in time") from error
        except AddressError as error:
            raise FetchError(str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = f"could not be reached: {str(error) or type(error).__name__}"
            raise (FetchError if _is_final(error) else PassingError)(reason) from error
        return Exchange(
            url=url,
            sent_at=sent_at,
            request_headers=tuple(seen.items()),
            status=response.status_code,
            reason=response.reason_phrase,
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
            body=body,
        )


def _transport(tls: ssl.SSLContext, *, allow_private: bool) -> httpx.AsyncHTTPTransport:
    """httpx's own transport, whose pool opens its connections by way of `CheckedBackend`."""
    transport = httpx.AsyncHTTPTransport(verify=tls, http2=True)
    # httpx 0.28 has no argument for it.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=tls,
        http2=True,
        max_connections=100,
        max_keepalive_connections=20,
        keepalive_expiry=5,
        network_backend=CheckedBackend(allow_private=allow_private),
    )
    return transport


def _is_final(error: BaseException) -> bool:
    """Whether to try again would not help: a certificate that does not hold, a URL that is none."""
    causes = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    return isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol) or any(
        isinstance(each, ssl.SSLError) for each in causes
    )


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


async def fetch_pages(source: Source, candidates: Sequence[Candidate], fetcher: Fetcher) -> Batch[Page]:
    """The candidates' pages, in their order; a candidate that cannot be fetched costs only itself."""

    async def fetch_one(candidate: Candidate) -> Page | Failure:
        try:
            if candidate.held_in or candidate.url.startswith("file:"):
                return read_held(candidate)
            return await fetcher.fetch(source, candidate.url, candidate=candidate)
        except OSError as error:
            return Failure(source.id, "fetch", f"could not be read: {error.strerror}", candidate.url)
        except ValueError as error:
            return Failure(source.id, "fetch", f"could not be read: {error}", candidate.url)
        except FetchError as error:
            return Failure(source.id, "fetch", str(error), candidate.url, error.outcome)

    results = await asyncio.gather(*(fetch_one(candidate) for candidate in candidates))
    return Batch(
        tuple(result for result in results if isinstance(result, Page)),
        tuple(result for result in results if isinstance(result, Failure)),
    )
