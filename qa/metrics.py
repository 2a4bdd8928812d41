"""The catalogue: every metric declared once. Its formula is the macro of the same name in ``queries/metrics.sql``."""

from dataclasses import dataclass
from typing import Literal

from qa.config import Config
from qa.format import Unit
from qa.text import Text

Better = Literal["higher", "lower", "band", "neither"]
Interval = Literal["wilson", "mean", "ratio", "poisson", "none"]
Group = Literal["quality", "customers", "calls", "management"]


@dataclass(frozen=True)
class Metric:
    """One metric: its words, where its measures come from, and how it is judged.

    ``definition`` may name configured values in braces; ``minimum``, ``maximum`` are the default target in the metric's own
    unit (shares 0-1), ``gap`` the most it may trail headquarters (share 0-1). ``formula`` is in words of the field.
    ``headline``: shown as a tile on the overview. ``target_of``: the metric whose targets hold for this one too.
    """

    key: str
    name: Text
    unit: Unit
    sources: tuple[str, ...]
    interval: Interval
    better: Better
    group: Group
    definition: Text
    minimum: float | None = None
    maximum: float | None = None
    gap: float | None = None
    headline: bool = False
    target_of: str = ""

    def definition_in_force(self, config: Config, language: str) -> str:
        """The definition in words, with the configured windows and thresholds filled in."""
        values = {name: f"{value:g}" if isinstance(value, float) else value for name, value in config.definitions.model_dump().items()}
        values["tolerance"] = f"{config.definitions.calibration_tolerance * 100:g}"
        values["variant"] = SERVICE_LEVEL_VARIANTS[config.definitions.service_level_variant].in_language(language)
        values["plan"] = PLAN_PERIODS[config.plan.period].in_language(language)
        values["plan_evaluations"] = config.plan.evaluations
        return self.definition.in_language(language).format(**values)


SERVICE_LEVEL_VARIANTS = {
    "of_offered": Text("阈值内接听 ÷ 呼入量", "answered within the threshold / offered"),
    "of_answered": Text("阈值内接听 ÷ 接听量", "answered within the threshold / answered"),
    "plus_quick_abandons": Text("（阈值内接听 + 阈值内放弃）÷ 呼入量", "(answered + abandoned within the threshold) / offered"),
    "less_quick_abandons": Text("阈值内接听 ÷（呼入量 − 阈值内放弃）", "answered within the threshold / (offered - abandoned within it)"),
}

SERVICE_LEVEL_NAMES = {
    "of_offered": Text("按呼入量", "of offered"),
    "of_answered": Text("按接听量", "of answered"),
    "plus_quick_abandons": Text("计入快速放弃", "quick abandons counted in"),
    "less_quick_abandons": Text("剔除快速放弃", "quick abandons left out"),
}

PLAN_PERIODS = {
    "week": Text("周", "week"),
    "half_month": Text("半月", "half-month"),
    "month": Text("月", "month"),
    "quarter": Text("季度", "quarter"),
}

_SAMPLED = Text(
    "只统计已发布、非校准的评定，且抽样原因为随机、定额或新员工",
    "Released evaluations without calibrations; random, quota and new-hire samples only",
)


def _sampled(zh: str, en: str) -> Text:
    return Text(f"{zh}。{_SAMPLED.zh}。", f"{en}. {_SAMPLED.en}.")


METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric(
            "pass_rate", Text("抽检合格率", "Pass rate"), "share", ("evaluations",), "wilson", "higher", "quality",
            _sampled("合格评定数 ÷ 有结论的评定数（未给出结论的按评分表规则判定）", "Passed evaluations / evaluations with a verdict (by the scorecard's rule where none was given)"),
            minimum=0.95, headline=True,
        ),
        Metric(
            "mean_score", Text("质检平均分", "Mean quality score"), "points", ("evaluations",), "mean", "higher", "quality",
            _sampled("各评定得分 ÷ 满分 × 100 的平均", "Mean of score / full mark × 100"), minimum=90, headline=True,
        ),
        Metric(
            "fatal_accuracy", Text("致命错误准确率", "Fatal error accuracy"), "share", ("evaluations",), "wilson", "higher", "quality",
            _sampled("1 − 有致命错误的评定数 ÷ 评定数", "1 − evaluations with a fatal error / evaluations"), minimum=0.98, headline=True,
        ),
        Metric(
            "nonfatal_accuracy", Text("非致命错误准确率", "Non-fatal error accuracy"), "share", ("evaluations",), "ratio", "higher", "quality",
            _sampled("1 − 非致命错误数 ÷ 机会数之和；区间按评定聚类", "1 − non-fatal errors / sum of opportunities; the interval is clustered by evaluation"),
            minimum=0.95, headline=True,
        ),
        Metric(
            "composite_error_rate", Text("综合差错率", "Composite error rate"), "share", ("evaluations",), "wilson", "lower", "quality",
            _sampled("有任一类差错的评定数 ÷ 评定数，含文件与工单审核", "Evaluations with an error of any class / evaluations, documents included"),
            maximum=0.10, headline=True,
        ),
        Metric(
            "error_count", Text("差错数", "Errors found"), "count", ("evaluations",), "none", "lower", "management",
            _sampled("致命与非致命错误之和；按评分项则为该项的差错数", "Fatal and non-fatal errors; by item, the errors of that item"),
        ),
        Metric(
            "points_lost", Text("失分", "Points lost"), "count", ("evaluation_items",), "none", "lower", "management",
            _sampled("适用评分项的满分 − 得分之和，加分项不计；不同评分表的分值不同，只宜在同一评分表内相加",
                     "Full mark − points of applicable items, bonus items left out; points of different scorecards differ, add them within one card only"),
        ),
        Metric(
            "points_lost_of_100", Text("失分（折合百分制）", "Points lost, cards as 100"), "count", ("evaluation_items",), "none", "lower", "management",
            _sampled("适用评分项的（满分 − 得分）÷ 该次评定满分 × 100 之和，加分项不计",
                     "Sum of (full mark − points) of applicable items / full mark of the evaluation × 100, bonus items left out"),
        ),
        Metric(
            "evaluation_count", Text("评定数", "Evaluations"), "count", ("evaluations",), "none", "neither", "management",
            Text("已发布的评定数，不含校准，含各种抽样原因", "Released evaluations of any sample reason (no calibrations)"),
        ),
        Metric(
            "targeted_mean_score", Text("定向抽样平均分", "Mean score of targeted samples"), "points", ("evaluations",), "mean", "higher", "management",
            Text("定向、复查、培训前后与投诉抽样的已发布评定，得分 ÷ 满分 × 100 的平均；这些样本专找问题，不代表全部通话",
                 "Mean of score / full mark × 100 of released targeted, recheck, training and complaint samples; faults are looked for in them, they do not stand for all calls"),
        ),
        Metric(
            "restored_points", Text("改判平均返还分", "Points restored per upheld appeal"), "points", ("evaluations",), "mean", "neither", "management",
            Text("改判后得分 − 原始得分，÷ 满分 × 100，对申诉成立的评定取平均", "Mean of (score − original score) / full mark × 100 over upheld appeals"),
        ),
        Metric(
            "appeal_rate", Text("申诉率", "Appeal rate"), "share", ("evaluations",), "wilson", "neither", "management",
            Text("被申诉的评定数 ÷ 已发布的评定数（不含校准）", "Appealed evaluations / released evaluations (no calibrations)"),
        ),
        Metric(
            "appeal_upheld_rate", Text("改判率", "Appeals upheld"), "share", ("evaluations",), "wilson", "neither", "management",
            Text("申诉成立数 ÷ 已有结论的申诉数", "Upheld appeals / decided appeals"),
        ),
        Metric(
            "plan_completion", Text("监听计划完成率", "Monitoring plan met"), "share", ("plans",), "none", "higher", "management",
            Text("完成监听计划的坐席期数 ÷ 应完成的坐席期数；计划：每{plan}每名坐席至少 {plan_evaluations} 次已发布评定，坐席须整期在岗，期间须已结束",
                 "Agent-periods with the plan met / agent-periods planned; plan: at least {plan_evaluations} released evaluations an agent and {plan}, for agents on the roster throughout, in completed periods"),
            minimum=1.0,
        ),
        Metric(
            "evaluator_agreement", Text("校准一致率", "Calibration agreement"), "share", ("calibrations",), "wilson", "higher", "management",
            Text("与参考分相差不超过满分 {tolerance}% 的校准评定数 ÷ 校准评定数；参考分为同一校准中其他质检员的平均分",
                 "Calibration evaluations within {tolerance}% of the full mark of the reference / calibration evaluations; the reference is the mean of the other evaluators in the same calibration"),
            minimum=0.85,
        ),
        Metric(
            "evaluator_leniency", Text("评分宽严度", "Evaluator leniency"), "difference", ("calibrations",), "mean", "neither", "management",
            Text("与参考分的平均差占满分的比例，正为偏宽，负为偏严", "Mean difference from the reference as a share of the full mark: above zero is lenient, below strict"),
        ),
        Metric(
            "rectification_rate", Text("整改完成率", "Rectified on time"), "share", ("coaching",), "wilson", "higher", "management",
            Text("在时限内完成的辅导与整改数 ÷ 已到时限的数量", "Coaching records closed by their due time / records due by the end of the data"), minimum=1.0,
        ),
        Metric(
            "recheck_pass_rate", Text("复查合格率", "Rechecks passed"), "share", ("coaching",), "wilson", "higher", "management",
            Text("通过的复查数 ÷ 有结论的复查数", "Passed rechecks / decided rechecks"),
        ),
        Metric(
            "attrition_rate", Text("月均离职率", "Monthly attrition"), "share", ("headcount",), "poisson", "lower", "management",
            Text("离职人数 ÷ 各月平均在岗人数之和", "Leavers / sum over months of the mean headcount"), maximum=0.03,
        ),
        Metric(
            "satisfaction_rate", Text("客户满意率", "Satisfaction rate"), "share", ("surveys",), "wilson", "higher", "customers",
            Text("满意评价数 ÷ 有评价的参评数；满意为最高 {satisfied_boxes} 档", "Satisfied / answered and rated surveys; satisfied is the top {satisfied_boxes} boxes"),
            minimum=0.90, gap=0.02, headline=True,
        ),
        Metric(
            "mean_satisfaction", Text("满意度均分", "Mean satisfaction"), "points", ("surveys",), "mean", "higher", "customers",
            Text("评分 ÷ 满分刻度 × 100 的平均", "Mean of score / top of the scale × 100"), headline=True,
        ),
        Metric(
            "response_rate", Text("参评率", "Response rate"), "share", ("surveys",), "wilson", "neither", "customers",
            Text("参评数 ÷ 发出的调查数", "Answered surveys / surveys sent"),
        ),
        Metric(
            "one_time_resolution", Text("一次性解决率", "One-time resolution"), "share", ("surveys",), "wilson", "higher", "customers",
            Text("回答“一次解决”的调查数 ÷ 回答了该题的调查数", "Surveys that say resolved first time / surveys that answered the question"),
            minimum=0.90, headline=True,
        ),
        Metric(
            "first_call_resolution", Text("首Call解决率", "First-call resolution"), "share", ("contacts",), "wilson", "higher", "customers",
            Text("首次联系中，{resolution_window_days} 天内同一客户未因同一原因再次来电且未转二线的比例；首次联系指此前 {resolution_window_days} 天内无同因来电。"
                 "联系指客户可识别的已接听呼入；窗口未满的首次联系为暂计，不计入",
                 "First contacts without another contact of the same customer for the same reason within {resolution_window_days} days and not transferred / first contacts. "
                 "A first contact has none in the {resolution_window_days} days before. Contacts are answered inbound calls of known customers; those whose window is not over are provisional and left out"),
            minimum=0.85, headline=True,
        ),
        Metric(
            "repeat_call_rate", Text("重复来电率", "Repeat-call rate"), "share", ("contacts",), "wilson", "lower", "customers",
            Text("{resolution_window_days} 天内同一客户因同一原因再次来电的联系数 ÷ 联系数", "Contacts that follow another of the same customer and reason within {resolution_window_days} days / contacts"),
            maximum=0.15, headline=True,
        ),
        Metric(
            "complaint_count", Text("投诉量", "Complaints"), "count", ("complaints",), "none", "lower", "customers",
            Text("收到的投诉数", "Complaints received"),
        ),
        Metric(
            "complaint_rate", Text("万次投诉率", "Complaints per 10,000"), "per_10k", ("complaints", "calls"), "poisson", "lower", "customers",
            Text("投诉量 ÷ 接听量 × 10,000", "Complaints / answered calls × 10,000"),
        ),
        Metric(
            "upheld_complaint_rate", Text("属实投诉率", "Complaints upheld"), "share", ("complaints",), "wilson", "lower", "customers",
            Text("属实投诉数 ÷ 已核定投诉数", "Upheld complaints / decided complaints"),
        ),
        Metric(
            "complaint_on_time", Text("投诉及时办结率", "Complaints closed on time"), "share", ("complaints",), "wilson", "higher", "customers",
            Text("时限内办结的投诉数 ÷ 已到时限的投诉数", "Complaints closed by their due time / complaints due by the end of the data"), minimum=1.0,
        ),
        Metric(
            "inbound_calls", Text("呼入量", "Inbound calls"), "count", ("calls",), "none", "neither", "calls",
            Text("呼入的通话数，{short_abandon_s} 秒内的短时放弃不计", "Offered inbound calls; abandons within {short_abandon_s} s are left out"),
        ),
        Metric(
            "answer_rate", Text("人工接听率", "Answer rate"), "share", ("calls",), "wilson", "higher", "calls",
            Text("接听量 ÷ 呼入量，{short_abandon_s} 秒内的短时放弃不计入呼入", "Answered / offered inbound calls; abandons within {short_abandon_s} s are left out"),
            minimum=0.99, headline=True,
        ),
        Metric(
            "abandonment_rate", Text("放弃率", "Abandonment rate"), "share", ("calls",), "wilson", "lower", "calls",
            Text("放弃量 ÷ 呼入量，{short_abandon_s} 秒内的短时放弃不计", "Abandoned / offered inbound calls; abandons within {short_abandon_s} s are left out"),
            maximum=0.05, headline=True,
        ),
        Metric(
            "service_level", Text("服务水平", "Service level"), "share", ("calls",), "wilson", "higher", "calls",
            Text("{variant}；阈值 {service_level_s} 秒", "{variant}; threshold {service_level_s} s"), minimum=0.80, headline=True,
        ),
        *(
            Metric(
                f"service_level_{variant}", Text(f"服务水平·{SERVICE_LEVEL_NAMES[variant].zh}", f"Service level, {SERVICE_LEVEL_NAMES[variant].en}"), "share", ("calls",), "wilson", "higher", "calls",
                Text(f"{words.zh}；阈值 {{service_level_s}} 秒", f"{words.en}; threshold {{service_level_s}} s"),
                minimum=0.80, target_of="service_level",
            )
            for variant, words in SERVICE_LEVEL_VARIANTS.items()
        ),
        Metric(
            "answered_in_rings", Text("三声铃响接听率", "Answered in three rings"), "share", ("calls",), "wilson", "higher", "calls",
            Text("{ring_cycles} 个铃响周期内接听的呼入 ÷ 呼入量", "Inbound calls answered within {ring_cycles} ring cycles / offered"), minimum=0.90,
        ),
        Metric(
            "mean_wait", Text("平均等待时长", "Mean waiting time"), "seconds", ("calls",), "mean", "lower", "calls",
            Text("已接听呼入的等待时长之和 ÷ 其数量", "Sum of waiting time of answered inbound calls / their number"), maximum=20, headline=True,
        ),
        Metric(
            "mean_talk", Text("平均通话时长", "Mean talk time"), "seconds", ("calls",), "mean", "band", "calls",
            Text("通话时长之和 ÷ 已接通且有时长的通话数（呼入与呼出）", "Sum of talk time / answered calls whose talk time is known (either direction)"),
            minimum=60, maximum=300,
        ),
        Metric(
            "mean_handling", Text("平均处理时长", "Average handling time"), "seconds", ("calls",), "mean", "band", "calls",
            Text("（通话 + 保持 + 话后处理）之和 ÷ 三者均已知的已接通通话数", "Sum of talk + hold + wrap-up / answered calls for which all three are known"), headline=True,
        ),
        Metric(
            "mean_hold", Text("平均保持时长", "Mean hold time"), "seconds", ("calls",), "mean", "neither", "calls",
            Text("保持时长之和 ÷ 通话、保持、话后三者均已知的已接通通话数", "Sum of hold time / answered calls whose talk, hold and wrap-up are all known"),
        ),
        Metric(
            "mean_wrap", Text("平均话后处理时长", "Mean wrap-up time"), "seconds", ("calls",), "mean", "neither", "calls",
            Text("话后处理时长之和 ÷ 通话、保持、话后三者均已知的已接通通话数", "Sum of wrap-up time / answered calls whose talk, hold and wrap-up are all known"),
        ),
        Metric(
            "transfer_rate", Text("转接率", "Transfer rate"), "share", ("calls",), "wilson", "neither", "calls",
            Text("转接的通话数 ÷ 已接通的通话数", "Transferred calls / answered calls"),
        ),
        Metric(
            "transfer_on_time", Text("及时转接率", "Transfers on time"), "share", ("calls",), "wilson", "higher", "calls",
            Text("{transfer_within_s} 秒内完成的转接 ÷ 有时长的转接", "Transfers completed within {transfer_within_s} s / transfers whose time is known"), minimum=0.95,
        ),
        Metric(
            "talk_hours_per_day", Text("人均日通话时长", "Talk hours per day"), "hours", ("agent_days",), "mean", "higher", "calls",
            Text("通话时长（小时）÷ 有签入的坐席日数", "Hours of talk / agent days worked"), minimum=3,
        ),
        Metric(
            "calls_per_hour", Text("每小时话务量", "Calls per hour"), "per_hour", ("agent_days",), "ratio", "neither", "calls",
            Text("接通的通话数 ÷ 签入小时数", "Answered calls / hours logged in"),
        ),
        Metric(
            "calls_handled", Text("接通量", "Calls handled"), "count", ("calls",), "none", "neither", "calls",
            Text("已接通的通话数（呼入与呼出）", "Answered calls, either direction"),
        ),
        Metric(
            "outbound_calls", Text("外呼量", "Outbound calls"), "count", ("calls",), "none", "neither", "calls",
            Text("呼出的通话数，含未接通", "Outbound calls dialled, answered or not"),
        ),
        Metric(
            "connect_rate", Text("外呼接通率", "Connect rate"), "share", ("calls",), "wilson", "higher", "calls",
            Text("接通的外呼数 ÷ 外呼量", "Answered outbound calls / outbound calls"),
        ),
        Metric(
            "sales", Text("办理量", "Sales"), "count", ("calls",), "none", "higher", "calls",
            Text("外呼成交数", "Outbound calls that sold"),
        ),
        Metric(
            "sales_rate", Text("业务成功率", "Sales rate"), "share", ("calls",), "wilson", "higher", "calls",
            Text("成交数 ÷ 已接通且记录了是否成交的外呼数", "Outbound calls that sold / connected outbound calls whose outcome is known"),
        ),
    )
}
