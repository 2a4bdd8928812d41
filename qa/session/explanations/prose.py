"""An explanation to read, and its history."""

from html import escape

import streamlit as st

from qa import format
from qa.explanations.listing import local
from qa.explanations.model import Change, Content
from qa.explanations.words import action_word, state_word
from qa.i18n import _, ngettext, say
from qa.people import ROLE_NAMES
from qa.session.reading import section


def prose(content: Content) -> None:
    """The text, causes, measures and attached views."""
    text = content.text.strip() or _("Nothing has been written yet.")
    parts = [f"<h3>{escape(_('Explanation'))}</h3><p>{escape(text)}</p>"]
    if content.causes:
        parts.append(f"<h3>{escape(_('Causes'))}</h3>{_listed([cause.text for cause in content.causes])}")
    st.html(f'<div class="qa-prose">{"".join(parts)}</div>')
    if content.measures:
        rows = {
            _("Measures"): [measure.what or format.NOTHING for measure in content.measures],
            _("Owner"): [measure.owner or format.NOTHING for measure in content.measures],
            _("By (date)"): [format.day(measure.due) for measure in content.measures],
        }
        st.html(f'<div class="qa-reading qa-measures">{section("", "", rows)}</div>')
    _attached(content)


def history(changes: list[Change]) -> None:
    """Who did what when, the latest first, and the words of any version."""
    latest = list(reversed(changes))
    rows = {
        _("When"): [format.moment(local(change.at).replace(tzinfo=None)) for change in latest],
        _("Who"): ["\n".join((_who(change), _role(change))) if _role(change) else _who(change) for change in latest],
        _("What"): [_what(change) for change in latest],
        _("State"): [state_word(change.state_after) for change in latest],
        _("Reason or extent"): [change.reason or (_extent(change.content) if change.action == "save" else "") for change in latest],
    }
    st.html(f'<div class="qa-reading qa-history">{section(_("History"), "", rows)}</div>')
    versions = {change.version: change for change in latest if change.action == "save"}
    if len(versions) > 1:
        with st.expander(_("Earlier versions")):
            number = st.selectbox(_("Version"), list(versions), format_func=lambda chosen: f"{chosen} · {_who(versions[chosen])}", width=280)
            prose(versions[number].content)


def _attached(content: Content) -> None:
    if not content.attachments:
        return
    titles = [f'<a href="{escape(kept.link)}" target="_self">{escape(kept.title)}</a>' for kept in content.attachments]
    figures = [_("; ").join(f"{name} {text}" for name, text in kept.figures) or format.NOTHING for kept in content.attachments]
    lines = "".join(f"<tr><td>{title}</td><td>{escape(text)}</td></tr>" for title, text in zip(titles, figures, strict=True))
    head = f"<tr><th>{escape(_('Attached views'))}</th><th>{escape(_('Figures when it was attached'))}</th></tr>"
    st.html(f'<div class="qa-reading qa-attached"><table><thead>{head}</thead><tbody>{lines}</tbody></table></div>')


def _listed(texts: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _who(change: Change) -> str:
    return _("The board") if change.who == "-" else change.who


def _role(change: Change) -> str:
    return say(ROLE_NAMES[change.role]) if change.role in ROLE_NAMES else ""


def _what(change: Change) -> str:
    return action_word(change.action) + (f"\n{_('after the due day')}" if change.is_late else "")


def _extent(content: Content) -> str:
    """How much an explanation says."""
    if not (content.text or content.causes or content.measures):
        return ""
    characters, causes, measures = len(content.text), len(content.causes), len(content.measures)
    parts = (
        ngettext("{count} character", "{count} characters", characters).format(count=format.count(characters)),
        ngettext("{count} cause", "{count} causes", causes).format(count=causes),
        ngettext("{count} measure", "{count} measures", measures).format(count=measures),
    )
    return _(", ").join(parts)
