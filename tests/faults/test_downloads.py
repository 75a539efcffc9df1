"""A large file is had whole, whatever happens on the way, or not at all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from extractors.model import Source
from flows.answers import FetchError
from flows.fetch import Fetcher

from .hostile import Behaviour, Call, answer, sends, serving

FILE = bytes(range(256)) * 1000
SOURCE = Source(id="s", name="S", kind="warc", url="http://x/", authority="press", pace_seconds=0, allow_private=True)


def cut(*, etag: str, kept: int = 100_000, honest: bool = True, changed: bytes = b"") -> Behaviour:
    """Cuts the first answer; then gives what is left of this version, or all of the version that stands there now."""

    async def behave(call: Call) -> None:
        if call.number == 1:
            whole = answer(FILE, kind="application/warc", ETag=etag)
            await call.send(whole[: len(whole) - len(FILE) + kept])
        elif call.headers.get("range") == f"bytes={kept}-" and call.headers["if-range"] == etag and not changed:
            start = kept if honest else 0
            part = f"bytes {start}-{len(FILE) - 1}/{len(FILE)}"
            await call.send(answer(FILE[start:], "206 Partial", "application/warc", Content_Range=part))
        else:
            assert "range" not in call.headers or changed
            await call.send(answer(changed or FILE, kind="application/warc"))

    return behave


def redirected(to: str) -> Behaviour:
    return sends(answer(b"", "302 Found", Location=to))


GONE_WELL: dict[str, tuple[Behaviour, bytes, int]] = {
    "whole": (sends(answer(FILE)), FILE, 1),
    "cut, and gone on with": (cut(etag='"1"'), FILE, 2),
    "cut, of no version that is told": (cut(etag=""), FILE, 2),
    "cut, of a version that is told weakly": (cut(etag='W/"1"'), FILE, 2),
    "cut, and another by now": (cut(etag='"1"', changed=b"new"), b"new", 2),
    "cut, and another part is given": (cut(etag='"1"', honest=False), FILE, 3),
    "cut before it began": (cut(etag='"1"', kept=0), FILE, 2),
}
GONE_WRONG: dict[str, tuple[Behaviour, str]] = {
    "not there": (sends(answer(b"", "404 Not Found")), "answered 404 Not Found"),
    "busy": (sends(answer(b"", "503 Busy")), "answered 503 Busy"),
    "always cut": (sends(answer(FILE)[:5000]), "could not be reached"),
    "sent inside": (redirected("http://169.254.169.254/"), "which is not on the open internet"),
    "sent to what robots.txt forbids": (redirected("/private/a"), "robots.txt does not allow it"),
    "sent around": (redirected("/file"), "is redirected more than 5 times"),
}
ROBOTS = sends(answer(b"User-agent: *\nDisallow: /private/", kind="text/plain"))


async def download(url: str, folder: Path) -> None:
    async with Fetcher(retries=2, backoff_seconds=0.01) as fetcher:
        await fetcher.download(SOURCE, url, folder / "a.warc.gz")


@pytest.mark.parametrize("name", GONE_WELL)
def test_a_file_is_had_whole(tmp_path: Path, name: str) -> None:
    behave, expected, requests = GONE_WELL[name]
    with serving({"/robots.txt": ROBOTS, "/old": redirected("/file"), "/file": behave}) as server:
        asyncio.run(download(f"{server.url}/old", tmp_path))
        assert server.requests["/file"] == requests
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.warc.gz", expected)]


@pytest.mark.parametrize("name", GONE_WRONG)
def test_a_file_that_cannot_be_had_is_not_there(tmp_path: Path, name: str) -> None:
    behave, reason = GONE_WRONG[name]
    with serving({"/robots.txt": ROBOTS, "/file": behave}) as server:
        with pytest.raises(FetchError, match=reason):
            asyncio.run(download(f"{server.url}/file", tmp_path))
        assert server.requests["/private/a"] == 0
    assert not (tmp_path / "a.warc.gz").exists()
