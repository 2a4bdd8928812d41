"""The command that tells before from after: the figures of the page before/after."""

import sys
from datetime import date
from typing import Annotated, Any, Literal

import orjson
from cyclopts import Parameter
from rich.table import Table

from qa import format as formatted
from qa.cli.numbers import console
from qa.cli.options import DEFAULT_DATA, Choice, Data, Form, chosen_metrics, opened
from qa.i18n import _
from qa.improvement.course import OTHERS, USUAL_DAYS, Course
from qa.improvement.study import Study, metrics_for, study
from qa.improvement.trainings import Training, trainings
from qa.improvement.words import StudyWords, days_in_words, window_word
from qa.names import Names
from qa.query import NotAnswerable
from qa.warehouse import Warehouse

EVERYTHING = Choice()


def before_after(
    key: Annotated[str, Parameter(help="One metric key.")],
    *,
    on: Annotated[date | None, Parameter(help="First day of the new way.")] = None,
    training: Annotated[str | None, Parameter(help="A training by its id instead of a day: those who took part are the group.")] = None,
    days: Annotated[int, Parameter(help="Days on either side.")] = USUAL_DAYS,
    days_after: Annotated[int | None, Parameter(help="Days after, where they are not as many as before.")] = None,
    washout: Annotated[int, Parameter(help="Days after it that are left out.")] = 0,
    against: Annotated[str, Parameter(help="others, centers (all other centers), a center's id, or none.")] = OTHERS,
    choice: Choice = EVERYTHING,
    format: Annotated[Literal["table", "json"], Form] = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Print a metric before and after a day or a training.

    The filters choose the group; it is held against those not concerned.
    Evaluations count on the day of their call.
    """
    (metric,) = chosen_metrics([key])
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    if metric not in metrics_for(warehouse, filters):
        raise NotAnswerable(_("{metric} carries no interval or is not recorded for this choice.").format(metric=metric))
    held = _training(warehouse, training) if training else None
    if (on is None) == (held is None):
        raise NotAnswerable(_("Name a day with --on or a training with --training."))
    course = Course(metric, held.held_on if held else on, held, days, days_after or days, washout, against)
    found = study(warehouse, None, filters, course)
    if format == "json":
        sys.stdout.buffer.write(orjson.dumps(_as_json(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        _print(found, StudyWords(found, warehouse, Names(warehouse.center_names, warehouse.agent_names)))


def _training(warehouse: Warehouse, name: str) -> Training:
    for one in trainings(warehouse, None, None, date.min, date.max):
        if one.training_id == name:
            return one
    raise NotAnswerable(_("There is no training {name}.").format(name=name))


def _as_json(found: Study) -> dict[str, Any]:
    """The four figures, the changes, their difference and the regression to the mean."""
    cells = [
        {"side": cell.side, "window": cell.window, "from": cell.filters.date_from, "to": cell.filters.date_to}
        | {name: cell.row[name] for name in ("numerator", "denominator", "value", "low", "high", "n")}
        for cell in found.cells
    ]
    return {
        "metric": found.course.metric, "cells": cells, "change": found.change, "other_change": found.other_change,
        "difference": found.difference, "regression": found.regression,
    }  # fmt: skip


def _print(found: Study, words: StudyWords) -> None:
    unit = found.course.declared.unit
    table = Table(_("Group"), _("Window"), _("Numerator"), _("Denominator"), _("value"), _("interval"), "n")
    for cell in found.cells:
        row, who = cell.row, words.group() if cell.side == "group" else words.others()
        when = f"{window_word(cell.window)} {days_in_words(getattr(found.course.windows, cell.window))}"
        figures = (formatted.plain(row["numerator"]), formatted.plain(row["denominator"]), formatted.value(row["value"], unit))
        table.add_row(who, when, *figures, formatted.interval(row["low"], row["high"], unit), formatted.count(row["n"]))
    console().print(table)
    for line in words.lines([]):
        console().print(line.text)
