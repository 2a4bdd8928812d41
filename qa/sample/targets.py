"""Targets: one of every kind, set so that some are met, some are missed, and some are not yet certain."""

import numpy as np

EVERYWHERE = (
    # metric, minimum, maximum, gap to headquarters
    ("pass_rate", 0.95, None, None),
    ("mean_score", 90, None, None),
    ("fatal_accuracy", 0.98, None, None),
    ("nonfatal_accuracy", 0.95, None, None),
    ("composite_error_rate", None, 0.27, None),
    ("satisfaction_rate", 0.90, None, 2),
    ("mean_satisfaction", 88, None, None),
    ("response_rate", 0.35, None, None),
    ("one_time_resolution", 0.90, None, None),
    ("repeat_call_rate", None, 0.15, None),
    ("answer_rate", 0.99, None, None),
    ("abandonment_rate", None, 0.05, None),
    ("service_level", 0.80, None, None),
    ("answered_in_rings", 0.90, None, None),
    ("mean_wait", None, 20, None),
    ("mean_talk", 90, 150, None),
    ("mean_handling", None, 180, None),
    ("transfer_on_time", 0.95, None, None),
    ("sales_rate", 0.12, None, None),
    ("complaint_rate", None, 15, None),
    ("complaint_on_time", 1, None, None),
    ("plan_completion", 1, None, None),
    ("evaluator_agreement", 0.85, None, None),
    ("rectification_rate", 1, None, None),
    ("attrition_rate", None, 0.03, None),
    # The default is for telesales; in the sample an agent takes few calls a day.
    ("talk_hours_per_day", None, None, None),
)
RAISED_ON = np.datetime64("2026-08-01")


def target_rows(first_month: np.datetime64) -> list[dict]:
    """The targets in force from ``first_month``, with one that is raised within the sample's time."""
    start = first_month.astype("datetime64[D]")
    rows = [{"metric": metric, "valid_from": start, "minimum": least, "maximum": most, "gap_to_headquarters": gap} for metric, least, most, gap in EVERYWHERE]
    return rows + [
        {"metric": "first_call_resolution", "valid_from": start, "minimum": 0.82},
        {"metric": "first_call_resolution", "valid_from": RAISED_ON, "minimum": 0.85},
        {"metric": "satisfaction_rate", "center_id": "WH", "valid_from": start, "minimum": 0.88, "gap_to_headquarters": 2},
        {"metric": "answer_rate", "queue": "故障报修", "valid_from": start, "minimum": 0.98},
    ]
