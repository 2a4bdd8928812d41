"""Where are the errors, are they fewer than before, and who makes which?"""

from qa import session
from qa.session.quality.choices import course_chosen
from qa.session.quality.errors import act, errors_items

if not session.no_build():
    asked = session.asked()
    course, rows = course_chosen(asked.filters)
    event = session.board(session.items(errors_items, asked, course, rows), key="errors")
    act(event, asked, course, rows)
