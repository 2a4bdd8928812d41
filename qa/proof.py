"""How a number came about: its definition, its figures, and what to call them in a table or a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import polars as pl

from qa import format
from qa.filters import FILTERED, Filters, Scope
from qa.i18n import _, capital, language
from qa.metrics import Metric
from qa.periods import GRAINS, Period
from qa.query import Question, dimension_label
from qa.results import answer
from qa.warehouse import Warehouse
from qa.words import signal_word, verdict_word

MOST_ROWS_IN_A_FILE = 100_000


@dataclass(frozen=True)
class Shown:
    """What stands on the screen: metrics, by groups, of some rows.

    ``derived``: the command that prints what the page works out from these figures; empty where it shows them as they are.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...]
    filters: Filters
    derived: str = ""

    def question(self, metric: str, scope: Scope) -> Question:
        """The question behind one of the metrics."""
        return Question((metric,), self.by, self.filters, scope)


def figures(warehouse: Warehouse, scope: Scope, shown: Shown, metric: str) -> pl.DataFrame:
    """The rows of ``qa.results.answer`` for one metric."""
    return answer(warehouse, [metric], shown.by, shown.filters, scope)


def facts(warehouse: Warehouse, shown: Shown, metric: Metric, frame: pl.DataFrame, names: dict[str, str]) -> list[tuple[str, str]]:
    """What is to be known about the figures, as label and text: definition, rows, target, interval, data."""
    config = warehouse.config
    found = [
        (_("Definition"), metric.definition_in_force(config, language())),
        (_("Period"), format.period(Period(shown.filters.date_from, shown.filters.date_to), shown.filters.month_start)),
        (_("Rows counted"), _rows_counted(shown.filters, names)),
    ]
    if frame.height == 1 and not shown.by:
        found += _single(metric, frame.row(0, named=True))
    found.append((_("Interval"), _interval_words(metric, config.statistics.confidence)))
    found.append((_("Data"), _("up to {day}; rollups of {moment}").format(
        day=format.day(warehouse.span.last_day), moment=format.moment(warehouse.manifest.built_at))))  # fmt: skip
    return found


def headed(frame: pl.DataFrame, by: Sequence[str], names: dict[str, dict[str, str]], month_start: int) -> pl.DataFrame:
    """The figures under headings in the language in force, groups and verdicts in words, numbers left unrounded."""
    words = [_in_words(frame, group, _namer(group, names, month_start)) for group in by]
    numbers = ["value", "low", "high", "n", "numerator", "denominator", "minimum", "maximum"]
    columns = [*words, *(frame[name].alias(heading(name)) for name in numbers), _in_words(frame, "verdict", verdict_word)]
    if by:
        columns.append(_in_words(frame, "signal", signal_word))
    return pl.DataFrame(columns)


def _in_words(frame: pl.DataFrame, column: str, word: Callable[[Any], str]) -> pl.Series:
    """A column in words, under its heading. Not by an expression: Polars runs those in threads that know no language."""
    return pl.Series(heading(column), [None if value is None else word(value) for value in frame[column]], dtype=pl.String)


def rows_headed(frame: pl.DataFrame, names: dict[str, dict[str, str]]) -> pl.DataFrame:
    """The events behind a number under headings in the language in force; columns that are empty throughout left out."""
    kept = [name for name in frame.columns if name != "source" and frame[name].null_count() < frame.height]
    words = {name: names[name] for name in kept if name in names}
    return frame.select(
        *(
            pl.col(name).replace(words[name]).alias(heading(name)) if name in words else pl.col(name).alias(heading(name))
            for name in kept
        )
    )


def heading(column: str) -> str:
    """A column's heading in the language in force."""
    if column in GRAINS:
        return {
            "day": _("Day"),
            "week": _("Week"),
            "half_month": _("Half-month"),
            "month": _("Month"),
            "quarter": _("Quarter"),
            "year": _("Year"),
        }[column]
    words = {
        "key": _("Record"),
        "happened_at": _("Time"),
        "value": _("Value"),
        "low": _("Lower limit"),
        "high": _("Upper limit"),
        "n": _("n"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "minimum": _("Target, at least"),
        "maximum": _("Target, at most"),
        "verdict": _("Verdict"),
        "signal": _("Against the others"),
    }
    return words[column] if column in words else capital(dimension_label(column))


def _single(metric: Metric, row: dict) -> list[tuple[str, str]]:
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    found = [
        (_("Value"), format.value(row["value"], metric.unit, beside=bound)),
        (_("Numerator / denominator"), f"{format.plain(row['numerator'])} / {format.plain(row['denominator'])}"),
        (_("n"), format.count(row["n"])),
    ]
    target = format.bounds(row["minimum"], row["maximum"], metric.unit)
    if target != format.NOTHING:
        origin = _("default of the catalogue") if row["is_default_target"] else _("from the extract “targets”")
        found.append((_("Target"), f"{target} · {origin} · {verdict_word(row['verdict'])}"))
    return found


def _interval_words(metric: Metric, confidence: float) -> str:
    clustered = _("{confidence} t interval, clustered by record")
    families = {
        "wilson": _("{confidence} Wilson interval of a share"),
        "mean": clustered,
        "ratio": clustered,
        "poisson": _("{confidence} exact Poisson interval of a rate"),
        "none": _("none: everything is counted"),
    }
    return families[metric.interval].format(confidence=f"{confidence * 100:g}%")


def _rows_counted(filters: Filters, center_names: dict[str, str]) -> str:
    parts = []
    for attribute, dimension in FILTERED.items():
        chosen = getattr(filters, attribute)
        if chosen is not None:
            named = {"center": lambda value: center_names.get(value, value), "weekday": format.weekday, "half_hour": format.half_hour, "hour": format.hour}
            listed = _(", ").join(named.get(dimension, str)(value) for value in chosen)
            parts.append(_("{label}: {name}").format(label=capital(dimension_label(dimension)), name=listed or format.NOTHING))
    return _("; ").join(parts) or _("all that the viewer may see")


def _namer(group: str, names: dict[str, dict[str, str]], month_start: int):
    if group in GRAINS:
        return lambda start: format.bucket(start, group, month_start)
    known = names.get(group, {})
    return lambda value: str(known.get(value, value))


def last_day(filters: Filters) -> str:
    """The last day of the period, for a file's name."""
    return (filters.date_to - timedelta(days=1)).isoformat() if filters.date_to else ""
