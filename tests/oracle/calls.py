"""Calls, counts of calls, contacts and working days."""

from datetime import timedelta

import polars as pl

from qa.config import Definitions
from tests.oracle.parts import DAY, Measure, count, events, mean_of, on_day, total, with_team
from tests.oracle.tables import Frames

PLACES = {"center": "center_id", "team": "team", "agent": "agent_id", "queue": "queue"}
NOTHING = pl.lit(0.0)


def call_events(tables: Frames, definitions: Definitions) -> pl.DataFrame:
    """Single calls, and the counts of centers that have no single call in the count's period."""
    return pl.concat([_single_calls(tables, definitions), _counts(tables, definitions)])


def _single_calls(tables: Frames, definitions: Definitions) -> pl.DataFrame:
    calls = with_team(on_day(tables["calls"], "started_at"), tables["agents"])
    calls = calls.join(tables["centers"].select("center_id", "ring_cycle_s"), on="center_id", how="left")
    inbound, answered, wait = pl.col("direction") == "inbound", pl.col("answered"), pl.col("wait_s")
    lost = inbound & ~answered & (wait.is_null() | (wait >= definitions.short_abandon_s))
    taken = inbound & answered
    offered = taken | lost
    handling = pl.col("talk_s") + pl.col("hold_s") + pl.col("wrap_s")
    transferred = answered & pl.col("transferred").fill_null(False)
    sold = ~inbound & answered & pl.col("sold").fill_null(False)
    records_waits = (taken & wait.is_not_null()).any().over("center_id", "day")
    known = wait.is_not_null() | (~answered & records_waits)
    rings = pl.col("ring_cycle_s").fill_null(5.0) * definitions.ring_cycles
    measures = {
        "inbound_calls": (count(offered), NOTHING),
        "answer_rate": (count(taken), count(offered)),
        "abandonment_rate": (count(lost), count(offered)),
        **_service_levels(taken, lost, known, definitions),
        "answered_in_rings": (count(taken & (wait <= rings)), count(offered & known)),
        "mean_wait": mean_of(wait, taken),
        "mean_talk": mean_of(pl.col("talk_s"), answered),
        "mean_handling": mean_of(handling, answered),
        "mean_hold": mean_of(pl.col("hold_s"), answered & handling.is_not_null()),
        "mean_wrap": mean_of(pl.col("wrap_s"), answered & handling.is_not_null()),
        "transfer_rate": (count(transferred), count(answered & pl.col("transferred").is_not_null())),
        "transfer_on_time": (
            count(transferred & (pl.col("transfer_s") <= definitions.transfer_within_s)),
            count(transferred & pl.col("transfer_s").is_not_null()),
        ),
        "calls_handled": (count(answered), NOTHING),
        "outbound_calls": (count(~inbound), NOTHING),
        "connect_rate": (count(~inbound & answered), count(~inbound)),
        "sales": (count(sold), NOTHING),
        "sales_rate": (count(sold), count(~inbound & answered & pl.col("sold").is_not_null())),
        "complaint_rate": (NOTHING, count(answered) / 10_000),
    }
    return events(calls, {**PLACES, "direction": "direction"}, measures)


def _service_levels(taken: pl.Expr, lost: pl.Expr, known: pl.Expr, definitions: Definitions) -> dict[str, Measure]:
    """By each of the four definitions, and by the one in force."""
    wait = pl.col("wait_s")
    in_time = wait <= definitions.service_level_s
    good, quick, offered = count(taken & in_time), count(lost & in_time), count((taken | lost) & known)
    return _by_definition(
        {
            "of_offered": (good, offered),
            "of_answered": (good, count(taken & known)),
            "plus_quick_abandons": (good + quick, offered),
            "less_quick_abandons": (good, offered - quick),
        },
        definitions,
    )


def _by_definition(measures: dict[str, Measure], definitions: Definitions) -> dict[str, Measure]:
    named = {f"service_level_{variant}": measure for variant, measure in measures.items()}
    return named | {"service_level": measures[definitions.service_level_variant]}


def _counts(tables: Frames, definitions: Definitions) -> pl.DataFrame:
    """A count says nothing about single waits, rings, hold, wrap-up, transfers or sales."""
    counts = tables["call_counts"].with_columns(
        pl.col("period").alias("day"),
        pl.when(pl.col("grain") == "month").then(pl.col("period").dt.offset_by("1mo")).otherwise(pl.col("period") + DAY).alias("day_until"),
        pl.lit(None, pl.String).alias("team"),
        pl.lit(None, pl.String).alias("agent_id"),
    )
    days = set(tables["calls"].select("center_id", pl.col("started_at").cast(pl.Date)).unique().rows())
    usable = [
        not any(center == of and begin <= day < end for of, day in days)
        for center, begin, end in counts.select("center_id", "day", "day_until").iter_rows()
    ]
    daily = set(counts.filter(pl.col("grain") == "day").select("center_id", pl.col("period").dt.month_start()).unique().rows())
    given_by_days = [row["grain"] == "month" and (row["center_id"], row["period"]) in daily for row in counts.iter_rows(named=True)]
    counts = counts.filter(pl.Series(usable, dtype=pl.Boolean) & ~pl.Series(given_by_days, dtype=pl.Boolean))
    inbound, answered = pl.col("direction") == "inbound", pl.col("answered")
    offered = pl.col("offered") - pl.col("short_abandoned").fill_null(0)
    same_threshold = pl.col("target_s").is_null() | (pl.col("target_s") == definitions.service_level_s)
    timed = inbound & pl.col("answered_in_target").is_not_null() & same_threshold
    good, nothing = total(pl.col("answered_in_target"), timed), (NOTHING, NOTHING)
    levels = {
        "of_offered": (good, total(offered, timed)),
        "of_answered": (good, total(answered, timed)),
        "plus_quick_abandons": nothing,
        "less_quick_abandons": nothing,
    }
    measures = {
        "inbound_calls": (total(offered, inbound), NOTHING),
        "answer_rate": (total(answered, inbound), total(offered, inbound)),
        "abandonment_rate": (total(pl.col("abandoned"), inbound), total(offered, inbound & pl.col("abandoned").is_not_null())),
        **_by_definition(levels, definitions),
        "answered_in_rings": (NOTHING, NOTHING),
        "mean_wait": (total(pl.col("wait_s"), inbound), total(answered, inbound & pl.col("wait_s").is_not_null())),
        "mean_talk": (total(pl.col("talk_s"), pl.lit(True)), total(answered, pl.col("talk_s").is_not_null())),
        "mean_handling": (total(pl.col("handle_s"), pl.lit(True)), total(answered, pl.col("handle_s").is_not_null())),
        "mean_hold": (NOTHING, NOTHING),
        "mean_wrap": (NOTHING, NOTHING),
        "transfer_rate": (NOTHING, NOTHING),
        "transfer_on_time": (NOTHING, NOTHING),
        "calls_handled": (answered, NOTHING),
        "outbound_calls": (total(offered, ~inbound), NOTHING),
        "connect_rate": (total(answered, ~inbound), total(offered, ~inbound)),
        "sales": (NOTHING, NOTHING),
        "sales_rate": (NOTHING, NOTHING),
        "complaint_rate": (NOTHING, answered / 10_000),
    }
    return events(counts, {**PLACES, "direction": "direction"}, measures)


def contact_events(tables: Frames, definitions: Definitions) -> pl.DataFrame:
    """Answered inbound calls of known customers, each held against every other for the same customer and reason."""
    contacts = tables["calls"].filter((pl.col("direction") == "inbound") & pl.col("answered") & pl.col("customer_id").is_not_null())
    window = timedelta(days=definitions.resolution_window_days)
    same = contacts.select("call_id", "customer_id", "reason", "started_at")
    pairs = same.join(same, on=["customer_id", "reason"], nulls_equal=True, suffix="_other")
    followed = pairs.filter(_after("_other", "") & (pl.col("started_at_other") < pl.col("started_at") + window))["call_id"].unique()
    repeats = pairs.filter(_after("", "_other") & (pl.col("started_at_other") > pl.col("started_at") - window))["call_id"].unique()
    ends = tables["calls"].group_by("center_id").agg((pl.col("started_at").max().cast(pl.Date) + DAY).cast(pl.Datetime("us")).alias("ends_at"))
    contacts = with_team(on_day(contacts, "started_at"), tables["agents"]).join(ends, on="center_id")
    repeat = pl.col("call_id").is_in(repeats.implode())
    first = ~repeat & (pl.col("started_at") + window <= pl.col("ends_at"))
    resolved = first & ~pl.col("call_id").is_in(followed.implode()) & ~pl.col("transferred").fill_null(False)
    measures = {
        "first_call_resolution": (count(resolved), count(first)),
        "repeat_call_rate": (count(repeat), count(pl.lit(True))),
    }
    return events(contacts, {**PLACES, "reason": "reason"}, measures)


def _after(suffix: str, than: str) -> pl.Expr:
    """Whether one contact of a pair comes after the other: by time, then by call."""
    time, other_time = pl.col(f"started_at{suffix}"), pl.col(f"started_at{than}")
    same_time_later_call = (time == other_time) & (pl.col(f"call_id{suffix}") > pl.col(f"call_id{than}"))
    return (time > other_time) | same_time_later_call


def working_day_events(tables: Frames) -> pl.DataFrame:
    """Days on which an agent was logged in, with what the agent's calls of the day add up to."""
    answered = tables["calls"].filter(pl.col("answered")).with_columns(pl.col("started_at").cast(pl.Date).alias("day"))
    done = answered.group_by("agent_id", "day").agg(pl.col("talk_s").sum().alias("talked_s"), pl.len().alias("handled"))
    days = with_team(on_day(tables["agent_days"].filter(pl.col("login_s") > 0), "day"), tables["agents"])
    days = days.join(done, on=["agent_id", "day"], how="left").with_columns(pl.col("talked_s", "handled").fill_null(0))
    measures = {
        "talk_hours_per_day": (pl.col("talked_s") / 3600, count(pl.lit(True))),
        "calls_per_hour": (pl.col("handled"), pl.col("login_s") / 3600),
    }
    return events(days, {"center": "center_id", "team": "team", "agent": "agent_id"}, measures)
