"""What is computed before anybody asks: the likely next views, only while it is quiet, only within the viewer's scope."""

import time
from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from qa.session import data
from qa.session.ahead import Ahead, likely_next
from qa.session.overview.items import detail_items, summary_items
from qa.view import Center, Choices, View
from tests.serving import ROOT
from tests.support.world import NOON, World, days

PATIENCE_S = 30
CHOICES = Choices(date(2026, 10, 31), date(2026, 8, 1), (Center("SH", "上海"), Center("WH", "武汉"), Center("CD", "成都")))


def test_a_month_earlier_and_later_are_likely_next():
    def months(period):
        return [following.period for following in likely_next(View(period=period), CHOICES)]

    assert months("this_month") == ["2026-09"]
    assert months("last_month") == months("2026-09") == ["2026-08", "2026-10"]
    assert months("2026-08") == ["2026-09"]
    assert months("this_quarter") == months("last_12_months") == []
    assert likely_next(View(period="custom", date_from=date(2026, 9, 1), date_to=date(2026, 9, 2)), CHOICES) == []


def test_months_keep_their_first_day_and_everything_else_chosen():
    view = View(period="this_month", month_start=21, comparison="last_year", queues=("账单",))
    (before,) = likely_next(view, replace(CHOICES, centers=(Center("WH", "武汉", month_start=21),)))[:1]
    assert before == replace(view, period=before.period)
    assert before.shown(CHOICES).date_to == view.shown(CHOICES).date_from


def test_after_one_center_comes_the_next():
    following = [view.centers for view in likely_next(View(period="this_quarter", centers=("WH",)), CHOICES)]
    assert following == [("CD",)]
    assert likely_next(View(period="this_quarter", centers=("CD",)), CHOICES)[0].centers == ("SH",)
    assert likely_next(View(period="this_quarter", centers=("WH",), teams=("一组",)), CHOICES) == []
    assert likely_next(View(period="this_quarter", centers=("WH", "CD")), CHOICES) == []


def step(event: Event, make=None):
    return (make or event, event.set)


def test_nothing_is_begun_while_a_page_is_made():
    ahead, done = Ahead(quiet_s=0.05), Event()
    with ahead.run("one"):
        ahead.wish("two", [step(done)])
        assert not done.wait(0.3)
    assert done.wait(PATIENCE_S)


def test_whoever_goes_elsewhere_no_longer_wishes_for_what_came_next():
    ahead, mine, others = Ahead(quiet_s=0.2), Event(), Event()
    ahead.wish("me", [step(mine)])
    ahead.wish("another", [step(others)])
    with ahead.run("me"):
        pass
    assert others.wait(PATIENCE_S) and not mine.wait(0.3)


def test_a_step_that_fails_ends_nothing_and_a_long_one_is_not_repeated(monkeypatch):
    monkeypatch.setattr("qa.session.ahead.LONG_S", 0.1)
    ahead, after, again, last = Ahead(quiet_s=0), Event(), Event(), Event()
    ahead.wish("me", [("broken", lambda: 1 / 0), ("long", lambda: time.sleep(0.2)), step(after)])
    assert after.wait(PATIENCE_S)
    ahead.wish("me", [step(again, "long"), step(last)])
    assert last.wait(PATIENCE_S) and not again.is_set()


@pytest.fixture
def world(tmp_path, monkeypatch):
    world = World(tmp_path)
    for month in range(3):
        world.add("calls", [{"started_at": NOON - days(30 * month)} for _call in range(40)])
        world.add("evaluations", [{"evaluated_at": NOON - days(30 * month)}])
    world.warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    monkeypatch.setenv("QA_AHEAD", "1")
    data._shelf.cache_clear()
    yield world
    data._shelf.cache_clear()


def kept(make) -> set[tuple]:
    """Scope and first day of everything computed by this maker."""
    found = set()
    for _build, (_data, scope, _language, _compute, arguments) in list(data._shelf()._results):
        if arguments and arguments[0] is make:
            found.add((scope, arguments[1].filters.date_from))
    return found


def test_the_overview_of_the_month_before_is_there_before_it_is_asked_for(world):
    AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120).run()
    expected = {(None, date(2026, 10, 1)), (None, date(2026, 9, 1))}
    until = time.monotonic() + PATIENCE_S
    while not (kept(summary_items) == kept(detail_items) == expected) and time.monotonic() < until:
        time.sleep(0.05)
    assert kept(summary_items) == kept(detail_items) == expected


def test_what_is_computed_ahead_is_what_would_have_been_computed(world):
    build, view = data.newest(), View(period="2026-09")
    asked = view.asked(data.choices_of(build, None))
    assert asked.filters.date_to - asked.filters.date_from == timedelta(days=30)
    AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120).run()
    until = time.monotonic() + PATIENCE_S
    while (None, asked.filters.date_from) not in kept(summary_items) and time.monotonic() < until:
        time.sleep(0.05)
    ahead = data.prepared(build, None, summary_items, asked)
    data._shelf.cache_clear()
    assert data.prepared(data.newest(), None, summary_items, asked) == ahead
