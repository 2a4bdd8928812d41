"""Calls, counts of calls where single calls are not to be had, and agents' working days."""

from qa.contract.header_words import AGENT_NAMES, CENTER_NAMES
from qa.contract.model import Column, Rule, Table, Type, no_total
from qa.text import Text

DIRECTIONS = ("inbound", "outbound")
ENDED_BY = ("agent", "customer", "system")
GRAINS = ("day", "month")

CALLS = Table(
    name="calls",
    label=Text("通话", "Calls"),
    key=("call_id",),
    required=True,
    time="started_at",
    large=True,
    columns=(
        Column("call_id", Type.TEXT, Text("通话编号", "Call"), required=True, aliases=("call sid", "call session id", "uniqueid", "linkedid", "node id - session id - sequence no", "会话id", "通话唯一标识", "conversation id", "interaction id", "contact id", "呼叫编号", "呼叫标识", "通话标识", "通话记录唯一标识", "通话流水号", "唯一标识", "call id", "call", "id", "通话编号", "流水号", "话单号", "录音编号", "呼叫流水号", "会话编号", "外呼流水号", "外呼编号", "呼叫id", "通话id", "录音流水号", "录音文件名", "接触编号", "callid")),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "site", "中心", "分中心", "中心编号", *CENTER_NAMES)),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), references="agents.agent_id", aliases=("Agent.Username", "username", "user name", "agent name", "agent", "agent id", "operator", "坐席", "座席", "工号", "受理工号", "受理人工号", "外呼工号", "接听工号", "接听坐席", *AGENT_NAMES), note=Text("无坐席接听时为空", "empty when no agent took it")),
        Column("queue", Type.TEXT, Text("队列", "Queue"), required=True, aliases=("skill name", "csq name", "csq names", "队列名", "campaign name", "split/skill", "queue name", "队列名称", "技能组名称", "queue", "skill", "skill group", "topic", "队列", "技能组", "业务类型", "业务线", "项目", "项目名称", "外呼项目", "外呼任务", "活动名称", "业务队列", "技能队列", "服务队列", "业务技能", "受理队列", "campaign")),
        Column("direction", Type.TEXT, Text("方向", "Direction"), required=True, allowed=DIRECTIONS, aliases=("call direction", "来电/去电", "呼入/呼出", "呼入呼出", "来去电类型", "initiation method", "direction", "call type", "方向", "呼叫方向", "呼叫类型", "呼叫方式", "通话类型", "通话方向", "来去电")),
        Column("started_at", Type.TIMESTAMP, Text("开始时间", "Started at"), required=True, aliases=("call start", "start", "created at", "calldate", "call start date", "call start time", "call begin", "进入系统时间", "呼叫开始", "通话开始", "接入系统时间", "呼入系统时间", "来电接入时间", "振铃开始时间", "initiation timestamp", "start time", "started", "call time", "date", "datetime", "timestamp", "开始时间", "来电时间", "呼入时间", "呼叫时间", "通话时间", "日期", "通话日期", "来电日期", "呼叫日期", "通话开始时间", "呼叫开始时间", "拨打时间", "拨打日期", "外呼时间", "外呼日期", "呼入日期", "进线时间", "进线日期", "接入时间", "接入日期", "call date", "start date")),
        Column("answered", Type.BOOLEAN, Text("是否接通", "Answered"), required=True, aliases=("应答", "接起", "contact disposition", "接听情况", "是否接起", "answered", "answered (y/n)", "is answered", "是否接通", "是否接听", "接通", "接听状态", "接通状态", "呼叫结果", "通话结果", "接听结果", "外呼结果", "通话状态", "呼叫状态", "是否应答", "应答状态", "接续结果", "call result", "call status", "status", "call outcome", "outcome", "disposition", "call disposition")),
        Column("wait_s", Type.SECONDS, Text("等待时长（秒）", "Waiting time (s)"), required=True, nullable=True, minimum=0, aliases=("in queue", "queue wait time", "queue wait", "time in queue", "total queue", "排队时长合计", "Queue.Duration", "wait", "wait time", "speed of answer", "speed of answer in seconds", "queue time", "speed_of_answer_in_seconds", "等待时长", "排队时长", "等待时间", "排队时间", "应答速度", "排队等待时长", "等候时长", "振铃时长", "响铃时长", "接听等待时长"), note=Text("未知时为空，不当作零", "empty where the source does not say; never read as zero")),
        Column("talk_s", Type.SECONDS, Text("通话时长（秒）", "Talk time (s)"), minimum=0, aliases=("connected duration", "connect duration", "conversation duration", "talking", "duration (in call)", "in call duration", "billsec", "Agent.AgentInteractionDuration", "agent interaction duration", "total talk", "talk", "talk time", "talk duration", "duration", "call duration", "avgtalkduration", "通话时长", "通话时间长度", "时长", "通话秒数", "通话总时长", "人工通话时长", "人工服务时长", "服务时长", "接听时长", "计费时长")),
        Column("hold_s", Type.SECONDS, Text("保持时长（秒）", "Hold time (s)"), minimum=0, aliases=("hold duration", "Agent.CustomerHoldDuration", "total hold", "hold", "hold time", "保持时长", "保持时间")),
        Column("wrap_s", Type.SECONDS, Text("话后处理时长（秒）", "Wrap-up time (s)"), minimum=0, aliases=("wrapup duration", "wrap up duration", "acw duration", "acw", "after call work time", "Agent.AfterContactWorkDuration", "after contact work duration", "total acw", "acw time", "话后处理", "wrap", "wrap up", "acw", "after call work", "话后处理时长", "话后时长", "整理时长", "事后处理时长", "后处理时长", "话后整理时长", "案头时长")),
        Column("transferred", Type.BOOLEAN, Text("是否转接", "Transferred"), aliases=("is transfer", "is transfer?", "transferred", "transfer", "是否转接", "转接", "转接标志")),
        Column("transfer_s", Type.SECONDS, Text("转接时长（秒）", "Transfer time (s)"), minimum=0, aliases=("transfer time", "转接时长")),
        Column("ended_by", Type.TEXT, Text("挂机方", "Ended by"), allowed=ENDED_BY, aliases=("ended by", "hung up by", "挂机方", "挂断方", "结束方", "释放方")),
        Column("customer_id", Type.TEXT, Text("客户标识（假名）", "Customer (pseudonym)"), aliases=("originator dn (calling number)", "CustomerEndpoint.Address", "主叫号码", "来电号码", "客户号码", "客户电话", "ani", "caller number", "customer phone", "customer", "customer id", "caller", "客户编号", "客户标识", "客户号", "主叫", "客户手机号", "客户手机", "主叫电话")),
        Column("reason", Type.TEXT, Text("来电原因", "Reason"), aliases=("reason", "call reason", "category", "topic", "来电原因", "诉求类型", "业务分类", "来电目的", "服务类型", "来电类型", "咨询类型", "呼叫原因")),
        Column("resolved", Type.BOOLEAN, Text("是否解决", "Resolved"), aliases=("resolved", "是否解决", "已解决")),
        Column("sold", Type.BOOLEAN, Text("是否成交", "Sold"), aliases=("sold", "sale", "converted", "是否成交", "是否办理", "成交")),
    ),
    rules=(
        Rule("talk_s", "not answered and talk_s > 0", Text("未接通却有通话时长", "not answered, yet with talk time")),
        Rule("wrap_s", "not answered and wrap_s > 0", Text("未接通却有话后处理时长", "not answered, yet with wrap-up time")),
    ),
)

CALL_COUNTS = Table(
    name="call_counts",
    label=Text("话务汇总", "Call counts"),
    key=("center_id", "period", "grain", "queue"),
    time="period",
    note=Text("仅有汇总数的来源；某中心某时段有单通话务时以单通为准", "for sources that only have counts; single calls win where a center has them for that time"),
    columns=(
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "中心", "分中心", "provider org code", *CENTER_NAMES)),
        Column("period", Type.DATE, Text("时段起始日", "Period"), required=True, aliases=("period", "month", "date", "day", "periodname", "月份", "日期", "统计周期", "统计月份")),
        Column("grain", Type.TEXT, Text("粒度", "Grain"), required=True, allowed=GRAINS, aliases=("grain", "粒度")),
        Column("queue", Type.TEXT, Text("队列", "Queue"), aliases=("split/skill", "queue name", "队列名称", "技能组名称", "queue", "skill", "队列", "技能组")),
        Column("direction", Type.TEXT, Text("方向", "Direction"), default="inbound", allowed=DIRECTIONS, aliases=("direction", "方向")),
        Column("offered", Type.INTEGER, Text("呼入量", "Offered"), required=True, minimum=0, aliases=("incoming calls", "calls received", "呼入总量", "进线量", "呼入数", "offered", "calls offered", "total calls", "呼入量", "来电量", "总话务量", "人工呼入量", "请求人工量", "人工请求量", "转人工量", "请求人工数", "人工请求数", "转人工数")),
        Column("answered", Type.INTEGER, Text("接通量", "Answered"), required=True, minimum=0, aliases=("calls handled", "calls answered", "acd calls", "接听数", "接起量", "answered", "answered calls", "接通量", "接听量", "人工接通量")),
        Column("abandoned", Type.INTEGER, Text("放弃量", "Abandoned"), minimum=0, aliases=("calls abandoned", "aban calls", "放弃数", "abandoned", "abandoned calls", "放弃量", "呼损量")),
        Column("short_abandoned", Type.INTEGER, Text("短时放弃量", "Short abandoned"), minimum=0, aliases=("short abandoned", "短时放弃量")),
        Column("answered_in_target", Type.INTEGER, Text("达标接听量", "Answered in target"), minimum=0, aliases=("20秒接通量", "20秒内接通量", "20秒内接听量", *(f"{s}秒{w}{v}" for s in (10, 15, 25, 30, 60) for w in ("", "内") for v in ("接通量", "接听量", "应答量")), "answered in target", "answered in time", "达标接听量", "20秒接听量")),
        Column("target_s", Type.SECONDS, Text("达标阈值（秒）", "Target (s)"), minimum=0, aliases=("target s", "threshold", "达标阈值")),
        Column("wait_s", Type.SECONDS, Text("等待总时长（秒）", "Waiting time, sum (s)"), minimum=0, aliases=("total wait", "等待总时长")),
        Column("talk_s", Type.SECONDS, Text("通话总时长（秒）", "Talk time, sum (s)"), minimum=0, aliases=("total talk", "通话总时长")),
        Column("handle_s", Type.SECONDS, Text("处理总时长（秒）", "Handling time, sum (s)"), minimum=0, aliases=("total handle", "处理总时长")),
    ),
    rules=(
        Rule("answered", "answered > offered", Text("接通量大于呼入量", "more answered than offered")),
        Rule("answered_in_target", "answered_in_target > answered", Text("达标接听量大于接通量", "more answered in target than answered")),
        Rule("short_abandoned", "answered + short_abandoned > offered", Text("接通与短时放弃之和大于呼入量", "more answered and abandoned shortly than offered")),
        Rule("abandoned", "abandoned > offered", Text("放弃量大于呼入量", "more abandoned than offered")),
        Rule("period", "grain = 'month' and extract(day from period) <> 1", Text("月粒度的时段须为当月1日", "a month's period is its first day")),
        *no_total("center_id", "queue"),
    ),
)

AGENT_DAYS = Table(
    name="agent_days",
    label=Text("坐席日工时", "Agent days"),
    key=("agent_id", "day"),
    time="day",
    large=True,
    columns=(
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), required=True, references="agents.agent_id", aliases=("agent", "agent id", "坐席", "座席", "工号", *AGENT_NAMES)),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "中心", "分中心", *CENTER_NAMES)),
        Column("day", Type.DATE, Text("日期", "Day"), required=True, aliases=("day", "date", "日期", "工作日期", "统计日期", "考勤日期", "班次日期")),
        Column("login_s", Type.SECONDS, Text("签入时长（秒）", "Login time (s)"), required=True, minimum=0, aliases=("login time", "logged in", "签入时长", "登录时长", "在线时长", "签入总时长", "登录总时长", "工作时长", "在岗时长", "上线时长")),
        Column("scheduled_s", Type.SECONDS, Text("排班时长（秒）", "Scheduled time (s)"), minimum=0, aliases=("scheduled time", "排班时长", "计划工时", "排班工时", "应出勤时长")),
    ),
    rules=no_total("center_id", "agent_id"),
)
