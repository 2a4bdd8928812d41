"""What customers wrote: searched, filtered by score, page by page, the text never changed."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from qa.customers.rows import row_parameters
from qa.filters import Filters, Scope
from qa.relations import query_text
from qa.warehouse import Warehouse

A_PAGE = 20
MOST_IN_A_FILE = 100_000


@dataclass(frozen=True)
class Search:
    """What is looked for. ``wanted``: a part of the comment, "" for any.

    ``rated``: "all", "satisfied", "dissatisfied", or a score and the top of its scale, "2/5" ("2/" without a scale).
    """

    wanted: str = ""
    rated: str = "all"


@dataclass(frozen=True)
class Found:
    """A page of comments, columns as in ``queries/customers/comments.sql``, and how many there are in all."""

    rows: pl.DataFrame
    count: int


def comments(warehouse: Warehouse, scope: Scope, filters: Filters, search: Search, page: int = 1) -> Found | None:
    """The page, from 1, of the comments that the search finds; None where the extracts do not answer in time."""

    def fetched() -> Found | None:
        with suppress(TimeoutError):
            return _fetched(warehouse, scope, filters, search, A_PAGE, (page - 1) * A_PAGE)
        return None

    return warehouse.told(("comments", scope, filters, search, page), fetched)


def every_comment(warehouse: Warehouse, scope: Scope, filters: Filters, search: Search) -> Found:
    """All of them, up to what a file takes. Raises TimeoutError."""
    return _fetched(warehouse, scope, filters, search, MOST_IN_A_FILE, 0)


def scores(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[str]:
    """The scores that come with the period's comments, as ``Search.rated`` names them."""
    parameters = row_parameters(warehouse, scope, filters)
    names = ("date_from", "date_to", "centers")
    rows = warehouse.extract_rows(query_text("customers/comment_scores"), {name: parameters[name] for name in names})
    return [f"{_plain(score)}/{_plain(top)}" for score, top in rows.select("score", "scale_max").rows()]


def _fetched(warehouse: Warehouse, scope: Scope, filters: Filters, search: Search, limit: int, offset: int) -> Found:
    parameters = row_parameters(warehouse, scope, filters) | _condition(search.rated)
    parameters |= {"wanted": search.wanted, "row_limit": limit, "row_offset": offset}
    rows = warehouse.extract_rows(query_text("customers/comments"), parameters)
    return Found(rows.drop("found"), int(rows["found"][0]) if rows.height else 0)


def _condition(rated: str) -> dict[str, object]:
    """$satisfied, $score and $scale_max; every comment where ``rated`` is no score."""
    nothing: dict[str, object] = {"satisfied": None, "score": None, "scale_max": None}
    if rated in ("satisfied", "dissatisfied"):
        return nothing | {"satisfied": rated == "satisfied"}
    score, slash, top = rated.partition("/")
    return nothing | {"score": Decimal(score), "scale_max": Decimal(top) if top else None} if slash else nothing


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
