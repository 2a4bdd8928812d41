"""Which mapping a file is read by: the one named, the one that fits, or a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from qa.contract import TABLES
from qa.importing.errors import NeedsUser, Refused, column_list
from qa.importing.mapping import Mapping, fitting, has, named, place
from qa.importing.names import squeeze
from qa.importing.notes import how_read
from qa.importing.propose import Proposal, of_many, propose_for
from qa.importing.source import Source
from qa.importing.suited import suited, unread_by
from qa.importing.toml_text import as_toml
from qa.text import Text

ALL_ANSWERED = Text(
    "若文件中每一通都已接通，写 answered = { constant = true }",
    "where every call of the file was answered, write answered = { constant = true }",
)


@dataclass(frozen=True)
class Chosen:
    """The mapping, the columns of the file it leaves out, and what to tell the user."""

    mapping: Mapping
    ignored: list[str]
    notes: list[Text] = field(default_factory=list)


class Proposed(NeedsUser):
    """No mapping fits but the proposal at ``path``, which a person has to look at."""

    def __init__(self, source: Source, mapping: Mapping, notes: list[Text], path: Path):
        super().__init__(
            f"{source.path.name}：没有现成的映射，已按列名拟定一份，请核对后将 reviewed 改为 true：{path}",
            f"{source.path.name}: no mapping fits yet; one was proposed from the column names: check it and set reviewed = true: {path}",
            path,
        )
        self.mapping, self.notes = mapping, notes


def choose_mapping(
    con: DuckDBPyConnection, source: Source, into: Path, wanted: Mapping | str | None, accept: bool
) -> Chosen:
    """The mapping for a source. Proposed, with the proposal written down, where none fits and nobody accepted beforehand."""
    if isinstance(wanted, Mapping):
        return _chosen(source, wanted)
    if wanted is not None:
        mapping = named(wanted, into)
        _complete(source, mapping, place(wanted, into))
        return _chosen(source, mapping)
    fit = fitting(source.columns, into)
    if (found := suited(con, source, into, fit)) is not None:
        return _reviewed(source, into, found, accept)
    proposal = propose_for(con, source)
    if fit:
        proposal.notes.insert(0, unread_by(fit[0]))
    path = free_path(into / "mappings", source.path.stem)
    if not proposal.mapping.table:
        raise _unrecognised(source, proposal)
    mapping = proposal.mapping.model_copy(update={"name": path.stem, "reviewed": False})
    accept = accept and not any(fill.lacking for fill in mapping.table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_toml(mapping.model_copy(update={"reviewed": accept}), proposal.notes), encoding="utf-8")
    _complete(source, mapping, path, [*proposal.unusable, *how_read(source)])
    if not accept:
        raise Proposed(source, mapping, [*how_read(source), *proposal.notes], path)
    return _chosen(source, mapping, proposal.notes)


def _unrecognised(source: Source, proposal: Proposal) -> Refused:
    """A file whose columns make up no table, not even nearly; what some of them were taken for says how far it got."""
    there, likest = column_list(source.columns), proposal.likest
    zh = f"{source.path.name}：没有认出可导入的内容（现有列：{there.zh}）"
    en = f"{source.path.name}: nothing was recognised that can be imported (there are: {there.en})"
    if likest:
        zh += f"。认得的列只有 {'、'.join(likest)}，不足以组成一张表"
        en += f". Of these only {', '.join(likest)} {'is' if len(likest) == 1 else 'are'} known, too little to make up a table"
    if any(of_many(column) for column in source.columns):
        zh += "；平均值、比率和合计不能导入，需要逐条记录，或按天、按月的次数与时长合计"
        en += "; means, rates and totals cannot be taken: single records are needed, or counts and sums by the day or the month"
    more = _added([*how_read(source), *proposal.unusable])
    return Refused(
        f"{zh}。如有其他对应关系，请编写映射后用 --mapping 指定{more.zh}",
        f"{en}. If they mean something else, write a mapping and name it with --mapping{more.en}",
    )


def _added(notes: Sequence[Text]) -> Text:
    """The notes as further sentences of a message."""
    return Text("".join(f"。{note.zh}" for note in notes), "".join(f". {note.en}" for note in notes))


def _complete(source: Source, mapping: Mapping, path: Path | None, notes: Sequence[Text] = ()) -> None:
    """NeedsUser, naming the columns, where a mapping leaves out what no row can do without; the notes may say why."""
    for fill in mapping.table:
        if lacking := fill.lacking:
            zh = "、".join(f"“{column.label.zh}”（{column.name}）" for column in lacking)
            en = ", ".join(f"{column.name} ({column.label.en})" for column in lacking)
            table, there = TABLES[fill.fills].label, column_list(source.columns)
            more = _added([*notes, *(ALL_ANSWERED for column in lacking if (fill.fills, column.name) == ("calls", "answered"))])
            if mapping.reviewed:
                raise NeedsUser(
                    f"{source.path.name}：映射 {path} 填写“{table.zh}”时缺少 {zh}，请补上后重新导入{more.zh}",
                    f"{source.path.name}: the mapping {path} fills {table.en} without {en}; add it, import again{more.en}",
                    path,
                )
            raise NeedsUser(
                f"{source.path.name}：看起来是“{table.zh}”，但没有认出 {zh} 是哪一列（现有列：{there.zh}）。"
                f"其余各列已写入 {path}，请补上所缺的列，将 reviewed 改为 true 后重新导入{more.zh}",
                f"{source.path.name} looks like {table.en}, but no column was recognised as {en} (there are: {there.en}); "
                f"the others are written down in {path}: add what is missing, set reviewed = true, import again{more.en}",
            )


def _reviewed(source: Source, into: Path, found: Mapping, accept: bool) -> Chosen:
    """The mapping that fits; a proposal that was accepted now is marked as reviewed, any other stops the run."""
    path = into / "mappings" / f"{found.name}.toml"
    _complete(source, found, path)
    if not found.reviewed and not accept:
        raise Proposed(source, found, [], path)
    if not found.reviewed:
        path.write_text(
            path.read_text(encoding="utf-8").replace("reviewed = false", "reviewed = true", 1), encoding="utf-8"
        )
    return _chosen(source, found)


def free_path(folder: Path, stem: str) -> Path:
    """Where a proposal can be written without overwriting what a user may have edited."""
    path, number = folder / f"{stem}.toml", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.toml", number + 1
    return path


def _chosen(source: Source, mapping: Mapping, notes: list[Text] | None = None) -> Chosen:
    used = {squeeze(name) for name in mapping.mentions()}
    return Chosen(
        mapping,
        [name for name in source.columns if squeeze(name) not in used and has(source.columns, name)],
        notes or [],
    )
