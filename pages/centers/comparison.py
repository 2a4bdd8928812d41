"""Which center misses which target, trails headquarters beyond noise, or lies beyond chance for its size?"""

from qa import session
from qa.centers.comparison import place_filters
from qa.session import data
from qa.session.centers.comparison import act, comparison_items, metric_chosen, metric_items

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(comparison_items, asked), key="centers")
    key, split = metric_chosen(asked)
    below = session.board(session.items(metric_items, asked, key, split), key="center metric") if key else None
    act(above or below, asked, key, *data.computed(place_filters, asked.filters))
