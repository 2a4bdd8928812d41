"""Drilling down by clicks in a real browser: the link follows, the back button undoes, the breadcrumb leads up."""



from tests.browser.steps import parameters, settle

CRUMBS = ".st-key-breadcrumb"
ROWS = "[data-key=agents] tbody tr:not(.qb-space)"


def open_first_agent(page) -> None:
    page.locator(ROWS).first.click()
    page.wait_for_selector(CRUMBS)
    settle(page)


def test_a_row_narrows_the_view_and_back_undoes_it(board, page):
    page.goto(f"{board}/?period=last_quarter")
    page.wait_for_selector(ROWS)
    settle(page)
    name = page.locator(f"{ROWS} th").first.inner_text()
    open_first_agent(page)
    narrowed = parameters(page)
    assert set(narrowed) == {"period", "center", "team", "agent"} and narrowed["period"] == ["last_quarter"]
    assert page.locator("[data-testid=stDialog]").count() == 0
    assert page.locator(CRUMBS).inner_text().split("\n")[0] == "全部中心"
    assert page.locator(CRUMBS).inner_text().endswith(name)
    page.go_back()
    settle(page)
    assert parameters(page) == {"period": ["last_quarter"]}
    assert page.locator(CRUMBS).count() == 0
    open_first_agent(page)
    assert parameters(page) == narrowed, "a view seen before is shown again"


def test_each_part_of_the_breadcrumb_leads_back_up(board, page):
    page.goto(f"{board}/?period=last_quarter&lang=en")
    page.wait_for_selector(ROWS)
    settle(page)
    open_first_agent(page)
    center = parameters(page)["center"]
    page.locator(f"{CRUMBS} button").nth(1).click()
    page.wait_for_function("() => !location.search.includes('agent=')")
    settle(page)
    assert parameters(page) == {"period": ["last_quarter"], "lang": ["en"], "center": center}
    page.locator(f"{CRUMBS} button").nth(0).click()
    page.wait_for_function("() => !location.search.includes('center=')")
    settle(page)
    assert parameters(page) == {"period": ["last_quarter"], "lang": ["en"]}
    assert page.locator(CRUMBS).count() == 0
    page.go_back()
    settle(page)
    assert parameters(page)["center"] == center


def test_a_view_narrowed_by_hand_is_kept_on_the_next_page(board, page):
    page.goto(f"{board}/?period=last_quarter&center=WH&team=%E4%B8%80%E7%BB%84")
    page.wait_for_selector(CRUMBS)
    settle(page)
    before = parameters(page)
    page.get_by_role("link", name="通话", exact=True).click()
    page.wait_for_function("() => location.pathname.endsWith('/call')")
    settle(page)
    assert parameters(page) == before
    assert page.locator(CRUMBS).inner_text().split("\n")[0] == "全部中心"


def test_the_proof_stays_on_its_own_button(board, page):
    page.goto(f"{board}/?period=last_quarter")
    page.wait_for_selector(ROWS)
    settle(page)
    page.locator("[data-key=agents] [data-action=proof]").click()
    page.wait_for_selector("[data-testid=stDialog]")
    assert "agent" not in parameters(page)
