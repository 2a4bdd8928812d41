"""What the outbound page says in sentences."""

import polars as pl

from qa import format
from qa.calls.outbound import apart
from qa.i18n import _, ngettext, say
from qa.metrics import METRICS
from qa.words import verdict_word

MOST_NAMES = 3


def answer(rows: dict[str, dict]) -> str:
    """How many calls went out, were taken and sold; ``rows``: of ``qa.results.answer`` by metric."""
    parts = [ngettext("{n} call went out", "{n} calls went out", rows["outbound_calls"]["value"]).format(n=format.count(rows["outbound_calls"]["value"]))]
    if row := rows.get("connect_rate"):
        parts.append(_("{value} were answered{verdict}").format(**_judged(row)))
    if row := rows.get("sales_rate"):
        sold = format.count(rows["sales"]["value"]) if "sales" in rows else format.NOTHING
        parts.append(_("{value} of those answered ended in a sale{verdict}, {sold} in all").format(sold=sold, **_judged(row)))
    if row := rows.get("talk_hours_per_day"):
        parts.append(_("agents talked {value} a day, inbound calls included{verdict}").format(**_judged(row)))
    return _("; ").join(parts) + _(".")


def comparison(frame: pl.DataFrame, metric: str, level: str, names: dict[str, str]) -> str:
    """Which groups of a metric differ from the others beyond noise; ``frame``: of ``qa.calls.outbound.by_level``."""
    own = frame.filter((pl.col("metric") == metric) & (pl.col("signal") != "too_few"))
    name = say(METRICS[metric].name)
    if own.height < 2:
        return _("{metric}: too few groups to compare.").format(metric=name)
    found = apart(frame, metric)
    if found.is_empty():
        return _("{metric}: none of {count} differs from the others by more than noise.").format(metric=name, count=own.height)
    said = [_side(found.filter(pl.col("signal") == signal), metric, level, names) for signal in ("worse", "better")]
    worse, better = said
    parts = []
    if worse:
        parts.append(_("worse than the others: {names}").format(names=worse))
    if better:
        parts.append(_("better than the others: {names}").format(names=better))
    text = _("{metric}, {count} compared: {said}; the rest do not differ by more than noise.")
    return text.format(metric=name, count=own.height, said=_("; ").join(parts))


def _side(found: pl.DataFrame, metric: str, level: str, names: dict[str, str]) -> str:
    """The first few by name with their values, and how many more."""
    unit = METRICS[metric].unit
    named = [f"{names.get(row[level], row[level])} {format.value(row['value'], unit)}" for row in found.head(MOST_NAMES).iter_rows(named=True)]
    listed = _(", ").join(named)
    more = found.height - MOST_NAMES
    return _("{name} and {count} more").format(name=listed, count=more) if more > 0 else listed


def _judged(row: dict) -> dict[str, str]:
    unit = METRICS[row["metric"]].unit
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    said = ""
    if row["verdict"] != "no_target":
        target = format.bounds(row["minimum"], row["maximum"], unit)
        said = _(" (target {target}: {verdict})").format(target=target, verdict=verdict_word(row["verdict"]).lower())
    return {"value": format.value(row["value"], unit, beside=bound), "verdict": said}
