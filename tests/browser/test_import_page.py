"""Import in the browser: three untidy workbooks, one of them by clicks only, the others through the same steps."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from playwright.sync_api import Error, Locator, Page, expect

from qa.contract import TABLES
from qa.filters import Filters
from qa.i18n import set_language
from qa.importing import Mapping, NeedsUser, Refused
from qa.importing.errors import Question
from qa.importing.mapping import Fill, Take
from qa.importing.origin import origin
from qa.results import answer
from qa.session.importing.correcting import KEPT, NOT_IN_FILE, assumed_center, blocks, choice_of, constants, corrected, in_center, lacking, options
from qa.session.importing.questions import open_ones, read_as, said_of, takes_in_question
from qa.session.importing.steps import Upload, loaded, looked_at, previewed, safe_name, sheet_names
from qa.session.importing.tables import forecast, mapping_rows, rejected, remarks, result_rows
from qa.text import Text
from qa.warehouse import Warehouse
from tests.serving import running_board

PATIENCE_MS = 45_000

CALL_HEADER = ["流水号", "班组", "工号", "姓名", "技能组", "呼叫方向", "来电日期", "来电时间", "是否接通", "等待时长（秒）", "通话时长（分钟）", "满意度"]
# Team cells are merged downwards, or only left empty below the first; days are Excel dates, "2026/9/2" and "2026年9月3日"; C7 has a negative wait.
CALLS = [
    ["C1", "一组", "A01", "王芳", "账单", "呼入", date(2026, 9, 1), "09:12:00", "是", 12, 3.5, 5],
    ["C2", "", "A01", "王芳", "账单", "呼入", "2026/9/2", "10:00:01", "是", 30, 2, 4],
    ["C3", "", "A02", "李强", "账单", "呼入", "2026年9月3日", "11:30:00", "否", 45, "", ""],
    ["C4", "二组", "A03", "赵敏", "报修", "呼入", date(2026, 9, 4), "14:05:10", "是", 8, 6, 3],
    ["C5", "", "A03", "赵敏", "报修", "呼入", "2026-09-05", "15:00:00", "是", 5, 1.5, 5],
    ["C6", "", "A04", "孙丽", "报修", "呼入", "2026/9/7", "16:20:00", "否", 60, "", ""],
    ["C7", "", "A04", "孙丽", "报修", "呼入", "2026/9/8", "16:40:00", "是", -3, 2, 2],
]
SCORES = [
    ["Q1", "A01", "E1", date(2026, 9, 3), 92, 100, 0, 1],
    ["Q2", "A02", "E1", "2026/9/4", 80, 100, 1, 0],
    ["Q3", "A03", "E2", "2026年9月5日", 88, 100, 0, 2],
]
SCORE_HEADER = ["质检单号", "工号", "质检员", "质检时间", "得分（分）", "满分（分）", "致命错误数（个）", "非致命错误数（个）"]
COUNT_HEADER = ["月份", "中心", "呼入量（个）", "接通量（个）", "放弃量（个）"]
COUNTS = [["2026年8月", "上海", 100, 95, 5], ["2026-09", "上海", 120, 110, 10], ["2026/10", "上海", 80, 78, 2]]


def workbook(title: str, header: list[str], rows: list[list], totals: list, merged: tuple[tuple[int, int, int], ...] = ()) -> bytes:
    """A workbook as people keep them: a merged title, a line of remarks and an empty row above the header, totals at the end.

    ``merged``: column, first and last of the data rows whose cells are one.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy/m/d"}) as book:
        sheet, notes = book.add_worksheet("明细"), book.add_worksheet("说明")
        sheet.merge_range(0, 0, 0, len(header) - 1, title)
        sheet.write(1, 0, "制表人：张三")
        sheet.write(1, len(header) - 1, "单位：见表头")
        for number, row in enumerate([header, *rows, totals], start=3):
            for place, cell in enumerate(row):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day)) if isinstance(cell, date) else sheet.write(number, place, cell)
        for column, first, last in merged:
            sheet.merge_range(4 + first, column, 4 + last, column, rows[first][column])
        notes.write(0, 0, "本工作簿由系统导出")
    return content.getvalue()


def calls_workbook(merged: bool = True) -> bytes:
    totals = ["合计", "", "", "", "", "", "", "", "", 157, 15, ""]
    return workbook("客服中心通话明细表（2026年9月）", CALL_HEADER, CALLS, totals, ((1, 0, 2), (1, 3, 6)) if merged else ())


def scores_workbook() -> bytes:
    return workbook("质检成绩表", SCORE_HEADER, SCORES, ["总计", "", "", "", 260, 300, 1, 3])


def counts_workbook() -> bytes:
    return workbook("话务量统计", COUNT_HEADER, COUNTS, ["合计", "", 300, 283, 17])


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "extracts"


def silent(_text: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def test_merged_cells_need_no_correction(into):
    upload = Upload("calls.xlsx", calls_workbook(), "明细")
    assert previewed(upload, into, looked_at(upload, into).mapping).bad == {"centers": 0, "agents": 0, "surveys": 0, "calls": 1}


def test_a_proposal_for_cells_left_empty_corrected_and_loaded(into):
    upload = Upload("calls.xlsx", calls_workbook(merged=False), "明细")
    looked = looked_at(upload, into)
    assert not looked.known and looked.columns == CALL_HEADER
    assert previewed(upload, into, looked.mapping).bad["calls"] == 3
    mapping = corrected(looked.mapping, looked.mapping.tables(), {}, looked.columns, ["班组"])
    seen = previewed(upload, into, mapping)
    assert seen.read["calls"] == 7 and seen.bad == {"centers": 0, "agents": 0, "surveys": 0, "calls": 1}
    assert [day.day for day in seen.rows["calls"]["started_at"]] == [1, 2, 3, 4, 5, 7]
    assert seen.rejects["calls"]["source_row"].to_list() == ["11"] and seen.rejects["calls"]["problem_value"].to_list() == ["-3.000"]
    assert not into.exists()
    done = loaded(upload, into, mapping, False, silent)
    assert [(table.table, table.loaded, table.quarantined) for table in done.summary.tables] == [
        ("centers", 1, 0), ("agents", 4, 0), ("surveys", 7, 0), ("calls", 6, 1),
    ]  # fmt: skip
    assert [path.parent.name for path in done.rejects] == ["calls"] and done.remembered is None
    found = answer(Warehouse.open(into), ("answer_rate",), (), Filters(date(2026, 9, 1), date(2026, 10, 1)), None)
    assert (found["value"].item(), found["n"].item()) == (pytest.approx(4 / 6), 6)


def test_scores_with_units_in_the_header_load_as_proposed_and_are_known_the_next_time(into):
    upload = Upload("scores.xlsx", scores_workbook(), "明细")
    looked = looked_at(upload, into)
    done = loaded(upload, into, looked.mapping, True, silent)
    assert [(table.table, table.loaded) for table in done.summary.tables] == [("centers", 1), ("agents", 3), ("evaluations", 3)]
    assert done.summary.files[0].totals == [(8, "总计")]
    assert done.remembered == into / "mappings" / "scores.toml"
    again = looked_at(Upload("next month.xlsx", scores_workbook(), "明细"), into)
    assert again.known and again.mapping.name == "scores" and again.mapping.reviewed
    assert not loaded(upload, into, again.mapping, False, silent).summary.changed


def test_months_written_in_three_ways_load_as_counts(into):
    upload = Upload("counts.xlsx", counts_workbook(), "明细")
    assert sheet_names(upload) == ["明细", "说明"]
    done = loaded(upload, into, looked_at(upload, into).mapping, True, silent)
    assert {table.table: table.loaded for table in done.summary.tables} == {"centers": 1, "call_counts": 3}
    assert done.built is not None and done.built.manifest.first_day == date(2026, 8, 1)


def test_each_choice_changes_its_column_and_nothing_else(into):
    looked = looked_at(Upload("calls.xlsx", calls_workbook(), "明细"), into)
    tables = looked.mapping.tables()
    assert corrected(looked.mapping, tables, {}, looked.columns, []) == looked.mapping
    calls = next(block for block in blocks(looked.mapping, tables) if block.table.name == "calls")
    assert choice_of(calls.take("queue"), looked.columns) == "技能组" and choice_of(calls.take("center_id"), looked.columns) == KEPT
    assert options(calls.take("reason"), looked.columns) == [NOT_IN_FILE, *CALL_HEADER]
    choices = {(calls.key, "queue"): "班组", (calls.key, "talk_s"): NOT_IN_FILE, (calls.key, "hold_s"): "通话时长（分钟）"}
    changed = corrected(looked.mapping, ["calls"], choices, looked.columns, [])
    takes = changed.table[0].columns
    assert changed.tables() == ["calls"] and takes["queue"].source == "班组" and "talk_s" not in takes
    assert (takes["hold_s"].source, takes["hold_s"].unit) == ("通话时长（分钟）", "min")
    before = calls.fill.columns
    assert {name for name in before if takes.get(name) != before[name]} == {"queue", "talk_s"}


def test_what_is_needed_and_left_out_is_named_and_an_added_table_starts_empty(into):
    looked = looked_at(Upload("odd.csv", "甲,乙\nx,1\n".encode()), into)
    assert looked.mapping.table == [] and not looked.known
    changed = corrected(looked.mapping, ["complaints"], {("complaints", "complaint_id"): "甲"}, looked.columns, [])
    missing = {column.name for _table, column in lacking(changed)}
    assert "center_id" in missing and "complaint_id" not in missing


def test_ratings_get_their_time_of_answer_from_when_they_were_sent(into):
    text = "单号,日,时刻,评分\nx,2026-10-05,09:00:00,5\ny,2026-10-05,09:00:00,\n"
    looked = looked_at(Upload("odd.csv", text.encode()), into)
    sent = Take(source=["日", "时刻"], format="%Y-%m-%d %H:%M:%S")
    surveys = Fill(fills="surveys", columns={"survey_id": Take(source="单号"), "center_id": Take(constant="MAIN"), "sent_at": sent})
    mapping = looked.mapping.model_copy(update={"table": [surveys]})
    changed = corrected(mapping, ["surveys"], {("surveys.0", "score"): "评分"}, looked.columns, [])
    answered = changed.table[0].columns["answered_at"]
    assert lacking(changed) == [] and (answered.source, answered.format, answered.when.column) == (sent.source, sent.format, "评分")


def test_what_no_column_says_can_be_said_of_every_row(into):
    looked = looked_at(Upload("odd.csv", "单号,开始\nx,2026-10-05 09:00\n".encode()), into)
    said = {("calls", "call_id"): "单号", ("calls", "answered"): next(iter(constants(TABLES["calls"].by_name["answered"])))}
    takes = corrected(looked.mapping, ["calls"], said, looked.columns, []).table[0].columns
    assert takes["answered"].constant is True and origin(takes["answered"]) == "固定为 是"
    assert [take.constant for take in constants(TABLES["calls"].by_name["direction"]).values()] == ["inbound", "outbound"]
    assert constants(TABLES["calls"].by_name["talk_s"]) == {}


def test_rows_without_a_center_can_be_put_into_a_known_one(into):
    mapping = looked_at(Upload("scores.xlsx", scores_workbook(), "明细"), into).mapping
    assert assumed_center(mapping) == "MAIN"
    moved = in_center(mapping, "WH")
    assert assumed_center(moved) == "WH" and moved.tables() == ["agents", "evaluations"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("话单（9月）.XLSX", "话单（9月）.xlsx"), ("../../etc/passwd.csv", "passwd.csv"), ("C:\\temp\\a;b$(c).csv", "a_b_(c).csv"),
        ("..", "file"), (".hidden.csv", "hidden.csv"), ("x" * 300 + ".csv", "x" * 80 + ".csv"),
    ],
)  # fmt: skip
def test_a_name_from_outside_is_made_harmless(sent, kept):
    assert safe_name(sent) == kept


def test_an_upload_is_private_while_it_is_there_and_gone_afterwards():
    with Upload("a.csv", b"a\n1\n").on_disk() as path:
        assert path.read_bytes() == b"a\n1\n" and path.parent.stat().st_mode & 0o077 == 0
    assert not path.parent.exists()


@pytest.mark.parametrize("content", [b"", b"not a workbook"])
def test_a_broken_workbook_is_refused_in_words(into, content):
    with pytest.raises(Refused):
        sheet_names(Upload("broken.xlsx", content))
    with pytest.raises(Refused):
        looked_at(Upload("broken.xlsx", content), into)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_speak_the_viewers_language(into, language):
    set_language(language)
    try:
        upload = Upload("calls.xlsx", calls_workbook(merged=False), "明细")
        mapping = looked_at(upload, into).mapping
        seen = previewed(upload, into, mapping)
        assert list(mapping_rows(mapping)) == {"zh": ["表", "看板列", "来源"], "en": ["Table", "Column of the board", "Comes from"]}[language]
        aside = rejected(seen.rejects["calls"], {"wait_s": "等待时长（秒）"})
        assert aside.columns[1] == {"zh": "原因", "en": "Why"}[language]
        assert aside[aside.columns[2]][-1] == {"zh": "等待时长（秒）；agent_id", "en": "等待时长（秒）; agent_id"}[language]
        assert len({len(column) for column in forecast(seen).values()}) == 1
        assert remarks(seen.file) == [{"zh": "未计入的合计行和说明行：12 (合计)", "en": "Rows kept out, as totals or remarks: 12 (合计)"}[language]]
        assert len(result_rows(loaded(upload, into, mapping, False, silent).summary)) == 7
    finally:
        set_language("zh")


@pytest.fixture(scope="module")
def own_board(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A board on extracts of its own, empty at first."""
    folder = tmp_path_factory.mktemp("import-page")
    with running_board(folder / "extracts", folder / "server.log") as address:
        yield address, folder / "extracts"


def give(page: Page, name: str, content: bytes) -> None:
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def pick(page: Page, box: Locator, option: str, typed: str = "") -> None:
    """Choose an option, found by typing a part of it; where a page still moving took list or box away it is tried once more, as a person would."""
    for _try in range(6):
        try:
            # A list closes when the page scrolls, so the page scrolls first.
            box.scroll_into_view_if_needed()
            box.click()
            if typed:
                box.fill(typed)
            page.get_by_role("option", name=option, exact=True).click(timeout=3_000)
            return
        except Error:
            page.keyboard.press("Escape")
    raise AssertionError(f"{option} could not be chosen")


def test_an_untidy_workbook_reaches_the_board_by_clicks_only(own_board, page, tmp_path):
    expect.set_options(timeout=PATIENCE_MS)
    address, extracts = own_board
    page.goto(f"{address}/import")
    give(page, "客服通话明细.xlsx", calls_workbook())
    expect(page.get_by_text("没有现成的映射；以下由列名和数值拟定，请核对。")).to_be_visible()
    expect(page.locator("[data-testid=stTable]").first).to_contain_text("通话时长（分钟） [min]")
    expect(page.locator("[data-testid=stTable]").nth(1)).to_contain_text("将被隔离")
    assert not (extracts / "calls").exists()

    page.get_by_text("修改对应关系").click()
    pick(page, page.locator("[data-testid=stMultiSelect]", has_text="合并单元格").locator("input"), "班组")
    page.keyboard.press("Escape")
    # A click beside an open list only closes it.
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="应用", exact=True).click()
    expect(page.get_by_text("以下是您修改后的映射。")).to_be_visible()

    page.get_by_role("button", name="导入数据").click()
    expect(page.get_by_text("已导入。有 1 行被隔离，请更正后重新导入。")).to_be_visible()
    row = page.locator("[data-testid=stTable] tr", has_text="calls")
    expect(row.locator("td")).to_contain_text(["7", "6", "0", "0", "0", "1"])
    with page.expect_download() as download:
        page.get_by_role("button", name="通话：被隔离的行（CSV）").click()
    download.value.save_as(tmp_path / "rejects.csv")
    assert "小于 0" in (tmp_path / "rejects.csv").read_text("utf-8-sig")

    page.get_by_role("link", name="打开总览").click()
    expect(page.locator("h1")).to_have_text("总览")
    expect(page.locator(".st-key-frame-title")).to_contain_text("数据截至")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("66.7%")


UNSURE = """流水号,工号,技能组,呼叫方向,开始时间,是否接通,通话时长（秒）,满意度,评价时间
U1,A01,账单,呼入,2026-09-03T20:07:08Z,是,60,5,04/09/2026 08:30
U2,A02,账单,呼入,2026-09-04T01:00Z,是,90,4,05/09/2026
""".encode()


def both_answered(upload, into):
    mapping, asked = looked_at(upload, into).mapping, []
    for said in ("Asia/Shanghai", "day first"):
        with pytest.raises(NeedsUser) as caught:
            previewed(upload, into, mapping)
        asked.append(caught.value.question)
        assert open_ones(asked, mapping) == asked[-1:]
        mapping = read_as(mapping, asked[-1], said)
    return mapping, asked


def test_what_a_file_does_not_say_of_its_dates_is_asked_one_column_after_the_other(into):
    upload = Upload("unsure.csv", UNSURE)
    mapping, asked = both_answered(upload, into)
    assert [question.sources for question in asked] == [("开始时间",), ("评价时间",)] and open_ones(asked, mapping) == []
    seen = previewed(upload, into, mapping)
    assert list(map(str, seen.rows["calls"]["started_at"])) == ["2026-09-04 04:07:08", "2026-09-04 09:00:00"]
    assert list(map(str, seen.rows["surveys"]["answered_at"])) == ["2026-09-04 08:30:00", "2026-09-05 00:00:00"]
    without = corrected(mapping, ["calls"], {}, [*UNSURE.decode().splitlines()[0].split(",")], [])
    assert open_ones(asked, without) == [] and not takes_in_question(without, asked[1])


BOTH = """流水号,工号,技能组,呼叫方向,开始时间,是否接通,通话时长（秒）
U1,A01,账单,呼入,03/09/26 20:07Z,是,60
U2,A02,账单,呼入,04/09/26 01:00Z,是,90
""".encode()


def test_whose_clock_and_which_is_the_day_are_asked_of_one_column_and_both_answers_hold(into):
    upload = Upload("both.csv", BOTH)
    mapping, asked = both_answered(upload, into)
    assert [said_of(mapping, question) for question in asked] == ["Asia/Shanghai", "day first"] and open_ones(asked, mapping) == []
    assert list(map(str, previewed(upload, into, mapping).rows["calls"]["started_at"])) == ["2026-09-04 04:07:00", "2026-09-04 09:00:00"]
    other = read_as(mapping, asked[0], "Europe/London")
    assert [said_of(other, question) for question in asked] == ["Europe/London", "day first"]


def test_telephone_numbers_chosen_by_hand_become_pseudonyms():
    mapping = Mapping.model_validate({"table": [{"fills": "calls", "columns": {"call_id": "id"}}]})
    for header, hashed in (("Caller Phone", True), ("客户编号", False)):
        changed = corrected(mapping, ["calls"], {("calls.0", "customer_id"): header}, ["id", header], [])
        assert changed.table[0].columns["customer_id"].hashed is hashed


def test_an_answer_leaves_formats_alone_and_a_file_that_contradicts_one_is_asked_about_anew(into):
    upload = Upload("unsure.csv", UNSURE)
    mapping = looked_at(upload, into).mapping
    universal = Question(("开始时间",), Text("", ""), {}, zones=True)
    explicit = corrected_format(mapping, "Asia/Shanghai %Y-%m-%dT%H:%M:%S")
    assert not takes_in_question(explicit, universal) and read_as(explicit, universal, "UTC") == explicit
    assert said_of(read_as(mapping, universal, "Europe/London"), universal) == "Europe/London"
    mapping = read_as(read_as(mapping, universal, "Asia/Shanghai"), Question(("评价时间",), Text("", ""), {}), "day first")
    with pytest.raises(NeedsUser) as caught:
        previewed(Upload("unsure.csv", UNSURE.replace(b"05/09/2026", b"09/25/2026")), into, mapping)
    assert "unsure.csv" in caught.value.text.zh and "09/25/2026" in caught.value.text.zh
    assert open_ones([caught.value.question], mapping) and list(caught.value.question.answers) == ["month first"]


def corrected_format(mapping: Mapping, form: str) -> Mapping:
    """The mapping with that format for the start of calls."""
    fills = [
        fill.model_copy(update={"columns": fill.columns | {"started_at": fill.columns["started_at"].model_copy(update={"format": form})}})
        if fill.fills == "calls"
        else fill
        for fill in mapping.table
    ]
    return mapping.model_copy(update={"table": fills})


def test_dates_that_leave_something_open_are_settled_by_choosing(own_board, page):
    expect.set_options(timeout=PATIENCE_MS)
    address, extracts = own_board
    questions = page.locator("[class*=st-key-import-question]")
    page.goto(f"{address}/import?lang=en")
    give(page, "unsure.csv", UNSURE)
    expect(page.get_by_text("the file does not say in which zone the centers are")).to_be_visible()
    pick(page, questions.locator("input"), "London (Europe/London)", "London")
    expect(questions).to_have_count(2)
    expect(page.locator("[data-testid=stTable]").first).to_contain_text("开始时间 [Europe/London]")
    expect(page.locator(".st-key-import-load")).to_have_count(0)

    page.goto(f"{address}/import?lang=zh")
    give(page, "unsure.csv", UNSURE)
    expect(page.get_by_text("文件没有说明中心的时区")).to_be_visible()
    pick(page, questions.locator("input"), "北京时间 (Asia/Shanghai)", "北京")
    pick(page, questions.filter(has_text="评价时间").locator("input"), "日/月/年：04/09/2026 08:30 是 2026-09-04", "日/月")
    expect(page.locator("[data-testid=stTable]").first).to_contain_text("评价时间 [日/月/年]")
    page.get_by_role("button", name="导入数据").click()
    expect(page.get_by_text("所有行均已导入。")).to_be_visible()
    calls = duckdb.read_parquet(str(extracts / "calls" / "**" / "*.parquet")).filter("call_id in ('U1', 'U2')").order("call_id")
    assert [str(at) for (at,) in calls.project("started_at").fetchall()] == ["2026-09-04 04:07:08", "2026-09-04 09:00:00"]


def test_what_cannot_be_read_is_said_in_words(own_board, page):
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(f"{own_board[0]}/import?lang=en")
    give(page, "broken.xlsx", b"not a workbook")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("the workbook cannot be opened")
    give(page, "empty.csv", b"call_id,started_at\n")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("no rows")
