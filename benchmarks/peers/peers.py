"""The opponents and ourselves: how each is started, where its page is, how its filter on the center is clicked."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from playwright.sync_api import Page

from benchmarks.clicks import NOTHING_AHEAD
from benchmarks.peers.evidence import OLD_ENGINE, SITE
from benchmarks.peers.home import CENTERS, HERE, HOME, RAW, ROLLUP
from qa.extracts import Extracts
from tests.serving import ROOT

WORKERS = "2"
DASH, SUPERSET, EVIDENCE, OURS = (f"http://127.0.0.1:{port}" for port in (8050, 8088, 8070, 8601))


@dataclass(frozen=True)
class Peer:
    """One page of one product.

    ``command`` starts its server with ``environment``; ``health`` answers when it is up. ``tiles``, ``charts``, ``table``, ``busy``: CSS
    of the figures, the chart containers, the table and the spinners; ``ignored``: requests that do not count, a regular expression.
    ``prepare`` opens the filter; ``choose`` makes the click that commits a center. ``login`` is done once a viewer.
    """

    name: str
    command: list[str]
    health: str
    address: str
    tiles: str
    charts: str
    table: str
    prepare: Callable[[Page, str], None]
    choose: Callable[[Page, str], None]
    busy: str = ""
    ignored: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    login: Callable[[Page], None] | None = None

    @property
    def selectors(self) -> dict[str, str]:
        """As the probe takes them."""
        return {"tiles": self.tiles, "charts": self.charts, "table": self.table, "busy": self.busy, "ignored": self.ignored}


def peers_of(product: str) -> list[Peer]:
    """The pages of one product."""
    if product == "evidence":
        return [evidence()]
    make = {"dash": dash, "superset": superset}[product]
    return [make(data) for data in ("raw rows", "roll-up")]


def dash(data: str) -> Peer:
    """Dash on raw rows or on the roll-up."""

    def prepare(page: Page, center: str) -> None:
        page.click("#center")
        page.wait_for_selector(".dash-dropdown-option")
        page.wait_for_timeout(300)

    return Peer(
        f"Dash, {data}", _gunicorn("dash", DASH, "dash_app:server", "8"), f"{DASH}/", f"{DASH}/",
        "#tiles .tile", ".js-plotly-plot", "#agents", prepare, lambda page, center: page.click(f'.dash-dropdown-option:has-text("Center {center}")'),
        environment={"DASH_DATA": "raw" if data == "raw rows" else "rollup", "DASH_DB": str(RAW if data == "raw rows" else ROLLUP),
                     "DASH_CENTERS": ",".join(CENTERS), "PYTHONPATH": str(HERE)},
    )  # fmt: skip


def superset(data: str) -> Peer:
    """Superset on raw rows or on the roll-up, without a cache of data, as it comes."""

    def prepare(page: Page, center: str) -> None:
        page.click('[data-test="NATIVE_FILTER-center"]')
        page.click(f'.ant-select-item-option[title="{center}"]:visible')
        page.wait_for_timeout(400)

    def login(page: Page) -> None:
        page.goto(f"{SUPERSET}/login/")
        page.fill("input#username", "admin")
        page.fill("input#password", "admin")
        page.keyboard.press("Enter")
        page.wait_for_url("**/welcome/**")

    slug = "raw" if data == "raw rows" else "rollup"
    return Peer(
        f"Superset, {data}", _gunicorn("superset", SUPERSET, "superset.app:create_app()", "20", "--limit-request-line", "0"), f"{SUPERSET}/login/",
        f"{SUPERSET}/superset/dashboard/{slug}/",
        ".superset-legacy-chart-big-number .header-line", '[class*="echarts_timeseries"]', ".superset-chart-table",
        prepare, lambda page, center: page.click('[data-test="filter-bar__apply-button"]'),
        busy='[data-test="loading-indicator"], .grid-content .loading', ignored="scarf|/log/",
        environment=superset_environment(), login=login,
    )  # fmt: skip


def superset_environment() -> dict[str, str]:
    """What Superset's own programs need to find its configuration."""
    return {"SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"), "SUPERSET_HOME": str(HOME / "superset-home"), "FLASK_APP": "superset.app:create_app()"}


def evidence() -> Peer:
    """Evidence on the roll-up, its static site served as by ``evidence preview``."""

    def prepare(page: Page, center: str) -> None:
        page.locator("button[role=combobox]", has_text="Center").click()
        page.keyboard.type(center)
        page.locator(f"[role=option][data-value={center}]").wait_for()
        page.wait_for_timeout(300)

    program = str(SITE / "node_modules" / ".bin" / "serve")
    return Peer(
        f"Evidence, roll-up{', older engine' * OLD_ENGINE.exists()}",
        [program, str(SITE / "build"), "--listen", EVIDENCE.replace("http", "tcp"), "--no-request-logging"],
        f"{EVIDENCE}/", f"{EVIDENCE}/", ".tiles", ".charts [_echarts_instance_]", ".agents",
        prepare, lambda page, center: page.click(f"[role=option][data-value={center}]"),
    )  # fmt: skip


def ours(extracts: Path) -> Peer:
    """Our overview, over the same two years."""

    names = dict(pl.read_parquet(Extracts(extracts).files("centers")).select("center_id", "name").iter_rows())

    def prepare(page: Page, center: str) -> None:
        if not page.get_by_role("option").first.is_visible():
            page.locator(".qb-filters [data-name=center]").click()
        if "center=" in page.url:
            page.locator("[role=option][data-code='']").click()
            page.wait_for_function("() => !location.search.includes('center=')")
            page.wait_for_timeout(1_000)
        page.get_by_role("option", name=names[center], exact=True).wait_for()
        page.wait_for_timeout(300)

    options = ["--server.address=127.0.0.1", "--server.port=8601", "--server.headless=true", "--server.fileWatcherType=none"]
    return Peer(
        "Tingjian", [sys.executable, str(ROOT / "serve.py"), *options],
        f"{OURS}/_stcore/health", f"{OURS}/?period=custom&from=2024-11-01&to=2026-10-31&compare=none",
        ".qb .qb-tile", ".qb .qb-chart", ".qb table", prepare, lambda page, center: page.get_by_role("option", name=names[center], exact=True).click(),
        busy='[data-test-script-state="running"], [data-test-script-state="rerunRequested"]',
        environment={"QA_DATA": str(extracts), **NOTHING_AHEAD},
    )  # fmt: skip


def _gunicorn(product: str, address: str, application: str, threads: str, *more: str) -> list[str]:
    program = str(HOME / product / "bin" / "gunicorn")
    return [program, "-w", WORKERS, "-k", "gthread", "--threads", threads, "--timeout", "120", "-b", address.removeprefix("http://"), *more, application]


def environment_of(peer: Peer) -> dict[str, str]:
    """This process's own, the product's programs first, and what the peer needs."""
    program = Path(peer.command[0]).parent
    return {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", **peer.environment}
