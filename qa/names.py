"""What centers and agents are called, in the language in force."""

from dataclasses import dataclass

from qa.i18n import language
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class Names:
    """What centers and agents are called on screen."""

    centers: dict[str, str]
    agents: dict[str, str]

    def of(self, dimension: str, value: str) -> str:
        known = {"center": self.centers, "agent": self.agents}.get(dimension, {})
        return known.get(value, value)


def names_of(warehouse: Warehouse) -> Names:
    """Centers by their name in the language, agents by name and id: two people may share a name."""
    return warehouse.told(("names", language()), lambda: Names(center_names(warehouse), _agent_names(warehouse)))


def _agent_names(warehouse: Warehouse) -> dict[str, str]:
    agents = warehouse.agents.sort("valid_from").select("agent_id", "name").iter_rows()
    return {agent: name if name == agent else f"{name} {agent}" for agent, name in agents if name}


def center_names(warehouse: Warehouse) -> dict[str, str]:
    """Center id -> name, headquarters first, then in the order of the extract."""
    own = "name_en" if language() == "en" else "name"
    rows = sorted(warehouse.centers.iter_rows(named=True), key=lambda row: not row["is_headquarters"])
    return {row["center_id"]: row[own] or row["name"] for row in rows}
