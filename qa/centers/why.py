"""Why a value differs: the gap, its two parts, and what each segment of the work adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isclose, nan

import numpy as np

from qa.centers.gaps import Part, direction_of, gap_of, known, moments_of, part_of
from qa.centers.sides import Course, Key, Side, Sums, against_possible, sides, sums_of
from qa.centers.splits import SPLITS, is_within, splits_possible
from qa.changes import Change, changes, p_value
from qa.config import Config
from qa.filters import Asked, Scope
from qa.judging import interval
from qa.metrics import METRICS, Metric
from qa.results import askable, fetch_ahead
from qa.stats.comparisons import holm
from qa.stats.decomposition import Decomposition, Estimate, contributions, decompose
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class Segment:
    """One segment: its rows here and there (numerator, denominator, n, value; null value where a side has none), its share
    of the work on either side, what it adds, and whether its value differs from the one it is held against.
    """

    key: Key
    here: dict
    there: dict
    share_here: float
    share_there: float
    mix: Part
    performance: Part
    change: Change

    @property
    def is_one_sided(self) -> bool:
        return not self.here["denominator"] or not self.there["denominator"]


@dataclass(frozen=True)
class Explained:
    """A gap explained by one split. ``is_within``: the split is of people whom only this side has; nothing is mix then, and
    each segment is held against the whole value there. ``segments``: the largest contributions first.
    """

    course: Course
    metric: Metric
    split: str
    sides: tuple[Side, Side]
    here: dict
    there: dict
    gap: Part
    mix: Part
    performance: Part
    is_within: bool
    segments: tuple[Segment, ...]

    @property
    def by(self) -> tuple[str, ...]:
        return SPLITS[self.split]

    @property
    def carried(self) -> float:
        """How much of the difference is told from noise: the mix, and the performance of single segments."""
        mix = abs(self.mix.value) if self.mix.is_real else 0.0
        return mix + sum(abs(segment.performance.value) for segment in self.segments if segment.change.is_real)


@dataclass(frozen=True)
class Whole:
    """The gap alone, where nothing splits it; null values where a side has no figures."""

    here: dict
    there: dict
    gap: Part | None


def explanations(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> list[Explained]:
    """The gap explained by every split there is, those first that tell the most of it from noise; those by people last,
    which say who and not why.

    A split is left out where its sums are not those of the whole (counts without that detail, parts of a scorecard that
    are scored each by themselves) and where it has a single segment.
    """
    pair = sides(warehouse, scope, asked, course)
    if pair is None:
        return []
    metric = METRICS[course.metric]
    possible = splits_possible(warehouse, metric, pair[0].filters, course)
    fetch_ahead(warehouse, scope, [([metric.key], side.by(by), side.filters) for by in ((), *(SPLITS[split] for split in possible)) for side in pair])
    found = _by_splits(warehouse, scope, course, pair, possible)
    return sorted(found, key=lambda one: (one.is_within, -one.carried, list(SPLITS).index(one.split)))


def explanation(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> Explained | None:
    """The gap explained by the course's own split; None where it cannot be."""
    pair = sides(warehouse, scope, asked, course)
    if pair is None or course.split not in splits_possible(warehouse, METRICS[course.metric], pair[0].filters, course):
        return None
    return next(iter(_by_splits(warehouse, scope, course, pair, [course.split])), None)


def whole(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> Whole | None:
    """The gap without a split; None where there is nothing to be held against or the metric is not recorded this way."""
    pair, metric = sides(warehouse, scope, asked, course), METRICS[course.metric]
    frames = [sums_of(warehouse, scope, metric, side, ()) for side in pair] if pair else [None]
    if any(frame is None for frame in frames):
        return None
    here, there = (whole_row(frame, metric, warehouse.config) for frame in frames)
    is_known = here["value"] is not None and there["value"] is not None
    return Whole(here, there, _judged(metric, warehouse.config, here, there, ())[0] if is_known else None)


def metrics_possible(warehouse: Warehouse, asked: Asked) -> list[str]:
    """The ratio metrics the extracts know, the headline ones first."""
    ratios = [key for key, metric in METRICS.items() if metric.unit != "count"]
    return sorted(askable(warehouse, ratios, (), asked.filters), key=lambda key: not METRICS[key].headline)


def center_to_explain(warehouse: Warehouse, scope: Scope, asked: Asked, key: str, centers: Sequence[str]) -> str:
    """Of several centers the one whose gap most needs an explanation: beyond noise on the worse side, the widest first."""
    metric, gaps = METRICS[key], {}
    for center in centers:
        against = [one for one in against_possible(warehouse, scope, asked, center) if one not in ("previous",)]
        found = whole(warehouse, scope, asked, Course(key, center, tuple(against[:1]))) if against else None
        if found is not None and found.gap is not None:
            gaps[center] = found.gap
    if not gaps:
        return next(iter(centers), "")
    ahead = -1 if metric.better == "lower" else 1
    return min(gaps, key=lambda center: (gaps[center].direction != "worse", ahead * gaps[center].value))


def _by_splits(warehouse: Warehouse, scope: Scope, course: Course, pair: tuple[Side, Side], splits: Sequence[str]) -> list[Explained]:
    """The gap explained by those of the splits that can; by none where a side has no figures at all."""
    metric = METRICS[course.metric]
    wholes = [sums_of(warehouse, scope, metric, side, ()) for side in pair]
    if any(sums is None or not sums.whole[1] for sums in wholes):
        return []
    rows = [whole_row(sums, metric, warehouse.config) for sums in wholes]
    found = []
    for split in splits:
        frames = [sums_of(warehouse, scope, metric, side, SPLITS[split]) for side in pair]
        if all(frame is not None and _adds_up(frame, sums) for frame, sums in zip(frames, wholes, strict=True)):
            found.append(explained(replace(course, split=split), pair, frames, rows, warehouse.config))
    return [one for one in found if one is not None]


def explained(course: Course, pair: tuple[Side, Side], frames: Sequence[Sums], rows: Sequence[dict], config: Config) -> Explained | None:
    """The gap explained by the sums of both sides by the course's split; ``rows``: both sides whole. None with one segment."""
    metric, (here, there), within = METRICS[course.metric], rows, is_within(course, course.split)
    keys = _segments_of(*frames[:1] if within else frames)
    if len(keys) < 2:
        return None
    sums_here, sums_there = (frame.array(keys) for frame in frames)
    if within:
        whole_there = {name: array.sum(keepdims=True) for name, array in frames[1].array(list(frames[1].groups)).items()}
        parts = contributions(moments_of(sums_here, metric), moments_of(whole_there, metric), config.statistics.confidence)
    else:
        parts = decompose(moments_of(sums_here, metric), moments_of(sums_there, metric), config.statistics.confidence)
    segments = _segments(metric, config, keys, (_rows(sums_here), _rows(sums_there)), (here, there), parts, within)
    gap, mix, performance = _judged(metric, config, here, there, (parts.mix, parts.performance))
    return Explained(course, metric, course.split, pair, here, there, gap, mix, performance, within, segments)


def _segments_of(*sides_asked: Sums) -> list[Key]:
    """The segments with work on any of the sides."""
    return list(dict.fromkeys(key for sums in sides_asked for key, values in sums.groups.items() if any(values[:2])))


def _segments(
    metric: Metric, config: Config, keys: Sequence[Key], rows: tuple[list[dict], list[dict]], wholes: tuple[dict, dict], parts: Decomposition, within: bool
) -> tuple[Segment, ...]:
    """Every segment, the largest first; whether their values differ is judged for all of them together."""
    here, there = rows
    against = [wholes[1]] * len(keys) if within else there
    counted, counted_there = ([row if row["denominator"] else None for row in side] for side in (here, against))
    moved = changes([metric] * len(keys), counted, counted_there, config)
    found = [
        Segment(
            key, here[at], there[at], here[at]["denominator"] / wholes[0]["denominator"], there[at]["denominator"] / wholes[1]["denominator"],
            part_of(parts.segment_mix, at), part_of(parts.segment_performance, at, moved[at].direction, moved[at].is_real), moved[at],
        )
        for at, key in enumerate(keys)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda segment: (-abs(segment.performance.value) - abs(segment.mix.value), str(segment.key))))


def _judged(metric: Metric, config: Config, here: dict, there: dict, parts: Sequence[Estimate]) -> list[Part]:
    """The gap and its parts; that even one of them is told from noise by chance has a probability of at most 5 % (Holm)."""
    p = p_value(metric, here, there, config.statistics.least_n)
    flagged = holm([p, *(nan if np.isnan(p) else float(part.p) for part in parts)], 1 - config.statistics.confidence)
    gap = gap_of(metric, here, there, p, bool(flagged[0]), config.statistics.confidence)
    judged = [part_of(part, (), direction_of(float(part.value), metric, p, bool(real)), bool(real)) for part, real in zip(parts, flagged[1:], strict=True)]
    return [gap, *judged]


def _rows(sums: dict[str, np.ndarray]) -> list[dict]:
    """The sums as a row a segment, with value: null where there is nothing to divide by."""
    rows = [dict(zip(sums, values, strict=True)) for values in zip(*(array.tolist() for array in sums.values()), strict=True)]
    return [row | {"n": int(row["n"]), "value": row["numerator"] / row["denominator"] if row["denominator"] else None} for row in rows]


def whole_row(sums: Sums, metric: Metric, config: Config) -> dict:
    """The one row of a side's sums, with value, low and high."""
    (row,) = _rows({name: np.array([value]) for name, value in zip(sums.names, sums.whole, strict=True)})
    figures = {name: np.array([np.nan if number is None else number], dtype=float) for name, number in row.items()}
    low, high = interval(figures, metric, config.statistics.confidence)
    return row | {"low": known(low[0]), "high": known(high[0])}


def _adds_up(split: Sums, whole: Sums) -> bool:
    """Whether numerators and denominators of the split are those of the whole."""
    return all(isclose(part, all_of_it, rel_tol=1e-9, abs_tol=1e-9) for part, all_of_it in zip(split.whole[:2], whole.whole[:2], strict=True))
