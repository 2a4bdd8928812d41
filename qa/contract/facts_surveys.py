"""What customers answered."""

from qa.contract.header_words import AGENT_NAMES, CENTER_NAMES
from qa.contract.model import Column, Rule, Table, Type
from qa.text import Text

SURVEYS = Table(
    name="surveys",
    label=Text("满意度调查", "Surveys"),
    key=("survey_id",),
    required=True,
    time="sent_at",
    large=True,
    columns=(
        Column("survey_id", Type.TEXT, Text("调查编号", "Survey"), required=True, aliases=("survey id", "survey", "response id", "csat id", "feedback id", "调查编号", "评价编号", "问卷编号", "评价流水号", "调查流水号")),
        Column("call_id", Type.TEXT, Text("通话编号", "Call"), aliases=("call id", "通话编号", "流水号", "话单号", "录音编号", "通话流水号", "呼叫流水号", "通话id")),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), references="agents.agent_id", aliases=("agent", "agent id", "坐席", "座席", "工号", *AGENT_NAMES)),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "site", "中心", "分中心", *CENTER_NAMES)),
        Column("queue", Type.TEXT, Text("队列", "Queue"), aliases=("queue", "skill", "topic", "队列", "技能组", "业务类型")),
        Column("channel", Type.TEXT, Text("渠道", "Channel"), aliases=("channel", "渠道", "评价渠道")),
        Column("sent_at", Type.TIMESTAMP, Text("发送时间", "Sent at"), required=True, aliases=("sent", "sent at", "survey date", "发送时间", "邀评时间", "评价时间", "日期", "时间", "邀请时间", "推送时间", "调查时间", "调查日期", "评价日期")),
        Column("answered_at", Type.TIMESTAMP, Text("回复时间", "Answered at"), aliases=("responded at", "response date", "submitted at", "submitted", "submission time", "submission date", "回复时间", "参评时间", "提交时间", "填写时间", "作答时间"), note=Text("空表示未参评", "empty: no answer")),
        Column("score", Type.NUMBER, Text("满意度评分", "Score"), aliases=("overall satisfaction", "评价", "服务评价", "客户评分", "按键评价", "用户评价", "评价结果", "满意度评价", "满意度等级", "评价等级", "rating", "satisfaction", "satisfaction rating", "satisfaction score", "csat", "csat score", "满意度", "满意度评分", "评分", "星级", "satisfactionrating", "满意度得分", "客户评价", "评价得分", "评价分数", "满意度结果", "评价满意度")),
        Column("scale_max", Type.NUMBER, Text("满分刻度", "Top of the scale"), minimum=0, aliases=("scale", "scale max", "满分刻度", "量表上限")),
        Column("satisfied", Type.BOOLEAN, Text("是否满意", "Satisfied"), aliases=("satisfied", "是否满意"), note=Text("空则按配置的满意档计算", "empty: computed by the configured boxes")),
        Column("resolved_first_time", Type.BOOLEAN, Text("是否一次性解决", "Resolved first time"), aliases=("resolved first time", "resolved", "fcr", "是否一次性解决", "是否解决", "一次解决")),
        Column("reason", Type.TEXT, Text("原因", "Reason"), aliases=("reason", "原因", "不满意原因")),
        Column("comment", Type.TEXT, Text("意见", "Comment"), aliases=("comment", "remarks", "customer remarks", "feedback", "review", "意见", "评论", "客户意见", "留言", "评价内容")),
    ),
    rules=(
        Rule("answered_at", "answered_at < sent_at", Text("回复早于发送", "answered before it was sent")),
        Rule("score", "score > scale_max", Text("评分超出刻度上限", "the score is above the top of the scale")),
        Rule("score", "scale_max is not null and score < 0", Text("评分为负", "the score is negative")),
    ),
)
