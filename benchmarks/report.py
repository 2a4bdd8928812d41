"""benchmarks/RESULTS.md from the figures kept: a row a budget, with median, spread, and whether it is met. `python -m benchmarks.report`"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks.budgets import BY_KEY, ROWS, Row
from benchmarks.machine import machine, versions
from benchmarks.results import RESULTS, Figure, saved

RESULTS_MD = Path(__file__).parent / "RESULTS.md"
# From this share of the machine on, used by others, a figure says more about them than about the board.
LOUD = 0.10

HEAD = """# Speed, measured

Written by `make bench`; do not edit. What is measured how: the first lines of each file in `benchmarks/`.

- Machine: {machine}. Browser, server and whatever else takes part share its cores.
- Versions: {versions}
- Written: {day}

**Loud** marks a figure during which other processes used {loud:.0%} of the machine or more: it says little about the board.
p95: the 95th percentile, of what should be large the 5th; n counts samples.

| figure | median | p95 | n | budget | | others | of |
| --- | ---: | ---: | ---: | --- | --- | ---: | --- |
"""


PEERS = """
## Beside others

The same page with other tools, on the same calls, surveys and evaluations, from `make bench-peers`: eight figures (ours: fifteen, with targets, intervals
and months), four charts (ours: five), all agents, two years; the click is on a center. Medians, in brackets the 95th percentile.

"""
PEER_FIGURES = {
    "click_new": "filter click → drawn, first time, ms",
    "click_seen": "filter click → drawn, seen before, ms",
    "open_returning": "open, returning viewer, ms",
    "open_new": "open, empty browser, ms",
    "start": "process start → page drawn, ms",
    "memory": "memory of the server, MiB",
    "others": "used by others meanwhile",
}


def write() -> None:
    """Write the report from the latest figures of every benchmark."""
    RESULTS_MD.write_text(rendered(saved()) + beside(saved(RESULTS / "peers")), encoding="utf-8")


def beside(figures: Iterable[Figure]) -> str:
    """The table of the peers, a column each, ours first; empty where none was measured."""
    found: dict[str, dict[str, str]] = {}
    for figure in figures:
        peer, _slash, key = figure.key.partition("/")
        spread = f" ({_number(figure.p95)})" if len(figure.values) > 1 else ""
        found.setdefault(peer, {})[key] = _number(figure.median) + spread
        found[peer]["others"] = f"{figure.others:.0%}" + (" **loud**" if figure.others >= LOUD else "")
    if not found:
        return ""
    lines = [["figure", *found], ["---", *("---:" for _peer in found)]]
    lines += [[what, *(cells.get(key, "-") for cells in found.values())] for key, what in PEER_FIGURES.items()]
    return PEERS + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def rendered(figures: Iterable[Figure]) -> str:
    """The report as Markdown; figures of no known row are an error (KeyError)."""
    found = {figure.key: figure for figure in figures}
    for key in found:
        BY_KEY[key]
    head = HEAD.format(machine=machine(), versions=versions(), day=date.today().isoformat(), loud=LOUD)
    lines = [_line(row, found.get(row.key)) for row in ROWS]
    reasons = [f"- {row.what}: {row.reason}" for row in ROWS if row.reason and row.key in found and _falls_short(row, found[row.key])]
    return head + "\n".join(lines) + "\n" + ("\n## Why\n\n" + "\n".join(reasons) + "\n" if reasons else "")


def _line(row: Row, figure: Figure | None) -> str:
    if figure is None:
        return f"| {row.what} | - | - | 0 | {row.limits} | not measured | | |"
    middle, spread = f"{_number(figure.median)} {row.unit}".strip(), _spread(row, figure)
    return f"| {row.what} | {middle} | {spread} | {len(figure.values)} | {row.limits} | {_verdict(row, figure)} | {figure.others:.0%} | {figure.note} |"


def _spread(row: Row, figure: Figure) -> str:
    """The bad end of the samples."""
    if len(figure.values) == 1:
        return ""
    return _number(figure.p5 if row.more_is_better else figure.p95)


def _verdict(row: Row, figure: Figure) -> str:
    words = "" if not row.limits else "**falls short**" if _falls_short(row, figure) else "met"
    return f"{words} (loud)".strip() if figure.others >= LOUD else words


def _falls_short(row: Row, figure: Figure) -> bool:
    return not row.met(figure.median, figure.p95)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    write()
