"""When a center owes an explanation: the rules in force, each for a metric and some centers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa.config import Config, ConfigError, Rule, config_path, load_config
from qa.i18n import _
from qa.metrics import METRICS
from qa.periods import month_named
from qa.warehouse import Warehouse

# The five indicators that headquarters checks. First-call resolution is known only when the window after the month's
# last calls is over, so its explanation is due later.
DEFAULT_RULES = (
    Rule(metric="pass_rate"),
    Rule(metric="satisfaction_rate", gap=2),
    Rule(metric="first_call_resolution", due_day=15),
    Rule(metric="one_time_resolution"),
    Rule(metric="composite_error_rate"),
)


@dataclass(frozen=True)
class Rules:
    """The rules of one board; of several for a metric and center the last one holds, and one that names the center before one for all."""

    all: tuple[Rule, ...]

    @classmethod
    def of(cls, data: Path) -> "Rules":
        """Those of the configuration of these extracts; ConfigError for one that cannot be judged."""
        return cls.configured(load_config(data), config_path(data))

    @classmethod
    def configured(cls, config: Config, file: Path) -> "Rules":
        """The default rules, unless switched off, and the configured ones."""
        for place, rule in enumerate(config.explanations.rules):
            if problem := _problem(rule):
                message = _("{file}: rule {number} of explanations: {problem}")
                raise ConfigError(message.format(file=file, number=place + 1, problem=problem))
        defaults = DEFAULT_RULES if config.explanations.default_rules else ()
        return cls((*defaults, *config.explanations.rules))

    def of_center(self, center: str) -> dict[str, Rule]:
        """Metric -> the rule that holds for the center, in the order the metrics were first named."""
        common = {rule.metric: rule for rule in self.all if not rule.centers}
        own = {rule.metric: rule for rule in self.all if center in rule.centers}
        return common | own


def judged_centers(warehouse: Warehouse) -> dict[str, int]:
    """The centers that answer to headquarters, with the day their months start: every one but headquarters itself."""
    rows = warehouse.centers.select("center_id", "period_start_day").iter_rows()
    return {center: int(start or 1) for center, start in rows if center != warehouse.headquarters}


def due_on(rule: Rule, month: str) -> date:
    """The day by which the explanation must have been submitted."""
    return month_named(month).date_to.replace(day=rule.due_day)


def _problem(rule: Rule) -> str | None:
    if rule.metric not in METRICS:
        return _("there is no metric {metric}.").format(metric=rule.metric)
    metric = METRICS[rule.metric]
    if rule.gap is not None and (metric.interval != "wilson" or metric.better != "higher"):
        return _("a gap to headquarters can be asked of shares that should be high, not of {metric}.").format(metric=rule.metric)
    return None
