"""Quality work: evaluations, their items, and the scorecards they were made on."""

from qa.contract.header_words import AGENT_NAMES, CENTER_NAMES
from qa.contract.model import Column, Rule, Table, Type
from qa.text import Text

KINDS = ("recording", "live", "side_by_side", "mystery", "document")
SAMPLE_REASONS = ("random", "quota", "targeted", "new_hire", "training_before", "training_after", "recheck", "complaint")
STATUSES = ("released", "retracted", "draft")
PASS_RULES = ("total", "every_section", "no_fatal")
ITEM_KINDS = ("deduct", "level", "rating", "bonus", "finding")
SEVERITIES = ("fatal", "nonfatal")

EVALUATIONS = Table(
    name="evaluations",
    label=Text("质检评定", "Evaluations"),
    key=("evaluation_id",),
    required=True,
    time="evaluated_at",
    large=True,
    columns=(
        Column("evaluation_id", Type.TEXT, Text("质检编号", "Evaluation"), required=True, aliases=("evaluation id", "evaluation", "qa id", "质检编号", "质检单号", "评分编号", "质检流水号", "质检id", "质检单编号", "质检记录编号", "评定编号", "考评编号", "抽检编号", "监听编号")),
        Column("call_id", Type.TEXT, Text("通话编号", "Call"), aliases=("call id", "call", "通话编号", "录音编号", "录音流水号", "流水号", "话单号", "通话流水号", "录音id", "录音文件名", "呼叫流水号", "通话id", "呼叫编号")),
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), required=True, references="agents.agent_id", aliases=("agent", "agent id", "坐席", "座席", "工号", "被检人", "被质检人", "被检工号", "被检坐席", "被检座席", "被检坐席工号", "被检人工号", "被检员工", "被检员工工号", "被质检工号", "被质检坐席", "被质检人工号", "被评工号", "被评人", "被评坐席", "被评人工号", "被考评人", "被抽检工号", "被抽检人", "被监听人", "被监听工号", "受检工号", "受检人", *AGENT_NAMES)),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "site", "中心", "分中心", "中心编号", *CENTER_NAMES)),
        Column("evaluator_id", Type.TEXT, Text("质检员", "Evaluator"), required=True, aliases=("evaluator", "reviewer", "qa", "auditor", "质检员", "评分人", "质检人", "考评员", "质检员工号", "质检人员", "质检人工号", "评分员", "评定人", "考评人", "质检员编号", "质检工号", "监听人", "监听员", "抽检人")),
        Column("scorecard_id", Type.TEXT, Text("评分表", "Scorecard"), required=True, aliases=("form name", "evaluation form", "scorecard", "form", "评分表", "质检表", "评分模板", "评分表名称", "质检模板", "质检表名称", "考评表", "评分标准", "质检标准")),
        Column("kind", Type.TEXT, Text("质检方式", "Kind"), required=True, allowed=KINDS, aliases=("kind", "type", "质检方式", "监听方式", "质检类型")),
        Column("sample_reason", Type.TEXT, Text("抽样原因", "Sample reason"), required=True, allowed=SAMPLE_REASONS, aliases=("sample reason", "抽样原因", "抽检原因", "抽检方式", "抽样方式", "抽检类型", "抽样类型")),
        Column("session_id", Type.TEXT, Text("监听场次", "Session"), aliases=("session", "场次", "监听场次")),
        Column("call_at", Type.TIMESTAMP, Text("通话时间", "Call time"), aliases=("call time", "call date", "通话时间", "录音时间", "来电时间", "录音日期", "通话日期", "呼叫时间", "通话开始时间")),
        Column("evaluated_at", Type.TIMESTAMP, Text("质检时间", "Evaluated at"), required=True, aliases=("evaluated", "evaluation date", "review date", "质检时间", "质检日期", "评分时间", "评分日期", "质检完成时间", "评定时间", "考评时间", "考评日期", "评分完成时间", "抽检时间", "抽检日期", "监听时间", "监听日期", "打分时间")),
        Column("released_at", Type.TIMESTAMP, Text("发布时间", "Released at"), aliases=("released", "发布时间")),
        Column("score", Type.NUMBER, Text("得分", "Score"), required=True, aliases=("qa score", "quality score", "audit score", "evaluation score", "overall score", "final score", "score", "total score", "得分", "分数", "总分", "质检得分", "质检成绩", "成绩", "质检分", "质检分数", "质检总分", "最终得分", "最终分数", "考评得分", "评分", "合计得分")),
        Column("full_mark", Type.NUMBER, Text("满分", "Full mark"), required=True, minimum=0, aliases=("full mark", "max score", "满分", "总分值", "满分值", "标准分")),
        Column("passed", Type.BOOLEAN, Text("是否合格", "Passed"), required=True, nullable=True, aliases=("passed", "pass", "result", "是否合格", "合格", "质检结果", "是否通过", "合格情况", "评定结果", "是否达标"), note=Text("空则按评分表规则计算", "empty: computed from the scorecard's rule")),
        Column("fatal_errors", Type.INTEGER, Text("致命错误数", "Fatal errors"), required=True, nullable=True, minimum=0, aliases=("critical errors", "auto fail errors", "fatal errors", "fatal", "致命错误", "致命错误数", "致命差错", "致命差错数", "致命错误个数", "致命项数", "是否致命", "是否致命错误", "是否有致命错误", "有无致命错误", "fatal error", "critical error", "auto fail"), note=Text("未记录时为空，不当作零", "empty where the source does not record it; never read as zero")),
        Column("nonfatal_errors", Type.INTEGER, Text("非致命错误数", "Non-fatal errors"), required=True, nullable=True, minimum=0, aliases=("nonfatal errors", "non fatal errors", "非致命错误", "非致命错误数", "非致命差错", "非致命差错数", "非致命错误个数", "非致命项数"), note=Text("未记录时为空，不当作零", "empty where the source does not record it; never read as zero")),
        Column("opportunities", Type.INTEGER, Text("机会数", "Opportunities"), required=True, nullable=True, minimum=0, aliases=("opportunities", "checkpoints", "机会数", "检查点数"), note=Text("未记录时为空，不当作零", "empty where the source does not record it; never read as zero")),
        Column("version", Type.INTEGER, Text("版本", "Version"), default="0", minimum=0, aliases=("version", "版本"), note=Text("0 表示从未修改", "0: never edited")),
        Column("status", Type.TEXT, Text("状态", "Status"), default="released", allowed=STATUSES, aliases=("status", "状态"), note=Text("只统计已发布", "only released counts")),
        Column("appealed_at", Type.TIMESTAMP, Text("申诉时间", "Appealed at"), aliases=("appealed", "申诉时间")),
        Column("appeal_closed_at", Type.TIMESTAMP, Text("申诉办结时间", "Appeal closed at"), aliases=("appeal closed", "申诉办结时间", "复核时间")),
        Column("appeal_upheld", Type.BOOLEAN, Text("是否改判", "Appeal upheld"), aliases=("appeal upheld", "是否改判", "申诉结果", "申诉成立")),
        Column("original_score", Type.NUMBER, Text("原始得分", "Original score"), aliases=("original score", "原始得分", "原得分")),
        Column("calibration_id", Type.TEXT, Text("校准编号", "Calibration"), aliases=("calibration", "校准编号", "校准"), note=Text("校准评分不计入坐席和中心", "a calibration never counts for agents or centers")),
    ),
    rules=(
        Rule("full_mark", "full_mark <= 0", Text("满分必须大于零", "the full mark must be above zero")),
        Rule("call_at", "call_at > evaluated_at", Text("通话晚于质检时间", "evaluated before the call took place")),
        Rule("appeal_closed_at", "appeal_closed_at < appealed_at", Text("申诉办结早于申诉", "the appeal closed before it was made")),
    ),
)

EVALUATION_ITEMS = Table(
    name="evaluation_items",
    label=Text("评分项得分", "Evaluation items"),
    key=("evaluation_id", "item_id"),
    large=True,
    columns=(
        Column("evaluation_id", Type.TEXT, Text("质检编号", "Evaluation"), required=True, references="evaluations.evaluation_id", aliases=("evaluation id", "质检编号", "质检单号")),
        Column("item_id", Type.TEXT, Text("评分项", "Item"), required=True, aliases=("item", "criterion", "question", "评分项", "考核项", "检查点")),
        Column("points", Type.NUMBER, Text("项得分", "Points"), required=True, nullable=True, aliases=("points", "item score", "项得分", "单项得分"), note=Text("不适用时为空", "empty where not applicable")),
        Column("full_mark", Type.NUMBER, Text("项满分", "Full mark"), required=True, minimum=0, aliases=("item full mark", "项满分", "单项满分")),
        Column("errors", Type.INTEGER, Text("差错数", "Errors"), required=True, nullable=True, minimum=0, aliases=("errors", "差错数", "错误数"), note=Text("未记录时为空，不当作零", "empty where the source does not record it; never read as zero")),
        Column("fatal", Type.BOOLEAN, Text("是否致命", "Fatal"), required=True, aliases=("fatal", "是否致命", "致命")),
        Column("not_applicable", Type.BOOLEAN, Text("不适用", "Not applicable"), default="false", aliases=("not applicable", "n/a", "不适用")),
        Column("comment", Type.TEXT, Text("评语", "Comment"), aliases=("comment", "remark", "评语", "备注", "质检评语", "扣分原因")),
    ),
    rules=(Rule("points", "points is null and not coalesce(not_applicable, false)", Text("缺少得分且未标明不适用", "no points and not marked as not applicable")),),
)

SCORECARDS = Table(
    name="scorecards",
    label=Text("评分表", "Scorecards"),
    key=("scorecard_id", "item_id"),
    columns=(
        Column("scorecard_id", Type.TEXT, Text("评分表", "Scorecard"), required=True, aliases=("scorecard", "评分表", "评分表编号")),
        Column("scorecard_name", Type.TEXT, Text("评分表名称", "Scorecard name"), required=True, aliases=("scorecard name", "评分表名称")),
        Column("version", Type.TEXT, Text("版本", "Version"), aliases=("version", "版本")),
        Column("full_mark", Type.NUMBER, Text("总满分", "Full mark"), required=True, minimum=0, aliases=("full mark", "总满分", "满分")),
        Column("pass_rule", Type.TEXT, Text("合格规则", "Pass rule"), allowed=PASS_RULES, aliases=("pass rule", "合格规则")),
        Column("pass_mark", Type.NUMBER, Text("合格线", "Pass mark"), aliases=("pass mark", "合格线", "合格分"), note=Text("总分规则为分数；每部分规则为百分制分数", "points of the card for total; points out of 100 of each section for every_section")),
        Column("item_id", Type.TEXT, Text("评分项", "Item"), required=True, aliases=("item", "评分项", "评分项编号")),
        Column("section", Type.TEXT, Text("部分", "Section"), required=True, aliases=("section", "部分", "大项")),
        Column("category", Type.TEXT, Text("类别", "Category"), aliases=("category", "类别")),
        Column("item_name", Type.TEXT, Text("评分项名称", "Item name"), required=True, aliases=("item name", "评分项名称", "小项")),
        Column("item_kind", Type.TEXT, Text("计分方式", "Item kind"), allowed=ITEM_KINDS, aliases=("item kind", "计分方式")),
        Column("item_full_mark", Type.NUMBER, Text("项满分", "Item full mark"), minimum=0, aliases=("item full mark", "项满分")),
        Column("severity", Type.TEXT, Text("严重程度", "Severity"), allowed=SEVERITIES, aliases=("severity", "严重程度", "差错级别")),
        Column("is_opportunity", Type.BOOLEAN, Text("计入机会数", "Is an opportunity"), aliases=("opportunity", "计入机会数")),
    ),
)
