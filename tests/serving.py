"""The board as its users run it: a server of its own process on this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# This machine is asked directly, whatever proxy the surroundings name.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def running_board(extracts: Path, log: Path, patience_s: float = 60, port: int = 0, **environment: str) -> Iterator[str]:
    """The address of a board on ``extracts``, cold: no page was asked for yet. Stopped on leaving.

    ``log`` receives what the server prints; ``port`` 0 takes a free one; ``environment`` is added to this process's own.
    """
    port = port or free_port()
    options = {"address": "127.0.0.1", "port": str(port), "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, str(ROOT / "serve.py")]
    command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
    surroundings = {**os.environ, "QA_DATA": str(extracts), "PYTHONUNBUFFERED": "1", **environment}
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(server, f"http://127.0.0.1:{port}/_stcore/health", log, patience_s)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(server)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port: int) -> bool:
    """Whether something on this machine listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until_healthy(server: subprocess.Popen[bytes], health: str, log: Path, patience_s: float) -> None:
    """Return once the server answers; raise with its last words when it ends or takes too long."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with DIRECT.open(health, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    last_words = log.read_text(errors="replace")[-3000:]
    raise RuntimeError(f"the board did not start within {patience_s:g} s (exit status {server.poll()}):\n{last_words}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force where it does not go by itself."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
