"""Things a user should know about, though they stop nothing."""

from duckdb import DuckDBPyConnection

from qa.contract import Type
from qa.importing.merge import Staged
from qa.importing.old import Old
from qa.importing.shape import Part
from qa.importing.source import Source
from qa.importing.stand_ins import SUMS
from qa.importing.values import MOBILE, PHONE_IN_TEXT
from qa.text import Text

SHOWN_PAIRS = 5
PROSE = ("comment", "reason", "topic")


def other_sheets(source: Source) -> list[Text]:
    """A note when a workbook has further sheets, of which nothing was read."""
    if not source.passed_over:
        return []
    return [
        Text(
            f"只读取了工作表“{source.sheet}”；其余工作表没有读取：{'、'.join(source.passed_over)}。需要时请用 --sheet 或在导入页逐个选择",
            f"Only the sheet {source.sheet} was read, and nothing of the others: {', '.join(source.passed_over)};"
            " import each with --sheet, or choose it on the import page",
        )
    ]


def how_read(source: Source) -> list[Text]:
    """What was decided of the file before any column was looked at: which part of it was read, and as which signs."""
    return [*packed(source), *old_encoding(source), *other_sheets(source)]


def packed(source: Source) -> list[Text]:
    """A note when the file is an archive, with the name of what was read."""
    return [Text(f"读取了压缩文件中的“{source.member}”", f"{source.member} was read, which is in the archive")] if source.member else []


def old_encoding(source: Source) -> list[Text]:
    """A note when a file was read as Western European text, with a word by which a person sees whether that is right."""
    if not source.western:
        return []
    return [
        Text(
            f"文件不是 UTF-8，按西欧编码（Windows-1252）读取，例如“{source.western}”；若文字不对，请在来源中另存为 UTF-8 后重新导入",
            f"The file is no UTF-8 and is read as Western European text (Windows-1252), for example {source.western}; if that looks wrong, save it as"
            " UTF-8 and import again",
        )
    ]


def pointed_codes(source: Source) -> list[Text]:
    """A note when codes were numbers with decimals in the file: 12.0 for 12."""
    if not source.pointed:
        return []
    zh, en = "”“".join(source.pointed), ", ".join(source.pointed)
    return [Text(f"“{zh}”的编号在文件中写成 12.0 的形式，按 12 读取", f"the codes of {en} are written like 12.0 in the file and are read as 12")]


def private_numbers(con: DuckDBPyConnection, part: Part) -> list[Text]:
    """One note for each text column with values that look like telephone numbers; ``customer_id`` never has any, it is hashed."""
    notes = []
    for c in (c for c in part.columns if c.type is Type.TEXT and c.name != "customer_id" and not c.allowed):
        test = (
            "regexp_matches({0}, $pattern)"
            if c.name in PROSE
            else "length({0}) between 11 and 14 and regexp_full_match({0}, $pattern)"
        )
        pattern = PHONE_IN_TEXT if c.name in PROSE else MOBILE
        column = f'"{c.name}"'
        (found,) = con.execute(
            f"select count(*) from {part.name} where {test.format(column)}", {"pattern": pattern}
        ).fetchone()
        if found:
            notes.append(
                Text(
                    f"{part.table.label.zh}的“{c.label.zh}”有 {found} 行像是电话号码，请在来源中去掉或遮盖",
                    f"{part.table.label.en}: {found} values of {c.name} look like telephone numbers; remove or mask them at the source",
                )
            )
    return notes


def hollow_cells(con: DuckDBPyConnection, part: Part) -> list[Text]:
    """A note when cells were read as empty because all they say is that there is nothing to say."""
    if part.grouped or not part.texts:
        return []
    (rows,) = con.execute(f"select count(*) from {part.name} where _hollow").fetchone()
    if not rows:
        return []
    return [
        Text(
            f"{part.table.label.zh}：{rows} 行中写着“-”“N/A”之类的单元格按空值处理",
            f"{part.table.label.en}: cells that say - or N/A or the like were read as empty in {rows} rows",
        )
    ]


def padded_numbers(source: Source) -> list[Text]:
    """A note when numbers of a workbook were taken as it shows them: 0012, which it keeps as 12."""
    if not source.padded:
        return []
    zh, en = "”“".join(source.padded), ", ".join(source.padded)
    return [
        Text(
            f"“{zh}”在工作簿中带前导零显示（格式如 0000），按所显示的读取",
            f"{en} is shown with leading zeros in the workbook (by a format like 0000) and is read so",
        )
    ]


def kept_out(con: DuckDBPyConnection, part: Part) -> list[Text]:
    """How many rows of counts and of agents' days the mapping leaves out by their conditions: those of a later file nobody has looked at."""
    if part.table.name not in SUMS or not part.fill.where:
        return []
    (kept,) = con.execute(f"select count(*) from ({part.texts})", part.bindings.used_in(part.texts)).fetchone()
    if not (rows := part.source.rows - kept):
        return []
    columns = list(dict.fromkeys(condition.column for condition in part.fill.where))
    return [
        Text(
            f"{part.table.label.zh}：按映射中“{'”“'.join(columns)}”的条件，{rows} 行没有导入",
            f"{part.table.name}: {rows} {'row is' if rows == 1 else 'rows are'} left out, as the mapping says of {', '.join(columns)}",
        )
    ]


def lost_zeros(con: DuckDBPyConnection, old: Old) -> list[Text]:
    """A note when new agents' numbers differ from others by leading zeros alone, which spreadsheets take away: they count as different agents."""
    every = "select agent_id, true as new from good_agents" + (f" union all select agent_id, false from ({old.select})" if old.select else "")
    pairs = con.execute(
        f"""select string_agg(distinct agent_id, '、' order by agent_id), string_agg(distinct agent_id, ', ' order by agent_id)
        from ({every}) where regexp_full_match(agent_id, '[0-9]+') group by ltrim(agent_id, '0')
        having count(distinct agent_id) > 1 and bool_or(new) order by 1""",
        {"files": old.files} if old.select else None,
    ).fetchall()
    return [
        Text(
            f"工号 {zh} 只差前面的零，按不同坐席计；若是同一人，可能是表格软件去掉了零，请在来源中统一后重新导入",
            f"the agents {en} differ by leading zeros alone and count as different ones; if a spreadsheet took the zeros away, restore them and import again",
        )
        for zh, en in pairs[:SHOWN_PAIRS]
    ] + ([Text(f"另有 {len(pairs) - SHOWN_PAIRS} 组工号也是如此", f"and so do {len(pairs) - SHOWN_PAIRS} more")] if len(pairs) > SHOWN_PAIRS else [])


def replaced_days(parts: list[Part], staged: Staged) -> list[Text]:
    """A note when days that were there are replaced by days added up from the stretches of a file, which may be the rest of them."""
    stretches = any(part.grouped and any(take.agg == "sum" for take in part.fill.columns.values()) for part in parts)
    if parts[0].table.name != "call_counts" or not stretches or not staged.replaced:
        return []
    return [
        Text(
            f"话务汇总：已有的 {staged.replaced} 个日数由这个文件的时段合计替换，没有相加；若文件只含这些天的其余时段，请把一天的各时段放在一个文件里重新导入",
            f"call_counts: {staged.replaced} counts of days that were there are replaced by the stretches of this file and not added to them;"
            " if it holds only the rest of these days, import whole days from one file",
        )
    ]


def table_notes(old: Old, staged: Staged) -> list[Text]:
    """A note when files that were written again had columns the contract does not know."""
    if not old.extra or not staged.moves:
        return []
    names = ", ".join(old.extra)
    return [
        Text(
            f"原有文件中合同之外的列不再保留于重写的文件：{names}",
            f"columns outside the contract are not kept in rewritten files: {names}",
        )
    ]
