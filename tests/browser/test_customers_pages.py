"""The pages about customers in a real browser: search a comment, open a case, drill to a queue."""

from collections.abc import Iterator

import pytest

from tests.browser.steps import READY, parameters


@pytest.fixture
def page(page) -> Iterator:
    """A page; no error on it and none in the console when the test is over."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert page.locator("[data-testid=stException]").count() == 0
    assert problems == []


def settle(page) -> None:
    page.wait_for_timeout(400)
    page.wait_for_function(READY)
    page.wait_for_timeout(400)


def visit(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".qb-card")
    settle(page)


def test_a_comment_is_searched_in_chinese_and_the_link_remembers_it(board, page):
    visit(page, f"{board}/satisfaction?period=this_year")
    box = page.locator(".st-key-view-find input")
    box.fill("耐心")
    box.press("Enter")
    settle(page)
    assert parameters(page)["find"] == ["耐心"]
    found = page.locator(".st-key-comments .qb-sentence, .qb-sentence", has_text="耐心")
    assert found.count() > 0
    box.fill("没有人写过这句话")
    box.press("Enter")
    settle(page)
    assert page.get_by_text("没有含此文字且为此评分的意见。").is_visible()


def test_a_comment_opens_its_call(board, page):
    visit(page, f"{board}/satisfaction?period=this_year&find=耐心")
    page.locator(".qb-sentence.qb-link", has_text="耐心").first.click()
    page.wait_for_function("() => location.pathname.endsWith('/call')")
    page.get_by_text("该客户因同一原因的全部联系").wait_for()


def test_a_case_is_chosen_from_the_longest_and_shows_its_contacts(board, page):
    visit(page, f"{board}/resolution?resolution_part=cases&lang=en")
    page.locator("table[aria-label='Longest cases that began in the period'] tbody tr[data-at='0']").click()
    page.wait_for_function("() => location.pathname.endsWith('/call')")
    table = page.locator("table[aria-label='Contacts of this customer for this reason']")
    table.wait_for()
    assert table.locator("tbody tr[data-at]").count() >= 2
    assert table.get_by_text("this call").count() >= 1


def test_a_row_of_the_queues_narrows_the_view(board, page):
    visit(page, f"{board}/resolution?lang=en")
    page.locator("table[aria-label='Queues'] tbody tr[data-at='0']").click()
    settle(page)
    assert len(parameters(page)["queue"]) == 1


def test_every_part_has_its_proof(board, page):
    visit(page, f"{board}/complaints?lang=en&period=this_year")
    page.locator(".qb-tile", has_text="Complaints upheld").get_by_role("button", name="How is this computed").click()
    page.get_by_role("dialog").get_by_text("Upheld complaints / decided complaints").wait_for()
