"""A page for the tests of the board component: two states of a filter, one of every kind of item, events as text."""

from datetime import date

import polars as pl
import streamlit as st

from qa import charts
from qa.i18n import set_language
from qa.session.board import Cell, Chart, Column, Heading, Mark, Row, Sentence, Sentences, Sparkline, Table, Tile, board, load_board

MONTHS = [date(2026, month, 1) for month in range(1, 13)]
LEVEL = {"North": 0.90, "South": 0.94}


def course(level: float, center: str) -> pl.DataFrame:
    """Twelve months of a share that rises a little, the last one provisional."""
    values = [level + month / 400 for month in range(12)]
    return pl.DataFrame({
        "center": [center] * 12, "period": MONTHS, "value": values, "n": [200] * 12,
        "low": [value - 0.02 for value in values], "high": [value + 0.02 for value in values],
        "target_minimum": [0.95] * 12, "target_maximum": [None] * 12, "provisional": [False] * 11 + [True],
    })  # fmt: skip


def ranking(level: float) -> pl.DataFrame:
    """Three centers with their intervals and verdicts."""
    values = [level, level + 0.03, level - 0.02]
    return pl.DataFrame({
        "center": ["WH", "SH", "CD"], "value": values, "verdict": ["missed", "met", "uncertain"],
        "low": [value - 0.01 for value in values], "high": [value + 0.01 for value in values], "target_minimum": [0.95] * 3,
    })  # fmt: skip


def agents(level: float) -> list[Row]:
    """600 agents; agent 7's value is missing."""
    met, missed = Mark("met", "On target"), Mark("missed", "Off target")
    rows = []
    for number in range(600):
        share = level + (number % 10) / 100
        value = (
            Cell("-") if number == 7 else Cell(f"{share:.1%}", share, met if share >= 0.95 else missed, f"n={number}")
        )
        rows.append(
            Row(
                f"A{number:03}",
                [Cell(f"坐席 {number:03}"), Cell("-" if number == 3 else "一组" if number % 2 else "二组"), value, Cell(str(number), number)],
            )
        )
    return rows


set_language(st.query_params.get("lang", "en"))
load_board()
st.session_state.runs = st.session_state.get("runs", 0) + 1
side = st.segmented_control("Side", list(LEVEL), default="North")
level = LEVEL[side or "North"]
lines = pl.concat([course(level, "SH"), course(level - 0.03, "WH")])
columns = [
    Column("agent", "Agent"),
    Column("team", "Team"),
    Column("share", "Pass rate", "right", "number", "Passed / all" if side == "North" else "Passed / all. Target ≥ 90.0%"),
    Column("calls", "Calls", "right", "number"),
]
tile = Tile(
    "tile",
    "Pass rate",
    f"{level:.1%}",
    mark=Mark("missed", "Off target"),
    target="≥ 95.0%",
    interval="88%–92%",
    n="n = 2,400",
    change="+1.0 pp",
    change_mark=Mark("none", "within noise"),
    sparkline=Sparkline(
        course(level, "SH")["value"].to_list(), [f"{month:%b}" for month in MONTHS], 0.95, None, [False] * 11 + [True]
    ),
    actions=("proof", "open"),
)
trend = charts.trend(lines, "share", "center", names={"SH": "上海总中心", "WH": "武汉"}, group_order=["SH", "WH"])
calls = [
    Sentence("first", f"North is at {level:.1%}.", Mark("missed", "Off target"), opens=True),
    Sentence("second", "Calm."),
]
event = board([
    Heading("heading", "Quality", "All centers"),
    tile,
    Tile("bare", "A figure that nobody has measured yet, with a long name", "-"),
    Chart("trend", "合格率 Trend", trend, "Dashed: target"),
    Chart("ranks", "Ranked", charts.bars(ranking(level), "share", "center")),
    Chart("nothing", "Nothing", None, empty="No calls in this period."),
    Sentences("need", "Needs attention", calls),
    Table("agents", "Agents", columns, agents(level), "600 agents", sorted_by="-calls"),
])  # fmt: skip
st.text(f"event: {event}")
st.text(f"runs: {st.session_state.runs}")
