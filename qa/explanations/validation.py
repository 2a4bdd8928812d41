"""What an explanation must say before it may go on, in the writer's language."""

from qa.explanations.model import Content
from qa.i18n import _

LONGEST_TEXT = 20_000
LONGEST_LINE = 500
MOST = 30


def unusable(content: Content) -> str | None:
    """Why the content cannot be kept at all; None for one that can."""
    if len(content.text) > LONGEST_TEXT:
        return _("The text has {count} characters; at most {most} are kept.").format(count=len(content.text), most=LONGEST_TEXT)
    lines = [cause.text for cause in content.causes] + [part for measure in content.measures for part in (measure.what, measure.owner)]
    if any(len(line) > LONGEST_LINE for line in lines):
        return _("A cause, measure or owner is longer than {most} characters.").format(most=LONGEST_LINE)
    if max(len(content.causes), len(content.measures), len(content.attachments)) > MOST:
        return _("More than {most} causes, measures or attachments cannot be kept.").format(most=MOST)
    if any("\0" in line for line in (content.text, *lines)):
        return _("The text holds a character that no database keeps (NUL).")
    if not all(attachment.link.startswith("/") and not attachment.link.startswith("//") for attachment in content.attachments):
        return _("An attachment must be a view of this board.")
    return None


def lacking(content: Content) -> list[str]:
    """One sentence for each thing that is missing before the explanation can go on."""
    found = []
    if not content.text.strip():
        found.append(_("The text is empty."))
    if not content.causes:
        found.append(_("No cause is named."))
    if not content.measures:
        found.append(_("No measure is named."))
    for number, measure in enumerate(content.measures, 1):
        if not measure.what.strip() or not measure.owner.strip() or measure.due is None:
            found.append(_("Measure {number} needs what is done, an owner and a date.").format(number=number))
    return found
