"""The quality pages in a browser: a deep link, a click down to an item, and back."""


import pytest

from tests.browser.steps import parameters

PERIOD = "period=last_12_months&lang=en"


def visit(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".qb-card")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("errors", "Where are the errors, and did they change?"),
        ("scores", "How are scores spread, and whom do they stand for?"),
        ("item", "How often does it go wrong, and with whom?"),
    ],
)
def test_a_page_answers_its_question_first(board, page, path, title):
    visit(page, f"{board}/{path}?{PERIOD}")
    assert title in page.locator(".qb-card").first.inner_text()
    assert page.locator("[data-testid=stAlert]").count() == 0


def test_a_row_of_the_ranking_opens_the_items_page_and_back_returns(board, page):
    visit(page, f"{board}/errors?{PERIOD}&card=R40")
    page.locator('[data-key="groups"] tbody tr[data-at="0"]').click()
    page.wait_for_function("() => location.pathname.endsWith('/item')")
    page.wait_for_selector("text=How often does it go wrong, and with whom?")
    address = parameters(page)
    assert address["period"] == ["last_12_months"]
    page.go_back()
    page.wait_for_selector("text=Where are the errors, and did they change?")


def test_the_trained_items_lift_is_said_on_its_page(board, page):
    visit(page, f"{board}/item?{PERIOD}&item=R40%20%7C%20R40-04")
    assert "better, more than noise" in page.locator(".qb-card").first.inner_text()


def test_a_part_of_the_scores_page_is_kept_in_the_link(board, page):
    visit(page, f"{board}/scores?{PERIOD}&part=appeals")
    assert "appealed" in page.locator(".qb-card").first.inner_text()
