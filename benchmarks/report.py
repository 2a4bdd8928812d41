"""benchmarks/RESULTS.md from the figures kept: a row a budget, with median, spread, and whether it is met. `python -m benchmarks.report`

A figure that was not measured again, on this machine or at all, stands as the report had it, with its day.
"""

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
Pace: milliseconds of a fixed sum in Python right after; where it is twice as long the processor was half as fast, as machines of the same kind are.

"""
COLUMNS = ("figure", "median", "p95", "n", "budget", "", "others", "day", "pace", "of")


FALLS_SHORT = "**falls short**"

PEERS_HEAD = "\n## Beside others\n"
PEERS = f"""{PEERS_HEAD}
The same page with other tools, on the same calls, surveys and evaluations, from `make bench-peers`: eight figures (ours: fifteen, with targets, intervals
and months), four charts (ours: five), all agents, two years; the click is on a center. Medians, in brackets the 95th percentile.
All of them, ours too, are driven by Playwright, which enables the inspector in every page: opening takes longer than above, where nobody looks in.
Evidence computes in the browser; its server only hands out files. "Older engine": extensions.duckdb.org was out of reach, from where its DuckDB fetches
the reader of Parquet, so it has DuckDB 0.9.1, the last with the reader built in.

"""
PEER_FIGURES = {
    "click_new": "filter click → drawn, first time, ms",
    "click_seen": "filter click → drawn, seen before, ms",
    "open_returning": "open, returning viewer, ms",
    "open_new": "open, empty browser, ms",
    "start": "process start → page drawn, ms",
    "memory": "memory of the server, MiB",
    "others": "used by others meanwhile",
    "pace": "pace of the machine, ms",
    "at": "day",
}


def write() -> None:
    """Write the report from the latest figures of every benchmark."""
    before = RESULTS_MD.read_text(encoding="utf-8") if RESULTS_MD.exists() else ""
    RESULTS_MD.write_text(rendered(saved(), before) + beside(saved(RESULTS / "peers"), before), encoding="utf-8")


def beside(figures: Iterable[Figure], before: str = "") -> str:
    """The table of the peers, a column each, ours first; empty where none was measured. ``before``: the report there was."""
    names, *lines = _table(before.partition(PEERS_HEAD)[2]) or [[]]
    rows = {what: key for key, what in PEER_FIGURES.items()}
    found = {peer: {rows[line[0]]: line[place] for line in lines if line[0] in rows} for place, peer in enumerate(names) if place}
    for peer in dict.fromkeys(figure.key.partition("/")[0] for figure in figures):
        found[peer] = {}
    for figure in figures:
        peer, _slash, key = figure.key.partition("/")
        spread = f" ({_number(figure.p95)})" if len(figure.values) > 1 else ""
        found[peer][key] = _number(figure.median) + spread
        found[peer]["others"] = f"{figure.others:.0%}" + (" **loud**" if figure.others >= LOUD else "")
        found[peer]["pace"] = _pace(figure)
        found[peer]["at"] = figure.at[:10]
    if not found:
        return ""
    lines = [["figure", *found], ["---", *("---:" for _peer in found)]]
    lines += [[what, *(cells.get(key, "-") for cells in found.values())] for key, what in PEER_FIGURES.items()]
    return PEERS + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def rendered(figures: Iterable[Figure], before: str = "") -> str:
    """The report as Markdown; figures of no known row are an error (KeyError). ``before``: the report there was."""
    found = {figure.key: figure for figure in figures}
    for key in found:
        BY_KEY[key]
    kept = {line[0]: line for line in _table(before.partition(PEERS_HEAD)[0])}
    lines = [_line(row, found[row.key]) if row.key in found else kept.get(row.what) or _not_measured(row) for row in ROWS]
    reasons = [f"- {row.what}: {row.reason}" for row, line in zip(ROWS, lines, strict=True) if row.reason and FALLS_SHORT in line[5]]
    head = HEAD.format(machine=machine(), versions=versions(), day=date.today().isoformat(), loud=LOUD)
    head += f"| {' | '.join(COLUMNS)} |\n| --- | ---: | ---: | ---: | --- | --- | ---: | --- | ---: | --- |\n"
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return head + table + ("\n## Why\n\n" + "\n".join(reasons) + "\n" if reasons else "")


def _table(text: str) -> list[list[str]]:
    """The cells of the lines of a Markdown table, but for the line under its head."""
    lines = [[cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [line for line in lines if set(line[0]) != {"-"}]


def _not_measured(row: Row) -> list[str]:
    return [row.what, "-", "-", "0", row.limits, "not measured", "", "", "", ""]


def _line(row: Row, figure: Figure) -> list[str]:
    middle, spread = f"{_number(figure.median)} {row.unit}".strip(), _spread(row, figure)
    measured = [f"{figure.others:.0%}", figure.at[:10], _pace(figure), figure.note]
    return [row.what, middle, spread, str(len(figure.values)), row.limits, _verdict(row, figure), *measured]


def _pace(figure: Figure) -> str:
    return f"{figure.pace:.0f}" if figure.pace else ""


def _spread(row: Row, figure: Figure) -> str:
    """The bad end of the samples."""
    if len(figure.values) == 1:
        return ""
    return _number(figure.p5 if row.more_is_better else figure.p95)


def _verdict(row: Row, figure: Figure) -> str:
    words = "" if not row.limits else FALLS_SHORT if _falls_short(row, figure) else "met"
    return f"{words} (loud)".strip() if figure.others >= LOUD else words


def _falls_short(row: Row, figure: Figure) -> bool:
    return not row.met(figure.median, figure.p95)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    write()
