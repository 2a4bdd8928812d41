"""What programs that write tables do to codes, spans of time and months."""

import polars as pl
import pytest

from qa.importing import propose

HEAD = "call_id,start_time,answered,talk_time,agent_id,customer_id\n"


def test_codes_that_became_numbers_with_decimals_are_codes_again_and_told(desk):
    rows = "1.0,2026-10-05 09:00,1,60.0,12.0,1001.0\n2.0,2026-10-05 09:10,0,,,nan\n"
    summary = desk.load(desk.file(HEAD + rows), accept=True)
    assert desk.rows("calls", "call_id, agent_id, customer_id, talk_s::int", "call_id") == [("1", "12", "1001", 60), ("2", None, None, None)]
    assert any("agent_id" in note.en and "12.0" in note.zh for note in summary.files[0].notes)


def test_so_are_those_of_a_parquet_file(desk):
    path = desk.folder / "calls.parquet"
    pl.DataFrame({"call_id": ["a", "b"], "start_time": ["2026-10-05 09:00"] * 2, "talk_time": [60.0, 0.5], "agent_id": [12.0, None]}).write_parquet(path)
    desk.load(path, accept=True)
    assert desk.rows("calls", "call_id, agent_id, talk_s::double", "call_id") == [("a", "12", 60.0), ("b", None, 0.5)]


@pytest.mark.parametrize("codes", [("1.0", "1.5"), ("1.0", "A2"), ("2.1", "3.1"), ("1.00", "2.00")])
def test_codes_with_other_points_stay(desk, codes):
    desk.load(desk.file(HEAD + "".join(f"{code},2026-10-05 09:00,1,60,,\n" for code in codes)), accept=True)
    assert [code for (code,) in desk.rows("calls", "call_id", "call_id")] == sorted(codes)


def test_one_other_code_far_down_leaves_all_as_they_are(desk):
    rows = "".join(f"{i}.0,2026-10-05 09:00,1,60,,\n" for i in range(1500)) + "X,2026-10-05 09:00,1,60,,\n"
    desk.load(desk.file(HEAD + rows), accept=True)
    assert desk.rows("calls", "count(*) filter (call_id like '%.0')") == [(1500,)]


def test_spans_of_time_with_days(desk):
    rows = "1,2026-10-05 09:00,1,0 days 00:04:12,,\n2,2026-10-05 09:00,1,1 day 00:00:01.5,,\n"
    desk.load(desk.file(HEAD + rows), accept=True)
    assert desk.rows("calls", "talk_s::double", "call_id") == [(252.0,), (86401.5,)]


@pytest.mark.parametrize("months", [("202603", "202604"), ("202610", "202611"), ("2026-03", "2026-04")])
def test_a_month_without_a_sign_in_it_is_a_month_and_no_day(desk, months):
    proposal = propose(desk.file("月份,呼入量,接通量\n" + "".join(f"{month},100,90\n" for month in months)))
    assert next(fill for fill in proposal.mapping.table if fill.fills == "call_counts").columns["grain"].constant == "month"
