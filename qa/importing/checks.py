"""What makes a row impossible, derived from the contract, each check one SQL expression with its reason."""

from dataclasses import dataclass

from qa.contract import TABLES, Column, Table, Type
from qa.importing.values import HUNDREDTHS
from qa.text import Text

UNREAD = {
    Type.TEXT: Text("不是允许的值：{allowed}", "not one of the allowed values: {allowed}"),
    Type.INTEGER: Text("不是整数", "not a whole number"),
    Type.NUMBER: Text("不是数字", "not a number"),
    Type.SECONDS: Text("不是时长", "not a duration"),
    Type.BOOLEAN: Text("不是“是”或“否”", "neither yes nor no"),
    Type.TIMESTAMP: Text("不是可识别的时间，或与整列的日期格式不符", "not a time, or not in the format of this column"),
    Type.DATE: Text("不是可识别的日期，或与整列的日期格式不符", "not a date, or not in the format of this column"),
}
PERCENT = Text(
    "不是百分数，或没有写 % 且不大于 1（0.95 分不清是 95% 还是 0.95%）；请写成 95% 的形式，或另用一份映射导入",
    "no percentage, or one without a sign and not above one: 0.95 may be 95 % or 0.95 %; write 95%, or import the file with another mapping",
)
LOST = Text("科学计数法，位数已丢失，请在来源中按文本格式重新导出", "scientific notation, digits are lost; export it as text from the source")
LOST_OPTIONAL = Text(LOST.zh + "；不需要这一列时，从映射中去掉它即可导入", LOST.en + "; without need of this column take it out of the mapping")
EMPTY = Text("必填项为空", "empty, but required")
CONFLICT = Text("合并为一行的各源行取值不同", "the source rows that make up this row differ here")
GROUP = Text("合并为同一行的其他源行有误", "another source row of the same row is wrong")
REPEATED = Text("同一文件中主键重复且内容不同", "the key appears more than once in the file, with different content")
UNKNOWN = {
    "centers": Text("未知的中心，请先导入中心表", "unknown center: import the centers first"),
    "agents": Text("未知的坐席，请先导入坐席表", "unknown agent: import the agents first"),
    "evaluations": Text(
        "找不到对应的质检评定（可能已被隔离）", "no such evaluation (it may be in the quarantine itself)"
    ),
}
ABOVE = Text("得分高于满分与加分项之和", "the score is above the full mark and the bonus items of its scorecard")


@dataclass(frozen=True)
class Check:
    """``sql`` is true for an impossible row; it may be null, which means nothing is known to be wrong."""

    column: str
    sql: str
    reason: Text


def broken_row(cells: int, columns: int) -> Text:
    """Why a row of a file cannot be read at all."""
    if cells == columns:
        return Text(
            "下一行只有一个单元格，可能是这一行文字的续行，文字须加引号",
            "the next line has one cell and may be the rest of a text of this row, which needs quotes",
        )
    return Text(
        f"这一行有 {cells} 个单元格，表头有 {columns} 列，无法确定哪个是哪个；请补上缺的单元格，或给含有分隔符、换行的文字加上引号",
        f"the row has {cells} {'cell' if cells == 1 else 'cells'}, the header {columns} columns, so nobody can tell which is which:"
        " add what is missing, or put texts with separators or line breaks in quotes",
    )


def unread(column: Column, unit: str | None = None) -> Text:
    """Why the text of a cell gave no value; ``unit``: in which it was to be read."""
    if unit in HUNDREDTHS:
        return PERCENT
    if column.type is Type.TEXT and not column.allowed:
        return LOST if column.required else LOST_OPTIONAL
    reason = UNREAD[column.type]
    allowed = ", ".join(column.allowed) or "-"
    return Text(reason.zh.format(allowed=allowed), reason.en.format(allowed=allowed))


def row_checks(table: Table, resolvable: set[str]) -> list[Check]:
    """The checks of a table. ``resolvable``: the columns whose references can be looked up in ``known_<table>``."""
    checks = [check for column in table.columns for check in _column_checks(column)]
    checks += [Check(rule.column, f"({rule.sql})", rule.reason) for rule in table.rules]
    checks += [_reference(column) for column in table.columns if column.name in resolvable]
    if table.name == "evaluations":
        checks.append(
            Check(
                "score",
                "score > full_mark + coalesce((select bonus from card_bonus where card_bonus.scorecard_id = rows_now.scorecard_id), 0)",
                ABOVE,
            )
        )
    return checks


def resolvable(table: Table, counts: dict[str, int]) -> set[str]:
    """The columns whose references are to be checked: not those into an optional table that has no rows at all."""
    found = set()
    for column in table.columns:
        target = column.references.split(".")[0]
        if target and (TABLES[target].required or counts.get(target, 0)):
            found.add(column.name)
    return found


def in_order(names: set[str]) -> list[str]:
    """Tables so that what is referred to comes before what refers to it."""
    first = ("centers", "agents", "scorecards")
    return [name for name in (*first, *(n for n in TABLES if n not in first)) if name in names]


def _column_checks(column: Column) -> list[Check]:
    checks = []
    if not column.may_be_null:
        checks.append(Check(column.name, f'"{column.name}" is null', EMPTY))
    if column.minimum is not None:
        least = f"{column.minimum:g}"
        checks.append(Check(column.name, f'"{column.name}" < {least}', Text(f"小于 {least}", f"below {least}")))
    return checks


def _reference(column: Column) -> Check:
    target = column.references.split(".")[0]
    return Check(
        column.name,
        f'"{column.name}" is not null and "{column.name}" not in (select id from known_{target})',
        UNKNOWN[target],
    )
