"""What only a browser shows of the frame: links, history, switches, and the first request of a cold server."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit import get_option

from qa.session.board.assets import PLOTLY_FILE
from tests.browser.steps import settle
from tests.serving import ROOT, running_board

# A busy machine is slow, not wrong.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)

PERIOD = ".qb-filters [data-name=period]"
GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
IS_DARK = f"() => document.querySelector('.st-key-filter-bar') && ({GROUND})().match(/\\d+/g).slice(0, 3).every(part => part < 60)"


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(PERIOD)).to_be_visible()


def expect_parameters(page: Page, **wanted: str) -> None:
    """The URL settles on exactly these parameters; from_ stands for the parameter "from"."""
    same = "wanted => JSON.stringify(Object.fromEntries([...new URLSearchParams(location.search)].sort())) === wanted"
    parameters = dict(sorted((name.rstrip("_"), value) for name, value in wanted.items()))
    page.wait_for_function(same, arg=json.dumps(parameters, separators=(",", ":")))


def expect_period(page: Page, name: str) -> None:
    expect(page.locator(PERIOD)).to_have_text(name)


def choose_period(page: Page, name: str) -> None:
    page.locator(PERIOD).click()
    page.get_by_role("option", name=name, exact=True).click()
    expect_period(page, name)


def type_day(page: Page, end: str, text: str) -> None:
    field = page.locator(f".qb-filters [name={end}]")
    field.fill(text)
    field.press("Enter")


def test_the_first_page_is_found_under_its_name_too(board, page):
    visit(page, f"{board}/overview?center=WH")
    page.wait_for_function("() => location.pathname === '/'")
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    expect_parameters(page, center="WH")
    expect(page.get_by_role("dialog")).to_have_count(0)


AFTER = "element => getComputedStyle(element, '::after').content"


def test_streamlits_own_words_follow_the_language(board, page):
    page.goto(f"{board}/import")
    limit = page.get_by_test_id("stFileUploaderDropzoneInstructions").locator("span")
    expect(limit).to_be_visible()
    page.wait_for_function(f"element => ({AFTER})(element).includes('拖到这里')", arg=limit.element_handle())
    assert f"{get_option('server.maxUploadSize')} MB" in limit.evaluate(AFTER)
    skip = page.locator("a[href='#stMain']")
    skip.focus()
    assert skip.evaluate(AFTER) == '"跳到主要内容"' and skip.evaluate("element => getComputedStyle(element).fontSize") == "0px"
    page.goto(f"{board}/agent")
    page.locator(".st-key-view-who input").click()
    page.keyboard.type("zzz")
    nothing = page.locator('[role="listbox"][data-empty="true"] [role="option"] span')
    expect(nothing).to_be_visible()
    assert nothing.evaluate(AFTER) == '"没有匹配项"'
    page.goto(f"{board}/import?lang=en")
    expect(limit).to_contain_text("200MB per file")
    assert limit.evaluate(AFTER) == "none"


def test_a_deep_link_as_the_first_request_of_a_cold_server(sample, tmp_path, page):
    with running_board(sample, tmp_path / "server.log") as address:
        visit(page, f"{address}/call?center=WH&lang=en")
        expect(page).to_have_title("Call · Tingjian")
        expect(page.locator("h1")).to_have_text("Call")
        expect(page.locator(".st-key-filter-bar")).to_contain_text("Wuhan")
        expect(page.locator(".qb-table table").first).to_be_visible()
        expect(page.locator("[data-testid=stDialog]")).to_have_count(0)


def test_a_copied_link_shows_the_same_view_to_somebody_else(board, page, chromium):
    visit(page, board)
    choose_period(page, "近12个月")
    expect_parameters(page, period="last_12_months")
    caption = page.locator(".st-key-frame-title [data-testid=stCaptionContainer]").first
    expect(caption).to_contain_text(" – ")
    context = chromium.new_context(locale="en-US")
    context.set_default_timeout(PATIENCE_MS)
    other = context.new_page()
    visit(other, page.url)
    expect_period(other, "近12个月")
    expect(other.locator(".st-key-frame-title [data-testid=stCaptionContainer]").first).to_have_text(caption.inner_text())
    context.close()


def test_back_and_forward_walk_through_the_choices(board, page):
    visit(page, board)
    choose_period(page, "上月")
    expect_parameters(page, period="last_month")
    choose_period(page, "本年")
    expect_parameters(page, period="this_year")
    page.go_back()
    expect_period(page, "上月")
    expect_parameters(page, period="last_month")
    page.go_back()
    expect_period(page, "本月")
    expect_parameters(page)
    page.go_forward()
    expect_period(page, "上月")
    expect_parameters(page, period="last_month")


def test_arrows_step_through_months_and_rest_where_there_is_none(board, page):
    visit(page, f"{board}/call?period=last_month&center=WH")
    earlier, later = (page.get_by_role("button", name=name) for name in ("上一月", "下一月"))
    later.click()
    expect_parameters(page, period="2026-10", center="WH")
    expect_period(page, "2026年10月")
    expect(later).to_be_disabled()
    for month in ("2026-09", "2026-08"):
        earlier.click()
        expect_parameters(page, period=month, center="WH")
    page.go_back()
    expect_parameters(page, period="2026-09", center="WH")
    visit(page, f"{board}/call?period=last_quarter")
    expect(earlier).to_be_disabled()
    expect(later).to_be_disabled()


def test_a_page_switch_keeps_choices_and_language(board, page):
    visit(page, f"{board}/?period=last_quarter&lang=en")
    page.get_by_role("link", name="Dictionary").click()
    expect(page).to_have_title("Dictionary · Tingjian")
    expect(page).to_have_url(re.compile("/dictionary"))
    expect_parameters(page, period="last_quarter", lang="en")
    page.go_back()
    expect(page).to_have_title("Overview · Tingjian")
    expect_parameters(page, period="last_quarter", lang="en")
    expect_period(page, "Last quarter")


@pytest.mark.parametrize("path", ["extracts", "import", "dictionary", "definitions"])
def test_a_page_the_filters_change_nothing_of_shows_none_and_keeps_them(board, page, path):
    visit(page, f"{board}/?period=2026-09&center=WH")
    page.locator(f"nav a[data-path='{path}']").click()
    expect(page).to_have_url(re.compile(f"/{path}"))
    expect(page.locator(".qb-filters, .st-key-breadcrumb")).to_have_count(0)
    expect(page.locator(".st-key-frame-title")).not_to_contain_text("2026年9月")
    expect_parameters(page, period="2026-09", center="WH")
    page.get_by_role("link", name="总览").click()
    expect_period(page, "2026年9月")
    expect(page.get_by_role("button", name="中心：武汉分中心")).to_be_visible()


def test_the_menu_says_where_one_is_and_its_links_open_a_tab_of_their_own_too(board, page, context):
    visit(page, f"{board}/trend?center=WH")
    menu = page.get_by_role("navigation", name="页面")
    expect(menu.locator("[aria-current]")).to_contain_text("趋势")
    expect(menu.get_by_role("link", name="总览")).to_have_attribute("href", "./?center=WH")
    with context.expect_page() as opened:
        menu.get_by_role("link", name="字典").click(modifiers=["ControlOrMeta"])
    tab = opened.value
    expect(tab).to_have_title("数据字典 · 听鉴")
    expect_parameters(tab, center="WH")
    tab.close()
    expect(page).to_have_title("趋势 · 听鉴")
    menu.get_by_role("link", name="总览").press("Enter")
    expect(page).to_have_title("总览 · 听鉴")
    expect(menu.locator("[aria-current]")).to_contain_text("总览")


def test_choices_survive_a_page_switch_that_follows_a_change_of_the_filters(board, page):
    visit(page, f"{board}/?center=WH&months=21")
    choose_period(page, "近12个月")
    expect_parameters(page, period="last_12_months", center="WH", months="21")
    page.get_by_role("link", name="趋势").click()
    expect(page).to_have_title("趋势 · 听鉴")
    expect_period(page, "近12个月")
    expect_parameters(page, period="last_12_months", center="WH", months="21")
    expect(page.locator(".qb-chart").first).to_be_visible()


def test_language_changes_with_one_click_and_keeps_the_choices(board, page):
    visit(page, f"{board}/?period=last_quarter&center=WH")
    expect(page).to_have_title("总览 · 听鉴")
    page.get_by_role("radio", name="EN", exact=True).click()
    expect(page).to_have_title("Overview · Tingjian")
    expect_period(page, "Last quarter")
    expect_parameters(page, period="last_quarter", center="WH", lang="en")
    page.get_by_role("radio", name="中", exact=True).click()
    expect(page).to_have_title("总览 · 听鉴")
    expect_period(page, "上季度")
    expect_parameters(page, period="last_quarter", center="WH")


def test_dark_is_one_click_away_and_stays_on_every_page(board, page):
    visit(page, f"{board}/?period=last_quarter")
    page.get_by_role("button", name="切换到深色").click()
    page.wait_for_function(IS_DARK)
    expect_period(page, "上季度")
    visit(page, f"{board}/call")
    page.wait_for_function(IS_DARK)


def test_a_link_with_nonsense_falls_back_with_a_notice(board, page):
    visit(page, f"{board}/?center=NOWHERE&period=someday")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(2)
    expect_parameters(page)
    choose_period(page, "上月")
    expect_parameters(page, period="last_month")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_custom_days_are_typed_in_the_viewers_own_way(board, page):
    visit(page, board)
    choose_period(page, "自定义日期")
    type_day(page, "from", "2026年9月10日")
    type_day(page, "to", "2026/9/20")
    expect_parameters(page, period="custom", from_="2026-09-10", to="2026-09-20")
    type_day(page, "to", "2026-09-01")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(1)
    expect_parameters(page, period="custom", from_="2026-09-10", to="2026-09-20")


def test_nothing_is_fetched_from_another_host(board, page):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    visit(page, board)
    expect(page.locator(".qb-card").first).to_be_visible()
    assert {host for host in hosts if host} == {urlsplit(board).netloc}


def test_a_list_of_the_filters_shows_what_is_chosen_and_takes_several_choices_in_a_row(board, page):
    visit(page, f"{board}/?center=WH&months=21")
    choose_period(page, "上月")
    expect_parameters(page, period="last_month", center="WH", months="21")
    page.get_by_role("button", name="更多").click()
    for chosen in ("质检日期", "21日至次月20日"):
        expect(page.get_by_role("option", name=chosen)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="中心：武汉分中心").click()
    expect(page.get_by_role("option", name="武汉分中心")).to_have_attribute("aria-selected", "true")
    page.get_by_role("option", name="成都分中心").click()
    page.get_by_role("option", name="西安分中心").click()
    expect(page.get_by_role("button", name="等 3 个")).to_be_visible()
    page.wait_for_function("() => new URLSearchParams(location.search).getAll('center').sort().join() === 'CD,WH,XA'")
    page.get_by_role("option", name="全部").click()
    expect_parameters(page, period="last_month", months="21")
    expect(page.get_by_role("button", name="中心：全部")).to_be_visible()


def test_a_second_choice_made_before_the_first_is_answered_keeps_it(board, page):
    visit(page, f"{board}/call")
    page.evaluate("""() => {
      const press = selector => document.querySelector(selector).click()
      press('.qb-arrow[data-way=earlier]')
      press('.qb-arrow[data-way=earlier]')
      press('.qb-filters [data-name=center]')
      press('[role=option][data-code=WH]')
      press('[role=option][data-code=CD]')
    }""")
    page.wait_for_function("() => new URLSearchParams(location.search).getAll('center').sort().join() === 'CD,WH'")
    page.wait_for_url("**period=2026-08*")
    settle(page)
    expect_period(page, "2026年8月")
    expect(page.get_by_role("option", name="成都分中心")).to_have_attribute("aria-selected", "true")


def test_a_choice_takes_nothing_back_that_was_decided_elsewhere_meanwhile(board, page):
    """A way back in the breadcrumb, whose answer the filter bar does not have yet."""
    visit(page, f"{board}/call?center=WH&period=2026-09")
    expect(page.locator(".st-key-crumb-0 button")).to_be_visible()
    page.evaluate("""() => {
      document.querySelector('.st-key-crumb-0 button').click()
      document.querySelector('.qb-arrow[data-way=earlier]').click()
    }""")
    expect_parameters(page, period="2026-08")
    expect(page.get_by_role("button", name="中心：全部")).to_be_visible()


def test_the_filters_are_chosen_by_the_keyboard_alone(board, page):
    visit(page, f"{board}/call?lang=en")
    page.locator(PERIOD).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("2026-0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_parameters(page, period="2026-08", lang="en")
    expect(page.locator(PERIOD)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("nothing of the kind")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator(PERIOD)).to_be_focused()
    expect_parameters(page, period="2026-08", lang="en")


def test_days_of_ones_own_begin_with_those_on_screen(board, page):
    visit(page, f"{board}/call?period=2026-09")
    choose_period(page, "自定义日期")
    expect_parameters(page, period="custom", from_="2026-09-01", to="2026-09-30")
    expect(page.get_by_label("起始日")).to_have_value("2026-09-01")


def box(locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return found


IN_ONE_LINE = """() => {
  const [title, period, ...switches] = ['h1', '[data-testid=stCaptionContainer]', '.st-key-frame-switches button', '.st-key-mode-switch']
    .map(one => document.querySelector(`.st-key-frame-title ${one}`)?.getBoundingClientRect())
  const besides = one => title.top < one.top + one.height / 2 && one.top + one.height / 2 < title.bottom
  return switches.every(one => one && besides(one)) && period.top >= switches[0].bottom - 4
}"""


def test_the_switches_stay_in_one_line_on_a_narrow_screen(board, page):
    page.set_viewport_size({"width": 900, "height": 800})
    visit(page, f"{board}/call?lang=en")
    page.wait_for_function(IN_ONE_LINE)


def test_the_button_that_brings_the_menu_back_is_in_sight(board, page):
    page.set_viewport_size({"width": 700, "height": 800})
    visit(page, f"{board}/call")
    button, title = box(page.get_by_test_id("stExpandSidebarButton")), box(page.locator(".st-key-frame-title h1"))
    assert button["y"] >= 0
    assert button["x"] + button["width"] <= title["x"]
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_role("navigation", name="页面")).to_be_in_viewport()


@pytest.mark.parametrize(("language", "names"), [("zh", ("收起菜单", "展开菜单", "请选择")), ("en", ("Hide the menu", "Show the menu", "Choose"))])
def test_what_streamlit_names_by_itself_is_named_in_the_language_of_the_board(board, page, language, names):
    visit(page, f"{board}/call?lang={language}")
    page.get_by_test_id("stSidebar").hover()
    page.get_by_role("button", name=names[0]).click()
    page.get_by_role("button", name=names[1]).click()
    page.get_by_test_id("stSidebar").hover()
    expect(page.get_by_role("button", name=names[0])).to_be_visible()
    visit(page, f"{board}/agent?lang={language}")
    who = page.locator(".st-key-view-who input")
    who.fill("")
    expect(who).to_have_attribute("placeholder", names[2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_days_of_ones_own_and_two_centers_leave_the_filters_in_one_line(board, page, language):
    visit(page, f"{board}/call?period=custom&from=2026-10-01&to=2026-10-20&center=WH&center=CD&lang={language}")
    assert page.viewport_size["width"] == 1280
    filters = page.locator(".qb-filters > *")
    assert filters.count() == 8
    assert filters.evaluate_all("all => Math.max(...all.map(one => one.getBoundingClientRect().top)) < all[0].getBoundingClientRect().bottom")


def test_the_arrows_beside_the_period_say_what_they_do(board, page):
    for language, names in (("zh", ("上一月", "下一月")), ("en", ("Previous month", "Next month"))):
        visit(page, f"{board}/call?lang={language}")
        for name, arrow in zip(names, ("earlier", "later"), strict=True):
            button = page.locator(f".qb-arrow[data-way={arrow}]")
            expect(button).to_have_attribute("title", name)
            expect(button).to_have_accessible_name(name)


def test_the_chosen_of_several_buttons_is_readable_on_the_dark_board(board, page):
    page.emulate_media(color_scheme="dark")
    visit(page, f"{board}/call")
    chosen = page.get_by_role("radio", name="中", exact=True)
    expect(chosen).to_be_checked()
    text = page.locator(".stApp").evaluate("element => getComputedStyle(element).color")
    assert chosen.evaluate("element => getComputedStyle(element).color") == text
    chosen.hover()
    page.wait_for_timeout(500)
    assert chosen.evaluate("element => getComputedStyle(element).color") == text, "the mouse that chose it is still there"


def test_the_tab_is_named_before_the_board_has_connected(board, page):
    answer = page.request.get(f"{board}/trend?center=WH", headers={"Accept": "text/html,*/*", "Accept-Encoding": "gzip"})
    assert answer.ok and "<title>听鉴 Tingjian</title>" in answer.text()
    assert f'<link rel="preload" as="script" fetchpriority="low" href="./app/static/{PLOTLY_FILE}" />' in answer.text()
    script = page.request.get(f"{board}/_stcore/health", headers={"Accept": "*/*"})
    assert script.text() == "ok"


def test_the_chart_library_is_sent_packed_for_a_year_and_whole(board, page):
    own = (ROOT / "static" / PLOTLY_FILE).read_bytes()
    for accepted, kept in (("gzip, br", True), ("identity", False)):
        answer = page.request.get(f"{board}/app/static/{PLOTLY_FILE}", headers={"Accept-Encoding": accepted})
        assert answer.body() == own and ("immutable" in answer.headers.get("cache-control", "")) == kept
    assert page.request.get(f"{board}/app/static/plotly-LICENSE.txt").ok
