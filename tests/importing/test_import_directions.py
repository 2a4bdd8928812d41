"""Which way calls went, and what became of them, in the words of the systems that centers use."""

import pytest

from qa.importing import propose

HEAD = "呼叫ID,呼叫时间,技能组,通话时长"


def directions(desk, header: str, *said: str) -> list[str]:
    rows = "".join(f"{i},2026-10-05 09:00,售后,60,{word}\n" for i, word in enumerate(said))
    desk.load(desk.file(f"{HEAD},{header}\n" + rows), accept=True)
    return [direction for (direction,) in desk.rows("calls", "direction", "call_id")]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("呼叫类型", ("普通来电", "外呼去电", "普通来电")),
        ("Call Type", ("Inbound_Queue", "outbound-dial", "INBOUND")),
        ("Call direction", ("Inbound", "Outbound", "Inbound")),
        ("Way", ("呼入", "呼出", "呼入")),
    ],
)
def test_outbound_calls_are_not_taken_for_inbound_ones(desk, header, said):
    assert directions(desk, header, *said) == ["inbound", "outbound", "inbound"]


def test_a_word_beside_those_that_say_a_direction_goes_to_quarantine(desk):
    assert directions(desk, "呼叫类型", "普通来电", "外呼去电", "内部通话") == ["inbound", "outbound"]
    assert desk.quarantine("calls")[0][2:4] == ["direction", "内部通话"]


def test_a_column_of_directions_that_says_none_is_told(desk):
    proposal = propose(desk.file(f"{HEAD},呼叫类型\n1,2026-10-05 09:00,售后,60,A类\n2,2026-10-05 09:00,售后,60,B类\n"))
    assert any("A类" in note.en and "A类" in note.zh and "direction" in note.en for note in proposal.notes)


def test_a_way_into_a_queue_is_no_direction(desk):
    """Reasons that only mention one are left alone."""
    proposal = propose(desk.file(f"{HEAD},Topic of it\n1,2026-10-05 09:00,售后,60,来电咨询\n2,2026-10-05 09:00,售后,60,外呼回访\n"))
    assert next(fill for fill in proposal.mapping.table if fill.fills == "calls").columns["direction"].constant == "inbound"


@pytest.mark.parametrize(
    "words", ["座席接听,座席未接听", "已接听,振铃未接听", "正常通话,排队时客户放弃", "Completed,Abandoned in queue", "completed,no-answer"]
)
def test_what_became_of_calls_in_the_words_of_their_systems(desk, words):
    taken, missed = words.split(",")
    rows = f"1,2026-10-05 09:00,售后,60,{taken},客户挂机\n2,2026-10-05 09:00,售后,0,{missed},座席挂断\n"
    assert desk.load(desk.file(f"{HEAD},呼叫状态,挂机方\n" + rows), accept=True).status == 0
    assert desk.rows("calls", "answered, ended_by", "call_id") == [(True, "customer"), (False, "agent")]


def test_whether_a_call_was_transferred_is_not_whether_it_left_the_house(desk):
    rows = "a,2026-10-05 09:00,60,false,true\nb,2026-10-05 09:00,60,false,false\n"
    desk.load(desk.file("Call ID,Start Time,Talk Time,Is External Transfer?,Is Transfer?\n" + rows), accept=True)
    assert desk.rows("calls", "transferred", "call_id") == [(True,), (False,)]
