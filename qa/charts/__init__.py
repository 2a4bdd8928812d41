"""Frames become Plotly figures. Nothing here fetches, shows or changes anything; colours are named by meaning."""

from qa.charts.bars import bars
from qa.charts.sparkline import sparkline
from qa.charts.trend import trend

__all__ = ["bars", "sparkline", "trend"]
