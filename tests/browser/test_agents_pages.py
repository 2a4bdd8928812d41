"""Agents in a browser: from the table of all to one agent, to the printed sheet, to an evaluation, and back."""

import csv
import re
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect

from tests.browser.steps import parameters

PERIOD = "period=last_12_months&lang=en"


def visit(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".qb-card")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("agents", "Which agents are off target, which differ by more than noise, and for whom is it too early to say?"),
        ("teams", "Which teams are off target, and which differ by more than noise?"),
        ("agent", "Against targets:"),
    ],
)
def test_a_page_answers_its_question_first(board, page, path, title):
    visit(page, f"{board}/{path}?{PERIOD}")
    assert title in page.locator(".qb-card").first.inner_text()
    assert page.locator("[data-testid=stAlert]").count() == 0


def test_a_row_opens_the_agents_page_and_its_sheet_is_one_a4_page(board, page):
    visit(page, f"{board}/agents?{PERIOD}")
    name = page.locator('[data-key="agents"] tbody tr[data-at="2"] th').inner_text()
    page.locator('[data-key="agents"] tbody tr[data-at="2"]').click()
    page.wait_for_function("() => location.pathname.endsWith('/agent')")
    page.wait_for_selector("text=Strongest and weakest items")
    assert name in page.locator(".qb-card").first.inner_text()
    assert parameters(page)["period"] == ["last_12_months"]
    page.wait_for_selector('[data-key="evaluations"] tbody tr[data-at="0"]')
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet).groups())
    assert (round(width), round(height)) == (595, 842)


def test_charts_are_drawn_for_the_paper_before_the_browser_lays_it_out_and_for_the_screen_after(board, page):
    visit(page, f"{board}/agent?{PERIOD}&center=CD&agent=CD-0110")
    page.locator('[data-key="months mean_score"]').scroll_into_view_if_needed()
    page.wait_for_selector('[data-key="months mean_score"] .main-svg')
    page.wait_for_timeout(500)
    drawn = """kind => {
      if (kind) dispatchEvent(new Event(kind))
      const plots = [...document.querySelectorAll(".qb-plot")].filter(one => one.querySelector(".main-svg"))
      return plots.map(one => [one.querySelector(".main-svg").clientWidth, one.closest(".qb-body").clientWidth])
    }"""
    screen, paper, after = (page.evaluate(drawn, kind) for kind in ("", "beforeprint", "afterprint"))
    assert screen and all(abs(svg - body) <= 1 for svg, body in [*screen, *paper, *after])
    assert all(abs(on_paper[0] - on_screen[0]) > 2 for on_paper, on_screen in zip(paper, screen, strict=True))
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("() => window.printed")


def test_the_table_of_all_begins_with_the_metric_ranked_below_it(board, page):
    figures = page.locator('[data-key="agents"] th.qb-right')
    visit(page, f"{board}/agents?{PERIOD}&metric=satisfaction_rate")
    assert "Satisfaction rate" in [figures.nth(place).inner_text() for place in range(2)]
    page.get_by_role("combobox", name="Ranked by").focus()
    page.keyboard.type("Repeat-call rate")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator('[data-key="agents"] th[data-column="repeat_call_rate"]')).to_be_visible()
    expect(page.locator('[data-key="ranking"] th[data-column="repeat_call_rate"]')).to_be_visible()


def test_a_saved_table_has_the_grades_in_words(board, page):
    visit(page, f"{board}/agents?{PERIOD}")
    saved = []
    for kind in ("CSV", "XLSX"):
        page.locator('[data-key="agents"] [data-action="save"]').click()
        with page.expect_download() as download:
            page.locator('[data-key="agents"] .qb-command', has_text=kind).click()
        saved.append(Path(download.value.path()))
    grades = {"Excellent", "Good", "Qualified", "Unqualified"}
    rows = list(csv.DictReader(StringIO(saved[0].read_text("utf-8-sig"))))
    assert {row["Grade"] for row in rows} - {""} <= grades and any(row["Grade"] in grades for row in rows)
    assert any(60 < float(row["Appraisal score"]) < 100 for row in rows if row["Appraisal score"])
    assert pl.read_excel(saved[1], sheet_id=1)["Grade"].to_list() == [row["Grade"] or None for row in rows]


def test_an_evaluation_of_an_agent_opens_and_back_returns(board, page):
    visit(page, f"{board}/agent?{PERIOD}&center=CD&agent=CD-0110")
    page.locator('[data-key="evaluations"] tbody tr[data-at="0"]').click()
    page.wait_for_function("() => location.pathname.endsWith('/evaluation')")
    page.go_back()
    page.wait_for_selector("text=Strongest and weakest items")


def test_a_team_opens_its_agents(board, page):
    visit(page, f"{board}/teams?{PERIOD}")
    page.locator('[data-key="teams"] tbody tr[data-at="0"]').click()
    page.wait_for_function("() => location.pathname.endsWith('/agents')")
    page.wait_for_selector('[data-key="agents"]')
    assert "team" in parameters(page)


def test_the_ranked_metric_is_kept_in_the_link(board, page):
    visit(page, f"{board}/agents?{PERIOD}&metric=fatal_accuracy")
    page.wait_for_selector("text=truly in the bottom tenth")
    assert "Fatal error accuracy" in page.locator('[data-key="ranked"]').inner_text()
