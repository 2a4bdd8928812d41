"""What only a browser shows of the frame: links, history, switches, and the first request of a cold server."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.serving import running_board

READY = "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"


@pytest.fixture
def page(chromium) -> Iterator:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def visit(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".st-key-filter-bar")
    settle(page)


def settle(page) -> None:
    """Wait until no script runs and the URL has been written."""
    page.wait_for_timeout(300)
    page.wait_for_function(READY)
    page.wait_for_timeout(300)


def parameters(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def choose_period(page, name: str) -> None:
    page.locator(".st-key-view-period input").click()
    page.get_by_role("option", name=name, exact=True).click()
    settle(page)


def period(page) -> str:
    return page.locator(".st-key-view-period [data-baseweb=select], .st-key-view-period input").first.evaluate(
        "node => node.closest('.st-key-view-period').textContent || node.value"
    )


def switch_language(page, name: str) -> None:
    page.locator(".st-key-view-lang").get_by_role("radio", name=name, exact=True).or_(
        page.locator(".st-key-view-lang button", has_text=name)
    ).first.click()
    settle(page)


def test_a_deep_link_as_the_first_request_of_a_cold_server(sample, tmp_path, page):
    with running_board(sample, tmp_path / "server.log") as address:
        visit(page, f"{address}/definitions?center=WH&lang=en")
        assert page.title() == "Definitions · Tingjian"
        assert page.locator("h1").inner_text() == "Definitions"
        assert "Wuhan" in page.locator(".st-key-filter-bar").inner_text()
        assert page.locator("[data-testid=stDialog]").count() == 0, "no “page not found”"


def test_a_copied_link_shows_the_same_view_to_somebody_else(board, page, chromium):
    visit(page, board)
    choose_period(page, "近12个月")
    link = page.url
    assert parameters(page) == {"period": ["last_12_months"]}
    context = chromium.new_context(locale="en-US")
    other = context.new_page()
    visit(other, link)
    caption = ".st-key-frame-title [data-testid=stCaptionContainer]"
    assert other.locator(caption).first.inner_text() == page.locator(caption).first.inner_text()
    context.close()


def test_back_and_forward_walk_through_the_choices(board, page):
    visit(page, board)
    choose_period(page, "上月")
    choose_period(page, "本年")
    page.go_back()
    settle(page)
    assert parameters(page) == {"period": ["last_month"]}
    assert "上月" in period(page)
    page.go_back()
    settle(page)
    assert parameters(page) == {}
    assert "本月" in period(page)
    page.go_forward()
    settle(page)
    assert parameters(page) == {"period": ["last_month"]}


def test_a_page_switch_keeps_choices_and_language(board, page):
    visit(page, f"{board}/?period=last_quarter&lang=en")
    page.get_by_role("link", name="Dictionary").click()
    page.wait_for_function("() => document.title.startsWith('Dictionary')")
    settle(page)
    assert urlsplit(page.url).path == "/dictionary"
    assert parameters(page) == {"period": ["last_quarter"], "lang": ["en"]}
    page.go_back()
    page.wait_for_function("() => document.title.startsWith('Overview')")
    settle(page)
    assert parameters(page) == {"period": ["last_quarter"], "lang": ["en"]}


def test_language_changes_with_one_click_and_keeps_the_choices(board, page):
    visit(page, f"{board}/?period=last_quarter&center=WH")
    assert page.title() == "总览 · 听鉴"
    switch_language(page, "EN")
    assert page.title() == "Overview · Tingjian"
    assert parameters(page) == {"period": ["last_quarter"], "center": ["WH"], "lang": ["en"]}
    assert "Last quarter" in period(page)
    switch_language(page, "中")
    assert page.title() == "总览 · 听鉴"
    assert parameters(page) == {"period": ["last_quarter"], "center": ["WH"]}


def test_dark_is_one_click_away_and_stays_on_every_page(board, page):
    visit(page, f"{board}/?period=last_quarter")
    ground = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="切换到深色").click()
    page.wait_for_function(f"() => ({ground})() !== '{light}'")
    assert parameters(page) == {"period": ["last_quarter"]}
    dark = page.evaluate(ground)
    visit(page, f"{board}/dictionary")
    assert page.evaluate(ground) == dark


def test_a_link_with_nonsense_falls_back_with_a_notice(board, page):
    visit(page, f"{board}/?center=NOWHERE&period=someday")
    assert page.locator("[data-testid=stAlert]").count() == 2
    assert parameters(page) == {}
    choose_period(page, "上月")
    assert page.locator("[data-testid=stAlert]").count() == 0


def test_custom_days_are_typed_in_the_viewers_own_way(board, page):
    visit(page, board)
    choose_period(page, "自定义日期")
    first, last = (page.locator(f".st-key-view-{end} input") for end in ("from", "to"))
    first.fill("2026年9月10日")
    first.press("Enter")
    settle(page)
    last.fill("2026/9/20")
    last.press("Enter")
    settle(page)
    assert parameters(page) == {"period": ["custom"], "from": ["2026-09-10"], "to": ["2026-09-20"]}
    last.fill("2026-09-01")
    last.press("Enter")
    settle(page)
    assert page.locator("[data-testid=stAlert]").count() == 1
    assert parameters(page)["to"] == ["2026-09-20"], "the last usable days stay in force"


def test_nothing_is_fetched_from_another_host(board, page):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    visit(page, board)
    page.wait_for_selector(".qb-card")
    assert {host for host in hosts if host} == {urlsplit(board).netloc}
