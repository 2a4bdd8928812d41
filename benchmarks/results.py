"""What a benchmark found: samples a figure, kept as one JSON file a benchmark until the report is written."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

from benchmarks.machine import Others, pace_ms

RESULTS = Path(__file__).parent / "work" / "results"


@dataclass(frozen=True)
class Figure:
    """The samples of one figure.

    ``key``: the row of the budgets it belongs to. ``others``: share of the machine (0-1) that others used meanwhile.
    ``pace``: of the machine right after, in milliseconds of ``machine.pace_ms``; 0 where it is not known. ``note``: what the samples are of.
    """

    key: str
    values: list[float]
    note: str = ""
    others: float = 0.0
    at: str = ""
    pace: float = 0.0

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        """By linear interpolation; the largest where there is one sample."""
        return quantiles(self.values, n=20, method="inclusive")[-1] if len(self.values) > 1 else self.values[0]

    @property
    def p5(self) -> float:
        """Likewise at the other end."""
        return quantiles(self.values, n=20, method="inclusive")[0] if len(self.values) > 1 else self.values[0]


@dataclass
class Recorder:
    """Takes the figures of one benchmark; each carries the load of others since the last one."""

    name: str
    folder: Path = RESULTS
    figures: list[Figure] = field(default_factory=list)
    others: Others = field(default_factory=Others)

    def add(self, key: str, values: list[float], note: str = "") -> Figure:
        """Keep the samples and print them; ValueError where there are none."""
        if not values:
            raise ValueError(f"no samples of {key}")
        return self.add_all({key: values}, note)[0]

    def add_all(self, found: dict[str, list[float]], note: str = "", notes: dict[str, str] | None = None) -> list[Figure]:
        """Keep several figures that were measured together; ``notes``: what is to be said of some of them alone."""
        notes = notes or {}
        share, now, pace = self.others.share(), datetime.now().isoformat(timespec="minutes"), round(pace_ms(), 1)
        samples = {key: [round(value, 3) for value in values] for key, values in found.items() if values}
        new = [Figure(key, values, notes.get(key, note), round(share, 3), now, pace) for key, values in samples.items()]
        for figure in new:
            print(f"{figure.key}: median {figure.median:,.4g}, p95 {figure.p95:,.4g}, n = {len(figure.values)}, others {share:.0%}  {figure.note}", flush=True)
        self.figures += new
        self.others.begin()
        return new

    def save(self) -> None:
        """Write the file of this benchmark anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{self.name}.json").write_text(json.dumps([asdict(figure) for figure in self.figures], ensure_ascii=False, indent=1), "utf-8")


def saved(folder: Path = RESULTS) -> list[Figure]:
    """The latest figures of every benchmark that keeps them in the folder."""
    return [Figure(**entry) for path in sorted(folder.glob("*.json")) for entry in json.loads(path.read_text("utf-8"))]
