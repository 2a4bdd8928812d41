"""Board items become a compact message whose digests change only with their items."""

import shutil
import subprocess
from zlib import decompress

import numpy as np
import pytest

from qa.session.board import assets
from qa.session.board.items import Cell, Chart, Column, Heading, Mark, Row, Sparkline, Table, Tile
from qa.session.board.message import decode, encode


def items_of(*items) -> list[dict]:
    return decode(encode(items, {}))


def test_a_digest_changes_with_its_item_only():
    first = items_of(Tile("a", "A", "1"), Tile("b", "B", "1"))
    second = items_of(Tile("a", "A", "1"), Tile("b", "B", "2"))
    assert first[0]["digest"] == second[0]["digest"]
    assert first[1]["digest"] != second[1]["digest"]


def test_two_items_of_one_key_are_an_error():
    with pytest.raises(ValueError, match="'a'"):
        encode([Heading("a", "A"), Tile("a", "A", "1")], {})


def test_cells_travel_by_column_without_what_no_cell_says_and_marks_are_sent_once():
    met = Mark("met", "On target")
    rows = [
        Row("r", [Cell("-"), Cell("5", 5), Cell("5", None, None, "n=1"), Cell("5", 5, met)]),
        Row("s", [Cell("x"), Cell("-"), Cell("-"), Cell("6", 6, Mark("met", "On target"), "n=2")]),
    ]
    table = items_of(Table("t", "T", [Column(str(at), "") for at in range(4)], rows))[0]["body"]
    assert table["keys"] == ["r", "s"]
    assert table["by_column"] == [
        [["-", "x"], None, None, None],
        [["5", "-"], [5, None], None, None],
        [["5", "-"], None, ["n=1", ""], None],
        [["5", "6"], [5, 6], ["", "n=2"], [1, 1]],
    ]
    assert table["marks"] == [["met", "On target"]]


def test_numbers_of_numpy_arrive_in_a_figure():
    body = items_of(Chart("c", "C", {"data": [{"y": np.array([1.5, np.nan])}], "layout": {"height": 100}}))[0]["body"]
    assert body["figure"] == {"data": [{"y": [1.5, None]}], "layout": {"height": 100}}


def test_a_sparkline_keeps_its_gaps():
    tile = items_of(Tile("a", "A", "1", sparkline=Sparkline([0.5, None], ["x", "y"], 0.9)))[0]["body"]
    assert tile["sparkline"]["values"] == [0.5, None]
    assert (tile["sparkline"]["minimum"], tile["sparkline"]["maximum"]) == (0.9, None)


def test_every_module_of_the_frontend_is_part_of_the_script_and_it_is_sound(tmp_path):
    assert {path.stem for path in assets.FRONTEND.glob("*.js")} == set(assets.MODULES)
    script = tmp_path / "board.mjs"
    script.write_text(assets.script("/qa"), "utf-8")
    assert '"plotlyUrl":"/qa/app/static/' in script.read_text("utf-8")
    if node := shutil.which("node"):
        subprocess.run([node, "--check", str(script)], check=True)


def test_boards_wait_for_one_script_and_carry_none_themselves():
    place = assets.script("").rpartition("const place = ")[2].splitlines()[0]
    assert place in assets.waiting("", "board") and place not in assets.waiting("/qa", "board")
    assert all(len(assets.waiting("", element)) < 500 for element in assets.ELEMENTS)


def test_a_table_of_many_agents_travels_as_a_fraction_of_its_text():
    rows = [Row(f"A{number}", [Cell(f"A{number}"), Cell(f"{number % 100:.1f}%", number / 100, detail="n = 120")]) for number in range(600)]
    message = encode([Table("agents", "Agents", [Column("name", "Name"), Column("share", "Share")], rows)], {})
    assert len(message) < len(decompress(message)) / 4
