"""Where a contract column comes from, in words."""

from qa.i18n import _, say
from qa.importing.date_forms import in_words
from qa.importing.date_words import in_plain_words
from qa.importing.mapping import Take


def origin(take: Take) -> str:
    """The source columns, the template, the lookup or the constant, with the unit or the formats where there are some."""
    if take.constant is not None:
        return _("always {value}").format(value=_said(take.constant))
    source = take.template or " + ".join(take.sources or take.marks or ()) or f"{take.lookup} ({', '.join(take.by)})"
    forms = [part for form in take.formats for part in (map(say, in_plain_words(form)) if in_words(form) else [form])]
    read = take.unit or _(", ").join(forms)
    return f"{source} [{read}]" if read else source


def _said(constant: str | float | bool) -> str:
    return (_("yes") if constant else _("no")) if isinstance(constant, bool) else str(constant)
