"""A meeting in a real browser: from the overview to a single call by clicks alone, the link opened by somebody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.steps import READY, context_of, parameters, tab_of

SCREENSHOTS = Path(__file__).parent / "screenshots"
CRUMBS = ".st-key-breadcrumb :is(button, strong)"


class Viewer:
    """Somebody before the board, who clicks and is counted doing so."""

    def __init__(self, page: Page):
        self.page, self.clicks = page, 0

    def at(self, path: str, waiting_for: str, name: str = "") -> "Viewer":
        """Wait until the page at this path stands, and take its picture."""
        self.page.wait_for_function("path => location.pathname.endsWith(path)", arg=path)
        self.page.wait_for_selector(waiting_for)
        self.page.wait_for_timeout(400)
        self.page.wait_for_function(READY)
        self.page.wait_for_timeout(400)
        if name:
            SCREENSHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"meeting {name}.png", full_page=True)
        return self

    def click(self, selector: str, text: str = "") -> None:
        self.clicks += 1
        found = self.page.locator(selector, has_text=text) if text else self.page.locator(selector)
        found.first.click()

    def parameters(self) -> dict[str, list[str]]:
        return parameters(self.page)

    def crumbs(self) -> list[str]:
        return [text.strip() for text in self.page.locator(CRUMBS).all_inner_texts()]

    def shown(self) -> list[str]:
        return self.page.locator(".qb .qb-title, .qb td, .qb th, .qb .qb-sentence").all_inner_texts()


@pytest.fixture
def director(page) -> Viewer:
    return Viewer(page)


@pytest.fixture
def colleague(chromium) -> Iterator[Viewer]:
    """With a browser of their own."""
    with context_of(chromium) as own:
        yield Viewer(tab_of(own))


def row(table: str) -> str:
    return f"[data-key={table}] tbody tr.qb-opens"


def test_from_the_overview_to_a_call_in_eight_clicks(board, director, colleague):
    director.page.goto(f"{board}/?period=2026-10")
    director.at("/", "[data-key=attention] .qb-link", "1 overview")
    director.click("[data-key=attention] .qb-link", "西安分中心")
    director.at("/centers", row("places"), "2 centers")
    assert director.page.locator(".qb-heading-text").first.inner_text() == "一次性解决率"
    director.click(row("places"), "西安分中心")
    director.at("/why", row("splits"), "3 why")
    assert "一次性解决率" in director.page.locator("[data-key=answer] .qb-sentence").first.inner_text()
    director.click(row("splits"), "班组")
    director.at("/why", f"{row('segments')}:has-text('西安')", "4 why by team")
    director.click(row("segments"), "西安")
    director.at("/agents", row("agents"), "5 agents of the team")
    director.click(row("agents"))
    director.at("/agent", row("evaluations"), "6 agent")
    agent = director.parameters()["agent"]
    director.click(row("evaluations"))
    director.at("/evaluation", row("about"), "7 evaluation")
    evaluation = director.page.url
    director.click(row("about"))
    director.at("/call", "[data-key=times]", "8 call")
    assert director.clicks <= 8
    assert {name: director.parameters()[name] for name in ("period", "center", "agent")} == {"period": ["2026-10"], "center": ["XA"], "agent": agent}
    assert director.crumbs()[0] == "全部中心" and director.crumbs()[1] == "西安分中心" and director.crumbs()[-1].startswith("通话 XA")

    colleague.page.goto(director.page.url)
    colleague.at("/call", "[data-key=times]", "9 the same link elsewhere")
    assert (colleague.shown(), colleague.crumbs()) == (director.shown(), director.crumbs())
    assert director.page.url == colleague.page.url

    director.page.go_back()
    director.at("/evaluation", row("about"))
    assert director.page.url == evaluation
    director.page.locator(".st-key-breadcrumb button").last.click()
    director.at("/agent", row("evaluations"))
    assert director.parameters()["agent"] == agent and "evaluation" not in director.parameters()


def test_rows_of_a_proof_open_their_evaluation(board, director):
    director.page.goto(f"{board}/errors?period=last_quarter&center=WH")
    director.at("/errors", '[data-key="tile fatal_accuracy"]')
    director.click('[data-key="tile fatal_accuracy"] [data-action=proof]')
    director.page.get_by_role("dialog").get_by_text("明细记录").click()
    director.page.wait_for_selector("[data-testid=stDialog] tbody tr.qb-opens")
    director.click("[data-testid=stDialog] tbody tr.qb-opens")
    director.at("/evaluation", row("items"))
    assert director.page.locator("[data-testid=stDialog]").count() == 0
    assert director.parameters()["period"] == ["last_quarter"] and director.crumbs()[-1].startswith("评定 ")
    director.click(row("items"))
    director.at("/item", "[data-key=people]")
    assert director.parameters()["period"] == ["last_quarter"]
