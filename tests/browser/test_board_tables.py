"""What a viewer can do to a table in a real browser: choose columns, show only rows with a mark, save what is seen."""

import csv
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect

from tests.browser.test_board_component import address, choose, page, show  # noqa: F401

TABLE = '[data-key="agents"]'


def heads(page) -> list[str]:  # noqa: F811
    return [text.strip() for text in page.locator(f"{TABLE} thead th").all_inner_texts()]


def turn(page, action: str, *labels: str) -> None:  # noqa: F811
    """Turn these boxes of one of the table's menus over, and close it."""
    page.locator(f'{TABLE} [data-action="{action}"]').click()
    for label in labels:
        page.locator(f"{TABLE} .qb-choice", has_text=label).click()
    page.keyboard.press("Escape")
    page.locator(f"{TABLE} .qb-menu").wait_for(state="detached")


def saved(page, kind: str) -> Path:  # noqa: F811
    page.locator(f'{TABLE} [data-action="save"]').click()
    with page.expect_download() as download:
        page.locator(f"{TABLE} .qb-command", has_text=kind).click()
    assert download.value.suggested_filename == f"Agents.{kind.lower()}"
    return Path(download.value.path())


def test_columns_are_chosen_and_the_last_one_stays(page):  # noqa: F811
    assert heads(page) == ["Agent", "Team", "Pass rate", "Calls"]
    turn(page, "columns", "Team", "Calls")
    assert heads(page) == ["Agent", "Pass rate"]
    assert page.locator(f"{TABLE} table").get_attribute("aria-colcount") == "2"
    turn(page, "columns", "Pass rate")
    page.locator(f'{TABLE} [data-action="columns"]').click()
    assert page.locator(f"{TABLE} .qb-choice input:disabled").count() == 1
    page.keyboard.press("Escape")
    turn(page, "columns", "Calls")
    assert heads(page) == ["Agent", "Calls"]


def test_the_menu_is_used_by_keyboard_and_gives_the_focus_back(page):  # noqa: F811
    button = page.locator(f'{TABLE} [data-action="columns"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert heads(page) == ["Agent", "Pass rate", "Calls"]
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_only_rows_with_a_mark_are_shown(page):  # noqa: F811
    turn(page, "only", "Off target")
    assert page.locator(f"{TABLE} .qb-count").inner_text() == "300 of 600 rows"
    turn(page, "only", "Off target")
    assert page.locator(f"{TABLE} .qb-count").inner_text() == "Rows: 600"


def test_a_choice_of_rows_outlives_new_figures_and_another_hint(page):  # noqa: F811
    turn(page, "only", "Off target")
    choose(page, "South")
    expect(page.locator(f'{TABLE} th[data-column="share"]')).to_have_attribute("title", "Passed / all. Target ≥ 90.0%")
    assert page.locator(f"{TABLE} .qb-count").inner_text() == "60 of 600 rows"


def first_row(page) -> list[str]:  # noqa: F811
    return [text.strip() for text in page.locator(f"{TABLE} tbody tr:not(.qb-space)").first.locator("th, td").all_inner_texts()]


def test_lines_hold_the_columns_chosen_and_no_others(page):  # noqa: F811
    before = first_row(page)
    turn(page, "columns", "Team")
    assert first_row(page) == [before[0], *before[2:]]
    turn(page, "columns", "Pass rate", "Calls")
    turn(page, "columns", "Team", "Agent", "Pass rate")
    assert heads(page) == ["Team", "Pass rate"]
    assert first_row(page) == before[1:3]


def test_what_is_seen_is_saved_with_unrounded_figures(page):  # noqa: F811
    turn(page, "columns", "Team")
    turn(page, "only", "On target")
    page.locator(TABLE).get_by_role("searchbox").fill("坐席 00")
    text = saved(page, "CSV").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Agent", "Pass rate", "Pass rate · mark", "Pass rate · note", "Calls"]
    assert rows[1:] == [[f"坐席 00{n}", repr(0.9 + n / 100), "On target", f"n={n}", str(n)] for n in (9, 8, 6, 5)]
    book = saved(page, "XLSX")
    figures = pl.read_excel(book, sheet_id=1)
    assert figures.columns == rows[0]
    assert figures["Pass rate"].to_list() == [0.9 + n / 100 for n in (9, 8, 6, 5)]
    notes = dict(pl.read_excel(book, sheet_id=2, has_header=False).iter_rows())
    assert (notes["Table"], notes["Rows shown"], notes["Pass rate"]) == ("Agents", "4 of 600 rows", "Passed / all")


def test_what_is_not_known_is_an_empty_cell_of_a_file(page):  # noqa: F811
    """A dash alone would be taken for the beginning of a formula, and guarded as one."""
    page.locator(TABLE).get_by_role("searchbox").fill("坐席 00")
    teams = {row["Agent"]: row["Team"] for row in csv.DictReader(StringIO(saved(page, "CSV").read_text("utf-8-sig")))}
    assert (teams["坐席 003"], teams["坐席 005"]) == ("", "一组")
    book = pl.read_excel(saved(page, "XLSX"), sheet_id=1)
    assert dict(book.select("Agent", "Team").iter_rows())["坐席 003"] is None


@pytest.mark.parametrize("width", [480, 1280])
def test_a_menu_stays_on_the_screen(page, address, width):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 700})
    show(page, address)
    page.locator(f'{TABLE} [data-action="columns"]').click()
    box = page.locator(f"{TABLE} .qb-menu").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 700


def test_columns_without_room_are_left_out_until_they_are_asked_for(page, address):  # noqa: F811
    page.set_viewport_size({"width": 320, "height": 700})
    show(page, address)
    count = page.locator(f"{TABLE} .qb-count")
    expect(count).to_contain_text("of 4 columns")
    assert heads(page) == ["Agent", "Team", "Pass rate", "Calls"][: len(heads(page))]
    assert page.locator(f"{TABLE} .qb-scroller").evaluate("one => one.scrollWidth <= one.clientWidth")
    for wish, seen in (("All columns", 4), ("As many as fit", len(heads(page)))):
        page.locator(f'{TABLE} [data-action="columns"]').click()
        page.locator(f"{TABLE} .qb-command", has_text=wish).click()
        expect(page.locator(f"{TABLE} thead th")).to_have_count(seen)
    page.set_viewport_size({"width": 1280, "height": 700})
    expect(page.locator(f"{TABLE} thead th")).to_have_count(4)
