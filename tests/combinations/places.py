"""The numbers on a board, each with the click that stands on it and the group it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qa.i18n import _
from qa.keys import parted
from qa.metrics import METRICS
from qa.session.board.items import Chart, Column, Event, Item, Row, Table

# Columns of tables that are no metric by name: which of the proof's metrics they show (None: any; -1: the
# row's own), and which figure of it.
COLUMNS: dict[tuple[str, str], tuple[int | None, str]] = {
    ("groups", "amount"): (0, "value"), ("groups", "rate"): (1, "value"),
    ("people", "errors"): (0, "numerator"), ("people", "rate"): (None, "value"),
    ("points", "value"): (0, "value"), ("points", "n"): (0, "n"),
    ("category table", "complaints"): (0, "value"), ("category table", "upheld"): (1, "value"), ("category table", "on_time"): (2, "value"),
    ("reason table", "count"): (0, "missing"),
    ("definitions", "value"): (-1, "value"),
    ("places", "value"): (0, "value"), ("places", "n"): (0, "n"),
    ("items", "rate"): (None, "value"), ("items", "n"): (None, "n"),
}  # fmt: skip
# Charts whose points are another figure of the proof's metric than its value.
FIGURES = {"reasons": "missing"}
# Charts whose points are made of several figures of the proof; tests/combinations/derived.py works them out.
DERIVED = ("histogram", "cards", "windows", "again", "waterfall", "adjusted")


@dataclass(frozen=True)
class Place:
    """A number on the screen: the click on it, the codes of its group, and which figure of which of the proof's metrics it is.

    ``metric``: a key, or None for any of the proof's. ``order``: the metric's place in the proof where it has no key here.
    """

    event: Event
    number: float
    group: tuple[str, ...]
    metric: str | None = None
    order: int | None = None
    figure: str = "value"
    text: str = ""


def places(item: Item) -> list[Place]:
    """Every number of a chart or table that stands for one figure of its proof."""
    if isinstance(item, Chart) and item.figure is not None and item.key not in DERIVED:
        return list(_of_chart(item))
    return list(_of_table(item)) if isinstance(item, Table) else []


def codes(payload: Any) -> tuple[str, ...]:
    """The codes a click carries, alone or joined; words for what is not recorded are none."""
    parts = payload if isinstance(payload, (list, tuple)) else [payload]
    texts = [text for part in parts if part is not None for text in parted(str(part))]
    return tuple(text for text in texts if text and text not in (_("not recorded"), _("not known")))


def _of_chart(chart: Chart) -> Iterator[Place]:
    figure = chart.figure if isinstance(chart.figure, dict) else chart.figure.to_dict()
    if chart.key == "week":
        yield from _of_week(figure)
    for trace in figure["data"]:
        if trace.get("meta") == "helper" or trace.get("customdata") is None or trace.get("xaxis") == "x2":
            continue
        horizontal = trace.get("orientation") == "h"
        metric = {"talk": "", "hold": "mean_hold", "wrap": "mean_wrap"}.get(_part(chart, figure, trace))
        for number, payload in zip(trace["x" if horizontal else "y"], trace["customdata"], strict=True):
            if number is not None and metric != "" and list(payload) != [""]:
                yield Place(Event("point", chart.key, list(payload)), float(number), codes(list(payload)), metric, figure=FIGURES.get(chart.key, "value"))


def _part(chart: Chart, figure: dict, trace: dict) -> str:
    """Of handling time, the part a trace is: talk is what hold and wrap-up leave of the whole."""
    return ("talk", "hold", "wrap")[figure["data"].index(trace)] if chart.key == "handling" else "whole"


def _of_week(figure: dict) -> Iterator[Place]:
    shades = figure["data"][0]
    for weekday, line in zip(shades["y"], shades["z"], strict=True):
        for half_hour, number in zip(shades["x"], line, strict=True):
            if number is not None:
                yield Place(Event("point", "week", [half_hour, weekday]), float(number), (half_hour, weekday))


def _of_table(table: Table) -> Iterator[Place]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            known = COLUMNS.get((table.key, column.key))
            if not isinstance(cell.sort, (int, float)):
                continue
            if table.cells and row.key in METRICS:
                yield Place(_row_event(table, row, column), float(cell.sort), codes(column.key), row.key, text=cell.text)
            elif known or column.key in METRICS:
                order, figure = known or (None, "value")
                metric = row.key if order == -1 else None if known else column.key
                yield Place(_row_event(table, row, column), float(cell.sort), codes(row.key), metric, None if order == -1 else order, figure, cell.text)


def _row_event(table: Table, row: Row, column: Column) -> Event:
    if not table.opens:
        return Event("proof", table.key)
    return Event("row", table.key, [row.key, column.key] if table.cells else row.key)
