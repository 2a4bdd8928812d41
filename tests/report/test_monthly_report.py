"""The monthly report: every figure is the catalogue's, in each format and language; periods are the center's own; nothing is written by halves."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from io import BytesIO

import pytest
from docx import Document as read_docx
from pypdf import PdfReader

from qa import format
from qa.cli import main
from qa.cli.app import app
from qa.filters import Filters
from qa.i18n import set_language
from qa.measured import monthly_course
from qa.metrics import METRICS
from qa.problems import Problem
from qa.report.comparison import comparison
from qa.report.model import Chart, Document, Section, Table
from qa.report.month import FIVE, Month, last_complete_month
from qa.report.monthly import monthly_report
from qa.report.write import FILE_FORMATS, rendered, write_beside
from qa.results import answer
from qa.warehouse import Warehouse
from tests.report.reading import plain, read
from tests.serving import ROOT
from tests.support.world import World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1), centers=("WH",))


@pytest.fixture(scope="module")
def warehouse(sample) -> Warehouse:
    return Warehouse.open(sample)


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, warehouse) -> Document:
    set_language(request.param)
    return monthly_report(warehouse, None, "WH", "2026-10")


@pytest.fixture(scope="module")
def content(report):
    """The report as a file of a kind, each made once."""
    made: dict[str, bytes] = {}

    def of(kind: str) -> bytes:
        set_language(report.language)
        return made.get(kind) or made.setdefault(kind, rendered(report, kind))

    return of


def five_rows(warehouse: Warehouse, filters: Filters = OCTOBER) -> list[dict]:
    return answer(warehouse, FIVE, (), filters, None).to_dicts()


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_each_format_holds_the_figures_of_the_catalogue(content, warehouse, kind):
    found = read(content(kind), kind)
    text = plain(found.text)
    rows = five_rows(warehouse)
    assert len(rows) == len(FIVE)
    for row in rows:
        unit = METRICS[row["metric"]].unit
        bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
        told = [format.value(row["value"], unit, beside=bound), format.interval(row["low"], row["high"], unit), f"n={row['n']:,}"]
        told.append(format.bounds(row["minimum"], row["maximum"], unit))
        assert [part for part in told if plain(part) not in text] == []
        if kind == "xlsx":
            # A workbook keeps sixteen digits.
            assert row["n"] in found.numbers
            assert any(number == pytest.approx(row["value"], rel=1e-15) for number in found.numbers)


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_native_charts_hold_the_months_unrounded(content, warehouse, kind):
    charts = read(content(kind), kind).charts
    courses = monthly_course(warehouse, FIVE, (), OCTOBER, None)
    for course in courses.values():
        course = course.sort("period")
        for column in ("value", "low", "high"):
            assert course[column].to_list() in charts


def test_a_workbook_draws_its_charts_natively(report, content):
    drawn = [block for section in report.sections for block in section.every() if isinstance(block, Chart)]
    assert len(read(content("xlsx"), "xlsx").charts) == len(drawn) == len(FIVE) + 1


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_each_format_says_what_it_was_made_of(content, warehouse, kind):
    text = plain(read(content(kind), kind).text)
    command = "python -m qa metric pass_rate satisfaction_rate first_call_resolution one_time_resolution composite_error_rate"
    for part in (command, "--from=2026-10-01 --to=2026-11-01 --center=WH", warehouse.build_id, format.day(warehouse.span.last_day), "report_center=WH"):
        assert plain(part) in text


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_the_same_data_give_the_same_file(report, content, kind):
    assert content(kind) == rendered(report, kind)


def test_headings_are_numbered_in_the_style_of_the_language(warehouse):
    parts = monthly_report(warehouse, None, "WH", "2026-10").numbered()
    assert [heading for heading, _parts, _section in parts][:2] == ["一、考核指标", "二、差错"]
    assert parts[0][1] == ["（一）本月完成情况", "（二）近十三个月趋势"]
    assert parts[-2][0].startswith("附件1")
    set_language("en")
    heading, inner, _section = monthly_report(warehouse, None, "WH", "2026-10").numbered()[0]
    assert (heading, inner) == ("1. Indicators", ["1.1 Where the indicators stand", "1.2 Trend of thirteen months"])


def test_a_word_document_repeats_the_headings_of_tables_and_cuts_no_row(warehouse):
    set_language("zh")
    file = read_docx(BytesIO(rendered(monthly_report(warehouse, None, "WH", "2026-10"), "docx")))
    tables = file.tables[1:]
    assert tables
    for table in tables:
        assert table.rows[0]._tr.xpath(".//w:tblHeader")
        assert all(row._tr.xpath(".//w:cantSplit") for row in table.rows)
    assert "NUMPAGES" in file.sections[0].footer._element.xml


def test_every_letter_of_a_pdf_is_embedded(content):
    pages = PdfReader(BytesIO(content("pdf"))).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts and all("/FontFile3" in descriptor or "/FontFile2" in descriptor for descriptor in descriptors)
    assert "\ufffd" not in "".join(page.extract_text() for page in pages)


def test_a_month_runs_from_the_21st_to_the_20th_where_the_center_keeps_it(tmp_path):
    world = World(tmp_path)
    world.add("centers", [{"center_id": "XA", "name": "西安", "period_start_day": 21}])
    days = [(9, 20, False), (9, 21, True), (10, 20, True), (10, 21, False)]
    world.add("evaluations", [{"center_id": "XA", "evaluated_at": datetime(2026, month, day, 9), "passed": passed} for month, day, passed in days])
    month = Month(world.warehouse(), None, "XA", "2026-10")
    assert (month.period.date_from, month.period.date_to) == (date(2026, 9, 21), date(2026, 10, 21))
    # Of the four evaluations the two inside the month count, both passed.
    assert (month.five["pass_rate"]["n"], month.five["pass_rate"]["value"]) == (2, 1.0)


def test_a_center_known_by_counts_of_calls_alone_has_no_table_without_rows(warehouse):
    document = monthly_report(warehouse, None, "KM", "2026-10")
    tables = [block for section in document.sections for block in section.every() if isinstance(block, Table)]
    assert tables and all(table.rows for table in tables)


def test_a_miss_within_noise_is_said_to_be_one(tmp_path):
    world = World(tmp_path)
    # 18 of 20 passed: below the target of 95 %, but its interval, 70-97 %, is not wholly below it.
    world.add("evaluations", [{"passed": place >= 2, "evaluated_at": datetime(2026, 10, 5, 9, place)} for place in range(20)])
    set_language("en")
    report = monthly_report(world.warehouse(), None, "WH", "2026-10")
    text = " ".join(block.text for block in report.sections[0].blocks)
    assert "Off target by their value, but within noise: Pass rate." in text


def test_who_may_not_see_a_center_gets_no_report_of_it(warehouse):
    with pytest.raises(Problem):
        monthly_report(warehouse, frozenset({"CD"}), "WH", "2026-10")


@pytest.mark.parametrize("name", ["2026-13", "2026", "2031-01"])
def test_a_month_that_is_none_is_refused(warehouse, name):
    with pytest.raises(Problem):
        monthly_report(warehouse, None, "WH", name)


def test_the_comparison_holds_each_center_in_its_own_month(warehouse):
    table = matrix(comparison(warehouse, None, "2026-10").sections[0])
    starts = dict(warehouse.centers.select("center_id", "period_start_day").iter_rows())
    assert len(table.rows) == len(starts)
    for center, row in zip(comparison_order(warehouse), table.rows, strict=True):
        first, last = (date(2026, 9, 21), date(2026, 10, 21)) if starts[center] == 21 else (date(2026, 10, 1), date(2026, 11, 1))
        found = {one["metric"]: one["value"] for one in five_rows(warehouse, Filters(first, last, centers=(center,), month_start=starts[center] or 1))}
        assert [cell.number for cell in row[2:]] == [found.get(key) for key in FIVE]


def test_the_gap_to_headquarters_is_of_the_same_days(warehouse):
    document = comparison(warehouse, None, "2026-10")
    gaps = next(section for section in document.sections if section.title == "与总中心的差距").blocks[0]
    wuhan = next(row for row in gaps.rows if row[0].text == "武汉分中心")
    own = {row["metric"]: row["value"] for row in five_rows(warehouse)}
    other = {row["metric"]: row["value"] for row in five_rows(warehouse, Filters(date(2026, 10, 1), date(2026, 11, 1), centers=("SH",)))}
    in_points = {key: 100 if METRICS[key].unit == "share" else 1 for key in FIVE}
    assert [cell.number for cell in wuhan[1:]] == pytest.approx([in_points[key] * (own[key] - other[key]) for key in FIVE])


@pytest.mark.parametrize("kind", FILE_FORMATS)
def test_the_comparison_can_be_had_in_each_format(warehouse, kind):
    set_language("en")
    text = plain(read(rendered(comparison(warehouse, None, "2026-10"), kind), kind).text)
    for name in warehouse.centers["name_en"]:
        assert plain(name) in text
    if kind != "xlsx":
        for row in five_rows(warehouse):
            bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
            assert plain(format.value(row["value"], METRICS[row["metric"]].unit, beside=bound)) in text


def test_the_comparison_shows_no_center_outside_the_scope(warehouse):
    document = comparison(warehouse, frozenset({"WH", "CD"}), "2026-10")
    assert [row[0].text for row in matrix(document.sections[0]).rows] == ["武汉分中心", "成都分中心"]


def test_the_last_complete_month_is_complete_for_every_center(warehouse):
    # The data end on 31 October: for calendar months October is over, for Xi'an the month to 20 October.
    assert last_complete_month(warehouse, ["WH"]) == last_complete_month(warehouse, ["XA"]) == "2026-10"


def test_a_report_stays_as_it_is_when_the_data_are_corrected(tmp_path):
    world = World(tmp_path / "data")
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 5, 9, place), "passed": True} for place in range(20)])
    path = tmp_path / "2026-10_WH_zh.html"
    first = rendered(monthly_report(world.warehouse(), None, "WH", "2026-10"), "html")
    assert write_beside(path, first) == path
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 6, 9, place), "passed": False} for place in range(20)])
    second = rendered(monthly_report(world.warehouse(), None, "WH", "2026-10"), "html")
    beside = write_beside(path, second)
    assert path.read_bytes() == first and beside != path and beside.read_bytes() == second
    assert write_beside(path, second) == beside and len(list(tmp_path.glob("*.html"))) == 2


def test_a_killed_report_leaves_no_file_by_halves(tmp_path):
    """Five documents: of four centers and of them all."""
    world = World(tmp_path / "data").add("centers", [{"center_id": "CD", "name": "成都"}, {"center_id": "XA", "name": "西安", "period_start_day": 21}])
    for center in ("WH", "SH", "CD", "XA"):
        world.add("evaluations", [{"center_id": center, "passed": place > 1} for place in range(20)])
    world.warehouse()
    arguments = ["report", "--all", "--month=2026-10", "--format=docx", "--format=html", f"--into={tmp_path}", f"--data={world.folder}"]
    running = subprocess.Popen([sys.executable, "-m", "qa", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob("2026*")) and running.poll() is None:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    written = list(tmp_path.glob("2026*"))
    assert 0 < len(written) < 10
    for path in written:
        assert read(path.read_bytes(), path.suffix[1:]).text
    # The next run writes the rest and leaves what is there.
    before = {path: path.stat().st_mtime_ns for path in written}
    assert app(arguments, result_action="return_value") == 0
    assert len(list(tmp_path.glob("2026*"))) == 10 and {path: path.stat().st_mtime_ns for path in written} == before


def test_the_command_tells_what_it_cannot_do(sample, tmp_path, monkeypatch, capsys):
    words = ["report", f"--into={tmp_path}", f"--data={sample}", "--lang=en", "--center=WH", "--month=2019-01"]
    monkeypatch.setattr(sys, "argv", ["qa", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, list(tmp_path.iterdir())) == (2, []) and "2019-01" in capsys.readouterr().err


def matrix(section: Section) -> Table:
    return section.blocks[0]  # type: ignore[return-value]


def comparison_order(warehouse: Warehouse) -> list[str]:
    rows = sorted(warehouse.centers.iter_rows(named=True), key=lambda row: not row["is_headquarters"])
    return [row["center_id"] for row in rows]
