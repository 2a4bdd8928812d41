"""Random extracts that hold everything the contract allows: nulls, ties, boundaries, odd scores, hostile names."""

from datetime import date, datetime, timedelta
from random import Random

from qa.contract.facts_quality import KINDS, SAMPLE_REASONS
from tests.oracle.tables import Rows

FIRST_DAY = datetime(2026, 8, 12)
DAYS = 75
CENTERS = ("C1", "C2", "C3")
AGENTS = tuple(f"A{number:02d}" for number in range(12))
EVALUATORS = ("E1", "E2", "E3", "E4")
TEAMS = ("一组", "O'Brien's \"team\"; drop table calls; --", "三组")
QUEUES = ("账单", "报修", "销售")
SCORECARDS = ("TOTAL", "PARTS", "FATAL", "STRICT", "NO_RULE", "UNLISTED")
OPTIONAL = ("agents", "evaluation_items", "scorecards", "call_counts", "agent_days", "complaints", "coaching", "trainings")


def random_tables(seed: int) -> Rows:
    """Some hundred rows a table over 75 days, three centers and twelve agents; one seed in two lacks optional tables."""
    rng = Random(seed)
    calls = _calls(rng)
    evaluations = _evaluations(rng, calls)
    tables = {
        "centers": _centers(),
        "agents": _agents(rng),
        "scorecards": _scorecards(),
        "calls": calls,
        "call_counts": _call_counts(rng),
        "evaluations": evaluations,
        "evaluation_items": _items(rng, evaluations),
        "surveys": _surveys(rng, calls),
        "agent_days": _agent_days(rng),
        "complaints": _complaints(rng),
        "coaching": _coaching(rng),
        "trainings": [{"training_id": "T1", "center_id": "C1", "topic": "用语", "held_on": _day(rng), "agent_id": "A01"}],
    }
    lacking = rng.sample(OPTIONAL, 2) if seed % 2 else ()
    return {name: rows for name, rows in tables.items() if name not in lacking}


def _moment(rng: Random, days: int = DAYS) -> datetime:
    """Half of them on the hour, so that some are equal."""
    moment = FIRST_DAY + timedelta(days=rng.randrange(days), hours=rng.randrange(24))
    return moment if rng.random() < 0.5 else moment + timedelta(seconds=rng.randrange(3600), microseconds=rng.randrange(10**6))


def _day(rng: Random) -> date:
    return (FIRST_DAY + timedelta(days=rng.randrange(DAYS))).date()


def _maybe(rng: Random, value, chance: float = 0.7):
    return value if rng.random() < chance else None


def _seconds(rng: Random, most: int, *boundaries: float) -> float | None:
    """A duration: unknown at times, at a boundary at times."""
    kind = rng.random()
    return None if kind < 0.15 else rng.choice(boundaries) if kind < 0.4 else rng.randrange(most * 1000) / 1000


def _centers() -> list[dict]:
    return [
        {"center_id": "C1", "name": "上海", "is_headquarters": True, "period_start_day": 1, "ring_cycle_s": 6},
        {"center_id": "C2", "name": "武汉", "is_headquarters": False, "period_start_day": 21, "ring_cycle_s": 4.5},
        {"center_id": "C3", "name": "O'Brien; drop table calls", "is_headquarters": False},
    ]


def _agents(rng: Random) -> list[dict]:
    """Most are there from the beginning; some come, go, change team, and one changes center."""
    rows = []
    for agent in AGENTS[:-1]:
        common = {"agent_id": agent, "name": agent, "center_id": rng.choice(CENTERS)}
        common |= {"hired_on": _maybe(rng, _day(rng), 0.2), "left_on": _maybe(rng, date(2026, 12, 31), 0.1)}
        if common["hired_on"] is None and rng.random() < 0.4:
            common["left_on"] = _day(rng)
        rows.append(common | {"team": rng.choice(TEAMS), "valid_from": _maybe(rng, date(2020, 1, 1), 0.3) if rng.random() < 0.8 else _day(rng)})
        for _change in range(rng.randrange(3)):
            change = common | {"team": rng.choice(TEAMS), "valid_from": _day(rng)}
            if change["valid_from"] not in [row["valid_from"] for row in rows if row["agent_id"] == agent]:
                rows.append(change)
    rows.append(rows[0] | {"center_id": "C2", "team": "三组", "valid_from": date(2026, 10, 9)})
    return rows


def _calls(rng: Random) -> list[dict]:
    rows: list[dict] = []
    last_days = {"C1": DAYS, "C2": DAYS - 3, "C3": DAYS - 25}
    for number in range(700):
        center = rng.choice(CENTERS)
        row = {
            "call_id": f"K{rng.randrange(10**6):06d}-{number}", "center_id": center, "agent_id": _maybe(rng, rng.choice(AGENTS), 0.9),
            "queue": rng.choice(QUEUES), "direction": "inbound" if rng.random() < 0.8 else "outbound", "started_at": _moment(rng, last_days[center]),
            "answered": rng.random() < 0.8, "wait_s": _seconds(rng, 60, 4.999, 5, 13.5, 15, 18, 20, 20.001, 30),
            "customer_id": _maybe(rng, f"c{rng.randrange(90)}", 0.85), "reason": rng.choice(("账单", "故障", None)),
            "transferred": _maybe(rng, rng.random() < 0.3), "transfer_s": _seconds(rng, 120, 45, 60, 60.001),
            "sold": _maybe(rng, rng.random() < 0.4),
        }  # fmt: skip
        if row["answered"]:
            row |= {"talk_s": _seconds(rng, 900, 0), "hold_s": _seconds(rng, 60, 0), "wrap_s": _seconds(rng, 60, 0)}
        if rows and rng.random() < 0.25:
            earlier = rng.choice(rows)
            row |= {"customer_id": earlier["customer_id"], "reason": earlier["reason"]}
            row["started_at"] = earlier["started_at"] + timedelta(days=rng.choice((0, 1, 3, 7, 8)), microseconds=rng.choice((0, 0, 1)))
            row["started_at"] = min(row["started_at"], FIRST_DAY + timedelta(days=last_days[center], microseconds=-1))
        if rows and row["center_id"] == "C3" and row["started_at"] < datetime(2026, 9, 4):
            row["center_id"] = "C1"
        rows.append(row)
    return rows


def _call_counts(rng: Random) -> list[dict]:
    """Months and days, with and without single calls of the same center in them."""
    periods = [("C3", "month", date(2026, month, 1)) for month in (7, 8, 9, 10)] + [("C1", "month", date(2026, 7, 1))]
    periods += [(center, "day", (FIRST_DAY + timedelta(days=day)).date()) for center in ("C2", "C3") for day in range(45, DAYS + 3)]
    rows = []
    for center, grain, period in periods:
        for queue in (None, *QUEUES[:2]):
            offered, answered = 100 + rng.randrange(50), rng.randrange(100)
            rows.append({
                "center_id": center, "grain": grain, "period": period, "queue": queue, "direction": rng.choice(("inbound", "inbound", None, "outbound")),
                "offered": offered, "answered": answered, "abandoned": _maybe(rng, offered - answered),
                "short_abandoned": _maybe(rng, min(offered - answered, rng.randrange(8))),
                "answered_in_target": _maybe(rng, rng.randrange(answered + 1)), "target_s": rng.choice((None, 20, 30)),
                "wait_s": _maybe(rng, rng.randrange(4000)), "talk_s": _maybe(rng, rng.randrange(40000)), "handle_s": _maybe(rng, rng.randrange(50000)),
            })  # fmt: skip
    return rows


def _scorecards() -> list[dict]:
    cards = {"TOTAL": ("total", 80), "PARTS": ("every_section", 60), "FATAL": ("no_fatal", None), "STRICT": ("no_fatal", 70), "NO_RULE": (None, None)}
    return [
        {
            "scorecard_id": card, "scorecard_name": card, "full_mark": 100, "pass_rule": rule, "pass_mark": mark, "item_id": f"I{number}",
            "section": f"S{number // 2}", "category": (None, "wording", "wording", "attitude")[number],
            "item_name": f"项目{number}", "item_full_mark": 10, "is_opportunity": (True, None, False, True)[number],
            "item_kind": ("deduct", None, "level", "bonus")[number],
        }
        for card, (rule, mark) in cards.items()
        for number in range(4)
    ]  # fmt: skip


def _evaluations(rng: Random, calls: list[dict]) -> list[dict]:
    """Scores below zero and above the full mark, drafts, appeals; some of a known call, some calibrations of two to four."""
    rows = []
    for number in range(420):
        call = rng.choice(calls)
        full_mark = rng.choice((40, 100, 100, 120, 7))
        at = rng.choice((_moment(rng), call["started_at"] + timedelta(days=rng.choice((0, 1, 62))), call["started_at"] + timedelta(days=rng.randrange(70))))
        at = min(at, FIRST_DAY + timedelta(days=DAYS, microseconds=-1))
        appealed = _maybe(rng, at + timedelta(hours=3), 0.3)
        row = {
            "evaluation_id": f"V{number:04d}", "call_id": _maybe(rng, call["call_id"], 0.8), "agent_id": rng.choice(AGENTS), "center_id": rng.choice(CENTERS),
            "evaluator_id": rng.choice(EVALUATORS), "scorecard_id": rng.choice(SCORECARDS),
            "kind": rng.choice(KINDS),
            "sample_reason": rng.choice(SAMPLE_REASONS),
            "call_at": _maybe(rng, min(at, call["started_at"])), "evaluated_at": at,
            "score": rng.randrange(-20, 2 * full_mark + 20) / 2, "full_mark": full_mark,
            "passed": rng.choice((True, True, False, None, None)), "fatal_errors": rng.choice((0, 0, 0, 1, 2, None)),
            "nonfatal_errors": rng.choice((0, 0, 1, 3, None)),
            "opportunities": rng.choice((0, 12, 12, 8, None)), "status": rng.choice(("released", "released", "released", None, "draft", "retracted")),
            "appealed_at": appealed, "appeal_upheld": _maybe(rng, rng.random() < 0.4) if appealed else None,
            "original_score": _maybe(rng, rng.randrange(full_mark), 0.8) if appealed else None,
        }  # fmt: skip
        if rng.random() < 0.6:
            row["sample_reason"] = "random"
        rows.append(row)
    for number in range(25):
        for evaluator in EVALUATORS[: rng.randrange(1, 5)]:
            copy = rows[number] | {"evaluation_id": f"V{number:04d}{evaluator}", "calibration_id": f"CAL{number}", "evaluator_id": evaluator}
            rows.append(copy | {"score": rows[number]["score"] + rng.choice((-4, 0, 0, 2, 5))})
    return rows


def _items(rng: Random, evaluations: list[dict]) -> list[dict]:
    rows = []
    for evaluation in evaluations:
        for number in range(4) if rng.random() < 0.8 else ():
            absent = rng.random() < 0.15
            rows.append({
                "evaluation_id": evaluation["evaluation_id"], "item_id": f"I{number}", "points": None if absent else rng.randrange(-2, 24) / 2,
                "full_mark": rng.choice((10, 10, 5, 0)), "errors": rng.choice((0, 0, 1, 2, None)), "fatal": rng.random() < 0.1,
                "not_applicable": True if absent else rng.choice((False, None)),
            })  # fmt: skip
    return rows


def _surveys(rng: Random, calls: list[dict]) -> list[dict]:
    rows = []
    for number in range(400):
        sent = _moment(rng)
        scale = rng.choice((5, 5, 10, None))
        rows.append({
            "survey_id": f"S{number:04d}", "call_id": _maybe(rng, rng.choice(calls)["call_id"]), "agent_id": _maybe(rng, rng.choice(AGENTS), 0.9),
            "center_id": rng.choice(CENTERS), "queue": _maybe(rng, rng.choice(QUEUES), 0.9),
            "sent_at": sent, "answered_at": _maybe(rng, sent + timedelta(hours=1)),
            "score": _maybe(rng, rng.randrange((scale or 5) + 1), 0.85), "scale_max": scale, "satisfied": _maybe(rng, rng.random() < 0.5, 0.3),
            "resolved_first_time": _maybe(rng, rng.random() < 0.8, 0.6), "reason": rng.choice(("等待", "态度", None)),
        })  # fmt: skip
    return rows


def _agent_days(rng: Random) -> list[dict]:
    return [
        {"agent_id": agent, "center_id": rng.choice(CENTERS), "day": (FIRST_DAY + timedelta(days=day)).date(), "login_s": rng.choice((0, 14400, 28800.5))}
        for agent in AGENTS
        for day in range(DAYS)
        if rng.random() < 0.4
    ]


def _complaints(rng: Random) -> list[dict]:
    end = FIRST_DAY + timedelta(days=DAYS)
    rows = []
    for number in range(90):
        received = _moment(rng)
        due = rng.choice((None, received + timedelta(days=3), end - timedelta(days=1), end - timedelta(microseconds=1), end, end + timedelta(microseconds=1)))
        rows.append({
            "complaint_id": f"P{number}", "agent_id": _maybe(rng, rng.choice(AGENTS)), "center_id": rng.choice(CENTERS), "received_at": received,
            "category": rng.choice(("态度", "误导", None)), "upheld": _maybe(rng, rng.random() < 0.5), "due_at": due,
            "closed_at": rng.choice((None, due, received + timedelta(days=rng.randrange(5)))),
        })  # fmt: skip
    return rows


def _coaching(rng: Random) -> list[dict]:
    return [
        {
            "coaching_id": f"O{number}", "agent_id": rng.choice(AGENTS), "center_id": rng.choice(CENTERS),
            "kind": rng.choice(("interview", "plan", "recheck", "recheck", "training")), "opened_at": opened, "due_at": _maybe(rng, opened + timedelta(days=2)),
            "closed_at": _maybe(rng, opened + timedelta(days=rng.randrange(4))), "passed": _maybe(rng, rng.random() < 0.6),
        }
        for number in range(90)
        for opened in (_moment(rng),)
    ]  # fmt: skip
