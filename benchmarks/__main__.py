"""How fast the board is here. `make bench`, or a selection: `make bench ONLY=clicks,server`.

Each benchmark runs in a process of its own and keeps what it found under benchmarks/work/results; benchmarks/RESULTS.md is then
written from the latest figures of all of them. ``--size`` measures on smaller data, to try a benchmark out.
"""

import argparse
import subprocess
import sys
from importlib import import_module

from benchmarks import report
from benchmarks.data import SIZES
from benchmarks.results import Recorder
from tests.serving import ROOT

BENCHMARKS = ("clicks", "opening", "server", "build_speed", "import_speed", "scale")


def main() -> None:
    """Run what was asked for and write the report; with ``--here`` one benchmark in this process."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help=f"some of {', '.join(BENCHMARKS)}; all where empty")
    parser.add_argument("--size", choices=SIZES, help="other data than those of the budgets")
    parser.add_argument("--here", choices=BENCHMARKS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        return _measure(asked.here, asked.size)
    chosen = [name for name in asked.only.split(",") if name] or BENCHMARKS
    if unknown := set(chosen) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    failed = [name for name in chosen if not _ran(name, asked.size)]
    report.write()
    print(f"written: {report.RESULTS_MD}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _ran(name: str, size: str | None) -> bool:
    """Whether the benchmark ran to its end."""
    print(f"== {name}", flush=True)
    sized = ["--size", size] if size else []
    return subprocess.run([sys.executable, "-m", "benchmarks", "--here", name, *sized], cwd=ROOT, check=False).returncode == 0


def _measure(name: str, size: str | None) -> None:
    recorder = Recorder(name)
    measure = import_module(f"benchmarks.{name}").measure
    measure(recorder, size) if size else measure(recorder)
    recorder.save()


if __name__ == "__main__":
    main()
