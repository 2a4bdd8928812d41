"""What a proposal assumes where a file is silent; every assumption is told to the user."""

import re
from dataclasses import dataclass

from qa.contract import Column, Table
from qa.importing.likeness import WHOLE_CALL
from qa.importing.mapping import Condition, Fill, Take
from qa.importing.names import take_apart
from qa.text import Text

CENTER = "MAIN"
TELLING: dict[str, list[tuple[str, ...]]] = {
    "agent_days": [("agent_id", "day", "login_s")],
    "call_counts": [("period", "offered", "answered")],
    "calls": [
        ("started_at", "answered"),
        ("started_at", "talk_s"),
        ("started_at", "wait_s"),
        ("call_id", "started_at", "direction"),
    ],
    "surveys": [("score", "sent_at"), ("satisfied", "sent_at"), ("survey_id", "sent_at"), ("score", "answered_at")],
    "evaluations": [("evaluated_at", "score", "agent_id")],
    "evaluation_items": [("evaluation_id", "item_id", "points")],
    "scorecards": [("item_name", "section")],
    "complaints": [("complaint_id", "received_at")],
    "coaching": [("coaching_id", "opened_at"), ("agent_id", "topic", "opened_at")],
    "trainings": [("agent_id", "held_on", "topic")],
    "agents": [("agent_id", "name", "team")],
    "centers": [("center_id", "name", "is_headquarters"), ("center_id", "name", "region")],
    "targets": [("metric", "minimum"), ("metric", "maximum")],
}
# Single calls, answers and evaluations are no coaching and no training beside, whatever topic they have.
RECORDS, FOLLOW_UP = ("calls", "surveys", "evaluations"), ("coaching", "trainings")
# A row of these sums up many calls: a file of them holds no single calls or surveys beside.
SUMS, SINGLES = ("agent_days", "call_counts"), ("calls", "surveys", "call_counts")
# A header that says how many calls or answers a row stands for, or what they come to: such rows are no single calls, whatever else they hold.
SUMMARY = re.compile(
    "(话务|通话|接听|接通|接起|呼入|呼出|外呼|来电|进线|评价|参评|邀评)(总)?(量|数|次数|个数)$|^(平均|人均|日均).*(时长|时间|速度)$|(接通|接听|放弃|满意|参评|利用)率$"
    "|^(total|numberof|noof|inbound|outbound)?calls(handled|offered|answered|taken|received|made|abandoned)?$|^contactshandled$"
    "|^(avg|average).*(time|duration|speed|talk)$|^(aht|asa|servicelevel)$"
)
OUTBOUND = re.compile("(?i)外呼|呼出|outbound")
CONSTANTS = {
    ("calls", "queue"): "-",
    ("calls", "direction"): "inbound",
    ("evaluations", "evaluator_id"): "-",
    ("evaluations", "scorecard_id"): "default",
    ("evaluations", "kind"): "recording",
    ("evaluations", "sample_reason"): "random",
    ("evaluations", "full_mark"): 100,
    ("evaluation_items", "fatal"): False,
    ("coaching", "kind"): "interview",
    ("centers", "is_headquarters"): False,
    ("targets", "valid_from"): "2000-01-01",
}
WITHIN = re.compile(r"\s*(\d+)\s*(?:秒|s)")
GENERATED = {
    "calls": "call_id",
    "surveys": "survey_id",
    "evaluations": "evaluation_id",
    "coaching": "coaching_id",
    "trainings": "training_id",
}


@dataclass(frozen=True)
class Guess:
    """An assumed column, and how to tell the user."""

    take: Take
    note: Text


def stand_in(table: Table, column: Column, matched: dict[str, str], takes: dict[str, Take]) -> Guess | None:
    """What to assume for a column of a table whose other columns are matched to these source columns; None when nothing can be.

    ``takes``: the columns before it, as they are read.
    """
    if column.name == "center_id" and column.required:
        return _constant(table, column, CENTER)
    if (table.name, column.name) == ("calls", "answered") and "talk_s" in matched and take_apart(matched["talk_s"]).core not in WHOLE_CALL:
        note = Text(
            "通话：没有是否接通列，有通话时长即视为接通",
            "calls: no column says whether a call was answered; one with talk time is",
        )
        return Guess(Take(source=matched["talk_s"], matches="[1-9]"), note)
    if (table.name, column.name) == ("surveys", "sent_at") and "answered_at" in matched:
        note = Text(
            "调查：文件中只有回复时间，发送时间按回复时间记；未参评的调查不在文件中，参评率没有意义",
            "surveys: the file has times of answers only, which count as those of sending; surveys that nobody answered are not in it,"
            " so the response rate says nothing",
        )
        return Guess(Take(source=matched["answered_at"]), note)
    if (table.name, column.name) == ("surveys", "answered_at") and "sent_at" in matched:
        answer, sent = matched.get("score") or matched.get("satisfied"), takes["sent_at"].source
        if answer:
            note = Text(
                "调查：有评分即视为已参评，时间取发送时间",
                "surveys: a row with a score counts as answered, at the time it was sent",
            )
            return Guess(Take(source=sent, when=Condition(column=answer, filled=True)), note)
    if (table.name, column.name) == ("surveys", "scale_max") and "score" in takes and takes["score"] and takes["score"].unit == "points":
        note = Text(
            "调查：满意度为百分比，按满分 100 的刻度计；哪些分数算满意由配置的满意档决定",
            "surveys: satisfaction is in percent and counts on a scale up to 100; the configured boxes say which scores are satisfied",
        )
        return Guess(Take(constant=100), note)
    if column.name == "target_s" and (within := WITHIN.match(matched.get("answered_in_target", ""))):
        note = Text(f"话务汇总：达标阈值为列名所写的 {within[1]} 秒", f"call_counts: answered in target means within {within[1]} seconds, as the header says")
        return Guess(Take(constant=int(within[1])), note)
    if GENERATED.get(table.name) == column.name:
        template = f"{{{matched['call_id']}}}" if table.name == "surveys" and "call_id" in matched else "{@hash}-{@nth}"
        return Guess(
            Take(template=template),
            Text(f"{table.label.zh}：编号由来源行生成", f"{table.name}: the key is made from the row"),
        )
    if (table.name, column.name) == ("calls", "direction") and (header := next(filter(OUTBOUND.search, matched.values()), "")):
        note = Text(
            f"通话：没有呼叫方向，按列名“{header}”一律记为 outbound",
            f"calls: no column says in which direction; outbound is assumed, after the header {header}",
        )
        return Guess(Take(constant="outbound"), note)
    if (table.name, column.name) in CONSTANTS:
        return _constant(table, column, CONSTANTS[table.name, column.name])
    return None


def _constant(table: Table, column: Column, value: object) -> Guess:
    note = Text(
        f"{table.label.zh}：文件中没有“{column.label.zh}”，一律记为 {value}",
        f"{table.name}: the file has no {column.name}; {value} is assumed for every row",
    )
    return Guess(Take(constant=value), note)


def _centers(
    mention: Take, _fills: list[Fill], _columns: list[str], matched: dict[str, int], _notes: list[Text]
) -> list[Fill]:
    if mention.constant is not None:
        row = {"center_id": mention.constant, "name": mention.constant, "is_headquarters": False}
        return [Fill(fills="centers", rows=[row], unless_known="center_id")]
    (name,) = mention.sources
    columns = {"center_id": mention, "name": Take(source=name, agg="last"), "is_headquarters": Take(constant=False)}
    return [
        Fill(
            fills="centers",
            group_by=[name],
            where=[Condition(column=name, filled=True)],
            columns=columns,
            unless_known="center_id",
        )
    ]


def _agents(
    mention: Take, fills: list[Fill], columns: list[str], matched: dict[str, int], notes: list[Text]
) -> list[Fill]:
    if not mention.sources:
        return []
    (agent,) = mention.sources
    center = next(fill.columns["center_id"] for fill in fills if "center_id" in fill.columns)
    named = columns[matched["name"]] if "name" in matched else agent
    team = Take(source=columns[matched["team"]], agg="last") if "team" in matched else Take(constant="-")
    if "team" not in matched:
        notes.append(
            Text("坐席：由事实表得出，文件中没有班组", "agents: taken from the rows themselves; the file has no teams")
        )
    takes = {
        "agent_id": mention,
        "name": Take(source=named, agg="last"),
        "center_id": center.model_copy(update={"agg": "last"}),
        "team": team,
    }
    return [
        Fill(
            fills="agents",
            group_by=[agent],
            where=[Condition(column=agent, filled=True)],
            columns=takes,
            unless_known="agent_id",
        )
    ]


DERIVED = {"centers": _centers, "agents": _agents}
