"""A mapping as TOML text that a person can read and correct."""

import json
from typing import Any

from qa.importing.mapping import Mapping
from qa.text import Text

HEAD = """# 映射：来源列 -> 合同列。核对后把 reviewed 改为 true。
# A mapping: columns of the file -> columns of the contract. Set reviewed = true once it is right.
"""


def as_toml(mapping: Mapping, notes: list[Text]) -> str:
    """The text; ``notes`` become comments at its top."""
    lines = [HEAD.rstrip()]
    lines += [f"# - {note.zh} / {note.en}" for note in notes]
    lines += ["", f"reviewed = {_value(mapping.reviewed)}"]
    for name in ("zh", "en", "sheet", "fits", "fill_down"):
        if value := getattr(mapping, name):
            lines.append(f"{name} = {_value(value)}")
    for name, table in mapping.lookups.items():
        lines += ["", f"[lookups.{_key(name)}]", *(f"{_key(said)} = {_value(meant)}" for said, meant in table.items())]
    for fill in mapping.table:
        content = fill.model_dump(by_alias=True, exclude_defaults=True)
        columns = content.pop("columns", {})
        lines += ["", "[[table]]", *(f"{name} = {_value(value)}" for name, value in content.items())]
        if columns:
            lines += ["[table.columns]", *(f"{name} = {_value(_short(take))}" for name, take in columns.items())]
            lines += [f'# {c.name} = "…"  # 缺少：{c.label.zh} / missing: {c.label.en}' for c in fill.lacking]
    return "\n".join(lines) + "\n"


def _short(take: dict[str, Any]) -> Any:
    return take["from"] if set(take) == {"from"} and isinstance(take["from"], str) else take


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return (
        name
        if name.isascii() and name.replace("_", "").replace("-", "").isalnum()
        else json.dumps(name, ensure_ascii=False)
    )
