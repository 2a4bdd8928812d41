"""Was it settled at once? By the calls, by the customers, by any window, and how soon people call again."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from qa.config import Config
from qa.customers.rows import row_parameters
from qa.filters import Filters, Scope
from qa.relations import query_text
from qa.stats.intervals import wilson
from qa.stats.paired import paired_p_value
from qa.stats.survival import returned_within
from qa.warehouse import Warehouse

LONGEST_WINDOW = 30
# A chain is followed this long past the period in which it began.
FOLLOWED_FOR = timedelta(days=92)
MOST_CHAINS = 200


@dataclass(frozen=True)
class Pairs:
    """Answers to "resolved first time?" of a period, by what the calls say of the same contact.

    An answer is compared where its call is a first contact whose window is over; the others are counted by what keeps
    them apart.
    """

    answers: int
    of_repeat_contacts: int
    of_provisional_contacts: int
    resolved_by_both: int
    resolved_by_survey_only: int
    resolved_by_calls_only: int
    resolved_by_neither: int

    @property
    def compared(self) -> int:
        return self.resolved_by_both + self.resolved_by_survey_only + self.resolved_by_calls_only + self.resolved_by_neither

    @property
    def without_contact(self) -> int:
        """Answers whose call is not known, or not that of a known customer."""
        return self.answers - self.compared - self.of_repeat_contacts - self.of_provisional_contacts

    @property
    def by_survey(self) -> float | None:
        """The share of the compared contacts that the customers call resolved."""
        return (self.resolved_by_both + self.resolved_by_survey_only) / self.compared if self.compared else None

    @property
    def by_calls(self) -> float | None:
        """The share of the compared contacts that the calls show resolved."""
        return (self.resolved_by_both + self.resolved_by_calls_only) / self.compared if self.compared else None

    @property
    def agreement(self) -> float | None:
        """The share of the compared contacts on which both say the same."""
        return (self.resolved_by_both + self.resolved_by_neither) / self.compared if self.compared else None

    @property
    def p_value(self) -> float:
        """How likely chance alone makes them disagree as unevenly as this."""
        return paired_p_value(self.resolved_by_survey_only, self.resolved_by_calls_only)


@dataclass(frozen=True)
class Apart:
    """One-time resolution minus first-call resolution, and its two parts, which add up to it exactly.

    ``by_judgement``: the same contacts, judged by the customer and by the calls. ``by_coverage``: the answers and the
    first contacts that the other measure does not have.
    """

    whole: float
    by_judgement: float

    @property
    def by_coverage(self) -> float:
        return self.whole - self.by_judgement


def pairs(warehouse: Warehouse, scope: Scope, filters: Filters) -> Pairs:
    """The period's answers beside its calls."""
    rows = warehouse.rollup_rows(query_text("customers/resolution_pairs"), row_parameters(warehouse, scope, filters))
    return Pairs(**rows.row(0, named=True))


def apart(one_time: float | None, first_call: float | None, found: Pairs) -> Apart | None:
    """How far the two figures are apart and why; None where one of them, or every comparison, is missing."""
    if one_time is None or first_call is None or not found.compared:
        return None
    return Apart(one_time - first_call, found.by_survey - found.by_calls)


def gaps(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The period's contacts by how far off their neighbours are; columns as in ``queries/customers/contact_gaps.sql``."""
    parameters = row_parameters(warehouse, scope, filters)
    if parameters["teams"] is None and parameters["agents"] is None:
        del parameters["teams"], parameters["agents"]
        return warehouse.rollup_rows(query_text("customers/contact_gaps"), parameters)
    return warehouse.rollup_rows(query_text("customers/contact_gaps_of_agents"), parameters)


def windows(found: pl.DataFrame, config: Config) -> pl.DataFrame:
    """First-call resolution and repeat-call rate for every window of 1 to 30 days, and for the one in force.

    Columns: window (days), is_in_force, then for each figure (``resolved``, ``repeated``) its numerator, denominator,
    value, low and high, and provisional (first contacts whose window is not over). A contact is a repeat under a window
    that is longer than the days since the one before, and is judged when the days known after it reach the window.
    """
    in_force = config.definitions.resolution_window_days
    days = found["days"].to_numpy()
    columns = {name: found[name].to_numpy().astype(float) for name in ("contacts", "first_contacts", "resolved_first_contacts")}
    lengths = [*range(1, LONGEST_WINDOW + 1), *([in_force] if in_force > LONGEST_WINDOW else [])]
    repeats = np.array([columns["contacts"][days < length].sum() for length in lengths])
    firsts = np.array([columns["first_contacts"][days >= length].sum() for length in lengths])
    resolved = np.array([columns["resolved_first_contacts"][days >= length].sum() for length in lengths])
    contacts = np.full(len(lengths), columns["contacts"].sum())
    confidence = config.statistics.confidence
    return pl.DataFrame(
        {"window": lengths, "is_in_force": [length == in_force for length in lengths]}
        | _share("resolved", resolved, firsts, confidence)
        | _share("repeated", repeats, contacts, confidence)
        | {"provisional": contacts - repeats - firsts}
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def called_again(found: pl.DataFrame, config: Config) -> pl.DataFrame:
    """The share of contacts followed by another of the same customer and reason within 0 to 30 days.

    Columns: days, value, low, high, watched (how many were watched for all of the day before, and had not called again).
    A contact near the end of the data counts for the days that are known whole, no longer.
    """
    known = dict(zip(found["days"].to_list(), found.select("followed_contacts", "watched_contacts").rows(), strict=True))
    reach = range(LONGEST_WINDOW)
    returned = [known.get(day, (0, 0))[0] for day in reach]
    watched = [sum(count for last, (_followed, count) in known.items() if last >= day) for day in reach]
    value, low, high = returned_within(returned, watched, config.statistics.confidence)
    frame = pl.DataFrame({"days": [*range(LONGEST_WINDOW + 1)], "value": value, "low": low, "high": high, "watched": [watched[0], *watched]})
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))


def chains(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The longest chains of contacts that began in the period; columns as in ``queries/customers/chains.sql``.

    Raises TimeoutError when the extracts do not answer in time.
    """
    parameters = row_parameters(warehouse, scope, filters)
    parameters |= {
        "reach_until": parameters["date_to"] + FOLLOWED_FOR,
        "window_days": warehouse.config.definitions.resolution_window_days,
        "row_limit": MOST_CHAINS,
    }
    return warehouse.extract_rows(query_text("customers/chains"), parameters)


def _share(name: str, numerator: np.ndarray, denominator: np.ndarray, confidence: float) -> dict[str, np.ndarray]:
    low, high = wilson(numerator, denominator, confidence)
    value = np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0)
    return {f"{name}_numerator": numerator, f"{name}_denominator": denominator, f"{name}_value": value, f"{name}_low": low, f"{name}_high": high}
