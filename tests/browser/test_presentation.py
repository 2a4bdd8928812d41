"""The presentation in a real browser: one item a screen, moved through by keys, clicks drill, nothing is left behind."""

import pytest

from tests.browser.test_board_component import address, expect_event, page, show  # noqa: F401

STAGE = ".qb-stage"
# Of the test page: one screen for its tiles, its two figures, its sentences, its table; what is empty has none.
TITLES = ["Pass rate", "合格率 Trend", "Ranked", "Needs attention", "Agents"]


def begin(page) -> None:  # noqa: F811
    page.keyboard.press("p")
    page.locator(STAGE).wait_for()


def position(page) -> str:  # noqa: F811
    return page.locator(f"{STAGE} .qb-stage-position").inner_text()


def title(page) -> str:  # noqa: F811
    return page.locator(f"{STAGE} :is(.qb-title, .qb-tile-label)").first.inner_text()


def test_keys_lead_through_every_item_and_out_again(page):  # noqa: F811
    before = page.evaluate("[...document.querySelectorAll('.qb-items > *')].map(one => one.dataset.key)")
    begin(page)
    seen = []
    for key in ("ArrowRight", "PageDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        seen.append(title(page))
        page.keyboard.press(key)
    assert seen == TITLES
    assert position(page) == "5 / 5", "the last one stays"
    for key, place in (("PageUp", "4 / 5"), ("ArrowLeft", "3 / 5"), ("Home", "1 / 5"), ("End", "5 / 5")):
        page.keyboard.press(key)
        assert position(page) == place
    page.keyboard.press("Escape")
    assert page.locator(STAGE).count() == 0
    assert page.evaluate("[...document.querySelectorAll('.qb-items > *')].map(one => one.dataset.key)") == before


def test_a_click_in_the_presentation_arrives_and_the_screen_stays(page):  # noqa: F811
    begin(page)
    page.keyboard.press("End")
    page.locator(f'{STAGE} tbody tr[data-at="0"]').click()
    expect_event(page, "Event(kind='row', item='agents', payload='A599')")
    assert (position(page), title(page)) == ("5 / 5", "Agents")


def test_a_figure_is_redrawn_for_the_screen_and_its_points_answer(page):  # noqa: F811
    small = page.locator('[data-key="ranks"] .main-svg').first.bounding_box()
    begin(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{STAGE} .main-svg').getBoundingClientRect().width > {small['width']} * 1.5")
    point = page.locator(f"{STAGE} .points path").first.bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.locator(f"{STAGE} .hovertext").first.wait_for()
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.get_by_text("event: Event(kind='point', item='ranks'").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function(f"document.querySelector('[data-key=ranks] .main-svg').getBoundingClientRect().width < {small['width']} + 2")


def test_typing_a_p_into_a_field_begins_nothing(page):  # noqa: F811
    page.locator('[data-key="agents"]').get_by_role("searchbox").press_sequentially("p")
    assert page.locator(STAGE).count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_screen_fits(page, address, scheme, size):  # noqa: F811
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, address)
    begin(page)
    for place in range(len(TITLES)):
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        wide = "[...document.querySelectorAll('.qb-stage .qb-card, .qb-stage .qb-slide')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
        assert page.evaluate(wide) == 0, place
        page.keyboard.press("ArrowRight")
    assert page.locator(STAGE).get_attribute("data-mode") == scheme
