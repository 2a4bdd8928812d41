"""The fixture of the import tests."""

from pathlib import Path

import pytest

from tests.importing.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "files").mkdir()
    return Desk(tmp_path / "files", tmp_path / "extracts")
