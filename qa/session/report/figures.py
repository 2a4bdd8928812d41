"""A chart of a document as a Plotly figure, drawn as the board draws its own."""

from typing import Any

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.pareto import Bar, pareto, pareto_height
from qa.charts.words import value_axis
from qa.report.formats.drawingml import value_range
from qa.report.model import Chart, Series
from qa.theme import ink

INKS = {"target": "target", "low": "neutral", "high": "neutral", "reference": "series-3"}
DASHES = {"target": "dash", "low": "dot", "high": "dot"}


def figure_of(chart: Chart) -> Figure:
    """The figure; texts on hover are the numbers as the report writes them. Much beside each other lies down, so that every name is read."""
    if chart.kind == "pareto":
        amounts, shares = chart.series
        bars = zip(chart.categories, amounts.values, shares.values, strict=True)
        return pareto([Bar(str(place), name, amount or 0, share or 0) for place, (name, amount, share) in enumerate(bars)], amounts.name)
    traces = [trace for place, series in enumerate(chart.series) for trace in (*_rim(chart, series), _trace(chart, place, series))]
    keys = list(range(len(chart.categories)))
    flat = chart.kind != "line"
    names = {"type": "category", "tickmode": "array", "tickvals": keys, "ticktext": list(chart.categories)}
    low, high = value_range(chart)
    values = value_axis(chart.unit) | ({"range": [low, high]} if low is not None and high is not None else {"rangemode": "tozero"})
    layout: dict[str, Any] = {
        "showlegend": len(chart.series) > 1,
        "margin": {"r": 24},
        "meta": {"labels": {str(key): name for key, name in zip(keys, chart.categories, strict=True)}},
    }
    layout |= {"yaxis": names | {"autorange": "reversed"}, "xaxis": values} if flat else {"xaxis": names, "yaxis": values}
    return figure(traces, layout)


def height_of(chart: Chart) -> int:
    """The height in pixels at which the chart is comfortable to read."""
    if chart.kind in ("bar", "dots"):
        return max(200, 70 + 34 * len(chart.categories))
    return 280 if chart.kind == "line" else pareto_height(len(chart.categories))


def _rim(chart: Chart, series: Series) -> list[dict[str, Any]]:
    """The ground behind the ticks of targets: most lie on a bar, which is as dark as they are."""
    if series.role != "target" or chart.kind == "line":
        return []
    marker = {"symbol": "line-ns", "size": 18, "line": {"width": 6, "color": ink("surface")}}
    places = {"y": list(range(len(chart.categories))), "x": list(series.values)}
    return [{"type": "scatter", "mode": "markers", "marker": marker, "hoverinfo": "skip", "showlegend": False, "meta": "helper"} | places]


def _trace(chart: Chart, place: int, series: Series) -> dict[str, Any]:
    keys, values = list(range(len(chart.categories))), list(series.values)
    flat = chart.kind != "line"
    texts = [f"{name}<br>{series.name} {format.value(value, chart.unit)}" for name, value in zip(chart.categories, values, strict=True)]
    shared = {"name": series.name, "hovertext": texts, "hoverinfo": "text"} | ({"y": keys, "x": values} if flat else {"x": keys, "y": values})
    colour = ink(INKS.get(series.role, f"series-{place % 4 + 1}"))
    if chart.kind == "line":
        line = {"color": colour, "width": 2} | ({"dash": DASHES[series.role]} if series.role in DASHES else {})
        # A target holds from its day on: between two months it steps, it does not rise.
        line |= {"shape": "hvh"} if series.role == "target" else {}
        mode = "lines" if series.role in DASHES else "lines+markers"
        return shared | {"type": "scatter", "mode": mode, "line": line}
    if series.role == "target":
        return shared | {
            "type": "scatter",
            "mode": "markers",
            "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": colour}},
        }
    if chart.kind == "dots":
        return shared | {"type": "scatter", "mode": "markers", "marker": {"size": 10, "color": colour}}
    return shared | {"type": "bar", "orientation": "h", "marker": {"color": colour}}
