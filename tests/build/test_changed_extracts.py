"""A figure and the rows behind it are of the same extracts, or the rows are refused."""

from datetime import datetime

import pytest

from qa.filters import Filters
from qa.query import Question
from qa.warehouse import DataChanged
from tests.support.world import World


def test_rows_of_other_extracts_than_the_figure_are_refused(tmp_path):
    world = World(tmp_path).add("calls", [{}] * 3)
    before = world.warehouse()
    asked = Question(("answer_rate",), (), Filters(), None)
    assert before.rows(asked).height == 3
    world.add("calls", [{"started_at": datetime(2026, 10, 6), "answered": False}])
    world.write()
    with pytest.raises(DataChanged, match="数据已更新"):
        before.rows(asked)
    assert world.warehouse().rows(asked).height == 4
