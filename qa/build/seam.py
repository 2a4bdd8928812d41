"""What a build asks of the engine that computes its rollups, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from qa.build.partitions import Partition
from qa.config import Config
from qa.contract import TABLES
from qa.periods import Period
from qa.relations import Span, definition_macros, fact_views

# The column that places a row in time, for every table the span of the data is read from.
DATED = {name: declared.time for name, declared in TABLES.items() if declared.time}

# The last day a row covers, where that is not the day of its time.
LAST_DAYS = {"call_counts": "case when grain = 'month' then last_day(period) else period end"}


class Seam(ABC):
    """An engine. Statements are in DuckDB's dialect; an engine with another one translates them."""

    # Rows of extracts that a build may let it read in one go.
    rows_at_once: int
    # And that one statement reads, where it is for more than one month.
    rows_a_statement: int

    @abstractmethod
    def read(self, files: Mapping[str, Sequence[Path]], calls: Period | None = None) -> None:
        """Let the contract's views stand over these files; ``calls``: over the calls of these days only."""

    @abstractmethod
    def run(self, statement: str) -> None:
        """Create a macro or a view."""

    @abstractmethod
    def keep(self, name: str, sql: str, condition: str, parameters: dict[str, Any]) -> None:
        """Let the view of this name stand over the rows of a query that meet the condition, computed once."""

    def release(self, names: Sequence[str]) -> None:
        """Let the views of these names stand over the extracts again."""
        for statement in fact_views(names):
            self.run(statement)

    @abstractmethod
    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple]:
        """All rows of a small result."""

    @abstractmethod
    def day_digests(self, name: str) -> dict[date, str]:
        """What each day of a table holds in the files read last, as a digest: another when a row is. Every engine has the same."""

    @abstractmethod
    def write(self, sql: str, parameters: dict[str, Any], targets: Mapping[Path, Partition], day: str) -> None:
        """Write the rows of a query to Parquet files: one for all, or one for each partition's days by the column ``day``.

        A partition made only in part takes its other days from the file it had before.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of whatever it holds."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def define(self, config: Config, span: Span, relations: Sequence[str]) -> None:
        """Create the definitions in force, the given helper relations, and the fact views."""
        for statement in (*definition_macros(config, span), *relations, *fact_views()):
            self.run(statement)

    def span(self) -> Span | None:
        """The first and last day of all dated tables; None when there is nothing."""
        parts = " union all ".join(
            f"select cast(min({column}) as date) as first_day, cast(max({LAST_DAYS.get(name, column)}) as date) as last_day from {name}"
            for name, column in DATED.items()
        )
        first, last = self.rows(f"select min(first_day), max(last_day) from ({parts}) as spans")[0]
        return Span(first, last) if isinstance(first, date) else None

    def centers(self) -> dict[str, int]:
        """Every center with the day its months start on."""
        return {center: int(start or 1) for center, start in self.rows("select center_id, period_start_day from centers")}
