"""How often does one scorecard item go wrong, with whom, and what is written of it?"""

from qa import session
from qa.i18n import _
from qa.keys import parted
from qa.session import data
from qa.session.pick import pick
from qa.session.quality.choices import item_words
from qa.session.quality.item import act, item_items, no_items

if not session.no_build():
    asked = session.asked()
    words = data.computed(item_words, asked)
    if words:
        card, item = parted(pick("item", _("Scorecard item"), words, width=520))
        event = session.board(session.items(item_items, asked, (card, item)), key="item")
        act(event, asked, (card, item))
    else:
        session.board(session.items(no_items, asked), key="item")
