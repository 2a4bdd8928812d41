"""An import killed at any moment leaves extracts that read whole, and the next one heals them."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from qa.extracts import JOURNAL, STAGING, Extracts, Journal
from qa.importing.errors import Refused
from tests.importing.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
ROWS = 4_000
KILLS = 5
MAPPING = """
fits = ["id", "started"]
[[table]]
fills = "calls"
[table.columns]
call_id = "id"
center_id = { constant = "SH" }
queue = { constant = "q" }
direction = { constant = "inbound" }
started_at = "started"
answered = { constant = true }
wait_s = "wait"
"""
IMPORT = (
    "import sys; from pathlib import Path; from qa.importing import run; run([Path(sys.argv[1])], Path(sys.argv[2]))"
)


def write_calls(desk: Desk, name: str, wait: int) -> Path:
    """Four months of calls that all waited so long."""
    lines = [f"{i},2024-{i % 4 + 1:02d}-{i % 28 + 1:02d} 09:00:00,{wait}" for i in range(ROWS)]
    return desk.file("id,started,wait\n" + "\n".join(lines) + "\n", name)


def waits(into: Path) -> set[tuple[int, int]]:
    """How many rows wait how long, as a reader sees it."""
    files = [str(path) for path in Extracts(into).files("calls")]
    return set(
        duckdb.execute(
            "select wait_s::int, count(*) from read_parquet($files, hive_partitioning = false) group by all",
            {"files": files},
        ).fetchall()
    )


def prepared(desk: Desk) -> tuple[Path, Path]:
    """An old state in the extracts; the files of the old and the new one."""
    (desk.into / "mappings").mkdir(parents=True)
    (desk.into / "mappings/m.toml").write_text(MAPPING, encoding="utf-8")
    desk.centers()
    old, new = write_calls(desk, "old.csv", 1), write_calls(desk, "new.csv", 2)
    desk.load(old)
    return old, new


def test_killed_at_random_moments(desk, tmp_path):
    files = prepared(desk)
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORT, str(files[0]), str(desk.into)], cwd=ROOT, check=True)
    whole_run = time.monotonic() - started
    chance = random.Random(7)
    for turn in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", IMPORT, str(files[(turn + 1) % 2]), str(desk.into)], cwd=ROOT)
        time.sleep(whole_run * chance.uniform(0.4, 1.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert waits(desk.into) in ({(1, ROWS)}, {(2, ROWS)})
    desk.load(files[1])
    assert waits(desk.into) == {(2, ROWS)}
    assert not (desk.into / JOURNAL).exists() and not list((desk.into / STAGING).glob("*"))
    other = Desk(desk.folder, tmp_path / "undisturbed")
    prepared(other)
    other.load(files[1])
    assert {name: content for name, (_, content) in desk.state().items() if name.endswith(".parquet")} == {
        name: content for name, (_, content) in other.state().items() if name.endswith(".parquet")
    }


def test_killed_between_journal_and_moves(desk, tmp_path):
    """The state of a kill right after the commit point, with the first file moved already, made by hand."""
    files = prepared(desk)
    after = Desk(desk.folder, tmp_path / "after")
    prepared(after)
    after.load(files[1])
    moves = {}
    for path in Extracts(after.into).files("calls"):
        target = path.relative_to(after.into).as_posix()
        staged = f"{STAGING}/dead/{target}"
        (desk.into / staged).parent.mkdir(parents=True)
        (desk.into / staged).write_bytes(path.read_bytes())
        moves[staged] = target
    (desk.into / JOURNAL).write_text(Journal("dead", moves).to_json(), encoding="utf-8")
    first = next(iter(moves))
    (desk.into / first).replace(desk.into / moves[first])
    assert waits(desk.into) == {(2, ROWS)}
    assert not desk.load(files[1]).changed
    assert waits(desk.into) == {(2, ROWS)} and not (desk.into / JOURNAL).exists()


def test_a_second_import_waits_for_the_first_and_then_says_so(desk):
    from qa.extracts import lock

    files = prepared(desk)
    with lock(desk.into, 0):
        try:
            desk.load(files[1], wait_s=0.1)
            raise AssertionError("two imports at once")
        except Refused as problem:
            assert "another import" in problem.text.en
    assert waits(desk.into) == {(1, ROWS)}
