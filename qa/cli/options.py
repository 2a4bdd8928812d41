"""Options that commands share, and what they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console

from qa.build.run import build, is_current
from qa.config import load_config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.filters import DateBasis, Filters
from qa.i18n import _
from qa.metrics import METRICS
from qa.query import GROUPS, NotAnswerable
from qa.warehouse import Warehouse

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "data" / "extracts"

Data = Annotated[Path, Parameter(name="--data", env_var="QA_DATA", help="The folder of extracts.")]
Form = Parameter(help="How it is printed.")
Format = Annotated[Literal["table", "json", "csv"], Form]
By = Annotated[str, Parameter(name="--by", help=f"Groups, separated by commas:\n{', '.join(GROUPS)}")]
Names = Annotated[list[str] | None, Parameter(negative=(), consume_multiple=False)]


@Parameter(name="*")
@dataclass(frozen=True)
class Choice:
    """Which rows are counted: every filter of the board, each named once; a list may be repeated, and nothing means all."""

    date_from: Annotated[date | None, Parameter(name="--from", help="First day.")] = None
    date_to: Annotated[date | None, Parameter(name="--to", help="First day after the period (half-open).")] = None
    centers: Annotated[Names, Parameter(name="--center", help="Center, by id or name; may be repeated.")] = None
    teams: Annotated[Names, Parameter(name="--team", help="Team; may be repeated.")] = None
    queues: Annotated[Names, Parameter(name="--queue", help="Queue; may be repeated.")] = None
    agents: Annotated[Names, Parameter(name="--agent", help="Agent, by id; may be repeated.")] = None
    evaluators: Annotated[Names, Parameter(name="--evaluator", help="Evaluator; may be repeated.")] = None
    scorecards: Annotated[Names, Parameter(name="--scorecard", help="Scorecard, by id; may be repeated.")] = None
    items: Annotated[Names, Parameter(name="--item", help="Scorecard item, by id; may be repeated.")] = None
    sections: Annotated[Names, Parameter(name="--section", help="Section of scorecards; may be repeated.")] = None
    categories: Annotated[Names, Parameter(name="--category", help="Category of scorecard items or complaints; may be repeated.")] = None
    samples: Annotated[Names, Parameter(name="--sample", help="Sample reason of evaluations; may be repeated.")] = None
    kinds: Annotated[Names, Parameter(name="--kind", help="Kind of inspection: recording, live, side_by_side, mystery or document; may be repeated.")] = None
    reasons: Annotated[Names, Parameter(name="--reason", help="Reason of calls, or of dissatisfaction; may be repeated.")] = None
    call_reasons: Annotated[Names, Parameter(name="--call-reason", help="Reason of the call a survey is about; may be repeated.")] = None
    hours: Annotated[Names, Parameter(name="--hour", help="Hour at which customers were asked, 08; may be repeated.")] = None
    weekdays: Annotated[Names, Parameter(name="--weekday", help="Day of the week of calls, 1 for Monday; may be repeated.")] = None
    half_hours: Annotated[Names, Parameter(name="--half-hour", help="Half-hour of calls by its beginning, 08:30; may be repeated.")] = None
    date_basis: Annotated[DateBasis, Parameter(name="--date-basis", help="Place evaluations by their own day or by the day of the call.")] = "evaluated"
    month_start: Annotated[int, Parameter(name="--month-start", help="21 for months from the 21st to the 20th.")] = 1

    def filters(self, warehouse: Warehouse) -> Filters:
        """As the board asks; NotAnswerable for a center nobody knows or a period that ends before it begins."""
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise NotAnswerable(_("The period ends ({to}) before it begins ({begin}).").format(to=self.date_to, begin=self.date_from))
        if not 1 <= self.month_start <= 28:
            raise NotAnswerable(_("A month starts on day 1 to 28."))
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        chosen = {name: tuple(value) if isinstance(value, list) else value for name, value in chosen.items()}
        centers = None if self.centers is None else tuple(center_id(warehouse, name) for name in self.centers)
        return Filters(**chosen | {"centers": centers})


notes = Console(stderr=True, highlight=False)


def chosen_metrics(keys: Sequence[str]) -> list[str]:
    """The keys, all known; NotAnswerable names the nearest for one that is not."""
    for key in keys:
        if key not in METRICS:
            near = ", ".join(get_close_matches(key, METRICS, 3)) or ", ".join(METRICS)
            raise NotAnswerable(_("There is no metric {key}. Did you mean: {near}?").format(key=key, near=near))
    if not keys:
        raise NotAnswerable(_("Name a metric; python -m qa metrics lists them."))
    return list(dict.fromkeys(keys))


def chosen_groups(by: str) -> tuple[str, ...]:
    """The groups of ``--by``. An item belongs to a scorecard, so items bring their scorecard along."""
    groups = [group.strip().replace("-", "_") for group in by.split(",") if group.strip()]
    for group in groups:
        if group not in GROUPS:
            raise NotAnswerable(_("Cannot group by {group}; possible: {groups}.").format(group=group, groups=", ".join(GROUPS)))
    if "item" in groups and "scorecard" not in groups:
        groups.insert(groups.index("item"), "scorecard")
    return tuple(dict.fromkeys(groups))


def center_id(warehouse: Warehouse, name: str) -> str:
    """The id of a center named by id or name; NotAnswerable for one nobody knows."""
    known = warehouse.centers
    for column in ("center_id", "name", "name_en"):
        found = known.filter(known[column] == name)["center_id"]
        if len(found):
            return found[0]
    centers = ", ".join(known["center_id"].to_list())
    raise NotAnswerable(_("There is no center {name}; known: {centers}.").format(name=name, centers=centers))


def nothing_dated(data: Path) -> str:
    """Why there are no rollups of a folder: it holds no extracts, or none that say when anything happened."""
    if any(Extracts(data).files(name) for name in TABLES):
        return _("The extracts hold nothing dated yet; the board shows figures once calls, evaluations or surveys are there.")
    return _("{data} holds no extracts yet. Import a file: python -m qa import FILE --into {data}").format(data=data)


def opened(data: Path) -> Warehouse:
    """The warehouse of the extracts, its build brought up to date first."""
    if not data.is_dir():
        raise NotAnswerable(_("There is no folder {data}. Name the extracts with --data or QA_DATA.").format(data=data))
    config = load_config(data)
    if not is_current(data, config):
        notes.print(_("Building rollups ..."), style="dim")
        if build(data, config) is None:
            raise NotAnswerable(nothing_dated(data))
    return Warehouse.open(data)
