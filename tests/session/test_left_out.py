"""Pandas takes half a second to load and 60 MB, Plotly's Python package a seventh and 16: a server that is only read from does without."""

import asyncio
from pathlib import Path

from benchmarks.session import Session
from tests.serving import running_board

LEFT_OUT = ("pandas", "plotly")
# Its table is written in: Streamlit's editor of tables is made of pandas.
WRITTEN_IN = "targets"
# Streamlit passes over some of what fails for want of pandas; who asks for it leaves a trace here.
STAND_IN = """
import traceback
from pathlib import Path
Path(__file__).with_suffix(".asked").write_text("".join(traceback.format_stack()[-12:]))
raise ImportError("a library that pages do without")
"""


def test_every_page_that_is_read_opens_without_them(sample: Path, tmp_path: Path):
    for library in LEFT_OUT:
        (tmp_path / f"{library}.py").write_text(STAND_IN)
    with running_board(sample, tmp_path / "board.log", PYTHONPATH=str(tmp_path)) as address:
        pages, errors = asyncio.run(_opened_all(address))
    assert len(pages) > 20
    assert not errors
    assert {asked.name: asked.read_text() for asked in tmp_path.glob("*.asked")} == {}


async def _opened_all(address: str) -> tuple[list[str], dict[str, list[str]]]:
    """The pages opened one after the other, and what went wrong on each."""
    viewer = await Session.begin(address)
    pages = [path for path in viewer.pages if path != WRITTEN_IN]
    errors = {"": viewer.run.errors} | {path: (await viewer.go(path)).errors for path in pages}
    await viewer.end()
    return pages, {path: found for path, found in errors.items() if found}
