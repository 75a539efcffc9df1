"""A PostgreSQL server of the tests' own, on a loopback port, gone with them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

_NUMBERS = count()


@dataclass(frozen=True)
class Server:
    """A server that trusts everyone on this machine."""

    port: int

    def address(self, database: str) -> str:
        return f"postgresql://undisclosed@127.0.0.1:{self.port}/{database}"

    def make(self, template: str = "template0") -> str:
        """A new database, as one is that nobody has open; gives its address."""
        name = f"database_{next(_NUMBERS)}"
        self.run(f"create database {name} template {template}")
        return self.address(name)

    def run(self, sql: str, address: str | None = None) -> str:
        """What psql says to a statement."""
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, address or self.address("postgres")]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def lacking() -> str:
    """What this machine lacks to serve; empty where it can."""
    return ", ".join(name for name in ("initdb", "postgres", "psql") if _program(name) is None)


@contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="undisclosed-postgres-") as name, socket.create_server(("", 0)) as free:
        folder, port = Path(name), free.getsockname()[1]
        who: dict[str, Any] = {}
        if os.getuid() == 0:  # as which it refuses to run
            shutil.chown(folder, "nobody", "nogroup")
            who = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        make = [_program("initdb"), "-D", folder / "data", "-A", "trust", "-U", "undisclosed", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **who)
        free.close()
        said = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
        command = [_program("postgres"), "-D", folder / "data", *(f"--{key}={value}" for key, value in said.items())]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **who)
            try:
                yield _answering(Server(port), process)
            finally:
                process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
                process.wait(30)


def _answering(server: Server, process: subprocess.Popen[bytes]) -> Server:
    while process.poll() is None:
        try:
            server.run("select 1")
        except subprocess.CalledProcessError:
            time.sleep(0.05)
        else:
            return server
    raise RuntimeError("PostgreSQL has ended")


def _program(name: str) -> str | None:
    places = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *places]))
