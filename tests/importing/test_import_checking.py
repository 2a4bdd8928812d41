"""Impossible rows go to the quarantine with their reason; everything else loads."""

import pytest

from qa.importing.summary import ALL_LOADED, NOTHING_LOADED, SOME_QUARANTINED
from tests.importing.desk import plain

GOOD = "1,SH,,2024-03-05 09:00,Y,5,60\n"


def reasons(desk, table="calls"):
    """Row, column, value and English reason of what was rejected."""
    return [(int(row[1]), row[2], row[3], row[5]) for row in desk.quarantine(table)]


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        ("2,SH,,2024-03-05,maybe,5,60", "answered", "maybe", "neither yes nor no"),
        ("2,SH,,2024-03-05,Y,abc,60", "wait_s", "abc", "not a duration"),
        ("2,SH,,2024-03-05,Y,-5,60", "wait_s", "-5.000", "below 0"),
        ("2,XX,,2024-03-05,Y,5,60", "center_id", "XX", "unknown center: import the centers first"),
        ("2,SH,,,Y,5,60", "started_at", "", "empty, but required"),
        (",SH,,2024-03-05,Y,5,60", "call_id", "", "empty, but required"),
        ("2,SH,,2024-03-05,N,5,60", "talk_s", "60.000", "not answered, yet with talk time"),
    ],
)
def test_one_impossible_row(desk, line, column, value, reason):
    desk.centers()
    summary = desk.calls(GOOD + line + "\n")
    assert summary.status == SOME_QUARANTINED
    assert reasons(desk) == [(3, column, value, reason)]
    assert [row[0] for row in desk.rows("calls", "call_id")] == ["1"]
    assert desk.quarantine("calls")[0][6:] == line.split(",")


def test_every_reason_of_a_row_is_told_and_the_row_is_written_once(desk):
    desk.centers()
    desk.calls(GOOD + "2,XX,,2024-03-05,perhaps,x,60\n")
    ((row, columns, values, said),) = reasons(desk)
    assert (row, columns, values) == (3, "answered; wait_s; center_id", "perhaps; x; XX") and said.count(";") == 2


def test_nothing_good_is_status_one(desk):
    desk.centers()
    assert desk.calls("2,XX,,2024-03-05,Y,5,60\n").status == NOTHING_LOADED


def test_unknown_agents_only_matter_once_there_are_agents(desk):
    desk.centers()
    assert desk.calls("1,SH,07,2024-03-05,Y,5,60\n").status == ALL_LOADED
    desk.load(
        desk.file("agent_id,name,center_id,team\n08,李,SH,一组\n", "agents.csv"),
        mapping=plain("agents", "agent_id", "name", "center_id", "team"),
    )
    assert desk.calls("2,SH,07,2024-03-05,Y,5,60\n3,SH,08,2024-03-05,Y,5,60\n").status == SOME_QUARANTINED
    assert reasons(desk) == [(2, "agent_id", "07", "unknown agent: import the agents first")]


def test_one_key_with_two_contents_is_a_contradiction_and_twice_the_same_is_not(desk):
    desk.centers()
    summary = desk.calls(
        "1,SH,,2024-03-05,Y,5,60\n1,SH,,2024-03-05,Y,9,60\n2,SH,,2024-03-05,Y,5,60\n2,SH,,2024-03-05,Y,5,60\n"
    )
    calls = summary.tables[0]
    assert (calls.read, calls.loaded, calls.repeated, calls.quarantined) == (4, 1, 1, 2)
    assert [r[0] for r in reasons(desk)] == [2, 3] and reasons(desk)[0][1:3] == ("call_id", "1")


def test_tables_given_together_may_come_in_any_order(desk):
    files = [
        desk.file("id,center,agent,started,answered,wait,talk\n" + GOOD),
        desk.file("center_id,name,is_headquarters\nSH,上海,Y\n", "centers.csv"),
    ]
    mappings = desk.into / "mappings"
    mappings.mkdir(parents=True)
    columns = 'center_id = "center_id"\nname = "name"\nis_headquarters = "is_headquarters"'
    (mappings / "c.toml").write_text(
        f'fits = ["center_id", "is_headquarters"]\n[[table]]\nfills = "centers"\n[table.columns]\n{columns}\n',
        encoding="utf-8",
    )
    columns = 'call_id = "id"\ncenter_id = "center"\nqueue = {constant = "q"}\ndirection = {constant = "inbound"}\n'
    columns += 'started_at = "started"\nanswered = "answered"'
    (mappings / "k.toml").write_text(
        f'fits = ["id", "started"]\n[[table]]\nfills = "calls"\n[table.columns]\n{columns}\n', encoding="utf-8"
    )
    assert desk.load(*files).status == ALL_LOADED


CARD = "scorecard_id,scorecard_name,full_mark,item_id,section,item_name,item_kind,item_full_mark\nK,卡,100,a,一,甲,deduct,100\nK,卡,100,b,一,乙,bonus,10\n"
EVALUATION = {
    "evaluation_id": "id",
    "agent_id": {"constant": "07"},
    "center_id": {"constant": "SH"},
    "evaluator_id": {"constant": "E"},
    "scorecard_id": "card",
    "kind": {"constant": "录音"},
    "sample_reason": {"constant": "random"},
    "evaluated_at": {"constant": "2024-03-05"},
    "score": "score",
    "full_mark": {"constant": 100},
    "fatal_errors": {"constant": 0},
    "nonfatal_errors": {"constant": 0},
    "opportunities": {"constant": 12},
}


def test_scores_may_use_the_bonus_items_of_their_scorecard_and_be_negative(desk):
    desk.centers()
    desk.load(desk.file(CARD, "card.csv"), mapping=plain("scorecards", *CARD.split("\n")[0].split(",")))
    path = desk.file("id,card,score\n1,K,110\n2,K,110.5\n3,L,101\n4,L,-20\n5,K,95分\n", "e.csv")
    desk.load(path, mapping={"name": "e", "table": [{"fills": "evaluations", "columns": EVALUATION}]})
    assert [row[0] for row in desk.rows("evaluations", "evaluation_id")] == ["1", "4", "5"]
    assert [r[0] for r in reasons(desk, "evaluations")] == [3, 4]


def test_items_of_a_rejected_evaluation_are_rejected_too(desk):
    desk.centers()
    grouped = {
        "fills": "evaluations",
        "group_by": ["id"],
        "columns": {**EVALUATION, "scorecard_id": {"constant": "L"}, "score": {"from": "points", "agg": "sum"}},
    }
    items = {
        "evaluation_id": "id",
        "item_id": "item",
        "points": "points",
        "full_mark": {"constant": 50},
        "errors": {"constant": 0},
        "fatal": {"constant": False},
    }
    path = desk.file("id,item,points\n1,a,40\n1,b,50\n2,a,50\n2,b,fifty\n3,a,60\n3,b,50\n", "items.csv")
    desk.load(path, mapping={"name": "long", "table": [grouped, {"fills": "evaluation_items", "columns": items}]})
    assert desk.rows("evaluations", "evaluation_id, score::int") == [("1", 90)]
    assert [r[:2] for r in reasons(desk, "evaluations")] == [(4, ""), (5, "score"), (6, "score"), (7, "score")]
    assert desk.rows("evaluation_items", "evaluation_id, item_id") == [("1", "a"), ("1", "b")]
    assert [r[:2] for r in reasons(desk, "evaluation_items")] == [
        (4, "evaluation_id"),
        (5, "points; evaluation_id"),
        (6, "evaluation_id"),
        (7, "evaluation_id"),
    ]


def test_group_rows_that_should_agree_but_do_not(desk):
    agents = {
        "fills": "agents",
        "group_by": ["agent"],
        "columns": {"agent_id": "agent", "name": "name", "center_id": {"constant": "SH"}, "team": {"constant": "-"}},
    }
    desk.centers()
    desk.load(desk.file("agent,name\n07,王\n07,李\n08,张\n08,张\n", "a.csv"), mapping={"name": "a", "table": [agents]})
    assert desk.rows("agents", "agent_id") == [("08",)]
    assert [r[:3] for r in reasons(desk, "agents")] == [(2, "name", "王"), (3, "name", "李")]


def test_telephone_numbers_never_enter_and_one_customer_stays_one(desk):
    desk.centers()
    mapping = {
        "name": "c",
        "table": [
            {
                "fills": "calls",
                "columns": {
                    "call_id": "id",
                    "center_id": {"constant": "SH"},
                    "queue": {"constant": "q"},
                    "direction": {"constant": "inbound"},
                    "started_at": {"constant": "2024-03-05"},
                    "answered": {"constant": True},
                    "customer_id": "phone",
                    "reason": "reason",
                },
            }
        ],
    }
    path = desk.file(
        "id,phone,reason\n1,13812345678,来电13912345678\n2,+86 138-1234-5678,x\n3,K0001,x\n4,021-62345678,x\n5,11010519491231002X,x\n"
    )
    summary = desk.load(path, mapping=mapping)
    customers = [row[0] for row in desk.rows("calls", "customer_id", "call_id")]
    assert customers[0] == customers[1] and customers[2] == "K0001" and len({*customers}) == 4
    assert all(len(customer) == 24 for customer in customers if customer != "K0001")
    assert "1 values of reason" in summary.files[0].notes[0].en
    key = desk.into / ".customer_key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"13812345678" not in b"".join(
        content for name, (_, content) in desk.state().items() if name.endswith(".parquet")
    )


def test_a_key_from_the_environment_is_used(desk, monkeypatch):
    monkeypatch.setenv("QA_HASH_KEY", "secret")
    desk.centers()
    desk.calls(GOOD)
    assert not (desk.into / ".customer_key").exists()


def test_quarantine_is_idempotent_and_goes_when_the_reason_goes(desk):
    desk.centers()
    rows = GOOD + "2,CD,,2024-03-05,Y,5,60\n"
    desk.calls(rows)
    before = desk.state()
    assert not desk.calls(rows).changed and desk.state() == before
    desk.load(
        desk.file("center_id,name,is_headquarters\nCD,成都,N\n", "more.csv"),
        mapping=plain("centers", "center_id", "name", "is_headquarters"),
    )
    assert desk.calls(rows).status == ALL_LOADED
    assert desk.quarantine("calls") == [] and len(desk.rows("calls")) == 2
