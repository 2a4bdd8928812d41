"""Where a contract column comes from, in words."""

from qa.i18n import _, say
from qa.importing.dates import WORDS
from qa.importing.mapping import Take


def origin(take: Take) -> str:
    """The source columns, the template, the lookup or the constant, with the unit or the formats where there are some."""
    if take.constant is not None:
        return _("always {value}").format(value=take.constant)
    source = take.template or " + ".join(take.sources) or f"{take.lookup} ({', '.join(take.by)})"
    read = take.unit or _(", ").join(say(WORDS[form]) if form in WORDS else form for form in take.formats)
    return f"{source} [{read}]" if read else source
