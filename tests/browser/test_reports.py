"""What only a browser shows of reports and exports: one click hands out the file, and it holds what the page shows."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import settle
from tests.report.reading import plain, read

PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


def downloaded(page: Page, name: str, into: Path) -> Path:
    with page.expect_download() as expected:
        page.get_by_role("button", name=re.compile(name)).first.click()
    path = into / expected.value.suggested_filename
    expected.value.save_as(path)
    return path


def test_the_report_shown_is_the_report_handed_out(page, board, tmp_path):
    page.goto(f"{board}/report?report_center=WH&report_month=2026-10&lang=en")
    expect(page.get_by_text("5 indicators checked: ").first).to_be_visible()
    shown = page.get_by_text(re.compile(r"^Pass rate [\d.]+%")).first.inner_text()
    path = downloaded(page, "DOCX", tmp_path)
    assert path.name == "2026-10_WH_en.docx"
    assert plain(shown) in plain(read(path.read_bytes(), "docx").text)


def test_any_page_is_exported_with_the_view_it_shows(page, board, tmp_path):
    page.goto(f"{board}/errors?period=2026-10&center=WH&lang=en")
    value = page.locator(".qb").get_by_text(re.compile(r"^\d+\.\d%$")).first.inner_text()
    page.get_by_role("button", name="Export").click()
    path = downloaded(page, "XLSX", tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(isinstance(cell, float) and f"{cell:.1%}" == value for cell in cells)
    assert any("center=WH" in str(cell) for cell in cells) and any("Wuhan" in str(cell) or "武汉" in str(cell) for cell in cells)


def test_the_report_exported_as_a_page_says_whose_it_is(page, board, tmp_path):
    page.goto(f"{board}/report?report_center=SY&report_month=2026-10&lang=en&center=WH&period=2026-09")
    expect(page.get_by_text("5 indicators checked: ").first).to_be_visible()
    page.get_by_role("button", name="Export").click()
    # The report has a button of the same name, for its own file.
    of_page = page.get_by_test_id("stPopoverBody").get_by_role("button", name="XLSX")
    of_page.wait_for()
    with page.expect_download() as expected:
        of_page.click()
    path = tmp_path / "page.xlsx"
    expected.value.save_as(path)
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert "Shenyang branch · Oct 2026" in cells
    assert not any("Wuhan" in cell or "Sep 2026, " in cell for cell in cells)


@pytest.mark.parametrize(("lang", "button", "label", "part"), [("en", "Export", "Parts of the page", "Key figures"), ("zh", "导出", "导出内容", "关键指标")])
def test_a_part_of_a_page_is_exported_alone(page, board, tmp_path, lang, button, label, part):
    page.goto(f"{board}/errors?period=2026-10&center=WH&lang={lang}")
    expect(page.locator(".qb").get_by_text(re.compile(r"^\d+\.\d%$")).first).to_be_visible()
    page.get_by_role("button", name=button).click()
    page.get_by_label(label).click()
    page.get_by_role("option", name=part).click()
    expect(page.get_by_label(label).locator("xpath=ancestor::*[@data-testid='stMultiSelect']").get_by_text(part)).to_be_visible()
    page.keyboard.press("Escape")
    if not page.get_by_role("button", name="XLSX").is_visible():
        page.get_by_role("button", name=button).click()
    # The buttons hand out what the last run was asked for.
    settle(page)
    book = openpyxl.load_workbook(downloaded(page, "XLSX", tmp_path))
    assert len(book.sheetnames) == 2 and not any(sheet._charts for sheet in book)
