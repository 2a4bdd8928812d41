"""Are callers answered soon enough, at which times are they not, and how long does a call take?"""

from qa import session
from qa.calls.service import TIME_OF_DAY
from qa.drill import level_below
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.session import data
from qa.session.calls.service import clicked, narrowing, place_items, service_items, week_items

if not session.no_build():
    asked = session.asked()
    level = level_below(asked.filters, len(data.choices().centers))
    above = session.board(session.items(service_items, asked), key="service")
    metric = session.choose("week", _("Metric of the week"), {key: say(METRICS[key].name) for key in TIME_OF_DAY})
    middle = session.board(session.items(week_items, asked.filters, metric), key="week")
    below = session.board(session.items(place_items, asked.filters, level), key="places")
    event = above or middle or below
    if not session.drill(**narrowing(event, level)):
        session.prove(clicked(event, asked.filters, metric, level))
