"""The command that lists targets, and who meets them."""

import polars as pl

from qa.cli.numbers import print_frame
from qa.cli.options import DEFAULT_DATA, Choice, Data, Format, opened
from qa.metrics import METRICS
from qa.targets_edit.preview import counts_now
from qa.targets_edit.rows import defaults, governed, in_force, rows_of

EVERYTHING = Choice()


def targets(*, choice: Choice = EVERYTHING, format: Format = "table", data: Data = DEFAULT_DATA) -> None:
    """List the targets and who meets them.

    Whether each is in force, and how many centers and agents meet it in the period chosen.
    """
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    rows = rows_of(warehouse.organisation()["targets"])
    holding = in_force(rows, warehouse.span.last_day)
    current = [row for row in rows if row.key in holding]
    known = [key for key in METRICS if not warehouse.missing_tables(METRICS[key].sources)]
    counted = {group: counts_now(warehouse, None, known, group, filters) for group in ("center", "agent")}
    listed = []
    for row in (*rows, *defaults(rows)):
        decides = (row.valid_from is None or row.key in holding) and row.queue is None
        centers = governed(current, row, warehouse, None) if decides else []
        met = {f"{group}s_met": sum(counted[group].get((row.metric, center), {}).get("met", 0) for center in centers) if decides else None for group in counted}
        listed.append(vars(row) | {"in_force": row.valid_from is None or row.key in holding, "is_default": row.valid_from is None} | met)
    print_frame(pl.DataFrame(listed, infer_schema_length=None), format)
