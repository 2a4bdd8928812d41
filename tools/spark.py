"""Where this computer's Java and Spark are; with --install, put them there first: Java from Debian, Spark from its wheel, for tests alone."""

import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.set_up import ENVIRONMENT, UV

PINNED = "pyspark==4.3.0"
# Apart from .venv itself: the client there has the same name.
FOLDER = ENVIRONMENT / "spark"
NOT_FOUND = """\
Spark needs Java 17 or newer. Install it, or make cluster as root on Debian or Ubuntu.
Spark 需要 Java 17 或更高版本。请先安装，或在 Debian、Ubuntu 上以 root 执行 make cluster。"""


def find() -> Path | None:
    """The home of Spark; None where it or Java is missing."""
    home = FOLDER / "pyspark"
    return home if shutil.which("java") and (home / "jars").is_dir() else None


def install() -> None:
    """Java, and Spark's own programs: 450 MB, without what its Python side needs."""
    if not shutil.which("java"):
        debian.install("default-jre-headless")
    if not (FOLDER / "pyspark" / "jars").is_dir():
        subprocess.run([UV, "pip", "install", "--quiet", "--no-deps", "--target", FOLDER, PINNED], check=True)


def main(arguments: list[str]) -> None:
    """Print the folder, or stop with one sentence on what to do."""
    if "--install" in arguments:
        install()
    home = find()
    if home is None:
        sys.exit(NOT_FOUND)
    print(home)


if __name__ == "__main__":
    main(sys.argv[1:])
