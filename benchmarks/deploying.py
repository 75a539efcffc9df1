"""From a fresh clone to a monitor that is deployed, scheduled and has run once: `python benchmarks/deploying.py`.

A Prefect server is started from this very installation; then, in a fresh clone, `make serve` is all that is called.
Twice: with uv's cache of packages as this machine has it, and empty. What is in no cache comes from the index that the
machine is set up with.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

import httpx
from processes import clean_environment, free_port, prefect_server, running, wait_until

PROJECT = Path(__file__).resolve().parents[1]


def measure(name: str, cache: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder, httpx.Client(timeout=30) as client:
        root, clone, log = Path(folder), Path(folder) / "clone", Path(folder) / "serve.log"
        with prefect_server(root) as (api, _):

            def count(what: str, state: str | None = None) -> int:
                asked = {"flow_runs": {"state": {"type": {"any_": [state]}}}} if state else {}
                return len(client.post(f"{api}/{what}/filter", json=asked).json())

            environment = clean_environment(root / "prefect") | {
                "PREFECT_API_URL": api,
                "UNDISCLOSED_NEWSROOM": f"http://127.0.0.1:{free_port()}",
            }
            if cache:
                environment["UV_CACHE_DIR"] = str(cache)
            begun = time.monotonic()
            subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)  # noqa: S603, S607
            with running(["make", "serve"], environment, clone, log):
                installed = wait_until((clone / ".venv" / ".installed").exists, log) - begun
                deployed = wait_until(lambda: count("deployments") == 5, log) - begun
                ran = wait_until(lambda: count("flow_runs", "COMPLETED") > 0, log) - begun
                scheduled = wait_until(lambda: count("flow_runs", "SCHEDULED") > 0, log) - begun
    print(
        f"{name}: {max(ran, scheduled):.0f} s: installed after {installed:.0f}, deployed after {deployed:.0f}, "
        f"run once after {ran:.0f}"
    )


if __name__ == "__main__":
    measure("uv's cache as it is", None)
    with tempfile.TemporaryDirectory() as empty:
        measure("uv's cache empty", Path(empty))
