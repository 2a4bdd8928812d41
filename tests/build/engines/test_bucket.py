"""Extracts and rollups in a bucket: builders take and put, boards take, on an S3 server of the tests' own."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.bucket import Bucket, take_extracts
from qa.build import mirror as mirrors
from qa.build.manifest import current_manifest
from qa.build.run import build, take
from qa.cli.app import app
from qa.config import FILE_NAME, Config, EngineChoice, Storage, load_config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.problems import Problem
from qa.sources import ROLLUPS
from qa.warehouse import Warehouse
from tests.build.engines.test_same_rollups import assert_same
from tests.build.rollups import contents
from tests.oracle import random_tables
from tests.serving import free_port, is_open
from tests.support.s3 import BUCKET, HOST, running_s3
from tests.support.world import DEFAULTS, write_rows


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """What a client of the server needs in its environment."""
    with running_s3(tmp_path_factory.mktemp("s3")) as client:
        yield client


@pytest.fixture
def storage(server, request, monkeypatch) -> Storage:
    """A place of its own in the bucket; this process has the keys."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return Storage(url=f"s3://{BUCKET}/{request.node.name}", endpoint=server["AWS_ENDPOINT_URL"])


@pytest.fixture
def bucket(storage) -> Bucket:
    """The place, opened."""
    return Bucket(storage)


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A month of extracts, its calls in two objects, built by DuckDB without a bucket."""
    folder = tmp_path_factory.mktemp("source")
    for name, rows in random_tables(0).items():
        time = TABLES[name].time
        of_month = [row for row in rows if not time or f"{row[time]:%Y-%m}" == "2026-09"]
        parts = {"data": of_month[::2], "more": of_month[1::2]} if name == "calls" else {"data": of_month}
        for file, part in parts.items():
            write_rows(folder, name, part, f"{file}.parquet")
    assert build(folder, load_config(folder))
    return folder


@pytest.fixture
def filled(source, bucket, tmp_path) -> Path:
    """The extracts, and the bucket with the same as a pipeline would leave them there."""
    folder = Path(shutil.copytree(source, tmp_path / "source"))
    bucket.upload({path: path.relative_to(folder).as_posix() for name in TABLES for path in (folder / name).rglob("*.parquet")})
    return folder


def machine(folder: Path, storage: Storage, engine: EngineChoice | None = None) -> tuple[Path, Config]:
    """A machine's own folder, nothing in it but the configuration."""
    folder.mkdir()
    (folder / FILE_NAME).write_text(f'[storage]\nurl = "{storage.url}"\nendpoint = "{storage.endpoint}"\n', encoding="utf-8")
    config = load_config(folder)
    assert config.storage == storage
    return folder, config.model_copy(update={"engine": engine or EngineChoice()})


def assert_same_builds(ours: Path, theirs: Path) -> None:
    expected, found = contents(ours), contents(theirs)
    for name in ROLLUPS:
        assert_same(expected[name], found[name])


def test_a_build_from_the_bucket_is_taken_by_a_board_elsewhere(filled, storage, bucket, tmp_path):
    builder, config = machine(tmp_path / "builder", storage)
    built = build(builder, config)
    assert_same_builds(filled, builder)

    board, _config = machine(tmp_path / "board", storage)
    assert app(["take", "--data", str(board)], result_action="return_value") == 0
    assert current_manifest(board).id == built.manifest.id
    assert_same_builds(filled, board)
    assert Warehouse.open(board).centers.height

    assert build(builder, config).made == 0, "taken again, nothing is new"
    assert bucket.read("rollups/current").decode() == built.manifest.id


def test_changed_objects_are_taken_and_no_others(filled, storage, bucket, tmp_path):
    board, config = machine(tmp_path / "board", storage)
    take(board, config)
    before = {path: path.stat().st_mtime_ns for path in board.rglob("*.parquet")}
    write_rows(board, "trainings", [DEFAULTS["trainings"] | {"training_id": "T1", "agent_id": "A1"}], "ours.parquet")

    first, second, *_rest = sorted(Extracts(filled).files("calls"))
    fresh = filled / "calls" / first.parent.name / "late.parquet"
    fresh.write_bytes(second.read_bytes())
    bucket.upload({fresh: fresh.relative_to(filled).as_posix(), second: first.relative_to(filled).as_posix()})
    bucket.remove([second.relative_to(filled).as_posix()])

    assert take_extracts(bucket, board) == 3
    assert (board / "calls" / first.parent.name / first.name).read_bytes() == second.read_bytes()
    assert (board / fresh.relative_to(filled)).exists()
    assert not (board / second.relative_to(filled)).exists()
    assert list((board / "trainings").rglob("ours.parquet")), "what never came from the bucket stays"
    untouched = [path for path in before if "calls" not in path.parts and path.exists()]
    assert untouched and all(path.stat().st_mtime_ns == before[path] for path in untouched)
    assert take_extracts(bucket, board) == 0


def test_a_take_that_fails_leaves_the_extracts_as_they_were(filled, storage, bucket, tmp_path, monkeypatch):
    board, config = machine(tmp_path / "board", storage)
    take(board, config)
    before = {path: path.read_bytes() for path in board.rglob("*.parquet")}
    objects = sorted(Extracts(filled).files("calls"))
    bucket.upload({objects[0]: objects[1].relative_to(filled).as_posix(), objects[1]: objects[0].relative_to(filled).as_posix()})
    first_taken = []

    def interrupted(self, key, path):
        if first_taken:
            raise ConnectionError("the line is cut")
        first_taken.append(key)
        path.write_bytes(self.read(key))

    with monkeypatch.context() as cut:
        cut.setattr(Bucket, "_take", interrupted)
        with pytest.raises(ConnectionError):
            take_extracts(bucket, board)
    assert {path: path.read_bytes() for path in board.rglob("*.parquet") if ".staging" not in path.parts} == before
    assert take_extracts(bucket, board) == 2


def test_readers_keep_the_old_build_until_the_new_one_is_whole_there(filled, storage, bucket, tmp_path, monkeypatch):
    builder, config = machine(tmp_path / "builder", storage)
    old = build(builder, config).manifest
    some = Extracts(filled).files("surveys")[0]
    bucket.upload({some: some.relative_to(filled).with_name("late.parquet").as_posix()})
    board, board_config = machine(tmp_path / "board", storage)
    with monkeypatch.context() as cut:
        cut.setattr(Bucket, "upload", lambda *_arguments: (_ for _ in ()).throw(ConnectionError("the line is cut")))
        with pytest.raises(ConnectionError):
            build(builder, config)
    take(board, board_config)
    assert current_manifest(board).id == old.id
    again = build(builder, config)
    assert again.made == 0 and again.manifest.id != old.id, "the next build puts there what the last one made"
    take(board, board_config)
    assert current_manifest(board).id == again.manifest.id


def test_nobody_steps_back_to_an_older_build(filled, storage, bucket, tmp_path):
    builder, config = machine(tmp_path / "builder", storage)
    old = build(builder, config).manifest
    newer = old.model_copy(update={"id": "newer", "built_at": old.built_at.replace(year=old.built_at.year + 1)})
    mirrors.publish(builder, newer)
    assert mirrors.take_build(bucket, builder) is None
    assert current_manifest(builder).id == "newer"


def test_old_objects_that_no_build_has_are_removed(filled, storage, bucket, tmp_path, monkeypatch):
    builder, config = machine(tmp_path / "builder", storage)
    build(builder, config)
    bucket.write("rollups/calls_by_agent_day/month=2020-01/forgotten.parquet", b"")
    build(builder, config)
    assert bucket.read("rollups/calls_by_agent_day/month=2020-01/forgotten.parquet") == b"", "someone may be about to publish it"
    monkeypatch.setattr(mirrors, "is_old", lambda _mark: True)
    build(builder, config)
    assert bucket.read("rollups/calls_by_agent_day/month=2020-01/forgotten.parquet") is None
    rollups = builder / "rollups"
    ours = [*rollups.glob("*/*/*.parquet"), *rollups.glob("builds/*.json"), rollups / "current"]
    assert set(bucket.objects("rollups")) == {path.relative_to(builder).as_posix() for path in ours}


def test_an_address_of_another_kind_is_refused(tmp_path):
    with pytest.raises(Problem, match="s3://"):
        build(tmp_path, Config(storage=Storage(url="https://example.com/bucket")))


def test_take_without_a_bucket_says_where_to_name_one(tmp_path):
    with pytest.raises(Problem, match=FILE_NAME):
        app(["take", "--data", str(tmp_path)], result_action="return_value")


@pytest.fixture(scope="module")
def spark_with_keys(server, tmp_path_factory):
    """A Spark Connect server that reads the bucket by itself."""
    port, log = free_port(), tmp_path_factory.mktemp("spark") / "server.log"
    surroundings = {**os.environ, **server, "AWS_ENDPOINT": server["AWS_ENDPOINT_URL"], "AWS_ALLOW_HTTP": "true", "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "false"}
    command = [sys.executable, "-m", "pysail", "spark", "server", "--ip", HOST, "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=surroundings, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(port, process, log)
        yield f"sc://{HOST}:{port}"
    finally:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen, log: Path, patience_s: float = 60) -> None:
    """Return once the server can be connected to."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and process.poll() is None:
        if is_open(port):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The Spark Connect server did not start (exit status {process.poll()}):\n{log.read_text(errors='replace')[-3000:]}")


def test_a_cluster_reads_and_writes_the_bucket(filled, storage, bucket, spark_with_keys, tmp_path):
    builder, config = machine(tmp_path / "builder", storage, EngineChoice(kind="spark", url=spark_with_keys))
    built = build(builder, config)
    assert built.made
    assert_same_builds(filled, builder)
    board, board_config = machine(tmp_path / "board", storage)
    take(board, board_config)
    assert current_manifest(board).id == built.manifest.id
    assert_same_builds(filled, board)
    assert not bucket.objects(".spark"), "what the workers wrote on the way is gone"
