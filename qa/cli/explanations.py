"""Commands about explanations: make a month's list, show it, and the history of one."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import polars as pl
from cyclopts import App, Parameter

from qa.cli.numbers import print_frame
from qa.cli.options import DEFAULT_DATA, Data, Format, notes, opened
from qa.explanations.listing import due, make_latest, make_list
from qa.explanations.model import Figure
from qa.explanations.reading import changes_of, explanation, explanations_of, months_reported
from qa.explanations.rules import Rules
from qa.i18n import _, ngettext
from qa.periods import month_named
from qa.query import NotAnswerable
from qa.store import open_store

# The columns for reading; JSON and CSV have all.
READ = ("id", "month", "center", "metric", "value", "n", "minimum", "maximum", "headquarters", "verdict", "reasons", "state", "due", "overdue")

app = App(name="explanations", help="Make and show the explanations owed to headquarters.")

Month = Annotated[str | None, Parameter(name="--month", help="A month's name, 2026-10, in each center's own months.")]
Center = Annotated[str | None, Parameter(name="--center", help="Only this center, by id.")]


@app.command
def make(*, month: Month = None, data: Data = DEFAULT_DATA) -> int:
    """Report the figures of a month and list what is owed.

    Only figures whose data are whole. Without a month: of the latest two; meant for cron, harmless when repeated.
    """
    warehouse, store, rules = opened(data), open_store(data), Rules.of(data)
    added = make_latest(store, warehouse, rules) if month is None else make_list(store, warehouse, rules, _checked(month))
    notes.print(ngettext("{count} figure was reported.", "{count} figures were reported.", added).format(count=added))
    return 0


@app.command
def owed(*, month: Month = None, center: Center = None, format: Format = "table", data: Data = DEFAULT_DATA) -> int:
    """Print the explanations owed for a month, as they were listed.

    Without a month: for the latest that has a list.
    """
    store = open_store(data)
    reported = months_reported(store)
    month = _checked(month) if month else next(iter(reported), None)
    found = explanations_of(store, center, month) if month else []
    if not found:
        notes.print(_("No explanation is listed. Make the list: python -m qa explanations make --month MONTH"))
    today = date.today()
    rows = pl.DataFrame([_row(one.figure) | {
        "state": one.state, "due": one.due_on, "overdue": one.is_overdue(today), "id": one.id, "build": one.reported.build_id,
    } for one in found])  # fmt: skip
    print_frame(rows.select(READ) if found and format == "table" else rows, format)
    return 0


@app.command
def judge(*, month: Month = None, format: Format = "table", data: Data = DEFAULT_DATA) -> int:
    """Judge a month's figures by the data of now.

    Nothing is reported or kept.
    """
    warehouse = opened(data)
    if month is None:
        raise NotAnswerable(_("Name a month: --month 2026-10"))
    found = due(warehouse, None, Rules.of(data), _checked(month))
    print_frame(pl.DataFrame([_row(figure) | {"owed": figure.is_owed} for figure in found.ready]), format)
    for wait in found.pending:
        notes.print(_("{center}, {metric}: judged when the data reach {day}.").format(center=wait.center, metric=wait.metric, day=wait.until))
    return 0


@app.command
def history(number: Annotated[int, Parameter(help="The id of an explanation.")], *, format: Format = "table", data: Data = DEFAULT_DATA) -> int:
    """Print who did what with an explanation, and when (UTC)."""
    store = open_store(data)
    if explanation(store, number) is None:
        raise NotAnswerable(_("There is no explanation {number}.").format(number=number))
    names = ("version", "at", "who", "role", "action", "state_before", "state_after", "is_late", "reason")
    print_frame(pl.DataFrame([{name: getattr(change, name) for name in names} for change in changes_of(store, number)]), format)
    return 0


def _row(figure: Figure) -> dict:
    return asdict(figure) | {"reasons": " ".join(figure.reasons)}


def _checked(month: str) -> str:
    try:
        month_named(month)
    except ValueError as error:
        raise NotAnswerable(_("{month} is no month; write it as 2026-10.").format(month=month)) from error
    return month
