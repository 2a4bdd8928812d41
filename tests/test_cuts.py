"""What is cut out of a wider answer is what the question by itself is answered with."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from weakref import ref

import pytest
from polars.testing import assert_frame_equal

from qa import sums
from qa.cuts import cut_of
from qa.filters import Filters, Scope
from qa.measured import monthly_course
from qa.metrics import METRICS
from qa.periods import Period, buckets
from qa.query import Query, Question, obstacle, questions, rollup_query
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.support.world import NOON, World

GROUPINGS = ((), ("month",), ("center",), ("center", "month"), ("day",), ("queue",), ("team",), ("center", "team", "agent"))
KEYS = (
    "mean_score", "pass_rate", "satisfaction_rate", "first_call_resolution", "complaint_rate", "answer_rate", "mean_handling", "talk_hours_per_day",
    "plan_completion",
)  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Warehouse:
    world = World(tmp_path_factory.mktemp("cuts"))
    world.tables = random_tables(0)
    return world.warehouse()


def asked(warehouse: Warehouse, scope: Scope) -> Iterator[Question]:
    """Each month, all of them and one nobody recorded, of all centers and of one, by every grouping; months from the 1st and from the 21st."""
    months = {start: buckets(Period(warehouse.span.first_day, warehouse.span.until), "month", start) for start in (1, 21)}
    periods = [(start, month) for start, whole in months.items() for month in (*whole, Period(whole[0].date_from, whole[-1].date_to))]
    first = months[1][1].date_from
    periods += [(1, Period(date(1999, 1, 1), date(1999, 2, 1))), (1, Period(first, first + timedelta(days=9))), (21, months[1][1]), (1, months[21][1])]
    for by, (start, period), centers in product(GROUPINGS, periods, (None, ("C2",), ("C1", "C2"))):
        filters = Filters(*period, centers=centers, date_basis="call" if by == ("center",) else "evaluated", month_start=start)
        keys = [key for key in KEYS if not obstacle(METRICS[key], by, filters) and not warehouse.missing_tables(METRICS[key].sources)]
        yield from questions(keys, by, filters, scope)


@pytest.mark.parametrize("scope", [None, frozenset({"C2", "C3"})])
def test_a_cut_says_what_the_question_alone_would_be_told(warehouse: Warehouse, scope: Scope):
    cut = 0
    for question in asked(warehouse, scope):
        expected = warehouse._sums._run(rollup_query(question, warehouse.measures))
        found = warehouse.sums(question).select(expected.columns)
        by = list(question.by)
        if by:
            expected, found = expected.sort(by), found.sort(by)
        assert_frame_equal(found, expected, check_exact=False, abs_tol=0, rel_tol=1e-12)
        cut += cut_of(question) is not None
    assert cut > 100


@pytest.mark.parametrize("scope", [None, frozenset({"C2", "C3"})])
def test_what_was_fetched_ahead_says_the_same(warehouse: Warehouse, scope: Scope):
    together, found = Warehouse.open(warehouse.data), list(asked(warehouse, scope))
    together.ahead(found)
    for question in found:
        expected = warehouse.sums(question)
        assert_frame_equal(together.sums(question).select(expected.columns), expected, check_exact=False, abs_tol=0, rel_tol=1e-12)


def test_a_center_outside_the_scope_has_no_figures(warehouse: Warehouse):
    month = buckets(Period(warehouse.span.first_day, warehouse.span.until), "month")[1]
    question = Question(("answer_rate",), ("center",), Filters(*month, centers=("C2",)), frozenset({"C1"}))
    assert cut_of(question) is not None
    assert warehouse.sums(question).height == 0
    assert warehouse.sums(replace(question, scope=None)).height == 1


def test_part_of_a_month_is_asked_by_itself():
    assert cut_of(Question(("answer_rate",), (), Filters(date(2026, 3, 1), date(2026, 3, 20)), None)) is None
    assert cut_of(Question(("answer_rate",), (), Filters(date(2026, 3, 1), date(2026, 4, 1)), None)) is not None


def test_months_from_the_21st_are_cut_among_themselves():
    first, until = date(2026, 2, 21), date(2026, 3, 21)
    assert cut_of(Question(("answer_rate",), (), Filters(first, until, month_start=21), None)).wide.filters == Filters(month_start=21)
    assert cut_of(Question(("answer_rate",), (), Filters(first, until), None)) is None


def test_weeks_are_asked_by_themselves():
    assert cut_of(Question(("answer_rate",), ("week",), Filters(date(2026, 3, 1), date(2026, 4, 1)), None)) is None


def test_sums_that_are_not_in_memory_are_asked_of_their_own_days_only():
    """To read all months of items for one would cost more than it saves."""
    assert cut_of(Question(("error_count",), ("item",), Filters(date(2026, 3, 1), date(2026, 4, 1)), None)) is None


def test_too_many_agents_are_asked_month_by_month(warehouse: Warehouse, monkeypatch):
    """All months of all agents would not fit into memory."""
    monkeypatch.setattr(sums, "WIDEST", 0)
    month = buckets(Period(warehouse.span.first_day, warehouse.span.until), "month")[0]
    question = Question(("answer_rate",), ("agent",), Filters(*month), None)
    other = Warehouse.open(warehouse.data)
    assert_frame_equal(other.sums(question), warehouse.sums(question))
    assert [by for _sources, by, _filters, _scope in other._sums._answers] == [("agent",)]


def test_an_answer_does_not_take_the_place_of_another_of_the_same_rows(warehouse: Warehouse):
    month = Filters(*buckets(Period(warehouse.span.first_day, warehouse.span.until), "month")[0])
    for keys in (("answer_rate",), ("mean_handling",), ("answer_rate",)):
        assert {f"{key}.numerator" for key in keys} <= set(warehouse.sums(Question(keys, (), month, None)).columns)


def test_an_answer_of_other_metrics_that_came_late_is_not_taken_for_the_one_asked(warehouse: Warehouse):
    """Two viewers ask different metrics of the same rows at once: the later answer takes the place of the other."""
    month = Filters(*buckets(Period(warehouse.span.first_day, warehouse.span.until), "month")[0])
    first, second = (Question((key,), (), month, None) for key in ("answer_rate", "abandonment_rate"))
    other = Warehouse.open(warehouse.data)
    other.sums(first)
    late = Warehouse.open(warehouse.data)
    late.sums(second)
    other._sums._answers = late._sums._answers
    assert other.sums(second)["abandonment_rate.n"].to_list() == late.sums(second)["abandonment_rate.n"].to_list()


def test_a_build_nobody_holds_any_more_is_gone_at_once(warehouse: Warehouse):
    """What is left to the next look for garbage stays for minutes, and for ever where it was there when the server began."""
    other = Warehouse.open(warehouse.data)
    other.sums(Question(("answer_rate",), (), Filters(), None))
    known = ref(other)
    gc.disable()
    try:
        del other
        assert known() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("by", [(), ("center",)])
@pytest.mark.parametrize("narrowed", [{}, {"centers": ("C2",)}, {"centers": ("C2",), "month_start": 21}, {"date_basis": "call"}, {"teams": ("一组",)}])
def test_the_months_of_a_line_are_those_asked_for_by_themselves(warehouse: Warehouse, by: tuple[str, ...], narrowed: dict, monkeypatch):
    window = Filters(*buckets(Period(warehouse.span.first_day, warehouse.span.until), "month")[1], **narrowed)
    together = monthly_course(warehouse, KEYS, by, window, None)
    monkeypatch.setattr(Warehouse, "cut", lambda _self, _question: None)
    alone = monthly_course(Warehouse.open(warehouse.data), KEYS, by, window, None)
    assert list(together) == list(alone)
    for key, course in alone.items():
        assert_frame_equal(together[key].sort(*by, "period"), course.sort(*by, "period"), check_exact=False, abs_tol=0, rel_tol=1e-12)


def test_months_after_the_last_of_the_data_have_no_course(tmp_path: Path):
    """A call's day may be any where somebody mistyped it."""
    world = World(tmp_path)
    calls = [{"call_at": NOON, "evaluated_at": NOON}, {"call_at": datetime(9999, 12, 31), "evaluated_at": NOON}]
    warehouse = world.add("evaluations", calls).warehouse()
    month = Filters(date(2026, 10, 1), date(2026, 11, 1), date_basis="call")
    assert monthly_course(warehouse, ("mean_score",), (), month, None)["mean_score"]["period"].to_list() == [date(2026, 10, 1)]


def test_whoever_steps_through_months_asks_once(tmp_path: Path):
    world = World(tmp_path)
    world.tables = random_tables(0)
    warehouse = world.warehouse()
    queries: list[Query] = []
    run = warehouse._sums._run
    warehouse._sums._run = lambda query: queries.append(query) or run(query)
    for month in buckets(Period(warehouse.span.first_day, warehouse.span.until), "month"):
        for by in ((), ("month",)):
            warehouse.sums(Question(("answer_rate",), by, Filters(*month), None))
    assert len(queries) == 1
