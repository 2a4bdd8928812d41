"""The data that is measured on: samples of the sizes that the budgets name, made once and kept.

``$BENCH_DATA`` names another folder to keep them in than ``benchmarks/work``.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from qa.contract import TABLES
from qa.extracts import Extracts
from qa.sample import SCALES, make_sample
from tests.serving import ROOT

WORK = Path(__file__).parent / "work"
SEED = 1
# For a server to start on a machine that is busy otherwise.
PATIENCE_S = 180
# The large sample's two years, six centers, eight queues and 600 agents, with other numbers of calls and of recordings.
SIZES = {
    "10m": replace(SCALES["large"], name="10m", calls=10_000_000, recordings=14),
    "100m": replace(SCALES["large"], name="100m", calls=100_000_000, recordings=14),
    "medium": SCALES["medium"],
    "small": SCALES["small"],
}


def extracts(size: str) -> Path:
    """The folder of extracts of one size, made now where it is absent. It may have no build yet."""
    # Logs and links lie there wherever the data are.
    WORK.mkdir(parents=True, exist_ok=True)
    folder = Path(os.environ.get("BENCH_DATA") or WORK) / size
    if not (folder / "truths.json").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        SCALES[size] = SIZES[size]
        make_sample(folder, size, SEED)
    return folder


def built(size: str) -> Path:
    """The folder of extracts of one size, with a build in force."""
    folder = extracts(size)
    qa("build", "--data", str(folder))
    return folder


def qa(*arguments: str) -> None:
    """Run a command of the board; CalledProcessError when it fails."""
    subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def linked(source: Path, into: Path) -> Path:
    """``into`` with the extracts of ``source``, file by file as links and without a build, so that files can be exchanged."""
    shutil.rmtree(into, ignore_errors=True)
    for name in TABLES:
        for path in Extracts(source).files(name):
            link = into / path.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path.resolve())
    return into
