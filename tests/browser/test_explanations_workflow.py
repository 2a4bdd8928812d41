"""One explanation through all hands in a real browser: three people, in both languages, to the accepted end."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from sqlalchemy import make_url

from qa.explanations.reading import changes_of, explanations_of
from qa.store import Store
from tests.serving import running_board

PATIENCE_MS = 60_000
WORDS = {
    "zh": {
        "roles": ("分中心质检", "分中心负责人", "总中心质检"), "metric": "一次性解决率", "save": "保存草稿", "review": "审核通过", "submit": "提交总中心",
        "accept": "通过", "draft": "草稿", "submitted": "已提交", "accepted": "已通过", "turn": "等待处理：分中心质检、分中心负责人",
    },
    "en": {
        "roles": ("Branch QA", "Head of branch", "Headquarters QA"), "metric": "Satisfaction rate", "save": "Save draft", "review": "Mark as reviewed",
        "submit": "Submit to headquarters", "accept": "Accept", "draft": "Draft", "submitted": "Submitted", "accepted": "Accepted",
        "turn": "It waits for: Branch QA, Head of branch",
    },
}  # fmt: skip
TEXT = "十月节后话务量增加三成，新人首次独立接听。\n第二段：<b>不是</b>标签。"


@pytest.fixture(scope="module")
def extracts(sample, tmp_path_factory) -> Path:
    """A sample of this file's own: what is written here must not meet other tests."""
    return Path(shutil.copytree(sample, tmp_path_factory.mktemp("own") / "sample", ignore=shutil.ignore_patterns("board.sqlite*")))


@pytest.fixture(scope="module")
def own_board(extracts, tmp_path_factory) -> Iterator[str]:
    with running_board(extracts, tmp_path_factory.mktemp("board") / "server.log") as address:
        yield address


@pytest.fixture
def page(page) -> Page:
    expect.set_options(timeout=PATIENCE_MS)
    page.set_viewport_size({"width": 1280, "height": 1200})
    return page


def act_as(page: Page, language: str, name: str, role: str, center: str = "") -> None:
    """Choose who acts, by clicks in the frame."""
    field = page.locator(f".st-key-identity-name-{language} input")
    for _try in range(6):
        # A page that is still being drawn closes what was opened on it; a person clicks again.
        page.locator(".st-key-identity button").first.click()
        with suppress(PlaywrightTimeout):
            field.wait_for(timeout=5_000)
            break
    field.fill(name)
    page.locator(f".st-key-identity-role-{language} input").click()
    page.get_by_role("option", name=role, exact=True).click()
    chosen = page.locator(f".st-key-identity-centers-{language}")
    if center and center not in chosen.inner_text():
        chosen.locator("input").click()
        page.get_by_role("option", name=center).click()
        page.keyboard.press("Tab")
    page.locator(".st-key-identity-submit button").click()
    expect(page.locator(".st-key-identity button").first).to_contain_text(f"{name} · {role}")


def open_row(page: Page, center: str, metric: str) -> None:
    row = page.locator(".qb tbody tr", has_text=center).filter(has_text=metric).first
    heading = page.locator("[data-testid=stHeading]", has_text=metric)
    for _try in range(6):
        with suppress(PlaywrightTimeout):
            # The row may go while it is aimed at: who acts has just changed, and with it what is seen.
            row.click(timeout=8_000)
            heading.wait_for(timeout=8_000)
            return
    raise AssertionError(f"{metric} could not be opened")


def latest(page: Page, language: str) -> Locator:
    """The latest entry of the history: the table that ends with what the board did."""
    return page.locator(".qa-reading", has_text="看板" if language == "zh" else "The board").locator("tbody tr").first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_three_people_bring_an_explanation_to_its_end(own_board, extracts, page, language):
    words = WORDS[language]
    writer, head, receiver = words["roles"]
    center = "西安分中心" if language == "zh" else "Xi'an branch"
    page.goto(f"{own_board}/explanations?lang={language}&period=2026-10")

    act_as(page, language, "李红", writer, center)
    open_row(page, center, words["metric"])
    page.locator("textarea").first.fill(TEXT)
    causes = page.locator("[class*=st-key-explanation][class*=causes]")
    causes.locator("input").click()
    page.get_by_role("option").first.click()
    page.keyboard.type("新人较多")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for part, typed in (("what-0", "旁听带教两周"), ("owner-0", "何强"), ("due-0", "2026-11-30")):
        page.locator(f"[class*=st-key-explanation][class*={part}] input").fill(typed)
    page.get_by_role("button", name=words["save"]).click()
    expect(latest(page, language)).to_contain_text(words["draft"])

    act_as(page, language, "何强", head)
    expect(page.locator(".qa-prose")).to_contain_text("<b>不是</b>标签")
    page.get_by_role("button", name=words["review"]).click()
    page.get_by_role("button", name=words["submit"]).click()
    expect(latest(page, language)).to_contain_text(words["submitted"])

    act_as(page, language, "赵敏", receiver)
    page.locator(".st-key-return button").first.click()
    page.locator("textarea").fill("请补充客户反馈")
    page.locator(".st-key-act-return button").click()
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("请补充客户反馈")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("赵敏")

    act_as(page, language, "李红", writer, center)
    expect(page.locator("textarea").first).to_have_value(TEXT)
    page.locator("textarea").first.fill(TEXT + "\n客户反馈：等待较长。")
    page.get_by_role("button", name=words["save"]).click()
    expect(latest(page, language)).to_contain_text("李红")
    act_as(page, language, "何强", head)
    page.get_by_role("button", name=words["review"]).click()
    page.get_by_role("button", name=words["submit"]).click()
    expect(latest(page, language)).to_contain_text(words["submitted"])
    act_as(page, language, "赵敏", receiver)
    page.locator(".st-key-act-accept button").click()
    expect(latest(page, language)).to_contain_text(words["accepted"])

    store = Store(make_url(f"sqlite:///{extracts / 'board.sqlite'}"))
    metric = "one_time_resolution" if language == "zh" else "satisfaction_rate"
    (kept,) = [one for one in explanations_of(store, "XA", "2026-10") if one.figure.metric == metric]
    assert kept.state == "accepted"
    assert kept.content.text == TEXT + "\n客户反馈：等待较长。"
    assert [cause.text for cause in kept.content.causes][1:] == ["新人较多"] and kept.content.causes[0].code
    actions = [(change.who, change.action) for change in changes_of(store, kept.id)]
    assert actions[1:] == [
        ("李红", "save"), ("何强", "review"), ("何强", "submit"), ("赵敏", "return"),
        ("李红", "save"), ("何强", "review"), ("何强", "submit"), ("赵敏", "accept"),
    ]  # fmt: skip
    store.close()
