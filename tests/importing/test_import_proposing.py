"""A file without a mapping: what its names and values suggest, and what is asked before anything is loaded."""

import io

import pytest
from rich.console import Console

from qa.contract import TABLES
from qa.i18n import language, set_language
from qa.importing import preview, propose
from qa.importing.choose import Proposed
from qa.importing.command import import_files
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import SHIPPED, Mapping, load
from qa.importing.names import take_apart
from qa.importing.toml_text import as_toml

LOG = """流水号,工号,姓名,班组,技能组,呼叫方向,来电日期,来电时间,是否接通,等待时长（秒）,通话时长(分),满意度,备注
A1,07,王芳,一组,账单,呼入,2024-03-05,09:12:00,是,12,3.5,5,好
A2,08,李强,二组,账单,呼出,2024-03-06,10:00:01,否,30,,,
"""


def columns(mapping: Mapping, table: str) -> dict:
    return next(
        {name: take.source or take.constant or take.template for name, take in fill.columns.items()}
        for fill in mapping.table
        if fill.fills == table
    )


def test_a_chinese_call_log(desk):
    proposal = propose(desk.file(LOG))
    assert [fill.fills for fill in proposal.mapping.table] == ["centers", "agents", "calls", "surveys"]
    calls = columns(proposal.mapping, "calls")
    assert (
        calls["started_at"] == ["来电日期", "来电时间"]
        and calls["agent_id"] == "工号"
        and calls["queue"] == "技能组"
        and calls["direction"] == "呼叫方向"
    )
    takes = next(fill for fill in proposal.mapping.table if fill.fills == "calls").columns
    assert takes["talk_s"].unit == "min" and takes["wait_s"].unit is None
    assert columns(proposal.mapping, "agents") == {
        "agent_id": "工号",
        "name": "姓名",
        "center_id": "MAIN",
        "team": "班组",
    }
    assert columns(proposal.mapping, "surveys")["score"] == "满意度"
    assert any("center_id" in note.en for note in proposal.notes)


def test_an_english_call_log_and_its_answered_calls_by_talk_time(desk):
    text = "Call ID,Agent,Site,Call Time,Talk Time (min),Queue\n1,Ann,NY,2024-03-05 09:00,2,Sales\n2,,NY,2024-03-05 09:01,0,Sales\n"
    desk.load(desk.file(text), accept=True)
    assert desk.rows("calls", "call_id, answered, talk_s::int, center_id") == [
        ("1", True, 120, "NY"),
        ("2", False, 0, "NY"),
    ]
    assert desk.rows("centers", "center_id, is_headquarters") == [("NY", False)]


def test_counts_by_month_are_not_taken_for_calls(desk):
    mapping = propose(desk.file("月份,中心,呼入量,接通量,放弃量\n2024-01,SH,100,95,5\n2024-02,SH,120,110,10\n")).mapping
    assert [fill.fills for fill in mapping.table] == ["centers", "call_counts"]
    assert columns(mapping, "call_counts")["grain"] == "month"


def test_evaluations(desk):
    text = "质检单号,工号,质检员,质检时间,得分,满分,致命错误数,非致命错误数\nQ1,07,E1,2024-03-05 10:00,92,100,0,3\n"
    desk.load(desk.file(text), accept=True)
    assert desk.rows("evaluations", "evaluation_id, agent_id, score::int, nonfatal_errors, kind") == [
        ("Q1", "07", 92, 3, "recording")
    ]


def test_nothing_recognised_says_so(desk):
    with pytest.raises(Refused, match="nothing was recognised"):
        desk.load(desk.file("foo,bar\nx,y\n"))


def test_a_proposal_stops_until_it_is_reviewed(desk):
    path = desk.file(LOG, "话务.csv")
    for _ in range(2):
        with pytest.raises(Proposed) as caught:
            desk.load(path)
    written = caught.value.path
    assert written == desk.into / "mappings" / "话务.toml" and desk.rows("calls") == []
    written.write_text(
        written.read_text(encoding="utf-8").replace("reviewed = false", "reviewed = true"), encoding="utf-8"
    )
    assert desk.load(path).status == 0 and len(desk.rows("calls")) == 2


def test_accepting_marks_the_proposal_as_reviewed(desk):
    path = desk.file(LOG, "话务.csv")
    desk.load(path, accept=True)
    assert not desk.load(path).changed


def test_a_users_mapping_is_never_overwritten(desk):
    (desk.into / "mappings").mkdir(parents=True)
    mine = desk.into / "mappings" / "log.toml"
    mine.write_text(
        'fits = ["other"]\n[[table]]\nfills = "centers"\nrows = [{center_id = "A", name = "A", is_headquarters = true}]\n',
        encoding="utf-8",
    )
    with pytest.raises(Proposed) as caught:
        desk.load(desk.file(LOG, "log.csv"))
    assert caught.value.path.name == "log-2.toml" and "other" in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_mapping_written_as_text_reads_back_the_same(path, tmp_path):
    mapping = load(path)
    (tmp_path / path.name).write_text(as_toml(mapping, []), encoding="utf-8")
    assert load(tmp_path / path.name) == mapping
    assert mapping.zh and mapping.en and mapping.fits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[table]]\nfills = 'cals'\n[table.columns]\na = 'a'\n", "no table 'cals'"),
        ("[[table]]\nfills = 'calls'\n[table.columns]\nwat = 'a'\n", "no column wat"),
        ("tabel = 1\n", "table"),
        ("x = [", "not valid TOML"),
        ("[[table]]\nfills = 'calls'\n[table.columns]\nqueue = {from = 'a', constant = 'b'}\n", "exactly one"),
    ],
)
def test_wrong_mappings_say_where(tmp_path, text, said):
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="m.toml") as caught:
        load(tmp_path / "m.toml")
    assert said in caught.value.text.en


def test_missing_and_doubled_columns_are_named(desk):
    mapping = {
        "name": "m",
        "table": [
            {
                "fills": "centers",
                "columns": {"center_id": "code", "name": "name", "is_headquarters": {"constant": True}},
            }
        ],
    }
    with pytest.raises(Refused, match="needs the column 'name'"):
        desk.load(desk.file("code,title\nA,B\n"), mapping=mapping)
    with pytest.raises(Refused, match="columns 2, 3"):
        desk.load(desk.file("code,name,Name \nA,B,C\n".replace("Name ", "name")), mapping=mapping)


@pytest.mark.parametrize(
    ("header", "core", "unit"),
    [
        ("通话时长（秒）", "通话时长", "s"),
        ("等待时长(分)", "等待时长", "min"),
        ("Talk_Time in seconds", "talktime", "s"),
        ("Answered (Y/N)", "answered", ""),
    ],
)
def test_header_names_are_taken_apart(header, core, unit):
    name = take_apart(header)
    assert (name.core, name.unit) == (core, unit)


def test_preview_writes_nothing(desk):
    desk.centers()
    before = desk.state()
    (desk.into / "mappings").mkdir()
    seen = preview(
        desk.file("center_id,name,is_headquarters\nCD,成都,N\n", "c.csv"),
        desk.into,
        Mapping.model_validate(
            {"table": [{"fills": "centers", "columns": {n: n for n in ("center_id", "name", "is_headquarters")}}]}
        ),
    )
    assert seen.rows["centers"].columns == [c.name for c in TABLES["centers"].columns] and seen.read == {"centers": 1}
    assert desk.state() == before


@pytest.fixture
def said():
    """A console and what it printed, in English."""
    before = language()
    set_language("en")
    yield Console(file=io.StringIO(), width=160)
    set_language(before)


def test_the_command_stops_with_status_three_and_names_the_mapping(desk, said):
    assert import_files([desk.file(LOG, "log.csv")], into=desk.into, console=said) == 3
    text = said.file.getvalue()
    assert (
        str(desk.into / "mappings" / "log.toml") in text
        and "Proposed mapping" in text
        and "来电日期 + 来电时间" in text
    )


def test_the_command_goes_on_with_accept_and_tells_the_numbers(desk, said):
    assert import_files([desk.file(LOG, "log.csv")], into=desk.into, accept=True, console=said) == 0
    assert "Columns not used: 备注" in said.file.getvalue()


def test_the_command_names_the_quarantine(desk, said):
    desk.centers()
    assert (
        import_files([desk.file(LOG.replace(",12,", ",-12,"), "log.csv")], into=desk.into, accept=True, console=said)
        == 2
    )
    assert "quarantine/calls/log-" in said.file.getvalue()


def test_the_command_refuses_without_a_trace(desk, said):
    assert import_files([desk.file("a,b\n1\n2,3\n", "bad.csv")], into=desk.into, console=said) == 1
    assert "rows" in said.file.getvalue() and "Traceback" not in said.file.getvalue()


def test_what_dates_leave_open_names_the_mapping_to_write_it_into(desk, said):
    path = desk.file(LOG.replace("2024-03-05", "03/05/2024").replace("2024-03-06", "03/06/2024"), "log.csv")
    assert import_files([path], into=desk.into, accept=True, console=said) == 3
    written = desk.into / "mappings" / "log.toml"
    assert "day first" in said.file.getvalue() and str(written) in said.file.getvalue()
    text = written.read_text(encoding="utf-8")
    source = '{ from = ["来电日期", "来电时间"]'
    assert source in text
    written.write_text(text.replace(source, f'{source}, format = "day first"'), encoding="utf-8")
    assert import_files([path], into=desk.into, console=said) == 0


def proposed(desk, header: str, *rows: str) -> dict[str, dict[str, str]]:
    """What a file's columns are proposed for: by table, the contract's columns and where they come from."""
    mapping = propose(desk.file("\n".join([header, *rows, ""]), "some.csv")).mapping
    return {fill.fills: {name: take.source for name, take in fill.columns.items() if take.source} for fill in mapping.table}


def test_contact_records_of_amazon_connect_are_recognised(desk):
    header = (
        "ContactId,InitiationMethod,InitiationTimestamp,Agent.Username,Agent.AgentInteractionDuration,Agent.CustomerHoldDuration,"
        "Agent.AfterContactWorkDuration,Queue.Name,Queue.Duration,CustomerEndpoint.Address"
    )
    calls = proposed(desk, header, "c1,INBOUND,2026-10-05T09:30:00Z,jdoe,200,5,30,Basic,12,+14155550100")["calls"]
    assert (calls["agent_id"], calls["customer_id"], calls["queue"]) == ("Agent.Username", "CustomerEndpoint.Address", "Queue.Name")
    assert [calls[name].partition(".")[2] for name in ("talk_s", "hold_s", "wrap_s", "wait_s")] == [
        "AgentInteractionDuration", "CustomerHoldDuration", "AfterContactWorkDuration", "Duration",
    ]  # fmt: skip


def test_a_code_is_taken_before_a_name_for_who_was_evaluated(desk):
    found = proposed(desk, "质检编号,被检坐席,工号,质检员,质检日期,总分", "Z1,王芳,8001,李质检,2026-10-05,92", "Z2,李强,8002,李质检,2026-10-06,88")
    assert found["evaluations"]["agent_id"] == "工号" and found["agents"]["name"] == "被检坐席"
    alone = proposed(desk, "质检编号,被检坐席,质检员,质检日期,总分", "Z1,王芳,李质检,2026-10-05,92")
    assert alone["evaluations"]["agent_id"] == "被检坐席"


def test_what_a_header_says_about_people_is_nobodys_number(desk):
    header = "Unique id,Customer_City,Survey_response_Date,Agent_name,Agent Shift,Customer Remarks,CSAT Score"
    found = proposed(desk, header, "a1,Pune,01-Aug-23,Ann Lee,Morning,fine,5", "a2,Delhi,02-Aug-23,Bob Ray,Evening,,4")
    assert list(found) == ["centers", "agents", "surveys"] and "Customer_City" not in found["surveys"].values()
    assert (found["surveys"]["agent_id"], found["surveys"]["comment"]) == ("Agent_name", "Customer Remarks")
    assert found["surveys"]["sent_at"] == found["surveys"]["answered_at"] == "Survey_response_Date"


def test_counts_of_calls_handled_are_counts_of_calls_answered(desk):
    found = proposed(desk, "Date,Calls Offered,Calls Handled,Calls Abandoned,AHT", "2026-10-05,217,204,13,00:04:14", "2026-10-06,200,190,10,00:04:10")
    assert found["call_counts"] == {"period": "Date", "offered": "Calls Offered", "answered": "Calls Handled", "abandoned": "Calls Abandoned"}


def test_a_word_in_a_longer_header_is_not_taken_for_what_it_means_alone(desk):
    header = "Call ID,Start Time,Talk Time,Ring Groups,Missed_call_reason,Transfers,Avg Hold Time,Agent ID"
    found = proposed(desk, header, "1,2026-10-05 09:00,60,support,no_available_agent,0,12,a1", "2,2026-10-05 09:01,0,sales,,2,9,a2")
    assert "team" not in found["agents"] and not {"reason", "transferred", "transfer_s", "hold_s"} & set(found["calls"])


def test_means_of_many_calls_are_no_calls(desk):
    with pytest.raises(Refused):
        desk.load(desk.file("日期,工号,平均通话时长\n2026-10-05,01,60\n"), accept=True)


def test_calls_with_a_topic_are_no_trainings(desk):
    assert "trainings" not in proposed(desk, "Call ID,Agent,Date,Topic,Talk Time", "1,Ann,2026-10-05,Billing,60")


def test_time_in_the_call_is_taken_before_all_of_its_time(desk):
    found = proposed(desk, "Call ID,Start Time,Duration,answered,Total Talk", "1,2026-10-05 09:00,80,Y,60")
    assert found["calls"]["talk_s"] == "Total Talk"
    found = proposed(desk, "Call ID,Start Time,duration (total),answered,duration (in call)", "1,2026-10-05 09:00,80,Y,60")
    assert found["calls"]["talk_s"] == "duration (in call)"


def test_a_call_that_lasted_is_not_taken_for_an_answered_one(desk):
    with pytest.raises(NeedsUser, match="answered"):
        desk.load(desk.file("Call ID,Start Time,Queue,Duration\n1,2026-10-05 09:00,Sales,20\n"), accept=True)


def test_durations_that_cannot_be_seconds_are_milliseconds(desk):
    rows = "".join(f"c{i},10/{i + 13}/26 2:0{i} PM,Inbound,Billing,{(i + 40) * 1000},{i % 2 * 2500},{i * 1500}\n" for i in range(9))
    summary = desk.load(desk.file("Conversation ID,Date,Direction,Queue,Total Talk,Total Hold,Total Queue\n" + rows), accept=True)
    assert desk.rows("calls", "talk_s::float, hold_s::float, wait_s::float", "call_id")[:2] == [(40, 0, 0), (41, 2.5, 1.5)]
    assert any("milliseconds" in note.en and "毫秒" in note.zh for note in summary.files[0].notes)
    assert str(desk.rows("calls", "min(started_at)")[0][0]) == "2026-10-13 14:00:00"


@pytest.mark.parametrize("header", ["ANI", "主叫号码", "Customer Phone Number", "客户手机号", "callerno", "Caller ID"])
def test_telephone_numbers_of_any_country_become_pseudonyms(desk, header):
    numbers = ["4155550100", "(415) 555-0101", "tel:+14155550102", "62345678", "13800138000"]
    rows = "".join(f"{i},2026-10-05 09:00,是,{number}\n" for i, number in enumerate(numbers))
    desk.load(desk.file(f"通话编号,开始时间,是否接通,{header}\n" + rows), accept=True)
    kept = [customer for (customer,) in desk.rows("calls", "customer_id")]
    assert len(set(kept)) == 5 and all(len(customer) == 24 and customer.isalnum() for customer in kept)


def test_telephone_numbers_among_the_codes_of_customers_become_pseudonyms(desk):
    numbers = ["(415) 555-0101", "415-555-0102", "tel:+14155550102", "sip:+862155550102@example.org"]
    rows = "".join(f"{i},2026-10-05 09:00,是,{number}\n" for i, number in enumerate([*numbers, "C-1", "2026-10-1234"]))
    desk.load(desk.file("通话编号,开始时间,是否接通,客户编号\n" + rows), accept=True)
    kept = [customer for (customer,) in desk.rows("calls", "customer_id", "call_id")]
    assert kept[4:] == ["C-1", "2026-10-1234"] and all(len(customer) == 24 and customer.isalnum() for customer in kept[:4])


def test_seconds_beside_milliseconds_stay_seconds(desk):
    rows = "".join(f"c{i},2026-10-05 09:00,Y,{(i + 40) * 1000},{i}\n" for i in range(9))
    desk.load(desk.file("Call ID,Start Time,Answered,Talk Time,Wait Time\n" + rows), accept=True)
    assert desk.rows("calls", "talk_s::float, wait_s::float", "call_id")[:2] == [(40, 0), (41, 1)]


def test_the_threshold_that_a_header_names_is_the_one_of_its_counts(desk):
    desk.load(desk.file("月份,话务中心,呼入总量,人工接通量,20秒接通量\n2026年1月,上海,\"1,234\",\"1,100\",900\n"), accept=True)
    assert desk.rows("call_counts", "center_id, offered, answered_in_target, target_s::int") == [("上海", 1234, 900, 20)]


@pytest.mark.parametrize(
    "text",
    ["日期,工号,签入时长\n10月1日,01,8:00:00\n", "日期,工号,签入时长\n10-Oct,01,8:00:00\n", "质检编号,工号,质检员,质检时间,得分\nQ1,01,e,10-05 09:30,90\n"],
)
def test_days_without_a_year_are_named_and_no_year_is_made_up(desk, text):
    with pytest.raises(Refused, match="without a year .such as 10") as caught:
        desk.load(desk.file(text), accept=True)
    assert "没有年份" in caught.value.text.zh


INTERVALS = "Date,Time,Split/Skill,Calls Offered,ACD Calls,Aban Calls\n"


@pytest.mark.parametrize(
    "stretches", [("11:30 AM-12:00 PM", "12:00 PM-12:30 PM"), ("12:30-1:00 PM", "1:00-1:30 PM"), ("23:00-23:30", "23:30-00:00"), ("8", "9")]
)
def test_a_threshold_is_not_added_up_with_the_counts(desk, stretches):
    rows = "".join(f"2026-10-13,{stretch},q,5,4,20\n" for stretch in stretches)
    desk.load(desk.file("日期,时段,队列,呼入量,接通量,达标阈值\n" + rows), accept=True)
    assert desk.rows("call_counts", "offered, answered, target_s::int") == [(10, 8, 20)]


def test_stretches_of_a_day_are_added_up_to_days(desk):
    rows = "".join(f"10/{13 + i // 4}/2026,{8 + i % 4}:00-{8 + i % 4}:30,Billing,{i + 2},{i},1\n" for i in range(8))
    summary = desk.load(desk.file(INTERVALS + rows), accept=True)
    assert desk.rows("call_counts", "period::varchar, queue, offered, answered, abandoned") == [
        ("2026-10-13", "Billing", 14, 6, 4), ("2026-10-14", "Billing", 30, 22, 4),
    ]  # fmt: skip
    assert summary.status == 0 and any("added up to days" in note.en and "按天相加" in note.zh for note in summary.files[0].notes)


@pytest.mark.parametrize(("first", "second"), [
    ("8:00-8:30", "8:00-8:30"), ("8:00-8:30", ""), ("8:00-8:30", "all day"), ("8:00-8:30", "0:00-24:00"),
    ("8:00-8:30", "8-9"), ("8:30 PM-9:00 PM", "20:00-21:00"), ("23:30-0:00", "23:00-0:00"),
])  # fmt: skip
def test_stretches_that_are_there_twice_or_missing_or_within_another_are_not_added_up(desk, first, second):
    rows = f"10/13/2026,{first},Billing,5,4,1\n10/13/2026,{second},Billing,6,4,1\n"
    desk.load(desk.file(INTERVALS + rows), accept=True)
    assert desk.rows("call_counts") == [] and len(desk.quarantine("call_counts")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "日期,工号,通话总量,通话时长\n2026-10-05,01,80,5:05:09\n",
        "日期,工号,班组,接通率,通话时长\n2026-10-05,01,一组,98%,5:05:09\n",
        "Date,Agent,Calls Handled,Talk Time,Rating\n2026-10-05,Ann,80,5:05:09,4.5\n",
    ],
)
def test_rows_that_stand_for_many_calls_are_no_calls(desk, text):
    with pytest.raises(Refused, match="stands for many, so they are no single calls") as caught:
        desk.load(desk.file(text), accept=True)
    assert "一行是多通话务的合计" in caught.value.text.zh
    assert not desk.rows("calls") and not desk.rows("surveys")


ITEMS = "质检编号,工号,质检员,质检时间,开头语(5分),业务能力（满分40分）,结束语(5),总分\n"


def test_a_column_for_each_item_fills_the_items_of_an_evaluation(desk):
    summary = desk.load(desk.file(ITEMS + "Q1,01,e,2026-10-05,5,30,5,40\nQ2,02,e,2026-10-05,3,40,,43\n"), accept=True)
    assert summary.status == 0 and desk.rows("evaluations", "evaluation_id, score::int, full_mark::int") == [("Q1", 40, 50), ("Q2", 43, 50)]
    assert desk.rows("evaluation_items", "evaluation_id, item_id, points::int, full_mark::int, fatal") == [
        ("Q1", "业务能力", 30, 40, False), ("Q1", "开头语", 5, 5, False), ("Q1", "结束语", 5, 5, False),
        ("Q2", "业务能力", 40, 40, False), ("Q2", "开头语", 3, 5, False),
    ]  # fmt: skip
    assert any("add up to the score" in note.en and "合计等于总分" in note.zh for note in summary.files[0].notes)


def test_items_that_do_not_apply_lower_the_full_mark_and_empty_ones_do_not(desk):
    rows = "".join(f"Q{i},01,e,2026-10-05,5,{said},5,10\n" for i, said in enumerate(["N/A", "不适用", "/", "0", ""]))
    assert desk.load(desk.file(ITEMS + rows), accept=True).status == 0
    assert desk.rows("evaluations", "full_mark::int", "evaluation_id") == [(10,), (10,), (10,), (50,), (50,)]
    assert desk.rows("evaluation_items", "count(*), sum(points)::int") == [(11, 50)]
    # What the mapping says holds for the next file too.
    desk.load(desk.file(ITEMS + "Q9,01,e,2026-10-06,不涉及,40,5,45\n", "next.csv"))
    assert desk.rows("evaluations", "max(full_mark) filter (evaluation_id = 'Q9')::int") == [(45,)]


def test_items_that_do_not_add_up_to_the_score_may_be_points_taken_off_and_are_left_alone(desk):
    desk.load(desk.file(ITEMS + "Q1,01,e,2026-10-05,0,10,0,40\nQ2,02,e,2026-10-05,0,0,0,50\n"), accept=True)
    assert desk.rows("evaluation_items") == [] and desk.rows("evaluations", "full_mark::int") == [(100,), (100,)]


def test_items_called_alike_are_two_and_decimals_behind_a_comma_add_up(desk):
    header = ITEMS.replace("开头语(5分)", "态度(5)").replace("结束语(5)", "态度（5分）").replace(",", ";")
    assert desk.load(desk.file(header + "Q1;01;e;2026-10-05;4,5;30;3,5;38\nQ2;01;e;2026-10-05;3;40;5;48\n"), accept=True).status == 0
    assert desk.rows("evaluation_items", "item_id, points::double", "evaluation_id, points")[:3] == [("态度（5分）", 3.5), ("态度(5)", 4.5), ("业务能力", 30)]


def test_scores_in_percent_are_points_out_of_a_hundred(desk):
    desk.load(desk.file("质检编号,工号,质检员,质检时间,得分\nQ1,01,e,2026-10-05,85.5%\nQ2,01,e,2026-10-05,100%\n"), accept=True)
    assert desk.rows("evaluations", "score::double, full_mark::int", "evaluation_id") == [(85.5, 100), (100, 100)]


@pytest.mark.parametrize(
    ("scores", "marks", "read"),
    [
        (("95%", "80%"), ("120", "100"), [(95, 100), (80, 100)]),
        (("95%", "80%"), ("100%", "100%"), [(95, 100), (80, 100)]),
        (("0.95", "1"), None, [(0.95, 1), (1, 1)]),
        (("1", "0"), None, [(1, 100), (0, 100)]),
        (("0.95", "1"), ("5", "5"), [(0.95, 5), (1, 5)]),
    ],
)
def test_the_full_mark_is_the_one_that_percent_and_shares_are_of(desk, scores, marks, read):
    rows = "".join(f"Q{i},01,e,2026-10-05,{score}{',' + marks[i] if marks else ''}\n" for i, score in enumerate(scores))
    desk.load(desk.file(f"质检编号,工号,质检员,质检时间,得分{',满分' if marks else ''}\n" + rows), accept=True)
    assert desk.rows("evaluations", "score::double, full_mark::double", "evaluation_id") == read


def test_a_list_of_outbound_calls_is_not_taken_for_inbound_ones(desk):
    desk.load(desk.file("外呼流水号,工号,拨打时间,外呼结果\n1,07,2026-10-05 09:00,接通\n2,07,2026-10-05 09:00,用户拒接\n"), accept=True)
    assert desk.rows("calls", "direction, answered", "call_id") == [("outbound", True), ("outbound", False)]
