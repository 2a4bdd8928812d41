"""An S3 server of the tests' own: SeaweedFS on this machine's loopback, empty, with keys that only it knows."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port, is_open

HOST = "127.0.0.1"
PORTS = (
    "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc",
)  # fmt: skip
BUCKET = "quality"


@contextmanager
def running_s3(folder: Path, patience_s: float = 120) -> Iterator[dict[str, str]]:
    """What a client needs in its environment, the address as ``AWS_ENDPOINT_URL``; stopped on leaving. ``folder`` holds data and log."""
    ports = {name: free_port() for name in PORTS}
    keys = {"AWS_ACCESS_KEY_ID": "board", "AWS_SECRET_ACCESS_KEY": "only-for-tests"}
    off = ("admin.ui=false", "webdav=false", "s3.port.iceberg=0", "s3.port.lance=0")
    options = [f"-{name}={port}" for name, port in ports.items()] + [f"-{name}" for name in off]
    command = [str(Path(sys.executable).with_name("weed")), "mini", f"-dir={folder}", f"-ip={HOST}", f"-ip.bind={HOST}", f"-bucket={BUCKET}", *options]
    log = folder / "s3.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, env={**os.environ, **keys}, cwd=folder, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    client = {**keys, "AWS_ENDPOINT_URL": f"http://{HOST}:{ports['s3.port']}", "AWS_REGION": "us-east-1"}
    try:
        _wait(server, client, log, patience_s)
        yield client
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait(server: subprocess.Popen, client: dict[str, str], log: Path, patience_s: float) -> None:
    """Return once the bucket is there."""
    from pyarrow import fs

    deadline = time.monotonic() + patience_s
    host, port = client["AWS_ENDPOINT_URL"].removeprefix("http://").split(":")
    while time.monotonic() < deadline and server.poll() is None:
        time.sleep(0.2)
        if not is_open(int(port)):
            continue
        files = fs.S3FileSystem(
            access_key=client["AWS_ACCESS_KEY_ID"], secret_key=client["AWS_SECRET_ACCESS_KEY"], endpoint_override=f"{host}:{port}", scheme="http"
        )
        try:
            if files.get_file_info(BUCKET).type != fs.FileType.NotFound:
                return
        except OSError:
            continue
    raise RuntimeError(f"The S3 server did not start (exit status {server.poll()}):\n{log.read_text(errors='replace')[-3000:]}")
