"""The command that prints the appraisal of agents."""

from qa import format as formatted
from qa.agents.appraisal import BY, appraisals, part_name
from qa.agents.words import grade_word, part_word, rules_in_words
from qa.cli.numbers import EVERYTHING, print_frame, print_table
from qa.cli.options import DEFAULT_DATA, Choice, Data, Format, opened
from qa.i18n import _


def appraisal(*, choice: Choice = EVERYTHING, format: Format = "table", data: Data = DEFAULT_DATA) -> None:
    """Print the appraisal of every agent.

    Score, interval, grade, how sure it is, and its parts; the rules are in qa.toml.
    """
    warehouse = opened(data)
    frame = appraisals(warehouse, None, choice.filters(warehouse))
    if format != "table":
        print_frame(frame, format)
        return
    parts = warehouse.config.appraisal.parts
    headings = [_("Center"), _("Agent"), _("Appraisal score"), _("interval"), _("Grade"), *(part_word(part) for part in parts)]
    rows = []
    for row in frame.iter_rows(named=True):
        center, agent = (row[group] for group in BY)
        who = [warehouse.center_names.get(center, center), f"{agent} {warehouse.agent_names.get(agent, '')}".strip()]
        points = [formatted.value(row[f"{part_name(part)}.points"], "points") for part in parts]
        rows.append([*who, formatted.value(row["score"], "points"), formatted.interval(row["low"], row["high"], "points"), _grade(row), *points])
    print_table(headings, rows)
    print(rules_in_words(warehouse.config.appraisal))


def _grade(row: dict) -> str:
    """The grade; a tilde where it is not certain, dots where records are too few, as on the board."""
    return grade_word(row["grade"]) + {"uncertain": " ~", "too_few": " …"}.get(row["state"], "")
