"""The definitions a center may change, read from one TOML file and shown on screen as they are in force."""

import os
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from qa.i18n import _, say
from qa.people import Role
from qa.problems import Problem
from qa.wrong_values import explained

FILE_NAME = "qa.toml"

Kind = Literal["recording", "live", "side_by_side", "mystery", "document"]
# What an appraisal can be made of: figures that are points out of 100 by themselves, and volumes, which are held against a norm.
ScoredMetric = Literal[
    "mean_score", "pass_rate", "fatal_accuracy", "nonfatal_accuracy", "composite_error_rate",
    "satisfaction_rate", "mean_satisfaction", "one_time_resolution", "first_call_resolution", "repeat_call_rate", "sales_rate",
]  # fmt: skip
VolumeMetric = Literal["calls_handled", "inbound_calls", "outbound_calls", "sales", "calls_per_hour", "talk_hours_per_day"]
EVALUATED = ("mean_score", "pass_rate", "fatal_accuracy", "nonfatal_accuracy", "composite_error_rate")
ServiceLevelVariant = Literal["of_offered", "of_answered", "plus_quick_abandons", "less_quick_abandons"]


class ConfigError(Problem):
    """A configuration file that cannot be used; the message names the file, the field and the remedy."""


class Definitions(BaseModel):
    """Windows and thresholds inside the metrics. Each becomes a SQL macro of the same name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    short_abandon_s: float = Field(5, ge=0)
    service_level_s: float = Field(20, gt=0)
    service_level_variant: ServiceLevelVariant = "of_offered"
    ring_cycles: int = Field(3, ge=1)
    transfer_within_s: float = Field(60, gt=0)
    resolution_window_days: int = Field(7, ge=1, le=60)
    satisfied_boxes: int = Field(2, ge=1)
    calibration_tolerance: float = Field(0.05, gt=0, lt=1)


class Plan(BaseModel):
    """The monitoring plan: how many released evaluations an agent gets in each period."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    period: Literal["week", "half_month", "month", "quarter"] = "month"
    evaluations: int = Field(3, ge=1)


class Statistics(BaseModel):
    """How sure a statement must be before the board makes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confidence: float = Field(0.95, gt=0.5, lt=1)
    least_n: int = Field(10, ge=2)


class Part(BaseModel):
    """One part of the appraisal, 0-100 points. ``weight``: 0 shows the part for reference only.

    ``kinds``: the kinds of inspection that count, all where empty. ``norm``: the volume worth 100 points, the median of the
    center's or team's agents or a number for the period; by default the center's median. A count is held against it for as much
    of the period as the agent was employed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    metric: Literal[ScoredMetric, VolumeMetric]
    weight: float = Field(ge=0)
    kinds: tuple[Kind, ...] = ()
    norm: Literal["center_median", "team_median"] | float | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Part":
        if self.kinds and self.metric not in EVALUATED:
            raise ValueError(_("kinds belong to a metric of evaluations"))
        if self.norm is not None and self.metric not in get_args(VolumeMetric):
            raise ValueError(_("a norm belongs to a volume"))
        if isinstance(self.norm, float) and self.norm <= 0:
            raise ValueError(_("a norm is above 0"))
        return self


class Grades(BaseModel):
    """The least score of each grade; below ``qualified`` is unqualified."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    excellent: float = 90
    good: float = 80
    qualified: float = 60

    @model_validator(mode="after")
    def _descend(self) -> "Grades":
        if not self.excellent > self.good > self.qualified:
            raise ValueError(_("excellent is above good, and good above qualified"))
        return self


class Appraisal(BaseModel):
    """The appraisal of agents: the weighted mean of its parts. ``every_part_at_least``: below it in any part is unqualified."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: tuple[Part, ...] = (
        Part(metric="mean_score", kinds=("recording",), weight=70),
        Part(metric="calls_handled", weight=30),
        Part(metric="mean_score", kinds=("live",), weight=0),
    )
    every_part_at_least: float | None = Field(None, gt=0, le=100)
    grades: Grades = Grades()

    @model_validator(mode="after")
    def _weighs(self) -> "Appraisal":
        if not any(part.weight for part in self.parts):
            raise ValueError(_("some part has a weight above 0"))
        if len({(part.metric, part.kinds) for part in self.parts}) < len(self.parts):
            raise ValueError(_("no part stands twice"))
        return self


class Rule(BaseModel):
    """When a center owes an explanation of a metric, and by whose hands it goes.

    ``centers``: those it is for; none named means every branch. The bound is the metric's target. ``gap``: percentage
    points behind headquarters that ask for an explanation too, where the target names no gap of its own.
    ``due_day``: of the calendar month after the one that gives the period its name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    metric: str
    centers: tuple[str, ...] = ()
    gap: float | None = Field(None, gt=0, lt=100)
    writes: Role = "branch_qa"
    reviews: Role = "branch_head"
    receives: tuple[Role, ...] = Field(("headquarters_qa", "director"), min_length=1)
    due_day: int = Field(10, ge=1, le=28)


class Explanations(BaseModel):
    """The rules of explanations: those of ``qa/explanations/rules.py`` unless switched off, and the centers' own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default_rules: bool = True
    rules: tuple[Rule, ...] = ()


class StorePlace(BaseModel):
    """Where what people write is kept; empty: a file beside the extracts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""


class EngineChoice(BaseModel):
    """What computes the rollups: DuckDB here, or a Spark cluster by its Connect address, ``sc://host:15002``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["duckdb", "spark"] = "duckdb"
    url: str = ""


class Storage(BaseModel):
    """A bucket with extracts and rollups, ``s3://bucket/folder``; empty: they are in the folder alone. ``endpoint``: of a server other than AWS."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    endpoint: str = ""
    region: str = ""


class Config(BaseSettings):
    """Everything that can be configured; ``plans`` overrides ``plan`` for single centers.

    What is excluded bears on no number: a build neither keeps it nor is made again for it.
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    definitions: Definitions = Definitions()
    plan: Plan = Plan()
    plans: dict[str, Plan] = {}
    statistics: Statistics = Statistics()
    appraisal: Appraisal = Appraisal()
    explanations: Explanations = Field(Explanations(), exclude=True)
    store: StorePlace = Field(StorePlace(), exclude=True)
    engine: EngineChoice = Field(EngineChoice(), exclude=True)
    storage: Storage = Field(Storage(), exclude=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The file alone: a definition in force must be found in one place."""
        return (init_settings,)

    def plan_of(self, center_id: str) -> Plan:
        """The monitoring plan of a center: its own, or the common one."""
        return self.plans.get(center_id, self.plan)


def config_path(data: Path) -> Path:
    """Where the configuration of these extracts is: ``QA_CONFIG``, or ``qa.toml`` beside them."""
    return Path(os.environ.get("QA_CONFIG") or data / FILE_NAME)


def load_config(data: Path) -> Config:
    """The configuration in force for the extracts in ``data``; the defaults where there is no file.

    Raises ConfigError for an unknown field, a value out of range, or text that is not TOML.
    """
    path = config_path(data)
    if not path.exists():
        return Config()
    try:
        values = TomlConfigSettingsSource(Config, toml_file=path)()
        return Config(**values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = _("{file}: field {field}: {problem}. Correct it or delete the line to use the default.")
        raise ConfigError(message.format(file=path, field=field, problem=say(explained(first)))) from error
    except ValueError as error:
        raise ConfigError(_("{file} is not valid TOML: {problem}").format(file=path, problem=error)) from error
