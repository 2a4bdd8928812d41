"""Words that people's files use for yes and no, for the contract's allowed values, and for what is no record."""

from qa.contract import Column

YES = (
    "y",
    "yes",
    "true",
    "t",
    "1",
    "1.0",
    "是",
    "对",
    "有",
    "√",
    "✓",
    "已解决",
    "已接通",
    "已接听",
    "已接",
    "已应答",
    "应答",
    "呼通",
    "已呼通",
    "接起",
    "已接起",
    "接通成功",
    "呼叫成功",
    "正常接通",
    "成立",
    "达标",
    "已办理",
    "已成交",
    "成交",
    "connected",
    "handled",
    "接通",
    "接听",
    "合格",
    "通过",
    "属实",
    "成功",
    "满意",
    "已转接",
    "answered",
    "ja",
    "oui",
    "resolved",
    "pass",
    "passed",
    "success",
)
# Whether there is a fatal error, as one and none.
PRESENT = {"是": 1, "有": 1, "y": 1, "yes": 1, "true": 1, "√": 1, "✓": 1, "否": 0, "无": 0, "没有": 0, "n": 0, "no": 0, "false": 0, "×": 0}
NO = (
    "n",
    "no",
    "false",
    "f",
    "0",
    "0.0",
    "否",
    "错",
    "无",
    "没有",
    "×",
    "✗",
    "未解决",
    "未接通",
    "未接听",
    "未接",
    "未应答",
    "无应答",
    "未呼通",
    "漏接",
    "已放弃",
    "客户放弃",
    "未办理",
    "未成交",
    "missed",
    "unanswered",
    "no answer",
    "放弃",
    "呼损",
    "无人接听",
    "无法接通",
    "未接起",
    "占线",
    "忙线",
    "用户忙",
    "空号",
    "关机",
    "停机",
    "拒接",
    "拒绝接听",
    "用户拒接",
    "客户拒接",
    "不在服务区",
    "呼叫失败",
    "不成立",
    "未达标",
    "不合格",
    "未通过",
    "不属实",
    "失败",
    "不满意",
    "未转接",
    "abandoned",
    "busy",
    "voicemail",
    "cancelled",
    "canceled",
    "rejected",
    "declined",
    "nein",
    "non",
    "unresolved",
    "fail",
    "failed",
)
# What became of a call, in words that say something else of anything else.
TAKEN = ("completed", "transferred", "座席接听", "坐席接听", "人工接听", "双方接听", "正常通话")
NOT_TAKEN = (
    "abandon", "dropped", "not answered", "no_answer", "noanswer", "no-answer", "abandoned in queue", "abandoned in ivr", "abandoned in voicemail",
    "排队放弃", "排队时客户放弃", "用户放弃", "振铃放弃", "振铃未接听", "座席未接听", "坐席未接听", "congestion",
)  # fmt: skip
# A column that has one of the words that are said of nothing else, and no others, says whether calls were answered.
ONLY_OF_CALLS = frozenset((*NOT_TAKEN[:-1], "answered", "abandoned", "missed", "unanswered", "no answer", "voicemail"))
OF_CALLS = ONLY_OF_CALLS | {*TAKEN, *NOT_TAKEN, "connected", "handled", "success", "busy", "failed", "cancelled", "canceled", "rejected", "declined"}

ALLOWED = {
    "inbound": ("呼入", "来电", "进线", "in", "incoming", "呼入电话", "missed", "abandoned"),
    "outbound": ("呼出", "外呼", "out", "outgoing", "去电", "呼出电话"),
    "agent": ("坐席", "座席", "客服", "坐席挂机", "座席挂机", "坐席挂断", "座席挂断", "客服挂机", "客服挂断"),
    "customer": ("客户", "用户", "caller", "客户挂机", "用户挂机", "客户挂断", "用户挂断"),
    "system": ("系统", "系统挂机", "系统挂断"),
    "day": ("日", "天", "daily"),
    "month": ("月", "monthly"),
    "recording": ("录音", "录音监听", "recorded"),
    "live": ("实时", "实时监听", "现场监听"),
    "side_by_side": ("旁听", "side by side", "side-by-side"),
    "mystery": ("拨测", "匿名拨测", "神秘客户", "mystery call"),
    "document": ("工单", "文件审核", "工单审核"),
    "random": ("随机", "随机抽检", "随机抽样"),
    "quota": ("定额", "常规", "常规抽检"),
    "targeted": ("定向", "针对性", "专项"),
    "new_hire": ("新人", "新员工"),
    "training_before": ("培训前",),
    "training_after": ("培训后",),
    "recheck": ("复查", "复检"),
    "complaint": ("投诉",),
    "released": ("已发布", "发布", "published"),
    "retracted": ("已撤回", "撤回"),
    "draft": ("草稿", "未发布"),
    "total": ("总分",),
    "every_section": ("每部分", "各部分"),
    "no_fatal": ("无致命错误",),
    "deduct": ("扣分",),
    "level": ("分档", "等级"),
    "rating": ("评级", "打分"),
    "bonus": ("加分",),
    "finding": ("问题项",),
    "fatal": ("致命", "致命错误", "致命差错"),
    "nonfatal": ("非致命", "非致命错误", "非致命差错", "non-fatal"),
    "interview": ("面谈", "面谈辅导"),
    "plan": ("改进计划", "计划"),
    "training": ("培训",),
}

# What people and programs write where there is nothing to say.
NOTHING = (
    "-",
    "--",
    "---",
    "—",
    "——",
    "－",
    "－－",
    "／",
    "/",
    "n/a",
    "na",
    "#n/a",
    "null",
    "(null)",
    "none",
    "[none]",
    "nan",
    "\\n",
    "空",
    "(空)",
    "（空）",
    "未评价",
    "未参评",
    "未评分",
    "在职",
    "至今",
)
# What says of an item of a scorecard that it does not apply to a call.
INAPPLICABLE = ("不适用", "不涉及", "未涉及", "无此项", "not applicable", "Not applicable", "Not Applicable")
NOT_APPLICABLE = (*NOTHING, *INAPPLICABLE)
# What stands in place of a date that has not come yet.
NOT_YET = ("未办结", "未完成", "未处理", "未关闭", "未结束", "未离职", "未发布", "未申诉", "处理中", "办理中", "进行中", "open", "pending", "in progress")
# Nobody and nowhere, for a column that names somebody or some place.
NOBODY = ("无", "未知", "不详", "unknown")
# Callers who do not show a number: taken for a customer, they would be the one who calls most often.
UNNAMED = (
    *NOBODY, "0", "匿名", "匿名用户", "匿名来电", "隐藏号码", "未知号码", "无号码", "未显示",
    "anonymous", "private", "private number", "restricted", "unavailable", "withheld", "blocked", "no caller id", "hidden",
)  # fmt: skip

# What may be said of all queues or centers together, or be the name of one.
OF_ALL = ("all", "all queues", "all skills", "all centers", "all sites", "overall", "全部", "所有", "全国", "整体", "总体", "全中心", "全部队列", "总量")
# What a lone cell under or between the records begins with: who made the sheet, when, and how to read it.
REMARK = r"(制表|打印|导出|审核|复核|统计|填表|编制|说明|备注|注|数据来源)(人|员|时间|日期|单位|口径|部门)?\s*[:：].*|(?i:(printed|generated|exported|prepared|report date|note|source)\b.*:.*|(confidential|copyright)\b.*)"


def said_of(column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for yes and for no in a column of booleans."""
    return ((*YES, *TAKEN), (*NO, *NOT_TAKEN)) if column.name == "answered" else (YES, NO)


def synonyms(allowed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The allowed values, each with the lower-case words that mean it, itself first."""
    return {value: (value, *(word for word in ALLOWED.get(value, ()))) for value in allowed}

