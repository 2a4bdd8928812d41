"""The pages about calls in a real browser: cells open their proof, bars and rows drill, both languages."""

from urllib.parse import urlsplit

import pytest

from tests.browser.steps import parameters, settle

DIALOG = "[data-testid=stDialog]"


def visit(page, address: str, ready: str) -> None:
    page.goto(address)
    page.locator(ready.split()[0]).scroll_into_view_if_needed()
    page.wait_for_selector(ready)
    settle(page)


def click_on(page, chart: str, x: object, y: object) -> None:
    """Click the point of a chart at these values of its axes; a category that reads as a number goes by its place."""
    page.locator(f"[data-key='{chart}']").scroll_into_view_if_needed()
    plot = page.locator(f"[data-key='{chart}'] .js-plotly-plot")
    plot.scroll_into_view_if_needed()
    place = plot.evaluate(
        """(plot, [x, y]) => {
            const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect()
            return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)]
        }""",
        [x, y],
    )
    page.mouse.move(*place)
    # Plotly takes a click for that of the point it has found under the mouse, which on a busy machine takes a while.
    page.wait_for_function("plot => plot._hoverdata?.length", arg=plot.element_handle())
    page.mouse.click(*place)


def test_a_cell_of_the_week_opens_its_proof(board, page):
    visit(page, f"{board}/service?period=last_quarter", "[data-key=week] .js-plotly-plot .heatmaplayer")
    click_on(page, "week", "10:00", 0)
    page.locator(DIALOG).get_by_text("周一").first.wait_for()
    settle(page)
    said = page.locator(DIALOG).inner_text()
    assert "10:00–10:30" in said
    assert "服务水平" in said


def test_the_metric_of_the_week_is_part_of_the_link(board, page):
    visit(page, f"{board}/service?period=last_quarter&lang=en", "[data-key=week] .js-plotly-plot")
    page.get_by_role("radio", name="Inbound calls").or_(page.locator(".st-key-view-week button", has_text="Inbound calls")).first.click()
    page.wait_for_function("() => location.search.includes('week=inbound_calls')")
    page.locator("[data-key=week] h3", has_text="Inbound calls by day of the week").wait_for()


def test_a_bar_of_the_handling_time_drills_into_its_center(board, page):
    visit(page, f"{board}/service?period=last_quarter", "[data-key=handling] .js-plotly-plot .bars")
    click_on(page, "handling", 50, "WH")
    page.wait_for_selector(".st-key-breadcrumb")
    settle(page)
    assert parameters(page) == {"period": ["last_quarter"], "center": ["WH"]}
    assert page.locator(DIALOG).count() == 0


def test_an_outbound_row_drills_to_its_agent(board, page):
    visit(page, f"{board}/outbound?period=last_quarter", "[data-key=agents] tbody tr:not(.qb-space)")
    row = page.locator("[data-key=agents] tbody tr:not(.qb-space)").first
    row.scroll_into_view_if_needed()
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    assert page.evaluate(scrolled) > 0
    row.click()
    page.wait_for_selector(".st-key-breadcrumb")
    settle(page)
    assert set(parameters(page)) == {"period", "center", "team", "agent"}
    assert page.evaluate(scrolled) == 0, "what is shown now is said at the top"
    assert urlsplit(page.url).path == "/outbound"


@pytest.mark.parametrize("path", ["service", "outbound"])
def test_a_page_in_english_has_no_chinese_but_data(board, page, path):
    visit(page, f"{board}/{path}?period=last_quarter&lang=en", "[data-key=answer]")
    said = page.locator("[data-key=answer]").inner_text()
    assert not any("\u3400" <= letter <= "\u9fff" for letter in said), said
