"""What needs attention: one plain sentence each for what is missed, what changed, and who differs from the others."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from qa import format
from qa.changes import contributions, shortfall_shares
from qa.filters import Asked, Scope
from qa.headlines import Headline
from qa.i18n import _, ngettext, say
from qa.measured import measured
from qa.metrics import METRICS, Metric
from qa.names import Names
from qa.warehouse import Warehouse

Kind = Literal["missed", "concern", "improvement"]
# A group is named as the main source when at least this much sits in it.
NOTABLE_SHARE = 0.3
AGENTS_NAMED = 3
SENTENCES = 10


@dataclass(frozen=True)
class Finding:
    """One sentence; ``metric`` and ``by`` say which figures prove it."""

    kind: Kind
    text: str
    metric: str
    by: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return " ".join((self.kind, self.metric, *self.by))


class Findings:
    """Finds what needs attention in the figures of one page."""

    def __init__(self, warehouse: Warehouse, scope: Scope, asked: Asked, names: Names):
        self._warehouse, self._scope, self._asked, self._names = warehouse, scope, asked, names

    def all(self, headlines: list[Headline], others: list[dict], centers: pl.DataFrame, agents: pl.DataFrame) -> list[Finding]:
        """The findings, the gravest first: missed in all, missed by a center, worse, agents who differ, better.

        ``others``: rows of metrics without a tile that miss their target.
        """
        missed = [headline.row for headline in headlines if headline.row["verdict"] == "missed"]
        found = [self._missed(METRICS[row["metric"]], row) for row in (*missed, *others)]
        found += self._missed_by_centers(centers, {row["metric"] for row in missed})
        found += [self._moved(headline) for headline in headlines if headline.change and headline.change.direction == "worse"]
        found += self._agents_who_differ(agents)
        found += [self._moved(headline) for headline in headlines if headline.change and headline.change.direction == "better"]
        return found[:SENTENCES]

    def _missed(self, metric: Metric, row: dict) -> Finding:
        bound = row["minimum"] if row["minimum"] is not None and row["value"] < row["minimum"] else row["maximum"]
        text = _("{metric} is {value}, off its target of {target}.").format(
            metric=say(metric.name), value=_value(metric, row), target=_target(metric, row)
        )
        dimension, groups = self._groups(metric)
        if bound is None or groups is None:
            return Finding("missed", text, metric.key)
        shares = shortfall_shares(groups, bound)
        if not (shares >= NOTABLE_SHARE).any():
            return Finding("missed", text, metric.key, (dimension,))
        largest = int(np.nanargmax(shares))
        worst, share = groups.row(largest, named=True), float(shares[largest])
        whole = _("{sentence} All that is missing sits in {group} ({value}).")
        part = _("{sentence} {share} of what is missing sits in {group} ({value}).")
        text = (whole if share == 1 else part).format(
            sentence=text,
            share=format.value(share, "share"),
            group=self._names.of(dimension, worst[dimension]),
            value=format.value(worst["value"], metric.unit),
        )
        return Finding("missed", text, metric.key, (dimension,))

    def _missed_by_centers(self, centers: pl.DataFrame, told: set[str]) -> list[Finding]:
        """A sentence for each metric that centers miss although the whole does not."""
        if centers.is_empty():
            return []
        found = []
        off = centers.filter(pl.col("verdict") == "missed")
        for key in off["metric"].unique(maintain_order=True):
            if key in told:
                continue
            metric = METRICS[key]
            listed = _(", ").join(self._center_off(metric, row) for row in off.filter(pl.col("metric") == key).iter_rows(named=True))
            found.append(Finding("missed", _("{metric} is off target in {centers}.").format(
                metric=say(metric.name), centers=listed), key, ("center",)))  # fmt: skip
        return found

    def _center_off(self, metric: Metric, row: dict) -> str:
        name, value = self._names.of("center", row["center"]), _value(metric, row)
        reasons = [_("target {target}").format(target=_target(metric, row))] if _outside(row) else []
        if row["headquarters"] is not None and row["value"] - row["headquarters"] <= -row["gap"]:
            behind = format.change(row["value"] - row["headquarters"], metric.unit)
            reasons.append(_("{behind} against headquarters").format(behind=behind))
        return _("{center} ({value}; {reasons})").format(center=name, value=value, reasons=_("; ").join(reasons))

    def _moved(self, headline: Headline) -> Finding:
        metric, change = headline.metric, headline.change
        assert change is not None
        text = _("{metric} went from {before} to {now} ({change}), more than noise.").format(
            metric=say(metric.name),
            before=format.value(change.before, metric.unit),
            now=format.value(change.now, metric.unit),
            change=format.change(change.difference, metric.unit),
        )
        kind: Kind = "concern" if change.direction == "worse" else "improvement"
        source = self._source_of_change(headline)
        if source is None:
            return Finding(kind, text, metric.key)
        dimension, group, share = source
        if share > 1:
            text = _("{sentence} It comes from {group}; others made up for part of it.").format(sentence=text, group=group)
        else:
            text = _("{sentence} {share} of it comes from {group}.").format(
                sentence=text, share=format.value(share, "share"), group=group
            )
        return Finding(kind, text, metric.key, (dimension,))

    def _source_of_change(self, headline: Headline) -> tuple[str, str, float] | None:
        """The dimension and group most of a change comes from, and how much; None when no group stands out."""
        difference = headline.change.difference if headline.change else None
        dimension, now = self._groups(headline.metric)
        if not difference or now is None or self._asked.before is None:
            return None
        before = measured(self._warehouse, [headline.metric.key], (dimension,), self._asked.before, self._scope)[headline.metric.key]
        parts = contributions(now, before, dimension).with_columns((pl.col("contribution") / difference).alias("share"))
        parts = parts.filter(pl.col(dimension).is_not_null() & pl.col("share").is_finite()).sort("share", descending=True)
        if parts.height < 2 or parts["share"][0] < NOTABLE_SHARE:
            return None
        return dimension, self._names.of(dimension, parts[dimension][0]), parts["share"][0]

    def _agents_who_differ(self, agents: pl.DataFrame) -> list[Finding]:
        """A sentence for each metric in which single agents are worse than the others beyond noise."""
        if agents.is_empty():
            return []
        found = []
        worse = agents.filter(pl.col("signal") == "worse")
        for key in worse["metric"].unique(maintain_order=True):
            metric = METRICS[key]
            rows = worse.filter(pl.col("metric") == key).sort("value", descending=metric.better == "lower").to_dicts()
            named = _(", ").join(
                _("{agent} ({value})").format(agent=self._names.of("agent", row["agent"]), value=format.value(row["value"], metric.unit))
                for row in rows[:AGENTS_NAMED]
            )
            text = ngettext(
                "{count} agent is behind the others in {metric}, more than noise: {names}.",
                "{count} agents are behind the others in {metric}, more than noise: {names}.",
                len(rows),
            )
            if len(rows) > AGENTS_NAMED:
                named = _("{names} and others").format(names=named)
            found.append(Finding("concern", text.format(count=len(rows), metric=say(metric.name), names=named), key, ("center", "team", "agent")))
        return found

    def _groups(self, metric: Metric) -> tuple[str, pl.DataFrame | None]:
        """The first dimension that splits the metric here, and its groups: centers, else teams, for calls queues."""
        for dimension in ("center", "queue", "team") if metric.group == "calls" else ("center", "team", "queue"):
            frames = measured(self._warehouse, [metric.key], (dimension,), self._asked.filters, self._scope)
            frame = frames.get(metric.key)
            named = None if frame is None else frame.drop_nulls(dimension)
            if named is not None and named.height > 1:
                return dimension, named
        return "", None


def _value(metric: Metric, row: dict) -> str:
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    return format.value(row["value"], metric.unit, beside=bound)


def _target(metric: Metric, row: dict) -> str:
    return format.bounds(row["minimum"], row["maximum"], metric.unit)


def _outside(row: dict) -> bool:
    below = row["minimum"] is not None and row["value"] < row["minimum"]
    return below or (row["maximum"] is not None and row["value"] > row["maximum"])
