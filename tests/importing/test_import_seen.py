"""What files from other people's systems showed: each was silently misread, or refused, before."""

import pytest

from qa.importing import preview, propose
from qa.importing.choose import Proposed
from qa.importing.errors import NeedsUser, Refused
from qa.importing.likeness import is_name_of_customers
from qa.importing.names import take_apart
from qa.importing.shapes import Shape

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
    with pytest.raises(NeedsUser, match="answered_at"):
        desk.load(path)


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
    with pytest.raises(NeedsUser, match="answered") as asked:
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


def test_shares_with_few_decimals_are_no_parts_of_a_day():
    assert not Shape(("0.5", "0.25", "1")).day_parts and not Shape(("0.123456", "12")).day_parts and Shape(("0.001655", "0")).day_parts


@pytest.mark.parametrize(("text", "seconds"), [("12:02:23 AM", 143), ("01:00:00 AM", 3600), ("1:02:03am", 3723)])
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
    # The proposal that was accepted is found again.
    assert desk.load(odd).files[0].mapping.startswith("odd")
    usual = desk.file(PWC + "2,Ann,01/13/2021,09:12:58,Billing,Y,Y,10,00:02:23,5\n".replace("01/13", "13/01"), "usual.csv")
    assert propose(usual, None).mapping.table and preview(usual, desk.folder / "elsewhere").file.mapping == "pwc_call_center"


def test_lost_digits_in_a_column_that_is_not_needed_say_how_to_go_on_without_it(desk):
    desk.load(desk.file(f"{CALLS},Caller Number\n1,2026-10-05 09:00,Y,60,9.71527E+11\n2,2026-10-05 09:00,Y,60,971527000001\n"), accept=True)
    (row,) = desk.quarantine("calls")
    assert "take it out of the mapping" in row[5] and "去掉" in row[4]


def test_a_file_of_averages_is_told_what_is_known_of_it_and_why_it_cannot_be_taken(desk):
    with pytest.raises(Refused) as refused:
        desk.load(desk.file("Agent,Adherence (%),Exceptions\nAnn,95,2\n"), accept=True)
    assert "only Agent is known" in refused.value.text.en and "averages" in refused.value.text.en and "只有 Agent" in refused.value.text.zh


def test_a_long_list_of_columns_says_how_many_there_are(desk):
    with pytest.raises(Refused, match="25 in all"):
        desk.load(desk.file(",".join(f"spalte {i}" for i in range(25)) + "\n" + ",".join("x" * 25) + "\n"))


def test_a_header_of_customers_names_is_known_as_one():
    assert [is_name_of_customers(take_apart(header)) for header in ("客户姓名", "Caller Name", "customer no")] == [True, True, False]
