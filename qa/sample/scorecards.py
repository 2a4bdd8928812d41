"""The scorecards of the sample: five shapes in use, with the true chance of every error."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qa.sample.columns import NUMBER_UNIT

FRAILTY = 3.0  # errors come in clusters: a call's chances share a gamma factor of this shape


@dataclass(frozen=True)
class Item:
    """One item.

    ``error``: the chance that it is marked as an error, which costs ``cost`` points.
    ``levels``: further chances of lower levels, which cost points but are no error: ((chance, points), ...).
    ``absent``: the chance that it does not apply to a call.
    """

    item_id: str
    section: str
    category: str
    name: str
    full: float
    error: float = 0.0
    cost: float = 0.0
    levels: tuple[tuple[float, float], ...] = ()
    absent: float = 0.0
    kind: str = "deduct"
    fatal: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Scorecard:
    """A card and its items; ``fatal_zeroes``: a fatal error takes the whole score."""

    scorecard_id: str
    name: str
    version: str
    full: float
    pass_rule: str
    pass_mark: float | None
    items: tuple[Item, ...]
    fatal_zeroes: bool = True
    says_passed: bool = True

    def column(self, attribute: str) -> np.ndarray:
        """``attribute`` of each item."""
        return np.array([getattr(item, attribute) for item in self.items])

    @cached_property
    def units(self) -> np.ndarray:
        """The full mark of each item, in ten-thousandths."""
        return np.round(self.column("full") * NUMBER_UNIT).astype(np.int64)

    @cached_property
    def opportunities(self) -> np.ndarray:
        """Which items are checkpoints: those that can be a non-fatal error."""
        return (self.column("error") > 0) & ~self.column("fatal")

    @cached_property
    def mean_loss(self) -> float:
        """The expected share of the full mark that a call without a fatal error loses on deductions and levels."""
        marked = [item for item in self.items if item.kind != "bonus"]
        lost = sum((1 - item.absent) * (item.error * item.cost + sum(p * cost for p, cost in item.levels)) for item in marked)
        return lost / sum((1 - item.absent) * item.full for item in marked)


def _level(item_id: str, section: str, category: str, name: str, full: float, *levels: tuple[float, float], absent: float = 0.0) -> Item:
    return Item(item_id, section, category, name, full, levels=levels, kind="level", absent=absent)


RECORDING = Scorecard(
    "R40",
    "录音质检评分表（40分制）",
    "2024版",
    40,
    "total",
    35,
    (
        Item("R40-01", "亲和能力", "affinity", "开头语与结束语规范", 2, 0.022, 1, comment="未使用规范结束语"),
        Item("R40-02", "亲和能力", "affinity", "语音语速适中", 2, 0.016, 1, comment="语速偏快，客户两次要求重复"),
        Item("R40-03", "亲和能力", "affinity", "服务用语礼貌得体", 2, 0.018, 1, comment="多次使用口头禅"),
        Item("R40-04", "亲和能力", "affinity", "主动服务意识", 2, 0.140, 2, comment="未主动询问是否还有其他需要"),
        Item("R40-05", "沟通能力", "selling", "准确理解客户诉求", 3, 0.018, 2, comment="未听清诉求即作答"),
        Item("R40-06", "沟通能力", "wording", "表达清晰有条理", 3, 0.016, 1, comment="解释绕口，客户未听懂"),
        Item("R40-07", "沟通能力", "attitude", "安抚与同理心", 3, 0.018, 2, comment="客户情绪激动时未安抚"),
        Item("R40-08", "沟通能力", "attitude", "不打断客户", 2, 0.014, 1, comment="两次打断客户讲话"),
        Item("R40-09", "业务能力", "business", "业务解答完整准确", 4, 0.024, 2, comment="漏答违约金条款"),
        Item("R40-10", "业务能力", "business", "系统操作规范", 2, 0.014, 1, comment="未及时登记工单"),
        Item("R40-11", "业务能力", "business", "处理流程正确", 3, 0.018, 2, comment="未按流程核对身份"),
        Item("R40-12", "前期处理", "business", "工单记录要素齐全", 2, 0.022, 1, comment="工单缺少联系时间"),
        _level("R40-13", "沟通能力", "wording", "沟通技巧评级", 6, (0.40, 1), (0.22, 2), (0.06, 3)),
        _level("R40-14", "亲和能力", "affinity", "声音感染力评级", 4, (0.42, 1), (0.10, 2)),
        Item("R40-F1", "红线", "attitude", "辱骂、顶撞或挂断客户", 0, fatal=True, comment="与客户争执后挂机"),
        Item("R40-F2", "红线", "business", "泄露客户信息", 0, fatal=True, comment="未核身即告知机主资料"),
        Item("R40-F3", "红线", "business", "答复错误造成损失", 0, fatal=True, comment="错误承诺免收违约金"),
    ),
)

OUTBOUND = Scorecard(
    "W100",
    "外呼质检评分表（百分制）",
    "V3.2",
    100,
    "total",
    85,
    (
        Item("W100-01", "业务", "business", "产品介绍完整", 12, 0.030, 6, comment="未介绍合约期限"),
        Item("W100-02", "业务", "business", "资费告知准确", 12, 0.026, 6, comment="月租表述含糊"),
        Item("W100-03", "业务", "business", "订单信息确认", 14, 0.028, 7, absent=0.10, comment="未复述办理内容"),
        Item("W100-04", "业务", "business", "系统录入规范", 12, 0.020, 6, comment="录入备注不全"),
        Item("W100-05", "态度", "attitude", "礼貌用语", 8, 0.024, 4, comment="未致谢"),
        Item("W100-06", "态度", "attitude", "耐心倾听", 8, 0.020, 4, comment="客户拒绝后语气变冷"),
        _level("W100-07", "态度", "attitude", "热情度", 9, (0.40, 2), (0.18, 4)),
        Item("W100-08", "技巧", "selling", "开场吸引力", 6, 0.032, 3, comment="开场未说明来意"),
        Item("W100-09", "技巧", "selling", "异议处理", 6, 0.040, 3, absent=0.18, comment="遇到异议直接放弃"),
        _level("W100-10", "技巧", "selling", "促成时机把握", 8, (0.42, 2), (0.25, 4)),
        _level("W100-11", "整体", "wording", "整体印象", 5, (0.45, 1), (0.18, 2)),
        Item("W100-F1", "诈单", "selling", "未经同意办理", 0, fatal=True, comment="客户未明确同意即下单"),
        Item("W100-F2", "诈单", "selling", "冒用客户身份", 0, fatal=True, comment="以他人资料办理"),
        Item("W100-F3", "诈单", "selling", "虚假承诺优惠", 0, fatal=True, comment="承诺不存在的赠品"),
        Item("W100-F4", "诈单", "selling", "隐瞒合约期与违约金", 0, fatal=True, comment="刻意隐瞒合约期"),
        Item("W100-F5", "诈单", "selling", "冒充官方部门", 0, fatal=True, comment="自称监管部门来电"),
        Item("W100-F6", "诈单", "selling", "诱导客户误答确认", 0, fatal=True, comment="诱导客户回答“是”"),
    ),
)

THREE_PART = Scorecard(
    "T300",
    "实时监听三段评分表",
    "2025版",
    300,
    "every_section",
    80,
    (
        _level("T300-01", "服务", "affinity", "问候与结束", 25, (0.35, 3), (0.12, 6)),
        Item("T300-02", "服务", "attitude", "服务态度", 25, 0.030, 15, comment="语气生硬"),
        Item("T300-03", "服务", "wording", "用语规范", 25, 0.036, 10, comment="使用服务禁语"),
        _level("T300-04", "服务", "affinity", "倾听与回应", 25, (0.40, 4), (0.20, 8)),
        Item("T300-05", "业务", "business", "业务知识", 30, 0.034, 15, comment="业务口径不熟"),
        Item("T300-06", "业务", "business", "解答完整", 30, 0.040, 15, comment="未说明办理时限"),
        _level("T300-07", "业务", "business", "方案合理", 20, (0.40, 3), (0.20, 6)),
        Item("T300-08", "业务", "business", "身份核验", 20, 0.020, 15, absent=0.15, comment="未完成身份核验"),
        Item("T300-09", "流程", "business", "操作流程", 30, 0.030, 15, comment="跳过必要步骤"),
        Item("T300-10", "流程", "business", "工单流转", 25, 0.028, 15, absent=0.20, comment="派单部门有误"),
        _level("T300-11", "流程", "wording", "通话节奏", 20, (0.45, 4), (0.15, 8)),
        Item("T300-F1", "流程", "business", "违规承诺或泄密", 25, fatal=True, comment="越权承诺赔付"),
    ),
    fatal_zeroes=False,
    says_passed=False,
)

CALL_BACK = Scorecard(
    "H20",
    "回访质检评分表（20分+加分）",
    "V1",
    20,
    "no_fatal",
    None,
    (
        Item("H20-01", "态度", "attitude", "态度热情", 4, 0.030, 2, comment="语气平淡"),
        Item("H20-02", "态度", "affinity", "称呼得体", 2, 0.024, 1, comment="称呼错误"),
        Item("H20-03", "技巧", "wording", "提问清晰", 3, 0.034, 1, comment="问题连问，客户无法作答"),
        _level("H20-04", "技巧", "wording", "引导能力", 4, (0.40, 1), (0.16, 2)),
        Item("H20-05", "流程", "business", "回访要素齐全", 4, 0.040, 2, comment="漏问满意度"),
        _level("H20-06", "流程", "business", "记录完整", 3, (0.40, 0.5), (0.20, 1)),
        Item("H20-B1", "加分", "affinity", "温暖服务加分", 2, levels=((0.25, -1), (0.08, -2)), kind="bonus", comment="主动关怀老年客户"),
        Item("H20-F1", "红线", "business", "代客户作答", 0, fatal=True, comment="未接通即填写满意"),
    ),
)

WORK_ORDER = Scorecard(
    "G100",
    "工单质检评分表",
    "2024版",
    100,
    "total",
    80,
    (
        Item("G100-01", "准确", "business", "分类与派单正确", 30, 0.030, 10, comment="工单分类错误"),
        Item("G100-02", "准确", "business", "诉求描述准确", 25, 0.034, 10, comment="诉求描述与录音不符"),
        Item("G100-03", "时效", "business", "时限内处理", 15, 0.028, 10, comment="超时未跟进"),
        Item("G100-04", "规范", "wording", "文字规范", 10, 0.030, 5, comment="错别字较多"),
        _level("G100-05", "规范", "wording", "完整程度", 20, (0.45, 4), (0.20, 8)),
        Item("G100-F1", "红线", "business", "虚假办结", 0, fatal=True, comment="未联系客户即办结"),
    ),
)

SCORECARDS = (RECORDING, OUTBOUND, THREE_PART, CALL_BACK, WORK_ORDER)
ITEM_IDS = tuple(item.item_id for card in SCORECARDS for item in card.items)
ITEM_NAMES = tuple(item.name for card in SCORECARDS for item in card.items)
ITEM_COMMENTS = tuple(item.comment or item.name for card in SCORECARDS for item in card.items)
FIRST_ITEM = tuple(np.cumsum([0] + [len(card.items) for card in SCORECARDS[:-1]]).tolist())
