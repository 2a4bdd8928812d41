"""What came of it: complaints, coaching, trainings."""

from qa.contract.header_words import AGENT_NAMES, CENTER_NAMES
from qa.contract.model import Column, Rule, Table, Type
from qa.text import Text

COACHING_KINDS = ("interview", "plan", "recheck", "training")

COMPLAINTS = Table(
    name="complaints",
    label=Text("投诉", "Complaints"),
    key=("complaint_id",),
    time="received_at",
    columns=(
        Column("complaint_id", Type.TEXT, Text("投诉编号", "Complaint"), required=True, aliases=("complaint id", "投诉编号", "投诉单号", "投诉流水号", "投诉工单号")),
        Column("call_id", Type.TEXT, Text("通话编号", "Call"), aliases=("call id", "通话编号", "流水号", "通话流水号", "呼叫流水号", "录音编号")),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), references="agents.agent_id", aliases=("agent", "坐席", "工号", "被投诉人", "被投诉工号", "被投诉坐席", "被投诉座席", "被投诉员工", "被投诉人工号", "责任人", "责任人工号", "责任坐席", *AGENT_NAMES)),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "中心", "分中心", "责任中心", *CENTER_NAMES)),
        Column("received_at", Type.TIMESTAMP, Text("受理时间", "Received at"), required=True, aliases=("received", "complaint date", "受理时间", "投诉时间", "投诉日期", "受理日期", "登记时间")),
        Column("category", Type.TEXT, Text("投诉类别", "Category"), aliases=("category", "投诉类别", "投诉类型", "投诉分类", "投诉原因")),
        Column("upheld", Type.BOOLEAN, Text("是否属实", "Upheld"), aliases=("upheld", "是否属实", "核实结果", "投诉是否成立", "是否成立", "是否有责"), note=Text("空表示尚未核定", "empty: not decided yet")),
        Column("due_at", Type.TIMESTAMP, Text("办结时限", "Due at"), aliases=("due", "办结时限", "要求办结时间", "办结期限", "处理时限", "截止时间")),
        Column("closed_at", Type.TIMESTAMP, Text("办结时间", "Closed at"), aliases=("closed", "办结时间", "结案时间", "完结时间", "处理完成时间", "办结日期")),
    ),
    rules=(Rule("closed_at", "closed_at < received_at", Text("办结早于受理", "closed before it was received")),),
)

COACHING = Table(
    name="coaching",
    label=Text("辅导与整改", "Coaching"),
    key=("coaching_id",),
    time="opened_at",
    columns=(
        Column("coaching_id", Type.TEXT, Text("辅导编号", "Coaching"), required=True, aliases=("coaching id", "辅导编号", "整改编号")),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), required=True, references="agents.agent_id", aliases=("agent", "坐席", "工号", "被辅导人", "被辅导工号", "被辅导坐席", "辅导对象", *AGENT_NAMES)),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "中心", "分中心", *CENTER_NAMES)),
        Column("evaluation_id", Type.TEXT, Text("质检编号", "Evaluation"), aliases=("evaluation id", "质检编号")),
        Column("kind", Type.TEXT, Text("方式", "Kind"), required=True, allowed=COACHING_KINDS, aliases=("kind", "方式", "辅导方式")),
        Column("topic", Type.TEXT, Text("主题", "Topic"), aliases=("topic", "主题", "辅导内容")),
        Column("opened_at", Type.TIMESTAMP, Text("发起时间", "Opened at"), required=True, aliases=("opened", "发起时间", "辅导时间", "辅导日期")),
        Column("due_at", Type.TIMESTAMP, Text("整改时限", "Due at"), aliases=("due", "整改时限")),
        Column("closed_at", Type.TIMESTAMP, Text("完成时间", "Closed at"), aliases=("closed", "完成时间")),
        Column("passed", Type.BOOLEAN, Text("是否通过", "Passed"), aliases=("passed", "是否通过", "复查结果")),
    ),
    rules=(Rule("closed_at", "closed_at < opened_at", Text("完成早于发起", "closed before it was opened")),),
)

TRAININGS = Table(
    name="trainings",
    label=Text("培训", "Trainings"),
    key=("training_id", "agent_id"),
    time="held_on",
    columns=(
        Column("training_id", Type.TEXT, Text("培训编号", "Training"), required=True, aliases=("training id", "培训编号")),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "中心", "分中心", *CENTER_NAMES)),
        Column("topic", Type.TEXT, Text("主题", "Topic"), required=True, aliases=("topic", "培训主题")),
        Column("held_on", Type.DATE, Text("培训日期", "Held on"), required=True, aliases=("held on", "date", "培训日期")),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), required=True, references="agents.agent_id", aliases=("agent", "坐席", "工号", "参训人", "参训工号", "学员", "学员工号", "参训人员", *AGENT_NAMES)),
    ),
)
