"""The figure that a chart function returns."""

from typing import Any

import plotly.graph_objects as go


def figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """A go.Figure of these parts, not checked against Plotly's schema.

    The check takes 7 ms a figure, more than the query behind it, and what our own functions write is checked by the
    tests: they build each figure again with the check on.
    """
    return go.Figure(data=data, layout={"template": {}} | layout, _validate=False)
