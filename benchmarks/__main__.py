"""How fast the board is here: the build of the medium sample, and a click on the period until all is drawn. `make bench`."""

import shutil
import subprocess
import sys
import time

from benchmarks.click_to_drawn import WORK, click_times, report
from tests.serving import ROOT, running_board


def main() -> None:
    """Print the figures of this machine."""
    extracts = WORK / "medium"
    if not extracts.exists():
        _qa("sample", "--into", str(extracts), "--scale", "medium")
    shutil.rmtree(extracts / "rollups", ignore_errors=True)
    started = time.perf_counter()
    _qa("build", "--data", str(extracts))
    print(f"full build of 2 M calls: {time.perf_counter() - started:.1f} s")
    with running_board(extracts, WORK / "board.log") as address:
        report(click_times(address))


def _qa(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
