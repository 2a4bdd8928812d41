"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, reached over this machine only."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.serving import free_port

# PostgreSQL refuses to run as root: there it runs as the first of these that exists.
UNPRIVILEGED = ("postgres", "nobody")
# Nothing of a test's cluster must survive a power cut.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "16MB"}


@contextmanager
def running_postgres(programs: Path, patience_s: float = 120) -> Iterator[str]:
    """The address of a new, empty server; stopped and removed on leaving."""
    folder = Path(tempfile.mkdtemp(prefix="tingjian-postgres-"))
    as_user = _unprivileged()
    if as_user:
        shutil.chown(folder, as_user["user"], as_user["group"])
    cluster, log = folder / "cluster", (folder / "log").open("wb")
    subprocess.run(
        [programs / "initdb", "--pgdata", cluster, "--username", "board", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
        check=True, cwd=folder, stdout=log, stderr=subprocess.STDOUT, **as_user,
    )  # fmt: skip
    port = free_port()
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", **HASTY}
    command = [programs / "postgres", "-D", cluster, *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]
    server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, **as_user)
    address = f"postgresql://board@127.0.0.1:{port}/postgres"
    try:
        _wait(server, address, folder / "log", patience_s)
        yield address
    finally:
        # A fast shutdown: the polite one would wait for every client to leave.
        server.send_signal(signal.SIGINT)
        server.wait()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    """The address of a new, empty database of the server."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    return server.rpartition("/")[0] + f"/{name}"


def _unprivileged() -> dict:
    """Whom subprocess shall run a program as; nobody else where that is not root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen, address: str, log: Path, patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(address, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start (exit status {server.poll()}):\n{log.read_text(errors='replace')[-3000:]}")
