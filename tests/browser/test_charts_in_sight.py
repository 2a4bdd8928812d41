"""Charts are drawn where they are seen or nearly so, and what is drawn then is the view in force."""

from tests.browser.steps import settle

LAST = "[...document.querySelectorAll('.qb-chart')].at(-1)"
LEGEND = f"() => {LAST}.querySelector('.main-svg') && {LAST}.querySelector('.js-plotly-plot').data.map(trace => trace.x.at(-1)).join()"


def test_a_chart_far_below_is_drawn_when_it_comes_near_and_then_shows_the_view_in_force(board, page):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{board}/?period=2026-09")
    page.wait_for_selector(".qb-chart")
    settle(page)
    assert not page.evaluate(LEGEND)
    page.locator(".qb-chart").last.scroll_into_view_if_needed()
    page.wait_for_function(LEGEND)
    september = page.evaluate(LEGEND)
    page.locator(".qb-tile").first.scroll_into_view_if_needed()
    settle(page)
    page.locator(".qb-filters [data-name=period]").click()
    page.keyboard.type("2026年7月")
    page.get_by_role("option", name="2026年7月", exact=True).click()
    page.wait_for_function("() => location.search.includes('2026-07')")
    settle(page)
    assert page.evaluate(LEGEND) == september
    page.locator(".qb-chart").last.scroll_into_view_if_needed()
    page.wait_for_function(f"before => ({LEGEND})() !== before", arg=september)


def test_what_plotly_is_told_of_its_arrays_is_what_it_would_find(board, page):
    page.set_viewport_size({"width": 1280, "height": 6000})
    script = "() => [...document.scripts].find(one => one.src.includes('plotly')).src"
    differing = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => plot._fullData).map(trace => [
      trace.type, Plotly.PlotSchema.findArrayAttributes(trace).join(), qbPlotly.PlotSchema.findArrayAttributes(trace).join(),
    ])"""
    for path in ("", "errors", "centers", "service", "agents"):
        page.goto(f"{board}/{path}?period=last_12_months")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        settle(page)
        page.add_script_tag(url=page.evaluate(script))
        found = page.evaluate(differing)
        assert found and [one for one in found if one[1] != one[2]] == []
