"""One contract column of a mapping -> SQL over the source's text columns."""

from dataclasses import dataclass

from qa.contract import Column, Type
from qa.importing import sql
from qa.importing.date_forms import Reading
from qa.importing.errors import Refused
from qa.importing.mapping import Condition, Mapping, Take, template_parts
from qa.importing.names import find
from qa.importing.pseudonym import bare_number, keyed_hash
from qa.importing.source import Source
from qa.importing.sql import Bindings, folded, folded_sql, one_of
from qa.importing.values import FREE_TEXT, is_mobile, is_no_code, looks_private, mapped, something, value, with_point
from qa.importing.words import NOBODY, NOT_APPLICABLE, NOTHING

# A time of day like 90101 (9:01:01), whose leading zero a spreadsheet took for nothing.
SHORT_TIME = r"^(\d{5})$"
# 0.38400463, as a spreadsheet keeps 9:12:58.
DAY_PART = r"0?\.\d+|0(\.0+)?"


@dataclass(frozen=True)
class Desk:
    """What the SQL of one mapping over one source needs at hand."""

    source: Source
    mapping: Mapping
    key: str
    bindings: Bindings

    def column(self, name: str) -> str:
        """The source column as SQL; Refused when the file does not have it, or has it twice."""
        try:
            found = find(name, self.source.columns)
        except ValueError as problem:
            places = ", ".join(str(i + 1) for i in problem.args[0])
            raise Refused(
                f"{self.source.path.name}：列名“{name}”出现多次（第 {places} 列），请改名后再导入",
                f"{self.source.path.name}: the column name {name!r} appears more than once (columns {places}); rename one",
            ) from problem
        if found is None:
            raise Refused(
                f"{self.source.path.name}：映射 {self.mapping.name} 需要列“{name}”，文件中没有",
                f"{self.source.path.name}: the mapping {self.mapping.name} needs the column {name!r}, which the file does not have",
            )
        return f"c{found}"

    def test(self, condition: Condition) -> str:
        """SQL: whether a row passes the condition."""
        text = trimmed(self.column(condition.column), self.source)
        tests = []
        if condition.filled is not None:
            said = one_of(f"lower({text})", (*NOTHING, *NOBODY), self.bindings)
            tests.append(f"coalesce({text} is not null and not {said}, false) = {str(condition.filled).lower()}")
        if condition.among is not None:
            tests.append(f"coalesce({one_of(text, condition.among, self.bindings)}, false)")
        if condition.not_among is not None:
            tests.append(f"not coalesce({one_of(text, condition.not_among, self.bindings)}, false)")
        if condition.matches is not None:
            tests.append(f"coalesce(regexp_matches({text}, {self.bindings.add(condition.matches)}), false)")
        return f"({' and '.join(tests) or 'true'})"


def trimmed(column: str, source: Source) -> str:
    """SQL: the cell without surrounding blanks; null when nothing is left."""
    return sql.trimmed(column, source.tidy)


def is_folded(source: Source, column: Column, take: Take) -> bool:
    """Whether full-width signs in the cells count as plain ones: in all but names and prose, unless the mapping asks for such signs."""
    coded = column.type is not Type.TEXT or bool(column.allowed) or column.name.endswith("_id")
    asked = "".join([*(take.values or ()), *take.formats, take.matches or ""])
    return coded and source.wide and take.constant is None and folded(asked) == asked


def text_of(desk: Desk, column: Column, take: Take) -> str:
    """SQL for the text a contract column is read from; null where the file says nothing."""
    text = _origin(desk, column, take)
    if is_folded(desk.source, column, take):
        text = folded_sql(text, desk.bindings)
    if take.decimal == "," and column.type in (Type.NUMBER, Type.INTEGER, Type.SECONDS):
        text = with_point(text, desk.bindings)
    if take.matches is not None:
        text = f"cast(coalesce(regexp_matches({text}, {desk.bindings.add(take.matches)}), false) as varchar)"
    if take.when:
        text = f"case when {desk.test(take.when)} then {text} end"
    if take.unless:
        text = f"case when not {desk.test(take.unless)} then {text} end"
    if take.values and take.otherwise == "empty":
        text = f"case when {one_of(f'lower({text})', [said.lower() for said in take.values], desk.bindings)} then {text} end"
    return text


def value_of(desk: Desk, column: Column, take: Take, text: str, reading: Reading | None) -> str:
    """SQL for the column's value from that text; null where it cannot be read."""
    plain = value(column, text, desk.bindings, take.unit, reading)
    if column.type is Type.TEXT and not column.allowed and take.may_be_hollow:
        plain = something(column, text, desk.bindings)
    if take.values:
        plain = mapped(column, text, take.values, take.otherwise, desk.bindings, plain)
    if take.hashed and column.name != "customer_id":
        return f"case when {plain} is not null then {keyed_hash(text, desk.key, desk.bindings)} end"
    if column.name == "customer_id":
        usual, words, number = (keyed_hash(said, desk.key, desk.bindings) for said in (text, f"lower({text})", bare_number(text)))
        written, private = is_no_code(text, desk.bindings), looks_private(text, desk.bindings)
        numbers = f"case when contains({text}, '@') then {words} else {number} end"
        others = f"case when {private} then {number} when {written} then {words} else {plain} end"
        rest = numbers if take.hashed else others
        # Most are plain mobile numbers, which need no clearing of signs.
        plain = f"case when {is_mobile(text, desk.bindings)} then {usual} when {plain} is null then null else {rest} end"
    return plain


def _origin(desk: Desk, column: Column, take: Take) -> str:
    if take.constant is not None:
        said = str(take.constant).lower() if isinstance(take.constant, bool) else str(take.constant)
        return desk.bindings.add(said)
    if take.template is not None:
        return _template(desk, take.template)
    if take.lookup is not None:
        return _lookup(desk, take)
    if take.marks is not None:
        return _sum_of_marks(desk, take.marks)
    cells = [desk.column(name) for name in take.sources]
    if column.type is Type.TEXT and column.name in FREE_TEXT and len(cells) == 1:
        return f"case when {trimmed(cells[0], desk.source)} is not null then {cells[0]} end"
    if len(cells) == 1:
        return trimmed(cells[0], desk.source)
    texts = [trimmed(cell, desk.source) for cell in cells]
    if len(cells) == 2:
        texts[0] = f"regexp_replace({texts[0]}, '[ T]00:00:00$', '')"
    if len(cells) == 2 and column.type is Type.TIMESTAMP:
        texts[1] = _clock(f"regexp_replace({texts[1]}, {desk.bindings.add(SHORT_TIME)}, '0\\1')", desk.bindings)
    return f"nullif(concat_ws({desk.bindings.add(take.join)}, {', '.join(texts)}), '')"


def _clock(text: str, bindings: Bindings) -> str:
    """SQL: a time of day, that of a part of a day as the clock shows it, to the second."""
    second = f"least(round(try_cast({text} as double) * 86400), 86399)"
    clock = f"strftime(timestamp '2000-01-01' + to_seconds({second}), '%H:%M:%S')"
    return f"case when regexp_full_match({text}, {bindings.add(DAY_PART)}) then {clock} else {text} end"


def _sum_of_marks(desk: Desk, marks: dict[str, int | float]) -> str:
    """SQL: the sum of the items' full marks, without those whose cell says that the item does not apply; an empty cell does not say so."""
    bindings = desk.bindings
    applying = [
        f"case when {one_of(f'lower({trimmed(desk.column(name), desk.source)})', NOT_APPLICABLE, bindings)} then 0 else {bindings.add(float(mark))} end"
        for name, mark in marks.items()
    ]
    return f"cast(cast({' + '.join(applying)} as decimal(14,4)) as varchar)"


def _template(desk: Desk, template: str) -> str:
    every = ", ".join(f"coalesce(c{i}, '')" for i in range(len(desk.source.columns)))
    content = f"left(sha256(concat_ws(chr(31), {every})), 20)"
    special = {
        "@row": "cast(_row as varchar)",
        "@hash": content,
        "@nth": f"cast(row_number() over (partition by {content} order by _row) as varchar)",
        "@file": desk.bindings.add(desk.source.path.stem),
    }
    pieces = []
    for i, part in enumerate(template_parts(template)):
        if i % 2 == 0:
            pieces.append(desk.bindings.add(part))
        elif part.startswith("@"):
            if part not in special:
                raise Refused(
                    f"映射 {desk.mapping.name}：模板中没有 {{{part}}}",
                    f"the mapping {desk.mapping.name}: templates know no {{{part}}}",
                )
            pieces.append(special[part])
        else:
            pieces.append(f"coalesce({trimmed(desk.column(part), desk.source)}, '')")
    return f"concat({', '.join(pieces)})"


def _lookup(desk: Desk, take: Take) -> str:
    table = desk.mapping.lookups.get(take.lookup)
    if table is None:
        raise Refused(
            f"映射 {desk.mapping.name} 没有查找表 {take.lookup}",
            f"the mapping {desk.mapping.name} has no lookup {take.lookup}",
        )
    asked = f"concat_ws('/', {', '.join(trimmed(desk.column(name), desk.source) for name in take.by)})"
    cases = " ".join(
        f"when {desk.bindings.add(said)} then {desk.bindings.add(str(meant))}" for said, meant in table.items()
    )
    return f"case {asked} {cases} end"
