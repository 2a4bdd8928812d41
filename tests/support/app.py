"""The board as Streamlit's own tests run it: in this process, without a browser."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

# A new AppTest reads what every installed package says of itself, half of what a test of a page takes. Nothing is
# installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def frame() -> AppTest:
    """The frame of a board that nobody has opened yet."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
