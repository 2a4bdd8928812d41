"""What the errors page says, in the language in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa import format
from qa.filters import Asked
from qa.headlines import Headline
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.names import Names
from qa.periods import Period
from qa.quality.error_cells import ANY_FATAL, Cells
from qa.quality.errors import Course, Ranked, amount_metric, vital_few
from qa.quality.scorecards import Cards, ItemKey, category_word
from qa.query import dimension_label
from qa.warehouse import Warehouse
from qa.words import Direction, Verdict, direction_word, gravest, signal_word, verdict_word

State = Literal[Verdict, "improvement", "concern", "none"]
MOST_NAMED = 3


@dataclass(frozen=True)
class Line:
    """One sentence and its mark, where it has one."""

    key: str
    text: str
    state: State = "none"
    mark: str = ""


class ErrorWords:
    """The words for one question."""

    def __init__(self, course: Course, cards: Cards, names: Names, asked: Asked):
        self.course, self.cards, self.names, self.asked = course, cards, names, asked

    def title(self) -> str:
        return _("Where are the errors, and did they change?")

    def nothing(self, warehouse: Warehouse) -> str:
        """Why there is nothing: no such extract, or nothing in the period."""
        if not warehouse.present("evaluations"):
            return _("There are no evaluations. The extract “evaluations” would fill this page, “evaluation_items” and “scorecards” its items.")
        text = _("No evaluation in this choice ({period}). Choose a longer period or another scorecard.")
        shown = Period(self.asked.filters.date_from, self.asked.filters.date_to)
        return text.format(period=format.period(shown, self.asked.filters.month_start))

    def standing(self, shown: Sequence[Headline]) -> Line:
        """The three figures against their targets; the mark is that of the worst."""
        if not shown:
            return Line("standing", _("Errors are not recorded in these evaluations; points lost are, see “Points lost”."))
        parts = []
        for headline in shown:
            target = format.bounds(headline.row["minimum"], headline.row["maximum"], headline.metric.unit)
            said = verdict_word(headline.row["verdict"]).lower()
            text = _("{metric} {value} ({verdict}; target {target})") if target != format.NOTHING else _("{metric} {value}")
            parts.append(text.format(metric=say(headline.metric.name), value=_value(headline), verdict=said, target=target))
        worst = gravest(one.row["verdict"] for one in shown)
        return Line("standing", _("{list}.").format(list=_(", ").join(parts)), worst, verdict_word(worst))

    def ranking(self, found: list[Ranked]) -> list[Line]:
        """What most of it is."""
        if not found:
            return []
        count, first = vital_few(found), found[0]
        text = _("{few} of {all} make up {share} of the {total} {what}; the largest is {name} with {first}.").format(
            few=format.count(count),
            all=self.groups(len(found)),
            share=format.value(found[count - 1].cumulative, "share"),
            total=self.amount(round(sum(group.amount for group in found), 1)),
            what=self.amount_name().lower(),
            name=self.name(first.key),
            first=format.value(first.share, "share"),
        )
        return [Line("ranking", text)]

    def changes(self, found: list[Ranked]) -> list[Line]:
        """What changed beyond noise, all groups allowed for."""
        if not found or self.asked.before is None:
            return []
        if all(group.change is None or group.change.direction == "too_few" for group in found):
            return [Line("unchanged", _("The comparison period has too few evaluations to compare with."))]
        lines = []
        words: dict[Direction, tuple[State, str]] = {
            "worse": ("concern", _("Worse than in the comparison period, beyond noise: {names}.")),
            "better": ("improvement", _("Better than in the comparison period, beyond noise: {names}.")),
        }
        for direction, (state, text) in words.items():
            moved = [group for group in found if group.change and group.change.direction == direction]
            if moved:
                lines.append(Line(direction, text.format(names=self._listed([self._moved(group) for group in moved])), state, direction_word(direction)))
        if not lines:
            return [Line("unchanged", _("Against the comparison period nothing changed by more than noise, all groups allowed for."))]
        return lines

    def classes(self, found: list[Ranked]) -> list[Line]:
        """Fatal errors that fail the whole call, apart from those within a section."""
        if not found or self.course.split != "item" or self.course.measure != "errors":
            return []
        whole = sum(group.fatal for group in found if self.cards.known(group.item).is_fatal)
        inside = sum(group.fatal for group in found if not self.cards.known(group.item).is_fatal)
        text = _("Fatal marks: {whole} on items that fail the whole call, {inside} on other items, which fail their section only.")
        return [Line("classes", text.format(whole=format.count(whole), inside=format.count(inside)))]

    def cells(self, cells: Cells) -> list[Line]:
        """Who stands out, every cell allowed for."""
        worse = [cell for cell in cells.cells if cell.signal == "worse"]
        if worse:
            names = [
                _("{who}: {item} {rate}").format(
                    who=self.row_name(cell.row), item=self.item_column(cell.item), rate=format.value(cell.rate, "share")
                )
                for cell in worse
            ]
            text = _("Worse than the others beyond noise, all cells allowed for: {names}.")
            return [Line("cells", text.format(names=self._listed(names)), "concern", signal_word("worse"))]
        if not cells.compared:
            return []
        text = _("Nobody stands out: none of the {count} cells compared is worse than the others beyond noise.")
        return [Line("cells", text.format(count=format.count(cells.compared)))]

    def mixing(self) -> list[Line]:
        """That several cards are looked at together, where they are."""
        if self.course.card or len(self.cards.names) < 2:
            return []
        return [Line("mixing", _("Several scorecards are shown together: the table names the card of each item. Choose one card to see its own points."))]

    def groups(self, count: int) -> str:
        words = {
            "item": _("{count} items"), "section": _("{count} sections"), "category": _("{count} categories"),
            "team": _("{count} teams"), "queue": _("{count} queues"), "scorecard": _("{count} scorecards"),
        }  # fmt: skip
        return words[self.course.split].format(count=format.count(count))

    def name(self, key: tuple[str | None, ...]) -> str:
        """A group's name; items, sections and categories with their card where several cards are shown."""
        split, last = self.course.split, key[-1] or _("not known")
        if split == "item":
            return self.cards.item((key[0] or "", key[1] or ""), with_card=not self.course.card)
        if split == "scorecard":
            return self.cards.card(last)
        if split in ("section", "category"):
            own = category_word(last) if split == "category" else last
            return own if self.course.card else f"{own} · {self.cards.card(key[0] or '')}"
        return f"{last} · {self.names.of('center', key[0] or '')}" if split == "team" else last

    def labels(self, keys: Sequence[tuple[str | None, ...]]) -> list[str]:
        """Short names beside bars: an item's card is named only where two of the items are called alike."""
        return _told_apart([self.row_title(key) for key in keys], [self.name(key) for key in keys])

    def columns(self, items: Sequence[ItemKey]) -> list[str]:
        """Short names over columns, as ``labels``."""
        short = [self.item_column(item) if item == ANY_FATAL else self.cards.item(item, with_card=False) for item in items]
        return _told_apart(short, [self.item_column(item) for item in items])

    def row_title(self, key: tuple[str | None, ...]) -> str:
        """A group's name in a table; an item's card stands in the small print."""
        return self.cards.item((key[0] or "", key[1] or ""), with_card=False) if self.course.split == "item" else self.name(key)

    def place(self, key: tuple[str | None, ...]) -> str:
        """Small print under an item's name: its id, its section, and its card where several cards are shown."""
        if self.course.split != "item":
            return ""
        card, item = key[0] or "", key[1] or ""
        named = "" if self.course.card else self.cards.card(card)
        return " · ".join(part for part in (item, self.cards.known((card, item)).section, named) if part)

    def notes(self, group: Ranked) -> list[str]:
        """What a bar says on hover beside its amount."""
        rate = METRICS["composite_error_rate" if self.course.measure == "errors" else "mean_score"]
        notes = [
            _("{share} of all").format(share=format.value(group.share, "share")),
            f"{self.rate_name()} {format.value(group.row['value'], rate.unit)} ({self.interval_and_n(group, rate.unit)})",
        ]
        if group.change is not None and group.change.difference is not None:
            notes.append(f"{format.change(group.change.difference, rate.unit)}: {direction_word(group.change.direction)}")
        return notes

    def interval_and_n(self, group: Ranked, unit: format.Unit) -> str:
        n, interval = f"n = {format.count(group.row['n'])}", format.interval(group.row["low"], group.row["high"], unit)
        return n if interval == format.NOTHING else f"{interval} · {n}"

    def amount(self, number: float) -> str:
        """A sum of errors or of a card's own points as it is; points of cards brought to 100 have fractions that mean nothing."""
        return format.value(number, "points") if amount_metric(self.course) == "points_lost_of_100" else format.plain(number)

    def amount_name(self) -> str:
        return say(METRICS[amount_metric(self.course)].name)

    def split_heading(self) -> str:
        return dimension_label(self.course.split)

    def pareto_title(self) -> str:
        return _("{what} by {dimension}").format(what=self.amount_name(), dimension=self.split_heading())

    def pareto_caption(self) -> str:
        if self.asked.before is None:
            return _("Bars: how much there is; line: cumulative share.")
        return _("Bars: how much there is; line: cumulative share. Striped red: its rate is worse beyond noise, dotted green: better; all groups allowed for.")

    def rate_name(self) -> str:
        """What the rate of a group is called: the composite error rate is that of whole evaluations, not of one item or section."""
        return _("Error rate") if self.course.measure == "errors" else say(METRICS["mean_score"].name)

    def rate_hint(self) -> str:
        if self.course.split in ("section", "category"):
            return _("An evaluation counts once, however many of the items went wrong in it.")
        return ""

    def row_name(self, row: tuple[str | None, ...]) -> str:
        if len(row) == 3:
            return self.names.of("agent", row[2] or "")
        return f"{row[1]} · {self.names.of('center', row[0] or '')}"

    def item_column(self, item: ItemKey) -> str:
        return _("Any fatal error") if item == ANY_FATAL else self.cards.item(item, with_card=not self.course.card)

    def cells_caption(self, cells: Cells) -> str:
        told = sum(cell.signal != "too_few" for cell in cells.cells)
        text = _(
            "Share of evaluations with an error on the item. {told} of {all} cells have enough evaluations to compare; the others are grey. "
            "{shown} of {rows} rows are shown: those with signals first, then those with the most to compare."
        )
        numbers = {"told": told, "all": len(cells.cells), "shown": len(cells.rows), "rows": cells.all_rows}
        return text.format(**{name: format.count(number) for name, number in numbers.items()})

    def _moved(self, group: Ranked) -> str:
        unit: format.Unit = "share" if self.course.measure == "errors" else "points"
        before, now = (group.change.before, group.change.now) if group.change else (None, None)
        return _("{name} ({before} → {now})").format(
            name=self.name(group.key), before=format.value(before, unit), now=format.value(now, unit)
        )

    def _listed(self, names: list[str]) -> str:
        more = len(names) - MOST_NAMED
        listed = _("; ").join(names[:MOST_NAMED])
        return listed if more <= 0 else _("{names} and {count} more").format(names=listed, count=more)


def _told_apart(short: list[str], whole: list[str]) -> list[str]:
    return [long if short.count(name) > 1 else name for name, long in zip(short, whole, strict=True)]


def _value(headline: Headline) -> str:
    row = headline.row
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    return format.value(row["value"], headline.metric.unit, beside=bound)
