"""Good rows and the extracts so far -> the new files of one table, staged. Only files whose rows change are written again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from qa.contract import Table
from qa.importing.old import Old

WRITERS = 2


@dataclass
class Staged:
    """What is to happen to files, as paths below the extracts' folder (staged -> target), and how many rows are what."""

    moves: dict[str, str] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    new: int = 0
    replaced: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Bench:
    """The table being merged and where: ``folder`` holds the extracts, ``staging`` the new files (below ``folder``)."""

    con: DuckDBPyConnection
    table: Table
    old: Old
    folder: Path
    staging: Path

    @property
    def partitioned(self) -> bool:
        return self.table.large

    def same_key(self, left: str, right: str) -> str:
        columns = (self.table.by_name[name] for name in self.table.key)
        return " and ".join(
            f'{left}."{c.name}" {"is not distinct from" if c.may_be_null else "="} {right}."{c.name}"' for c in columns
        )

    def target(self, month: str) -> str:
        """Where the rows of a month lie, below the extracts' folder; a small table has one file."""
        return (
            f"{self.table.name}/month={month}/data.parquet" if self.partitioned else f"{self.table.name}/data.parquet"
        )


def merge(con: DuckDBPyConnection, table: Table, old: Old, folder: Path, staging: Path) -> Staged:
    """The staged files of a table after its good rows took the place of old ones with their key. No file where nothing changes."""
    bench, staged = Bench(con, table, old, folder, staging), Staged()
    _classify(bench, staged)
    if staged.new + staged.replaced:
        _months(bench)
        touched = _touched_files(bench) if staged.replaced else []
        loose = [f for f in touched if _month_of(bench, f) is None]
        months = {m for (m,) in con.execute(f"select distinct month from months_{table.name}").fetchall()}
        months |= {m for f in touched if (m := _month_of(bench, f)) is not None}
        if loose:
            _rehome(bench, loose)
            months |= {m for (m,) in con.execute(f"select distinct month from loose_{table.name}").fetchall()}
        staged.removals += [str(Path(f).relative_to(folder).as_posix()) for f in loose]
        with ThreadPoolExecutor(WRITERS) as writers:
            for target, rows in writers.map(
                lambda month: _write(bench, month, bool(loose), bool(staged.replaced)), sorted(months)
            ):
                if rows:
                    staged.moves[(staging / target).relative_to(folder).as_posix()] = target
                else:
                    staged.removals.append(target)
    return staged


def _classify(bench: Bench, staged: Staged) -> None:
    """``change_<t>``: the good rows that say something new; ``met_<t>``: which good row meets its key in which old file, and whether all else is the same."""
    con, name = bench.con, bench.table.name
    (good,) = con.execute(f"select count(*) from good_{name}").fetchone()
    met = 0
    if bench.old.select:
        same = " and ".join(
            f'g."{c.name}" is not distinct from o."{c.name}"'
            for c in bench.table.columns
            if c.name not in bench.table.key
        )
        con.execute(
            f"create table met_{name} as select g._part, g._row, o._file, {same or 'true'} as same"
            f" from ({bench.old.select}) as o join good_{name} as g on {bench.same_key('o', 'g')}",
            {"files": bench.old.files},
        )
        (met,) = con.execute(f"select count(*) from met_{name}").fetchone()
    if not met:
        con.execute(f"create view change_{name} as select * from good_{name}")
        staged.new = good
        return
    con.execute(
        f"create table same_{name} as select _part, _row from met_{name} group by _part, _row having count(*) = 1 and bool_and(same)"
    )
    con.execute(
        f"create view change_{name} as select * from good_{name} as g anti join same_{name} as s on g._part = s._part and g._row = s._row"
    )
    (staged.unchanged,) = con.execute(f"select count(*) from same_{name}").fetchone()
    (staged.replaced,) = con.execute(
        f"select count(distinct (_part, _row)) from met_{name} as m anti join same_{name} as s on m._part = s._part and m._row = s._row"
    ).fetchone()
    staged.new = good - staged.unchanged - staged.replaced


def _months(bench: Bench) -> None:
    """``months_<t>``: the changed rows with the month whose file they belong in."""
    source = f"change_{bench.table.name}"
    bench.con.execute(
        f"create {'view' if bench.table.time else 'table'} months_{bench.table.name} as {_with_month(bench, source)}"
    )


def _with_month(bench: Bench, source: str) -> str:
    """Rows with their ``month``: of their own time, or of the row they are part of."""
    if not bench.partitioned:
        return f"select *, '' as month from {source}"
    if bench.table.time:
        return f"select *, strftime(\"{bench.table.time}\", '%Y-%m') as month from {source}"
    parent = next(c for c in bench.table.columns if c.references)
    known = f"known_{parent.references.split('.')[0]}"
    months = f"select id, max(month) as month from {known} group by id"
    return (
        f"select r.*, coalesce(k.month, '0001-01') as month from {source} as r"
        f' left join ({months}) as k on k.id = r."{parent.name}"'
    )


def _touched_files(bench: Bench) -> list[str]:
    """The old files with a row that is replaced."""
    name = bench.table.name
    rows = bench.con.execute(
        f"select distinct _file from met_{name} as m anti join same_{name} as s on m._part = s._part and m._row = s._row order by _file"
    ).fetchall()
    return [file for (file,) in rows]


def _month_of(bench: Bench, file: str) -> str | None:
    """The month a file of ours holds, '' for a small table's one file; None for a file somebody else put there."""
    path = Path(file).relative_to(bench.folder).as_posix()
    month = Path(path).parent.name.removeprefix("month=") if bench.partitioned else ""
    return month if path == bench.target(month) else None


def _rehome(bench: Bench, loose: list[str]) -> None:
    """``loose_<t>``: the rows of other people's files that are to be replaced in part, with the month they move to."""
    name = bench.table.name
    bench.con.execute(
        f"create table loose_old_{name} as select o.* exclude (_file) from ({bench.old.select}) as o where _file in (select unnest($loose))",
        {"files": bench.old.files, "loose": loose},
    )
    bench.con.execute(f"create table loose_{name} as {_with_month(bench, f'loose_old_{name}')}")


def _write(bench: Bench, month: str, loose: bool, replacing: bool) -> tuple[str, int]:
    """The target file of a month and how many rows its staged successor has; none is left where there are none."""
    name, target = bench.table.name, bench.target(month)
    columns = ", ".join(f'"{c.name}"' for c in bench.table.columns)
    kept = f" anti join change_{name} as c on {bench.same_key('o', 'c')}" if replacing else ""
    parameters: dict[str, object] = {"file": str(bench.staging / target)}
    sources = [f"select {columns} from months_{name} where {_in_month(bench, month, parameters)}"]
    if str(bench.folder / target) in bench.old.files:
        parameters["files"] = [str(bench.folder / target)]
        sources.append(f"select {columns} from (select o.* from ({bench.old.select}) as o{kept})")
    if loose:
        parameters["month"] = month
        sources.append(f"select {columns} from (select o.* from loose_{name} as o{kept}) where month = $month")
    order = ", ".join(
        f'"{c}"' for c in dict.fromkeys([*([bench.table.time] if bench.table.time else []), *bench.table.key])
    )
    (bench.staging / target).parent.mkdir(parents=True, exist_ok=True)
    ((rows,),) = (
        bench.con.cursor()
        .execute(
            f"copy ({' union all '.join(sources)} order by {order}) to $file (format parquet, compression zstd, compression_level 1)",
            parameters,
        )
        .fetchall()
    )
    if not rows:
        (bench.staging / target).unlink()
    return target, rows


def _in_month(bench: Bench, month: str, parameters: dict[str, object]) -> str:
    """SQL for the rows of a month; by a range of time where there is one, which lets DuckDB skip most rows."""
    if not bench.partitioned:
        return "true"
    if not bench.table.time:
        parameters["month"] = month
        return "month = $month"
    parameters["start"] = f"{month}-01"
    return f'"{bench.table.time}" >= cast($start as date) and "{bench.table.time}" < cast($start as date) + interval 1 month'
