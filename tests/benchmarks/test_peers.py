"""The peers compute one and the same from rows and from the roll-up, and that is what the harness waits for."""

import re

import duckdb
import pytest

from benchmarks.peers.evidence import WANTED
from benchmarks.peers.home import RAW, ROLLUP
from benchmarks.peers.superset_board import FIGURES
from benchmarks.peers.tables import expected, make_tables


@pytest.fixture(scope="module")
def home(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("peers")
    make_tables(sample, folder)
    return folder


@pytest.mark.parametrize("center", ["", "WH"])
def test_rows_and_roll_up_agree_and_are_what_is_waited_for(home, center):
    where = f"where center_id = '{center}'" if center else ""
    with duckdb.connect(str(home / RAW.name), read_only=True) as rows, duckdb.connect(str(home / ROLLUP.name), read_only=True) as rollup:
        shown = []
        for name, table, pattern, of_rows, of_rollup in FIGURES:
            one = rows.execute(f"select {of_rows} from {table} {where}").fetchone()[0]
            assert one == pytest.approx(rollup.execute(f"select {of_rollup} from agent_day {where}").fetchone()[0]), name
            shown.append(format(one, pattern))
        calls = rows.execute(f"select count(*) from calls {where} group by agent_id order by agent_id limit 3 offset 4").fetchall()
    tiles, table = expected(center, home)
    assert sorted(tiles) == sorted(shown)
    assert table == [f"{number:,}" for (number,) in calls]


@pytest.mark.parametrize(("center", "chosen"), [("", "%"), ("WH", "WH")])
def test_the_queries_of_evidence_find_what_is_waited_for(home, center, chosen):
    page = (WANTED / "pages" / "index.md").read_text("utf-8")
    answers = {"qa.agent_day": "agent_day", "${inputs.center.value}": chosen, "${inputs.dates.start}": "2000-01-01", "${inputs.dates.end}": "2099-12-31"}
    for asked, answer in answers.items():
        page = page.replace(asked, answer)
    queries = dict(re.findall(r"```sql (\w+)\n(.*?)```", page, flags=re.DOTALL))
    with duckdb.connect(str(home / ROLLUP.name), read_only=True) as rollup:
        figures = rollup.sql(queries["figures"]).pl().row(0, named=True)
        agents = rollup.sql(queries["agents"]).pl()
        assert rollup.sql(queries["months"]).pl().height and rollup.sql(queries["by_center"]).pl().height
    formats = dict(re.findall(r"<BigValue data={figures} value=(\w+) fmt='(0\.0%?)'/>", page))
    tiles, table = expected(center, home)
    assert sorted(tiles) == sorted(format(figures[name], ".1%" if pattern.endswith("%") else ".1f") for name, pattern in formats.items())
    assert table == [f"{calls:,}" for calls in agents["calls"][4:7]]
