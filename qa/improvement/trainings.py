"""The trainings of the extracts: when, about what, and who took part."""

from dataclasses import dataclass
from datetime import date

from qa.filters import Chosen, Scope, visible
from qa.relations import query_text
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class Training:
    """One training; ``agents``: those who took part."""

    training_id: str
    center: str
    topic: str
    held_on: date
    agents: tuple[str, ...]


def trainings(warehouse: Warehouse, scope: Scope, centers: Chosen, date_from: date, date_to: date) -> list[Training]:
    """The trainings of the centers (None: all the viewer may see) on the days [date_from, date_to), in order of time."""
    if not warehouse.present("trainings"):
        return []
    seen = visible(centers, scope)
    parameters = {"date_from": date_from, "date_to": date_to, "centers": None if seen is None else list(seen)}
    rows = warehouse.extract_rows(query_text("quality/trainings"), parameters)
    return [Training(row["training_id"], row["center_id"], row["topic"], row["held_on"], tuple(row["agents"])) for row in rows.iter_rows(named=True)]
