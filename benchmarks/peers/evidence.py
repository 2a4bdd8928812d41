"""Evidence installed from npm, its page built on the roll-up: it needs Node.js. Raw rows it cannot show, as all that a page asks is in the browser."""

import json
import os
import shutil
import subprocess
import urllib.error

import duckdb

from benchmarks.peers.home import HERE, HOME, ROLLUP
from tests.serving import DIRECT

SITE = HOME / "evidence"
# There where the site has the older engine.
OLD_ENGINE = SITE / "old-engine"
WANTED, FOR_OLD_ENGINE = HERE / "evidence_site", HERE / "evidence_old_engine.patch"
# Nothing younger is installed: what the packages need is pinned by their day.
DAY = "2026-11-30"
# DuckDB in the browser fetches its reader of Parquet there. Out of reach, the last version takes its place that has the reader built in
# (DuckDB 0.9.1); it does not know two settings that Evidence makes, which the patch leaves out.
READER = "https://extensions.duckdb.org/v1.4.3/wasm_eh/parquet.duckdb_extension.wasm"
WITH_READER = {"@duckdb/duckdb-wasm": "1.28.0"}


def build_site() -> None:
    """The site under ``SITE``/build, made anew where page, versions or data are others; SystemExit without Node.js."""
    made_from, mark = _made_from(), SITE / "made-from"
    if mark.exists() and mark.read_text("utf-8") == made_from:
        return
    if shutil.which("npm") is None:
        raise SystemExit("Evidence needs Node.js 18 or later (https://nodejs.org); without it: python -m benchmarks.peers --only dash,superset")
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(WANTED, SITE)
    print("installing evidence", flush=True)
    old = not _reader_in_reach()
    if old:
        package = json.loads((WANTED / "package.json").read_text("utf-8"))
        (SITE / "package.json").write_text(json.dumps(package | {"overrides": WITH_READER}), "utf-8")
    _run("npm", "install", "--silent", "--no-fund", "--no-audit", f"--before={DAY}")
    if old:
        _run("git", "apply", "--directory=node_modules/@evidence-dev/universal-sql", str(FOR_OLD_ENGINE))
        OLD_ENGINE.touch()
    with duckdb.connect(str(ROLLUP), read_only=True) as connection:
        connection.execute(f"copy agent_day to '{HOME / 'agent_day.parquet'}' (compression zstd)")
    _run("npx", "evidence", "sources", "--strict")
    _run("npx", "evidence", "build:strict")
    mark.write_text(made_from, "utf-8")


def _made_from() -> str:
    files = sorted(path for path in (*WANTED.rglob("*"), FOR_OLD_ENGINE) if path.is_file())
    return "".join(path.read_text("utf-8") for path in [*files, HOME / "made-from.sql"])


def _run(*command: str) -> None:
    # git must not take the folder for a part of this repository, or it would leave out every file.
    environment = {**os.environ, "SEND_ANONYMOUS_USAGE_STATS": "no", "GIT_CEILING_DIRECTORIES": str(HOME)}
    log = HOME / "evidence.log"
    with log.open("ab") as output:
        subprocess.run(command, cwd=SITE, env=environment, check=True, stdout=output, stderr=subprocess.STDOUT)


def _reader_in_reach() -> bool:
    try:
        with DIRECT.open(READER, timeout=20):
            return True
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
