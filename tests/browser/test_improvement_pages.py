"""Before/after and targets in a browser: from a training to its figures, and a target from the form to the board."""

import shutil

import pytest

from tests.browser.steps import parameters
from tests.serving import running_board

TRAINING = "event=PX-GZ-20260722&metric=composite_error_rate&item=R40%1FR40-04&before=90&after=90"


@pytest.mark.parametrize(
    ("language", "against", "said"),
    [
        ("zh", "none", "改善，超出波动"), ("en", "none", "better, more than noise"),
        # Held against the few who did not take part there are two statements, and the small sample carries neither surely.
        ("zh", "others", "两项判断合并考虑后，在波动范围内"), ("en", "others", "within noise, both statements allowed for"),
    ],
)  # fmt: skip
def test_a_link_shows_the_planted_training(board, page, language, against, said):
    page.goto(f"{board}/improvement?{TRAINING}&against={against}&lang={language}")
    page.wait_for_selector(".qb-card")
    assert said in page.locator(".qb-card").first.inner_text()
    assert page.locator("[data-testid=stAlert]").count() == 0


def test_an_items_training_leads_to_its_figures_and_a_row_to_its_command(board, page):
    page.goto(f"{board}/item?period=last_12_months&lang=en&item=R40%1FR40-04")
    page.locator(".qb-card").first.locator("button", has_text="主动服务意识专项培训").first.click()
    page.wait_for_function("() => location.pathname.endsWith('/improvement')")
    page.wait_for_selector("text=Did it change, and was it this?")
    assert parameters(page)["event"] == ["PX-GZ-20260722"]
    page.locator('[data-key="cells"] tbody tr[data-at="0"]').click()
    page.wait_for_selector("text=How is this computed")


def test_a_target_is_set_by_headquarters_and_holds_at_once(sample, page, tmp_path):
    own = tmp_path / "extracts"
    shutil.copytree(sample, own)
    with running_board(own, tmp_path / "server.log") as address:
        page.goto(f"{address}/targets?lang=en")
        page.wait_for_selector(".qb-card")
        assert page.get_by_text("Add, change or end a target").count() == 0
        page.get_by_text("Guest").first.click()
        page.get_by_label("Name", exact=True).fill("Chen")
        page.get_by_role("combobox", name="Role", exact=True).click()
        page.get_by_role("option", name="Headquarters QA").click()
        page.get_by_role("button", name="Act as this person").click()
        page.get_by_text("Add, change or end a target").click()
        page.get_by_role("textbox", name="Valid from").fill("2026-10-01")
        page.keyboard.press("Enter")
        page.get_by_label("At least").fill("85")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=What it would have meant")
        page.get_by_role("button", name="Set the target").click()
        page.wait_for_selector("text=The target is set")
        page.wait_for_selector('[data-key="history"] >> text=Chen')
        assert "85.0%" in page.locator('[data-key="targets"]').inner_text()
