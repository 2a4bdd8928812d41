"""The figures of a month, each center's in its own period, held against the rules."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain

from qa.config import Rule
from qa.explanations.model import Figure, Reason
from qa.explanations.rules import Rules, judged_centers
from qa.filters import Filters, Scope
from qa.judging import judged as figures_judged
from qa.measured import provisional_from
from qa.metrics import METRICS, Metric
from qa.periods import Period, month_named
from qa.query import questions
from qa.results import askable
from qa.targets import Target
from qa.warehouse import Warehouse

# "2 points or more" is decided on counts; a share's last binary digit must not decide it instead. Shares of fewer than a
# hundred thousand each differ by more than this, or not at all.
ALIKE = 1e-12


def judged(warehouse: Warehouse, scope: Scope, rules: Rules, month: str) -> list[Figure]:
    """What each branch in the scope is judged by in a month ("2026-10"), complete or not, center by center.

    Metrics without a value are left out. Headquarters' own value is seen whatever the scope.
    """
    found: list[Figure] = []
    centers = {center: start for center, start in judged_centers(warehouse).items() if scope is None or center in scope}
    for start in sorted(set(centers.values())):
        alike = [center for center in centers if centers[center] == start]
        found += _judged_together(warehouse, rules, month, start, alike)
    order = list(centers)
    return sorted(found, key=lambda figure: order.index(figure.center))


def complete_from(warehouse: Warehouse, metric: Metric, center: str, period: Period) -> date | None:
    """None when the data of the period are whole; else the day they must reach first.

    First-call resolution waits for the window after the period, and for the calls of the center itself.
    """
    needed = period.date_to
    reached = warehouse.span.until
    if "contacts" in metric.sources:
        needed += warehouse.span.until - provisional_from(warehouse, metric)
        reached = min(reached, _calls_known_until(warehouse, center))
    return None if reached >= needed else needed - timedelta(days=1)


def _calls_known_until(warehouse: Warehouse, center: str) -> date:
    return warehouse.manifest.known_until.get(center, warehouse.span.until)


def _judged_together(warehouse: Warehouse, rules: Rules, month: str, start: int, centers: list[str]) -> list[Figure]:
    """The figures of centers whose months start on the same day: one question for all."""
    period = month_named(month, start)
    held = {center: rules.of_center(center) for center in centers}
    metrics = list(dict.fromkeys(metric for of_center in held.values() for metric in of_center))
    filters = Filters(*period, centers=tuple(centers), month_start=start)
    found: list[Figure] = []
    for question in questions(askable(warehouse, metrics, ("center",), filters), ("center",), filters, None):
        sums = warehouse.sums(question)
        targets = [[_target(warehouse, METRICS[key], held[center].get(key), center, period) for center in sums["center"]] for key in question.metrics]
        rows = zip(figures_judged(warehouse, question, sums, targets).iter_rows(named=True), chain(*targets), strict=True)
        found += [_figure(row, target, month, period) for row, target in rows if row["value"] is not None and row["metric"] in held[row["center"]]]
    place = {metric: number for number, metric in enumerate(metrics)}
    return sorted(found, key=lambda figure: place[figure.metric])


def _target(warehouse: Warehouse, metric: Metric, rule: Rule | None, center: str, period: Period) -> Target:
    """The target on the period's last day, with the rule's gap where the target names none."""
    target = warehouse.targets.of(metric, period.last_day, center)
    if rule is None or target.gap is not None or rule.gap is None:
        return target
    return Target(target.minimum, target.maximum, rule.gap / 100, target.is_default)


def _figure(row: dict, target: Target, month: str, period: Period) -> Figure:
    names = ("center", "metric", "numerator", "denominator", "value", "n", "low", "high", "minimum", "maximum", "gap", "headquarters", "verdict")
    return Figure(month=month, date_from=period.date_from, date_to=period.date_to, reasons=tuple(_reasons(row, target)), **{name: row[name] for name in names})


def _reasons(row: dict, target: Target) -> Iterable[Reason]:
    if not target.holds(row["value"]):
        yield "target"
    if row["headquarters"] is not None and target.gap is not None and row["value"] - row["headquarters"] <= ALIKE - target.gap:
        yield "gap"
