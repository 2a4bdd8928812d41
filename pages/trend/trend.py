"""Has it changed, since when, and will the target be met, or is it ordinary variation?"""

from qa import session
from qa.session import data
from qa.session.trend.choices import course_chosen
from qa.session.trend.items import clicked, trend_items

if not session.no_build():
    filters = session.asked().filters
    course = course_chosen(filters)
    event = session.board(session.items(trend_items, filters, course), key="trend")
    session.prove(clicked(event, data.warehouse(), filters, course))
