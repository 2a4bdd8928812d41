"""A build makes again what changed and nothing else, and ends up where a build from nothing would."""

from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.build.run import is_current
from qa.config import FILE_NAME, load_config
from qa.sources import ROLLUPS
from tests.build.rollups import assert_same_rollups, built, contents, from_nothing, partitions_of, states
from tests.oracle import random_tables
from tests.support.world import DEFAULTS, World, write_rows


@pytest.fixture
def folder(tmp_path) -> Path:
    """Four months with a contact of a customer of its own in each, built."""
    world = World(tmp_path)
    world.add("calls", [{"started_at": datetime(2026, month, 15, 9), "customer_id": f"c{month}", "talk_s": 60} for month in (7, 8, 9, 10)])
    world.add("surveys", [{"sent_at": datetime(2026, month, 15, 10)} for month in (7, 10)])
    world.add("evaluations", [{"evaluated_at": datetime(2026, month, 16)} for month in (7, 10)])
    world.warehouse()
    return tmp_path


def add_call(folder: Path, **values: object) -> None:
    """One more call, in a file of its own."""
    write_rows(folder, "calls", [DEFAULTS["calls"] | {"call_id": "LATE", "customer_id": "c9"} | values], "late.parquet")


def remade(folder: Path) -> set[str]:
    """The partitions that a build now makes again."""
    before = partitions_of(folder)
    done = built(folder)
    after = partitions_of(folder)
    changed = {name for name, file in after.items() if before.get(name) != file}
    assert done.made == len(changed)
    return changed


def test_nothing_changes_when_nothing_changed(folder):
    before = states(folder)
    assert is_current(folder, load_config(folder))
    assert built(folder).made == 0
    assert states(folder) == before


def test_a_late_call_touches_its_month_and_what_looks_at_it(folder):
    add_call(folder, started_at=datetime(2026, 9, 16))
    assert not is_current(folder, load_config(folder))
    changed = remade(folder)
    assert months(changed, "calls") == months(changed, "agent_days") == {"2026-09"}
    assert months(changed, "contacts") == {"2026-08", "2026-09", "2026-10"}, "a window before and after"
    assert months(changed, "evaluations") == months(changed, "evaluation_items") == {"2026-09", "2026-10"}, "the queue of a later evaluation's call"
    assert months(changed, "surveys") == {"2026-09", "2026-10"}, "the reason of a later survey's call"
    assert {name.partition("/")[0] for name in changed if name.startswith("surveys")} == {"surveys_by_hour"}
    assert not {name for name in changed if name.startswith(("headcount", "plans", "complaints")) or name.endswith("2026-07")}


def months(changed: set[str], kind: str) -> set[str]:
    """The months of the partitions of one kind of fact."""
    return {name.split("month=")[1] for name in changed if name.startswith(f"{kind}_by_")}


def test_a_late_repeat_across_the_months_end_is_seen_on_both_sides(folder):
    add_call(folder, customer_id="c8", started_at=datetime(2026, 9, 2))
    write_rows(folder, "calls", [DEFAULTS["calls"] | {"call_id": "FIRST", "customer_id": "c8", "started_at": datetime(2026, 8, 30)}], "earlier.parquet")
    built(folder)
    rollup = contents(folder)["contacts_by_center_day"]
    sums = {row["day"].isoformat(): row for row in rollup.iter_rows(named=True)}
    assert sums["2026-08-30"]["resolved_first_contacts"] == 0
    assert sums["2026-09-02"]["repeat_contacts"] == 1


def test_the_months_before_do_not_age_with_every_new_day(folder):
    built(folder)
    add_call(folder, started_at=datetime(2026, 10, 16))
    changed = remade(folder)
    assert not {name for name in changed if name.endswith(("2026-07", "2026-08"))}


def test_a_corrected_survey_touches_its_month_only(folder):
    write_rows(folder, "surveys", [DEFAULTS["surveys"] | {"survey_id": "SU00001", "sent_at": datetime(2026, 7, 15, 10), "score": 2}])
    rollups = [name for name in ROLLUPS if name.startswith("surveys_by_")]
    assert remade(folder) == {f"{rollup}/month=2026-07" for rollup in (*rollups, "resolution_pairs_by_agent_day")}


def test_other_definitions_make_everything_again(folder):
    (folder / FILE_NAME).write_text("[definitions]\nservice_level_s = 5\n", encoding="utf-8")
    assert not is_current(folder, load_config(folder))
    before = partitions_of(folder)
    assert remade(folder) == set(before)
    assert contents(folder)["calls_by_center_day"]["answered_in_target"].sum() == 0


def test_a_deleted_extract_leaves_the_sums(folder):
    (folder / "calls" / "month=2026-10" / "data.parquet").unlink()
    built(folder)
    assert contents(folder)["calls_by_center_day"]["offered"].sum() == 3


def test_a_deleted_rollup_is_made_again(folder):
    built(folder)
    lost = next((folder / "rollups" / "calls_by_agent_day" / "month=2026-09").glob("*.parquet"))
    content = contents(folder)["calls_by_agent_day"]
    lost.unlink()
    assert built(folder).made == 1
    assert contents(folder)["calls_by_agent_day"].equals(content)


@settings(max_examples=3)
@given(seed=st.integers(0, 2**32), parts=st.integers(2, 3))
def test_any_order_of_arrival_ends_where_a_build_from_nothing_does(seed, parts, tmp_path_factory):
    rng = Random(seed)
    bit_by_bit = tmp_path_factory.mktemp("bit_by_bit")
    tables = random_tables(seed % 3)
    arrivals: list[dict[str, list[dict]]] = [{} for _part in range(parts)]
    for name, rows in tables.items():
        for row in rows:
            rng.choice(arrivals).setdefault(name, []).append(row)
    for number, arrival in enumerate(arrivals):
        for name, rows in arrival.items():
            write_rows(bit_by_bit, name, rows, f"arrival-{number}.parquet")
        built(bit_by_bit)
    assert_same_rollups(bit_by_bit, from_nothing(tmp_path_factory.mktemp("at_once"), tables))
