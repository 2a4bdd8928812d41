"""Who is measured, and against what: centers, agents, targets."""

from qa.contract.header_words import AGENT_NAMES, CENTER_NAMES
from qa.contract.model import Column, Rule, Table, Type, no_total
from qa.text import Text

CENTERS = Table(
    name="centers",
    label=Text("中心", "Centers"),
    key=("center_id",),
    required=True,
    columns=(
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, aliases=("center", "centre", "center id", "centre id", "site", "中心", "中心编号", "分中心", "provider org code", "职场编号", "分中心编号", "中心代码", "中心编码")),
        Column("name", Type.TEXT, Text("中心名称", "Name"), required=True, aliases=("center name", "centre name", "site name", "中心名称", "分中心名称", "provider name", "职场名称", "呼叫中心名称")),
        Column("name_en", Type.TEXT, Text("英文名称", "English name"), aliases=("english name", "英文名称")),
        Column("is_headquarters", Type.BOOLEAN, Text("是否总中心", "Is headquarters"), required=True, aliases=("headquarters", "is hq", "总中心", "是否总中心", "是否总部")),
        Column("region", Type.TEXT, Text("区域", "Region"), aliases=("province", "区域", "大区", "省份")),
        Column("period_start_day", Type.INTEGER, Text("考核周期起始日", "Period start day"), default="1", aliases=("period start", "周期起始日", "考核周期起始日"), note=Text("1 为自然月，21 为上月21日至本月20日", "1 for calendar months, 21 for the 21st to the 20th")),
        Column("ring_cycle_s", Type.SECONDS, Text("铃响周期（秒）", "Ring cycle (s)"), default="5", minimum=0, aliases=("ring cycle", "铃响周期")),
    ),
    rules=(Rule("period_start_day", "period_start_day not between 1 and 28", Text("周期起始日须在1到28之间", "a period starts on day 1 to 28")), *no_total("center_id")),
)

AGENTS = Table(
    name="agents",
    label=Text("坐席", "Agents"),
    key=("agent_id", "valid_from"),
    note=Text("坐席换班组或换中心时新增一行；事实取其发生时有效的一行", "a new row when an agent changes team or center; facts take the row valid at their time"),
    columns=(
        Column("agent_id", Type.TEXT, Text("工号", "Agent"), required=True, aliases=("agent", "agent id", "agent name", "operator", "坐席", "座席", "工号", "客服", *AGENT_NAMES)),
        Column("name", Type.TEXT, Text("姓名", "Name"), required=True, aliases=("agent name", "姓名", "坐席姓名", "座席姓名", "客服姓名", "话务员姓名", "客服代表姓名", "被检人姓名", "被质检人姓名", "被检坐席姓名", "员工姓名", "被检坐席", "被检人", "被检员工")),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), required=True, references="centers.center_id", aliases=("center", "centre", "site", "中心", "中心编号", "分中心", *CENTER_NAMES)),
        Column("team", Type.TEXT, Text("班组", "Team"), required=True, unknown="-", note=Text("没有班组时为“-”", "“-” where there are no teams"), aliases=("group", "team name", "班组", "小组", "组别", "团队", "所属班组", "班组名称", "所属小组", "所属团队", "班组别", "组名")),
        Column("skill", Type.TEXT, Text("技能", "Skill"), aliases=("skill group", "技能", "技能组")),
        Column("hired_on", Type.DATE, Text("入职日期", "Hired on"), aliases=("hire date", "hired", "入职日期", "入职时间")),
        Column("confirmed_on", Type.DATE, Text("转正日期", "Confirmed on"), aliases=("confirmation date", "转正日期")),
        Column("left_on", Type.DATE, Text("离职日期", "Left on"), aliases=("leave date", "termination date", "离职日期")),
        Column("valid_from", Type.DATE, Text("生效日期", "Valid from"), default="0001-01-01", aliases=("effective date", "生效日期")),
    ),
    rules=(Rule("left_on", "left_on < hired_on", Text("离职日期早于入职日期", "left before hired")), *no_total("agent_id")),
)

TARGETS = Table(
    name="targets",
    label=Text("目标值", "Targets"),
    key=("metric", "center_id", "queue", "valid_from"),
    note=Text("比率用0到1表示；中心或队列为空表示适用于全部", "rates as shares 0 to 1; an empty center or queue means all"),
    columns=(
        Column("metric", Type.TEXT, Text("指标", "Metric"), required=True, aliases=("kpi", "indicator", "指标", "指标名称")),
        Column("center_id", Type.TEXT, Text("中心编号", "Center"), references="centers.center_id", aliases=("center", "centre", "中心", "分中心", *CENTER_NAMES)),
        Column("queue", Type.TEXT, Text("队列", "Queue"), aliases=("queue name", "队列", "业务线")),
        Column("valid_from", Type.DATE, Text("生效日期", "Valid from"), required=True, aliases=("effective date", "生效日期")),
        Column("minimum", Type.NUMBER, Text("下限", "Minimum"), aliases=("min", "target", "下限", "目标值", "目标")),
        Column("maximum", Type.NUMBER, Text("上限", "Maximum"), aliases=("max", "上限")),
        Column("gap_to_headquarters", Type.NUMBER, Text("与总中心差距（百分点）", "Gap to headquarters (points)"), minimum=0, aliases=("gap", "与总中心差距")),
    ),
    rules=(Rule("maximum", "minimum > maximum", Text("下限大于上限", "the minimum is above the maximum")),),
)
