"""Times that are counted since 1970, times without a day, and numbers of which a spreadsheet left the first digits."""

import pytest

from qa.importing import propose
from qa.importing.errors import NeedsUser
from tests.importing.desk import times

HEAD = "Call ID,Start Time,Answered,Talk Time,Queue\n"


@pytest.mark.parametrize(("form", "hour"), [("Asia/Shanghai", "08"), ("UTC", "00"), ("Asia/Shanghai epoch s", "08")])
def test_seconds_since_1970_are_the_clock_of_the_zone_that_is_said(desk, form, hour):
    assert times(desk, "1767571200", form=form) == [f"2026-01-05 {hour}:00:00"]


def test_milliseconds_since_1970_keep_their_fraction(desk):
    assert times(desk, "1767571200250", "1767571200000", form="Asia/Shanghai") == ["2026-01-05 08:00:00.250000", "2026-01-05 08:00:00"]


@pytest.mark.parametrize(("text", "word"), [("1767571200", "seconds"), ("1767571200000", "milliseconds")])
def test_whose_clock_a_count_since_1970_is_has_to_be_said(desk, text, word):
    with pytest.raises(NeedsUser, match=f"{word} since 1970.*2026-01-05 00:00:00") as asked:
        times(desk, text)
    assert "世界标准时" in asked.value.text.zh and asked.value.question.zones and asked.value.question.sources == ("started",)


def test_counts_beside_written_times_are_asked_about_by_row(desk):
    with pytest.raises(NeedsUser, match="rows 3"):
        times(desk, "1767571200", "2026-01-05 08:00:00", form="Asia/Shanghai")


def test_the_written_time_is_taken_before_the_count(desk):
    path = desk.file("uid,timestamp,datetime,answered,talk time\n1,1767571200,2026-01-05 08:00:00,Y,10\n2,1767571260,2026-01-05 08:01:00,Y,20\n")
    desk.load(path, accept=True)
    assert [str(at) for (at,) in desk.rows("calls", "started_at", "started_at")] == ["2026-01-05 08:00:00", "2026-01-05 08:01:00"]


@pytest.mark.parametrize("clocks", [("01:42.3", "11:53.2"), ("10:09", "10:18"), ("9:01:05 AM", "1:02:03 PM")])
def test_times_without_a_day_are_named_where_the_file_has_no_day(desk, clocks):
    path = desk.file(HEAD + "".join(f"{i},{clock},Y,60,q\n" for i, clock in enumerate(clocks)))
    with pytest.raises(NeedsUser, match=r"started_at.*Start Time has times without a day \(such as ") as asked:
        desk.load(path, accept=True)
    assert "“Start Time”只有钟点，没有日期" in asked.value.text.zh


def test_times_of_day_beside_a_day_are_no_fault(desk):
    path = desk.file("Call ID,Date,Start Time,Answered,Talk Time\n1,2026-10-05,10:09,Y,60\n2,2026-10-05,10:18,Y,60\n")
    assert not any("without a day" in note.en for note in propose(path).notes)
    desk.load(path, accept=True)
    assert [str(at) for (at,) in desk.rows("calls", "started_at", "started_at")] == ["2026-10-05 10:09:00", "2026-10-05 10:18:00"]


def test_callers_that_a_spreadsheet_cut_down_do_not_take_the_calls_with_them(desk):
    rows = "".join(f"{i},2026-10-05 09:00,Y,60,q,9.7152{i}E+11,97145810654\n" for i in range(4)) + "9,2026-10-05 09:00,Y,60,q,121,97145810654\n"
    summary = desk.load(desk.file(HEAD.strip() + ",Caller Number,Customer Phone\n" + rows), accept=True)
    assert len(desk.rows("calls")) == 5 and desk.quarantine("calls") == []
    assert desk.rows("calls", "count(customer_id)") == [(0,)]
    note = next(note for note in summary.files[0].notes if "Caller Number" in note.en)
    assert "9.71520E+11" in note.en and "9.71520E+11" in note.zh and "首次解决" in note.zh


def test_day_counts_of_a_spreadsheet_are_days_and_no_months(desk):
    desk.load(desk.file("Date,Queue,Offered,Answered\n46027,q,10,9\n46028,q,20,18\n"), accept=True)
    assert [(str(day), grain) for day, grain in desk.rows("call_counts", "period, grain", "period")] == [("2026-01-05", "day"), ("2026-01-06", "day")]
