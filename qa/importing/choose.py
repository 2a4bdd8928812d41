"""Which mapping a file is read by: the one named, the one that fits, or a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from qa.contract import TABLES
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Mapping, fitting, has, named
from qa.importing.names import squeeze
from qa.importing.propose import propose_for
from qa.importing.source import Source
from qa.importing.toml_text import as_toml
from qa.text import Text


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
        return _chosen(source, named(wanted, into))
    if (found := fitting(source.columns, into)) is not None:
        return _reviewed(source, into, found, accept)
    proposal = propose_for(con, source)
    path = free_path(into / "mappings", source.path.stem)
    if not proposal.mapping.table:
        zh, en = "".join(f"。{note.zh}" for note in proposal.unusable), "".join(f". {note.en}" for note in proposal.unusable)
        raise Refused(
            f"{source.path.name}：没有认出任何可用的列（现有列：{'、'.join(source.columns[:20])}），请编写映射后用 --mapping 指定{zh}",
            f"{source.path.name}: no usable column was recognised (there are: {', '.join(source.columns[:20])}); "
            f"write a mapping and name it with --mapping{en}",
        )
    mapping = proposal.mapping.model_copy(update={"name": path.stem})
    accept = accept and not any(fill.lacking for fill in mapping.table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_toml(mapping.model_copy(update={"reviewed": accept}), proposal.notes), encoding="utf-8")
    _complete(source, mapping, path, proposal.unusable)
    if not accept:
        raise Proposed(source, mapping, proposal.notes, path)
    return _chosen(source, mapping, proposal.notes)


def _complete(source: Source, mapping: Mapping, path: Path, notes: Sequence[Text] = ()) -> None:
    """NeedsUser, naming the columns, where a mapping leaves out what no row can do without; the notes may say why."""
    for fill in mapping.table:
        if lacking := fill.lacking:
            zh = "、".join(f"“{column.label.zh}”（{column.name}）" for column in lacking)
            en = ", ".join(f"{column.name} ({column.label.en})" for column in lacking)
            table = TABLES[fill.fills].label
            raise NeedsUser(
                f"{source.path.name}：看起来是“{table.zh}”，但没有认出 {zh} 是哪一列（现有列：{'、'.join(source.columns[:20])}）。"
                f"其余各列已写入 {path}，请补上所缺的列，将 reviewed 改为 true 后重新导入" + "".join(f"。{note.zh}" for note in notes),
                f"{source.path.name} looks like {table.en}, but no column was recognised as {en} (there are: {', '.join(source.columns[:20])}); "
                f"the others are written down in {path}: add what is missing, set reviewed = true, import again" + "".join(f". {note.en}" for note in notes),
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
