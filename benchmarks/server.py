"""What viewers cost the server, without browsers: processor time of a rerun, thirty viewers at once, memory with ten."""

import asyncio
import random

from benchmarks.clicks import NOTHING_AHEAD, PAGES, months
from benchmarks.data import PATIENCE_S, WORK, built
from benchmarks.machine import cpu_s, memory_mib, server_of
from benchmarks.results import Recorder
from benchmarks.session import Session
from tests.serving import running_board

PERIOD = "period"
BATCHES, BATCH = 5, 20
VIEWERS, EVERY_S, FOR_S = 30, 2.0, 90
FEW_VIEWERS, FEW_CLICKS = 10, 12


def measure(recorder: Recorder, size: str = "10m") -> None:
    """Each on a server of its own."""
    extracts = built(size)
    for part, surroundings in ((_reruns, NOTHING_AHEAD), (_crowd, {}), (_memory, {})):
        with running_board(extracts, WORK / "board.log", PATIENCE_S, **surroundings) as address:
            recorder.others.begin()
            asyncio.run(part(recorder, address, f"{size} calls", months(size)))


async def _reruns(recorder: Recorder, address: str, data: str, choices: list[str]) -> None:
    """One viewer clicks through the months; what has been seen is counted by the batch, as the system counts in steps of 10 ms."""
    server = server_of(address)
    viewer = await Session.begin(address)
    times: dict[str, list[float]] = {"cpu_new": [], "cpu_seen": []}
    for month in choices:
        times["cpu_new"].append(await _cpu_ms(server, viewer, [month]))
    for _batch in range(BATCHES):
        times["cpu_seen"].append(await _cpu_ms(server, viewer, [choices[turn % len(choices)] for turn in range(BATCH)]) / BATCH)
    await viewer.end()
    recorder.add_all(times, f"{data}, overview; seen: means of {BATCH} clicks")


async def _cpu_ms(server, viewer: Session, months: list[str]) -> float:
    before = cpu_s(server)
    for month in months:
        await viewer.choose(PERIOD, month)
    return 1000 * (cpu_s(server) - before)


async def _crowd(recorder: Recorder, address: str, data: str, choices: list[str]) -> None:
    """Thirty viewers of the overview, each choosing any of the months at a beat of its own; the first to choose one has it computed."""
    viewers = [await Session.begin(address) for _viewer in range(VIEWERS)]
    recorder.others.begin()
    answers, errors = [], []

    async def click(viewer: Session, chance: random.Random) -> None:
        clock = asyncio.get_running_loop()
        due = clock.time() + chance.random() * EVERY_S
        end = clock.time() + FOR_S
        while due < end:
            await asyncio.sleep(max(0.0, due - clock.time()))
            run = await viewer.choose(PERIOD, chance.choice(choices))
            answers.append(1000 * run.seconds)
            errors.extend(run.errors)
            due += EVERY_S

    await asyncio.gather(*(click(viewer, random.Random(number)) for number, viewer in enumerate(viewers)))
    for viewer in viewers:
        await viewer.end()
    recorder.add_all({"crowd": answers, "crowd_errors": [float(len(errors))]}, f"{data}, overview, {len(choices)} months at random, {FOR_S} s")


async def _memory(recorder: Recorder, address: str, data: str, choices: list[str]) -> None:
    """Ten viewers, each through all pages and then through months of the last one."""
    viewers = [await Session.begin(address) for _viewer in range(FEW_VIEWERS)]
    for turn, viewer in enumerate(viewers):
        for path in PAGES:
            await viewer.go(path)
        for click in range(FEW_CLICKS):
            await viewer.choose(PERIOD, choices[(turn + click) % len(choices)])
    recorder.add("memory", [memory_mib(server_of(address))], f"{data}; {len(PAGES)} pages and {FEW_CLICKS} months each; {len(viewers)} viewers still there")
    for viewer in viewers:
        await viewer.end()
