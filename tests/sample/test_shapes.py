"""Weekdays, holidays and hours have the shapes they should."""

import numpy as np
import pytest

from qa.sample.contacts import Contacts, daily_contacts, month_of_contacts
from qa.sample.shapes import inbound_weights, is_holiday, load, outbound_weights, times_of_day, weekday
from qa.sample.world import make_world


def test_the_first_of_november_2026_is_a_sunday():
    assert weekday(np.array(["2026-11-01", "2026-11-02"], dtype="datetime64[D]")).tolist() == [6, 0]


def test_holidays_are_quiet_and_the_day_after_is_busy():
    days = np.array(["2026-02-09", "2026-02-16", "2026-02-24"], dtype="datetime64[D]")  # a Monday, Spring Festival, the day after it
    assert is_holiday(days).tolist() == [False, True, False]
    before, during, after = inbound_weights(days)
    assert during < 0.6 * before < 0.6 * after
    assert outbound_weights(days)[1] < 0.1


def test_load_is_one_on_average_over_calls():
    seconds = times_of_day(np.random.default_rng(1), 200_000)
    assert load(seconds).mean() == pytest.approx(1, abs=0.005)
    assert load(np.array([10 * 3600]))[0] > 1.5 > 0.5 > load(np.array([21 * 3600 + 1800]))[0]


def test_the_expected_calls_of_a_scale_are_its_calls():
    world = make_world("small", 3)
    calls, carried = 0, [Contacts.none()] * 6
    for month in world.months:
        for center in range(6):
            contacts, _, carried[center] = month_of_contacts(world, center, month, np.random.default_rng(center), carried[center])
            calls += len(contacts.at)
    assert calls == pytest.approx(world.scale.calls, rel=0.02)


def test_what_follows_in_the_next_month_is_handed_on():
    world = make_world("small", 3)
    _, _, later = month_of_contacts(world, 0, world.months[0], np.random.default_rng(0), Contacts.none())
    assert len(later.at) > 0
    assert (later.at >= np.datetime64("2026-06-01").astype("datetime64[s]").astype(np.int64)).all()


def test_weekends_have_fewer_contacts():
    world = make_world("small", 3)
    week = np.arange(np.datetime64("2026-06-01"), np.datetime64("2026-06-08"))
    by_day = daily_contacts(world, 0, week).sum(axis=1)
    assert by_day.argmax() == 0 and by_day.argmin() == 6
