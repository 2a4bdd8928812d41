"""The look of an office document: fonts by script, sizes in points, few colours; the same in every format."""

from qa.format import Unit
from qa.i18n import language
from qa.report.model import Cell, Role, State

# Fonts that Chinese office machines have; what a machine lacks is replaced by its own 宋体, 黑体 or nearest.
BODY_CHINESE, HEADING_CHINESE, SECOND_CHINESE = "SimSun", "SimHei", "KaiTi"
BODY_LATIN, HEADING_LATIN = "Times New Roman", "Arial"

INK, MUTED, RULE, SHADE = "1A1A1A", "5F6368", "BFC4CA", "F1F3F5"
ACCENT = "1F5A99"
SERIES = (ACCENT, "C4701A", "3D7F5B", "7B5EA7", "8A8D91", "B23A48")
ROLES: dict[Role, str] = {"target": "B23A48", "low": "9DB8D6", "high": "9DB8D6", "reference": "3D7F5B", "cumulative": "C4701A"}
STATES: dict[State, str] = {"met": "2C6E49", "missed": "B3261E", "uncertain": "7A5C00", "too_few": MUTED}
# A verdict is never told by colour alone: it has a sign of its own.
SIGNS: dict[State, str] = {"met": "\N{SQUARE ROOT}", "missed": "\N{MULTIPLICATION SIGN}", "uncertain": "~", "too_few": "\N{HORIZONTAL ELLIPSIS}"}

NO_BREAK, LONGEST_UNBROKEN = "\N{NO-BREAK SPACE}", 14
BESIDE = " \N{MIDDLE DOT} "

NUMBER_FORMATS: dict[Unit, str] = {
    "share": "0.0%", "points": "#,##0.0", "seconds": "#,##0.0", "hours": "#,##0.00", "per_hour": "#,##0.0", "per_10k": "#,##0.00",
    "count": "#,##0", "difference": "0.0",
}  # fmt: skip


def written(cell: Cell) -> str:
    """The cell's text after the sign of its verdict; short ones stay on one line: "≥ 95.0%", "154.7 s".

    What stands beside a figure ("95.0% · n = 12") may go on a line of its own, each part whole.
    """
    parts = (part if len(part) > LONGEST_UNBROKEN else part.replace(" ", NO_BREAK) for part in cell.text.split(BESIDE))
    text = f" \N{MIDDLE DOT}{NO_BREAK}".join(parts)
    return f"{SIGNS[cell.state]}{NO_BREAK}{text}" if cell.state else text


def colour(role: Role, place: int) -> str:
    """The colour of a series by what it is, else by its place."""
    return ROLES.get(role) or SERIES[place % len(SERIES)]


def bar_colour(role: Role, place: int) -> str:
    """The colour of a bar. A target is one too, to Office: pale, so that nobody takes it for a figure."""
    return RULE if role == "target" else colour(role, place)


def body_font() -> str:
    """The font of running text in the language in force."""
    return BODY_CHINESE if language() == "zh" else BODY_LATIN


def heading_font() -> str:
    """The font of headings in the language in force."""
    return HEADING_CHINESE if language() == "zh" else HEADING_LATIN
