"""Merging by key into extracts of any layout, touching only the files whose rows change."""

from pathlib import Path

import duckdb
import polars as pl

from qa.contract import TABLES
from tests.importing.desk import plain

JANUARY, FEBRUARY, MARCH = "1,SH,,2024-01-05,Y,5,60\n", "2,SH,,2024-02-05,Y,5,60\n", "3,SH,,2024-03-05,Y,5,60\n"


def layout(desk) -> list[str]:
    return sorted(path.relative_to(desk.into).as_posix() for path in (desk.into / "calls").rglob("*.parquet"))


def counts(summary) -> tuple[int, int, int]:
    table = summary.tables[-1]
    return table.loaded, table.replaced, table.unchanged


def test_months_have_a_file_each_with_the_contract_columns_and_types(desk):
    desk.centers()
    desk.calls(JANUARY + FEBRUARY)
    assert layout(desk) == ["calls/month=2024-01/data.parquet", "calls/month=2024-02/data.parquet"]
    described = duckdb.execute(
        "describe select * from read_parquet($f, hive_partitioning = false)",
        {"f": f"{desk.into}/calls/month=2024-01/data.parquet"},
    ).fetchall()
    assert [(row[0], row[1]) for row in described] == [(c.name, c.type.value) for c in TABLES["calls"].columns]


def test_the_same_file_again_changes_nothing_at_all(desk):
    desk.centers()
    assert counts(desk.calls(JANUARY + FEBRUARY)) == (2, 0, 0)
    before = desk.state()
    assert counts(desk.calls(JANUARY + FEBRUARY)) == (0, 0, 2)
    assert desk.state() == before


def test_a_correction_rewrites_its_month_only(desk):
    desk.centers()
    desk.calls(JANUARY + FEBRUARY)
    before = desk.state()
    assert counts(desk.calls("2,SH,,2024-02-05,Y,9,60\n")) == (0, 1, 0)
    changed = {name for name, state in desk.state().items() if before.get(name) != state}
    assert changed == {"calls/month=2024-02/data.parquet", ".version"}
    assert desk.rows("calls", "call_id, wait_s::int") == [("1", 5), ("2", 9)]


def test_a_correction_may_move_a_row_to_another_month(desk):
    desk.centers()
    desk.calls(JANUARY + FEBRUARY)
    desk.calls("2,SH,,2024-01-06,Y,5,60\n")
    assert layout(desk) == ["calls/month=2024-01/data.parquet"]
    assert desk.rows("calls", "call_id, started_at::date::varchar") == [("1", "2024-01-05"), ("2", "2024-01-06")]


def test_files_put_there_by_others_are_merged_with(desk):
    desk.centers()
    (desk.into / "calls" / "2024").mkdir(parents=True)
    base = {"center_id": "SH", "queue": "q", "direction": "inbound", "answered": True, "wait_s": 5.0, "talk_s": 60.0}
    for name, rows in {
        "calls/part-1.parquet": [("1", "2024-01-05"), ("2", "2024-02-05")],
        "calls/2024/b.parquet": [("3", "2024-03-05")],
    }.items():
        frame = pl.DataFrame([{**base, "call_id": key, "started_at": at} for key, at in rows]).with_columns(
            pl.col("started_at").str.to_datetime()
        )
        frame.write_parquet(desk.into / name)
    untouched = (desk.into / "calls/2024/b.parquet").stat().st_mtime_ns
    assert counts(desk.calls("3,SH,,2024-03-05,Y,5,60\n")) == (0, 0, 1)
    assert counts(desk.calls("1,SH,,2024-01-05,Y,7,60\n4,SH,,2024-01-06,Y,5,60\n")) == (1, 1, 0)
    assert layout(desk) == [
        "calls/2024/b.parquet",
        "calls/month=2024-01/data.parquet",
        "calls/month=2024-02/data.parquet",
    ]
    assert (desk.into / "calls/2024/b.parquet").stat().st_mtime_ns == untouched
    files = [str(Path(desk.into) / name) for name in layout(desk)]
    rows = duckdb.execute(
        "select call_id, wait_s::int from read_parquet($f, union_by_name = true, hive_partitioning = false) order by all",
        {"f": files},
    ).fetchall()
    assert rows == [("1", 7), ("2", 5), ("3", 5), ("4", 5)]


def test_a_key_that_lies_twice_in_others_files_becomes_one(desk):
    desk.centers()
    desk.calls(JANUARY)
    source = desk.into / "calls/month=2024-01/data.parquet"
    (desk.into / "calls/copy.parquet").write_bytes(source.read_bytes())
    assert counts(desk.calls(JANUARY)) == (0, 1, 0)
    assert layout(desk) == ["calls/month=2024-01/data.parquet"] and len(desk.rows("calls")) == 1


def test_null_keys_are_keys(desk):
    desk.centers()
    mapping = plain("targets", "metric", "center_id", "queue", "valid_from", "minimum")
    path = desk.file(
        "metric,center_id,queue,valid_from,minimum\npass_rate,,,2024-01-01,95%\npass_rate,SH,,2024-01-01,0.9%\n", "t.csv"
    )
    mapping["table"][0]["columns"]["minimum"] = {"from": "minimum", "unit": "percent"}
    desk.load(path, mapping=mapping)
    assert [str(row[0]) for row in desk.rows("targets", "minimum", "center_id nulls first")] == ["0.9500", "0.0090"]
    assert counts(desk.load(path, mapping=mapping)) == (0, 0, 2)


def test_a_file_split_in_two_gives_the_same_extracts(desk, tmp_path):
    from tests.importing.desk import Desk

    other = Desk(desk.folder, tmp_path / "other")
    for place in (desk, other):
        place.centers()
    desk.calls(JANUARY + FEBRUARY + MARCH)
    other.calls(MARCH + JANUARY, "first.csv")
    other.calls(FEBRUARY, "second.csv")
    contents = [
        {name: content for name, (_, content) in place.state().items() if name.endswith(".parquet")}
        for place in (desk, other)
    ]
    assert contents[0] == contents[1]


def test_derived_agents_never_overwrite_what_is_known(desk):
    desk.centers()
    desk.load(
        desk.file("agent_id,name,center_id,team\n07,王,SH,一组\n", "a.csv"),
        mapping=plain("agents", "agent_id", "name", "center_id", "team"),
    )
    derived = {
        "fills": "agents",
        "unless_known": "agent_id",
        "group_by": ["agent"],
        "columns": {"agent_id": "agent", "name": "agent", "center_id": {"constant": "SH"}, "team": {"constant": "-"}},
    }
    desk.load(desk.file("agent\n07\n08\n", "b.csv"), mapping={"name": "b", "table": [derived]})
    assert desk.rows("agents", "agent_id, name, team", "agent_id") == [("07", "王", "一组"), ("08", "08", "-")]
