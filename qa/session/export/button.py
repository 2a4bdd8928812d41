"""The export button of the header: what the page shows, as a file, made when it is clicked."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import streamlit as st

from qa import format
from qa.i18n import _, language, set_language
from qa.names import center_names
from qa.report.content.appendix import version_of
from qa.report.links import board_link
from qa.report.write import MIME_TYPES, FileFormat, rendered
from qa.session import data, drawn, state
from qa.session.export.content import page_document
from qa.session.export.parts import chosen, parts, subject
from qa.session.viewer import viewer
from qa.view import Choices, View, to_parameters

OFFERED: tuple[FileFormat, ...] = ("xlsx", "pptx", "pdf", "docx", "png")


def draw(title: str, path: str, view: View, choices: Choices) -> None:
    """Draw the button; nothing before the first build."""
    if data.warehouse() is None:
        return
    with st.popover(_("Export"), icon=":material/download:", key="frame-export", width="content", on_change="rerun") as popover:
        if popover.open:
            _choices(title, path, view, choices)


def _choices(title: str, path: str, view: View, choices: Choices) -> None:
    """What goes into the file, and a button a format."""
    made = _maker(title, path, view, choices, _parts(path))
    name = f"{path or 'overview'} {(view.shown(choices).date_to - timedelta(days=1)).isoformat()}"
    st.caption(_("What this page shows, as a file: charts stay editable in XLSX, PPTX and DOCX."))
    for kind in OFFERED:
        st.download_button(kind.upper(), partial(made, kind), f"{name}.{kind}", MIME_TYPES[kind], key=f"export-{kind}", on_click="ignore", width="stretch")


def _parts(path: str) -> tuple[str, ...]:
    """The keys of the parts of the page that the viewer wants; none for the whole page."""
    offered = parts([data.computed(make, *arguments) for make, arguments in drawn.of_last_run()])
    key = f"export-parts-{path}"
    # What was chosen under another filter may no longer be there.
    st.session_state[key] = [part for part in st.session_state.get(key, []) if part in offered]
    if len(offered) < 2:
        return ()
    return tuple(st.multiselect(_("Parts of the page"), list(offered), format_func=offered.__getitem__, key=key, placeholder=_("The whole page")))


def _maker(title: str, path: str, view: View, choices: Choices, wanted: tuple[str, ...]) -> Callable[[FileFormat], bytes]:
    """A function that makes the page's document as a file; it is called after the run, so it takes all it needs along."""
    build, scope, shown, spoken = data.warehouse(), viewer().scope, drawn.of_this_run(), language()
    addresses = state.addresses()

    def made(kind: FileFormat) -> bytes:
        set_language(spoken)
        # The page's own choices are in the address once the page has been drawn.
        address = addresses[-1] if addresses else to_parameters(view)
        link = board_link(path, [(name, value) for name, values in address.items() for value in values])
        boards = [make(build, scope, *arguments) for make, arguments in shown]
        about = subject(boards)
        subtitle = about or format.period(view.shown(choices), view.month_start)
        facts = [*([(_("Shown"), about)] if about else _of_view(build, view, choices)), *_facts(build, link)]
        return rendered(page_document(title, subtitle, facts, chosen(boards, wanted), build.manifest.built_at, link), kind)

    return made


def _of_view(build, view: View, choices: Choices) -> list[tuple[str, str]]:
    """What the filters say that the page is of."""
    names = center_names(build)
    chosen = {
        _("Centers"): [names.get(center, center) for center in view.centers], _("Team"): view.teams, _("Queue"): view.queues, _("Agent"): view.agents,
    }  # fmt: skip
    rows = _("; ").join(_("{label}: {name}").format(label=label, name=_(", ").join(values)) for label, values in chosen.items() if values)
    before = view.compared(choices)
    compared = [] if before is None else [(_("Changes against"), format.period(before, view.month_start))]
    return [
        (_("Period"), format.period(view.shown(choices), view.month_start)),
        *compared,
        (_("Rows counted"), rows or _("all that the viewer may see")),
    ]


def _facts(build, link: str) -> list[tuple[str, str]]:
    return [
        (_("Data"), _("up to {day}; rollups of {moment}").format(day=format.day(build.span.last_day), moment=format.moment(build.manifest.built_at))),
        (_("Version of definitions"), version_of(build)),
        (_("On the board"), link),
    ]
