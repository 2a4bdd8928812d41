"""Make .venv with everything the board needs; with --dev, with everything its tests need too.

Run by any Python from 3.11 on, with nothing installed: `python3 tools/set_up.py`. Installs only what changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = ENVIRONMENT / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
UV_PINNED = "uv==0.13.9"
OLDEST = (3, 11)
# What a server has imported by the time its first page is drawn.
IMPORTED = (
    "streamlit.web.bootstrap", "streamlit.web.server", "qa.process", "qa.session.warm", "qa.session.ahead", "qa.session.appearance", "qa.session.data",
    "qa.session.filter_bar", "qa.session.header", "qa.session.menu", "qa.session.state", "qa.session.drill", "qa.session.explanations.visited",
    "qa.session.guard", "qa.session.record_link",
)  # fmt: skip

TOO_OLD = """\
Python 3.11 or newer is needed; this is {version}. Name another one: make run PYTHON=python3.12
需要 Python 3.11 或更高版本；当前为 {version}。可指定其他版本：make run PYTHON=python3.12"""
NO_VENV = """\
This Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv
此 Python 无法创建虚拟环境。Debian、Ubuntu 请执行：apt-get install python3-venv"""
NOT_INSTALLED = """\
The packages of {file} could not be installed; the lines above say why. Behind a mirror: pip config set global.index-url ADDRESS
{file} 中的软件包未能安装，原因见上文。使用镜像源时：pip config set global.index-url 镜像地址"""


def main(arguments: list[str]) -> None:
    """Make the environment and bring it up to date, or stop with one sentence on what to do."""
    if sys.version_info < OLDEST:
        sys.exit(TOO_OLD.format(version=sys.version.split()[0]))
    if not _works(PYTHON):
        make_environment()
    if install("requirements.txt"):
        compile_imports()
    if "--dev" in arguments:
        install("requirements-dev.txt")


def make_environment() -> None:
    """Make .venv with this Python; through uv where this Python came without the parts for it."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], capture_output=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    uv = shutil.which("uv")
    if not uv or subprocess.run([uv, "venv", "--seed", "--python", sys.executable, str(ENVIRONMENT)], check=False).returncode:
        sys.exit(NO_VENV)


def install(file: str) -> bool:
    """Install what ``file`` lists, unless exactly that is installed already: by uv for speed, by pip where uv cannot.

    Whether there was anything to install.
    """
    wanted = hashlib.sha256((ROOT / file).read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"installed-{file}"
    if stamp.exists() and stamp.read_text() == wanted:
        stamp.touch()
        return False
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if not UV.exists():
        subprocess.run([*pip, UV_PINNED], check=False)
    uv = [str(UV), "pip", "install", "--quiet", "--python", str(PYTHON)]
    installers = [uv, pip] if UV.exists() else [pip]
    print(f"{file} ...", flush=True)
    if not any(_succeeds([*installer, "-r", str(ROOT / file)]) for installer in installers):
        sys.exit(NOT_INSTALLED.format(file=file))
    stamp.write_text(wanted)
    return True


def compile_imports() -> None:
    """Let Python keep, compiled, what the board imports.

    Containers often forbid programs to do that (PYTHONDONTWRITEBYTECODE): each start of the board would take twice as long.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(PYTHON), "-c", f"import {', '.join(IMPORTED)}"], cwd=ROOT, env=surroundings, capture_output=True, check=False)


def _succeeds(command: list[str]) -> bool:
    """Run an installer; pip's package mirror is made known to uv, which does not read pip's settings."""
    asked = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    configured = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    mirror = os.environ.get("PIP_INDEX_URL") or configured
    surroundings = {**({"UV_DEFAULT_INDEX": mirror} if mirror else {}), **os.environ}
    return subprocess.run(command, check=False, env=surroundings).returncode == 0


def _works(python: Path) -> bool:
    """Is there a Python, new enough, that starts?"""
    if not python.exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", question], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
