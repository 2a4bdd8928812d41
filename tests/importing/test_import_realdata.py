"""Real files, imported by the mappings shipped for them, give the numbers known of them."""

import csv

import duckdb
import pytest

from tests.importing.desk import real


def total(desk, table, expression):
    return duckdb.execute(
        f"select {expression} from read_parquet($glob, hive_partitioning = false)",
        {"glob": f"{desk.into}/{table}/**/*.parquet"},
    ).fetchone()


@pytest.mark.parametrize("name", ["call_center.csv", "01 Call-Center-Dataset (Cleaned).xlsx"])
def test_pwc_calls_and_surveys_from_the_same_rows(desk, name):
    summary = desk.load(real(f"pwc_call_center/{name}"))
    assert summary.status == 0 and summary.files[0].mapping == "pwc_call_center"
    assert total(
        desk,
        "calls",
        "count(*), count(*) filter (answered), count(wait_s), sum(wait_s), min(started_at)::varchar, max(started_at)::date::varchar",
    ) == (
        5000,
        4054,
        4054,
        273729,
        "2021-01-01 09:12:58",
        "2021-03-31",
    )
    assert total(desk, "surveys", "count(*), count(answered_at), count(score), sum(score)") == (5000, 4054, 4054, 13798)
    assert total(desk, "agents", "count(*)") == (8,)


def test_pwc_workbook_after_the_csv_changes_nothing(desk):
    desk.load(real("pwc_call_center/call_center.csv"))
    before = desk.state()
    assert not desk.load(real("pwc_call_center/01 Call-Center-Dataset (Cleaned).xlsx")).changed
    assert desk.state() == before


def test_pwc_invented_sheet_cannot_slip_in(desk):
    summary = desk.load(
        real("pwc_call_center/01 Call-Center-Dataset (Cleaned).xlsx"), mapping="pwc_call_center", sheet="Clean2"
    )
    calls = next(t for t in summary.tables if t.table == "calls")
    assert calls.quarantined == 5000


def test_nhs_counts(desk):
    summary = desk.load(real("nhs111_calls/NHS Calls.csv"))
    assert summary.status == 0
    assert total(
        desk,
        "call_counts",
        "count(*), sum(offered), sum(answered), sum(abandoned), sum(answered_in_target), min(period)::varchar, max(period)::varchar",
    ) == (
        534,
        14_039_579,
        13_009_408,
        440_988,
        11_423_835,
        "2015-04-01",
        "2016-03-01",
    )
    assert desk.rows("centers", "name", "center_id")[0] is not None
    assert total(desk, "centers", "count(*), max(name) filter (center_id = '111AF5')") == (
        46,
        "NORTH WEST EXC BLACKPOOL NHS 111",
    )


def test_fed_evaluations_with_different_full_marks(desk):
    summary = desk.load(real("fed_dialog_quality/derived_long.csv"))
    assert summary.status == 0
    assert total(desk, "evaluations", "count(*), count(distinct evaluation_id), count(distinct call_id)") == (
        2500,
        2500,
        500,
    )
    assert total(
        desk, "evaluation_items", "count(*), count(*) filter (not_applicable), count(*) filter (points is null)"
    ) == (23_750, 167, 167)
    means = duckdb.execute(
        """select scorecard_id, agent_id, round(avg(points), 3), count(*) from read_parquet($items) join read_parquet($evaluations) using (evaluation_id)
        where item_id = 'Overall' and points is not null group by all order by all""",
        {"items": f"{desk.into}/evaluation_items/**/*.parquet", "evaluations": f"{desk.into}/evaluations/**/*.parquet"},
    ).fetchall()
    assert means == [
        ("dialog", "Human", 3.41, 205),
        ("dialog", "Meena", 2.995, 200),
        ("dialog", "Mitsuku", 2.059, 220),
        ("turn", "Human", 3.171, 615),
        ("turn", "Meena", 3.067, 600),
        ("turn", "Mitsuku", 2.282, 660),
    ]


def test_fed_inapplicable_criteria_lower_the_full_mark(desk):
    desk.load(real("fed_dialog_quality/derived_long.csv"))
    full = {row[0] for row in desk.rows("evaluations", "distinct full_mark") if row}
    assert 23 in full and 21 in full and max(full) == 23


def test_comments_byte_for_byte(desk):
    for name, count in (("waimai_comments1", 11_987), ("dianping_comments", 2_000)):
        path = real(f"chinese_comments/{name}.csv")
        desk.load(path)
        loaded = dict(desk.rows("surveys", "survey_id, comment", "survey_id"))
        with path.open(encoding="utf-8", newline="") as file:
            wanted = {f"{name}-{i}": row["comment"] for i, row in enumerate(csv.DictReader(file), start=2)}
        assert len(wanted) == count
        assert {key: loaded[key] for key in wanted} == wanted
