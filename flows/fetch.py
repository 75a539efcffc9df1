"""Fetch: a candidate's URL in, a page out, politely."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote_to_bytes, urlsplit

import httpx
from httpx_retries import Retry, RetryTransport
from protego import Protego

from extractors.model import Candidate, Page, Source
from flows.failure import Batch, Failure
from flows.files import read_file

MAX_BYTES = 20_000_000
RETRIED = (429, 500, 502, 503, 504)


class FetchError(Exception):
    """A URL could not be fetched; the message says why, in words for the user."""


class Fetcher:
    """The HTTP client of one run: it obeys robots.txt, keeps a pace for each host, retries what may pass, and stops
    reading at `MAX_BYTES`. Use it as an async context manager.
    """

    def __init__(self, *, contact: str | None = None, retries: int = 3, backoff_seconds: float = 0.5) -> None:
        """`contact`: the address that the User-Agent declares; `backoff_seconds` doubles at each of `retries`."""
        self.user_agent = f"undisclosed/0.1 ({contact})" if contact else "undisclosed/0.1"
        self.contact = contact
        self._client = httpx.AsyncClient(
            transport=RetryTransport(
                transport=httpx.AsyncHTTPTransport(http2=True),
                retry=Retry(
                    total=retries,
                    backoff_factor=backoff_seconds,
                    max_backoff_wait=60,
                    total_timeout=120,
                    status_forcelist=RETRIED,
                ),
            ),
            headers={"user-agent": self.user_agent, "accept-encoding": "gzip, deflate"},
            timeout=httpx.Timeout(30, connect=10),
            follow_redirects=True,
            max_redirects=5,
            event_hooks={"request": [_refuse_private]},  # called for each redirect too
        )
        self._robots: dict[tuple[str, bool], asyncio.Task[Protego]] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __aenter__(self) -> Fetcher:
        """The fetcher itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def fetch(
        self,
        source: Source,
        url: str,
        *,
        candidate: Candidate | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Page | None:
        """The page at `url`, or None where the server says that it has not changed since these validators.

        Raises FetchError.
        """
        if source.needs_contact and not self.contact:
            raise FetchError("asks for a contact address: set UNDISCLOSED_CONTACT to yours")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        rules = await self._rules(origin, source.allow_private)
        if not rules.can_fetch(url, self.user_agent):
            raise FetchError("robots.txt does not allow it")
        headers = {"if-none-match": etag, "if-modified-since": last_modified}
        pace = max(source.pace_seconds, float(rules.crawl_delay(self.user_agent) or 0))
        async with self._turns[origin]:
            try:
                given = {name: value for name, value in headers.items() if value}
                response = await self._get(url, given, source.allow_private)
            finally:
                await asyncio.sleep(pace)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return None
        if not response.is_success:
            raise FetchError(f"answered {response.status_code} {response.reason_phrase}".rstrip())
        return Page(
            source_id=source.id,
            url=url,
            fetched_at=datetime.now(UTC),
            body=response.content,
            status=response.status_code,
            headers=dict(response.headers),
            candidate=candidate,
        )

    async def _get(self, url: str, headers: dict[str, str], allow_private: bool) -> httpx.Response:
        """The answer, read to its end."""
        try:
            extensions = {"allow_private": allow_private}
            async with self._client.stream("GET", url, headers=headers, extensions=extensions) as response:
                parts, size = [], 0
                async for part in response.aiter_bytes():
                    size += len(part)
                    if size > MAX_BYTES:
                        raise FetchError(f"is larger than {MAX_BYTES:,} bytes")
                    parts.append(part)
        except httpx.TimeoutException as error:
            raise FetchError("did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(f"could not be reached: {error or type(error).__name__}") from error
        return httpx.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.multi_items() if name not in _WIRE_HEADERS],
            content=b"".join(parts),
            request=response.request,
        )

    async def _rules(self, origin: str, allow_private: bool) -> Protego:
        """The origin's robots.txt, fetched once a run."""
        key = (origin, allow_private)
        if key not in self._robots:
            self._robots[key] = asyncio.create_task(self._read_robots(origin, allow_private))
        return await self._robots[key]

    async def _read_robots(self, origin: str, allow_private: bool) -> Protego:
        """RFC 9309: absent (4xx) allows everything, unreachable (5xx, no answer) allows nothing."""
        try:
            response = await self._get(f"{origin}/robots.txt", {}, allow_private)
        except FetchError as error:
            raise FetchError(f"is left alone: its robots.txt {error}") from error
        if response.is_server_error:
            raise FetchError(f"is left alone: its robots.txt answered {response.status_code}")
        return Protego.parse(response.text if response.is_success else "")


# What describes the bytes on the wire and no longer the body that was decoded from them.
_WIRE_HEADERS = {"content-encoding", "transfer-encoding", "content-length"}


async def _refuse_private(request: httpx.Request) -> None:
    """Raise FetchError where a host is not on the open internet, unless the source says that it may be."""
    if request.extensions.get("allow_private"):
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(request.url.host, request.url.port or 443)
    except OSError as error:
        raise FetchError(f"could not be reached: {request.url.host} has no address") from error
    for *_, address in found:
        number = str(address[0]).partition("%")[0]
        if not ip_address(number).is_global:
            raise FetchError(f"leads to {request.url.host} ({number}), which is not on the open internet")


async def fetch_pages(source: Source, candidates: Sequence[Candidate], fetcher: Fetcher) -> Batch[Page]:
    """The candidates' pages, in their order; a candidate that cannot be fetched costs only itself."""

    async def fetch_one(candidate: Candidate) -> Page | Failure:
        try:
            if candidate.url.startswith("file:"):
                return read_file(Path(os.fsdecode(unquote_to_bytes(urlsplit(candidate.url).path))), candidate)
            page = await fetcher.fetch(source, candidate.url, candidate=candidate)
        except OSError as error:
            return Failure(source.id, "fetch", f"could not be read: {error.strerror}", candidate.url)
        except FetchError as error:
            return Failure(source.id, "fetch", str(error), candidate.url)
        return page or Failure(source.id, "fetch", "answered 304 to an unconditional request", candidate.url)

    results = await asyncio.gather(*(fetch_one(candidate) for candidate in candidates))
    return Batch(
        tuple(result for result in results if isinstance(result, Page)),
        tuple(result for result in results if isinstance(result, Failure)),
    )
