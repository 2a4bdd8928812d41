"""A week by half-hours: a shade for the value, a frame around what differs from the rest of the week beyond noise."""

from typing import Any, cast

import polars as pl

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.words import Point, hover_text, point
from qa.format import Unit
from qa.i18n import _
from qa.theme import ink
from qa.words import signal_word

ROW_HEIGHT, EDGES = 34, 60
# The darkest shade stops here, so that the text of a cell stays readable.
DARKEST = 0.42
MOST_COLUMNS_WITH_TEXT = 30
_FRAMES = {"worse": ("square-open", "missed"), "better": ("circle-open", "met")}


def week(frame: pl.DataFrame, unit: Unit, least_n: int, name: str = "") -> Figure:
    """A row a day of the week, a column a half-hour, from the first to the last with calls.

    ``frame``: columns weekday ("1" for Monday), half_hour ("08:30"), value, n, and where known low, high, signal.
    Cells below ``least_n`` are left without shade. A click gives [half_hour, weekday].
    """
    cells = {(row["weekday"], row["half_hour"]): row for row in frame.iter_rows(named=True)}
    columns = _half_hours(cast(str, frame["half_hour"].min()), cast(str, frame["half_hour"].max()))
    rows = [str(number) for number in range(1, 8)]
    drawn = [_shades(cells, rows, columns, unit, least_n), _texts(cells, columns, unit, least_n), *_frames(cells)]
    data = [*drawn, *_as_table(cells, rows, columns, unit)]
    return figure(data, _layout(rows, columns, name, unit))


def week_height() -> int:
    """The height in pixels of the seven rows with their axis."""
    return EDGES + 7 * ROW_HEIGHT


def _half_hours(first: str, last: str) -> list[str]:
    start, end = (int(text[:2]) * 2 + int(text[3:]) // 30 for text in (first, last))
    return [f"{number // 2:02}:{number % 2 * 30:02}" for number in range(start, end + 1)]


def _shades(cells: dict, rows: list[str], columns: list[str], unit: Unit, least_n: int) -> dict[str, Any]:
    enough = {place: cell["value"] for place, cell in cells.items() if unit == "count" or cell["n"] >= least_n}
    low = 0.0 if unit == "count" else min(enough.values(), default=0.0)
    high = max(enough.values(), default=0.0)
    return {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": [[enough.get((row, column)) for column in columns] for row in rows],
        "zmin": low,
        "zmax": low + ((high - low) or 1.0) / DARKEST,
        "colorscale": [[0, ink("surface-raised")], [1, ink("series-1")]],
        "showscale": False,
        "hoverongaps": False,
        "hovertext": [[_hover(cells.get((row, column)), row, column, unit, least_n) for column in columns] for row in rows],
        "hoverinfo": "text",
        "xgap": 2,
        "ygap": 2,
        "meta": "helper",
    }


def _texts(cells: dict, columns: list[str], unit: Unit, least_n: int) -> dict[str, Any]:
    """The values in as few letters as a cell has room for; none where the columns are too many."""
    places = [place for place, cell in cells.items() if unit == "count" or cell["n"] >= least_n]
    return {
        "type": "scatter",
        "mode": "text",
        "visible": len(columns) <= MOST_COLUMNS_WITH_TEXT,
        "x": [column for _row, column in places],
        "y": [row for row, _column in places],
        "text": [format.count(cells[place]["value"] * (100 if unit == "share" else 1)) for place in places],
        "textfont": {"size": 10, "color": ink("text")},
        "hoverinfo": "skip",
        "meta": "helper",
    }


def _hover(cell: dict | None, row: str, column: str, unit: Unit, least_n: int) -> str:
    heading = f"{format.weekday(row)} {format.half_hour(column)}"
    if cell is None:
        return hover_text(heading, Point(heading, None), unit, _("No calls"))
    few = unit != "count" and cell["n"] < least_n
    note = signal_word("too_few" if few else cell["signal"]) if unit != "count" and cell.get("signal") else ""
    # A total carries no verdict and is its own n.
    shown = Point(heading, cell["value"]) if unit == "count" else point(cell | {"verdict": None}, heading)
    return hover_text(heading, shown, unit, note)


def _frames(cells: dict) -> list[dict[str, Any]]:
    """An open mark around each cell that differs, of another form for better than for worse."""
    traces = []
    for signal, (symbol, token) in _FRAMES.items():
        places = [place for place, cell in cells.items() if cell.get("signal") == signal]
        if places:
            marker = {"symbol": symbol, "size": 27, "line": {"width": 2.2, "color": ink(token)}, "color": ink(token)}
            place = {"x": [column for _row, column in places], "y": [row for row, _column in places]}
            traces.append({"type": "scatter", "mode": "markers", "marker": marker, "hoverinfo": "skip", "meta": "helper"} | place)
    return traces


def _as_table(cells: dict, rows: list[str], columns: list[str], unit: Unit) -> list[dict[str, Any]]:
    """What "show as table" reads, never drawn: a column a day of the week. The heatmap itself has no columns to read."""
    return [
        {
            "type": "scatter",
            "visible": False,
            "name": format.weekday(row),
            "x": columns,
            "y": [cells.get((row, column), {}).get("value") for column in columns],
            "text": [format.value(cells.get((row, column), {}).get("value"), unit) for column in columns],
        }
        for row in rows
    ]


def _layout(rows: list[str], columns: list[str], name: str, unit: Unit) -> dict[str, Any]:
    return {
        "showlegend": False,
        "meta": {"labels": {column: format.half_hour(column) for column in columns}, "name": name, "unit": unit},
        "xaxis": {
            "type": "category",
            "tickmode": "array",
            "tickvals": [column for column in columns if column.endswith(":00")],
            "tickangle": 0,
            "showgrid": False,
            "range": [-0.5, len(columns) - 0.5],
        },
        "yaxis": {
            "type": "category",
            "range": [len(rows) - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": rows,
            "ticktext": [format.weekday(row) for row in rows],
            "showgrid": False,
        },
    }
