"""The page of explanations: who sees what, two writers at once, and data corrected after the report."""

import shutil
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url
from streamlit.testing.v1 import AppTest

from qa.explanations.reading import explanations_of
from qa.i18n import set_language
from qa.people import Person
from qa.session.board.items import Sentences
from qa.session.explanations.month import Month, month_items
from qa.store import Store
from tests.explanations.listed import FIGURE
from tests.support.app import frame
from tests.support.world import World

PAGE = "pages/headquarters/explanations.py"
WRITER = Person("李红", "branch_qa", frozenset({"WH"}))
COLLEAGUE = Person("孙丽", "branch_qa", frozenset({"WH"}))
LATER = datetime(2026, 11, 20, 12)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> World:
    """Wuhan and Chengdu miss the pass rate of October; the data go on to the 20th of November. Nobody has looked yet."""
    world = World(tmp_path_factory.mktemp("built")).add("centers", [{"center_id": "CD", "name": "成都"}])
    for center in ("WH", "CD"):
        world.add("evaluations", [{"center_id": center}] * 15 + [{"center_id": center, "passed": False}] * 5)
    world.add("evaluations", [{"center_id": "SH", "evaluated_at": LATER}]).warehouse()
    return world


@pytest.fixture
def world(built, tmp_path, monkeypatch):
    """A copy of it, to be written to."""
    own = World(Path(shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)))
    own.tables = deepcopy(built.tables)
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    return own


def opened(person: Person | None = None, **parameters: str) -> AppTest:
    board = frame()
    board.query_params.update({"period": "2026-10"} | parameters)
    if person is not None:
        board.session_state["_viewer"] = person
    board.switch_page(PAGE).run()
    assert not board.exception and not board.error, [error.value for error in board.error]
    return board


def owed(world: World, center: str) -> int:
    store = Store(make_url(f"sqlite:///{world.folder / 'board.sqlite'}"))
    (one,) = [found for found in explanations_of(store, center, "2026-10") if found.figure.metric == "pass_rate"]
    store.close()
    return one.id


def one(number: int, person: Person | None, **parameters: str) -> AppTest:
    return opened(person, explanation=str(number), **parameters)


def field(board: AppTest, number: int, part: str):
    kind = {"text": board.text_area, "what 0": board.text_input, "owner 0": board.text_input, "due 0": board.text_input, "causes": board.multiselect}[part]
    return kind(key=f"explanation {number} {part}")


def written(board: AppTest) -> str:
    """What stands on the page to be read, of one or another explanation."""
    return "".join(part.proto.body for part in board.get("html"))


def press_save(board: AppTest, number: int) -> AppTest:
    return board.button(key=f"explanation {number} save").click().run()


def test_looking_makes_the_list_and_a_guest_cannot_write(world):
    opened()
    board = one(owed(world, "WH"), None)
    assert board.subheader[0].value == "武汉 · 抽检合格率 · 2026年10月"
    assert not board.text_area
    assert "等待处理：分中心质检。操作身份在页面顶部选择。" in [note.value for note in board.caption]


@pytest.mark.parametrize(
    ("is_over", "is_listed", "said"),
    [
        (True, True, "The list of Oct 2026 has no figure of the centers chosen"),
        (True, False, "No list has been made for Oct 2026"),
        (False, True, "Oct 2026 is not over in the data"),
    ],
)
def test_a_center_without_figures_does_not_make_the_list_unmade(is_over, is_listed, said):
    set_language("en")
    (answer,) = month_items(Month("2026-10", is_over, [], [], [], [], {}, {}, LATER.date(), is_listed=is_listed))
    assert isinstance(answer, Sentences)
    assert answer.items[0].text.startswith(said)


def test_a_center_with_a_month_of_its_own_is_named_with_its_days():
    set_language("en")
    figures = [FIGURE, replace(FIGURE, center="XA", date_from=date(2026, 9, 21), date_to=date(2026, 10, 21))]
    month = Month("2026-10", False, [], [], [], figures, {}, {"XA": "Xi'an"}, LATER.date())
    own = [sentence.text for sentence in month_items(month)[0].items if sentence.key.startswith("days")]
    assert own == ["Xi'an: figures of 21 Sep – 20 Oct 2026, the month it is assessed by; other pages show the days of the filter bar."]


def test_a_branch_finds_nothing_of_another_branch(world):
    opened()
    board = one(owed(world, "CD"), WRITER)
    assert not board.subheader and [note.icon for note in board.info] == [":material/info:"]


@pytest.mark.parametrize("number", ["999", "x", "-1", "1" * 40])
def test_a_link_to_no_explanation_says_so(world, number):
    board = opened(explanation=number)
    assert [note.icon for note in board.info] == [":material/info:"]


def test_what_is_saved_comes_back_and_what_cannot_be_read_is_said(world):
    opened()
    number = owed(world, "WH")
    board = one(number, WRITER)
    field(board, number, "text").set_value("节后话务量增加")
    field(board, number, "what 0").set_value("旁听带教")
    field(board, number, "owner 0").set_value("何强")
    field(board, number, "due 0").set_value("下周")
    press_save(board, number)
    assert board.error[0].value == "“下周”不是日期，请写成 2026-11-30。"
    field(board, number, "due 0").set_value("2026年11月30日")
    press_save(board, number)
    assert not board.error
    assert field(one(number, COLLEAGUE), number, "due 0").value == "2026-11-30"


def test_the_second_writer_is_told_and_keeps_his_text(world):
    opened()
    number = owed(world, "WH")
    first, second = one(number, WRITER), one(number, COLLEAGUE)
    field(first, number, "text").set_value("第一份")
    field(first, number, "what 0").set_value("旁听带教两周")
    press_save(first, number)
    field(second, number, "text").set_value("第二份")
    press_save(second, number)
    assert second.error[0].value.startswith("李红已在此期间修改了这份说明")
    assert field(second, number, "text").value == "第二份"
    theirs = written(second)
    assert "第一份" in theirs and "旁听带教两周" in theirs
    second.button(key=f"explanation {number} keep").click().run()
    press_save(second, number)
    assert not second.error
    assert field(one(number, WRITER), number, "text").value == "第二份"


def test_the_second_writer_may_take_the_first_ones_text(world):
    opened()
    number = owed(world, "WH")
    first, second = one(number, WRITER), one(number, COLLEAGUE)
    field(first, number, "text").set_value("第一份")
    press_save(first, number)
    field(second, number, "text").set_value("第二份")
    press_save(second, number)
    second.button(key=f"explanation {number} take").click().run()
    assert field(second, number, "text").value == "第一份"
    assert not second.error


def test_a_draft_says_what_it_lacks_before_it_can_be_reviewed(world):
    opened()
    number = owed(world, "WH")
    board = one(number, WRITER)
    field(board, number, "text").set_value("新人较多。")
    field(board, number, "what 0").set_value("旁听带教两周")
    press_save(board, number)
    assert "提交审核前尚须补充：未列原因。第 1 条措施须写明内容、责任人和日期。" in [note.value for note in board.caption]


def test_the_page_follows_the_language(world):
    opened()
    board = one(owed(world, "WH"), WRITER, lang="en")
    assert board.subheader[0].value == "武汉 · Pass rate · Oct 2026"
    assert "Save draft" in [button.label for button in board.button]


def test_headquarters_alone_owes_nothing_and_is_not_asked_to_make_a_list(world, monkeypatch):
    sent: dict[str, list] = {}
    monkeypatch.setattr("qa.session.board", lambda items, key="": sent.update({key: items}))
    board = opened(Person("赵敏", "headquarters_qa", None), center="SH")
    (answer,) = sent["explanations"]
    assert [sentence.text for sentence in answer.items] == ["总中心无须向自己提交说明：请选择分中心或全部中心。"]
    assert not [button for button in board.button if button.key == "make the list"]


def test_a_month_without_whole_data_leads_to_the_one_before(world):
    board = opened(period="this_month")
    board.button(key="month before").click().run()
    assert not board.exception
    assert board.session_state["view.period"] == "2026-10"


def test_a_store_out_of_reach_is_said_in_words(world, monkeypatch):
    monkeypatch.setenv("QA_STORE", "postgresql://board:secret@127.0.0.1:1/quality")
    board = frame()
    board.switch_page(PAGE).run()
    assert not board.exception
    assert "secret" not in board.error[0].value and "127.0.0.1" in board.error[0].value


def test_data_corrected_after_the_report_stand_beside_it(world, monkeypatch):
    opened()
    world.add("evaluations", [{}] * 80).warehouse()
    sent: dict[str, list] = {}
    monkeypatch.setattr("qa.session.board", lambda items, key="": sent.update({key: items}))
    opened()
    answer, listed, figures = sent["explanations"]
    corrected = "武汉，抽检合格率：更正：上报 75.0%（n = 20），按现有数据为 95.0%（n = 100）。按现有数据，无须说明。"
    assert corrected in [sentence.text for sentence in answer.items]
    (row,) = [row for row in listed.rows if row.cells[0].text == "武汉"]
    assert row.cells[2].text == "75.0%" and row.cells[2].detail.endswith("更正为 95.0%")
    (row,) = [row for row in figures.rows if row.cells[0].text == "武汉"]
    assert [cell.detail for cell in row.cells if cell.text == "75.0%"] == ["n = 20 · 更正为 95.0%"]
    opened(explanation=str(owed(world, "WH")))
    figure, tile = sent["explanation"][:2]
    assert figure.items[0].text == "抽检合格率为 75.0%：未达目标 ≥ 95.0%。"
    assert tile.value == "75.0%"
    assert figure.items[-1].text == corrected.partition("抽检合格率：")[2]


def test_a_branch_is_told_of_its_own_figures_only_with_headquarters_beside_them(world, monkeypatch):
    answered = datetime(2026, 10, 6)
    for center, satisfied in (("SH", 95), ("WH", 92), ("CD", 91)):
        rows = [{"center_id": center, "answered_at": answered, "score": score} for score in [5] * satisfied + [1] * (100 - satisfied)]
        world.add("surveys", rows)
    world.warehouse()
    sent: dict[str, list] = {}
    monkeypatch.setattr("qa.session.board", lambda items, key="": sent.update({key: items}))
    opened(WRITER)
    _answer, listed, figures = sent["explanations"]
    assert {row.cells[0].text for row in (*listed.rows, *figures.rows)} == {"武汉"}
    (row,) = [row for row in listed.rows if row.cells[1].text == "客户满意率"]
    assert (row.cells[4].text, row.cells[4].detail) == ("−3.0 个百分点", "总中心 95.0%")
