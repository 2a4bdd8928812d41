"""A peer's server while it is measured."""

import subprocess
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from benchmarks.peers.home import HOME
from benchmarks.peers.peers import Peer, environment_of
from tests.serving import DIRECT, ROOT

PATIENCE_S = 300


@contextmanager
def serving(peer: Peer) -> Iterator[psutil.Process]:
    """The running server, answering; it and its children are ended on leaving."""
    log = HOME / "server.log"
    with log.open("wb") as output:
        started = subprocess.Popen(peer.command, cwd=ROOT, env=environment_of(peer), stdout=output, stderr=subprocess.STDOUT)
    server = psutil.Process(started.pid)
    try:
        _wait(started, peer)
        yield server
    finally:
        _stop(server)
        started.wait()


def _wait(started: subprocess.Popen, peer: Peer) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and started.poll() is None:
        try:
            with DIRECT.open(peer.health, timeout=20):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"{peer.name} did not start: {(HOME / 'server.log').read_text(errors='replace')[-2000:]}")


def _stop(server: psutil.Process) -> None:
    everything = [server, *server.children(recursive=True)]
    for process in everything:
        try:
            process.terminate()
        except psutil.NoSuchProcess:
            continue
    for process in psutil.wait_procs(everything, 10)[1]:
        process.kill()
