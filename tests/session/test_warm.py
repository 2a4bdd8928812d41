"""What is there before the first viewer comes."""

import logging
from datetime import datetime

import pytest

from qa.session import data
from qa.session.overview.items import agent_items, month_items, summary_items
from qa.session.warm import warm
from tests.support.world import World


@pytest.mark.parametrize(("table", "time"), [("calls", "started_at"), ("complaints", "received_at")])
def test_the_overview_is_made_before_anybody_asks_for_it(tmp_path, monkeypatch, caplog, table, time):
    World(tmp_path).add(table, [{time: datetime(2026, 10, 1 + day, 9)} for day in range(5)]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    data._shelf.cache_clear()
    with caplog.at_level(logging.ERROR, "tingjian"):
        warm()
    arguments = [arguments for _build, (_data, _scope, _language, _compute, arguments) in data._shelf()._results]
    data._shelf.cache_clear()
    assert not caplog.records
    assert [given[0] for given in arguments if given and callable(given[0])] == [summary_items, month_items, agent_items]
