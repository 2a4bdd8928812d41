"""What is said of explanations: their states, why they are owed, and whether chance alone could have done it."""

from qa import format
from qa.explanations.model import Figure
from qa.explanations.restated import Restated
from qa.i18n import _, say, sentences
from qa.metrics import METRICS


def state_word(state: str) -> str:
    """A state in a word or two."""
    words = {
        "owed": _("Not written"),
        "draft": _("Draft"),
        "reviewed": _("Reviewed"),
        "submitted": _("Submitted"),
        "accepted": _("Accepted"),
        "returned": _("Returned"),
    }
    return words[state]


def action_word(action: str) -> str:
    """What somebody did, as a history tells it."""
    words = {
        "list": _("Listed as owed"),
        "save": _("Saved"),
        "review": _("Reviewed"),
        "submit": _("Submitted"),
        "accept": _("Accepted"),
        "return": _("Returned"),
    }
    return words[action]


def value_words(figure: Figure) -> str:
    """The value with its unit, told apart from the bound it is held against."""
    bound = figure.minimum if figure.minimum is not None else figure.maximum
    return format.value(figure.value, METRICS[figure.metric].unit, beside=bound)


def target_words(figure: Figure) -> str:
    """The bound it is held against."""
    return format.bounds(figure.minimum, figure.maximum, METRICS[figure.metric].unit)


def behind_words(figure: Figure) -> str:
    """How far it is from headquarters, with its sign; "-" where that is not judged."""
    if figure.headquarters is None or figure.value is None:
        return format.NOTHING
    return format.change(figure.value - figure.headquarters, METRICS[figure.metric].unit)


def why(figure: Figure) -> str:
    """What the rule holds against the figure, in one clause."""
    found = []
    if "target" in figure.reasons:
        found.append(_("off its target of {target}").format(target=target_words(figure)))
    if "gap" in figure.reasons:
        text = _("{behind} against headquarters ({value}), the rule asks from {gap} on")
        unit = METRICS[figure.metric].unit
        found.append(text.format(behind=behind_words(figure), value=format.value(figure.headquarters, unit), gap=format.change(-(figure.gap or 0), unit)))
    return _("; ").join(found)


def noise_words(figure: Figure) -> str:
    """Whether the data carry the miss, in a sentence."""
    words = {
        "missed": _("The miss is beyond noise."),
        "uncertain": _("The miss may be chance: the interval does not exclude that the rule is met. The rule asks for an explanation all the same."),
        "too_few": _("Too few records to tell a miss from chance. The rule asks for an explanation all the same."),
        "met": _("By its interval the figure is on target."),
        "no_target": _("There is no target."),
    }
    return words[figure.verdict]


def restated_words(found: Restated) -> str:
    """What the data of now say beside what was reported."""
    figure, now = found.reported.figure, found.now
    if now is None:
        return _("Restated: the data hold nothing of it any more; reported was {value}.").format(value=value_words(figure))
    if not found.is_corrected:
        text = _("The target was changed afterwards, from {before} to {now}; what was reported stays.")
        return text.format(before=_held_against(figure, now), now=_held_against(now, figure))
    unit = METRICS[figure.metric].unit
    text = _("Restated: reported {before} (n = {n_before}), by the data of now {now} (n = {n_now}).")
    said = text.format(
        before=format.value(figure.value, unit, beside=now.value), n_before=format.count(figure.n),
        now=format.value(now.value, unit, beside=figure.value), n_now=format.count(now.n),
    )  # fmt: skip
    if found.turns:
        turned = _("By the data of now an explanation would be owed.") if now.is_owed else _("By the data of now none would be owed.")
        return sentences(said, turned)
    return said


def _held_against(figure: Figure, other: Figure) -> str:
    """The bound, with the gap to headquarters where the two differ in it."""
    if figure.gap == other.gap:
        return target_words(figure)
    if figure.gap is None:
        return _("{target} alone").format(target=target_words(figure))
    points = _("{number} pp").format(number=format.plain(round(figure.gap * 100, 6)))
    return _("; ").join((target_words(figure), _("less than {points} behind headquarters").format(points=points)))


def metric_name(figure: Figure) -> str:
    """The metric's name in the language in force."""
    return say(METRICS[figure.metric].name)
