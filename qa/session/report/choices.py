"""Which center and which month the report is about: from the URL, else from the view."""

from qa import format
from qa.i18n import _
from qa.names import center_names
from qa.periods import bucket_at, month_name, month_named
from qa.report.month import centers_of
from qa.session import data, state
from qa.session.pick import pick
from qa.session.viewer import viewer
from qa.view import MONTHS_OFFERED

ALL = "all"


def center_chosen() -> str:
    """A center, that of the view first, or all of them."""
    build = data.warehouse()
    names = center_names(build)
    seen = centers_of(build, viewer().scope)
    view = state.current(data.choices())
    first = [center for center in seen if center in view.centers]
    branches = [center for center in seen if center != build.headquarters]
    offered = dict.fromkeys([*first, *branches, *seen])
    options = {center: names[center] for center in offered}
    return pick("report_center", _("Center"), options | ({ALL: _("Comparison of all centers")} if len(seen) > 1 else {}), width=240)


def month_chosen(center: str) -> str:
    """A month with data: the one the view shows, where it shows one, else the last complete one."""
    build = data.warehouse()
    starts = dict(build.centers.select("center_id", "period_start_day").iter_rows())
    start = int(starts.get(center) or 1)
    running = bucket_at(build.span.until, "month", start)
    months = [bucket_at(running.date_from, "month", start, -back) for back in range(1, MONTHS_OFFERED)]
    held = [month for month in [*months, running] if month.date_to > build.span.first_day and month.date_from <= build.span.last_day]
    view = state.current(data.choices()).period
    names = sorted((month_name(month.date_from, start) for month in held), key=lambda name: name != view)
    return pick("report_month", _("Month"), {name: format.month_and_days(month_named(name, start), start) for name in names}, width=150 if start == 1 else 220)
