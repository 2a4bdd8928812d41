"""The figures that are measured, in the order of the report, with what each should keep to.

``budget``: of the median; ``p95``: of the 95th percentile; None where there is none. ``more_is_better``: a figure that should
be at least its budget. ``reason``: why it falls short, where it does and the reason is known.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    key: str
    what: str
    unit: str
    budget: float | None = None
    p95: float | None = None
    more_is_better: bool = False
    reason: str = ""

    @property
    def limits(self) -> str:
        """The budget as text; empty where there is none."""
        sign = "≥" if self.more_is_better else "≤"
        parts = [f"{name}{sign} {limit:,.10g}" for name, limit in (("", self.budget), ("p95 ", self.p95)) if limit is not None]
        return f"{', '.join(parts)} {self.unit}".strip() if parts else ""

    def met(self, median: float, p95: float) -> bool:
        """Whether both limits are kept."""
        if self.more_is_better:
            return self.budget is None or median >= self.budget
        return all(limit is None or found <= limit for limit, found in ((self.budget, median), (self.p95, p95)))


CLICK = (
    "a month that nobody has asked for takes the server some 320 ms: planning eleven queries a third, judging and writing figures as text the rest;"
    " of one seen before nine tenths are spent in the browser: Streamlit's frame, the board's changes, layout"
)
PAGE = "as a click; pages that list single records read extracts too"
OPEN = "Streamlit's scripts and the first frame; not taken apart yet"
START = "importing the libraries takes 3.6 s, opening the build 1 s, the overview 0.5 s, beside the first load of the browser on the same two cores"
RERUN = "two fifths of the script are the menu's links and declaring the pages; each of seventy elements is a message of its own"
CROWD = "one process computes on one core: whoever is first to choose a month lets others wait"
MEMORY = "the libraries alone take 244 MiB, the sums held 14"
BUILD = "thirty rollups, most of some forty sums under conditions, where a scan has none: see docs/performance.md"
BUILD_MEMORY = "no limit was given: a build takes up to 60 % of the machine; --memory-limit 4GB keeps it below that"
IMPORT = "the machine was slower than when it had 332,000 rows/s, at 4.4 times a bare Polars"

ROWS = (
    Row("click_new", "filter click → drawn, month not computed before", "ms", 220, 400, reason=CLICK),
    Row("click_seen", "filter click → drawn, month seen before", "ms", 190, 300, reason=CLICK),
    Row("page_new", "page switch → drawn, page not computed before", "ms", 350, 600, reason=PAGE),
    Row("page_seen", "page switch → drawn, page seen before", "ms", 350, 600, reason=PAGE),
    Row("open_returning", "open → drawn, returning viewer", "ms", 1000, reason=OPEN),
    Row("open_new", "open → drawn, viewer with an empty browser", "ms", 2500, reason=OPEN),
    Row("start", "process start → first page drawn", "ms", 4000, reason=START),
    Row("cpu_seen", "server processor time of a rerun, month seen before", "ms", 25, reason=RERUN),
    Row("cpu_new", "server processor time of a rerun, month not computed before", "ms", 80, reason=CLICK),
    Row("crowd", "30 viewers, a click every 2 s each: server's answer", "ms", p95=200, reason=CROWD),
    Row("crowd_errors", "errors among these", "", 0),
    Row("memory", "resident memory with 10 viewers", "MiB", 350, reason=MEMORY),
    Row("scale_ratio", "click → drawn, 100 M calls against 10 M", "times", 1.10),
    Row("scale_10m", "the same clicks, 10 M calls", "ms"),
    Row("scale_100m", "the same clicks, 100 M calls", "ms"),
    Row("build_rate", "full build, 10 M calls", "calls/s", 2_000_000, more_is_better=True, reason=BUILD),
    Row("build_ratio", "full build against a bare DuckDB scan of the same columns, processor time", "times", 3, reason=BUILD),
    Row("build_memory", "most memory of a full build", "MiB", 4096, reason=BUILD_MEMORY),
    Row("day", "one more day, 10 M calls", "s"),
    Row("build_rate_100m", "full build, 100 M calls", "calls/s", 2_000_000, more_is_better=True, reason=BUILD),
    Row("build_ratio_100m", "full build against a bare scan, 100 M calls, processor time", "times", 3, reason=BUILD),
    Row("build_memory_100m", "most memory of a full build, 100 M calls", "MiB", 4096),
    Row("day_100m", "one more day, 100 M calls", "s", 5),
    Row("import", "import of a CSV of 1 M rows with all checks", "rows/s", 300_000, more_is_better=True, reason=IMPORT),
    Row("import_ratio", "import against a bare Polars read and write", "times"),
    Row("import_memory", "most memory of an import", "MiB"),
    Row("endurance_answers", "endurance: answer of the server while imports and builds run", "ms"),
    Row("endurance_errors", "endurance: errors shown", "", 0),
    Row("endurance_wrong", "endurance: pages or tiles with wrong or mixed figures", "", 0),
    Row("endurance_builds", "endurance: imports, each with its build, meanwhile", ""),
    Row("endurance_compared", "endurance: tiles compared with the command line", ""),
    Row("endurance_lost", "endurance: viewers not back in their view after the restart", "", 0),
    Row("endurance_back", "endurance: from the lost connection to the page again", "s"),
    Row("endurance_memory", "endurance: most memory of the server", "MiB"),
    Row("endurance_growth", "endurance: memory of the last third against the second, up to the restart", "times", 1.05),
)  # fmt: skip
BY_KEY = {row.key: row for row in ROWS}
