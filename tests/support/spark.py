"""A Spark cluster of the tests' own, on this machine's loopback: a master, workers that each are a process group, and the Connect server."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.serving import DIRECT, free_port, is_open

HOST = "127.0.0.1"
# Small, since all of it runs on one machine; nothing here changes a result.
SETTINGS = {
    "spark.driver.host": HOST, "spark.driver.bindAddress": HOST, "spark.connect.grpc.binding.address": HOST, "spark.executor.memory": "1g",
    "spark.sql.shuffle.partitions": "4", "spark.ui.showConsoleProgress": "false",
}  # fmt: skip

# Compiled little, for runs that are over before the compiler has earned its time.
SHORT = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
}  # fmt: skip


@dataclass
class Cluster:
    """A running cluster. ``url``: of its Connect server; ``workers``: their processes."""

    url: str
    master_page: str
    driver_page: str
    workers: list[subprocess.Popen] = field(default_factory=list)
    processes: list[subprocess.Popen] = field(default_factory=list)

    def alive(self) -> int:
        """How many workers the master believes in."""
        return sum(worker["state"] == "ALIVE" for worker in _asked(f"{self.master_page}/json/")["workers"])

    def busy_executors(self) -> list[str]:
        """The executors that compute something now."""
        return [executor["id"] for executor in self._executors() if executor["id"] != "driver" and executor["activeTasks"]]

    def lost_executors(self) -> list[str]:
        """The executors that are no more."""
        return [executor["id"] for executor in self._executors() if not executor["isActive"]]

    def _executors(self) -> list[dict[str, Any]]:
        (application,) = _asked(f"{self.driver_page}/api/v1/applications")
        return _asked(f"{self.driver_page}/api/v1/applications/{application['id']}/allexecutors")

    def kill_worker(self) -> None:
        """End one worker and whatever computes on it at once, as when its machine loses power."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)


@contextmanager
def running_cluster(home: Path, folder: Path, workers: int = 2, patience_s: float = 180, **more: str) -> Iterator[Cluster]:
    """A new cluster, each worker with one core; ``folder`` receives logs and work files, ``more``: settings. All of it ends on leaving."""
    ports = {name: free_port() for name in ("master", "master_page", "connect", "driver_page")}
    master = f"spark://{HOST}:{ports['master']}"
    cluster = Cluster(f"sc://{HOST}:{ports['connect']}", f"http://{HOST}:{ports['master_page']}", f"http://{HOST}:{ports['driver_page']}")

    def start(name: str, *arguments: str) -> subprocess.Popen:
        surroundings = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
        with (folder / f"{name}.log").open("wb") as log:
            command = [str(home / "bin" / "spark-class"), *arguments]
            process = subprocess.Popen(command, env=surroundings, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        cluster.processes.append(process)
        return process

    try:
        start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(ports["master"]), "--webui-port", str(ports["master_page"]))
        _wait(lambda: is_open(ports["master"]), patience_s)
        for number in range(workers):
            options = ["--host", HOST, "--cores", "1", "--memory", "1200m", "--webui-port", "0", "--work-dir", str(folder / f"work{number}"), master]
            cluster.workers.append(start(f"worker{number}", "org.apache.spark.deploy.worker.Worker", *options))
        settings = {**SETTINGS, **more, "spark.connect.grpc.binding.port": ports["connect"], "spark.ui.port": ports["driver_page"]}
        given = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        start("connect", "org.apache.spark.deploy.SparkSubmit", "--master", master, *given, "--class", server, "spark-internal")
        _wait(lambda: is_open(ports["connect"]) and cluster.alive() == workers, patience_s)
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            _end(process)


def _end(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _asked(address: str) -> Any:
    with DIRECT.open(address, timeout=60) as answer:
        return json.load(answer)


def _wait(ready, patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("The cluster did not start in time; its logs are in the test's folder.")
        time.sleep(0.2)
