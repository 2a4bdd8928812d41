"""What a server does before its first viewer comes: open the build and compute the page everybody opens first."""

import logging

from qa.i18n import set_language
from qa.process import leave_out_what_stays
from qa.session import data
from qa.session.overview.items import agent_items, groups_shown, month_items, summary_items
from qa.view import View

log = logging.getLogger("tingjian")


def warm() -> None:
    """Fill the caches for the overview as it opens; a failure is logged, the pages will tell the viewer."""
    try:
        build = data.newest()
        if build is None:
            return
        set_language("zh")
        choices = data.choices_of(build, None)
        asked = View().asked(choices)
        group = next(iter(data.kept(build, None, groups_shown, asked)), "")
        for make, arguments in ((summary_items, ()), (month_items, (group,)), (agent_items, ())):
            data.prepared(build, None, make, asked, *arguments)
    except Exception:
        log.exception("the first page could not be prepared")
    finally:
        leave_out_what_stays()
