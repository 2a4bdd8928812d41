"""What must be on screen for a center: of the peers computed from their tables, of our page from a session without a browser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from benchmarks.peers.home import CENTERS
from benchmarks.peers.peers import OURS, Peer
from benchmarks.peers.tables import expected
from benchmarks.session import Session

Wanted = dict[str, list[str]]


def wanted(peer: Peer) -> dict[str, Wanted]:
    """The texts of tiles and table for each center, "" for all. Our server must be running for our page.

    Our own figures are not checked here: tests and ``benchmarks.endurance`` hold them to the command line.
    """
    if peer.name != "Tingjian":
        found = {center: expected(center) for center in ("", *CENTERS)}
        return {center: {"tiles": tiles, "table": table} for center, (tiles, table) in found.items()}
    # In a thread: the browser's driver has an event loop of its own in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _ours(peer.address.partition("?")[2])).result()


async def _ours(query: str) -> dict[str, Wanted]:
    return {center: await _one(query + (f"&center={center}" if center else "")) for center in ("", *CENTERS)}


async def _one(query: str) -> Wanted:
    viewer = await Session.begin(OURS, "", query)
    tiles = [tile["value"] + tile["unit"] for tile in viewer.run.items("tile")]
    names, *_said = viewer.run.items("table")[0]["by_column"][0]
    await viewer.end()
    return {"tiles": [text for text in tiles if text != "-"], "table": names[:3]}
