"""Numbers and dates that mean something else than they seem to: hours as seconds, thousands as ones, days as months."""

import pytest

from qa.importing import propose
from qa.importing.errors import Refused

HEAD = "工号,日期,签入时长,排班时长\n"


def notes(summary) -> str:
    return " ".join(note.en + note.zh for file in summary.files for note in file.notes)


@pytest.mark.parametrize(
    ("login", "scheduled", "told"),
    [
        ("8.5", "9", "hours"), ("8:30", "9:00", "hours"), ("510", "540", "minutes"),
        ("30600", "32400", ""), ("8:30:00", "9:00:00", ""), ("8小时30分", "9小时", ""),
    ],
)  # fmt: skip
def test_a_days_work_is_not_counted_in_seconds_that_can_only_be_hours_or_minutes(desk, login, scheduled, told):
    summary = desk.load(desk.file(f"{HEAD}0012,2026-10-05,{login},{scheduled}\n0013,2026-10-05,{login},\n"), accept=True)
    assert desk.rows("agent_days", "login_s::int, scheduled_s::int", "agent_id") == [(30600, 32400), (30600, None)]
    assert (told in notes(summary)) if told else "一天的秒数" not in notes(summary)


def test_one_short_day_among_days_of_seconds_stays_one(desk):
    desk.load(desk.file(f"{HEAD}0012,2026-10-05,12,28800\n0013,2026-10-05,28800,28800\n"), accept=True)
    assert desk.rows("agent_days", "login_s::int", "agent_id") == [(12,), (28800,)]


@pytest.mark.parametrize(
    ("talk", "hold", "told"),
    [("Talk Time (min)", "Hold Time", True), ("Talk Time (sec)", "Hold Time", False), ("Talk Time (min)", "Hold Time (min)", False)],
)
def test_durations_beside_one_that_names_its_unit_are_told_to_count_as_seconds(desk, talk, hold, told):
    proposal = propose(desk.file(f"Call ID,Start Time,Answered,{talk},{hold}\n1,2026-10-05 09:00,Y,3.5,0.5\n2,2026-10-05 09:01,Y,2,1\n"))
    wanted = 'hold_s = { from = "Hold Time", unit = "min" }'
    assert any(wanted in note.en and wanted in note.zh for note in proposal.notes) == told


@pytest.mark.parametrize(
    ("header", "last", "told"), [("Talk Time", 45, True), ("Talk Time", 600, False), ("Talk Time (sec)", 45, False), ("Talk Time (min)", 45, False)]
)
def test_short_talk_times_without_a_unit_are_told_to_count_as_seconds(desk, header, last, told):
    rows = "".join(f"{i},2026-10-05 09:00,Y,{talk}\n" for i, talk in enumerate([*range(5, 17), last]))
    proposal = propose(desk.file(f"Call ID,Start Time,Answered,{header}\n" + rows))
    assert any('unit = "min"' in note.en and 'unit = "min"' in note.zh for note in proposal.notes) == told


@pytest.mark.parametrize(
    ("counts", "read"),
    [
        (("1.000", "900"), (1000, 900)), (("1.234", "12.000"), (1234, 12000)), (("1.234.567", "1.000"), (1234567, 1000)),
        (("2.000", "1.000"), (2, 1)), (("1.0", "12.0"), (1, 12)), (("1000", "900"), (1000, 900)),
    ],
)  # fmt: skip
def test_points_in_counts_stand_between_thousands_where_they_can_be_nothing_else(desk, counts, read):
    summary = desk.load(desk.file("日期,呼入量,接通量,放弃量\n" + "".join(f"2026-10-0{i},{n},0,\n" for i, n in enumerate(counts, start=1))), accept=True)
    assert tuple(offered for (offered,) in desk.rows("call_counts", "offered", "period")) == read
    assert ("千位" in notes(summary)) == (max(read) >= 1000 and "." in "".join(counts))


def test_what_stands_beside_such_counts_is_written_alike(desk):
    desk.load(desk.file("日期,呼入量,接通量,通话总时长\n2026-10-01,1.200,900,12.500\n2026-10-02,1.100,950,9.800\n"), accept=True)
    assert desk.rows("call_counts", "offered, talk_s::int", "period") == [(1200, 12500), (1100, 9800)]


def test_days_of_a_month_are_not_taken_for_months_of_the_year_2001(desk):
    with pytest.raises(Refused, match="without a year.*Oct-01.*2026-10"):
        desk.load(desk.file("Date,Offered,Answered\n" + "".join(f"Oct-{i:02},100,90\n" for i in range(1, 15))), accept=True)


def test_months_with_short_years_are_read_and_told(desk):
    rows = "".join(f"{month},A,100,90\n" for month in ("Oct-25", "Nov-25", "Dec-25", "Jan-26"))
    summary = desk.load(desk.file("Month,Queue,Offered,Answered\n" + rows), accept=True)
    assert [str(day) for (day,) in desk.rows("call_counts", "period", "period")] == ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01"]
    assert "2025" in notes(summary)


SCORES = "质检编号,工号,质检员,质检时间,得分\n"


@pytest.mark.parametrize(
    ("later", "loaded", "rejected"),
    [(("0.95", "0.8"), [], ["0.95", "0.8"]), (("95", "0.5"), [95, 0.5], []), (("95%", "0.9"), [95], ["0.9"]), (("0", "100"), [0, 100], [])],
)
def test_shares_in_a_later_file_of_percent_are_not_taken_for_hundredths(desk, later, loaded, rejected):
    desk.load(desk.file(SCORES + "Q1,01,e,2026-10-05,85.5%\n"), accept=True)
    rows = "".join(f"R{i},01,e,2026-11-05,{score}\n" for i, score in enumerate(later))
    desk.load(desk.file(SCORES + rows, "nov.csv"))
    assert [score for (score,) in desk.rows("evaluations", "score::double", "evaluation_id")] == [85.5, *loaded]
    told = desk.quarantine("evaluations")
    assert [row[3] for row in told] == rejected and all("95%" in row[4] and "write 95%" in row[5] for row in told)
