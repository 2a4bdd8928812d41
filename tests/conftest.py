"""What all tests may ask for: the small sample, a board served from it, a database."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from qa.i18n import set_language
from tests.serving import ROOT, running_board
from tests.support.shelf import SHELF
from tools import postgres as databases

# Tests name their own extracts and store; those of the person who runs them stay out of it.
for name in ("QA_DATA", "QA_STORE"):
    os.environ.pop(name, None)
# What nobody has asked for yet is computed where a test wants it.
os.environ["QA_AHEAD"] = "0"

# A shared machine is slow at times: no deadlines. CI repeats the same examples, so a red run is red again.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("here"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "here"))


@pytest.fixture(autouse=True)
def _chinese_first() -> Iterator[None]:
    """Whatever language a test chooses, the next one begins in Chinese."""
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _worlds(shared: Path) -> None:
    """Worlds of the same rows are built once."""
    SHELF.home = shared / "worlds"


@pytest.fixture(scope="session")
def sample(shared: Path) -> Path:
    """The small sample with its build, made once for all workers; read it, never write to it."""
    extracts, complete = shared / "sample", shared / "sample-is-complete"
    with FileLock(shared / "sample.lock"):
        if not complete.exists():
            shutil.rmtree(extracts, ignore_errors=True)
            _qa("sample", "--into", str(extracts), "--scale", "small")
            _qa("build", "--data", str(extracts))
            complete.touch()
    return extracts


@pytest.fixture(scope="session")
def board(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board on the small sample, one a worker."""
    with running_board(sample, tmp_path_factory.mktemp("board") / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, one a worker; each test makes a database of its own in it."""
    from tests.support.postgres import running_postgres

    programs = databases.find()
    if programs is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(databases.NOT_FOUND)
    with running_postgres(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: a SQLite file, and one of a PostgreSQL server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'board.sqlite'}"
    from tests.support.postgres import new_database

    return new_database(request.getfixturevalue("postgres"), f"board_{uuid4().hex}")


def _qa(*arguments: str) -> None:
    """Run the command line; what it printed is the failure when it fails."""
    done = subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"python -m qa {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
