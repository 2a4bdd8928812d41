"""Who is looking: the one place that login will fill."""

from dataclasses import dataclass

from qa.filters import Scope


@dataclass(frozen=True)
class Viewer:
    """A person in front of the board. ``scope``: the centers they may see, None for every one."""

    name: str
    role: str
    scope: Scope


def viewer() -> Viewer:
    """The viewer of this session: as long as nobody logs in, a guest who sees everything."""
    return Viewer(name="", role="guest", scope=None)
