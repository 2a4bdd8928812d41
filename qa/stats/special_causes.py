"""Which points of a control chart speak of a special cause, for better or worse, and whether a target will be met."""

from dataclasses import dataclass
from math import floor, log2
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qa.stats.control_charts import SIGMAS, Mask
from qa.stats.moments import Numbers

Variation = Literal["common_cause", "special_cause_improvement", "special_cause_concern", "special_cause_neither"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]
Better = Literal["higher", "lower", "band", "neither"]
Signs = NDArray[np.int8]

SHIFT = 7
TREND = 7
NEAR = SIGMAS * 2 / 3


@dataclass(frozen=True)
class Signals:
    """For each rule and point +1 (high or rising), -1 (low or falling) or 0 (the point is not part of such a signal)."""

    outside: Signs
    shift: Signs
    trend: Signs
    near: Signs

    @property
    def direction(self) -> Signs:
        """Each point's one direction; beyond a limit counts before a shift, two of three near a limit, and a trend."""
        found = self.outside.copy()
        for rule in (self.shift, self.near, self.trend):
            found = np.where(found == 0, rule, found)
        return found


def signals(z: ArrayLike, level: ArrayLike, judged: ArrayLike, runs_apply: bool = True) -> Signals:
    """The four rules of the NHS's Making Data Count over one stretch of points.

    A point beyond a limit; a shift: ``shift_length`` points in a row on one side of the center; a trend: seven points in a
    row each above (below) the one before; two of three successive points on one side beyond two thirds of the way to a
    limit, those two being marked. ``z``: distance from the center, 3 being the limit; ``level``: the values the trend is
    read from; points not ``judged`` are passed over. Without ``runs_apply`` only the first rule holds.
    Source: NHS England, Making data count: Strengthening your decisions, 2019; conventions of the R package NHSRplotthedots.
    """
    z, level = np.asarray(z, dtype=float), np.asarray(level, dtype=float)
    places = np.flatnonzero(np.asarray(judged, dtype=bool))
    distance = z[places]
    found = {name: np.zeros(len(z), dtype=np.int8) for name in ("outside", "shift", "trend", "near")}
    found["outside"][places] = _signed(distance > SIGMAS, distance < -SIGMAS)
    if runs_apply:
        length = shift_length(len(places))
        found["shift"][places] = _signed(*(_in_run(side, length) for side in (distance > 0, distance < 0)))
        found["trend"][places] = _signed(*(_in_trend(side) for side in (np.diff(level[places]) > 0, np.diff(level[places]) < 0)))
        found["near"][places] = _signed(*(_two_of_three(side * distance) for side in (1, -1)))
    return Signals(**found)


def shift_length(points: int) -> int:
    """How many points in a row on one side make a shift: 7 up to 31 points, one more each time their number doubles.

    Seven is the NHS's rule for charts of some 24 months; in 120 days seven in a row come by chance in two charts of three.
    The longest run of ordinary points grows as the logarithm of their number: M. F. Schilling 1990, Coll Math J
    21:196-207; as a rule for run charts: J. Anhoej and A. V. Olesen 2014, PLoS ONE 9:e113825.
    """
    return max(SHIFT, floor(log2(max(points, 1))) + 3)


def variation(direction: ArrayLike, better: Better) -> list[Variation]:
    """The class of each point by the side that is better; neither where no side is."""
    names: dict[int, Variation]
    if better in ("band", "neither"):
        names = {0: "common_cause", 1: "special_cause_neither", -1: "special_cause_neither"}
    else:
        good = 1 if better == "higher" else -1
        names = {0: "common_cause", good: "special_cause_improvement", -good: "special_cause_concern"}
    return [names[int(side)] for side in np.asarray(direction)]


def assurance(low: float, high: float, minimum: float | None, maximum: float | None) -> Assurance | None:
    """Whether the target will be met by chance: always, never, or now and then; None without target or limits.

    consistent_pass: all that lies within the limits is on target; consistent_fail: none of it is.
    Source: NHS England, Making data count, 2019, assurance icons.
    """
    if (minimum is None and maximum is None) or not (np.isfinite(low) and np.isfinite(high)):
        return None
    least, most = -np.inf if minimum is None else minimum, np.inf if maximum is None else maximum
    if low >= least and high <= most:
        return "consistent_pass"
    return "consistent_fail" if high < least or low > most else "inconsistent"


def _signed(up: Mask, down: Mask) -> Signs:
    return up.astype(np.int8) - down.astype(np.int8)


def _in_run(side: Mask, length: int) -> Mask:
    """The members of unbroken runs of at least so many."""
    found = np.zeros(len(side), dtype=bool)
    for start, end in runs(side):
        found[start:end] = end - start >= length
    return found


def _in_trend(steps: Mask) -> Mask:
    """The points on either end of at least six steps in a row to one side."""
    found = np.zeros(len(steps) + 1, dtype=bool)
    for start, end in runs(steps):
        if end - start >= TREND - 1:
            found[start : end + 1] = True
    return found[: len(steps) + 1]


def _two_of_three(distance: Numbers) -> Mask:
    """The points near a limit among three successive ones on its side, of which at least two are near."""
    near = distance > NEAR
    found = np.zeros(len(distance), dtype=bool)
    for first in range(len(distance) - 2):
        three = slice(first, first + 3)
        if (distance[three] > 0).all() and near[three].sum() >= 2:
            found[three] |= near[three]
    return found


def runs(side: Mask) -> list[tuple[int, int]]:
    """First and after-last place of each unbroken run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], side, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
