"""A ratio of two sums, R = sum(x) / sum(y), seen through sums over its units."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

# What is left of a variance below this share of its own terms is rounding, not variation.
ROUNDING = 1e-12


class Moments(NamedTuple):
    """Sums over the n units of one or many groups: x is the numerator of a unit, y its denominator."""

    x: Numbers
    y: Numbers
    n: Numbers
    xx: Numbers
    xy: Numbers
    yy: Numbers

    @classmethod
    def of(
        cls,
        numerator: ArrayLike,
        denominator: ArrayLike,
        n: ArrayLike,
        numerator_squared: ArrayLike,
        product: ArrayLike,
        denominator_squared: ArrayLike,
    ) -> Self:
        """The sums as arrays of one shape; a group with any sum absent is absent altogether (all nan)."""
        given = (numerator, denominator, n, numerator_squared, product, denominator_squared)
        arrays = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in given))
        absent = np.isnan(arrays).any(axis=0)
        return cls(*(np.where(absent, np.nan, part) for part in arrays))

    def total(self) -> Self:
        """The sums over all groups together, absent ones left out."""
        return type(self)(*(np.asarray(np.nansum(part)) for part in self))

    def without(self, part: Self) -> Self:
        """The sums of the units that are not in ``part``."""
        return type(self)(*(np.subtract(whole, taken) for whole, taken in zip(self, part, strict=True)))

    def ratio(self) -> Numbers:
        """R = sum(x) / sum(y); nan where sum(y) is 0."""
        return np.divide(self.x, self.y, out=np.full_like(self.y, np.nan), where=self.y != 0)

    def residual_squares(self, ratio: Numbers) -> Numbers:
        """Sum of (x - ratio * y)^2 over the units, never negative."""
        squares = self.xx - 2 * ratio * self.xy + ratio**2 * self.yy
        noise = ROUNDING * (self.xx + ratio**2 * self.yy)
        return np.where(squares <= noise, 0.0, squares)

    def variance(self) -> Numbers:
        """Estimated variance of the ratio by linearisation; nan with fewer than two units or sum(y) = 0.

        s^2 = n / (n - 1) * sum((x - R y)^2) / sum(y)^2, the variance of a mean when every y is 1.
        Source: Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4, formula 6.13.
        """
        numerator = self.n * self.residual_squares(self.ratio())
        denominator = (self.n - 1) * self.y**2
        return np.divide(numerator, denominator, out=np.full_like(self.y, np.nan), where=(self.n >= 2) & (self.y != 0))
