"""The table of judged figures: no column of nothing, and a key to the icons that stand without a word."""

from qa.session.judged_table import Row, judged_table

RECORD = {"value": 0.93, "n": 40, "minimum": 0.9, "maximum": None, "verdict": "met"}


def table(*rows: Row):
    return judged_table("agents", "Agents", ("Agent", "Team"), ("pass_rate", "sales"), rows)


def test_a_label_that_every_row_lacks_has_no_column():
    shown = table(Row("A1", ("Fang", "-"), {"pass_rate": RECORD}))
    assert [column.key for column in shown.columns] == ["label 0", "pass_rate"]
    assert [cell.text for cell in shown.rows[0].cells] == ["Fang", "93.0%"]


def test_a_label_that_one_row_has_is_shown_for_all():
    shown = table(Row("A1", ("Fang", "-"), {"pass_rate": RECORD}), Row("A2", ("Lei", "One"), {"pass_rate": RECORD}))
    assert [row.cells[1].text for row in shown.rows] == ["-", "One"]


def test_the_key_names_the_icons_that_occur():
    assert table(Row("A1", ("Fang", "One"), {"pass_rate": RECORD | {"verdict": "missed"}})).caption == ""
    assert table(Row("A1", ("Fang", "One"), {"pass_rate": RECORD})).caption == "✓ 达标"
    unsure = RECORD | {"verdict": "uncertain"}
    assert "～" not in table(Row("A1", ("Fang", "One"), {"pass_rate": unsure})).caption
    assert table(Row("A1", ("Fang", "One"), {"pass_rate": unsure})).caption.startswith("~")


def test_a_star_tells_who_differs_from_the_others_and_is_explained_where_it_stands():
    """The sentence above counts them, so the table has to say which they are."""
    record = RECORD | {"low": 0.9, "high": 0.95, "signal": "none"}
    rows = [Row("A1", ("Fang", "One"), {"pass_rate": record | {"signal": "worse"}}), Row("A2", ("Lei", "One"), {"pass_rate": record})]
    shown = judged_table("agents", "Agents", ("Agent", "Team"), ("pass_rate",), rows, intervals=True)
    assert [row.cells[-1].detail.endswith(" *") for row in shown.rows] == [True, False]
    assert "* 与其他的差异超出波动" in shown.caption
    assert "*" not in judged_table("agents", "Agents", ("Agent", "Team"), ("pass_rate",), rows[1:], intervals=True).caption


def test_a_total_is_its_own_n():
    cell = table(Row("A1", ("Fang", "One"), {"sales": RECORD | {"value": 12, "n": 12, "verdict": "no_target"}})).rows[0].cells[-1]
    assert (cell.text, cell.detail) == ("12", "")
