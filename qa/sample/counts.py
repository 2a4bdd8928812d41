"""Counts of calls where single calls are not to be had: the partner center, and one center's months before its calls were kept."""

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.contract.facts_calls import GRAINS
from qa.sample.calls import QUEUED, QUEUED_S
from qa.sample.columns import SECONDS_UNIT, Values, extract
from qa.sample.contacts import INBOUND
from qa.sample.effects import BASE_ABANDONED
from qa.sample.places import PARTNER, PLACES, QUEUE_NAMES, QUEUES
from qa.sample.randomness import Purpose, stream
from qa.sample.scales import END
from qa.sample.shapes import inbound_weights
from qa.sample.world import SHORT_ABANDONED, World

EARLIER_CENTER, EARLIER_MONTHS = "SY", 6
DAILY_FROM = END.astype("datetime64[M]") - 2  # the partner reports days from then on, months before
TARGET_S = 20
COUNTED = np.flatnonzero(INBOUND)


def call_counts_table(world: World) -> pa.Table:
    """The counts: the partner's whole time, and the months before the first of ``EARLIER_CENTER``."""
    rng = stream(world.seed, Purpose.COUNTS)
    first = world.months[0]
    months = world.months[world.months < DAILY_FROM]
    days = np.arange(DAILY_FROM.astype("datetime64[D]"), END)
    earlier = np.arange(first - EARLIER_MONTHS, first)
    share = next(place.share for place in PLACES if place.center_id == EARLIER_CENTER)
    parts = [
        _counts(world, rng, PARTNER.center_id, PARTNER.share, months, "month"),
        _counts(world, rng, PARTNER.center_id, PARTNER.share, days, "day"),
        _counts(world, rng, EARLIER_CENTER, share, earlier, "month"),
    ]
    return pa.concat_tables([part for part in parts if part.num_rows])


def _counts(world: World, rng: np.random.Generator, center_id: str, share: float, periods: np.ndarray, grain: str) -> pa.Table:
    """Counts by period and inbound queue, with the same true rates as everywhere."""
    expected = _expected(world, share, periods)
    offered = rng.poisson(expected).ravel()
    short = rng.binomial(offered, SHORT_ABANDONED)
    answered = rng.binomial(offered - short, 1 - BASE_ABANDONED)
    in_target = rng.binomial(answered, 1 - QUEUED * np.exp(-(TARGET_S - 3.5) / QUEUED_S))
    talk = answered * np.tile([QUEUES[q].talk_s for q in COUNTED], len(periods))
    noise = np.maximum(1 + 0.5 * rng.standard_normal((3, len(offered))) / np.sqrt(np.maximum(answered, 1)), 0.3)
    count = len(offered)
    return extract(
        table("call_counts"),
        {
            "center_id": Values(np.zeros(count, np.int8), words=(center_id,)),
            "period": np.repeat(periods.astype("datetime64[D]").astype(np.int64), len(COUNTED)),
            "grain": Values(np.full(count, GRAINS.index(grain)), words=GRAINS),
            "queue": Values(np.tile(COUNTED, len(periods)), words=QUEUE_NAMES),
            "direction": Values(np.zeros(count, np.int8), words=("inbound",)),
            "offered": offered,
            "answered": answered,
            "abandoned": offered - answered,
            "short_abandoned": short,
            "answered_in_target": in_target,
            "target_s": np.full(count, TARGET_S * SECONDS_UNIT),
            "wait_s": _sums(answered * (3.5 + QUEUED * QUEUED_S), noise[0]),
            "talk_s": _sums(talk, noise[1]),
            "handle_s": _sums(talk, noise[1]) + _sums(answered * 21.0, noise[2]),
        },
    )


def _expected(world: World, share: float, periods: np.ndarray) -> np.ndarray:
    """The expected calls, periods by inbound queues."""
    whole = np.arange(world.months[0].astype("datetime64[D]"), END)
    calls_a_weight = world.scale.calls * share / inbound_weights(whole).sum()
    starts, ends = periods.astype("datetime64[D]"), (periods + 1).astype("datetime64[D]")
    weights = np.array([inbound_weights(np.arange(start, end)).sum() for start, end in zip(starts, ends, strict=True)])
    shares = np.array([QUEUES[q].share for q in COUNTED])
    return calls_a_weight * weights[:, None] * shares


def _sums(expected: np.ndarray, noise: np.ndarray) -> np.ndarray:
    return np.round(expected * noise).astype(np.int64) * SECONDS_UNIT
