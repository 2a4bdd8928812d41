"""The machine that is measured on, and how much of it others used meanwhile."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

LIBRARIES = ("streamlit", "duckdb", "polars", "plotly", "pyarrow", "playwright")


def machine() -> str:
    """Processor, cores and memory in one line."""
    gib = psutil.virtual_memory().total / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} {platform.release()}"


def versions() -> str:
    """Python and the libraries that the figures depend on, in one line."""
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES)])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except FileNotFoundError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def pace_ms() -> float:
    """Milliseconds that one fixed sum takes in Python: twice as many where a hypervisor or its host halves the processor, which no load tells."""
    found = []
    for _turn in range(5):
        began = time.perf_counter()
        sum(number * number for number in range(300_000))
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


class Others:
    """The share of the machine (0-1) that processes other than this one and its children have used since ``begin``.

    A hypervisor that gives the processors to somebody else counts as others.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self._at, self._busy, self._own = time.monotonic(), _busy_s(), own_cpu_s()

    def share(self) -> float:
        """The share since ``begin``."""
        seconds = (time.monotonic() - self._at) * (os.cpu_count() or 1)
        used = (_busy_s() - self._busy) - (own_cpu_s() - self._own)
        return min(1.0, max(0.0, used / seconds))


def own_cpu_s() -> float:
    """Seconds of processor time of this process and all it has started."""
    return cpu_s(psutil.Process())


def cpu_s(process: psutil.Process) -> float:
    """Seconds of processor time of a process and all it has started, ended ones included."""
    seconds = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            seconds += sum(one.cpu_times()[:4])  # user, system, and both of children that have ended
        except psutil.NoSuchProcess:
            continue
    return seconds


def memory_mib(process: psutil.Process) -> float:
    """Resident memory of a process and its children, each page counted once (PSS); MiB."""
    mib = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            mib += one.memory_full_info().pss / 2**20
        except psutil.NoSuchProcess:
            continue
    return mib


def _busy_s() -> float:
    times = psutil.cpu_times()
    return sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)


def server_of(address: str) -> psutil.Process:
    """The server that this process has started for the address; LookupError where there is none."""
    port = address.rsplit(":", 1)[1]
    for child in psutil.Process().children():
        if port in child.cmdline():
            return child
    raise LookupError(address)
