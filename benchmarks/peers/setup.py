"""The peers installed at fixed versions, each in a folder of its own, and Superset and Evidence filled with their page."""

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.evidence import build_site
from benchmarks.peers.home import HERE, HOME
from benchmarks.peers.peers import environment_of, superset
from benchmarks.peers.server import serving
from benchmarks.peers.superset_board import make_board

PRODUCTS = ("dash", "superset", "evidence")


def set_up(product: str) -> None:
    """The product, installed where it is absent or other versions are wanted; Superset with its two dashboards, Evidence with its site."""
    if product == "evidence":
        build_site()
        return
    wanted = HERE / f"{product}.txt"
    installed = HOME / product / wanted.name
    if not (installed.exists() and installed.read_text("utf-8") == wanted.read_text("utf-8")):
        print(f"installing {product}", flush=True)
        _install(HOME / product, wanted)
        shutil.copy(wanted, installed)
    if product == "superset" and not (HOME / "superset-home" / "ready").exists():
        _fill_superset()


def _install(environment: Path, wanted: Path) -> None:
    uv = str(Path(sys.executable).parent / "uv")
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(environment)], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", str(environment / "bin" / "python"), "-r", str(wanted)], check=True)


def _fill_superset() -> None:
    home = HOME / "superset-home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    peer = superset("raw rows")
    program = str(HOME / "superset" / "bin" / "superset")
    admin = ["--username=admin", "--firstname=A", "--lastname=B", "--email=a@example.org", "--password=admin"]
    for step in (["db", "upgrade"], ["fab", "create-admin", *admin], ["init"]):
        subprocess.run([program, *step], env=environment_of(peer), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with serving(peer):
        for rollup in (False, True):
            make_board(rollup)
    (home / "ready").touch()
