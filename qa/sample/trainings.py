"""Trainings: one a month in every center, and the planted one."""

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.sample.columns import Values, coded, extract
from qa.sample.places import CENTER_IDS
from qa.sample.randomness import Purpose, stream
from qa.sample.shapes import days_of, weekday
from qa.sample.words import TRAINING_TOPICS
from qa.sample.world import World

ATTEND = 0.35


def attendees(world: World) -> np.ndarray:
    """The agents at the planted training: everybody then in the center's teams."""
    center = CENTER_IDS.index(world.effects.training_center)
    day = int(world.effects.training_day.astype(np.int64))
    return np.array(sorted({s.agent for s in world.spells[center] if s.start <= day < s.end}))


def trainings_table(world: World) -> pa.Table:
    """All trainings with those who attended; only the planted one changes anything."""
    effects = world.effects
    rows = [(effects.training_id, effects.training_center, effects.training_topic, effects.training_day, agent) for agent in attendees(world)]
    for month in world.months:
        for center, center_id in enumerate(CENTER_IDS):
            rows += _training(world, center, center_id, month)
    ids, centers, topics, days, agents = zip(*rows, strict=True)
    return extract(
        table("trainings"),
        {
            "training_id": coded(ids),
            "center_id": coded(centers),
            "topic": coded(topics),
            "held_on": np.array(days).astype("datetime64[D]").astype(np.int64),
            "agent_id": Values(np.array(agents), words=world.agent_ids),
        },
    )


def _training(world: World, center: int, center_id: str, month: np.datetime64) -> list[tuple]:
    rng = stream(world.seed, Purpose.TRAININGS, center, int(month.astype(int)))
    days = days_of(month)
    day = rng.choice(days[weekday(days) < 5])
    number = int(day.astype(np.int64))
    there = sorted({s.agent for s in world.spells[center] if s.start <= number < s.end})
    topic = TRAINING_TOPICS[rng.integers(len(TRAINING_TOPICS))]
    training_id = f"PX-{center_id}-{str(day).replace('-', '')}-M"
    return [(training_id, center_id, topic, day, agent) for agent in there if rng.random() < ATTEND]
