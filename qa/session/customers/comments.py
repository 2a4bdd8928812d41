"""Customers' comments as items of the board, and as a table to download."""

import polars as pl

from qa import format
from qa.customers.comments import A_PAGE, Search, comments, every_comment, scores
from qa.filters import Filters, Scope
from qa.i18n import _, ngettext
from qa.names import names_of
from qa.records import record_key
from qa.session.board.items import Item, Mark, MarkState, Sentence, Sentences
from qa.session.customers.shared import score_text
from qa.warehouse import Warehouse
from qa.words import too_slow


def comment_items(warehouse: Warehouse, scope: Scope, filters: Filters, search: Search, page: int) -> list[Item]:
    """A page of the comments that the search finds, the text unchanged; each opens its call where that is known."""
    found = comments(warehouse, scope, filters, search, page)
    if found is None:
        return [Sentences("comments", _("Comments"), [Sentence("slow", too_slow())])]
    first = (page - 1) * A_PAGE + 1
    last = format.count(first + found.rows.height - 1)
    caption = ngettext(
        "{count} comment; shown: {first} to {last}, the newest first.", "{count} comments; shown: {first} to {last}, the newest first.", found.count
    ).format(count=format.count(found.count), first=format.count(first), last=last)
    sentences = [_sentence(row) for row in found.rows.iter_rows(named=True)]
    empty = _("No comment contains this text with this rating.") if search != Search() else _("No comments in this period.")
    return [Sentences("comments", _("Comments"), sentences, caption if sentences else "", empty=empty)]


def ratings(warehouse: Warehouse, scope: Scope, filters: Filters) -> dict[str, str]:
    """What comments can be filtered by -> its words."""
    named = {"all": _("Any rating"), "dissatisfied": _("Dissatisfied"), "satisfied": _("Satisfied")}
    return named | {rated: _("Score {score}").format(score=rated.rstrip("/").replace("/", " / ")) for rated in scores(warehouse, scope, filters)}


def comment_table(warehouse: Warehouse, scope: Scope, filters: Filters, search: Search) -> pl.DataFrame:
    """All comments that the search finds, under headings in the language in force."""
    rows, names = every_comment(warehouse, scope, filters, search).rows, names_of(warehouse)
    return rows.select(
        pl.col("survey_id").alias(_("Survey")),
        pl.col("sent_at").alias(_("Time")),
        pl.col("center_id").replace(names.centers).alias(_("Center")),
        pl.col("team").alias(_("Team")),
        pl.col("agent_id").replace(names.agents).alias(_("Agent")),
        pl.col("queue").alias(_("Queue")),
        pl.col("score").cast(pl.Float64).alias(_("Score")),
        pl.col("scale_max").cast(pl.Float64).alias(_("Top of the scale")),
        pl.col("satisfied").alias(_("Satisfied")),
        pl.col("reason").alias(_("Reason")),
        pl.col("comment").alias(_("Comment")),
    )


def _sentence(row: dict) -> Sentence:
    """The comment behind when it was made and its rating; its key is what ``open_call`` takes."""
    state: MarkState = "none" if row["satisfied"] is None else "met" if row["satisfied"] else "missed"
    rating = score_text(row["score"], row["scale_max"])
    if row["score"] is None:
        rating = format.NOTHING if row["satisfied"] is None else _("Satisfied") if row["satisfied"] else _("Dissatisfied")
    mark = Mark(state, f"{format.day(row['sent_at'])} · {rating}")
    key = record_key(row["sent_at"], row["call_id"]) if row["call_id"] else row["survey_id"]
    return Sentence(key, row["comment"], mark, opens=row["call_id"] is not None)
