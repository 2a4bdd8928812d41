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
    "a month that nobody has asked for takes the server 70 ms of processor time more than one seen before, hardly any of it in queries: judging, 3,600 cells"
    " and 65 lines as texts, some 150 small steps of Polars; meanwhile the browser draws five charts on the same two cores"
)
AHEAD = "the browser's share, as for a month seen before; its charts and table have new figures to draw"
PAGE = "as a click; pages that list single records read extracts too"
OPEN = (
    "830 to 1,000 by the hour of the machine: a third of it passes until Streamlit's page is connected, another third until the tiles stand; then Plotly"
    " draws its first charts"
)
START = (
    "Streamlit listens after 2.5 s, our libraries take as long again before anybody is answered, and the build is opened and the overview"
    " computed while Chromium reads its scripts on the same two cores; with the libraries loaded beside the open server the page came later"
)
RERUN = "half of the script are Streamlit's own widgets in the header; each of 28 elements is a message of its own"
CROWD = "one process computes on one core: whoever is first to choose a month lets others wait"
MEMORY = (
    "325 to 350 by run and machine; 250 MiB before the first viewer comes, most of it libraries, 40 of them the code of their modules; what is kept of"
    " builds and pages is some 40"
)
GROWTH = (
    "three builds a minute, each with answers of its own kept beside those of the build before; forty builds opened one after the other in one process, with"
    " six months looked at in each, leave its memory where it was (315 MiB), so nothing of old builds stays"
)
BUILD = (
    "thirty rollups, most of some forty sums under conditions; what three of them begin with (each contact's neighbours by a window, eight plain sums, surveys"
    " joined with their calls) takes twice the scan by itself: see docs/performance.md"
)
IMPORT = "reading the text, values, pseudonyms, checks and writing take about a fifth each"

ROWS = (
    Row("click_new", "filter click → drawn, month not computed before", "ms", 220, 400, reason=CLICK),
    Row("click_seen", "filter click → drawn, month seen before", "ms", 190, 300, reason=CLICK),
    Row("click_arrow", "filter click → drawn, month seen before, by its arrow", "ms", 190, 300, reason=CLICK),
    Row("click_ahead", "filter click → drawn, a month earlier, after a look at the one before", "ms", 190, 300, reason=AHEAD),
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
    Row("build_memory", "most memory of a full build", "MiB", 4096),
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
    Row("endurance_unknown", "endurance: pages not compared, with choices of their own that no build was drawn with", ""),
    Row("endurance_builds", "endurance: imports, each with its build, meanwhile", ""),
    Row("endurance_compared", "endurance: tiles compared with the command line", ""),
    Row("endurance_lost", "endurance: viewers not back in their view after the restart", "", 0),
    Row("endurance_back", "endurance: from the lost connection to the page again", "s"),
    Row("endurance_memory", "endurance: most memory of the server", "MiB"),
    Row("endurance_growth", "endurance: memory of the last third against the second, up to the restart", "times", 1.05, reason=GROWTH),
)  # fmt: skip
BY_KEY = {row.key: row for row in ROWS}
