"""The newsroom on a loopback port, in a thread of its own: it answers while the program around it computes."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from flows.newsroom.app import Clock, create_app

START_SECONDS = 5.0


@asynccontextmanager
async def serve(clock: Clock, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve the newsroom as of the clock's day; yields its base URL, without a trailing slash. Port 0 = any free one.

    The clock is asked from another thread. Raises OSError where the port cannot be had.
    """
    manager = serve_in_thread(clock, host=host, port=port)
    base_url = await asyncio.to_thread(manager.__enter__)
    try:
        yield base_url
    finally:
        await asyncio.to_thread(manager.__exit__, None, None, None)


@contextmanager
def serve_in_thread(clock: Clock, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """`serve` for a program without an event loop."""
    with serve_app(create_app(clock), host=host, port=port) as base_url:
        yield base_url


@contextmanager
def serve_app(app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve any ASGI app in a thread; yields its base URL. Raises OSError where the port cannot be had."""
    config = uvicorn.Config(app, log_config=None, log_level="critical", access_log=False, lifespan="off")
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    listener = _listen(host, port)
    # Outside the main thread uvicorn leaves the program's signal handlers alone.
    thread = threading.Thread(target=server.run, args=([listener],), name="newsroom", daemon=True)
    thread.start()
    try:
        _await_start(server, thread)
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise OSError(error.errno, f"the newsroom cannot listen on {host}:{port}: {error.strerror}") from error
    # Accepted connections inherit it; without it a body waits 40 ms for the acknowledgement of its headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError(f"the newsroom did not start within {START_SECONDS} s")
        time.sleep(0.005)
