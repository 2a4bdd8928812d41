"""Documentation that is made from the code says what the code says."""

from pathlib import Path

from qa.data_readme import data_readme

ROOT = Path(__file__).resolve().parents[1]


def test_the_dictionary_in_data_is_the_contract():
    written = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert written == data_readme(), "python -m qa dictionary > data/README.md"
