"""From the comparison to the reason and into a segment, by clicks alone; the link shows the same again."""

import pytest
from playwright.sync_api import Page

from tests.browser.steps import parameters, settle

CELLS = "[data-key=matrix] tbody tr:not(.qb-space)"


@pytest.fixture
def page(page) -> Page:
    """On a wide screen: all centers are seen at once."""
    page.set_viewport_size({"width": 1600, "height": 1000})
    return page


def open_cell(page, center: str, metric: str) -> None:
    """Click the cell of this center and metric."""
    headings = page.locator("[data-key=matrix] thead th")
    place = next(at for at in range(headings.count()) if headings.nth(at).get_attribute("data-column") == center)
    page.locator(CELLS).filter(has=page.get_by_text(metric, exact=True)).locator("th, td").nth(place).click()


def test_a_cell_leads_to_its_reason_and_a_segment_into_the_queue(board, page):
    page.goto(f"{board}/centers?period=last_quarter")
    page.wait_for_selector(CELLS)
    settle(page)
    open_cell(page, "WH", "客户满意率")
    page.wait_for_selector("[data-key=segments] tbody tr:not(.qb-space)")
    settle(page)
    assert "/why" in page.url
    assert {"center": ["WH"], "metric": ["satisfaction_rate"]}.items() <= parameters(page).items()
    page.locator("[data-key=splits] tbody tr:not(.qb-space)").filter(has=page.get_by_text("队列", exact=True)).click()
    page.wait_for_function("() => location.search.includes('why_by=queue')")
    settle(page)
    answer = page.locator("[data-key=answer]").inner_text()
    assert "武汉分中心的客户满意率比总中心低" in answer and "其中结构 −" in answer
    bars = page.locator("[data-key=waterfall] .qb-plot .barlayer path")
    assert bars.count() == 7, "the mix and six queues"
    link = page.url
    row = page.locator("[data-key=segments] tbody tr:not(.qb-space)").filter(has_text="故障报修")
    row.click()
    page.wait_for_function("() => location.search.includes('queue=')")
    settle(page)
    assert parameters(page)["queue"] == ["故障报修"]
    page.go_back()
    page.wait_for_function("() => !location.search.includes('queue=')")
    settle(page)
    assert page.locator("[data-key=answer]").inner_text() == answer
    page.goto(link)
    page.wait_for_selector("[data-key=segments] tbody tr:not(.qb-space)")
    settle(page)
    assert page.locator("[data-key=answer]").inner_text() == answer


def test_a_split_is_chosen_by_a_click_and_a_dot_proves_its_value(board, page):
    page.goto(f"{board}/why?period=last_quarter&metric=satisfaction_rate&center=WH&lang=en")
    page.wait_for_selector("[data-key=splits] tbody tr:not(.qb-space)")
    settle(page)
    page.locator("[data-key=splits] tbody tr:not(.qb-space)").filter(has_text="team").click()
    page.wait_for_function("() => location.search.includes('why_by=team')")
    settle(page)
    assert "Only one side has such groups (team)" in page.locator("[data-key=answer]").inner_text()
    page.locator("[data-key=waterfall] button[data-action=proof]").click()
    dialog = page.locator("[data-testid=stDialog]")
    dialog.get_by_text("SQL", exact=True).click()
    dialog.get_by_text("python -m qa why satisfaction_rate").wait_for()


def test_the_metric_goes_along_from_a_team_to_its_agents(board, page):
    for start in ("why?center=WH&metric=satisfaction_rate&against=SH&why_by=team", "teams?center=WH&metric=satisfaction_rate"):
        page.goto(f"{board}/{start}&period=last_quarter&lang=en")
        table = "segments" if start.startswith("why") else "teams"
        page.wait_for_selector(f"[data-key={table}] tbody tr:not(.qb-space)")
        settle(page)
        page.locator(f"[data-key={table}] tbody tr:not(.qb-space)").first.click()
        page.wait_for_function("() => location.pathname.endsWith('/agents')")
        settle(page)
        assert parameters(page)["metric"] == ["satisfaction_rate"] and len(parameters(page)["team"]) == 1
        page.wait_for_selector("[data-key=ranked] :text('Satisfaction rate')")


def test_the_legend_shows_hollow_markers_hollow(board, page):
    page.goto(f"{board}/centers?period=last_quarter&lang=en&metric=satisfaction_rate")
    page.locator("[data-key=adjusted]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-key=adjusted] .qb-legend button")
    drawn = "buttons => buttons.map(one => ['fill', 'stroke'].map(name => one.querySelectorAll('path')[1].getAttribute(name)))"
    (crude_fill, crude_stroke), (mixed_fill, mixed_stroke) = page.eval_on_selector_all("[data-key=adjusted] .qb-legend button", drawn)
    assert (crude_fill, mixed_stroke) == ("none", None) and crude_stroke and mixed_fill and crude_stroke != mixed_fill
