"""Statistics of the board: intervals, and comparisons that tell a difference from noise.

Everything takes numbers or NumPy arrays, one element a group, and returns arrays of the same length.
Nothing here imports ``scipy.stats`` or ``statsmodels``: loading them takes two to three seconds, which is the time the
first page has. Distribution functions come from ``scipy.special``; the tests hold every result to those two libraries.
"""

import qa.stats.lean  # noqa: F401, before the first that asks for SciPy
from qa.stats.comparisons import holm, proportions_against_rest, rates_against_rest, ratios_against_rest
from qa.stats.differences import proportion_difference, rate_difference, ratio_difference
from qa.stats.intervals import poisson_rate_interval, ratio_interval, wilson
from qa.stats.moments import Moments

__all__ = [
    "Moments",
    "holm",
    "poisson_rate_interval",
    "proportion_difference",
    "proportions_against_rest",
    "rate_difference",
    "rates_against_rest",
    "ratio_difference",
    "ratio_interval",
    "ratios_against_rest",
    "wilson",
]
