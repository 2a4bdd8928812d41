"""Whether a click takes longer on ten times the calls: 10 M against 100 M.

Both boards stand side by side and are clicked in turn, so that both suffer alike from what else the machine does.
"""

from statistics import median

from benchmarks.clicks import NOTHING_AHEAD, SETTLE_MS, months
from benchmarks.data import PATIENCE_S, WORK, built
from benchmarks.drawn import chromium, month_clicked, opened
from benchmarks.results import Recorder
from tests.serving import running_board

ROUNDS = 2


def measure(recorder: Recorder, size: str = "100m") -> None:
    """Every month on both, first not computed before, then seen; ``size``: of the larger one."""
    small, large = built("10m"), built(size)
    with (
        running_board(small, WORK / "board.log", PATIENCE_S, **NOTHING_AHEAD) as one,
        running_board(large, WORK / "board-large.log", PATIENCE_S, **NOTHING_AHEAD) as other,
        chromium() as browser,
    ):
        pages = {"scale_10m": opened(browser.new(), one)[0], "scale_100m": opened(browser.new(), other)[0]}
        for page in pages.values():
            page.wait(SETTLE_MS)
        recorder.others.begin()
        times: dict[str, list[float]] = {key: [] for key in pages}
        for _round in range(ROUNDS):
            for month in months(size):
                for key, page in pages.items():
                    page.bring_to_front()
                    times[key].append(month_clicked(page, month))
        ratio = median(times["scale_100m"]) / median(times["scale_10m"])
        # While all of them run: what they used is asked of the processes themselves.
        recorder.add_all(times | {"scale_ratio": [ratio]}, f"{size} and 10m calls, clicked in turn, each month twice")
