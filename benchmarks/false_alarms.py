"""How often the board cries wolf: ordinary series and null worlds, held against the same code as the pages.

``python -m benchmarks.false_alarms [--seeds 200] [--worlds 6]`` writes the tables of ``docs/false_alarms.md``.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from qa.build import build
from qa.config import load_config
from qa.filters import Filters
from qa.metrics import METRICS
from qa.periods import bucket_at
from qa.sample import make_sample
from qa.stats.change_points import LEAST_SIDE, Family, steps
from qa.stats.control_charts import Limits, individuals, proportions, rates
from qa.stats.special_causes import signals
from qa.trend.courses import Course, Grain, Split, trend
from qa.warehouse import Warehouse

Sums = tuple[np.ndarray, np.ndarray]
MAKE: dict[Family, Callable[..., Limits | None]] = {
    "binomial": proportions, "poisson": rates, "normal": lambda x, n: individuals(x / n),
}  # fmt: skip
LEAST_MONTHS_SIDE = 4
# Volumes have seasons, and the sample's first months hold one partner's calls but no evaluations: these do change.
TRULY_CHANGING = ("plan_completion",)


@dataclass
class Tally:
    """Points and those marked, charts and those with a mark, pages and those with a change of level."""

    points: int = 0
    marked: int = 0
    charts: int = 0
    charts_marked: int = 0
    pages: int = 0
    pages_changed: int = 0
    kinds: set[str] = field(default_factory=set)

    def row(self, name: str) -> str:
        """The line of a Markdown table."""
        shares = (self.marked / max(self.points, 1), self.charts_marked / max(self.charts, 1), self.pages_changed / max(self.pages, 1))
        kinds = ", ".join(sorted(self.kinds))
        return f"| {name} | {kinds} | {self.points:,} | " + " | ".join(f"{share:.1%}" for share in shares) + " |"


def ordinary_series(rng: np.random.Generator) -> Iterator[tuple[str, Family, int, Sums]]:
    """One series of each kind that call centers have, without any cause in it: name, family, points in a year or so."""
    for points, grain in ((24, "months"), (182, "days")):
        volume = 30 if grain == "months" else 1
        for name, share, n in (("answer rate, 3,000 calls a day", 0.991, 3000), ("answer rate, 60 calls a day", 0.991, 60),
                               ("satisfaction, 40 answers a day", 0.9, 40), ("pass rate, 12 evaluations a day", 0.95, 12)):  # fmt: skip
            trials = rng.poisson(n * volume, points) + 1
            yield f"{name}, by {grain}", "binomial", points, (rng.binomial(trials, share), trials)
        trials = rng.poisson(3000 * volume, points) + 1
        wandering = rng.beta(0.95 * 500, 0.05 * 500, points)
        yield f"answer rate that wanders from day to day, by {grain}", "binomial", points, (rng.binomial(trials, wandering), trials)
        yield f"complaints, 2 a day, by {grain}", "poisson", points, (rng.poisson(2 * volume, points), np.ones(points))
        yield f"handling time, by {grain}", "normal", points, (rng.normal(180, 6, points), np.ones(points))
        yield f"score with a heavy tail, by {grain}", "normal", points, (94 - rng.gamma(4, 0.6, points), np.ones(points))


def of_series(seeds: int, confidence: float = 0.95) -> dict[str, Tally]:
    """The tallies by kind of series."""
    found: dict[str, Tally] = {}
    for seed in range(seeds):
        for name, family, points, (x, n) in ordinary_series(np.random.default_rng(seed)):
            tally = found.setdefault(name, Tally())
            limits = MAKE[family](x, n)
            assert limits is not None
            direction = signals(limits.z, x / n, np.ones(points, bool), limits.runs_apply).direction
            least_side = LEAST_SIDE if points > 31 else LEAST_MONTHS_SIDE
            count(tally, limits.kind, points, int((direction != 0).sum()))
            tally.pages += 1
            tally.pages_changed += bool(steps(x, n, family, 1 - confidence, least_side))
    return found


def of_world(warehouse: Warehouse, tallies: dict[str, Tally]) -> None:
    """Add what the page says of every metric of a null world, split by nothing, center and queue."""
    last = bucket_at(warehouse.span.last_day, "month")
    grains: tuple[Grain, ...] = ("month", "week", "day")
    splits: tuple[Split, ...] = ("none", "center", "queue")
    for key in (key for key, metric in METRICS.items() if metric.unit != "count" and key not in TRULY_CHANGING):
        for grain in grains:
            for split in splits:
                found = trend(warehouse, None, Filters(*last), Course(key, grain, split))
                tally = tallies.setdefault(f"{METRICS[key].group}, by {grain}", Tally())
                panels = [panel for panel in found.panels if panel.limits_now is not None]
                for panel in panels:
                    count(tally, str(panel.method.kind), panel.frame.height, panel.marked)
                tally.pages += bool(panels)
                tally.pages_changed += bool(panels) and any(panel.changes for panel in found.panels)


def count(tally: Tally, kind: str, points: int, marked: int) -> None:
    """Add one chart."""
    tally.kinds.add(kind)
    tally.points, tally.marked = tally.points + points, tally.marked + marked
    tally.charts, tally.charts_marked = tally.charts + 1, tally.charts_marked + (marked > 0)


def null_world(folder: Path, scale: str, seed: int) -> Warehouse:
    """A sample without any planted difference, built and opened."""
    make_sample(folder, scale, seed, effects=False)
    build(folder, load_config(folder))
    return Warehouse.open(folder)


def main() -> None:
    """Print both tables."""
    from benchmarks import false_alarms_agents  # It takes its null worlds from here.

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=6)
    parser.add_argument("--scale", default="small", help="scale of the null worlds")
    chosen = parser.parse_args()
    head = "| what | charts | points | points marked | charts with a mark | {} |\n| --- | --- | ---: | ---: | ---: | ---: |"
    print(head.format("series with a change of level"))
    for name, tally in of_series(chosen.seeds).items():
        print(tally.row(name))
    tallies: dict[str, Tally] = {}
    for seed in range(1, chosen.worlds + 1):
        with tempfile.TemporaryDirectory() as folder:
            of_world(null_world(Path(folder) / "extracts", chosen.scale, seed), tallies)
    print("\n" + head.format("pages with a change of level"))
    for name in sorted(tallies):
        print(tallies[name].row(name))
    print()
    false_alarms_agents.report(chosen.seeds, chosen.worlds)


if __name__ == "__main__":
    main()
