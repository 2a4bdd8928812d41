"""Which days of a month changed since an earlier build: of the others, a partition takes over the rows it had."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from qa.build.digests import file_state, month_of
from qa.build.manifest import replace_text
from qa.build.partitions import Partition
from qa.build.seam import Seam
from qa.periods import Period

# Tables whose months are large enough to tell their days apart, and how many of the latest months are told apart.
TOLD_APART = ("calls", "surveys", "agent_days")
LATEST_MONTHS = 2

DAYS = "days"
_DAY = timedelta(days=1)

Digests = dict[date, str]


class DayDigests:
    """What the days of an extract file hold, each as a digest; kept beside the rollups under the state of the file."""

    def __init__(self, folder: Path, engine: Seam):
        self.folder, self.engine = folder, engine

    def known(self, name: str, state: str) -> Digests | None:
        """The digests found when the file was as ``state`` says; None when nobody looked then."""
        try:
            found = json.loads(_place(self.folder, name, state).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return {date.fromisoformat(day): digest for day, digest in found.items()}

    def look(self, name: str, paths: Iterable[Path]) -> None:
        """Find the digests of these files where they are not known."""
        for path in paths:
            place = _place(self.folder, name, file_state(path))
            if not place.exists():
                self.engine.read({name: [path]})
                found = {day.isoformat(): digest for day, digest in self.engine.day_digests(name).items()}
                replace_text(place, json.dumps(found))


def sweep_days(folder: Path, states: Iterable[Mapping[str, Iterable[str]]]) -> None:
    """Delete what is known of the days of files that are in none of these states."""
    used = {_place(folder, name, state) for build in states for name, of_table in build.items() for state in of_table}
    for path in (folder / DAYS).glob("*"):
        if path not in used:
            path.unlink(missing_ok=True)


def _place(folder: Path, name: str, state: str) -> Path:
    return folder / DAYS / f"{hashlib.sha256(f'{name} {state}'.encode()).hexdigest()[:16]}.json"


class Changes:
    """What is different in the extracts from those an earlier build was made from; ``old``, ``new``: states of files by table."""

    def __init__(self, old: Mapping[str, list[str]], new: Mapping[str, list[str]], digests: DayDigests):
        self.old, self.new, self.digests = old, new, digests
        self._of_table: dict[str, list[Period] | None] = {}

    def of(self, name: str) -> list[Period] | None:
        """The days of a table that differ; None when that cannot be told."""
        if name not in self._of_table:
            self._of_table[name] = self._find(name)
        return self._of_table[name]

    def _find(self, name: str) -> list[Period] | None:
        old, new = set(self.old.get(name, ())), set(self.new.get(name, ()))
        found = []
        for folder in {state.partition("/")[0] for state in old ^ new}:
            month = month_of(folder)
            if month is None:
                return None
            sides = [[state for state in side if state.startswith(f"{folder}/")] for side in (old - new, new - old)]
            found.append(self._days(name, month, *sides))
        return [period for period in found if period]

    def _days(self, name: str, month: Period, old: list[str], new: list[str]) -> Period | None:
        """From the first to the last day that differs; the whole month where nobody looked at its days."""
        if name not in TOLD_APART:
            return month
        sides = [[self.digests.known(name, state) for state in states] for states in (old, new)]
        if any(digests is None for digests in chain(*sides)):
            return month
        before, after = (_by_day(side) for side in sides)
        days = [day for day in before.keys() | after.keys() if before.get(day) != after.get(day)]
        return Period(min(days), max(days) + _DAY) if days else None


def _by_day(files: list[Digests | None]) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for digests in files:
        for day, digest in (digests or {}).items():
            found.setdefault(day, []).append(digest)
    return {day: sorted(digests) for day, digests in found.items()}


def days_to_make(part: Partition, changes: Changes, window_days: int, known_until: tuple[dict[str, date], dict[str, date]]) -> Period:
    """The days of a month whose sums can differ; all of them when that cannot be told, a period of no days when there are none.

    ``known_until``: until when the calls of each center were known, then and now, as far as the partition looks.
    """
    month, rollup = part.month, part.rollup
    assert month is not None
    around, back = _within(rollup.days_around(window_days)), _within(rollup.look_back_days)
    found = []
    for name in rollup.reads:
        periods = changes.of(name)
        if periods is None:
            return month
        before, after = (around, around + back) if name == "calls" else (timedelta(), timedelta())
        found += [Period(period.date_from - before, period.date_to + after) for period in periods]
    then, now = known_until
    ends = [end for center in then.keys() | now.keys() if then.get(center) != now.get(center) for end in (then.get(center), now.get(center))]
    if None in ends:
        return month
    found += [Period(end - around, month.date_to) for end in ends if end]
    within = [period for period in found if period.date_from < month.date_to and period.date_to > month.date_from]
    if not within:
        return Period(month.date_from, month.date_from)
    return Period(max(min(period.date_from for period in within), month.date_from), min(max(period.date_to for period in within), month.date_to))


def _within(days: int) -> timedelta:
    """How many days a look of so many times 24 hours can touch."""
    return timedelta(days=days + 1 if days else 0)
