"""A mapping: which columns of people's files fill which columns of the contract. Written as TOML, checked when it is read."""

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from qa.contract import TABLES, Column
from qa.importing.date_forms import in_words
from qa.importing.errors import Refused
from qa.importing.names import find
from qa.wrong_values import Wrong, explained

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "mappings"
Scalar = bool | int | float | str
Unit = Literal["ms", "s", "min", "h", "day", "clock", "percent", "points"]
Aggregate = Literal["only", "sum", "min", "max", "first", "last", "count"]


class Strict(BaseModel):
    """A part of a mapping: a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Condition(Strict):
    """A test of one source column. Text is compared without surrounding blanks."""

    column: str
    filled: bool | None = None
    among: list[str] | None = None
    not_among: list[str] | None = None
    matches: str | None = None


class Take(Strict):
    """Where one contract column comes from, and how its text is read.

    ``source``: one column, or several joined by ``join`` (a date and a time). ``constant``: the same for all rows.
    ``template``: text with ``{column}`` in it; ``{@row}``, ``{@hash}``, ``{@nth}`` and ``{@file}`` are the row number, a hash of the row's content,
    the how-manieth row with that content, and the file's name. ``values``: what the file says -> what the contract says; ``otherwise`` tells what
    happens to other text. ``unit``: ``percent`` reads 95% as 0.95, ``points`` as 95.
    ``decimal``: the sign before the decimals; with ``,`` 1.234,5 is 1234.5.
    ``format``: the one or more date formats allowed (strptime); a zone before one ("Asia/Shanghai %Y-%m-%dT%H:%M:%S")
    turns universal times into its clock. Or, instead of formats, what the column does not show: "day first", "month first",
    "year first", a zone, "as written" (the clocks of several zones), or a clock and an order
    ("Asia/Shanghai day first"). ``lookup``: a table of this mapping, asked by ``by``.
    ``marks``: columns of items with their full marks, whose sum it is, without those of items that a row says do not apply.
    ``matches``: true where the text matches. ``hashed``: replaced by a keyed pseudonym. ``when``, ``unless``: empty where the test fails or holds.
    ``agg``: how the rows of a group become one value.
    """

    source: str | list[str] | None = Field(None, alias="from")
    join: str = " "
    constant: Scalar | None = None
    template: str | None = None
    marks: dict[str, int | float] | None = None
    values: dict[str, Scalar] | None = None
    otherwise: Literal["refuse", "keep", "empty"] = "refuse"
    format: str | list[str] | None = None
    unit: Unit | None = None
    decimal: Literal[".", ","] = "."
    lookup: str | None = None
    by: list[str] = []
    matches: str | None = None
    hashed: bool = False
    default: Scalar | None = None
    when: Condition | None = None
    unless: Condition | None = None
    agg: Aggregate = "only"

    @model_validator(mode="after")
    def one_origin(self) -> "Take":
        origins = [self.source, self.constant, self.template, self.lookup, self.marks]
        if sum(origin is not None for origin in origins) != 1:
            raise Wrong("from、constant、template、lookup、marks 须且只能写其中一个", "give exactly one of: from, constant, template, lookup, marks")
        if self.lookup and not self.by:
            raise Wrong("lookup 须同时写 by", "a lookup needs 'by'")
        return self

    @model_validator(mode="after")
    def words_alone(self) -> "Take":
        """Words that say how dates are to be read stand in place of formats, not beside them."""
        if len(self.formats) > 1 and (words := [form for form in self.formats if in_words(form)]):
            raise Wrong(f"format 的 {words[0]!r} 须单独写，不能与其他格式并列", f"{words[0]!r} stands alone as a format, not in a list")
        return self

    @property
    def sources(self) -> list[str]:
        return [self.source] if isinstance(self.source, str) else list(self.source or [])

    @property
    def may_be_hollow(self) -> bool:
        """Whether a cell of the file that only says that there is nothing to say counts as empty, unless ``values`` give it a meaning."""
        return bool(self.sources) and self.matches is None

    @property
    def formats(self) -> list[str]:
        return [self.format] if isinstance(self.format, str) else list(self.format or [])


class Fill(Strict):
    """One contract table filled from the file, or by ``rows`` the mapping gives itself.

    ``group_by``: source columns; the rows that agree in them become one row. ``order_by``: what first and last go by.
    ``unless_known``: a contract column; a row whose value the extracts already have there is left alone.
    """

    fills: str
    where: list[Condition] = []
    columns: dict[str, Take] = {}
    group_by: list[str] = []
    order_by: Take | None = None
    rows: list[dict[str, Any]] = []
    unless_known: str = ""

    @field_validator("columns", mode="before")
    @classmethod
    def plain_names(cls, columns: dict[str, Any]) -> dict[str, Any]:
        """``talk_s = "Talk"`` is short for ``talk_s = {from = "Talk"}``."""
        return {name: {"from": take} if isinstance(take, str) else take for name, take in columns.items()}

    @model_validator(mode="after")
    def contract_names(self) -> "Fill":
        if self.fills not in TABLES:
            raise Wrong(f"数据约定中没有表 {self.fills!r}", f"the contract has no table {self.fills!r}")
        known = TABLES[self.fills].by_name
        named = {
            *self.columns,
            *(name for row in self.rows for name in row),
            *([self.unless_known] if self.unless_known else []),
        }
        if unknown := sorted(named - set(known)):
            raise Wrong(f"{self.fills} 没有列 {', '.join(unknown)}", f"{self.fills} has no column {', '.join(unknown)}")
        if bool(self.columns) == bool(self.rows):
            raise Wrong("columns 与 rows 须且只能写其中一个", "give either columns or rows")
        return self


    @property
    def lacking(self) -> list[Column]:
        """The columns without which no row of the file can be a row of the table, and which come from nowhere yet; of answers also when they were given,

        without which they would count as none.
        """
        needed = [c for c in TABLES[self.fills].columns if not c.may_be_null and not c.default]
        if self.fills == "surveys" and {"score", "satisfied"} & self.columns.keys():
            needed.append(TABLES["surveys"].by_name["answered_at"])
        return [] if self.rows else [column for column in needed if column.name not in self.columns]


class Mapping(Strict):
    """What one kind of file fills. ``fits``: the columns a file must have for this mapping to be chosen for it.

    ``reviewed``: false in a proposal nobody has looked at yet; such a mapping is not used without being asked for.
    """

    name: str = ""
    zh: str = ""
    en: str = ""
    reviewed: bool = True
    fits: list[str] = []
    sheet: str | None = None
    fill_down: list[str] = []
    lookups: dict[str, dict[str, Scalar]] = {}
    table: list[Fill]

    def tables(self) -> list[str]:
        """The contract tables it fills, in the contract's order."""
        filled = {fill.fills for fill in self.table}
        return [name for name in TABLES if name in filled]

    def mentions(self) -> set[str]:
        """Every source column it reads."""
        named = set(self.fill_down)
        for fill in self.table:
            named |= {c.column for c in fill.where} | set(fill.group_by)
            for take in [*fill.columns.values(), *([fill.order_by] if fill.order_by else [])]:
                named |= mentioned_by(take)
        return named


def mentioned_by(take: Take) -> set[str]:
    """The source columns one contract column needs."""
    named = {*take.sources, *take.by, *(take.marks or ()), *(c.column for c in (take.when, take.unless) if c)}
    return named | {part for part in template_parts(take.template or "")[1::2] if not part.startswith("@")}


def template_parts(template: str) -> list[str]:
    """Text and names in turn: ``a-{b}`` gives ``["a-", "b", ""]``."""
    parts = []
    for piece in template.split("{"):
        parts.extend(piece.split("}", 1))
    return parts


def load(path: Path) -> Mapping:
    """The mapping in a TOML file, named after the file; Refused, saying where, when it is not right."""
    return parsed(path.read_text(encoding="utf-8"), path.stem, str(path))


def parsed(text: str, name: str, place: str) -> Mapping:
    """The mapping that TOML text gives; Refused, naming the ``place`` it is from, when it is not right."""
    try:
        return Mapping.model_validate({**tomllib.loads(text), "name": name})
    except tomllib.TOMLDecodeError as problem:
        raise Refused(
            f"映射 {place} 不是合法的 TOML：{problem}", f"the mapping {place} is not valid TOML: {problem}"
        ) from problem
    except ValidationError as problem:
        said = [(".".join(str(step) for step in error["loc"]), explained(error)) for error in problem.errors()]
        zh, en = "；".join(f"{field}：{text.zh}" for field, text in said), "; ".join(f"{field}: {text.en}" for field, text in said)
        raise Refused(f"映射 {place} 有误：{zh}", f"the mapping {place} is not right: {en}") from problem


def folders(into: Path) -> list[Path]:
    """Where mappings are looked for: the user's own first, then the shipped ones."""
    return [into / "mappings", SHIPPED]


def place(name: str, into: Path) -> Path | None:
    """The file of the mapping of that name, or that file; None where there is none."""
    if name.endswith(".toml") and Path(name).is_file():
        return Path(name)
    return next((path for folder in folders(into) if (path := folder / f"{name}.toml").is_file()), None)


def named(name: str, into: Path) -> Mapping:
    """The mapping of that name, or in that file; Refused, listing the names there are, when there is none."""
    if path := place(name, into):
        return load(path)
    there = ", ".join(sorted({path.stem for folder in folders(into) for path in folder.glob("*.toml")}))
    raise Refused(f"没有名为“{name}”的映射，现有：{there}", f"no mapping {name!r}; there are: {there}")


def fitting(columns: list[str], into: Path) -> list[Mapping]:
    """The mappings whose ``fits`` are all among the columns: those that ask for most of them first, the user's own before the shipped."""
    found = [load(path) for folder in folders(into) for path in sorted(folder.glob("*.toml"))]
    fit = [mapping for mapping in found if mapping.fits and all(has(columns, name) for name in mapping.fits)]
    return sorted(fit, key=lambda mapping: -len(mapping.fits))


def is_own(mapping: Mapping, into: Path) -> bool:
    """Whether it is one of the user's own, and none that is shipped."""
    return (into / "mappings" / f"{mapping.name}.toml").is_file()


def has(columns: list[str], name: str) -> bool:
    """Whether the file has that column, once or more."""
    try:
        return find(name, columns) is not None
    except ValueError:
        return True
