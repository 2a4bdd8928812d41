"""How the cards of real pages stand beside each other, on the page and in a presentation."""

import pytest

from tests.browser.steps import settle

TOPS = "() => [...document.querySelectorAll('.qb-items > .qb-{kind}')].map(card => Math.round(card.getBoundingClientRect().top))"
FITS = "() => [...document.querySelectorAll('.qb-stage .qb-slide, .qb-stage .qb-card')].every(one => one.scrollHeight <= one.clientHeight + 2)"


def show(board, page, path: str) -> None:
    page.goto(f"{board}/{path}")
    page.wait_for_selector(".qb-card")
    settle(page)


@pytest.mark.parametrize("path", ["satisfaction", "complaints", "resolution", "errors"])
def test_three_tiles_stand_in_one_row_on_a_laptop(board, page, path):
    show(board, page, f"{path}?lang=en")
    assert len(set(page.evaluate(TOPS.replace("{kind}", "tile")))) == 1


def test_figures_do_not_fill_up_a_row_of_tiles(board, page):
    show(board, page, "agent?lang=en&center=WH&agent=W00111")
    tiles, charts = (set(page.evaluate(TOPS.replace("{kind}", kind))) for kind in ("tile", "chart"))
    assert page.locator(".qb-items > .qb-tile").count() % 3, "three in a row, the last row is not full"
    assert not tiles & charts


def test_the_button_that_prints_stands_on_the_card_it_belongs_to(board, page):
    show(board, page, "agent?lang=en&center=WH&agent=W00111")
    button, card = page.get_by_role("button", name="Print"), page.locator(".qb-card").first
    assert button.bounding_box()["y"] < card.bounding_box()["y"] + 40
    assert button.bounding_box()["y"] > card.bounding_box()["y"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_few_sentences_share_their_slide_with_the_tiles_below_them(board, page, language):
    show(board, page, f"?lang={language}")
    page.keyboard.press("p")
    stage = page.locator(".qb-stage")
    stage.wait_for()
    page.wait_for_timeout(200)
    assert stage.locator(".qb-sentences").count() == 1
    assert stage.locator(".qb-tile").count() == 6
    assert page.evaluate(FITS)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    facts = stage.locator(".qb-tile .qb-facts").first
    assert len({round(fact.bounding_box()["y"]) for fact in facts.locator(".qb-fact").all()}) == 1, "a tile of a slide has room for its facts in a line"


def test_a_slide_of_sentences_alone_is_in_larger_type_and_names_its_section(board, page):
    show(board, page, "report?center=WH")
    page.keyboard.press("p")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    text, about = page.locator(".qb-stage .qb-sentence").first, page.locator(".qb-stage-about")
    height = text.evaluate("element => element.getBoundingClientRect().height / element.offsetHeight * parseFloat(getComputedStyle(element).fontSize)")
    assert height > 30, "at 1280 by 1000"
    assert "一、考核指标" in about.inner_text()
    assert page.evaluate(FITS)


def test_a_long_table_scrolls_within_its_slide(board, page):
    show(board, page, "evaluation?lang=en&period=last_12_months")
    page.keyboard.press("p")
    table = page.locator(".qb-stage .qb-table")
    table.wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(FITS)
    scroller = table.locator(".qb-scroller")
    assert scroller.evaluate("element => element.scrollHeight > element.clientHeight * 2")
    assert table.locator("tbody tr[data-at]").count() < 60, "only the rows in sight are elements"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_of_a_short_table_are_not_cut(board, page, language):
    show(board, page, f"report?lang={language}&report_center=WH&report_month=2026-10")
    words = page.locator(".qb-short tbody :is(th, td):not(.qb-right)")
    assert words.count() > 20
    assert not words.evaluate_all("cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.textContent)")


@pytest.mark.parametrize(("center", "named"), [("SY", "Monthly report · 1. Indicators · Shenyang branch · Oct 2026"), ("all", " · All centers · Oct 2026")])
def test_the_slides_of_a_report_name_its_own_center_and_month(board, page, center, named):
    show(board, page, f"report?lang=en&center=WH&period=2026-09&report_center={center}&report_month=2026-10")
    page.keyboard.press("p")
    about = page.locator(".qb-stage-about")
    about.wait_for()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert about.inner_text().endswith(named)
    assert "Wuhan" not in about.inner_text()


def test_the_proof_of_a_number_shows_its_words_and_the_ids_of_its_records_whole(board, page):
    show(board, page, "?center=WH")
    page.locator(".qb-tile .qb-toolbar button").first.click()
    proof = page.get_by_role("dialog")
    value = proof.locator("td > [data-testid=stMarkdownContainer]").nth(1)
    value.wait_for()
    assert value.evaluate("element => getComputedStyle(element).maxWidth") == "none"
    proof.get_by_role("radio", name="明细记录").click()
    ids = proof.locator(".qb-grid-table tbody tr:not(.qb-space) th")
    ids.first.wait_for()
    settle(page)
    assert ids.evaluate_all("cells => cells.every(cell => cell.scrollWidth <= cell.clientWidth)")
