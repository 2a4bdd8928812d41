"""How many have come back after so many days, when some were watched for less."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.moments import Numbers


def returned_within(returned: ArrayLike, watched: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers, Numbers]:
    """Share, low and high of those who returned within 0, 1, 2 ... days: one value more than there are days.

    ``returned[d]``: how many returned on day d, of ``watched[d]`` who had not before and were watched for all of that day.
    Kaplan and Meier's product-limit estimate 1 - prod(1 - returned / watched); the interval is Greenwood's on the scale
    log(-log), which stays inside 0-1; nan from the first day that nobody was watched.
    Sources: E. L. Kaplan and P. Meier 1958, J Am Stat Assoc 53:457-481, doi:10.1080/01621459.1958.10501452;
    J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, section 1.4.
    """
    events, at_risk = np.asarray(returned, dtype=float), np.asarray(watched, dtype=float)
    at_risk = np.where(at_risk > 0, at_risk, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        staying = np.concatenate([[1.0], np.cumprod(1 - events / at_risk)])
        variance = np.concatenate([[0.0], np.cumsum(events / (at_risk * (at_risk - events)))])
        reach = special.ndtri((1 + confidence) / 2) * np.sqrt(variance) / np.log(staying)
        low, high = 1 - staying ** np.exp(reach), 1 - staying ** np.exp(-reach)
    nobody, everybody = staying == 1, staying == 0
    low, high = np.where(nobody | everybody, 1 - staying, low), np.where(nobody | everybody, 1 - staying, high)
    return 1 - staying, np.minimum(low, high), np.maximum(low, high)
