"""The frame around every page: who looks, at what, and where to go."""

import streamlit as st

from qa.i18n import _, language, say
from qa.session import ahead, appearance, data, filter_bar, header, menu, state
from qa.session.board import load_board
from qa.session.drill import breadcrumb
from qa.session.explanations import visited
from qa.session.guard import guarded
from qa.session.record_link import leaf_of
from qa.text import Text


def declared() -> dict[str, list]:
    """The pages by section, named in the viewer's language."""
    return {
        _("Overview"): [
            st.Page("pages/overview/summary.py", title=_("Overview"), icon=":material/dashboard:", default=True),
        ],
        _("Trend"): [st.Page("pages/trend/trend.py", title=_("Trend"), icon=":material/show_chart:", url_path="trend")],
        say(Text("分中心", "Centers")): [
            st.Page("pages/centers/comparison.py", title=_("Comparison"), icon=":material/compare_arrows:", url_path="centers"),
            st.Page("pages/centers/why.py", title=_("Why it differs"), icon=":material/account_tree:", url_path="why"),
        ],
        _("Agents"): [
            st.Page("pages/agents/agents.py", title=_("Agents against targets"), icon=":material/groups:", url_path="agents"),
            st.Page("pages/agents/agent.py", title=_("One agent"), icon=":material/person:", url_path="agent"),
            st.Page("pages/agents/teams.py", title=_("Teams"), icon=":material/diversity_3:", url_path="teams"),
        ],
        _("Quality"): [
            st.Page("pages/quality/errors.py", title=_("Errors"), icon=":material/error:", url_path="errors"),
            st.Page("pages/quality/scores.py", title=_("Scores"), icon=":material/grade:", url_path="scores"),
            st.Page("pages/quality/item.py", title=_("Scorecard item"), icon=":material/checklist:", url_path="item"),
            st.Page("pages/quality/evaluation.py", title=_("Evaluation"), icon=":material/rate_review:", url_path="evaluation"),
        ],
        _("Customers"): [
            st.Page("pages/customers/satisfaction.py", title=_("Satisfaction"), icon=":material/sentiment_satisfied:", url_path="satisfaction"),
            st.Page("pages/customers/resolution.py", title=_("Resolution"), icon=":material/task_alt:", url_path="resolution"),
            st.Page("pages/customers/complaints.py", title=_("Complaints"), icon=":material/report:", url_path="complaints"),
        ],
        _("Calls"): [
            st.Page("pages/calls/service.py", title=_("Service"), icon=":material/support_agent:", url_path="service"),
            st.Page("pages/calls/outbound.py", title=_("Outbound"), icon=":material/phone_forwarded:", url_path="outbound"),
            st.Page("pages/calls/call.py", title=_("Call"), icon=":material/call:", url_path="call"),
        ],
        _("Improvement"): [
            st.Page("pages/improvement/before_after.py", title=_("Before and after"), icon=":material/compare_arrows:", url_path="improvement"),
        ],
        _("Headquarters and branch"): [
            st.Page("pages/headquarters/report.py", title=_("Monthly report"), icon=":material/description:", url_path="report"),
            st.Page("pages/headquarters/explanations.py", title=_("Explanations"), icon=":material/edit_note:", url_path="explanations"),
            st.Page("pages/headquarters/targets.py", title=_("Targets"), icon=":material/flag:", url_path="targets"),
        ],
        _("Data"): [
            st.Page("pages/data/extracts.py", title=_("State of the data"), icon=":material/fact_check:", url_path="extracts"),
            st.Page("pages/data/importing.py", title=_("Import"), icon=":material/upload_file:", url_path="import"),
            st.Page("pages/data/dictionary.py", title=_("Dictionary"), icon=":material/menu_book:", url_path="dictionary"),
            st.Page("pages/data/definitions.py", title=_("Definitions"), icon=":material/rule:", url_path="definitions"),
        ],
    }  # fmt: skip


st.set_page_config(layout="wide", page_icon=str(appearance.ICON), initial_sidebar_state=226)
appearance.stylesheet()
load_board()
with guarded():
    data.begin()
choices = data.choices()
view = state.restore(choices)
appearance.words_of_streamlit()

# Declaring the pages takes a fifth of a quick run, and they do not change while a session lasts.
sections = state.once(f"_pages {language()}", declared)
# The first page lives at the root; whoever types or keeps its name gets there too.
named = st.Page("pages/overview/summary.py", title=_("Overview"), url_path="overview", visibility="hidden")
page = st.navigation(sections | {"": [named]}, position="hidden")
if page == named:
    st.switch_page(sections[_("Overview")][0], query_params=st.query_params.to_dict())
st.set_page_config(page_title=_("{page} · Tingjian").format(page=page.title))

header.draw(page.title, page.url_path, view, choices, [entry.url_path for pages in sections.values() for entry in pages])
if filter_bar.applies(page.url_path):
    breadcrumb(view, choices, leaf_of(page.url_path))
view = filter_bar.draw(choices, page.url_path)
state.write(view)
menu.draw(sections, page.url_path, view)
visited.note(page.url_path, page.title, view, choices)
with guarded(), ahead.making_page():
    page.run()
    ahead.look(view, choices)
