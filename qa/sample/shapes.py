"""The shapes of volume: weekdays, holidays, seasons, and the hours of a day."""

import numpy as np

OPENS_S, CLOSES_S = 8 * 3600, 22 * 3600
BIN_S = 1800

HOLIDAYS = (
    ("2025-01-01", "2025-01-02"),
    ("2025-01-28", "2025-02-05"),  # Spring Festival
    ("2025-04-04", "2025-04-07"),
    ("2025-05-01", "2025-05-06"),
    ("2025-05-31", "2025-06-03"),
    ("2025-10-01", "2025-10-09"),  # National Day and Mid-Autumn
    ("2026-01-01", "2026-01-04"),
    ("2026-02-15", "2026-02-24"),  # Spring Festival
    ("2026-04-04", "2026-04-07"),
    ("2026-05-01", "2026-05-06"),
    ("2026-06-19", "2026-06-22"),
    ("2026-09-25", "2026-09-28"),
    ("2026-10-01", "2026-10-08"),  # National Day
)

_INBOUND_WEEK = np.array([1.14, 1.06, 1.03, 1.01, 1.02, 0.80, 0.73])
_OUTBOUND_WEEK = np.array([1.08, 1.12, 1.12, 1.10, 1.02, 0.35, 0.15])
_SEASON = np.array([1.04, 0.93, 1.01, 0.97, 0.96, 1.02, 1.09, 1.11, 1.00, 0.97, 0.96, 1.00])

# Half-hours from 08:00 to 22:00: a morning peak, lunch, an afternoon peak, a lower evening one.
_INBOUND_DAY = np.array(
    [3.0, 4.6, 6.6, 8.0, 8.3, 7.6, 6.4, 5.0, 3.8, 3.6, 4.2, 5.2, 6.2, 6.9] + [7.0, 6.5, 5.8, 4.9, 4.0, 3.6, 3.5, 3.7, 4.0, 3.9, 3.3, 2.6, 1.9, 1.3]
)
_OUTBOUND_DAY = np.array(
    [0.0, 0.0, 5.0, 7.0, 7.5, 7.5, 7.0, 3.0, 0.5, 0.5, 2.0, 6.0, 7.5, 7.5] + [7.5, 7.0, 6.5, 5.5, 3.5, 3.5, 4.0, 4.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0]
)


def days_of(month: np.datetime64) -> np.ndarray:
    """The days of ``month``, as ``datetime64[D]``."""
    return np.arange(month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]"))


def weekday(days: np.ndarray) -> np.ndarray:
    """0 for Monday to 6 for Sunday."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7


def is_holiday(days: np.ndarray) -> np.ndarray:
    """Which of ``days`` lie in a public holiday."""
    found = np.zeros(len(days), dtype=bool)
    for first, after in HOLIDAYS:
        found |= (days >= np.datetime64(first)) & (days < np.datetime64(after))
    return found


def _after_holiday(days: np.ndarray) -> np.ndarray:
    return is_holiday(days - 1) & ~is_holiday(days)


def inbound_weights(days: np.ndarray) -> np.ndarray:
    """The relative inbound volume of each day; 1 is an average day."""
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    holiday = np.where(is_holiday(days), 0.55, 1.0)
    return _INBOUND_WEEK[weekday(days)] * _SEASON[month] * holiday * np.where(_after_holiday(days), 1.3, 1.0)


def outbound_weights(days: np.ndarray) -> np.ndarray:
    """The relative outbound volume of each day; campaigns rest on holidays."""
    return _OUTBOUND_WEEK[weekday(days)] * np.where(is_holiday(days), 0.05, 1.0)


def times_of_day(rng: np.random.Generator, count: int, outbound: bool = False) -> np.ndarray:
    """``count`` seconds after midnight, spread over a day's half-hours as calls are."""
    weights = _OUTBOUND_DAY if outbound else _INBOUND_DAY
    edges = OPENS_S + BIN_S * np.arange(len(weights) + 1)
    shares = np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    return np.interp(rng.random(count), shares, edges).astype(np.int64)


def load(seconds: np.ndarray) -> np.ndarray:
    """How busy the center is at these seconds after midnight; 1 on average over inbound calls."""
    shares = _INBOUND_DAY / _INBOUND_DAY.sum()
    by_bin = (shares / (shares**2).sum()).astype(np.float32)
    return by_bin[np.clip((seconds - OPENS_S) // BIN_S, 0, len(by_bin) - 1)]
