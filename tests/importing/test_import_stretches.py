"""Counts by stretches of a day whose day and beginning stand in one column."""

import pytest

from qa.importing import propose

HEAD = "{0},Queue,Offered,Answered,Total Talk Time\n"


def counted(desk) -> list[tuple]:
    return [(str(day), *rest) for day, *rest in desk.rows("call_counts", "period, queue, offered, answered, talk_s::int", "all")]


@pytest.mark.parametrize("header", ["timestamp", "Interval Start", "Date", "时间", "统计时段"])
@pytest.mark.parametrize("form", ["2026-01-{0:02d} {1:02d}:{2:02d}:00", "2026/1/{0} {1}:{2:02d}", "2026-01-{0:02d}T{1:02d}:{2:02d}:00"])
def test_half_hours_of_a_day_are_added_up_and_the_user_is_told(desk, header, form):
    rows = [((5, 8, 0), "A", 10), ((5, 8, 30), "A", 20), ((5, 8, 0), "B", 4), ((6, 0, 0), "A", 7)]
    text = HEAD.format(header) + "".join(f"{form.format(*at)},{queue},{offered},{offered - 1},{offered * 60}\n" for at, queue, offered in rows)
    summary = desk.load(desk.file(text), accept=True)
    assert counted(desk) == [("2026-01-05", "A", 30, 28, 1800), ("2026-01-05", "B", 4, 3, 240), ("2026-01-06", "A", 7, 6, 420)]
    assert any(f"stretch of a day ({header})" in note.en and "按天相加" in note.zh for note in summary.files[0].notes)


def test_midnights_are_days(desk):
    desk.load(desk.file(HEAD.format("Date") + "2026-01-05 00:00:00,A,10,9,60\n2026-01-06 00:00:00,A,20,19,60\n"), accept=True)
    assert [row[2] for row in counted(desk)] == [10, 20]


@pytest.mark.parametrize("rows", ["2026-01-05 08:00,A,10,9,60\n2026-01-05 08:00,A,20,19,60\n", "2026-01-05 08:17,A,10,9,60\n2026-01-05 09:41,A,20,19,60\n"])
def test_what_comes_twice_and_times_that_begin_no_stretch_are_not_added(desk, rows):
    assert not any(fill.group_by for fill in propose(desk.file(HEAD.format("Date") + rows)).mapping.table if fill.fills == "call_counts")
