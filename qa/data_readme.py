"""``data/README.md``: the dictionary of the extracts, written from the contract (``python -m qa dictionary``)."""

from qa.contract import TABLES, Column, Table

_HEAD = """\
# The extracts 数据字典

Written from the contract by `python -m qa dictionary > data/README.md`; a test holds the two together. 由数据契约生成。

Parquet, one folder a table, possibly many files; large tables are partitioned by `month=YYYY-MM`. Times are naive local time of the center,
durations are seconds, rates are never stored. A missing optional column reads as null; an unknown one is kept out and reported.
`mappings/` holds how known sources become these tables.
每表一个文件夹，大表按月分区；时间为中心本地时间，时长以秒计，不存比率；缺少的可选列视为空，未知列不导入并列出。`mappings/` 为已知来源的映射。
"""


def data_readme() -> str:
    """The whole text."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    facts = ["required 必需" if table.required else "optional 可选", "key 主键: " + ", ".join(f"`{name}`" for name in table.key)]
    facts += [f"by month of 按月分区 `{table.time or 'its evaluation'}`"] if table.large else []
    notes = [f"{table.note.en}. {table.note.zh}。"] if table.note.en else []
    rows = ["| column | 含义 | meaning | type | required | values | note |", "| --- | --- | --- | --- | --- | --- | --- |", *map(_row, table.columns)]
    return "\n".join([f"## {table.name} {table.label.zh}\n", "; ".join(facts) + ".", *notes, "", *rows, ""])


def _row(column: Column) -> str:
    required = ("yes, may be empty" if column.nullable else "yes") if column.required else ""
    values = ", ".join(column.allowed) or (f"→ {column.references}" if column.references else "")
    note = f"{column.note.zh}; {column.note.en}" if column.note.en else ""
    default = f"default {column.default}" if column.default else ""
    cells = [f"`{column.name}`", column.label.zh, column.label.en, column.type.value, required, values, "; ".join(filter(None, [note, default]))]
    return "| " + " | ".join(cells) + " |"
