"""How large a sample is, and the time it covers."""

from dataclasses import dataclass

import numpy as np

END = np.datetime64("2026-11-01")


@dataclass(frozen=True)
class Scale:
    """One size of the sample.

    ``calls``: how many calls are expected in all; ``agents``: seats that are kept filled.
    ``roster_share``: the share of agents at work on a weekday.
    ``recordings``: recorded calls evaluated for each agent and month; ``calibrations``: calibrated calls a center and month.
    """

    name: str
    calls: int
    agents: int
    first_month: np.datetime64
    roster_share: float
    recordings: int
    calibrations: int

    @property
    def months(self) -> np.ndarray:
        """The months covered, as ``datetime64[M]``."""
        return np.arange(self.first_month, END.astype("datetime64[M]"))


SCALES = {
    scale.name: scale
    for scale in (
        Scale("small", 50_000, 72, np.datetime64("2026-05"), roster_share=0.38, recordings=6, calibrations=1),
        Scale("medium", 2_000_000, 300, np.datetime64("2024-11"), roster_share=0.76, recordings=6, calibrations=2),
        Scale("large", 51_000_000, 600, np.datetime64("2024-11"), roster_share=0.76, recordings=12, calibrations=2),
    )
}
