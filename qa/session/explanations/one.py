"""One explanation as items of the board: the figure it is owed for, and what became of it."""

from datetime import date

from qa import format
from qa.charts.control import Step, control
from qa.explanations.follow_up import FollowUp
from qa.explanations.model import Explanation, Figure
from qa.explanations.restated import Restated
from qa.explanations.words import behind_words, metric_name, noise_words, restated_words, state_word, target_words, value_words, why
from qa.filters import Filters
from qa.i18n import _
from qa.metrics import METRICS
from qa.proof import Shown
from qa.session.board.items import Cell, Chart, Column, Heading, Item, Mark, Row, Sentence, Sentences, Table, Tile
from qa.session.marks import change_mark
from qa.words import direction_word, verdict_word


def shown_of(figure: Figure, month_start: int) -> Shown:
    """What proves the figure, by the data of now."""
    return Shown((figure.metric,), (), Filters(figure.date_from, figure.date_to, centers=(figure.center,), month_start=month_start))


def figure_items(one: Explanation, restated: Restated | None, today: date) -> list[Item]:
    """Why it is owed, whether by chance, in what state it is, and what it was made from."""
    figure, made = one.figure, one.reported
    late = Mark("missed", _("Past due")) if one.is_overdue(today) else None
    lines = [
        Sentence("why", _("{metric} is {value}: {why}.").format(metric=metric_name(figure), value=value_words(figure), why=why(figure))),
        Sentence("noise", noise_words(figure), Mark(figure.verdict, verdict_word(figure.verdict))),
        Sentence("state", _("State: {state}. Due by {day}.").format(state=state_word(one.state), day=format.day(one.due_on)), late),
    ]
    if restated is not None:
        lines.append(Sentence("restated", restated_words(restated), Mark("concern" if restated.turns else "uncertain", _("Restated"))))
    text = _("Frozen on {day} from build {build}, data up to {until}, definitions {version}; headquarters' figure is of the same days.")
    made_from = text.format(day=format.day(made.reported_at.date()), build=made.build_id, until=format.day(made.data_until), version=made.definition_version)
    return [Sentences("figure", _("What is to be explained"), lines, caption=made_from), *_tiles(figure)]


def _tiles(figure: Figure) -> list[Item]:
    unit = METRICS[figure.metric].unit
    own = Tile(
        "own", metric_name(figure), value_words(figure), mark=Mark(figure.verdict, verdict_word(figure.verdict)),
        target=target_words(figure), interval=format.interval(figure.low, figure.high, unit), n=f"n = {format.count(figure.n)}",
        note=_("{numerator} of {denominator}").format(numerator=format.plain(figure.numerator), denominator=format.plain(figure.denominator)),
    )  # fmt: skip
    if figure.headquarters is None:
        return [own]
    value = format.value(figure.headquarters, unit)
    return [own, Tile("headquarters", _("Headquarters"), value, note=_("{behind} against headquarters").format(behind=behind_words(figure)), actions=())]


def follow_up_items(found: FollowUp, month_start: int) -> list[Item]:
    """Whether it went better since: before and after, the weeks as a control chart, and each month since."""
    figure, metric = found.figure, METRICS[found.figure.metric]
    items: list[Item] = [Heading("follow up", _("Have the measures worked?")), Sentences("since", "", _since(found))]
    if found.panel is not None:
        chart = control(
            found.panel.frame, metric.unit, lambda day: format.bucket(day, "week", month_start), format.short_day, lambda row: "",
            key="weeks", name=metric_name(figure), steps=[Step(figure.date_to, _("from {day}").format(day=format.short_day(figure.date_to)))],
        )  # fmt: skip
        caption = _("Weeks with the limits of ordinary variation, which begin anew with the day after the month explained.")
        items.append(Chart("weeks", metric_name(figure), chart, caption, 300, "full", actions=("table", "image")))
    if found.months:
        items.append(_months(found, month_start))
    return items


def _since(found: FollowUp) -> list[Sentence]:
    figure, unit = found.figure, METRICS[found.figure.metric].unit
    if found.after is None or found.before is None or found.change is None:
        return [Sentence("since", _("There are no whole data from {day} on yet.").format(day=format.day(figure.date_to)), Mark("too_few", _("Provisional")))]
    text = _("{metric}: {before} ({before_interval}) in the month explained, {after} ({after_interval}) from {first} to {last}: {change}, {verdict}.")
    last = date.fromordinal(found.until.toordinal() - 1)
    said = text.format(
        metric=metric_name(figure), before=format.value(found.before["value"], unit), after=format.value(found.after["value"], unit),
        before_interval=format.interval(found.before["low"], found.before["high"], unit),
        after_interval=format.interval(found.after["low"], found.after["high"], unit), first=format.day(figure.date_to), last=format.day(last),
        change=format.change(found.change.difference, unit), verdict=direction_word(found.change.direction),
    )  # fmt: skip
    chance = _("The month was singled out because it was bad: some return to the usual is to be expected without any measure.")
    return [Sentence("since", said, change_mark(found.change.direction)), Sentence("regression", chance)]


def _months(found: FollowUp, month_start: int) -> Table:
    unit = METRICS[found.figure.metric].unit
    columns = [Column("month", _("Month")), Column("value", _("Value"), "right", "mark"), Column("target", _("Target"), "right")]
    rows = [
        Row(month.date_from.isoformat(), [
            Cell(format.month_and_days(month, month_start), month.date_from.toordinal()),
            Cell(
                format.value(row["value"], unit), row["value"], Mark(row["verdict"], verdict_word(row["verdict"])),
                f"{format.interval(row['low'], row['high'], unit)}, n = {format.count(row['n'])}",
            ),
            Cell(format.bounds(row["minimum"], row["maximum"], unit)),
        ])
        for month, row in found.months
    ]  # fmt: skip
    return Table("months", _("The months since"), columns, rows, opens=False, actions=())
