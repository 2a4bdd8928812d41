"""The effect of the weekday on daily figures: how far each weekday usually lies from its week."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.moments import Numbers

WEEK = 7
LEAST_WEEKS = 5
ALPHA = 0.01
# A day's week is known well enough when so many of its seven days have a value.
LEAST_DAYS = 4


def weekday_offsets(days: ArrayLike, values: ArrayLike, weights: ArrayLike, usable: ArrayLike) -> Numbers | None:
    """How far each weekday, Monday first, lies from the level of its week; None where weekdays do not differ by more than
    chance (analysis of variance, 1 %) or one that occurs has fewer than five usable days.

    ``days``: ordinals of the days, increasing; ``weights``: what a value rests on (1 for all alike); ``usable``: days
    whose value is typical of their weekday, so no holidays. A weekday without days has 0. The weighted offsets sum to 0.
    Classical additive decomposition with a centered mean of seven days, which a change of level does not disturb.
    Source: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. 2021, section 3.4.
    """
    day, value, weight = np.asarray(days, dtype=int), np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    used = np.asarray(usable, dtype=bool) & np.isfinite(value) & (weight > 0)
    if not used.any():
        return None
    day, value, weight = day[used], value[used], weight[used]
    away, known = _away_from_week(day, value, weight)
    weekday, away, weight = (day[known] - 1) % WEEK, away[known], weight[known]
    found = np.unique(weekday, return_counts=True)
    if len(found[0]) < 2 or found[1].min() < LEAST_WEEKS:
        return None
    sums, totals = (np.bincount(weekday, part, WEEK) for part in (weight * away, weight))
    offsets = np.divide(sums, totals, out=np.zeros(WEEK), where=totals > 0)
    offsets = np.where(totals > 0, offsets - sums.sum() / totals.sum(), 0.0)
    return offsets if _differ(away - sums.sum() / totals.sum(), weight, weekday, offsets) else None


def _away_from_week(day: Numbers, value: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Each day's distance from the mean of the seven days around it, and whether enough of them have a value."""
    first = day[0] - WEEK // 2
    dense = np.zeros((3, day[-1] - first + WEEK // 2 + 1))
    for row, part in zip(dense, (weight * value, weight, np.ones(len(day))), strict=True):
        row[day - first] = part
    total, whole, present = (np.convolve(row, np.ones(WEEK), "same")[day - first] for row in dense)
    return value - total / whole, present >= LEAST_DAYS


def _differ(away: Numbers, weight: Numbers, weekday: Numbers, offsets: Numbers) -> bool:
    """Whether the weekdays' means differ by more than chance: one-way analysis of variance."""
    groups, days = len(np.unique(weekday)), len(away)
    between = (weight * offsets[weekday] ** 2).sum() / (groups - 1)
    within = (weight * (away - offsets[weekday]) ** 2).sum() / max(days - groups, 1)
    if within <= 1e-15 * max(between, 1e-300):
        return bool(between > 0)
    return bool(special.fdtrc(groups - 1, days - groups, between / within) < ALPHA)
