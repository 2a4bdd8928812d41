"""A heatmap of rates: a neutral shade for the rate, a mark of its own for what is worse beyond noise, grey for too few."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal
from unicodedata import east_asian_width

from qa import format
from qa.charts.bars import shortened
from qa.charts.figure import Figure, figure
from qa.i18n import _
from qa.theme import ink

ROW_HEIGHT, EDGES = 26, 40
# A team is named with its center, which a chart over the whole page has room for; in Latin letters.
WIDEST_ROW = 40
# The darkest shade stops here, so that the text of a cell stays readable.
DARKEST = 0.36


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: the keys of its row and column, its rate 0-1, and n; ``signal``: worse, none or too_few."""

    row: str
    column: str
    rate: float
    n: int
    signal: Literal["worse", "none", "too_few"]


def heatmap(cells: Sequence[HeatCell], rows: dict[str, str], columns: dict[str, str]) -> Figure:
    """Rows and columns in the order given, key -> title. A click gives [column key, row key]."""
    found = {(cell.row, cell.column): cell for cell in cells}
    plain = [cell.rate for cell in cells if cell.signal != "too_few"]
    top = max(plain, default=0) / DARKEST or 1
    hover = [[_hover(found.get((row, column)), rows[row], columns[column]) for column in columns] for row in rows]
    shades = [[0, ink("surface")], [1, ink("series-1")]]
    traces = [
        _layer(found, rows, columns, "none", lambda cell: cell.rate, shades, top),
        _layer(found, rows, columns, "too_few", lambda _cell: 1.0, _flat("surface-raised"), 1),
        _layer(found, rows, columns, "worse", lambda cell: cell.rate, _flat("missed-soft"), 1),
        _hover_layer(rows, columns, hover),
        _texts([cell for cell in cells if cell.signal == "none"], "text", ""),
        _texts([cell for cell in cells if cell.signal == "worse"], "missed", "▲ "),
    ]
    return figure(traces, _layout(rows, columns))


def heatmap_height(rows: int, columns: Sequence[str]) -> int:
    """The height in pixels for so many rows under the columns' titles."""
    return EDGES + ROW_HEIGHT * rows + _label_room(columns)


def _flat(token: str) -> list[list[Any]]:
    return [[0, ink(token)], [1, ink(token)]]


def _layer(
    found: dict[tuple[str, str], HeatCell],
    rows: Iterable[str],
    columns: Iterable[str],
    signal: str,
    value: Callable[[HeatCell], float],
    shades: list[list[Any]],
    top: float,
) -> dict[str, Any]:
    """One kind of cell; the others are left open."""
    cells = [[found.get((row, column)) for column in columns] for row in rows]
    return {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [[value(cell) if cell is not None and cell.signal == signal else None for cell in line] for line in cells],
        "zmin": 0,
        "zmax": top,
        "colorscale": shades,
        "showscale": False,
        "hoverongaps": False,
        "hoverinfo": "skip",
        "xgap": 2,
        "ygap": 2,
        "meta": "helper",
    }


def _hover_layer(rows: Iterable[str], columns: Iterable[str], hover: list[list[str]]) -> dict[str, Any]:
    """Over all cells and unseen: what a cell says on hover, and what a click finds."""
    clear = "rgba(0,0,0,0)"
    return {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [[0.0] * len(line) for line in hover],
        "colorscale": [[0, clear], [1, clear]],
        "showscale": False,
        "hovertext": hover,
        "hoverinfo": "text",
        "meta": "helper",
    }


def _texts(cells: Sequence[HeatCell], token: str, mark: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "text": [mark + format.value(cell.rate, "share") for cell in cells],
        "textfont": {"size": 11, "color": ink(token)},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "helper",
    }


def _hover(cell: HeatCell | None, row: str, column: str) -> str:
    lines = [f"<b>{escape(row)}</b>", escape(column)]
    if cell is None:
        return "<br>".join([*lines, _("No evaluations")])
    said = {"worse": _("Worse than the others beyond noise"), "none": _("No difference beyond noise"), "too_few": _("Too few evaluations to tell")}
    rate = [] if cell.signal == "too_few" else [format.value(cell.rate, "share")]
    return "<br>".join([*lines, *rate, _("n = {count}").format(count=format.count(cell.n)), said[cell.signal]])


def _layout(rows: dict[str, str], columns: dict[str, str]) -> dict[str, Any]:
    return {
        "template": "none",
        "showlegend": False,
        "meta": {"unit": "share"},
        "margin": {"t": _label_room(list(columns.values())), "b": 8, "r": 110},
        "xaxis": {
            "type": "category",
            "side": "top",
            "tickangle": -30,
            "tickvals": list(columns),
            "ticktext": [shortened(title) for title in columns.values()],
            "range": [-0.5, len(columns) - 0.5],
            "showgrid": False,
        },
        "yaxis": {
            "type": "category",
            "range": [len(rows) - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": list(rows),
            "ticktext": [shortened(title, WIDEST_ROW) for title in rows.values()],
            "showgrid": False,
        },
    }


def _label_room(titles: Sequence[str]) -> int:
    """What the slanted titles over the columns need."""
    widest = max((sum(2 if east_asian_width(letter) in "WF" else 1 for letter in shortened(title)) for title in titles), default=0)
    return 30 + int(3.6 * widest)
