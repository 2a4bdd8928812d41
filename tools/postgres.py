"""Where this computer's PostgreSQL programs are; with --install, put them there first (Debian and Ubuntu)."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import debian

NOT_FOUND = """\
No PostgreSQL server was found. Install one, or name the folder of its programs: make test POSTGRES=/usr/lib/postgresql/15/bin
未找到 PostgreSQL 服务器。请安装，或指定其程序所在目录：make test POSTGRES=/usr/lib/postgresql/15/bin"""


def find() -> Path | None:
    """The folder with initdb and postgres: the one named by $POSTGRES, else the newest of the usual places; None where there is none."""
    named = os.environ.get("POSTGRES")
    places = [Path(named)] if named else _usual_places()
    return next((place for place in places if _has_server(place)), None)


def _usual_places() -> Iterator[Path]:
    """Debian keeps each version's programs in a folder of its own, off the path; others put them on it."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda path: -float(path.parent.name) if path.parent.name.isdigit() else 0.0)
    found = shutil.which("initdb")
    if found:
        yield Path(found).parent
    for root in ("/opt/homebrew/opt", "/usr/local/opt"):
        yield from sorted((path / "bin" for path in Path(root).glob("postgresql*")), reverse=True)
    yield from sorted(Path(os.environ.get("PROGRAMFILES", "/nowhere")).glob("PostgreSQL/*/bin"), reverse=True)


def _has_server(folder: Path) -> bool:
    ending = ".exe" if os.name == "nt" else ""
    return all((folder / f"{name}{ending}").is_file() for name in ("initdb", "postgres"))


def main(arguments: list[str]) -> None:
    """Print the folder, or stop with one sentence on what to do."""
    if "--install" in arguments and not os.environ.get("POSTGRES") and not find():
        debian.install("postgresql")
    folder = find()
    if folder is None:
        sys.exit(NOT_FOUND)
    print(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
