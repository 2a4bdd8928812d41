"""Dates with a year of two digits: one of three numbers, and which one has to be certain. Zones and orders said together."""

import datetime as dt
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.importing.date_column import Column
from qa.importing.date_forms import Reading, candidates
from qa.importing.date_orders import decide
from qa.importing.date_words import ORDERS, Said
from qa.importing.engine import open_engine
from qa.importing.errors import NeedsUser, Refused
from qa.importing.sql import Bindings
from tests.importing.desk import times

FORMS = {"day first": "%d{0}%m{0}%y", "month first": "%m{0}%d{0}%y", "year first": "%y{0}%m{0}%d"}


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["10/29/26", "11/01/26"], ["2026-10-29", "2026-11-01"]),
        (["1/5/26 14:05", "29.10.2026"], ["2026-05-01 14:05", "2026-10-29"]),
        (["29-10-99", "30-10-99"], ["1999-10-29", "1999-10-30"]),
        (["26-10-29", "26-10-5"], ["2026-10-29", "2026-10-05"]),
        (["26/03/32", "01/03/32"], ["2032-03-26", "2032-03-01"]),
        (["11/11/11", "12/12/12 2:05 PM"], ["2011-11-11", "2012-12-12 14:05"]),
        (["26年3月5日", "2026年3月6日 9时07分"], ["2026-03-05", "2026-03-06 09:07"]),
        (["29/10/26", "05/11/2026"], ["2026-10-29", "2026-11-05"]),
    ],
)
def test_the_only_order_that_reads_every_row_is_taken(desk, texts, read):
    assert [at.removesuffix(":00").removesuffix(" 00:00") for at in times(desk, *texts)] == read


@pytest.mark.parametrize(
    ("texts", "answers"),
    [
        (["29.10.26", "30.10.26"], {"day first": "2026-10-29", "year first": "2029-10-26"}),
        (["04/05/26"], {"day first": "2026-05-04", "month first": "2026-04-05", "year first": "2004-05-26"}),
        (["4/5/26"], {"day first": "2026-05-04", "month first": "2026-04-05"}),
        (["2026-03-05", "05/03/24"], {"day first": "2024-03-05", "month first": "2024-05-03", "year first": "2005-03-24"}),
    ],
)
def test_what_several_orders_read_is_asked(desk, texts, answers):
    with pytest.raises(NeedsUser) as caught:
        times(desk, *texts)
    said = {answer: text.en.rpartition(" is ")[2] for answer, text in caught.value.question.answers.items()}
    assert said == answers and all(answer in caught.value.text.zh for answer in answers)


@pytest.mark.parametrize(("order", "read"), [("day first", "2026-05-04"), ("month first", "2026-04-05"), ("year first", "2004-05-26")])
def test_an_answer_decides(desk, order, read):
    assert times(desk, "04/05/26 09:07", form=order) == [f"{read} 09:07:00"]


def test_a_file_in_another_order_than_said_is_asked_about_anew(desk):
    with pytest.raises(NeedsUser, match=r"rows 3 .10/29/26") as caught:
        times(desk, "04/05/26", "10/29/26", form="day first")
    assert list(caught.value.question.answers) == ["month first"]
    with pytest.raises(NeedsUser, match="year/month/day, but"):
        times(desk, "04/05/2026", form="year first")


def test_several_orders_in_one_column_stop_the_import(desk):
    with pytest.raises(Refused) as caught:
        times(desk, "29.10.26", "10.29.26")
    assert "rows 2 (29.10.26) are day/month/year or year/month/day, rows 3 (10.29.26) month/day/year" in caught.value.text.en


def test_days_of_a_month_are_not_taken_for_thirty_years(desk):
    days = [dt.date(2026, 10, day) for day in range(1, 32)]
    assert times(desk, *(f"{day:%d.%m.%y}" for day in days)) == times(desk, *(f"{day:%y-%m-%d}" for day in days)) == [f"{day} 00:00:00" for day in days]


def test_first_days_of_months_over_many_years_are_asked_about(desk):
    with pytest.raises(NeedsUser):
        times(desk, *(f"{year:02d}-{month:02d}-01" for year in range(8, 27) for month in range(1, 13)))


@pytest.mark.parametrize("text", ["29/10/26", "29/10/2026"])
def test_of_several_formats_the_one_that_gives_a_year_of_our_time_is_taken(desk, text):
    assert times(desk, text, form=["%d/%m/%Y", "%d/%m/%y"]) == ["2026-10-29 00:00:00"]


def test_years_of_two_digits_have_two(desk):
    assert times(desk, "29/10/26", "29/10/6", form="%d/%m/%y") == ["2026-10-29 00:00:00"]
    assert [row[3] for row in desk.quarantine("calls")] == ["29/10/6"]


@pytest.mark.parametrize("text", ["1-2", "10-15-20-25", "1.2.3", "13/13/26x"])
def test_what_is_no_date_stays_none(text):
    assert not candidates(text)


@pytest.mark.parametrize("form", ["Asia/Shanghai day first", "Asia/Shanghai %d/%m/%Y %H:%M"])
def test_a_zone_and_an_order_are_said_together(desk, form):
    assert times(desk, "05/03/2026 20:07Z", "06/03/2026 01:07Z", form=form) == ["2026-03-06 04:07:00", "2026-03-06 09:07:00"]


def test_the_second_question_keeps_the_first_answer(desk):
    texts = ["05/03/26 20:07Z", "05/04/26 20:07Z"]
    with pytest.raises(NeedsUser) as caught:
        times(desk, *texts)
    assert caught.value.question.zones
    with pytest.raises(NeedsUser, match="'Asia/Shanghai day first' or 'Asia/Shanghai month first'"):
        times(desk, *texts, form="Asia/Shanghai")
    with pytest.raises(NeedsUser, match="'Asia/Shanghai month first' turns"):
        times(desk, *texts, form="month first")
    assert times(desk, *texts, form="Asia/Shanghai month first") == ["2026-05-04 04:07:00", "2026-05-05 04:07:00"]


def test_clocks_as_written_and_an_order(desk):
    assert times(desk, "05/03/2026 20:07+08:00", "06/03/2026 01:07 Z", form="as written day first") == ["2026-03-05 20:07:00", "2026-03-06 01:07:00"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2049, 12, 31)), min_size=1, max_size=40), st.sampled_from(list(FORMS)), st.sampled_from("/-."))
def test_no_date_is_read_in_another_order_than_it_was_written_in(tmp_path_factory, days, order, sign):
    texts = [day.strftime(FORMS[order].format(sign)) for day in days]
    with closing(open_engine(tmp_path_factory.mktemp("short"))) as con:
        con.execute("create table texts as select unnest($texts) as text, generate_subscripts($texts, 1) as _row", {"texts": texts})
        column = Column("select * from texts", Bindings(), "day")
        formats = list(dict.fromkeys(form for text in texts for form in candidates(text)))
        try:
            chosen = decide(con, column, formats, Said())
        except NeedsUser as problem:
            assert ORDERS[order].en in problem.text.en and " or " in problem.text.en
            chosen = decide(con, column, formats, Said(order=order))
        bindings = Bindings()
        read = column.ask(con, f"select {Reading(tuple(chosen)).sql('text', bindings)}::date from dates order by _row", bindings)
    assert [day for (day,) in read] == days
