"""The contract and the definitions in force as tables to read, in the language in force."""

from collections.abc import Sequence
from decimal import Decimal

from qa import format
from qa.config import Config, Rule
from qa.contract import TABLES, Table, Type
from qa.filters import Scope
from qa.i18n import _, language, say
from qa.metrics import METRICS, Metric
from qa.people import ROLE_NAMES, Role
from qa.sources import SOURCES
from qa.warehouse import Warehouse

Rows = dict[str, list[str]]


def columns_of(table: Table) -> Rows:
    """The columns of a table of the contract, by heading."""
    columns = table.columns
    return {
        _("Column"): [column.name for column in columns],
        _("Meaning"): [say(column.label) for column in columns],
        _("Type"): [type_word(column.type) for column in columns],
        _("Required"): [_("yes") if column.required else "" for column in columns],
        _("Values"): [_(", ").join(column.allowed) or (f"→ {column.references}" if column.references else "") for column in columns],
        _("Notes"): [say(column.note) for column in columns],
    }


def about(table: Table) -> str:
    """Whether a table is needed, what names a row of it, and what else is to be known."""
    needed = _("required") if table.required else _("optional")
    return _("; ").join(filter(None, [needed, _("key: {columns}").format(columns=", ".join(table.key)), say(table.note)]))


def definitions(build: Warehouse | None, config: Config, group: str) -> Rows:
    """The metrics of a group with definition and target in force, by heading."""
    metrics = [metric for metric in METRICS.values() if metric.group == group]
    return {
        _("Metric"): [f"{say(metric.name)}\n{metric.key}" for metric in metrics],
        _("Definition in force"): [metric.definition_in_force(config, language()) for metric in metrics],
        _("Target in force"): [target_in_force(build, metric) for metric in metrics],
        _("Extracts"): [_(", ").join(say(TABLES[name].label) for name in tables_of(metric)) for metric in metrics],
    }


def target_in_force(build: Warehouse | None, metric: Metric) -> str:
    """The target of all centers and queues on the last day of the data, and how far a center may trail headquarters."""
    if build is None:
        return format.bounds(metric.minimum, metric.maximum, metric.unit)
    target = build.targets.of(metric, build.span.last_day)
    parts = [format.bounds(target.minimum, target.maximum, metric.unit)]
    if target.gap is not None:
        parts.append(_("at most {gap} behind headquarters").format(gap=format.change(target.gap, "share").lstrip("+")))
    if target.is_default and target:
        parts.append(_("default of the catalogue"))
    return _("; ").join(parts)


def tables_of(metric: Metric) -> list[str]:
    """The extracts a metric is computed from; calls may stand in as counts."""
    tables = {table for source in metric.sources for table in SOURCES[source].tables}
    return sorted(tables | ({"calls", "call_counts"} if "calls" in metric.sources else set()))


def configuration(config: Config) -> Rows:
    """Every configured value, by heading."""
    sections = {"definitions": config.definitions, "plan": config.plan, "statistics": config.statistics}
    sections |= {f"plans.{center}": plan for center, plan in config.plans.items()}
    fields = [(section, name, str(value)) for section, values in sections.items() for name, value in values.model_dump().items()]
    words = _field_words()
    return {
        _("Field"): [name for _section, name, _value in fields],
        _("Meaning"): [words.get(name, "") for _section, name, _value in fields],
        _("Value"): [value for _section, _name, value in fields],
        _("Section"): [section for section, _name, _value in fields],
    }


def type_word(type_: Type) -> str:
    """A column's type in a word."""
    words = {
        Type.TEXT: _("text"), Type.INTEGER: _("whole number"), Type.NUMBER: _("number"), Type.SECONDS: _("seconds"),
        Type.BOOLEAN: _("yes or no"), Type.DATE: _("date"), Type.TIMESTAMP: _("date and time"),
    }  # fmt: skip
    return words[type_]


def _field_words() -> dict[str, str]:
    """What the fields of the configuration are, with their units."""
    return {
        "short_abandon_s": _("Abandoned within so many seconds is not counted as a call"),
        "service_level_s": _("Service level: answered within so many seconds"),
        "service_level_variant": _("Service level: what is divided by what"),
        "ring_cycles": _("Answered in time: within so many ring cycles"),
        "transfer_within_s": _("Transferred in time: within so many seconds"),
        "resolution_window_days": _("Resolved: no further contact within so many days"),
        "satisfied_boxes": _("Satisfied: how many of the highest ratings count"),
        "calibration_tolerance": _("Calibration: allowed distance, as a share of the full mark"),
        "period": _("Monitoring plan: its period"),
        "evaluations": _("Monitoring plan: evaluations an agent and period"),
        "confidence": _("Confidence of intervals and verdicts"),
        "least_n": _("Fewer records than this are too few to judge"),
    }


def targets_set(build: Warehouse, scope: Scope, center_names: dict[str, str]) -> Rows:
    """The targets the extracts set for centers within the scope, in the order they came into force."""
    rows = [
        row
        for row in build.organisation()["targets"].sort("metric", "valid_from").iter_rows(named=True)
        if scope is None or row["center_id"] is None or row["center_id"] in scope
    ]
    labels = {column.name: say(column.label) for column in TABLES["targets"].columns}
    return {
        labels["metric"]: [say(METRICS[row["metric"]].name) if row["metric"] in METRICS else row["metric"] for row in rows],
        labels["center_id"]: [center_names.get(row["center_id"], row["center_id"] or _("All")) for row in rows],
        labels["queue"]: [row["queue"] or _("All") for row in rows],
        labels["valid_from"]: [format.day(row["valid_from"]) for row in rows],
        _("Target"): [_bounds(row) for row in rows],
        labels["gap_to_headquarters"]: [_number(row["gap_to_headquarters"]) for row in rows],
    }


def explanation_rules(build: Warehouse | None, scope: Scope, rules: Sequence[Rule], center_names: dict[str, str]) -> Rows:
    """When a center within the scope owes an explanation, by whose hands it goes and by when, by heading.

    The bound is the one of all centers, or that of the only center a rule names.
    """
    rules = [rule for rule in rules if scope is None or not rule.centers or not scope.isdisjoint(rule.centers)]
    return {
        _("Metric"): [f"{say(METRICS[rule.metric].name)}\n{rule.metric}" for rule in rules],
        _("Centers"): [_(", ").join(center_names.get(center, center) for center in rule.centers) or _("Every branch") for rule in rules],
        _("Owed when"): [_owed_when(build, METRICS[rule.metric], rule) for rule in rules],
        _("Writes, reviews"): [_(", ").join(map(_role, (rule.writes, rule.reviews))) for rule in rules],
        _("Receives"): [_(", ").join(map(_role, rule.receives)) for rule in rules],
        _("Due by"): [_("day {day} of the month after").format(day=rule.due_day) for rule in rules],
    }


def _owed_when(build: Warehouse | None, metric: Metric, rule: Rule) -> str:
    """The bound in force and the gap that ask for an explanation: a target's own gap comes before the rule's."""
    target = build.targets.of(metric, build.span.last_day, rule.centers[0] if len(rule.centers) == 1 else None) if build else None
    minimum, maximum = (target.minimum, target.maximum) if target else (metric.minimum, metric.maximum)
    parts = []
    if (minimum, maximum) != (None, None):
        parts.append(_("misses the target {bounds}").format(bounds=format.bounds(minimum, maximum, metric.unit)))
    gap = target.gap if target and target.gap is not None else rule.gap and rule.gap / 100
    if gap is not None:
        parts.append(_("{gap} or more behind headquarters").format(gap=format.change(gap, "share").lstrip("+")))
    return _("; ").join(parts) or _("No target")


def _role(role: Role) -> str:
    return say(ROLE_NAMES[role])


def _bounds(row: dict) -> str:
    metric = METRICS.get(row["metric"])
    low, high = (None if row[end] is None else float(row[end]) for end in ("minimum", "maximum"))
    return format.bounds(low, high, metric.unit) if metric else f"{_number(low)} – {_number(high)}"


def _number(value: float | Decimal | None) -> str:
    return format.NOTHING if value is None else format.plain(float(value))
