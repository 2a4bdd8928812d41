"""One run, one build; a new build without restart; nothing computed twice, nothing shared across scopes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Event

import pytest

from qa.filters import Filters
from qa.i18n import set_language
from qa.session import data
from tests.support.world import World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def shelf():
    return data._Shelf()


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path).add("evaluations", [{}])


def test_before_the_first_build_there_is_nothing(shelf, tmp_path):
    assert shelf.newest(tmp_path) is None


def test_the_same_build_is_opened_once(shelf, world):
    world.warehouse()
    assert shelf.newest(world.folder) is shelf.newest(world.folder)


def test_a_new_build_is_noticed_without_a_restart(shelf, world):
    world.warehouse()
    old = shelf.newest(world.folder)
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 6, 9)}]).warehouse()
    new = shelf.newest(world.folder)
    assert new.build_id != old.build_id
    assert old.sums.__self__ is old, "the old build stays usable for the run that shows it"


def test_while_one_opens_a_new_build_the_others_keep_the_old_one(shelf, world, monkeypatch):
    world.warehouse()
    old = shelf.newest(world.folder)
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 6, 9)}]).warehouse()
    opening, may_finish = Event(), Event()
    really_open = data.Warehouse.open

    def slowly(folder):
        opening.set()
        may_finish.wait(30)
        return really_open(folder)

    monkeypatch.setattr(data.Warehouse, "open", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shelf.newest, world.folder)
        opening.wait(30)
        assert shelf.newest(world.folder) is old
        may_finish.set()
        assert first.result().build_id != old.build_id


def test_two_who_ask_at_once_compute_once(shelf):
    started, may_finish, calls = Event(), Event(), []

    def compute():
        calls.append(1)
        started.set()
        may_finish.wait(30)
        return "answer"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shelf.remembered, "build", "key", compute)
        started.wait(30)
        second = pool.submit(shelf.remembered, "build", "key", compute)
        may_finish.set()
        assert (first.result(), second.result(), len(calls)) == ("answer", "answer", 1)


def test_a_failure_is_not_remembered(shelf):
    with pytest.raises(ZeroDivisionError):
        shelf.remembered("build", "key", lambda: 1 / 0)
    assert shelf.remembered("build", "key", lambda: 1) == 1


def test_results_of_builds_that_nobody_shows_any_more_are_forgotten(shelf, world):
    def opened():
        world.add("evaluations", [{}]).warehouse()
        return shelf.newest(world.folder).build_id

    computed = []

    def result(build_id):
        return shelf.remembered(build_id, "key", lambda: computed.append(build_id) or len(computed))

    first = opened()
    result(first)
    second = opened()
    assert (result(first), result(second)) == (1, 2)
    third = opened()
    assert (result(second), result(third)) == (2, 3)
    assert result(first) == 4


def test_scopes_builds_and_languages_do_not_share_results(world):
    build = world.warehouse()

    def who(_build, scope):
        return scope

    assert data.kept(build, None, who) is None
    assert data.kept(build, frozenset({"WH"}), who) == {"WH"}
    answers = []

    def counted(_build, _scope):
        answers.append(1)
        return len(answers)

    data.kept(build, None, counted)
    set_language("en")
    data.kept(build, None, counted)
    set_language("zh")
    data.kept(build, None, counted)
    assert len(answers) == 2


def test_choices_stay_within_the_scope(world):
    world.add("agents", [{"agent_id": "A2", "center_id": "SH", "team": "三组"}])
    world.add("calls", [{"queue": "账单"}, {"queue": "报修", "center_id": "SH", "agent_id": "A2"}])
    everything = data.choices_of(world.warehouse(), None)
    assert everything.center_ids == ("SH", "WH"), "headquarters first"
    assert everything.queues == ("报修", "账单")
    own = data.choices_of(world.warehouse(), frozenset({"WH"}))
    assert (own.center_ids, own.queues, dict(own.teams)) == (("WH",), ("账单",), {"WH": ("一组",)})


def test_somebody_lent_to_another_center_can_be_chosen_there(world):
    world.add("calls", [{"agent_id": "A1", "center_id": "SH"}])
    choices = data.choices_of(world.warehouse(), None)
    assert choices.agents["A1"].places == {("WH", "一组"), ("SH", "一组")}
    assert choices.agents_of(("SH",), ("一组",)) == ("A1",)
    assert set(data.choices_of(world.warehouse(), frozenset({"SH"})).agents) == {"A1"}
