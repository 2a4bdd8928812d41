"""The table of judged figures: no column of nothing, and a key to the icons that stand without a word."""

import polars as pl

from qa.session.judged_table import Row, judged_table

FIGURES = {"value": 0.93, "n": 40, "low": 0.9, "high": 0.95, "minimum": 0.9, "maximum": None}
RECORD = {"agent": "A1", "metric": "pass_rate", **FIGURES, "verdict": "met", "signal": "none"}
FANG, LEI = Row(("A1",), "A1", ("Fang", "-")), Row(("A2",), "A2", ("Lei", "One"))


def table(*records: dict, rows: tuple[Row, ...] = (FANG,), intervals: bool = False):
    told = pl.DataFrame(records, infer_schema_length=None)
    return judged_table("agents", "Agents", ("Agent", "Team"), ("pass_rate", "sales"), rows, told, ("agent",), intervals)


def test_a_label_that_every_row_lacks_has_no_column():
    shown = table(RECORD)
    assert [column.key for column in shown.columns] == ["label 0", "pass_rate"]
    assert [cell.text for cell in shown.rows[0].cells] == ["Fang", "93.0%"]


def test_a_label_that_one_row_has_is_shown_for_all():
    shown = table(RECORD, RECORD | {"agent": "A2"}, rows=(FANG, LEI))
    assert [row.cells[1].text for row in shown.rows] == ["-", "One"]


def test_each_figure_stands_in_the_row_of_its_group_and_what_is_not_known_is_a_dash():
    shown = table(RECORD | {"agent": "A2"}, RECORD | {"metric": "sales", "value": None, "n": 0}, rows=(FANG, LEI))
    assert [[cell.text for cell in row.cells[2:]] for row in shown.rows] == [["-", "-"], ["93.0%", "-"]]


def test_nothing_judged_is_a_table_that_says_so():
    shown = judged_table("agents", "Agents", ("Agent", "Team"), ("pass_rate",), (), pl.DataFrame(), ("agent",))
    assert (shown.columns, shown.rows, bool(shown.empty)) == ([], [], True)


def test_the_key_names_the_icons_that_occur():
    assert table(RECORD | {"verdict": "missed"}).caption == ""
    assert table(RECORD).caption == "✓ 达标"
    unsure = RECORD | {"verdict": "uncertain"}
    assert "～" not in table(unsure).caption
    assert table(unsure).caption.startswith("~")


def test_a_star_tells_who_differs_from_the_others_and_is_explained_where_it_stands():
    """The sentence above counts them, so the table has to say which they are."""
    worse, like_others = RECORD | {"signal": "worse"}, RECORD | {"agent": "A2"}
    shown = table(worse, like_others, rows=(FANG, LEI), intervals=True)
    assert [row.cells[-1].detail.endswith(" *") for row in shown.rows] == [True, False]
    assert "* 与其他的差异超出波动" in shown.caption
    assert "*" not in table(like_others, rows=(LEI,), intervals=True).caption


def test_a_total_is_its_own_n():
    cell = table(RECORD | {"metric": "sales", "value": 12.0, "n": 12, "verdict": "no_target"}).rows[0].cells[-1]
    assert (cell.text, cell.detail) == ("12", "")
