"""Rows that sum up others, wherever the word that says so stands."""

import pytest

from qa.importing.choose import Proposed

COUNTS = "日期,中心,队列,呼入量,接通量\n"


def counted(desk, rows: str, header: str = COUNTS) -> tuple:
    desk.load(desk.file(header + rows), accept=True)
    return desk.rows("call_counts", "sum(offered)::int, sum(answered)::int")[0]


@pytest.mark.parametrize(
    ("place", "word"), [(1, "合计"), (1, "总计"), (2, "Total"), (2, "小计"), (1, "全国"), (2, "All"), (2, "全部")]
)
def test_totals_in_the_place_of_a_center_or_a_queue_are_not_counted_twice(desk, place, word):
    rows = [["2026-10-05", "成都", "A", "100", "90"], ["2026-10-05", "成都", "B", "50", "40"], ["2026-10-05", "成都", "C", "150", "130"]]
    rows[2][place], rows[2][2 if place == 1 else 1] = word, "A" if place == 1 else "成都"
    assert counted(desk, "".join(",".join(row) + "\n" for row in rows)) == (150, 130)
    assert word not in {center for (center,) in desk.rows("centers", "center_id")}


def test_totals_of_two_kinds_side_by_side(desk):
    rows = "成都,A,100,90\n武汉,A,50,40\n合计,A,150,130\n全国,A,150,130\n".replace("\n", "\n2026-10-05,").removesuffix("2026-10-05,")
    assert counted(desk, "2026-10-05," + rows) == (150, 130)


def test_a_queue_called_all_that_is_no_sum_of_the_others_stays(desk):
    rows = "2026-10-05,成都,A,100,90\n2026-10-05,成都,B,50,40\n2026-10-05,成都,All,20,10\n"
    assert counted(desk, rows) == (170, 140)


def test_counts_of_all_queues_alone_stay(desk):
    assert counted(desk, "2026-10-05,成都,All,100,90\n2026-10-06,成都,All,50,40\n") == (150, 130)


@pytest.mark.parametrize("word", ["合计", "Total"])
def test_totals_that_stand_alone_are_all_there_is_and_stay(desk, word):
    assert counted(desk, f"2026-10-05,成都,{word},100,90\n2026-10-06,成都,{word},50,40\n") == (150, 130)
    assert desk.rows("call_counts", "queue") == [(None,), (None,)] and not desk.quarantine("call_counts")


def test_the_sum_of_agents_is_no_agent_and_what_is_left_out_is_told(desk):
    path = desk.file("日期,工号,签入时长\n2026-10-05,0012,28800\n2026-10-05,0013,28800\n2026-10-05,合计,57600\n")
    with pytest.raises(Proposed) as proposed:
        desk.load(path)
    assert any("合计" in note.en and "重复" in note.zh for note in proposed.value.notes)
    desk.load(path, accept=True)
    assert desk.rows("agent_days", "agent_id", "agent_id") == desk.rows("agents", "agent_id", "agent_id") == [("0012",), ("0013",)]


def test_the_rest_of_a_day_in_a_second_file_is_told_to_replace_the_day(desk):
    """Nobody can tell it from a correction."""
    header = "日期,时段,呼入量,接通量\n"
    morning = "2026-10-05,09:00-10:00,10,9\n2026-10-05,10:00-11:00,12,12\n"
    assert not desk.load(desk.file(header + morning, "morning.csv"), accept=True).tables[-1].notes
    summary = desk.load(desk.file(header + "2026-10-05,11:00-12:00,5,5\n", "noon.csv"))
    told = [note for table in summary.tables for note in table.notes]
    assert any("not added" in note.en and "没有相加" in note.zh for note in told) and desk.rows("call_counts", "offered") == [(5,)]


def test_totals_that_come_with_a_later_file_go_to_quarantine_with_their_reason(desk):
    """The mapping of the first month knows none."""
    header = "日期,中心,队列,呼入量,接通量\n"
    desk.load(desk.file(header + "2026-10-05,成都,A,100,90\n2026-10-05,成都,B,50,40\n", "oct.csv"), accept=True)
    later = "2026-11-05,成都,A,100,90\n2026-11-05,成都,B,50,40\n2026-11-05,成都,合计,150,130\n2026-11-05,总计,A,150,130\n"
    assert desk.load(desk.file(header + later, "nov.csv")).files[0].mapping == "oct"
    assert desk.rows("call_counts", "sum(offered)::int") == [(300,)] and desk.rows("centers", "center_id") == [("成都",)]
    assert {row[3] for row in desk.quarantine("call_counts")} == {"合计", "总计; 总计"} and all("twice" in row[5] for row in desk.quarantine("call_counts"))


def test_rows_without_a_queue_that_add_up_to_the_others_are_their_totals(desk):
    days = "2026-10-05,成都,A,100,90\n2026-10-05,成都,B,50,40\n2026-10-05,成都,,150,130\n2026-10-06,成都,A,10,9\n"
    path = desk.file(COUNTS + days)
    with pytest.raises(Proposed) as proposed:
        desk.load(path)
    assert any("队列 is empty" in note.en and "“队列”空着" in note.zh for note in proposed.value.notes)
    assert counted(desk, days) == (160, 139)


def test_calls_of_no_queue_that_are_no_total_stay(desk):
    assert counted(desk, "2026-10-05,成都,A,100,90\n2026-10-05,成都,B,50,40\n2026-10-05,成都,,20,10\n") == (170, 140)
    assert counted(desk, "2026-10-07,成都,A,20,10\n2026-10-07,成都,,20,10\n") == (210, 160)


def test_what_a_mapping_leaves_out_of_a_later_file_is_counted(desk):
    counted(desk, "2026-10-05,成都,A,100,90\n2026-10-05,成都,B,50,40\n2026-10-05,成都,,150,130\n")
    summary = desk.load(desk.file(COUNTS + "2026-11-05,成都,A,7,7\n2026-11-05,成都,,3,3\n", "nov.csv"))
    assert any("1 row is left out" in note.en and "1 行没有导入" in note.zh for note in summary.files[0].notes)


HOURS = "日期,时段,队列,呼入量,接通量\n"
MORNING = "2026-10-05,08:00-09:00,A,10,9\n2026-10-05,09:00-10:00,A,20,18\n"


def test_the_total_of_a_day_among_its_hours_is_left_out_and_told(desk):
    rows = f"{MORNING}2026-10-05,合计,A,30,27\n2026-10-06,08:00-09:00,A,5,5\n2026-10-06,合计,A,5,5\n"
    summary = desk.load(desk.file(HOURS + rows), accept=True)
    assert desk.rows("call_counts", "offered, answered", "period") == [(30, 27), (5, 5)] and not desk.quarantine("call_counts")
    assert any("“时段”为“合计”" in note.zh and "时段 says 合计" in note.en for note in summary.files[0].notes)


@pytest.mark.parametrize("word", ["全天", "All day", ""])
def test_whatever_stands_for_the_whole_day_is_its_total_where_it_adds_up(desk, word):
    rows = f"{MORNING}2026-10-05,{word},A,30,27\n2026-10-06,08:00-09:00,A,5,5\n2026-10-06,09:00-10:00,A,7,5\n2026-10-06,{word},A,12,10\n"
    desk.load(desk.file(HOURS + rows), accept=True)
    assert desk.rows("call_counts", "offered, answered", "period") == [(30, 27), (12, 10)] and not desk.quarantine("call_counts")


def test_a_stretch_of_another_name_that_is_no_total_is_not_left_out(desk):
    rows = f"{MORNING}2026-10-05,夜班,A,4,4\n"
    desk.load(desk.file(HOURS + rows), accept=True)
    assert not desk.rows("call_counts") and len(desk.quarantine("call_counts")) == 3


def test_a_day_of_which_there_is_only_the_total_is_not_lost(desk):
    desk.load(desk.file(f"{HOURS}{MORNING}2026-10-06,合计,A,5,5\n"), accept=True)
    assert ("2026-10-06", 5) in [(str(day), offered) for day, offered in desk.rows("call_counts", "period, offered")]
