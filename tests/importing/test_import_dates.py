"""Dates are read one way for a whole column, or not at all."""

from datetime import datetime

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.format import zones
from qa.importing.date_forms import HALF_DAY, NAMED_DAY, OFFSET, SERIAL, all_formats, candidates, pattern_of
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Take
from tests.importing.desk import times


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-03-05", "2024-03-05 00:00:00"),
        ("2024/3/5 9:07", "2024-03-05 09:07:00"),
        ("2024年3月5日", "2024-03-05 00:00:00"),
        ("2024年3月5日 9时07分08秒", "2024-03-05 09:07:08"),
        ("20240305", "2024-03-05 00:00:00"),
        ("2024-03-05T09:07:08", "2024-03-05 09:07:08"),
        ("2024-03-05 09:07:08.25", "2024-03-05 09:07:08.250000"),
        ("45356.5", "2024-03-05 12:00:00"),
        ("Apr-15", "2015-04-01 00:00:00"),
        ("05-Mar-2024", "2024-03-05 00:00:00"),
        ("05-Mar-24", "2024-03-05 00:00:00"),
        ("13/03/2024", "2024-03-13 00:00:00"),
        ("03/13/2024", "2024-03-13 00:00:00"),
        ("03/13/2024 9:07 PM", "2024-03-13 21:07:00"),
        ("2024.03.05", "2024-03-05 00:00:00"),
        ("2024-03-05T09:07:08+08:00", "2024-03-05 09:07:08"),
        ("2024-03-05 09:07:08.25 -0330", "2024-03-05 09:07:08.250000"),
        ("2024-03-05T09:07+08:00", "2024-03-05 09:07:00"),
    ],
)
def test_forms_of_dates(desk, text, read):
    assert times(desk, text) == [read]


def test_year_first_forms_may_be_mixed_for_each_has_one_meaning(desk):
    assert times(desk, "2024-03-05", "2024/3/6", "2024年3月7日", "45359") == [
        f"2024-03-0{day} 00:00:00" for day in (5, 6, 7, 8)
    ]


def test_one_telling_row_decides_the_order_of_the_column(desk):
    assert times(desk, "05/03/2024", "13/03/2024") == ["2024-03-05 00:00:00", "2024-03-13 00:00:00"]


def test_two_orders_in_one_column_stop_the_import_and_name_rows(desk):
    with pytest.raises(Refused) as caught:
        times(desk, "05/03/2024", "13/03/2024", "03/14/2024")
    assert "rows 3 (13/03/2024) are day/month/year, rows 4 (03/14/2024) month/day/year" in caught.value.text.en
    assert desk.rows("calls") == []


def test_a_column_that_can_be_read_both_ways_needs_the_user(desk):
    with pytest.raises(NeedsUser) as caught:
        times(desk, "05/05/2024", "05/03/2024", "06/04/2024")
    assert "day first" in caught.value.text.zh and "month first" in caught.value.text.en
    question = caught.value.question
    assert question.sources == ("started",) and not question.zones
    assert {answer: text.en for answer, text in question.answers.items()} == {
        "day first": "day/month/year: 05/03/2024 is 2024-03-05",
        "month first": "month/day/year: 05/03/2024 is 2024-05-03",
    }


@pytest.mark.parametrize(
    ("order", "read"),
    [("day first", ["2024-03-05 00:00:00", "2024-04-06 09:30:00"]), ("month first", ["2024-05-03 00:00:00", "2024-06-04 09:30:00"])],
)
def test_an_order_said_in_words_holds_for_all_forms_of_the_column(desk, order, read):
    assert times(desk, "05/03/2024", "06/04/2024 9:30", form=order) == read


@pytest.mark.parametrize(("order", "other"), [("day first", "03/14/2024"), ("month first", "14/03/2024")])
def test_a_file_in_the_other_order_than_said_in_words_is_not_loaded(desk, order, other):
    with pytest.raises(NeedsUser, match=f"rows 3 .{other}") as caught:
        times(desk, "05/03/2024", other, form=order)
    assert desk.rows("calls") == [] and list(caught.value.question.answers) == [{"day first": "month first", "month first": "day first"}[order]]


def test_equal_day_and_month_need_nobody(desk):
    assert times(desk, "05/05/2024") == ["2024-05-05 00:00:00"]


def test_a_format_settles_what_is_open(desk):
    assert times(desk, "05/03/2024", form="%d/%m/%Y") == ["2024-03-05 00:00:00"]


def test_a_file_in_the_other_order_than_its_mapping_says_is_not_loaded(desk):
    with pytest.raises(Refused, match="rows 3"):
        times(desk, "05/03/2024", "03/14/2024", form="%d/%m/%Y")


def test_what_is_no_date_goes_to_quarantine(desk):
    assert times(desk, "2024-03-05", "n/a", "2024-02-30") == ["2024-03-05 00:00:00"]
    assert [row[1:4] for row in desk.quarantine("calls")] == [
        ["3", "started_at", "n/a"],
        ["4", "started_at", "2024-02-30"],
    ]


def test_two_digit_years_are_not_read_as_the_first_century(desk):
    times(desk, "05/03/24", form="%d/%m/%Y")
    assert desk.rows("calls") == [] and len(desk.quarantine("calls")) == 1


def test_a_list_of_formats_is_decided_for_the_file(desk):
    formats = ["%d/%m/%Y", "%Y-%m-%d"]
    assert times(desk, "05/03/2024", "06/03/2024", form=formats) == ["2024-03-05 00:00:00", "2024-03-06 00:00:00"]


def test_offsets_of_winter_and_summer_are_one_clock_wherever_in_the_file(desk):
    winter = [f"2024-01-05T09:{i // 60:02d}:{i % 60:02d}+00:00" for i in range(600)]
    assert times(desk, *winter, "2024-07-05T09:00:00.5+01:00")[-1] == "2024-07-05 09:00:00.500000"


@pytest.mark.parametrize("texts", [["2024-03-05T20:07Z"], ["2024-03-05T20:07:08Z"], ["2024-03-05 20:07:08+00:00", "2024-03-05 20:07:08.5+00"]])
def test_whose_clock_universal_times_are_is_asked_and_never_guessed(desk, texts):
    with pytest.raises(NeedsUser) as caught:
        times(desk, *texts)
    assert "started" in caught.value.text.zh and "Asia/Shanghai" in caught.value.text.zh and "世界标准时" in caught.value.text.zh
    assert "started" in caught.value.text.en and "'UTC'" in caught.value.text.en
    assert caught.value.question.zones and not caught.value.question.answers


@pytest.mark.parametrize("other", ["2024-03-05T20:07:08Z", "2024-03-05T20:07:08-05:00"])
def test_times_of_several_zones_are_asked_about(desk, other):
    with pytest.raises(NeedsUser, match="08:00") as caught:
        times(desk, "2024-03-05T09:07:08+08:00", other)
    assert caught.value.question.zones and list(caught.value.question.answers) == ["as written"]
    assert times(desk, "2024-03-05T09:07:08+08:00", other, form="as written") == ["2024-03-05 09:07:08", "2024-03-05 20:07:08"]
    with pytest.raises(NeedsUser, match="universal"):
        times(desk, "2024-03-05T09:07:08Z", form="as written")


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("Asia/Shanghai", ["2024-03-06 04:07:08", "2024-07-05 08:00:00.500000", "2024-03-05 09:07:08", "2024-03-05 09:07:08"]),
        ("Europe/London", ["2024-03-05 20:07:08", "2024-07-05 01:00:00.500000", "2024-03-05 01:07:08", "2024-03-05 01:07:08"]),
        ("UTC", ["2024-03-05 20:07:08", "2024-07-05 00:00:00.500000", "2024-03-05 01:07:08", "2024-03-05 01:07:08"]),
    ],
)
def test_moments_become_the_clock_of_the_zone_a_mapping_names(desk, zone, read):
    moments = ["2024-03-05T20:07:08Z", "2024-07-05T00:00:00.5+00:00", "2024-03-05T09:07:08 +0800", "2024-03-05T01:07:08"]
    assert times(desk, *moments, form=f"{zone} %Y-%m-%dT%H:%M:%S") == read
    assert times(desk, *moments[:3], form=zone)[:3] == read[:3]


def test_a_zone_alone_turns_whatever_form_the_times_have(desk):
    moments = ["2024-03-05T20:07Z", "2024-03-05 20:07:08+00:00", "2024/3/5 20:07:08.5Z"]
    assert times(desk, *moments, form="Asia/Shanghai") == ["2024-03-06 04:07:00", "2024-03-06 04:07:08", "2024-03-06 04:07:08.500000"]


def test_times_without_an_offset_are_the_centers_clock_whatever_zone_that_is(desk):
    assert times(desk, "2024-03-05 20:07:08", "45356.5", form="Asia/Shanghai") == ["2024-03-05 20:07:08", "2024-03-05 12:00:00"]


def test_times_with_and_without_an_offset_in_one_column_are_asked_about(desk):
    with pytest.raises(NeedsUser, match=r"rows 3 \(2024-03-05 09:00:00\)") as caught:
        times(desk, "2024-03-05T20:07:08Z", "2024-03-05 09:00:00", "n/a", form="Asia/Shanghai")
    assert caught.value.question is None and desk.rows("calls") == []


def test_a_zone_does_not_decide_what_day_and_month_are(desk):
    with pytest.raises(NeedsUser, match="day first"):
        times(desk, "03/05/2024 09:00", form="Asia/Shanghai")


@pytest.mark.parametrize("form", ["Asia/Shanghai", "Asia/Shanghai %Y-%m-%dT%H:%M", "Asia/Shanghai %Y-%m-%d"])
def test_a_stretch_of_time_is_no_moment_in_any_zone(desk, form):
    times(desk, "2024-03-05T20:07Z", "2024-03-05T09:00-18:00", "2024-03-05T09:00-10:00", form=form)
    assert "2024-03-05T09:00-10:00" in [row[3] for row in desk.quarantine("calls")]
    assert len(desk.quarantine("calls")) >= 2


def test_a_format_with_an_offset_takes_the_clock_as_it_is_written(desk):
    assert times(desk, "05/03/2024 09:07:08+0800", form="%d/%m/%Y %H:%M:%S%z") == ["2024-03-05 09:07:08"]


def test_day_and_month_may_not_be_swapped_in_any_zone(desk):
    with pytest.raises(Refused):
        times(desk, "03/05/2024 09:00", "12/31/2024 09:00", form="Asia/Shanghai %d/%m/%Y %H:%M")


@pytest.mark.parametrize("more", [[], ["%Y-%m-%d"]])
def test_a_zone_there_is_not_is_named(desk, more):
    with pytest.raises(NeedsUser, match="Asia/Wuhan"):
        times(desk, "2024-03-05T20:07:08Z", form=["Asia/Wuhan %Y-%m-%dT%H:%M:%S", *more])


@pytest.mark.parametrize("word", ["Asia/Wuhan", "PRC", "day_first"])
def test_words_that_say_nothing_of_dates_are_named(desk, word):
    with pytest.raises(NeedsUser, match=word) as caught:
        times(desk, "2024-03-05", form=word)
    assert "day first" in caught.value.text.zh and "as written" in caught.value.text.en


def test_words_stand_alone_in_a_mapping():
    with pytest.raises(ValueError, match="day first"):
        Take.model_validate({"from": "started", "format": ["%Y-%m-%d", "day first"]})


@pytest.mark.parametrize("stretch", ["09:00-18:00", "09:00-10:00", "12:30-13:00", "09:00:00-18:00", "09:00:00-12:00", "09:00:00-10:15"])
def test_a_stretch_of_time_is_no_moment(stretch):
    assert candidates(f"2024-03-05 {stretch}") == []


@example("%B %d, %Y", datetime(2000, 5, 1), "")
@given(
    st.sampled_from(all_formats()),
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    st.text("0123456789-/.年月日时分秒: TZ,apAMJanuary", max_size=6),
)
def test_looking_at_the_signs_first_loses_no_form(form, at, more):
    text = at.strftime(form) + more
    expected = [f for f in all_formats() if pattern_of(f).fullmatch(text)]
    assert candidates(text) == expected or any(mark.match(text) for mark in (HALF_DAY, NAMED_DAY, OFFSET)) or candidates(text) == [SERIAL]
    # May is its own abbreviation.
    assert more or form in expected or form.replace("%B", "%b") in expected


def test_a_column_that_leaves_cells_out_is_decided_by_all_of_them(desk):
    desk.centers()
    path = desk.file("id,center,sent,score\n1,SH,13/09/2026 08:00,\n2,SH,04/09/2026 09:00,5\n", "surveys.csv")
    sent = {"survey_id": "id", "center_id": "center", "sent_at": "sent", "score": "score"}
    answered = {"answered_at": {"from": "sent", "when": {"column": "score", "filled": True}}}
    desk.load(path, mapping={"name": "surveys", "table": [{"fills": "surveys", "columns": sent | answered}]})
    assert [str(at) for (at,) in desk.rows("surveys", "answered_at", "survey_id")] == ["None", "2026-09-04 09:00:00"]


def test_every_zone_that_is_offered_is_known_to_the_engine():
    known = {name for (name,) in duckdb.execute("select name from pg_timezone_names()").fetchall()}
    assert set(zones()) <= known
