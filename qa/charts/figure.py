"""The figure that a chart function returns."""

from typing import Any

Figure = dict[str, Any]
"""A Plotly figure as its JSON: ``data`` and ``layout``, what ``go.Figure(figure)`` takes.

Making the object and copying it out again takes 10 ms a figure, more than the query behind it. What our own functions
write is checked by the tests: they build every figure as a go.Figure with Plotly's check on.
"""


def figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> Figure:
    """A figure of these parts."""
    return {"data": data, "layout": layout}
