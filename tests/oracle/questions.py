"""Random questions: any groups, any filters, either date basis, months from the 1st or the 21st."""

from datetime import date, timedelta
from random import Random

from qa.filters import Filters
from tests.oracle.extracts import AGENTS, CENTERS, DAYS, EVALUATORS, FIRST_DAY, QUEUES, SCORECARDS, TEAMS

PLACES = ("center", "team", "agent", "evaluator", "queue", "direction", "reason", "scorecard", "kind", "sample", "category", "section", "call_reason", "hour")
ITEMS = ("I0", "I1", "I2", "nowhere")
TIMES = ("day", "week", "half_month", "month", "quarter", "year")


def random_question(rng: Random) -> tuple[tuple[str, ...], Filters]:
    """Groups and filters; half of the questions leave a given filter open."""
    by = tuple(rng.sample(PLACES, rng.choice((0, 1, 1, 2)))) + tuple(rng.sample(TIMES, rng.choice((0, 1, 1))))
    if rng.random() < 0.15:
        by = ("scorecard", rng.choice(("item", "section", "category")), *(group for group in by if group in ("center", "month")))
    first = FIRST_DAY.date() - timedelta(days=60)
    date_from, date_to = sorted((_some_day(rng, first), _some_day(rng, first)))
    return by, Filters(
        date_from=rng.choice((date_from, None)),
        date_to=rng.choice((date_to, None)),
        centers=_some(rng, (*CENTERS, "nowhere"), 0.6),
        teams=_some(rng, TEAMS, 0.8),
        queues=_some(rng, QUEUES, 0.8),
        agents=_some(rng, AGENTS, 0.85),
        evaluators=_some(rng, EVALUATORS, 0.9),
        date_basis=rng.choice(("evaluated", "call")),
        month_start=rng.choice((1, 21)),
        scorecards=_some(rng, SCORECARDS, 0.9),
        items=_some(rng, ITEMS, 0.95),
        samples=_some(rng, ("random", "targeted", "recheck"), 0.95),
        reasons=_some(rng, ("账单", "等待"), 0.95),
        call_reasons=_some(rng, ("账单", "故障"), 0.97),
        hours=_some(rng, ("08", "09", "17"), 0.97),
        sections=_some(rng, ("S0", "S1"), 0.97),
        categories=_some(rng, ("态度", "wording"), 0.97),
    )


def _some(rng: Random, values: tuple[str, ...], open_: float) -> tuple[str, ...] | None:
    return None if rng.random() < open_ else tuple(rng.sample(values, rng.randrange(len(values) + 1)))


def _some_day(rng: Random, first: date) -> date:
    """Most of them days on which months start, so that what is summed by month comes into play."""
    day = first + timedelta(days=rng.randrange(DAYS + 70))
    return day.replace(day=rng.choice((1, 1, 21, day.day)))
