"""Numbers that a workbook shows with leading zeros: 0012 by the format 0000, kept as 12."""

from datetime import datetime

import pytest
import xlsxwriter

HEAD = ["Call ID", "Start Time", "Agent ID", "Answered", "Talk Time"]


def workbook(desk, agents: list, form: str = "0000", above: int = 0):
    """A log with one call an agent; ``agents``: values, or pairs of a value and whether it has the format."""
    path = desk.folder / "calls.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet, zeros = book.add_worksheet(), book.add_format({"num_format": form})
        for i, row in enumerate([HEAD, *([i, datetime(2026, 10, 5, 9), None, "Y", 60] for i in range(len(agents)))]):
            for j, cell in enumerate(row):
                sheet.write(i + above, j, cell)
        for i, agent in enumerate(agents, start=1 + above):
            value, shown = agent if isinstance(agent, tuple) else (agent, True)
            sheet.write(i, 2, value, zeros if shown else None)
    return path


def agents(desk) -> list[str]:
    return [agent for (agent,) in desk.rows("calls", "agent_id", "call_id")]


@pytest.mark.parametrize(("form", "shown"), [("0000", "0012"), ("000000", "000012"), ("00;-00", "12"), ("0", "12"), ("0.00", "12"), ("#,##0", "12")])
def test_a_number_is_read_with_the_zeros_that_the_workbook_shows(desk, form, shown):
    summary = desk.load(workbook(desk, [12, 12], form), accept=True)
    assert agents(desk) == [shown, shown]
    told = [note for note in summary.files[0].notes if "leading zeros" in note.en and "“Agent ID”" in note.zh]
    assert bool(told) == form.startswith("00")


def test_each_cell_is_read_as_it_is_shown_itself(desk):
    desk.load(workbook(desk, [12, (13, False), 123456, "7", 14]), accept=True)
    assert agents(desk) == ["0012", "13", "123456", "7", "0014"]


def test_empty_rows_above_the_header_move_nothing(desk):
    desk.load(workbook(desk, [(11, False), 12], above=3), accept=True)
    assert agents(desk) == ["11", "0012"]


def test_many_rows_across_pieces_of_the_xml(desk):
    desk.load(workbook(desk, [*range(1, 9001)]), accept=True)
    assert desk.rows("calls", "count(*), count(distinct agent_id), min(length(agent_id)), max(length(agent_id))") == [(9000, 9000, 4, 4)]
