"""The board component in a real browser: changed in place, themed, sorted, filtered, clicked, saved as a picture."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlparse

import pytest
from PIL import Image

from qa.theme import TOKENS
from tests.browser.steps import READY, context_of
from tests.serving import DIRECT, ROOT, free_port

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the test page, served with the board's own settings and static files."""
    home = tmp_path_factory.mktemp("board-page")
    shutil.copy(ROOT / "tests/browser/board_page.py", home / "page.py")
    for folder in (".streamlit", "static"):
        shutil.copytree(ROOT / folder, home / folder)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "page.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log
        )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_healthy(address: str, log: Path) -> None:
    """Return once the server answers; its log is the failure when it never does."""
    for _attempt in range(600):
        try:
            with DIRECT.open(f"{address}/_stcore/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(log.read_text("utf-8", errors="replace"))


@pytest.fixture(scope="module")
def context(chromium) -> Iterator:
    with context_of(chromium, PATIENCE_MS, viewport={"width": 1280, "height": 900}, locale="en-US", color_scheme="light") as own:
        yield own


@pytest.fixture
def page(page, address: str, request) -> Iterator:
    """The test page, drawn; no message in the console, no error, and no request to anybody else.

    Its parameter, where a test gives one: the language, and the width of the window.
    """
    language, width = getattr(request, "param", ("en", 1280))
    page.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    hosts: set[str | None] = set()
    listeners = {
        "console": lambda message: complaints.append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: hosts.add(urlparse(request.url).hostname),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    show(page, f"{address}/?lang={language}")
    yield page
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert complaints == []
    assert hosts - {"127.0.0.1", None, ""} == set()


def show(page, address: str) -> None:
    """Open the address and wait for both charts."""
    page.goto(address)
    for key in ("trend", "ranks"):
        page.locator(f'[data-key="{key}"] .main-svg').first.wait_for()


def choose(page, side: str) -> None:
    """Choose a side and wait for its figures."""
    page.get_by_role("radio", name=side).or_(page.get_by_role("button", name=side, exact=True)).first.click()
    page.locator('[data-key="tile"] .qb-value', has_text={"North": "90.0%", "South": "94.0%"}[side]).wait_for()


def expect_event(page, text: str) -> None:
    page.get_by_text(f"event: {text}").wait_for()


def first_rows(page, count: int) -> list[str]:
    names = page.locator('[data-key="agents"] tbody tr:not(.qb-space) th').all_inner_texts()
    return [name.strip() for name in names[:count]]


def test_a_new_state_changes_the_same_elements(page):
    mark = "for (const one of document.querySelectorAll('.qb, .qb-card, .main-svg, .qb tbody tr, .qb-spark')) one.seenBefore = true"
    page.evaluate(mark)
    before = page.locator('[data-key="trend"] .js-line').first.get_attribute("d")
    choose(page, "South")
    page.wait_for_function(
        "before => document.querySelector('[data-key=trend] .js-line').getAttribute('d') !== before", arg=before
    )
    strangers = "[...document.querySelectorAll('.qb, .qb-card, .main-svg, .qb tbody tr, .qb-spark')].filter(one => !one.seenBefore).length"
    assert page.evaluate(strangers) == 0


def test_what_did_not_change_is_not_touched(page):
    page.evaluate("""() => {
        window.touched = 0
        new MutationObserver(list => { touched += list.length }).observe(
            document.querySelector('[data-key="bare"]'), { subtree: true, childList: true, characterData: true, attributes: true })
    }""")
    choose(page, "South")
    assert page.evaluate("touched") == 0


@pytest.mark.parametrize(
    ("target", "event"),
    [
        ('[data-key="tile"] [data-action="proof"]', "Event(kind='proof', item='tile', payload=None)"),
        ('[data-key="tile"] [data-action="open"]', "Event(kind='open', item='tile', payload=None)"),
        ('[data-key="need"] .qb-link', "Event(kind='open', item='need', payload='first')"),
        ('[data-key="agents"] tbody tr[data-at="0"]', "Event(kind='row', item='agents', payload='A599')"),
    ],
)
def test_clicks_arrive(page, target: str, event: str):
    page.locator(target).click()
    expect_event(page, event)


def test_a_clicked_point_says_which(page):
    point = page.locator('[data-key="ranks"] .points path').first.bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.locator('[data-key="ranks"] .hovertext').first.wait_for()
    page.mouse.down()
    page.mouse.up()
    expect_event(page, "Event(kind='point', item='ranks', payload=['SH'])")


def test_the_theme_recolours_figures_without_a_run(page):
    runs = page.get_by_text(re.compile(r"^runs: \d+$"))
    before = runs.inner_text()
    page.evaluate("document.querySelector('[data-key=trend] .main-svg').seenBefore = true")
    stroke = "getComputedStyle(document.querySelector('[data-key=trend] .js-line')).stroke"
    assert page.evaluate(stroke) == rgb(TOKENS["series-1"].light)
    page.emulate_media(color_scheme="dark")
    page.locator('.qb[data-mode="dark"]').wait_for()
    page.wait_for_function(f"() => {stroke} === '{rgb(TOKENS['series-1'].dark)}'")
    assert page.evaluate("document.querySelector('[data-key=trend] .main-svg').seenBefore") is True
    page.wait_for_function(READY)
    assert runs.inner_text() == before


def rgb(colour: str) -> str:
    """The hexadecimal colour as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_a_table_sorts_by_its_headings_with_nothing_last(page):
    assert first_rows(page, 2) == ["坐席 599", "坐席 598"]
    table = page.locator('[data-key="agents"]')
    heading = table.locator('th[data-column="share"]')
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert first_rows(page, 2) == ["坐席 009", "坐席 019"]
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert first_rows(page, 2) == ["坐席 000", "坐席 010"]
    table.locator(".qb-scroller").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    table.locator("th", has_text="坐席 007").wait_for()
    assert first_rows(page, 1000)[-1] == "坐席 007"


def test_a_table_finds_rows_by_text_and_keeps_that_when_data_change(page):
    table = page.locator('[data-key="agents"]')
    table.get_by_role("searchbox").fill("坐席 59")
    assert table.locator(".qb-count").inner_text() == "10 of 600 rows"
    choose(page, "South")
    assert first_rows(page, 2) == ["坐席 599", "坐席 598"]
    table.get_by_role("searchbox").fill("nobody")
    assert table.get_by_text("No row contains this text.").is_visible()


def test_few_of_many_rows_are_elements(page):
    assert page.locator('[data-key="agents"] tbody tr').count() < 60
    assert page.locator('[data-key="agents"] table').get_attribute("aria-rowcount") == "601"


def test_a_table_is_read_by_keyboard(page):
    page.locator('[data-key="agents"] tbody tr[data-at="0"]').focus()
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect_event(page, "Event(kind='row', item='agents', payload='A001')")


def test_a_chart_has_a_table(page):
    chart = page.locator('[data-key="trend"]')
    chart.locator('[data-action="table"]').click()
    cells = chart.locator("table tr").nth(1).locator("th, td").all_inner_texts()
    assert cells == ["Jan 2026", "90.0%", "87.0%"]
    chart.get_by_role("button", name="Show as chart").click()
    assert chart.locator(".main-svg").first.is_visible()


def test_a_line_is_switched_off_in_the_legend(page):
    chart = page.locator('[data-key="trend"]')
    chart.get_by_role("button", name="武汉").click()
    assert chart.locator(".js-line").count() == 1
    chart.get_by_role("button", name="武汉").click()
    assert chart.locator(".js-line").count() == 2


@pytest.mark.parametrize(("scheme", "shade"), [("light", TOKENS["surface"].light), ("dark", TOKENS["surface"].dark)])
def test_a_chart_is_saved_as_a_picture_in_the_colours_shown(page, scheme: str, shade: str):
    page.emulate_media(color_scheme=scheme)
    page.locator(f'.qb[data-mode="{scheme}"]').wait_for()
    with page.expect_download() as download:
        page.locator('[data-key="trend"] [data-action="image"]').click()
    assert download.value.suggested_filename == "合格率_Trend.png"
    picture = Image.open(BytesIO(Path(download.value.path()).read_bytes())).convert("RGB")
    assert picture.format is None and picture.width > 900
    assert picture.getpixel((2, 2)) == tuple(int(shade[at : at + 2], 16) for at in (1, 3, 5))
    assert len(picture.crop((0, 0, 400, 80)).getcolors(100_000)) > 10, "no title was drawn"


def test_what_is_empty_says_so(page):
    empty = page.locator('[data-key="nothing"]')
    assert empty.get_by_text("No calls in this period.").is_visible()
    assert empty.locator('[data-action="table"], [data-action="image"]').count() == 0


def test_paper_shows_every_row(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator('[data-key="agents"] tbody tr:visible:not(.qb-space)').count() == 600
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator('[data-key="agents"] tbody tr:visible').count() < 60


@pytest.mark.parametrize("page", [(language, width) for width in (900, 1280, 1920) for language in ("en", "zh")], indirect=True)
def test_nothing_runs_over_its_card(page):
    page.wait_for_function(
        "() => [...document.querySelectorAll('.qb-plot .main-svg')].every(one => one.clientWidth <= one.closest('.qb-body').clientWidth)"
    )
    wide = """[...document.querySelectorAll('.qb-card, .qb-title, .qb-facts, .qb-tile-figure')]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className + ': ' + one.innerText)"""
    assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
