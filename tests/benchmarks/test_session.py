"""The viewer without a browser gets what a browser would."""

import asyncio

from benchmarks.endurance.views import Look, begin
from benchmarks.session import Run, Session


def test_a_link_opens_its_page_and_another_month_is_chosen_on_it(board):
    async def clicked() -> tuple[Run, Run]:
        viewer = await begin(board, Look("agents", "2026-09", "WH"))
        opened, chosen = viewer.run, await viewer.choose("period", "2026-08")
        assert "period=2026-08" in viewer.query and "center=WH" in viewer.query
        return opened, chosen

    opened, chosen = asyncio.run(clicked())
    assert not opened.errors and not chosen.errors
    assert [item["key"] for item in opened.all_items()] == [item["key"] for item in chosen.all_items()]
    assert opened.items("table") != chosen.items("table")


def test_a_center_is_chosen_where_several_may_be(board):
    async def chosen() -> tuple[list[dict], list[dict]]:
        viewer = await begin(board, Look("", "2026-09", ""))
        every = viewer.run.items("tile")
        run = await viewer.choose("center", "WH")
        assert "center=WH" in viewer.query
        return every, run.items("tile")

    every, one = asyncio.run(chosen())
    assert every != one == asyncio.run(begin(board, Look("", "2026-09", "WH"))).run.items("tile")


def test_a_click_in_the_menu_keeps_the_view(board):
    async def clicked() -> tuple[dict, dict]:
        viewer = await begin(board, Look("", "2026-09", ""))
        first = viewer.run.items("tile")
        await viewer.choose("period", "2026-08")
        await viewer.go("trend")
        await viewer.go("")
        return first, viewer.run.items("tile")

    first, last = asyncio.run(clicked())
    other = asyncio.run(begin(board, Look("", "2026-08", ""))).run.items("tile")
    assert last == other != first


def test_a_list_of_a_page_is_picked_from(board):
    async def picked() -> tuple[Run, Run]:
        viewer = await begin(board, Look("trend", "2026-09", ""))
        opened = viewer.run
        return opened, await viewer.pick("view.metric", opened.options["view.metric"][3])

    opened, picked_run = asyncio.run(picked())
    assert not picked_run.errors and opened.boards != picked_run.boards


def test_an_unknown_page_is_an_error(board):
    assert asyncio.run(Session.begin(board, "nonsense")).run.errors == ["page not found"]
