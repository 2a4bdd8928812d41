"""What the pages about customers share: absent data in words, groups of one metric as a chart, tiles of chosen metrics."""

from decimal import Decimal

import polars as pl

from qa import format
from qa.charts import bars
from qa.charts.bars import bars_height
from qa.contract import TABLES
from qa.filters import Asked
from qa.i18n import _, say, sentences
from qa.metrics import METRICS
from qa.session.board.items import Chart, Sentence, Sentences
from qa.session.overview.items import nothing
from qa.warehouse import Warehouse
from qa.words import nothing_here

MOST_BARS = 12


def absent(warehouse: Warehouse, asked: Asked, tables: tuple[str, ...], title: str) -> Sentences:
    """What to say instead of figures: which extract would fill the page, or that this choice has no record."""
    missing = [table for table in tables if not warehouse.present(table)]
    if not missing:
        return nothing(warehouse, asked)
    text = _("This page needs the extract “{table}” ({file}). Import it on the page Import, or with: python -m qa import FILE")
    return Sentences("absent", title, [Sentence(table, text.format(table=say(TABLES[table].label), file=table)) for table in missing])


def group_chart(key: str, title: str, frame: pl.DataFrame, metric: str, group: str, names: dict[str, str], caption: str = "") -> Chart:
    """The groups of one metric ranked, the worst first; ``frame``: rows of ``qa.results.answer`` or alike for the metric.

    Groups below the least n are drawn as "too few"; the rows of no group are left out.
    """
    shown = METRICS[metric]
    own = frame.filter((pl.col("metric") == metric) & pl.col(group).is_not_null() & pl.col("value").is_not_null())
    if own.is_empty():
        return Chart(key, title, None, empty=nothing_here())
    own = own.rename({"minimum": "target_minimum", "maximum": "target_maximum"})
    worst = own.sort("value", descending=shown.better == "lower").head(MOST_BARS)
    if own.height > MOST_BARS:
        caption = sentences(caption, _("The {shown} worst of {count}; the table has all.").format(shown=MOST_BARS, count=own.height))
    figure = bars(worst, shown.unit, group, name=say(shown.name), names=names, best_first=False, higher_is_better=shown.better != "lower")
    return Chart(key, title, figure, caption, height=bars_height(worst.height))



def score_text(score: Decimal | None, scale_max: Decimal | None) -> str:
    """A score beside the top of its scale: "4 / 5"."""
    if score is None:
        return format.NOTHING
    return format.plain(float(score)) if scale_max is None else f"{format.plain(float(score))} / {format.plain(float(scale_max))}"
