"""The centers of the sample and their queues."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A center: its share of calls and agents, and how it writes its employee numbers and teams."""

    center_id: str
    name: str
    name_en: str
    region: str
    share: float
    employee_number: str
    team_prefix: str
    is_headquarters: bool = False
    period_start_day: int | None = None


PLACES = (
    Place("SH", "上海总中心", "Shanghai headquarters", "华东", 0.30, "01{:04d}", "上海", is_headquarters=True),
    Place("WH", "武汉分中心", "Wuhan branch", "华中", 0.18, "W{:05d}", "武汉"),
    Place("CD", "成都分中心", "Chengdu branch", "西南", 0.16, "CD-{:04d}", "成都"),
    Place("XA", "西安分中心", "Xi'an branch", "西北", 0.12, "0029{:03d}", "西安", period_start_day=21),
    Place("GZ", "广州分中心", "Guangzhou branch", "华南", 0.14, "G7{:04d}", "广州"),
    Place("SY", "沈阳分中心", "Shenyang branch", "东北", 0.10, "SY{:04d}", "沈阳"),
)
CENTER_IDS = tuple(place.center_id for place in PLACES)
HEADQUARTERS = CENTER_IDS.index("SH")

# A partner that reports counts only: no agents, no single calls, no surveys.
PARTNER = Place("KM", "昆明合作中心", "Kunming partner center", "西南", 0.04, "", "昆明")


@dataclass(frozen=True)
class Queue:
    """A queue: its share of contacts, there and in a center with a harder mix; mean talk time; true satisfaction."""

    name: str
    share: float
    harder_share: float
    talk_s: float
    satisfied: float
    reasons: tuple[str, ...]
    inbound: bool = True


QUEUES = (
    Queue("账单查询", 0.255, 0.170, 102, 0.955, ("账单明细", "费用异议", "缴费渠道", "发票申请", "余额查询")),
    Queue("业务办理", 0.204, 0.145, 132, 0.940, ("套餐变更", "开通业务", "过户销户", "地址迁移", "资料修改")),
    Queue("套餐咨询", 0.136, 0.102, 118, 0.935, ("资费说明", "优惠活动", "合约到期", "流量不足", "国际漫游")),
    Queue("故障报修", 0.136, 0.264, 152, 0.870, ("网络中断", "网速缓慢", "设备故障", "维修进度", "区域停机")),
    Queue("投诉建议", 0.042, 0.101, 188, 0.800, ("服务态度", "多次未解决", "误导消费", "收费争议", "改进建议")),
    Queue("电子渠道", 0.077, 0.068, 124, 0.930, ("无法登录", "支付失败", "操作指引", "验证码", "页面异常")),
    Queue("套餐营销外呼", 0.120, 0.120, 92, 0.0, ("宽带提速", "套餐升级", "合约续签", "智慧家庭", "权益会员"), inbound=False),
    Queue("客户回访外呼", 0.030, 0.030, 68, 0.0, ("装机回访", "维修回访", "投诉回访", "新客关怀", "离网挽留"), inbound=False),
)
QUEUE_NAMES = tuple(queue.name for queue in QUEUES)
SALES_QUEUE = QUEUE_NAMES.index("套餐营销外呼")
CALL_BACK_QUEUE = QUEUE_NAMES.index("客户回访外呼")

REASON_SHARES = (0.34, 0.25, 0.19, 0.13, 0.09)
REASONS = tuple(reason for queue in QUEUES for reason in queue.reasons)
