"""Run it: ``python -m benchmarks.endurance --minutes 20 --viewers 30``; the figures go into benchmarks/RESULTS.md."""

import argparse
import asyncio
import json
import time
from collections import Counter
from contextlib import ExitStack
from statistics import median

from benchmarks import report
from benchmarks.data import PATIENCE_S, SIZES, WORK, extracts, linked, qa
from benchmarks.endurance.changes import Build, History, keep_changing
from benchmarks.endurance.viewers import Visit, Visits, keep_clicking
from benchmarks.machine import memory_mib, server_of
from benchmarks.results import Recorder
from tests.serving import free_port, running_board

DATA = WORK / "endurance"
RESTART_AT = 0.7  # of the time
SAMPLE_S = 10
# A server goes on with the build it has while the next one is being opened.
OPENING_S = 60


def main() -> None:
    """Measure, write the report, and end with a status of 1 where anything shown was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--viewers", type=int, default=30)
    parser.add_argument("--size", choices=SIZES, default="medium")
    asked = parser.parse_args()
    linked(extracts(asked.size), DATA)
    qa("build", "--data", str(DATA))
    recorder = Recorder("endurance")
    with running_board(DATA, WORK / "reference.log", patience_s=PATIENCE_S) as reference:
        visits, history, memory = asyncio.run(_endure(reference, asked.viewers, 60 * asked.minutes))
    wrong = judge(visits, history)
    _record(recorder, f"{asked.viewers} viewers, {asked.minutes:g} minutes, {asked.size} calls", visits, history, memory, wrong)
    recorder.save()
    report.write()
    for text, count in Counter(wrong).most_common(20):
        print(f"{count} x {text}")
    raise SystemExit(1 if wrong or any(visit.errors for visit in visits.all) else 0)


async def _endure(reference: str, viewers: int, seconds: float) -> tuple[Visits, History, list[list[tuple[float, float]]]]:
    """What the viewers saw, the builds there were, and memory (seconds, MiB) of the first server and of the second."""
    visits, history, memory, port = Visits(), History(), [[], []], free_port()
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        stop = ExitStack()
        stack.callback(stop.close)
        start = _starter(stop, port)
        await asyncio.to_thread(start)
        await history.note(DATA, reference, 0)
        began = time.time()
        until, restart = began + seconds, began + RESTART_AT * seconds
        tasks = [keep_clicking(address, number, visits, until) for number in range(viewers)]
        tasks += [keep_changing(DATA, reference, history, until), _watch(address, memory, began, restart, until)]
        everything = asyncio.gather(*tasks)
        await asyncio.wait([everything], timeout=max(0.0, restart - time.time()))
        await asyncio.to_thread(stop.close)
        await asyncio.to_thread(start)
        await everything
    return visits, history, memory


def _starter(stop: ExitStack, port: int):
    return lambda: stop.enter_context(running_board(DATA, WORK / "board.log", patience_s=PATIENCE_S, port=port))


async def _watch(address: str, memory: list[list[tuple[float, float]]], began: float, restart: float, until: float) -> None:
    while time.time() < until:
        try:
            mib = await asyncio.to_thread(memory_mib, server_of(address))
            memory[time.time() >= restart].append((time.time() - began, mib))
        except LookupError:
            pass
        await asyncio.sleep(SAMPLE_S)


def judge(visits: Visits, history: History) -> list[str]:
    """What was shown and fits no build in force at that time, in words; mixtures of builds are named as such.

    A page with choices of its own that no build was drawn with is not compared.
    """
    wrong = list(history.wrong)
    for visit in visits.all:
        if visit.errors or not is_known(visit, history):
            continue
        possible = _in_force(history.builds, visit)
        if any(build.pages[visit.look] == visit.shown for build in possible):
            continue
        wrong.append(f"{'restored ' if visit.restored else ''}page {visit.look.page or 'overview'} {_difference(visit, possible)}")
    return wrong


def is_known(visit: Visit, history: History) -> bool:
    """Whether the builds were drawn with the choices of this visit."""
    return all(visit.look in build.pages for build in history.builds)


def _difference(visit: Visit, possible: list[Build]) -> str:
    """How the page differs from all builds it may have shown."""
    pages = [build.pages[visit.look] for build in possible]
    unknown = {key for key, digest in visit.shown.items() if all(page.get(key) != digest for page in pages)}
    if unknown:
        return f"shows what no build has: {', '.join(sorted(unknown))}"
    lacking = set.intersection(*(set(page) for page in pages)) - set(visit.shown) if pages else set()
    if lacking:
        return f"lacks {', '.join(sorted(lacking))}"
    own = [sorted(key for key, digest in visit.shown.items() if page.get(key) != digest) for page in pages]
    return "mixes builds: " + "; ".join(f"{build.build_id} has otherwise {', '.join(keys)}" for build, keys in zip(possible, own, strict=True))


def _in_force(builds: list[Build], visit: Visit) -> list[Build]:
    """The builds that a run of that time may have shown."""
    ends = [build.since + OPENING_S for build in builds[1:]] + [float("inf")]
    return [build for build, end in zip(builds, ends, strict=True) if build.since <= visit.came and visit.asked <= end]


def _record(recorder: Recorder, what: str, visits: Visits, history: History, memory, wrong: list[str]) -> None:
    first = memory[0]
    third = len(first) // 3
    early, late = ([mib for _second, mib in part] for part in (first[third : 2 * third], first[2 * third :]))
    curve = ", ".join(f"{second / 60:.0f}': {mib:.0f}" for second, mib in first[:: max(1, len(first) // 8)])
    restored = [visit for visit in visits.all if visit.restored]
    found = {
        "endurance_answers": [1000 * (visit.came - visit.asked) for visit in visits.all],
        "endurance_errors": [float(sum(bool(visit.errors) for visit in visits.all))],
        "endurance_wrong": [float(len(wrong))],
        "endurance_unknown": [float(sum(not is_known(visit, history) for visit in visits.all))],
        "endurance_builds": [float(len(history.builds) - 1)],
        "endurance_compared": [float(history.compared)],
        "endurance_lost": [float(visits.lost - len(restored))],
        "endurance_back": visits.downtime,
        "endurance_memory": [max(mib for _second, mib in first)],
        "endurance_growth": [median(late) / median(early)] if early and late else [],
    }
    recorder.add_all(found, what, {"endurance_memory": f"by minute, MiB: {curve}"})
    texts = Counter(error for visit in visits.all for error in visit.errors)
    (WORK / "endurance.json").write_text(json.dumps({"errors": dict(texts), "wrong": dict(Counter(wrong)), "memory": memory}, ensure_ascii=False), "utf-8")
    print(f"errors: {dict(texts)}")


if __name__ == "__main__":
    main()
