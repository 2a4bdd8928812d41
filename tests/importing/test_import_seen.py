"""What files from other people's systems showed: each was silently misread, or refused, before."""

import pytest

from qa.importing import propose
from qa.importing.choose import Proposed
from qa.importing.errors import NeedsUser, Refused
from qa.importing.likeness import is_name_of_customers
from qa.importing.names import take_apart

CALLS = "Call ID,Start Time,Answered,Talk Time"


def fill(proposal, table: str):
    return next(fill for fill in proposal.mapping.table if fill.fills == table)


@pytest.mark.parametrize("header", ["Customer Name", "customer_name", "Caller", "Customer"])
def test_names_of_customers_do_not_enter_and_this_is_told(desk, header):
    summary = desk.load(desk.file(f"{CALLS},{header}\n1,2026-10-05 09:00,Y,60,Filippo Lobb\n2,2026-10-05 09:10,Y,60,Kinny Foxall\n"), accept=True)
    assert desk.rows("calls", "customer_id") == [(None,), (None,)]
    assert header in summary.files[0].ignored
    assert any("not imported" in note.en and "不导入" in note.zh for note in summary.files[0].notes)


def test_a_code_of_the_customer_beside_the_name_is_taken(desk):
    desk.load(desk.file(f"{CALLS},Customer Name,Customer ID\n1,2026-10-05 09:00,Y,60,Filippo Lobb,C1\n"), accept=True)
    assert desk.rows("calls", "customer_id") == [("C1",)]


def test_addresses_of_mail_become_pseudonyms(desk):
    desk.load(desk.file(f"{CALLS},Customer Email\n1,2026-10-05 09:00,Y,60,ann@example.org\n2,2026-10-05 09:00,Y,60,1234567@qq.com\n"), accept=True)
    kept = [customer for (customer,) in desk.rows("calls", "customer_id")]
    assert len(set(kept)) == 2 and all(len(customer) == 24 and customer.isalnum() for customer in kept)


def test_each_address_is_one_customer_however_it_is_written(desk):
    said = ["a-b@x.com", "ab@x.com", "Ab@X.com", "Bob Jones <bob@x.com>", "张三@微信"]
    desk.load(desk.file(f"{CALLS},Customer ID\n" + "".join(f"{i},2026-10-05 09:00,Y,60,{one}\n" for i, one in enumerate(said))), accept=True)
    kept = [customer for (customer,) in desk.rows("calls", "customer_id", "call_id")]
    assert kept[1] == kept[2] and len(set(kept)) == 4 and all(len(customer) == 24 and customer.isalnum() for customer in kept)


def test_names_among_the_numbers_of_callers_become_pseudonyms(desk):
    said = ["Mary Jones", "John Smith", "Paul Black", "13800138000", "C-0012"]
    desk.load(desk.file(f"{CALLS},Customer\n" + "".join(f"{i},2026-10-05 09:00,Y,60,{one}\n" for i, one in enumerate(said))), accept=True)
    kept = [customer for (customer,) in desk.rows("calls", "customer_id", "call_id")]
    assert kept[4] == "C-0012" and all(len(customer) == 24 and customer.isalnum() for customer in kept[:4])


def test_codes_in_capitals_are_codes_and_others_are_told_how_to_get_in(desk):
    desk.load(desk.file(f"{CALLS},Customer Code\n1,2026-10-05 09:00,Y,60,KQXZ\n2,2026-10-05 09:00,Y,60,AB-C\n"), accept=True)
    assert desk.rows("calls", "customer_id", "call_id") == [("KQXZ",), ("AB-C",)]
    proposal = propose(desk.file(f"{CALLS},Customer Code\n1,2026-10-05 09:00,Y,60,kqxz\n", "small.csv"))
    assert any('customer_id = "Customer Code"' in note.en and 'customer_id = "Customer Code"' in note.zh for note in proposal.notes)


def test_what_a_log_says_of_a_call_the_customer_was_not_asked(desk):
    text = "Call Id,Agent,Date,Answered (Y/N),Resolved,Satisfaction rating\n1,Ann,2026-10-05 09:00,Y,Y,5\n2,Bob,2026-10-05 09:00,Y,N,2\n"
    desk.load(desk.file(text), accept=True)
    assert desk.rows("calls", "resolved", "call_id") == [(True,), (False,)]
    assert desk.rows("surveys", "score::int, resolved_first_time", "survey_id") == [(5, None), (2, None)]


@pytest.mark.parametrize(("scores", "top"), [("1 3 5", 5), ("1.0 5.0", 5), ("5分 4分", 5), ("0 7 10", 10), ("0 5 3", None), ("1 2 4", None), ("3 7", None)])
def test_the_top_of_a_scale_is_what_whole_scores_reach(desk, scores, top):
    lines = "".join(f"{i},2026-10-05 09:00,{score}\n" for i, score in enumerate(scores.split()))
    proposal = propose(desk.file("调查编号,评价时间,评分\n" + lines))
    take = fill(proposal, "surveys").columns.get("scale_max")
    assert (take and take.constant) == top
    assert any("scale_max" in note.en and "scale_max" in note.zh for note in proposal.notes)


def test_times_of_submission_are_those_of_answers(desk):
    desk.load(desk.file("csat_id,agent_id,rating,submitted_at\n1,07,5,2026-10-05 09:00\n2,07,3,2026-10-06 09:00\n"), accept=True)
    assert desk.rows("surveys", "survey_id, answered_at is not null, scale_max::int") == [("1", True, 5), ("2", True, 5)]


def test_ratings_without_a_time_of_the_answer_are_asked_for_one(desk):
    """They would all count as not answered."""
    path = desk.file("no,rating,created\n1,5,2026-10-05 09:00\n")
    (desk.into / "mappings").mkdir(parents=True)
    (desk.into / "mappings" / "mine.toml").write_text(
        'fits = ["no", "rating", "created"]\n[[table]]\nfills = "surveys"\n[table.columns]\n'
        'survey_id = "no"\ncenter_id = { constant = "MAIN" }\nsent_at = "created"\nscore = "rating"\n',
        encoding="utf-8",
    )
    for mapping in (None, "mine"):
        with pytest.raises(NeedsUser, match="answered_at"):
            desk.load(path, mapping=mapping)


@pytest.mark.parametrize(
    ("days", "grain", "told"),
    [
        (["2025-01-01", "2025-01-01"], "day", "month"),
        (["2024-01-01", "2024-02-01", "2024-03-01"], "month", "whole month"),
        (["2024-01-01", "2024-01-02"], "day", ""),
        (["2024/1/1 0:00", "2024/2/1 0:00"], "month", "whole month"),
    ],
)
def test_first_days_of_several_months_are_months_and_one_of_them_is_a_day(desk, days, grain, told):
    lines = "".join(f"{day},Q{i},100,90\n" for i, day in enumerate(days))
    proposal = propose(desk.file("date,queue,offered,answered\n" + lines))
    assert fill(proposal, "call_counts").columns["grain"].constant == grain
    assert any(told and told in note.en for note in proposal.notes) == bool(told)


def test_a_call_log_that_lacks_something_is_no_list_of_agents(desk):
    text = "call_id,call_date,agent_id,agent_name,team,call_type,csat_score\nC1,2024-01-13,A1,Ann,T1,Outbound,5\nC2,2024-01-14,A2,Bob,T1,Outbound,4\n"
    with pytest.raises(NeedsUser, match="looks like Calls.*answered") as asked:
        desk.load(desk.file(text), accept=True)
    assert "constant = true" in asked.value.text.en and "constant = true" in asked.value.text.zh
    proposal = propose(desk.file(text))
    assert [fill.fills for fill in proposal.mapping.table] == ["centers", "agents", "calls", "surveys"]


def test_a_list_of_agents_stays_one(desk):
    desk.load(desk.file("id,agent_id,name,team,date\n1,07,王芳,一组,2024-01-05\n2,08,李强,二组,2024-02-05\n"), accept=True)
    assert desk.rows("agents", "agent_id, name, team") == [("07", "王芳", "一组"), ("08", "李强", "二组")] and desk.rows("calls") == []


@pytest.mark.parametrize("words", [("Completed", "Dropped", "Transferred"), ("ANSWERED", "NO ANSWER", "BUSY"), ("Success", "Abandoned", "Success")])
def test_what_became_of_calls_says_whether_they_were_answered(desk, words):
    lines = "".join(f"{i},2026-10-05 09:00,{word}\n" for i, word in enumerate(words))
    desk.load(desk.file("Call ID,Start Time,Status\n" + lines), accept=True)
    answered = {"Completed", "Transferred", "ANSWERED", "Success"}
    assert [said for (said,) in desk.rows("calls", "answered", "call_id")] == [word in answered for word in words]


@pytest.mark.parametrize(
    ("header", "words"), [("Payment Status", "Success,Failed"), ("Ticket Status", "Resolved,Unresolved"), ("QA Status", "Pass,Fail"), ("VIP status", "Yes,No")]
)
def test_a_header_that_has_the_word_among_others_says_nothing_of_calls(desk, header, words):
    lines = "".join(f"{i},2026-10-05 09:00,60,{word}\n" for i, word in enumerate(words.split(",")))
    proposal = propose(desk.file(f"Call ID,Start Time,Talk Time,{header}\n" + lines))
    assert fill(proposal, "calls").columns["answered"].source == "Talk Time"


def test_words_for_what_became_of_a_call_say_nothing_of_what_became_of_the_matter(desk):
    rows = "1,2026-10-05 09:00,Y,60,Resolved,completed\n2,2026-10-05 09:00,Y,60,Transferred,transferred\n3,2026-10-05 09:00,Y,60,Unresolved,completed\n"
    desk.load(desk.file(f"{CALLS},Resolved,Transferred\n" + rows), accept=True)
    assert desk.rows("calls", "call_id, resolved, transferred", "call_id") == [("1", True, None), ("3", False, None)]


def test_a_day_on_which_something_else_began_is_no_start_of_a_call(desk):
    text = "call id,Contract Start,answered,Talk Time\n1,2019-01-01,Y,60\n2,2020-05-01,Y,60\n"
    with pytest.raises(NeedsUser, match="started_at"):
        desk.load(desk.file(text), accept=True)
    desk.load(desk.file("agent id,agent name,team,shift start,wait time,talk time\n07,王芳,一组,2026-10-05,1,2\n", "people.csv"), accept=True)
    assert desk.rows("calls") == [] and desk.rows("agents", "agent_id") == [("07",)]


def test_a_clock_under_start_beside_a_date_is_its_time_of_day(desk):
    desk.load(desk.file("Call ID,Date,Start,Answered,Talk Time\n1,2026-10-05,09:30:00,Y,60\n"), accept=True)
    assert str(desk.rows("calls", "started_at")[0][0]) == "2026-10-05 09:30:00"


def test_when_a_ticket_was_submitted_is_no_time_of_an_answer(desk):
    rows = "S1,2026-10-01 08:00,2026-10-05 09:00,5,07\nS2,2026-10-01 08:00,2026-10-05 09:00,,07\n"
    desk.load(desk.file("评价编号,工单提交时间,邀评时间,评分,工号\n" + rows), accept=True)
    assert desk.rows("surveys", "survey_id, answered_at is not null", "survey_id") == [("S1", True), ("S2", False)]


@pytest.mark.parametrize("words", ["Success,Failed", "Open,Closed", "Yes,No", "Answered,Escalated"])
def test_a_status_of_something_else_does_not(desk, words):
    lines = "".join(f"{i},2026-10-05 09:00,60,{word}\n" for i, word in enumerate(words.split(",")))
    proposal = propose(desk.file("Call ID,Start Time,Talk Time,Status\n" + lines))
    assert fill(proposal, "calls").columns["answered"].source == "Talk Time"


def test_records_of_asterisk(desk):
    text = (
        "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid\n"
        ",13800138000,100,in,,SIP/1,SIP/2,Dial,x,2026-10-05 09:00:00,2026-10-05 09:00:05,2026-10-05 09:01:05,65,60,ANSWERED,3,1699286625.123\n"
        ",13800138001,100,in,,SIP/1,,Dial,x,2026-10-05 09:00:00,,2026-10-05 09:00:20,20,0,NO ANSWER,3,1699286626.124\n"
    )
    desk.load(desk.file(text), accept=True)
    assert desk.rows("calls", "call_id, answered, talk_s::int", "call_id") == [("1699286625.123", True, 60), ("1699286626.124", False, 0)]


def test_parts_of_a_day_are_clocks_and_durations(desk):
    rows = "1,2021-01-13,0.38400463,Y,0.001655093\n2,2021-01-13,0.999999,Y,0.002800926\n3,2021-01-14,.5,N,0\n"
    summary = desk.load(desk.file("Call Id,Date,Time,Answered,Talk Duration\n" + rows), accept=True)
    assert [(str(at), int(talk)) for at, talk in desk.rows("calls", "started_at, talk_s", "call_id")] == [
        ("2021-01-13 09:12:58", 143), ("2021-01-13 23:59:59", 242), ("2021-01-14 12:00:00", 0),
    ]  # fmt: skip
    assert any("86.4" in note.en and "86.4" in note.zh for note in summary.files[0].notes)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Talk Time", ["0.5", "0.25", "0"]), ("Talk Time", ["0.12345", "0.23456", "0.31234"]), ("Talk Time (hours)", ["0.0123", "0.0112", "0.0145"]),
        ("Talk Time", [*(f"0.{i:04}" for i in range(500)), "3.7603", "13.38"]),
    ],
)  # fmt: skip
def test_other_decimals_are_no_parts_of_a_day(desk, header, values):
    """More than is looked at when values stand in the order of their signs; hours, which the header says; and what would be hours."""
    rows = "".join(f"{i},2026-10-05 09:00,Y,{value}\n" for i, value in enumerate(values))
    desk.load(desk.file(f"Call ID,Start Time,Answered,{header}\n" + rows), accept=True)
    factor = 3600 if "hours" in header else 1
    assert float(desk.rows("calls", "sum(talk_s)")[0][0]) == pytest.approx(factor * sum(map(float, values)), abs=0.001 * len(values))


def test_midnight_is_a_part_of_a_day_too(desk):
    desk.load(desk.file("Call ID,Date,Time,Answered\n1,2021-01-13,0,Y\n2,2021-01-13,0.3840046,Y\n"), accept=True)
    assert [str(at) for (at,) in desk.rows("calls", "started_at", "call_id")] == ["2021-01-13 00:00:00", "2021-01-13 09:12:58"]


def test_clocks_of_the_morning_are_no_durations(desk):
    desk.load(desk.file("Call ID,Start Time,Answered,Queue Time\n1,2026-10-05 09:00,Y,9:05:12 AM\n2,2026-10-05 09:00,Y,10:18:30 AM\n"), accept=True)
    assert desk.rows("calls", "wait_s") == [(None,), (None,)]


@pytest.mark.parametrize(("text", "seconds"), [("12:02:23 AM", 143), ("12:59:59am", 3599)])
def test_durations_that_a_spreadsheet_shows_as_times_of_the_night(desk, text, seconds):
    desk.load(desk.file(f"{CALLS}\n1,2026-10-05 09:00,Y,{text}\n"), accept=True)
    assert desk.rows("calls", "talk_s::int") == [(seconds,)]


PWC = "Call Id,Agent,Date,Time,Topic,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,Satisfaction rating\n"


def test_a_shipped_mapping_that_reads_none_of_the_values_gives_way_to_a_proposal(desk):
    odd = desk.file(PWC + "1,Ann,2021.01.13,0.38400463,Billing,Y,Y,10,0.001655093,5\n", "odd.csv")
    with pytest.raises(Proposed) as proposed:
        desk.load(odd)
    assert proposed.value.notes[0].en.startswith("the columns are called as in the mapping pwc_call_center")
    desk.load(odd, accept=True)
    assert desk.rows("calls", "call_id, talk_s::int") == [("1", 143)]
    # The proposal that was accepted is found again, and the shipped mapping for a file that it reads without a question.
    assert desk.load(odd).files[0].mapping.startswith("odd")
    usual = desk.file(PWC + "2,Ann,03/01/2021,09:12:58,Billing,Y,Y,10,00:02:23,5\n", "usual.csv")
    assert desk.load(usual).files[0].mapping == "pwc_call_center"
    assert [str(at) for (at,) in desk.rows("calls", "started_at", "call_id")] == ["2021-01-13 09:12:58", "2021-01-03 09:12:58"]


def test_lost_digits_in_a_column_that_is_not_needed_say_how_to_go_on_without_it(desk):
    desk.load(desk.file(f"{CALLS},Caller Number\n1,2026-10-05 09:00,Y,60,9.71527E+11\n2,2026-10-05 09:00,Y,60,971527000001\n"), accept=True)
    (row,) = desk.quarantine("calls")
    assert "take it out of the mapping" in row[5] and "去掉" in row[4]


def test_a_file_of_averages_is_told_what_is_known_of_it_and_why_it_cannot_be_taken(desk):
    with pytest.raises(Refused) as refused:
        desk.load(desk.file("Agent,Adherence (%),Exceptions\nAnn,95,2\n"), accept=True)
    assert "only Agent is known" in refused.value.text.en and "means" in refused.value.text.en and "只有 Agent" in refused.value.text.zh


def test_a_long_list_of_columns_says_how_many_there_are(desk):
    with pytest.raises(Refused, match="25 in all"):
        desk.load(desk.file(",".join(f"spalte {i}" for i in range(25)) + "\n" + ",".join("x" * 25) + "\n"))


def test_a_header_of_customers_names_is_known_as_one():
    assert [is_name_of_customers(take_apart(header)) for header in ("客户姓名", "Caller Name", "customer no")] == [True, True, False]
