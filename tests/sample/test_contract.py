"""Everything generated keeps the contract."""

import duckdb
import pyarrow.parquet as pq
import pytest

from qa.contract import TABLES
from qa.contract.arrow import arrow_schema
from tests.sample.contract_check import violations


@pytest.mark.parametrize("world", ["planted", "null_world"])
def test_no_row_breaks_the_contract(world, request):
    assert violations(request.getfixturevalue(world).folder) == []


@pytest.mark.parametrize("name", TABLES)
def test_files_have_the_contract_s_columns_and_types_where_the_contract_wants_them(planted, name):
    files = sorted((planted.folder / name).rglob("*.parquet"))
    layout = {f"month=2026-{month:02d}/data.parquet" for month in range(5, 11)} if TABLES[name].large else {"data.parquet"}
    assert {str(file.relative_to(planted.folder / name)) for file in files} == layout
    for file in files:
        assert pq.read_schema(file).equals(arrow_schema(TABLES[name]))


@pytest.mark.parametrize("name", [table.name for table in TABLES.values() if table.large and table.time])
def test_a_row_lies_in_the_month_of_its_time(planted, name):
    assert planted.one(f"select count(*) from {name} where strftime({TABLES[name].time}, '%Y-%m') <> month") == 0


def test_items_lie_in_the_month_of_their_evaluation(planted):
    assert planted.one("select count(*) from evaluation_items i join evaluations e using (evaluation_id) where i.month <> e.month") == 0


@pytest.mark.parametrize("name", ["surveys", "evaluations", "complaints"])
def test_calls_named_elsewhere_are_calls_with_the_same_agent(planted, name):
    sql = f"""
        select count(*), count(c.call_id), count(*) filter (c.agent_id = t.agent_id)
        from {name} t left join calls c using (call_id) where t.call_id is not null
    """
    named, found, same_agent = planted.one(sql)
    assert named == found == same_agent > 0


def test_nothing_happens_after_the_sample_ends(planted):
    times = [(table.name, c.name) for table in TABLES.values() for c in table.columns if c.type.value == "TIMESTAMP" and c.name != "due_at"]
    late = [(name, column) for name, column in times if planted.one(f"select count(*) from {name} where {column} >= date '2026-11-01'")]
    assert late == []


def test_the_check_finds_what_is_wrong(planted, tmp_path):
    con = duckdb.connect()
    for name in TABLES:
        (tmp_path / name).mkdir()
        con.execute(f"copy (select * from read_parquet('{planted.folder}/{name}/**/*.parquet')) to '{tmp_path}/{name}/data.parquet'")
    con.execute(f"copy (select * replace ('XX' as center_id) from '{planted.folder}/targets/data.parquet') to '{tmp_path}/targets/data.parquet'")
    assert violations(tmp_path) == ["targets: key ('metric', 'center_id', 'queue', 'valid_from'): 1", "targets: center_id reference: 30"]
