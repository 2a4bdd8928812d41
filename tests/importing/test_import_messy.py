"""Files with what people leave in them: unknown headers, full-width signs, merged cells, blank rows, lost zeros. None of it may pass unseen."""

import pytest
import xlsxwriter

from qa.importing.errors import NeedsUser
from qa.importing.mapping import SHIPPED, load
from qa.importing.summary import ALL_LOADED, NOTHING_LOADED, SOME_QUARANTINED

CALLS = "通话编号,工号,中心,开始时间,是否接通,等待时长,通话时长\n"


def call(number: int, agent: str = "001001", talk: str = "60", day: str = "2026-10-01", wait: str = "5") -> str:
    return f"K{number},{agent},上海,{day} 09:00:00,是,{wait},{talk}\n"


def test_a_quality_export_that_calls_the_agent_examined(desk):
    rows = "QA1,0001,001001,Q01,通用,2026-10-01 10:00,95,100,合格,0,1,上海\n"
    summary = desk.load(desk.file("质检编号,录音编号,被检工号,质检员,评分表,质检时间,得分,满分,是否合格,致命错误数,非致命错误数,中心\n" + rows), accept=True)
    assert summary.status == ALL_LOADED
    assert desk.rows("evaluations", "agent_id, call_id, center_id, score::int") == [("001001", "0001", "上海", 95)]


@pytest.mark.parametrize(
    ("day", "time", "read"),
    [
        ("20261102", "100101", "2026-11-02 10:01:01"),
        ("20261102", "90101", "2026-11-02 09:01:01"),
        ("2026/10/1", "10:05:01", "2026-10-01 10:05:01"),
        ("2026-10-01", "200101", "2026-10-01 20:01:01"),
    ],
)
@pytest.mark.parametrize("order", ["呼叫日期,呼叫时间", "呼叫时间,呼叫日期"])
def test_day_and_time_of_an_outbound_list(desk, day, time, read, order):
    cells = f"{day},{time}" if order.startswith("呼叫日期") else f"{time},{day}"
    other = cells.replace(time, "101500" if time.isdigit() else "10:15:00")
    rows = f"O1,001001,成都,续约,外呼,{cells},呼通,30\nO2,001001,成都,续约,外呼,{other},无人接听,0\n"
    summary = desk.load(desk.file(f"外呼流水号,工号,中心,项目,呼叫类型,{order},呼叫结果,通话秒数\n" + rows), accept=True)
    assert summary.status == ALL_LOADED
    assert [(str(at), *rest) for at, *rest in desk.rows("calls", "started_at, answered, direction, queue", "call_id")] == [
        (read, True, "outbound", "续约"), (f"{read[:10]} 10:15:00", False, "outbound", "续约"),
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["所属中心", "归属中心", "中心名称", "分中心", "呼叫中心", "职场"])
def test_a_center_is_recognised_and_none_invented(desk, header):
    desk.load(desk.file(CALLS.replace("中心", header) + call(1)), accept=True)
    assert desk.rows("centers", "center_id") == desk.rows("calls", "center_id") == [("上海",)]


def test_a_code_is_preferred_to_a_name(desk):
    desk.load(desk.file("中心名称,通话编号,工号,中心编号,开始时间,是否接通\n上海,1,07,SH,2026-10-01 09:00,是\n"), accept=True)
    assert desk.rows("calls", "center_id") == [("SH",)]


@pytest.mark.parametrize("accept", [False, True])
def test_a_missing_column_is_named_and_the_rest_written_down(desk, accept):
    path = desk.file("质检编号,录音编号,对象,质检员,质检时间,得分\nQA1,1,001001,Q01,2026-10-01 10:00,95\n", "quality.csv")
    for _again in range(2):
        with pytest.raises(NeedsUser) as caught:
            desk.load(path, accept=accept)
        assert "agent_id" in caught.value.text.zh and "agent_id" in caught.value.text.en
    written = desk.into / "mappings" / "quality.toml"
    assert [fill.fills for fill in load(written).table] == ["centers", "evaluations"] and not desk.rows("evaluations")
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace('# agent_id = "…"', 'agent_id = "对象"').replace("reviewed = false", "reviewed = true"), encoding="utf-8")
    assert desk.load(path).status == ALL_LOADED
    assert desk.rows("evaluations", "agent_id, score::int") == [("001001", 95)]


def test_shipped_mappings_lack_nothing():
    assert {path.stem: [c.name for fill in load(path).table for c in fill.lacking] for path in SHIPPED.glob("*.toml")} == {
        path.stem: [] for path in SHIPPED.glob("*.toml")
    }


def test_merged_cells_hold_for_every_row_beside_them(desk):
    path = desk.folder / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明")
        sheet = book.add_worksheet("明细")
        sheet.merge_range(1, 1, 1, 7, "十月明细")
        sheet.write_row(2, 1, ["通话编号", "工号", "所属中心", "开始时间", "是否接通", "等待时长", "备注"])
        for i in range(1, 6):
            sheet.write_row(2 + i, 1, [f"K{i}", "001001", None, "2026-10-01 09:00", "是"])
        sheet.merge_range(3, 3, 4, 3, "上海")
        sheet.merge_range(5, 3, 6, 3, "武汉")
        sheet.merge_range(3, 6, 6, 6, 12)
    summary = desk.load(path, accept=True, sheet="明细")
    assert desk.rows("calls", "call_id, center_id, wait_s::int", "call_id") == [
        ("K1", "上海", 12), ("K2", "上海", None), ("K3", "武汉", None), ("K4", "武汉", None),
    ]  # fmt: skip
    assert summary.status == SOME_QUARANTINED and [row[1:3] for row in desk.quarantine("calls")] == [["8", "center_id"]]


def test_full_width_signs_in_codes_numbers_dates_and_durations(desk):
    rows = call(1) + call(2, agent="００1001", talk="１３５") + call(3, talk="00：03：42", wait="１２") + call(4, day="２０２６－１０－０２")
    summary = desk.load(desk.file(CALLS + rows), accept=True)
    assert summary.status == ALL_LOADED and desk.rows("agents", "agent_id") == [("001001",)]
    assert desk.rows("calls", "agent_id, wait_s::int, talk_s::int, started_at::date::varchar", "call_id") == [
        ("001001", 5, 60, "2026-10-01"), ("001001", 5, 135, "2026-10-01"), ("001001", 12, 222, "2026-10-01"), ("001001", 5, 60, "2026-10-02"),
    ]  # fmt: skip


def test_names_and_prose_keep_every_sign(desk):
    said = "　Ａ班说：“好，１００％”（真）"
    rows = f"S1,００1001,欧阳　晓Ａ,Ｂ组（甲）,上海（总）,2026-10-01 09:00,４,\"{said}\"\nS2,001001,欧阳　晓Ａ,Ｂ组（甲）,上海（总）,2026-10-01 10:00,4,好\n"
    desk.load(desk.file("调查编号,工号,姓名,班组,中心,发送时间,满意度,意见\n" + rows), accept=True)
    assert desk.rows("surveys", "agent_id, score::int, comment", "survey_id") == [("001001", 4, said), ("001001", 4, "好")]
    assert desk.rows("agents", "agent_id, name, team, center_id") == [("001001", "欧阳　晓Ａ", "Ｂ组（甲）", "上海（总）")]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3 分 42 秒", 222), ("3'42\"", 222), ("3′42″", 222), ("1h2m", 3720), ("1H 2M 3S", 3723), ("2min", 120), ("1个小时", 3600), ("３分４２秒", 222)],
)
def test_durations_as_people_write_them(desk, text, seconds):
    quoted = '"' + text.replace('"', '""') + '"'
    summary = desk.load(desk.file(CALLS + call(1) + call(2, talk=quoted)), accept=True)
    assert summary.status == ALL_LOADED and desk.rows("calls", "talk_s::int", "call_id") == [(60,), (seconds,)]


@pytest.mark.parametrize("text", ["3m4", "分", "1h2h", "2 3秒", "m"])
def test_durations_nobody_can_tell(desk, text):
    desk.load(desk.file(CALLS + call(1) + call(2, talk=text)), accept=True)
    assert [row[1:4] for row in desk.quarantine("calls")] == [["3", "talk_s", text]]


def test_satisfaction_in_percent_has_a_scale(desk):
    rows = "".join(f"S{i},001001,上海,2026-10-01 09:00,{share}\n" for i, share in enumerate(["80%", "100%", "60％"]))
    summary = desk.load(desk.file("调查编号,工号,中心,发送时间,满意度\n" + rows), accept=True)
    assert desk.rows("surveys", "score::int, scale_max::int", "survey_id") == [(80, 100), (100, 100), (60, 100)]
    assert any("percent" in note.en and "百分比" in note.zh for note in summary.files[0].notes)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_rows_are_passed_over(desk, end):
    text = CALLS + call(1) + ",,,,,,\n" + call(2) + ",,,,,,\n , ,,,,,\n"
    summary = desk.load(desk.file(text.replace("\n", end)), accept=True)
    assert summary.status == ALL_LOADED and summary.files[0].rows == 2 and summary.files[0].totals == []
    assert desk.rows("calls", "count(*)") == [(2,)]


@pytest.mark.parametrize("said", ["共2人", "共 30 条", "总计：30", "共计２条记录", "记录数:2"])
def test_a_count_at_the_end_is_no_record(desk, said):
    summary = desk.load(desk.file(CALLS + call(1) + call(2) + f"{said},,,,,,\n"), accept=True)
    assert summary.status == ALL_LOADED and summary.files[0].totals == [(4, said)]


def test_derived_centers_do_not_make_an_import_good(desk):
    summary = desk.load(desk.file(CALLS + call(1, talk="-5") + call(2, talk="-5")), accept=True)
    assert summary.status == NOTHING_LOADED and {t.table for t in summary.tables if t.derived} == {"centers", "agents"}
    assert desk.load(desk.file(CALLS + call(1, talk="-5") + call(2), "more.csv"), accept=True).status == SOME_QUARANTINED


def test_agents_that_differ_by_leading_zeros_are_told(desk):
    desk.load(desk.file(CALLS + call(1)), accept=True)
    summary = desk.load(desk.file(CALLS + call(2, agent="1001") + call(3, agent="1002"), "later.csv"), accept=True)
    notes = next(t.notes for t in summary.tables if t.table == "agents")
    assert len(notes) == 1 and "001001、1001" in notes[0].zh and "001001, 1001" in notes[0].en
    assert not desk.load(desk.file(CALLS + call(2, agent="1001"), "again.csv"), accept=True).tables[1].notes
