"""What the viewers look at: pages, months and centers, few enough that every combination can be checked for every build."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.session import Run, Session

PAGES = ("", "trend", "centers", "agents", "errors", "satisfaction", "service")
MONTHS = ("2026-10", "2026-09", "2026-08")
CENTERS = ("", "WH", "CD")


@dataclass(frozen=True)
class Look:
    """A page under a view: ``month`` as 2026-09; ``center`` empty for all of them."""

    page: str
    month: str
    center: str

    @property
    def query(self) -> str:
        """The parameters of the link."""
        return urlencode({"period": self.month} | ({"center": self.center} if self.center else {}))

    @property
    def month_label(self) -> str:
        """The month as the filter bar offers it."""
        year, month = self.month.split("-")
        return f"{year}年{int(month)}月"


def all_looks() -> Iterator[Look]:
    """Every combination, page by page within a view."""
    return (Look(page, month, center) for center in CENTERS for month in MONTHS for page in PAGES)


def seen(run: Run) -> dict[str, str]:
    """What stands on the boards of a page: a digest of each item's content, by its key."""
    return {item["key"]: item["digest"] for item in run.all_items()}


async def begin(address: str, look: Look) -> Session:
    """A viewer who comes by the link of a view."""
    return await Session.begin(address, look.page, look.query)
