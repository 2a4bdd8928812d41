"""Where measures come from: fact views, the rollups that sum them, and the dimensions they can be asked by."""

from dataclasses import dataclass

# The words of the command line and of pages -> columns of facts and rollups.
DIMENSIONS: dict[str, str] = {
    "center": "center_id",
    "team": "team",
    "agent": "agent_id",
    "evaluator": "evaluator_id",
    "queue": "queue",
    "direction": "direction",
    "reason": "reason",
    "scorecard": "scorecard_id",
    "kind": "kind",
    "sample": "sample_reason",
    "mark": "mark",
    "item": "item_id",
    "category": "category",
    "section": "section",
    "call_reason": "call_reason",
    "hour": "hour",
    "weekday": "weekday",
    "half_hour": "half_hour",
}


@dataclass(frozen=True)
class Source:
    """One kind of fact.

    ``tables``: extracts without which the source says nothing.
    ``facts``: the views that hold the events, same columns in each.
    ``key``: columns that name one event; ``happened``: its time.
    ``dimensions``: what it can be asked by. ``rollups``: those that are cheaper to read first, the one that answers everything last.
    ``coarse``: its rows can cover more than a day (columns ``day`` and ``day_until``).
    """

    name: str
    tables: tuple[str, ...]
    facts: tuple[str, ...]
    key: tuple[str, ...]
    happened: str
    dimensions: tuple[str, ...]
    rollups: tuple[str, ...]
    coarse: bool = False

    def day(self, date_basis: str) -> str:
        """The column that places an event on a day, for evaluations by the chosen basis."""
        if self.name.startswith("evaluation"):
            return "call_day" if date_basis == "call" else "evaluated_day"
        return "day"


@dataclass(frozen=True)
class Rollup:
    """One materialised sum: ``queries/rollup/<name>.sql``.

    ``reads``: extracts whose change makes it stale; ``look_back_days``: how far before its month it reads calls;
    ``looks_around``: it reads calls a resolution window before and after its month, ``least_look_around_days`` at least;
    ``monthly``: built month by month; ``base``: the rollup it is summed from, when it is a coarser grain of another;
    ``kept``: fact views it reads that other rollups read too: a build finds their rows once for all of these;
    ``by_month``: its days are parts of months, cut where months may start and named by their first day; it answers for whole months only;
    ``resident``: kept in memory by the server (the fine grains are read from Parquet).
    """

    name: str
    dimensions: tuple[str, ...]
    reads: tuple[str, ...]
    monthly: bool = True
    look_back_days: int = 0
    looks_around: bool = False
    least_look_around_days: int = 0
    base: str = ""
    kept: tuple[str, ...] = ()
    by_month: bool = False
    resident: bool = True

    def days_around(self, window_days: int) -> int:
        """How many days before and after its month it reads calls; ``window_days``: the resolution window."""
        return max(window_days, self.least_look_around_days) if self.looks_around else 0


_ORGANISATION = ("centers", "agents")
_GROUPS = ("evaluation_facts", "evaluation_item_facts", "evaluation_group_facts")

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "calls", (), ("call_facts", "call_count_facts"), ("call_id",), "started_at",
            ("center", "team", "agent", "queue", "direction"),
            ("calls_by_center_month", "calls_by_center_day", "calls_by_agent_month", "calls_by_agent_day"), coarse=True,
        ),
        Source(
            "call_half_hours", ("calls",), ("call_half_hour_facts",), ("call_id",), "started_at",
            ("center", "queue", "weekday", "half_hour"), ("calls_by_half_hour",),
        ),
        Source(
            "contacts", ("calls",), ("contact_facts",), ("call_id",), "started_at",
            ("center", "team", "agent", "queue", "reason"),
            ("contacts_by_center_month", "contacts_by_center_day", "contacts_by_agent_month", "contacts_by_agent_day"),
        ),
        Source(
            "evaluations", ("evaluations",), ("evaluation_facts",), ("evaluation_id",), "evaluated_at",
            ("center", "team", "agent", "evaluator", "queue", "scorecard", "kind", "sample", "mark"),
            ("evaluations_by_center_month", "evaluations_by_agent_month", "evaluations_by_agent_day"),
        ),
        Source(
            "evaluation_items", ("evaluations", "evaluation_items"), ("evaluation_item_facts",), ("evaluation_id", "item_id"), "evaluated_at",
            ("center", "team", "agent", "evaluator", "queue", "scorecard", "kind", "item"), ("evaluation_items_by_agent_day",),
        ),
        Source(
            "evaluation_sections", ("evaluations", "evaluation_items", "scorecards"), ("evaluation_section_facts",), ("evaluation_id",), "evaluated_at",
            ("center", "team", "agent", "evaluator", "queue", "scorecard", "kind", "section"), ("evaluation_sections_by_agent_day",),
        ),
        Source(
            "evaluation_categories", ("evaluations", "evaluation_items", "scorecards"), ("evaluation_category_facts",), ("evaluation_id",), "evaluated_at",
            ("center", "team", "agent", "evaluator", "queue", "scorecard", "kind", "category"), ("evaluation_categories_by_agent_day",),
        ),
        Source(
            "calibrations", ("evaluations",), ("calibration_facts",), ("evaluation_id",), "evaluated_at",
            ("center", "evaluator", "scorecard"), ("calibrations_by_evaluator_day",),
        ),
        Source(
            "surveys", ("surveys",), ("survey_facts",), ("survey_id",), "sent_at",
            ("center", "team", "agent", "queue", "reason"),
            ("surveys_by_center_month", "surveys_by_center_day", "surveys_by_agent_month", "surveys_by_agent_day"),
        ),
        Source(
            "survey_calls", ("surveys",), ("survey_call_facts",), ("survey_id",), "sent_at",
            ("center", "team", "agent", "queue", "reason", "call_reason", "hour"), ("surveys_by_hour",),
        ),
        Source(
            "agent_days", ("agent_days", "calls"), ("agent_day_facts",), ("agent_id", "day"), "day",
            ("center", "team", "agent"), ("agent_days_by_agent_month", "agent_days_by_agent_day"),
        ),
        Source(
            "complaints", ("complaints",), ("complaint_facts",), ("complaint_id",), "received_at",
            ("center", "team", "agent", "category"), ("complaints_by_agent_day",),
        ),
        Source(
            "coaching", ("coaching",), ("coaching_facts",), ("coaching_id",), "opened_at",
            ("center", "team", "agent"), ("coaching_by_agent_day",),
        ),
        Source("headcount", ("agents",), ("headcount_facts",), ("agent_id", "day"), "day", ("center", "team"), ("headcount_by_team_day",)),
        Source(
            "plans", ("agents", "evaluations"), ("plan_facts",), ("agent_id", "day"), "day",
            ("center", "team", "agent"), ("plans_by_agent_period",), coarse=True,
        ),
    )
}

ROLLUPS: dict[str, Rollup] = {
    rollup.name: rollup
    for rollup in (
        Rollup(
            "calls_by_agent_day", ("day", "day_until", "center_id", "team", "agent_id", "queue", "direction"),
            (*_ORGANISATION, "calls", "call_counts"), resident=False,
        ),
        Rollup("calls_by_center_day", ("day", "day_until", "center_id", "queue", "direction"), (), base="calls_by_agent_day"),
        Rollup("calls_by_center_month", ("day", "day_until", "center_id", "queue", "direction"), (), base="calls_by_center_day", by_month=True),
        Rollup(
            "calls_by_agent_month", ("day", "day_until", "center_id", "team", "agent_id", "direction"), (), base="calls_by_agent_day", by_month=True,
        ),
        Rollup("calls_by_half_hour", ("day", "center_id", "queue", "weekday", "half_hour"), (*_ORGANISATION, "calls"), resident=False),
        Rollup(
            "contacts_by_agent_day", ("day", "center_id", "team", "agent_id", "queue", "reason"),
            ("agents", "calls"), looks_around=True, kept=("contact_gap_facts",), resident=False,
        ),
        Rollup("contacts_by_center_day", ("day", "center_id", "queue", "reason"), (), base="contacts_by_agent_day"),
        Rollup("contacts_by_center_month", ("day", "center_id", "queue", "reason"), (), base="contacts_by_center_day", by_month=True),
        Rollup("contacts_by_agent_month", ("day", "center_id", "team", "agent_id"), (), base="contacts_by_agent_day", by_month=True),
        Rollup(
            "contact_gaps_by_agent_day", ("day", "center_id", "team", "agent_id", "queue", "days"),
            ("agents", "calls"), looks_around=True, least_look_around_days=30, kept=("contact_gap_facts",), resident=False,
        ),
        Rollup("contact_gaps_by_center_day", ("day", "center_id", "queue", "days"), (), base="contact_gaps_by_agent_day", resident=False),
        Rollup(
            "evaluations_by_agent_day",
            ("evaluated_day", "call_day", "center_id", "team", "agent_id", "evaluator_id", "queue", "scorecard_id", "kind", "sample_reason", "mark"),
            ("agents", "evaluations", "evaluation_items", "scorecards", "calls"), look_back_days=62, kept=_GROUPS[:1], resident=False,
        ),
        Rollup(
            "evaluations_by_center_month", ("evaluated_day", "call_day", "center_id", "queue", "scorecard_id"), (),
            base="evaluations_by_agent_day", by_month=True,
        ),
        Rollup(
            "evaluations_by_agent_month", ("evaluated_day", "call_day", "center_id", "team", "agent_id", "scorecard_id"), (),
            base="evaluations_by_agent_day", by_month=True,
        ),
        Rollup(
            "evaluation_items_by_agent_day",
            ("evaluated_day", "call_day", "center_id", "team", "agent_id", "evaluator_id", "queue", "scorecard_id", "kind", "item_id"),
            ("agents", "evaluations", "evaluation_items", "scorecards", "calls"), look_back_days=62, kept=_GROUPS[:2], resident=False,
        ),
        Rollup(
            "evaluation_sections_by_agent_day",
            ("evaluated_day", "call_day", "center_id", "team", "agent_id", "evaluator_id", "queue", "scorecard_id", "kind", "section"),
            ("agents", "evaluations", "evaluation_items", "scorecards", "calls"), look_back_days=62, kept=_GROUPS, resident=False,
        ),
        Rollup(
            "evaluation_categories_by_agent_day",
            ("evaluated_day", "call_day", "center_id", "team", "agent_id", "evaluator_id", "queue", "scorecard_id", "kind", "category"),
            ("agents", "evaluations", "evaluation_items", "scorecards", "calls"), look_back_days=62, kept=_GROUPS, resident=False,
        ),
        Rollup("calibrations_by_evaluator_day", ("day", "center_id", "evaluator_id", "scorecard_id"), ("evaluations",), monthly=False),
        Rollup("surveys_by_agent_day", ("day", "center_id", "team", "agent_id", "queue", "reason"), ("agents", "surveys"), resident=False),
        Rollup(
            "surveys_by_hour", ("day", "center_id", "team", "agent_id", "queue", "reason", "call_reason", "hour"),
            ("agents", "surveys", "calls"), look_back_days=31, resident=False,
        ),
        Rollup("surveys_by_center_day", ("day", "center_id", "queue", "reason"), (), base="surveys_by_agent_day"),
        Rollup("surveys_by_center_month", ("day", "center_id", "queue", "reason"), (), base="surveys_by_center_day", by_month=True),
        Rollup("surveys_by_agent_month", ("day", "center_id", "team", "agent_id"), (), base="surveys_by_agent_day", by_month=True),
        Rollup(
            "resolution_pairs_by_agent_day", ("day", "center_id", "team", "agent_id", "queue"),
            ("agents", "calls", "surveys"), look_back_days=31, looks_around=True, kept=("contact_gap_facts",), resident=False,
        ),
        Rollup("agent_days_by_agent_day", ("day", "center_id", "team", "agent_id"), ("agents", "agent_days", "calls"), resident=False),
        Rollup("agent_days_by_agent_month", ("day", "center_id", "team", "agent_id"), (), base="agent_days_by_agent_day", by_month=True),
        Rollup("complaints_by_agent_day", ("day", "center_id", "team", "agent_id", "category"), ("agents", "complaints"), monthly=False),
        Rollup("coaching_by_agent_day", ("day", "center_id", "team", "agent_id"), ("agents", "coaching"), monthly=False),
        Rollup("headcount_by_team_day", ("day", "center_id", "team"), ("agents",), monthly=False),
        Rollup("plans_by_agent_period", ("day", "day_until", "center_id", "team", "agent_id"), ("centers", "agents", "evaluations"), monthly=False),
    )
}

# Fact view -> the file in queries/facts that defines it, in the order they build on each other.
FACT_VIEWS: dict[str, str] = {
    "agent_spans": "agent_spans",
    "call_facts": "calls",
    "call_count_facts": "call_counts",
    "call_half_hour_facts": "call_half_hours",
    "contact_gap_facts": "contact_gaps",
    "contact_facts": "contacts",
    "evaluation_facts": "evaluations",
    "evaluation_item_facts": "evaluation_items",
    "evaluation_group_facts": "evaluation_groups",
    "evaluation_section_facts": "evaluation_sections",
    "evaluation_category_facts": "evaluation_categories",
    "calibration_facts": "calibrations",
    "survey_facts": "surveys",
    "survey_call_facts": "survey_calls",
    "agent_day_facts": "agent_days",
    "complaint_facts": "complaints",
    "coaching_facts": "coaching",
    "headcount_facts": "headcount",
    "plan_facts": "plans",
}

# Fact views whose rows a build finds once for several rollups -> the column of their time, in the order they build on each other.
KEPT_FACTS: dict[str, str] = {
    "contact_gap_facts": "started_at",
    "evaluation_facts": "evaluated_at",
    "evaluation_item_facts": "evaluated_at",
    "evaluation_group_facts": "evaluated_at",
}
