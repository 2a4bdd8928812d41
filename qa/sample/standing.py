"""The small tables that do not follow the months: centers, agents, scorecards, targets."""

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.sample.columns import from_rows
from qa.sample.places import CENTER_IDS, PARTNER, PLACES
from qa.sample.scorecards import SCORECARDS, Item
from qa.sample.targets import target_rows
from qa.sample.world import World

RING_CYCLE_S = 5
SKILLS = ("综合坐席", "综合坐席", "综合坐席", "资深综合坐席")


def standing_tables(world: World) -> dict[str, pa.Table]:
    """Centers, agents, scorecards and targets, by name."""
    rows = {"centers": _centers(), "agents": _agents(world), "scorecards": _scorecards(), "targets": target_rows(world.months[0])}
    return {name: from_rows(table(name), found) for name, found in rows.items()}


def _centers() -> list[dict]:
    return [
        {
            "center_id": place.center_id,
            "name": place.name,
            "name_en": place.name_en,
            "is_headquarters": place.is_headquarters,
            "region": place.region,
            "period_start_day": place.period_start_day,
            "ring_cycle_s": RING_CYCLE_S,
        }
        for place in (*PLACES, PARTNER)
    ]


def _agents(world: World) -> list[dict]:
    """A row a spell; the day of leaving stands on the last one only, as in files that were written as things happened."""
    people = world.people
    last = {spell.agent: spell for spell in people.spells}
    return [
        {
            "agent_id": agent.agent_id,
            "name": agent.name,
            "center_id": CENTER_IDS[spell.center],
            "team": people.teams[spell.team],
            "skill": SKILLS[spell.agent % len(SKILLS)],
            "hired_on": _day(agent.hired),
            "confirmed_on": _day(agent.confirmed),
            "left_on": _day(agent.left) if spell is last[spell.agent] else None,
            "valid_from": None if spell.first else _day(spell.start),
        }
        for spell in people.spells
        for agent in [people.agents[spell.agent]]
    ]


def _day(number: int | None) -> np.datetime64 | None:
    return None if number is None else np.datetime64(number, "D")


def _scorecards() -> list[dict]:
    return [
        {
            "scorecard_id": card.scorecard_id,
            "scorecard_name": card.name,
            "version": card.version,
            "full_mark": card.full,
            "pass_rule": card.pass_rule,
            "pass_mark": card.pass_mark,
            "item_id": item.item_id,
            "section": item.section,
            "category": item.category,
            "item_name": item.name,
            "item_kind": item.kind,
            "item_full_mark": item.full,
            "severity": _severity(item),
            "is_opportunity": item.error > 0 and not item.fatal,
        }
        for card in SCORECARDS
        for item in card.items
    ]


def _severity(item: Item) -> str | None:
    if item.fatal:
        return "fatal"
    return "nonfatal" if item.error > 0 else None
