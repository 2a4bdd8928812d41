"""The databases of the peers, made from our extracts."""

from pathlib import Path

import duckdb

from benchmarks.peers.home import HERE, HOME, RAW, ROLLUP


def make_tables(extracts: Path, home: Path = HOME) -> None:
    """Both databases, anew where the extracts are others than before."""
    tables = (HERE / "tables.sql").read_text("utf-8").format(extracts=extracts.resolve())
    rollup = (HERE / "agent_day.sql").read_text("utf-8")
    mark = home / "made-from.sql"
    if mark.exists() and mark.read_text("utf-8") == tables + rollup:
        return
    home.mkdir(parents=True, exist_ok=True)
    for path in (mark, home / RAW.name, home / ROLLUP.name):
        path.unlink(missing_ok=True)
    with duckdb.connect(str(home / RAW.name)) as connection:
        connection.execute(tables)
        connection.execute(rollup)
        connection.execute(f"attach '{home / ROLLUP.name}' as rollup")
        connection.execute("create table rollup.agent_day as from agent_day")
        connection.execute("drop table agent_day")
    mark.write_text(tables + rollup, "utf-8")


def expected(center: str, home: Path = HOME) -> tuple[list[str], list[str]]:
    """What a peer shows for a center ("" for all): its eight figures, and the calls of the fifth to seventh agent."""
    where = "where agent_id is not null" + (f" and center_id = '{center}'" if center else "")
    with duckdb.connect(str(home / ROLLUP.name), read_only=True) as connection:
        shares = connection.execute(
            f"""select sum(answered) / sum(calls), sum(in_time) / sum(calls), sum(satisfied) / sum(surveys), sum(resolved) / sum(surveys),
            sum(fatal_ok) / sum(evaluations), 1 - sum(nonfatal_errors) / sum(opportunities) from agent_day {where}"""
        ).fetchone()
        means = connection.execute(f"select sum(handle_s) / sum(answered), sum(score) / sum(evaluations) from agent_day {where}").fetchone()
        calls = connection.execute(
            f"select sum(calls) from agent_day {where} group by agent_id having sum(calls) is not null order by agent_id limit 3 offset 4"
        ).fetchall()
    return [f"{share:.1%}" for share in shares] + [f"{mean:.1f}" for mean in means], [f"{number:,}" for (number,) in calls]
