"""What the satisfaction page says in sentences."""

import polars as pl

from qa import format
from qa.customers.satisfaction import Nonresponse, uneven_response
from qa.headlines import Headline
from qa.i18n import _, ngettext
from qa.session.board.items import Mark, Sentence


def answer_sentence(shown: dict[str, Headline]) -> Sentence:
    """How many of those who answered are satisfied, and how many answered at all."""
    rate, response = (shown[key].row if key in shown else None for key in ("satisfaction_rate", "response_rate"))
    if rate is None and response is None:
        return Sentence("answer", _("Nobody rated the service in this period."))
    asked = {"response": format.value(response["value"], "share"), "sent": format.count(response["n"])}
    if rate is None:
        return Sentence("answer", _("Nobody rated the service in this period; {response} of the {sent} asked answered.").format(**asked))
    text = _("{rate} of the {rated} customers who gave a rating are satisfied ({interval}); {response} of the {sent} asked answered.")
    words = {
        "rate": format.value(rate["value"], "share", beside=rate["minimum"]),
        "rated": format.count(rate["n"]),
        "interval": format.interval(rate["low"], rate["high"], "share"),
    }
    return Sentence("answer", text.format(**words, **asked))


def silent_sentences(found: Nonresponse | None, target: float | None, weighted: float | None) -> list[Sentence]:
    """What those who did not answer could make of the result, by how much, and what queues that answer less change."""
    if found is None or not found.silent:
        return []
    low, high = (format.value(bound, "share") for bound in found.bounds)
    text = ngettext(
        "{silent} customer gave no rating: were he dissatisfied, the rate would be {low}, were he satisfied, {high}.",
        "{silent} customers gave no rating: were all of them dissatisfied, the rate would be {low}, were all satisfied, {high}.",
        found.silent,
    )
    sentences = [Sentence("silent", text.format(silent=format.count(found.silent), low=low, high=high))]
    if target is not None:
        sentences.append(_against_target(found, target))
    if weighted is not None:
        observed = found.satisfied / found.rated
        text = _("With each queue weighted by how many were asked in it, the rate is {weighted} ({change}).")
        words = {"weighted": format.value(weighted, "share"), "change": format.change(weighted - observed, "share")}
        sentences.append(Sentence("weighted", text.format(**words)))
    return sentences


def _against_target(found: Nonresponse, target: float) -> Sentence:
    """How satisfied the silent would have to be for the target, or that they cannot move the whole across it."""
    if not found.is_carried_by_silent(target):
        text = _("Whatever they think, all asked stay on the same side of the target of {target}.")
        return Sentence("target", text.format(target=format.value(target, "share")), Mark("none", _("Robust")))
    needed = found.needed(target)
    words = {
        "target": format.value(target, "share"),
        "needed": format.value(needed, "share"),
        "change": format.change(needed - found.satisfied / found.rated, "share"),
    }
    text = _(
        "Non-response could carry the result: all asked reach the target of {target} only if at least {needed} of the silent are satisfied "
        "({change} against those who answered)."
    )
    return Sentence("target", text.format(**words), Mark("uncertain", _("Non-response")))


def response_change(response: Headline | None) -> list[Sentence]:
    """A warning where another share of customers answered in the period compared with."""
    if response is None or response.change is None or not response.change.is_real:
        return []
    text = _(
        "The response rate was {before} in the period compared with and is {now} now, more than noise: "
        "part of any change of satisfaction may be who answers."
    )
    words = {"before": format.value(response.change.before, "share"), "now": format.value(response.row["value"], "share")}
    return [Sentence("response change", text.format(**words), Mark("uncertain", _("Non-response")))]


def uneven_sentence(frame: pl.DataFrame, by: tuple[str, ...], titles: dict[str, str], least_n: int, alpha: float) -> Sentence:
    """Whether the groups compared answer unequally often, and by how much; ``frame`` has the key of ``titles`` as ``group``."""
    uneven = uneven_response(frame, by, least_n, alpha)
    if uneven.is_empty():
        return Sentence("uneven", _("No group answers more or less often than the others beyond chance."))
    own = frame.filter((pl.col("metric") == "response_rate") & pl.col("value").is_not_null() & (pl.col("n") >= least_n)).sort("value")
    low, high = own.row(0, named=True), own.row(-1, named=True)
    text = _("Response is uneven beyond chance, from {low} ({low_rate}) to {high} ({high_rate}): part of the differences in satisfaction may be who answers.")
    words = {
        "low": titles[low["group"]], "low_rate": format.value(low["value"], "share"),
        "high": titles[high["group"]], "high_rate": format.value(high["value"], "share"),
    }  # fmt: skip
    return Sentence("uneven", text.format(**words), Mark("uncertain", _("Non-response")))
