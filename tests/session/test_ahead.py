"""What is computed before anybody asks: the likely next views, only while it is quiet, only within the viewer's scope."""

import time
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from threading import Event
from zlib import decompress

import pytest

from qa.people import GUEST
from qa.session import data
from qa.session.ahead import WAITING, Ahead, likely_next
from qa.session.overview.items import agent_items, month_items, summary_items
from qa.session.viewer import viewer
from qa.view import Center, Choices, View
from tests.support.app import frame
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


@pytest.fixture
def new():
    """Makes one that is closed when the test is over."""
    made = []

    def make(quiet_s: float = 0.0) -> Ahead:
        made.append(Ahead(quiet_s))
        return made[-1]

    yield make
    for one in made:
        one.close()


def step(event: Event, kind=None):
    return (kind or event, event.set)


def test_nothing_is_begun_while_a_page_is_made(new):
    ahead, done = new(quiet_s=0.05), Event()
    with ahead.making("one"):
        ahead.wish("two", [step(done)])
        assert not done.wait(0.3)
    assert done.wait(PATIENCE_S)


def test_whoever_goes_elsewhere_no_longer_wishes_for_what_came_next(new):
    ahead, mine, others = new(quiet_s=0.2), Event(), Event()
    with ahead.making("somebody"):
        ahead.wish("me", [step(mine)])
        ahead.wish("another", [step(others)])
        with ahead.making("me"):
            pass
    assert others.wait(PATIENCE_S) and not mine.wait(0.3)


def test_a_step_that_fails_ends_nothing_and_a_long_one_is_not_repeated(new, monkeypatch):
    monkeypatch.setattr("qa.session.ahead.LONG_S", 0.1)
    ahead, after, again, last = new(), Event(), Event(), Event()

    def panics():
        raise BaseException("as Polars does")

    ahead.wish("me", [("broken", panics), ("long", lambda: time.sleep(0.2)), step(after)])
    assert after.wait(PATIENCE_S)
    ahead.wish("me", [step(again, "long"), step(last)])
    assert last.wait(PATIENCE_S) and not again.is_set()


def test_of_many_who_wait_the_latest_are_served(new):
    ahead, done = new(), [Event() for _session in range(WAITING + 5)]
    with ahead.making("somebody"):
        for number, event in enumerate(done):
            ahead.wish(str(number), [step(event)])
    assert all(event.wait(PATIENCE_S) for event in done[5:]) and not any(event.is_set() for event in done[:5])


@pytest.fixture
def world(tmp_path, monkeypatch):
    world = World(tmp_path).add("agents", [{"agent_id": "S1", "center_id": "SH"}])
    for month in range(3):
        for place in ({}, {"agent_id": "S1", "center_id": "SH"}):
            world.add("calls", [place | {"started_at": NOON - days(30 * month)} for _call in range(40)])
            world.add("evaluations", [place | {"evaluated_at": NOON - days(30 * month)}])
    world.warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    monkeypatch.setenv("QA_AHEAD", "1")
    own = Ahead(quiet_s=0.1)
    monkeypatch.setattr("qa.session.ahead._ahead", lambda: own)
    data._shelf.cache_clear()
    yield world
    own.close()
    data._shelf.cache_clear()


def open_board(**state) -> None:
    board = frame()
    for name, value in state.items():
        board.session_state[name] = value
    board.run()
    assert not board.exception and not board.error


def kept(make) -> dict[tuple, Future]:
    """What was computed by this maker, by scope and first day."""
    return {
        (scope, arguments[1].filters.date_from): future
        for (_build, (_data, scope, _language, _compute, arguments)), future in list(data._shelf()._results.items())
        if arguments and arguments[0] is make
    }


def awaited(make, scope, *first_days: date) -> None:
    """Waits until exactly these have been computed."""
    expected = {(scope, day) for day in first_days}
    until = time.monotonic() + PATIENCE_S
    while not (kept(make).keys() == expected and all(future.done() for future in kept(make).values())) and time.monotonic() < until:
        time.sleep(0.05)
    assert kept(make).keys() == expected


def test_the_overview_of_the_month_before_is_there_before_it_is_asked_for(world):
    open_board()
    for make in (summary_items, month_items, agent_items):
        awaited(make, None, date(2026, 10, 1), date(2026, 9, 1))


def test_what_is_computed_ahead_is_what_would_have_been_computed(world):
    open_board()
    awaited(summary_items, None, date(2026, 10, 1), date(2026, 9, 1))
    ahead = kept(summary_items)[None, date(2026, 9, 1)].result()
    data._shelf.cache_clear()
    build = data.newest()
    assert data.prepared(build, None, summary_items, View(period="2026-09").asked(data.choices_of(build, None))) == ahead


def test_nothing_is_computed_ahead_beyond_the_viewers_scope(world):
    scope = frozenset({"WH"})
    open_board(_viewer=replace(GUEST, scope=scope))
    awaited(summary_items, scope, date(2026, 10, 1), date(2026, 9, 1))
    awaited(month_items, scope, date(2026, 10, 1), date(2026, 9, 1))
    build = data.newest()
    asked = View(period="2026-09").asked(data.choices_of(build, None))
    whole = decompress(data.prepared(build, None, month_items, asked, "quality")).decode()
    assert "上海" in whole and "上海" not in decompress(kept(month_items)[scope, date(2026, 9, 1)].result()).decode()


def test_who_is_not_in_a_run_is_not_a_guest():
    with pytest.raises(RuntimeError):
        viewer()
