"""How often the board cries wolf: ordinary series and null worlds, held against the same code as the pages.

``python -m benchmarks.false_alarms [--seeds 200] [--worlds 6]`` writes the tables of ``docs/false_alarms.md``.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np

from qa.build.run import build
from qa.config import load_config
from qa.filters import Filters
from qa.improvement.course import Course
from qa.improvement.study import metrics_for, study
from qa.improvement.trainings import trainings
from qa.metrics import METRICS
from qa.periods import bucket_at
from qa.query import obstacle
from qa.sample import make_sample
from qa.stats.change_points import LEAST_SIDE, Family, steps
from qa.stats.control_charts import Limits, individuals, proportions, rates
from qa.stats.special_causes import signals
from qa.trend.courses import Course as TrendCourse
from qa.trend.courses import Grain, Split, trend
from qa.warehouse import Warehouse

Sums = tuple[np.ndarray, np.ndarray]
MAKE: dict[Family, Callable[..., Limits | None]] = {
    "binomial": proportions, "poisson": rates, "normal": lambda x, n: individuals(x / n),
}  # fmt: skip
LEAST_MONTHS_SIDE = 4
# Volumes have seasons, and the sample's first months hold one partner's calls but no evaluations: these do change.
TRULY_CHANGING = ("plan_completion",)
# What before/after says of a group, and may claim.
STATEMENTS = ("change of the group", "difference of the changes")


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
                found = trend(warehouse, None, Filters(*last), TrendCourse(key, grain, split))
                tally = tallies.setdefault(f"{METRICS[key].group}, by {grain}", Tally())
                panels = [panel for panel in found.panels if panel.limits_now is not None]
                for panel in panels:
                    count(tally, str(panel.method.kind), panel.frame.height, panel.marked)
                tally.pages += bool(panels)
                tally.pages_changed += bool(panels) and any(panel.changes for panel in found.panels)


@dataclass
class Claims:
    """Studies of which something could be judged, those with a claim, and the claims by statement: judged and claimed to be more than noise."""

    studies: int = 0
    claiming: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    claimed: Counter[str] = field(default_factory=Counter)

    def add(self, claims: dict[str, bool]) -> None:
        """Count one study by its statements that could be judged: whether each is claimed."""
        self.studies, self.claiming = self.studies + 1, self.claiming + any(claims.values())
        self.judged.update(claims.keys())
        self.claimed.update(name for name, is_claimed in claims.items() if is_claimed)

    def row(self, name: str) -> str:
        """The line of a Markdown table."""
        shares = (f"{self.claimed[part] / max(self.judged[part], 1):.1%} of {self.judged[part]:,}" for part in STATEMENTS)
        return f"| {name} | {self.studies:,} | {self.claiming / max(self.studies, 1):.1%} | " + " | ".join(shares) + " |"


def of_studies(warehouse: Warehouse, seeds: int, first: int, found: dict[str, Claims]) -> None:
    """Add what before/after claims of random metrics, days, windows and groups of a null world: nothing changed in any of them.

    ``found``: by kind of group, and of all together.
    """
    keys = [key for key in metrics_for(warehouse, Filters()) if key not in TRULY_CHANGING]
    held = trainings(warehouse, None, None, warehouse.span.first_day + timedelta(days=240), warehouse.span.until - timedelta(days=60))
    for seed in range(first, first + seeds):
        rng = Random(seed)
        key, kind, days = rng.choice(keys), rng.choice(("training", "agents", "team", "center")), rng.choice((28, 56))
        training = rng.choice(held)
        filters = _random_group(warehouse, kind, training.center, rng)
        course = Course(key, training.held_on, training if kind == "training" else None, days, days)
        if filters is None or obstacle(METRICS[key], (), course.group(filters)):
            continue
        made = study(warehouse, None, filters, course)
        shifts = zip(STATEMENTS, (made.change, made.difference), strict=True)
        claims = {name: shift.direction != "none" for name, shift in shifts if shift is not None and shift.direction != "too_few"}
        if claims:
            found.setdefault(kind, Claims()).add(claims)
            found.setdefault("all", Claims()).add(claims)


def _random_group(warehouse: Warehouse, kind: str, center: str, rng: Random) -> Filters | None:
    """A center, one of its teams, or a third of its agents; None where there is no such thing."""
    own = warehouse.agents.filter(warehouse.agents["center_id"] == center)
    teams, agents = sorted(set(own["team"].drop_nulls())), sorted(set(own["agent_id"]))
    if kind == "team":
        return Filters(centers=(center,), teams=(rng.choice(teams),)) if teams else None
    if kind == "agents":
        return Filters(centers=(center,), agents=tuple(sorted(rng.sample(agents, len(agents) // 3)))) if len(agents) > 3 else None
    return Filters() if kind == "training" else Filters(centers=(center,))


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


def report_studies(seeds: int, worlds: int, scale: str) -> None:
    """Print the table of before and after alone."""
    claims: dict[str, Claims] = {}
    for seed in range(1, worlds + 1):
        with tempfile.TemporaryDirectory() as folder:
            of_studies(null_world(Path(folder) / "extracts", scale, seed), seeds, seed * seeds, claims)
    print_claims(claims)


def print_claims(claims: dict[str, Claims]) -> None:
    """Print what before and after claimed, a line a kind of group."""
    print("\n| before/after | studies judged | with a claim | " + " | ".join(STATEMENTS) + " |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    for name in sorted(claims, key=lambda name: (name == "all", name)):
        print(claims[name].row(name), flush=True)


def main() -> None:
    """Print the tables."""
    from benchmarks import false_alarms_agents  # It takes its null worlds from here.

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=6)
    parser.add_argument("--scale", default="small", help="scale of the null worlds")
    parser.add_argument("--studies", action="store_true", help="only before and after")
    chosen = parser.parse_args()
    if chosen.studies:
        report_studies(chosen.seeds, chosen.worlds, chosen.scale)
        return
    head = "| what | charts | points | points marked | charts with a mark | {} |\n| --- | --- | ---: | ---: | ---: | ---: |"
    print(head.format("series with a change of level"))
    for name, tally in of_series(chosen.seeds).items():
        print(tally.row(name))
    tallies: dict[str, Tally] = {}
    claims: dict[str, Claims] = {}
    for seed in range(1, chosen.worlds + 1):
        with tempfile.TemporaryDirectory() as folder:
            world = null_world(Path(folder) / "extracts", chosen.scale, seed)
            of_world(world, tallies)
            of_studies(world, chosen.seeds, seed * chosen.seeds, claims)
    print("\n" + head.format("pages with a change of level"))
    for name in sorted(tallies):
        print(tallies[name].row(name))
    print_claims(claims)
    print()
    false_alarms_agents.report(chosen.seeds, chosen.worlds)


if __name__ == "__main__":
    main()
