"""What is planted in a sample: every true difference it has, and its size."""

from dataclasses import dataclass

import numpy as np

BASE_FATAL = 0.015
BASE_ABANDONED = 0.009


@dataclass(frozen=True)
class Effects:
    """The planted truths; a null world (``planted=False``) has none of them.

    ``satisfaction_drop``: subtracted from the chance of satisfaction in every queue of ``trailing_center``, which also has the harder queue mix.
    ``leniency``: the share of the full mark that the lenient evaluator adds on average, on every scorecard.
    ``fatal_rate``: the chance of a fatal error of the bad agents. ``abandoned_after``: of an abandonment in the stepping queue.
    ``item_error_after``: the chance of an error on the trained item, for those trained, from the day after the training.
    ``targeted_risk``: how many times likelier errors are in samples that were not drawn at random.
    """

    planted: bool = True
    trailing_center: str = "WH"
    satisfaction_drop: float = 0.03
    lenient_center: str = "SH"
    lenient_evaluator: str = "QSH04"
    leniency: float = 0.03
    fatal_rate: float = 0.12
    fatal_centers: tuple[str, ...] = ("SH", "CD", "GZ")
    step_center: str = "CD"
    step_queue: str = "故障报修"
    step_day: np.datetime64 = np.datetime64("2026-08-17")
    abandoned_after: float = 0.055
    training_center: str = "GZ"
    training_id: str = "PX-GZ-20260722"
    training_topic: str = "主动服务意识专项培训"
    training_day: np.datetime64 = np.datetime64("2026-07-22")
    trained_item: str = "R40-04"
    item_error_after: float = 0.03
    targeted_risk: float = 2.0


PLANTED = Effects()
NULL_WORLD = Effects(planted=False, satisfaction_drop=0.0, leniency=0.0, fatal_rate=BASE_FATAL, abandoned_after=BASE_ABANDONED, targeted_risk=1.0)
