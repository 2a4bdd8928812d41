"""What is wrong with a value somebody wrote in a file, in both languages: what Pydantic says in English only."""

from collections.abc import Mapping
from typing import Any

from qa.text import Text

# Pydantic's error type -> the words; {name} is filled from the error's own context.
WORDS = {
    "missing": Text("缺少该项", "is missing"),
    "extra_forbidden": Text("没有这一项", "there is no such field"),
    "greater_than": Text("须大于 {gt}", "must be greater than {gt}"),
    "greater_than_equal": Text("不得小于 {ge}", "must be at least {ge}"),
    "less_than": Text("须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": Text("不得大于 {le}", "must be at most {le}"),
    "finite_number": Text("须为有限数值", "must be a finite number"),
    "literal_error": Text("须为下列之一：{expected}", "must be one of: {expected}"),
    "enum": Text("须为下列之一：{expected}", "must be one of: {expected}"),
    "too_short": Text("至少须有 {min_length} 项", "needs at least {min_length} entries"),
    "too_long": Text("至多 {max_length} 项", "has more than {max_length} entries"),
    "string_too_short": Text("至少须有 {min_length} 个字符", "needs at least {min_length} characters"),
    "string_too_long": Text("至多 {max_length} 个字符", "has more than {max_length} characters"),
    "string_pattern_mismatch": Text("写法不符合要求：{pattern}", "is not written as required: {pattern}"),
}
# By the beginning of the type: int_type, int_parsing, int_from_float ...
KINDS = {
    "int_": Text("须为整数", "must be a whole number"),
    "float_": Text("须为数值", "must be a number"),
    "decimal_": Text("须为数值", "must be a number"),
    "bool_": Text("须为 true 或 false", "must be true or false"),
    "string_": Text("须为带引号的文本", "must be a text in quotes"),
    "date_": Text("须为日期，例如 2026-10-01", "must be a date, such as 2026-10-01"),
    "list_": Text("须为方括号中的列表", "must be a list in square brackets"),
    "tuple_": Text("须为方括号中的列表", "must be a list in square brackets"),
    "frozen_set_": Text("须为方括号中的列表", "must be a list in square brackets"),
    "dict_": Text("须为一组“名称 = 值”", "must be a table of names and values"),
    "model_": Text("须为一组“名称 = 值”", "must be a table of names and values"),
    "mapping_": Text("须为一组“名称 = 值”", "must be a table of names and values"),
}
OTHER = Text("该值不符合要求（{msg}）", "is not right ({msg})")


class Wrong(ValueError):
    """A rule of ours that values break; raised while they are validated."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.text = Text(zh, en)


def explained(error: Mapping[str, Any]) -> Text:
    """One entry of ``ValidationError.errors()`` in words."""
    kind, context = error["type"], dict(error.get("ctx") or {})
    own = context.get("error")
    if isinstance(own, Wrong):
        return own.text
    if own is not None:
        return Text(str(own), str(own))
    words = WORDS.get(kind) or next((text for start, text in KINDS.items() if kind.startswith(start)), OTHER)
    # Alternatives are joined by Pydantic with a word of its own.
    shown = {name: str(value).replace(" or ", ", ") for name, value in context.items()} | {"msg": error["msg"]}
    return Text(*(text.format_map(shown) for text in words))
