"""Why does a center differ: is its work mixed differently, or done differently, and where?"""

from qa import session
from qa.centers.sides import sides
from qa.session import data
from qa.session.centers.choices import course_chosen
from qa.session.centers.why import act, nothing_items, why_items
from qa.session.viewer import viewer

if not session.no_build():
    asked = session.asked()
    course = course_chosen(asked)
    if course is None:
        session.board(session.items(nothing_items, asked), key="why")
    else:
        event = session.board(session.items(why_items, asked, course), key="why")
        act(event, asked, course, data.computed(sides, asked, course), viewer().scope)
