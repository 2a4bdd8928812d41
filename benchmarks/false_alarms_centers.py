"""How often the pages about centers cry wolf: worlds without any difference, held against the same code as the pages.

``python -m benchmarks.false_alarms_centers [--seeds 200] [--worlds 3]`` writes the tables of ``docs/false_alarms.md``.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.false_alarms import null_world
from qa.centers.comparison import judged, matrix, place_funnel
from qa.centers.sides import Course, Side, Sums
from qa.centers.why import Explained, explained, explanations, metrics_possible, whole_row
from qa.config import Config
from qa.filters import Asked, Filters
from qa.funnels import metric_funnel
from qa.metrics import METRICS
from qa.warehouse import Warehouse

CONFIG = Config()
QUEUES = np.array(["bills", "orders", "tariffs", "faults", "complaints", "online"])
SHARES = np.array([0.30, 0.24, 0.16, 0.16, 0.05, 0.09])
RATES = np.array([0.955, 0.940, 0.935, 0.870, 0.800, 0.930])
# In the sample centers have different volumes for as many agents, with or without planted effects: these do differ.
TRULY_DIFFERENT = ("talk_hours_per_day", "calls_per_hour")
KEY = {"shares": "satisfaction_rate", "scores": "mean_score"}


@dataclass
class Tally:
    """Places looked at, those outside their funnel; worlds, and those with a mark in the funnel, the matrix, a gap, its
    segments.
    """

    places: int = 0
    outside: int = 0
    worlds: int = 0
    funnels: int = 0
    matrices: int = 0
    gaps: int = 0
    gaps_marked: int = 0
    segments_marked: int = 0

    def row(self, name: str) -> str:
        """The line of a Markdown table."""
        shares = [self.outside / max(self.places, 1), self.funnels / max(self.worlds, 1), self.matrices / max(self.worlds, 1)]
        shares += [self.gaps_marked / max(self.gaps, 1), self.segments_marked / max(self.gaps, 1)]
        return f"| {name} | {self.places:,} | " + " | ".join(f"{share:.1%}" for share in shares) + f" | {self.gaps:,} |"


def world_of(rng: np.random.Generator, kind: str, centers: int, answers: int, wandering: float = 0.0) -> dict[tuple[str, str], list[float]]:
    """Sums by center and queue, every center with the same mix and the same rates but for chance.

    ``wandering``: the standard deviation by which all centers truly differ, a little each: none of them stands out.
    """
    sums = {}
    for center in range(centers):
        own = np.clip(RATES + rng.normal(0, wandering), 0, 1)
        for queue, n, rate in zip(QUEUES, rng.multinomial(rng.poisson(answers * rng.uniform(0.3, 2)), SHARES), own, strict=True):
            if kind == "shares":
                sums[f"C{center:02}", str(queue)] = [float(rng.binomial(n, rate)), float(n), float(n)]
            else:
                scores = 100 - rng.gamma(2, 4 - 3 * rate, n)
                sums[f"C{center:02}", str(queue)] = [scores.sum(), n, n, (scores**2).sum(), scores.sum(), n]
    return sums


def of_simulated(tally: Tally, rng: np.random.Generator, kind: str, centers: int, answers: int, wandering: float) -> None:
    """Add one simulated world: the funnel of the centers, the matrix of its one metric, and the gap of each center to the first."""
    sums, metric = world_of(rng, kind, centers, answers, wandering), METRICS[KEY[kind]]
    names = ("numerator", "denominator", "n", "numerator_squared", "product", "denominator_squared")[: 3 if kind == "shares" else 6]
    sides = [Sums(names, {(queue,): values for (center, queue), values in sums.items() if center == f"C{at:02}"}) for at in range(centers)]
    rows = [whole_row(side, metric, CONFIG) | {"metric": metric.key, "center": f"C{at:02}"} for at, side in enumerate(sides)]
    found = metric_funnel(pl.DataFrame(rows), metric, CONFIG)
    cells = judged(rows, "center", "C00", CONFIG)
    pair, course = (Side(Filters()), Side(Filters())), Course(metric.key, "here", ("headquarters",), "queue")
    gaps = [explained(course, pair, (side, sides[0]), (row, rows[0]), CONFIG) for side, row in zip(sides[1:5], rows[1:5], strict=True)]
    count(tally, found.groups.height, found.outside.height, any(cell.gap is not None and cell.gap.is_real for cell in cells.values()), gaps)


def of_sample(tally: Tally, warehouse: Warehouse) -> None:
    """Add what the pages say of every metric of a null world over its whole time: funnels, the matrix, every center's gaps."""
    asked = Asked(Filters(warehouse.span.first_day, warehouse.span.until), None)
    keys = [key for key in metrics_possible(warehouse, asked) if key not in TRULY_DIFFERENT]
    funnels = [found for key in keys if (found := place_funnel(warehouse, None, asked.filters, key)) is not None]
    cells = matrix(warehouse, None, asked.filters).cells
    centers = [center for center in warehouse.centers["center_id"] if center != warehouse.headquarters]
    gaps = [one for key in keys for center in centers for one in explanations(warehouse, None, asked, Course(key, center, ("headquarters",)))[:1]]
    places, outside = (sum(getattr(found, name).height for found in funnels) for name in ("groups", "outside"))
    count(tally, places, outside, any(cell.gap is not None and cell.gap.is_real for cell in cells.values()), gaps)


def count(tally: Tally, places: int, outside: int, matrix_marked: bool, gaps: list[Explained | None]) -> None:
    """Add one world."""
    known = [one for one in gaps if one is not None]
    tally.places, tally.outside, tally.worlds = tally.places + places, tally.outside + outside, tally.worlds + 1
    tally.funnels, tally.matrices, tally.gaps = tally.funnels + (outside > 0), tally.matrices + matrix_marked, tally.gaps + len(known)
    tally.gaps_marked += sum(one.gap.is_real or one.mix.is_real or one.performance.is_real for one in known)
    tally.segments_marked += sum(any(segment.change.is_real for segment in one.segments) for one in known)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=3)
    parser.add_argument("--folder", type=Path, nargs="*", default=[], help="null samples that are built already")
    chosen = parser.parse_args()
    print("| worlds | places | outside the funnel | funnels with one outside | matrices with a mark | gaps with a mark | gaps with a marked segment | gaps |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    kinds = {
        "7 centers, shares, 300 answers each": ("shares", 7, 300, 0.0), "45 centers, shares, 300 answers each": ("shares", 45, 300, 0.0),
        "45 centers, shares, 3,000 answers each": ("shares", 45, 3000, 0.0), "7 centers, mean scores, 60 each": ("scores", 7, 60, 0.0),
        "45 centers, mean scores, 300 each": ("scores", 45, 300, 0.0), "45 centers that all differ by a point or so": ("shares", 45, 3000, 0.01),
    }  # fmt: skip
    for name, kind in kinds.items():
        tally = Tally()
        for seed in range(chosen.seeds):
            of_simulated(tally, np.random.default_rng(seed), *kind)
        print(tally.row(name), flush=True)
    tally = Tally()
    for folder in chosen.folder:
        of_sample(tally, Warehouse.open(folder))
    for seed in range(1, 1 + (0 if chosen.folder else chosen.worlds)):
        with tempfile.TemporaryDirectory() as folder:
            of_sample(tally, null_world(Path(folder) / "extracts", "small", seed))
    print(tally.row("small samples without effects, every metric"))


if __name__ == "__main__":
    main()
