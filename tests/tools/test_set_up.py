"""What the set-up says where it cannot go on, and that it leaves alone what is done."""

import ast
import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.serving import ROOT
from tools import chromium, set_up

ASKED_FOR = ("requirements.in", "requirements-spark.in", "requirements-dev.in")
PINNED = [line for name in ASKED_FOR for line in (ROOT / name).read_text().splitlines() if line[:1].isalpha()]


@pytest.mark.parametrize("line", PINNED)
def test_every_package_asked_for_is_pinned_and_locked(line):
    locked = "".join((ROOT / f"{name}.txt").read_text() for name in ("requirements", "requirements-spark", "requirements-dev"))
    assert "==" in line
    without_extras = re.sub(r"\[.*]", "", line)
    assert f"\n{without_extras}\n" in locked


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(set_up, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match="需要 Python 3.11 或更高版本"):
        set_up.main([])


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    (tmp_path / "venv.py").write_text("import sys; sys.exit(1)")
    surroundings = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PATH": ""}
    program = f"from tools import set_up; from pathlib import Path; set_up.ENVIRONMENT = Path({str(tmp_path / 'made')!r}); set_up.make_environment()"
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "made").exists()


def test_what_is_installed_is_not_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", Path("/nowhere/python"))
    wanted = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    (tmp_path / "installed-requirements.txt").write_text(wanted)
    set_up.install("requirements.txt")
    with pytest.raises(FileNotFoundError, match="/nowhere/python"):
        set_up.install("requirements-dev.txt")


def test_what_the_board_imports_is_kept_compiled_even_where_programs_may_not_do_that(monkeypatch, tmp_path):
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(set_up, "IMPORTED", ("qa.keys", "qa.text"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    set_up.compile_imports()
    assert {path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")} >= {"keys", "text"}


def test_what_is_kept_compiled_is_what_the_frame_and_the_server_import():
    found = {node for name in ("dashboard.py", "serve.py") for node in ast.walk(ast.parse((ROOT / name).read_text())) if isinstance(node, ast.ImportFrom)}
    inside = {f"{node.module}.{name.name}" for node in found for name in node.names}
    named = {name for name in (*inside, *(node.module for node in found)) if (ROOT / name.replace(".", "/")).with_suffix(".py").exists()}
    assert {name for name in named if name.startswith(("qa.session", "qa.process"))} <= set(set_up.IMPORTED)
    assert all(find_spec(name).origin for name in set_up.IMPORTED)


def test_a_named_browser_is_taken_and_a_wrong_name_is_not_replaced(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.find() == Path(sys.executable)
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert chromium.find() is None
    with pytest.raises(SystemExit, match="CHROMIUM=/path/to/chromium"):
        chromium.main([])


def test_everything_the_product_imports_is_asked_for_by_name():
    files = [*(ROOT / "qa").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "dashboard.py"]
    distributions = packages_distributions()
    imported = {distribution for file in files for module in modules_of(file) for distribution in distributions.get(module, [])}
    lines = [line for name in ("requirements.in", "requirements-spark.in") for line in (ROOT / name).read_text().splitlines()]
    asked_for = {line.split("==")[0] for line in lines if line[:1].isalpha()}
    # Parts of streamlit and of pydantic-settings that come with them.
    assert {name.lower().replace("_", "-") for name in imported} <= asked_for | {"pydantic", "pydantic-settings", "starlette"}


def modules_of(file):
    """The top names of all modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
