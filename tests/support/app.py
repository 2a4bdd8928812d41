"""The board as Streamlit's own tests run it: in this process, without a browser."""

import json
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from qa.session.state import key

ROOT = Path(__file__).resolve().parents[2]

# A new AppTest reads what every installed package says of itself, half of what a test of a page takes. Nothing is
# installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def frame() -> AppTest:
    """The frame of a board that nobody has opened yet."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)


def choose(board: AppTest, **chosen: str | list[str]) -> None:
    """Choose in the filter bar: what a run begins with when the browser has told of it."""
    for name, value in chosen.items():
        board.session_state[key(name)] = value
    board.run()


def offered(board: AppTest, name: str) -> list[str]:
    """The words of what a list of the filter bar offers."""
    (told,) = [element.proto.json for element in board.get("bidi_component") if element.proto.component_name == "qa_filters"]
    groups = [group for control in json.loads(told)[0]["controls"] for group in control["groups"] if group["name"] == name]
    return [words for _code, words in groups[0]["options"]]
