"""The board as a server: ``python serve.py``, with the options of ``streamlit run``. The frame itself is ``dashboard.py``."""

import sys

if __name__ == "__main__":
    # For a chart element that the board has none of, Streamlit loads Plotly's Python package where it finds it: 16 MiB and a tenth of a second.
    sys.modules["plotly"] = None
    from streamlit.web.cli import main

    main(["run", __file__, *sys.argv[1:]], prog_name="streamlit")

from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from qa.document import Document
from qa.kept_file import KeptFile
from qa.process import share_arenas

share_arenas()
# Streamlit takes a folder called pages for its older kind of multipage app until the frame has run once. A link to a
# page, as the very first request, would then be answered with "page not found".
PagesManager.uses_pages_directory = False


@asynccontextmanager
async def lifespan(_app):
    """Load the libraries and open the build while the first browser is still loading its scripts."""
    from qa.session.warm import warm

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.to_thread.run_sync, warm)
        yield {}


ROOT = Path(__file__).parent
(PLOTLY,) = (ROOT / "static").glob("plotly-*.js")
app = st.App(ROOT / "dashboard.py", lifespan=lifespan, middleware=[Middleware(Document, script=f"app/static/{PLOTLY.name}"), Middleware(KeptFile, file=PLOTLY)])
