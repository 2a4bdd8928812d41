"""The published call-center file: eight agents who do not differ, so none is marked, called or outside."""

import pytest

from qa.agents.figures import RANKED_BY, judged
from qa.agents.ranking import ranking
from qa.build.run import build
from qa.config import load_config
from qa.filters import Filters
from qa.funnels import metric_funnel
from qa.importing.command import import_files
from qa.metrics import METRICS
from qa.warehouse import Warehouse
from tests.importing.desk import REAL

FILE = REAL / "pwc_call_center" / "call_center.csv"


@pytest.mark.skipif(not FILE.exists(), reason="the real files are not here")
def test_no_agent_of_the_published_call_center_is_marked(tmp_path):
    import_files([FILE], into=tmp_path)
    build(tmp_path, load_config(tmp_path))
    warehouse = Warehouse.open(tmp_path)
    looked_at = 0
    for key in RANKED_BY:
        frame = judged(warehouse, None, Filters(), "agent", (key,))
        if frame.is_empty():
            continue
        looked_at += 1
        assert set(frame["signal"]) == {"none"}
        assert ranking(frame, METRICS[key], warehouse.config).frame["called"].null_count() == frame.height == 8
        assert set(metric_funnel(frame, METRICS[key], warehouse.config).groups["direction"]) == {"none"}
    assert looked_at
