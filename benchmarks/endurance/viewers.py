"""Viewers who click: another month, another page, or away and back by another link; after a restart back to what they looked at."""

import asyncio
import random
import time
from dataclasses import dataclass, field, replace

from websockets.exceptions import WebSocketException

from benchmarks.endurance.views import CENTERS, MONTHS, PAGES, Look, begin, own_of, seen
from benchmarks.session import Run, Session

THINKS_S = (2.0, 6.0)
LOST = (WebSocketException, OSError, TimeoutError)


@dataclass
class Visit:
    """One look: when it was asked for and had come (``time.time``), what stood there, errors; ``restored``: after the server was away."""

    look: Look
    asked: float
    came: float
    shown: dict[str, str]
    errors: list[str]
    restored: bool = False


@dataclass
class Visits:
    """All looks of all viewers. ``lost``: how often a connection was lost, ``downtime`` seconds until such a viewer was back."""

    all: list[Visit] = field(default_factory=list)
    lost: int = 0
    downtime: list[float] = field(default_factory=list)


async def keep_clicking(address: str, number: int, visits: Visits, until: float) -> None:
    """One viewer until the time given."""
    chance = random.Random(number)
    look = Look("", MONTHS[0], "")
    session, restored = None, False
    lost_at = 0.0
    while time.time() < until:
        asked = time.time()
        try:
            if session is None:
                session = await begin(address, look)
                run = session.run
            else:
                session, look, run = await _another(address, session, look, chance)
            visits.all.append(Visit(look, asked, time.time(), seen(run), run.errors, restored))
            if restored:
                visits.downtime.append(time.time() - lost_at)
            restored = False
        except LOST:
            if not restored:
                visits.lost += 1
                lost_at = time.time()
            session, restored = None, True
            await asyncio.sleep(0.5)
            continue
        await asyncio.sleep(chance.uniform(*THINKS_S))
    if session is not None:
        await session.end()


async def _another(address: str, session: Session, look: Look, chance: random.Random) -> tuple[Session, Look, Run]:
    """Click on another month, on another page, or come anew by a link. A link of the menu carries the view alone."""
    way = chance.random()
    if way < 0.4:
        look = replace(look, month=chance.choice([month for month in MONTHS if month != look.month]))
        run = await session.choose("period", look.month)
        return session, replace(look, own=own_of(session.query)), run
    if way < 0.8:
        look = replace(look, page=chance.choice([page for page in PAGES if page != look.page]), own="")
        return session, look, await session.go(look.page, look.query)
    await session.end()
    look = Look(chance.choice(PAGES), chance.choice(MONTHS), chance.choice(CENTERS))
    session = await begin(address, look)
    return session, look, session.run
