"""What the service page says in sentences."""

import polars as pl

from qa import format
from qa.config import Config
from qa.format import Unit
from qa.i18n import _, ngettext, say, sentences
from qa.metrics import METRICS, SERVICE_LEVEL_NAMES, SERVICE_LEVEL_VARIANTS
from qa.words import verdict_word

ACCESS = ("answer_rate", "service_level", "mean_wait")


def access(rows: dict[str, dict], config: Config) -> str:
    """How many callers were answered, how many in time, how long they waited; ``rows``: of ``qa.results.answer`` by metric."""
    parts = []
    if row := rows.get("answer_rate"):
        parts.append(_("Of {n} inbound calls {value} were answered{verdict}").format(n=format.count(row["n"]), **_judged(row)))
    if row := rows.get("service_level"):
        name = say(SERVICE_LEVEL_NAMES[config.definitions.service_level_variant])
        within = f"{config.definitions.service_level_s:g}"
        parts.append(_("the service level ({name}, {within} s) is {value}{verdict}").format(name=name, within=within, **_judged(row)))
    if row := rows.get("mean_wait"):
        parts.append(_("callers who got through waited {value} on average{verdict}").format(**_judged(row)))
    return _("; ").join(parts) + _(".") if parts else _("Nothing is known about how soon calls were answered.")


def about_people() -> str:
    """Why access is not told for teams and agents."""
    return _(
        "A call that nobody took belongs to no team and no agent: answer rate, abandonment and service level say nothing about them. "
        "Choose centers or queues to see these."
    )


def definitions(frame: pl.DataFrame) -> str:
    """How far the definitions lie apart, and whether the target is met whichever is used."""
    lowest, highest = frame.sort("value").row(0, named=True), frame.sort("value").row(-1, named=True)
    if format.value(lowest["value"], "share") == format.value(highest["value"], "share"):
        text = _("The same calls give {low} by each of the definitions.").format(low=format.value(lowest["value"], "share"))
    else:
        text = _between(frame, lowest, highest)
    verdicts = frame["verdict"].unique().to_list()
    if verdicts == ["no_target"]:
        return text
    if len(verdicts) == 1:
        return sentences(text, _("Held against the target, all of them say: {verdict}.").format(verdict=verdict_word(verdicts[0]).lower()))
    said = _("; ").join(f"{_variant(row)}: {verdict_word(row['verdict']).lower()}" for row in frame.iter_rows(named=True))
    return sentences(text, _("Held against the target they do not agree: {said}.").format(said=said))


def _between(frame: pl.DataFrame, lowest: dict, highest: dict) -> str:
    return _("The same calls give {low} ({lowest}) to {high} ({highest}), depending on the definition; in force is “{name}”.").format(
        low=format.value(lowest["value"], "share"),
        lowest=_variant(lowest),
        high=format.value(highest["value"], "share"),
        highest=_variant(highest),
        name=_variant(frame.row(by_predicate=pl.col("in_force"), named=True)),
    )


def formulas(frame: pl.DataFrame) -> str:
    """What each definition shown divides by what."""
    named = [_("{label}: {name}").format(label=_variant(row), name=say(SERVICE_LEVEL_VARIANTS[row["variant"]])) for row in frame.iter_rows(named=True)]
    return _("; ").join(named)


def counts_left_out(frame: pl.DataFrame) -> str:
    """Why the definitions do not rest on the same calls, where they do not; else empty."""
    offered = {row["variant"]: row["n"] for row in frame.iter_rows(named=True)}
    if "plus_quick_abandons" not in offered:
        return _("Only counts of calls are known here, and these know no quick abandons: the two definitions that need them are left out.")
    if offered.get("of_offered") == offered.get("plus_quick_abandons"):
        return ""
    return _("Where only counts of calls are known, quick abandons are not: those calls are missing from the last two definitions.")


def week(frame: pl.DataFrame, metric: str) -> str:
    """Which half-hours differ from the rest of the week beyond noise, and the one that is furthest off."""
    shown = METRICS[metric]
    if shown.unit == "count":
        busiest = frame.sort("value").row(-1, named=True)
        return _("Most calls come in on {when}: {value}.").format(when=_when(busiest), value=format.value(busiest["value"], shown.unit))
    worse = frame.filter(pl.col("signal") == "worse").sort("value", descending=shown.better == "lower")
    if worse.is_empty():
        return _("No half-hour of the week is worse than the others by more than noise ({cells} compared).").format(cells=frame.height)
    first = worse.row(0, named=True)
    text = ngettext(
        "{count} of {cells} half-hours of the week is worse than the others by more than noise; furthest off is {when}: {value} of {n} calls.",
        "{count} of {cells} half-hours of the week are worse than the others by more than noise; furthest off is {when}: {value} of {n} calls.",
        worse.height,
    )
    if shown.unit == "seconds":
        text = ngettext(
            "{count} of {cells} half-hours of the week is worse than the others by more than noise; furthest off is {when}: {value} over {n} calls.",
            "{count} of {cells} half-hours of the week are worse than the others by more than noise; furthest off is {when}: {value} over {n} calls.",
            worse.height,
        )
    return text.format(
        count=worse.height, cells=frame.height, when=_when(first), value=format.value(first["value"], shown.unit), n=format.count(first["n"])
    )


def handling(row: dict) -> str:
    """How long a call took to handle and what that is made of; ``row``: of ``qa.calls.service.handling``."""
    text = _("Handling a call takes {value} on average{verdict}").format(**_judged(row, "seconds"))
    if row["talk"] is None or row["talk"] != row["talk"]:
        return text + _(".")
    made_of = _(": {talk} talk, {hold} hold, {wrap} wrap-up.")
    return text + made_of.format(**{part: format.value(row[part], "seconds") for part in ("talk", "hold", "wrap")})


def _judged(row: dict, unit: Unit | None = None) -> dict[str, str]:
    """The value in words, and its verdict on the target where there is one."""
    unit = unit or METRICS[row["metric"]].unit
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    said = ""
    if row["verdict"] != "no_target":
        target = format.bounds(row["minimum"], row["maximum"], unit)
        said = _(" (target {target}: {verdict})").format(target=target, verdict=verdict_word(row["verdict"]).lower())
    return {"value": format.value(row["value"], unit, beside=bound), "verdict": said}


def _variant(row: dict) -> str:
    return say(SERVICE_LEVEL_NAMES[row["variant"]])


def _when(row: dict) -> str:
    return f"{format.weekday(row['weekday'])} {format.half_hour(row['half_hour'])}"
