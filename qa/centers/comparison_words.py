"""The sentences about centers beside each other."""

import polars as pl

from qa import format
from qa.centers.comparison import Matrix, worst
from qa.centers.naming import split_word
from qa.centers.splits import SPLITS
from qa.centers.why_words import Line
from qa.funnels import MetricFunnel
from qa.i18n import _, ngettext, say, sentences
from qa.metrics import METRICS, Metric
from qa.names import Names

# So many places are told of in a sentence each; the table has them all.
PLACES_TOLD = 5
NAMED = 6


class ComparisonWords:
    """Says what a matrix says."""

    def __init__(self, found: Matrix, names: Names):
        self._found, self._names = found, names

    def name(self, place: str) -> str:
        return self._names.of(self._found.by, place)

    def lines(self) -> list[Line]:
        """The answer first, then a sentence for each place with something off."""
        found = self._found
        if not found.compares:
            return [Line("one", self._alone())]
        listed = [one for one in worst(found) if one[1] or one[2]]
        if not listed:
            return [Line("answer", self._nothing_off(), "none")]
        off = sum(1 for _place, missed, _behind in listed if missed)
        behind = sum(1 for _place, _missed, worse in listed if worse)
        missing = ngettext("{off} misses a target beyond doubt", "{off} miss a target beyond doubt", off).format(off=off)
        if not off:
            missing = _("none misses a target beyond doubt")
        trailing = ngettext("{behind} is worse than {reference} beyond noise", "{behind} are worse than {reference} beyond noise", behind)
        if not behind:
            trailing = _("none is worse than {reference} beyond noise")
        text = _("Of {all} {places}, {missing} and {trailing}; {worst} has the most to explain.").format(
            all=len(found.places), places=self._places(), missing=missing,
            trailing=trailing.format(behind=behind, reference=self.reference()), worst=self.name(listed[0][0]),
        )  # fmt: skip
        told = [Line("answer", text, "worse" if behind else "missed"), *(self._of_place(*one) for one in listed[:PLACES_TOLD])]
        return [*told, *self._untold(listed[PLACES_TOLD:])]

    def _untold(self, listed: list) -> list[Line]:
        """By name those with something off of whom no sentence tells."""
        if not listed:
            return []
        places = _so_many([self.name(place) for place, _missed, _behind in listed])
        state = "worse" if any(behind for _place, _missed, behind in listed) else "missed"
        return [Line("untold", _("Something is off in {places} too: see the table.").format(places=places), state)]

    def reference(self) -> str:
        """What each place is held against."""
        return _("headquarters") if self._found.reference else _("the others together")

    def _places(self) -> str:
        return _("centers") if self._found.by == "center" else _("teams")

    def _nothing_off(self) -> str:
        text = _("None of the {all} {places} misses a target beyond doubt, and none is worse than {reference} beyond noise.")
        return text.format(all=len(self._found.places), places=self._places(), reference=self.reference())

    def _alone(self) -> str:
        if self._found.by == "center":
            return _(
                "Only one center has figures in this choice, so there is nothing to hold it against. "
                "Choose more centers or a longer period; of one center its teams are compared, where the extract “agents” has them."
            )
        return _("This choice holds one center and no two teams to compare. Choose more centers, or import the extract “agents” with their teams.")

    def _of_place(self, place: str, missed: list[str], behind: list[str]) -> Line:
        """What one place misses, and where it is behind by how much."""
        parts = []
        if missed:
            parts.append(_("off target in {metrics}").format(metrics=_(", ").join(self._value(place, key) for key in missed)))
        if behind:
            listed = _(", ").join(self._gap(place, key) for key in behind)
            parts.append(_("worse than {reference} in {metrics}").format(reference=self.reference(), metrics=listed))
        text = _("{place}: {parts}.").format(place=self.name(place), parts=_("; ").join(parts))
        return Line(f"place {place}", text, "worse" if behind else "missed")

    def _value(self, place: str, key: str) -> str:
        row, metric = self._found.cells[place, key].row, METRICS[key]
        bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
        return _("{metric} ({value})").format(metric=say(metric.name), value=format.value(row["value"], metric.unit, beside=bound))

    def _gap(self, place: str, key: str) -> str:
        gap, metric = self._found.cells[place, key].gap, METRICS[key]
        interval = format.change_interval(gap.low, gap.high, metric.unit)
        return _("{metric} ({change} {interval})").format(metric=say(metric.name), change=format.change(gap.value, metric.unit), interval=interval)


def funnel_line(found: MetricFunnel, metric: Metric, by: str, names: Names) -> Line:
    """Which places lie beyond the limits of chance."""
    outside, near = found.outside, found.groups.filter(pl.col("state") == "near").sort("value")
    words = {"metric": say(metric.name), "all": found.groups.height, "coverage": coverage_word(found)}
    between = ngettext(
        "{places} lies between the 95% limits and these, which is within noise.",
        "{places} lie between the 95% limits and these, which is within noise.",
        near.height,
    )
    spread = found.funnel.dispersion.tau > 0
    if spread:
        between = ngettext(
            "{places} lies between the 95% limits and these, which such a spread explains.",
            "{places} lie between the 95% limits and these, which such a spread explains.",
            near.height,
        )
    beside = between.format(places=_places_named(near, metric, by, names))
    if outside.is_empty():
        text = _("{metric}: none of {all} lies beyond the {coverage} limits; what differs may be chance.")
        if spread:
            text = _("{metric}: they differ by more than chance, but none of {all} lies beyond the {coverage} limits, which allow for how far apart all are.")
        text = text.format(**words)
        return Line("funnel", text if near.is_empty() else _("{first} {second}").format(first=text, second=beside), "" if spread else "none")
    text = ngettext(
        "{metric}: {count} of {all} lies beyond the {coverage} limits: {places}.",
        "{metric}: {count} of {all} lie beyond the {coverage} limits: {places}.",
        outside.height,
    )
    text = text.format(count=outside.height, places=_outside_named(outside, metric, by, names), **words)
    text = text if near.is_empty() else _("{first} {second}").format(first=text, second=beside)
    directions = set(outside["direction"])
    state = "worse" if "worse" in directions else "better" if directions == {"better"} else "real"
    return Line("funnel", text, state)


def _outside_named(outside: pl.DataFrame, metric: Metric, by: str, names: Names) -> str:
    """The places beyond the limits; of which side each, where there are some on both."""
    sides = {"worse": _("{places} on the worse side"), "better": _("{places} on the better side")}
    if not sides.keys() <= set(outside["direction"]):
        return _places_named(outside, metric, by, names)
    return _("; ").join(text.format(places=_places_named(outside.filter(direction=side), metric, by, names)) for side, text in sides.items())


def _places_named(rows: pl.DataFrame, metric: Metric, by: str, names: Names) -> str:
    """The places with their values, so many as a sentence holds."""
    listed = [_("{metric} ({value})").format(metric=names.of(by, row[by]), value=format.value(row["value"], metric.unit)) for row in rows.iter_rows(named=True)]
    return _so_many(listed)


def _so_many(listed: list[str]) -> str:
    """As many as a sentence holds, and how many more there are."""
    more = _(" and {count} more").format(count=len(listed) - NAMED) if len(listed) > NAMED else ""
    return _(", ").join(listed[:NAMED]) + more


def coverage_word(found: MetricFunnel) -> str:
    """99.8%, or as wide as the number of groups demands."""
    return f"{round(found.funnel.outer * 100, 2):g}%"


def funnel_caption(found: MetricFunnel) -> str:
    """What the limits allow for."""
    spread, parts = found.funnel.dispersion, []
    if found.funnel.outer > 0.998:
        parts.append(_("So wide that the chance of even one of {count} lying outside is 5%.").format(count=spread.groups))
    if spread.tau > 0:
        parts.append(_("They allow for groups that spread more than chance (phi = {phi}).").format(phi=f"{spread.phi:.1f}"))
    elif spread.groups >= 10:
        parts.append(_("The groups spread no more than chance explains (phi = {phi}).").format(phi=f"{spread.phi:.1f}"))
    else:
        parts.append(_("Fewer than ten groups: no allowance for over-dispersion."))
    parts.append(_("Squares are worse, diamonds better than chance explains; hollow: too few."))
    return sentences(*parts)


def mix_caption(split: str) -> str:
    """What is held alike."""
    text = _("Hollow: as it is. Filled: at the mix of all by {dimension}, with its 95% interval. Work that a place lacks counts at the common value.")
    return text.format(dimension=split_word(SPLITS[split]))
