"""Headers as Chinese call-center systems write them: codes on 号, whether there is a fatal error, calls that asked for an agent."""

import pytest

CALLS = "通话唯一标识,{0},{1},开始时间,接听状态,通话时长\n"


@pytest.mark.parametrize("header", ["座席号", "坐席代码", "坐席账号", "座席ID", "坐席 编号"])
def test_the_code_of_an_agent_is_one_whatever_word_for_code_it_ends_on(desk, header):
    desk.load(desk.file(CALLS.format(header, "座席电话") + "1,0801,8801,2026-10-05 09:00,已接听,60\n"), accept=True)
    assert desk.rows("calls", "agent_id") == [("0801",)]


def test_what_else_is_said_of_an_agent_is_no_code(desk):
    desk.load(desk.file(CALLS.format("座席电话", "座席状态") + "1,8801,忙,2026-10-05 09:00,已接听,60\n"), accept=True)
    assert desk.rows("calls", "agent_id") == [(None,)]


CARDS = "质检单号,坐席工号,质检员,质检时间,总分,{0}\n"


@pytest.mark.parametrize(("header", "yes", "no"), [("致命错误", "是", "否"), ("是否致命", "Y", "N"), ("有无致命错误", "有", "无")])
def test_whether_there_is_a_fatal_error_counts_as_one_or_none_and_is_told(desk, header, yes, no):
    rows = f"Z1,0801,王,2026-10-06 10:00,96,{no}\nZ2,0802,王,2026-10-06 10:30,0,{yes}\nZ3,0802,王,2026-10-06 11:00,90,\n"
    summary = desk.load(desk.file(CARDS.format(header) + rows), accept=True)
    assert desk.rows("evaluations", "fatal_errors", "evaluation_id") == [(0,), (1,), (None,)]
    assert any(f"“{header}”只说有没有" in note.zh and "one fatal error" in note.en for note in summary.files[0].notes)


def test_fatal_errors_that_are_counted_stay_counts(desk):
    desk.load(desk.file(CARDS.format("致命错误") + "Z1,0801,王,2026-10-06 10:00,96,0\nZ2,0802,王,2026-10-06 10:30,0,2\n"), accept=True)
    assert desk.rows("evaluations", "fatal_errors", "evaluation_id") == [(0,), (2,)]


def test_calls_that_asked_for_an_agent_are_those_that_agents_could_answer(desk):
    head = "日期,技能组,呼入总量,IVR自助量,请求人工量,人工接通量\n"
    desk.load(desk.file(head + "2026-10-05,售前,120,20,100,95\n"), accept=True)
    assert desk.rows("call_counts", "offered, answered") == [(100, 95)]
