"""How often agents are marked, or called top or bottom, in worlds where all are equally good: the pages' own judging code.

``python -m benchmarks.false_alarms_agents [--seeds 200] [--worlds 6]`` prints the table of ``docs/false_alarms.md``.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.false_alarms import null_world
from qa.agents.figures import ROWS, Level, judged
from qa.agents.ranking import ranking
from qa.agents.severity import fitted
from qa.config import Config
from qa.filters import Filters
from qa.funnels import metric_funnel
from qa.judging import MOMENTS, signals
from qa.metrics import METRICS, Metric
from qa.stats.comparisons import holm
from qa.stats.severity import Cells, severity
from qa.warehouse import Warehouse

# By center the branches of a null world truly differ in what customers ask for: queues differ in satisfaction and talk time.
SAME_FOR_ALL = ("mean_score", "fatal_accuracy", "nonfatal_accuracy", "first_call_resolution")


@dataclass
class Tally:
    """Groups judged, those marked, called and outside the funnel; tables looked at, and those with anything in them."""

    groups: int = 0
    marked: int = 0
    called: int = 0
    outside: int = 0
    tables: int = 0
    tables_marked: int = 0
    tables_called: int = 0
    tables_outside: int = 0

    def add(self, frame: pl.DataFrame, metric: Metric, config: Config) -> None:
        """One table: rows of ``qa.results.answer`` of one metric."""
        found, made = ranking(frame, metric, config), metric_funnel(frame, metric, config)
        counts = {
            "marked": frame.filter(pl.col("signal").is_in(["better", "worse"])).height,
            "called": found.frame.filter(pl.col("called").is_not_null()).height,
            "outside": made.groups.filter(pl.col("direction").is_in(["better", "worse", "neither"])).height,
        }
        self.groups, self.tables = self.groups + found.frame.height, self.tables + 1
        for name, count in counts.items():
            setattr(self, name, getattr(self, name) + count)
            setattr(self, f"tables_{name}", getattr(self, f"tables_{name}") + (count > 0))

    def row(self, name: str) -> str:
        """The line of a Markdown table."""
        groups, tables = max(self.groups, 1), max(self.tables, 1)
        shares = [f"{getattr(self, one) / groups:.2%} | {getattr(self, f'tables_{one}') / tables:.1%}" for one in ("marked", "called", "outside")]
        return f"| {name} | {self.tables:,} | {self.groups:,} | " + " | ".join(shares) + " |"


def equal_agents(rng: np.random.Generator, config: Config) -> Iterator[tuple[str, Metric, pl.DataFrame]]:
    """A table of each kind of metric for agents of one true value, with the numbers of records that agents have."""
    for agents, records in ((12, 60), (80, 12), (80, 50), (480, 130)):
        n = rng.poisson(records, agents) + 1
        for key, share in (("fatal_accuracy", 0.985), ("satisfaction_rate", 0.9)):
            yield _named(key, agents, records), METRICS[key], _frame(METRICS[key], {"numerator": rng.binomial(n, share), "denominator": n, "n": n}, config)
        units = rng.choice([100.0, 97.5, 95.0, 90.0, 85.0, 0.0], (agents, int(n.max())), p=[0.42, 0.2, 0.2, 0.11, 0.055, 0.015])
        yield _named("mean_score", agents, records), METRICS["mean_score"], _frame(METRICS["mean_score"], _sums(units, n), config)
        units = rng.gamma(3, 50, (agents, int(n.max())))
        yield _named("mean_handling", agents, records), METRICS["mean_handling"], _frame(METRICS["mean_handling"], _sums(units, n), config)


def _named(key: str, agents: int, records: int) -> str:
    return f"{key}, {agents} agents, about {records} records each"


def _sums(units: np.ndarray, n: np.ndarray) -> dict[str, np.ndarray]:
    """The sums of the first n units of each agent, as a mean has them."""
    own = np.where(np.arange(units.shape[1]) < n[:, None], units, 0.0)
    total = own.sum(axis=1)
    return {"numerator": total, "denominator": n, "n": n, "numerator_squared": (own**2).sum(axis=1), "product": total, "denominator_squared": n}


def _frame(metric: Metric, sums: dict[str, np.ndarray], config: Config) -> pl.DataFrame:
    """The sums as rows of ``qa.results.answer``, with their signals."""
    frame = pl.DataFrame({name: np.asarray(numbers, dtype=float) for name, numbers in sums.items()})
    frame = frame.with_columns(
        pl.Series("center", ["X"] * frame.height), pl.Series("agent", [f"A{place}" for place in range(frame.height)]),
        (pl.col("numerator") / pl.col("denominator")).alias("value"),
    )  # fmt: skip
    figures = {name: frame[name].to_numpy() for name in (*MOMENTS, "value") if name in frame.columns}
    no_bound = np.full(frame.height, np.nan)
    return frame.with_columns(pl.Series("signal", signals(figures, metric, frame.select("agent"), no_bound, no_bound, config)))


def equal_evaluators(seeds: int, alpha: float) -> tuple[int, int]:
    """Worlds in which some evaluator is called lenient or severe although none is, of how many."""
    marked = 0
    for seed in range(seeds):
        rng = np.random.default_rng(10_000 + seed)
        agent, evaluator = rng.integers(0, 80, 3600), rng.integers(0, 15, 3600)
        card = rng.integers(0, 5, 3600)
        quality = rng.normal(0, 1.5, 80)
        score = 97 - rng.gamma(1.2, 3 + card) - 90 * (rng.random(3600) < 0.015) + quality[agent]
        places, code = np.unique(np.stack([agent, evaluator, card]), axis=1, return_inverse=True)
        sums = [np.bincount(code.ravel(), weights) for weights in (np.ones(3600), score, score**2)]
        marked += bool(holm(severity(Cells(*places, *sums)).p_values(), alpha).any())
    return marked, seeds


def of_world(warehouse: Warehouse, tallies: dict[str, Tally]) -> int:
    """Add what the pages say of a null world; how many evaluators are called lenient or severe."""
    levels: tuple[Level, ...] = tuple(ROWS)
    for level in levels:
        for key in SAME_FOR_ALL:
            tallies.setdefault(f"{level}s of null worlds, {key}", Tally()).add(
                judged(warehouse, None, Filters(), level, (key,)), METRICS[key], warehouse.config
            )
    return sum(one.differs for one in fitted(warehouse, None, Filters()).evaluators)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=6)
    chosen = parser.parse_args()
    report(chosen.seeds, chosen.worlds)


def report(seeds: int, worlds: int) -> None:
    """Print what of equal agents is marked, called, outside; and of equal evaluators."""
    config, tallies = Config(), {}
    for seed in range(seeds):
        for name, metric, frame in equal_agents(np.random.default_rng(seed), config):
            tallies.setdefault(name, Tally()).add(frame, metric, config)
    differing = 0
    for seed in range(1, worlds + 1):
        with tempfile.TemporaryDirectory() as folder:
            differing += of_world(null_world(Path(folder) / "extracts", "small", seed), tallies)
    print("| what | tables | agents or teams | marked | tables with a mark | called | tables with a call | outside | tables with one outside |")
    print("| --- |" + " ---: |" * 8)
    for name, tally in tallies.items():
        print(tally.row(name))
    marked, of = equal_evaluators(seeds, 1 - config.statistics.confidence)
    print(f"\nEvaluators: one called lenient or severe in {marked} of {of} simulated worlds of 15 equal ones; {differing} in {worlds} null worlds.")


if __name__ == "__main__":
    main()
