"""What the viewers look at: pages, months and centers, few enough that every combination can be checked for every build."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from benchmarks.session import Run, Session
from qa.view import PARAMETERS

PAGES = ("", "trend", "centers", "agents", "errors", "satisfaction", "service")
MONTHS = ("2026-10", "2026-09", "2026-08")
CENTERS = ("", "WH", "CD")


@dataclass(frozen=True)
class Look:
    """A page under a view: ``month`` as 2026-09; ``center`` empty for all of them.

    ``own``: choices of the page itself that have stayed with the viewer from another month, as the address has them.
    """

    page: str
    month: str
    center: str
    own: str = ""

    @property
    def query(self) -> str:
        """The parameters of the link."""
        return urlencode({"period": self.month} | ({"center": self.center} if self.center else {}))


def own_of(query: str) -> str:
    """The parameters of an address that are not the view's."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in PARAMETERS])


def seen(run: Run) -> dict[str, str]:
    """What stands on the boards of a page: a digest of each item's content, by its key."""
    return {item["key"]: item["digest"] for item in run.all_items()}


async def begin(address: str, look: Look) -> Session:
    """A viewer who comes by the link of a view."""
    return await Session.begin(address, look.page, look.query)
