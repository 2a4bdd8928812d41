"""A small version of ``benchmarks/false_alarms_agents.py``: among equal agents and evaluators hardly anybody is marked."""

import numpy as np

from benchmarks.false_alarms_agents import Tally, equal_agents, equal_evaluators
from qa.config import Config


def test_among_equal_agents_hardly_anybody_is_marked_called_or_outside():
    found = Tally()
    for seed in range(6):
        for _name, metric, frame in equal_agents(np.random.default_rng(seed), Config()):
            found.add(frame, metric, Config())
    assert found.tables == 96
    assert max(found.tables_marked, found.tables_called, found.tables_outside) <= 0.05 * found.tables
    assert max(found.marked, found.called, found.outside) <= 0.001 * found.groups


def test_of_equal_evaluators_hardly_one_is_called_lenient_or_severe():
    marked, worlds = equal_evaluators(20, 0.05)
    assert marked <= 0.1 * worlds
