"""Pieces of SQL with their values kept apart."""

import re
from dataclasses import dataclass, field
from typing import Any

BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（）"} | {0x3000: 0x20}
FULL_WIDTH = "[\uff01-\uff5e\u3000]"
PLACEHOLDER = re.compile(r"\$(p\d+)")


@dataclass
class Bindings:
    """The values of a statement under construction; equal values share a placeholder."""

    values: dict[str, Any] = field(default_factory=dict)

    def add(self, value: Any) -> str:
        """The placeholder that stands for the value."""
        for name, known in self.values.items():
            if type(known) is type(value) and known == value:
                return f"${name}"
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def used_in(self, statement: str) -> dict[str, Any]:
        """The values the statement mentions; DuckDB refuses surplus ones."""
        return {name: self.values[name] for name in PLACEHOLDER.findall(statement)}


def one_of(expression: str, words: tuple[str, ...] | list[str], bindings: Bindings) -> str:
    """SQL: the expression is one of these words."""
    return f"{expression} in ({', '.join(bindings.add(word) for word in words)})"


def folded(text: str) -> str:
    """The text with full-width digits, letters and signs as plain ones; brackets, which names are written with, stay."""
    return text.translate(FOLD)


def folded_sql(text: str, bindings: Bindings) -> str:
    """SQL for :func:`folded`; few cells need it, and ``translate`` costs a hundred times the look whether one does."""
    signs, plain = bindings.add("".join(map(chr, FOLD))), bindings.add("".join(map(chr, FOLD.values())))
    needed = f"strlen({text}) >= 3 and regexp_matches({text}, {bindings.add(FULL_WIDTH)})"
    return f"case when {needed} then translate({text}, {signs}, {plain}) else {text} end"


def trimmed(column: str, tidy: bool = False) -> str:
    """SQL: the cell without surrounding blanks; null when nothing is left. ``tidy``: it has none, and is null when empty."""
    return column if tidy else f"nullif(trim({column}, '{BLANKS}'), '')"
