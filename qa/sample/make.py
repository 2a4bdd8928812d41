"""The sample, made month by month: no more than a month of one center and a few late rows are held at a time."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.sample.calls import agent_days_table, calls_table, make_calls
from qa.sample.coaching import coaching_table
from qa.sample.columns import mask
from qa.sample.complaints import complaints_table, make_complaints
from qa.sample.contacts import Contacts
from qa.sample.counts import call_counts_table
from qa.sample.evaluation_rows import evaluations_table, items_owners, items_table
from qa.sample.evaluations import Evaluations, make_evaluations
from qa.sample.places import CENTER_IDS
from qa.sample.standing import standing_tables
from qa.sample.surveys import surveys_table
from qa.sample.trainings import trainings_table
from qa.sample.truths import truths
from qa.sample.world import World, make_world
from qa.sample.writing import SampleWriter

Progress = Callable[[int, int], None]


def make_sample(into: Path, scale: str, seed: int, effects: bool = True, progress: Progress | None = None) -> dict:
    """The truths of a sample written into the folder ``into``: all tables of the contract, and ``truths.json``.

    ``scale``: small, medium or large (KeyError for another). The same scale and seed give the same data.
    ``effects``: whether the true differences are planted; without them all are equal.
    ``progress``: called with the parts done and the parts in all.
    Raises ``NotASampleFolder`` where ``into`` holds extracts that are no sample.
    """
    world = make_world(scale, seed, effects)
    writer = SampleWriter(into)
    try:
        _write(world, writer, progress or (lambda done, total: None))
    except BaseException:
        writer.discard()
        raise
    found = truths(world)
    writer.finish(found)
    return found


def _write(world: World, writer: SampleWriter, progress: Progress) -> None:
    centers = [_Center(world, center) for center in range(len(CENTER_IDS))]
    total = len(world.months) * len(centers)
    for number, month in enumerate(world.months):
        for center in centers:
            for name, rows in center.tables(month).items():
                writer.add(table(name), str(month), rows)
            progress(number * len(centers) + center.center + 1, total)
        writer.close_month(str(month))
    small = standing_tables(world) | {"trainings": trainings_table(world), "call_counts": call_counts_table(world)}
    for name in ("complaints", "coaching"):
        small[name] = pa.concat_tables([part for center in centers for part in center.small[name]])
    for name, rows in small.items():
        writer.put(table(name), rows)


class _Center:
    """One center's months, one after the other: what a month hands on to the next is kept here."""

    def __init__(self, world: World, center: int):
        self.world, self.center = world, center
        self.following = Contacts.none()
        self.late: dict[str, pa.Table] = {}
        self.small: dict[str, list[pa.Table]] = {"complaints": [], "coaching": []}

    def tables(self, month: np.datetime64) -> dict[str, pa.Table]:
        """The rows of ``month`` in the large tables; complaints and coaching are kept in ``small``."""
        world, center = self.world, self.center
        calls, self.following = make_calls(world, center, month, self.following)
        complaints = make_complaints(world, center, month, calls)
        evaluations = make_evaluations(world, center, month, calls, complaints.call)
        self.small["complaints"].append(complaints_table(world, center, month, calls, complaints))
        self.small["coaching"].append(coaching_table(world, center, month, evaluations))
        return {
            "calls": calls_table(world, center, calls),
            "agent_days": agent_days_table(world, center, month, calls),
            "surveys": surveys_table(world, center, month, calls),
            **self._evaluated_in_month(
                month,
                evaluations,
                {"evaluations": evaluations_table(world, center, month, calls, evaluations), "evaluation_items": items_table(center, month, evaluations)},
            ),
        }

    def _evaluated_in_month(self, month: np.datetime64, made: Evaluations, rows: dict[str, pa.Table]) -> dict[str, pa.Table]:
        """``rows`` evaluated in ``month``, with those on calls of the month before; the later ones are kept for the next month."""
        after = (month + 1).astype("datetime64[s]").astype(np.int64)
        late = made.evaluated_at >= after
        is_late = {"evaluations": late, "evaluation_items": late[items_owners(made)]}
        on_time = {name: [self.late[name]] if name in self.late else [] for name in rows}
        for name, table_rows in rows.items():
            on_time[name].append(table_rows.filter(mask(~is_late[name])))
            self.late[name] = table_rows.filter(mask(is_late[name]))
        return {name: pa.concat_tables(parts, promote_options="default") for name, parts in on_time.items()}
