"""Codes of calls that hold the caller's telephone number, as names of recordings do: only pseudonyms of them are kept, alike in every file."""

import re

from qa.contract import Table
from qa.importing.clues import Clues
from qa.importing.mapping import Take
from qa.text import Text

CODES = ("call_id", "evaluation_id", "survey_id", "complaint_id", "session_id")
INSIDE = re.compile(r"(?<!\d)(0?|(00)?86)1[3-9]\d{9}(?!\d)|\+\d{8,15}(?!\d)")
ALONE = re.compile(r"\d+")


def with_numbers_hidden(table: Table, takes: dict[str, Take | None], matched: dict[str, int], clues: Clues) -> tuple[dict[str, Take], dict[str, Text]]:
    """The takes of codes with a telephone number among other signs, hashed, those that are made from them too; and what to tell the user."""
    columns = [clues.columns[i] for name, i in matched.items() if name in CODES and any(_holds_number(v) for v in clues.shapes[i].values)]
    hidden = {
        name: take.model_copy(update={"hashed": True})
        for name, take in takes.items()
        if take and name in CODES and any(column in take.sources or f"{{{column}}}" in (take.template or "") for column in columns)
    }
    if not hidden:
        return {}, {}
    zh, en = "”“".join(columns), ", ".join(columns)
    note = Text(
        f"{table.label.zh}：“{zh}”中含有电话号码，只保存其假名；各文件中同一编号的假名相同",
        f"{table.name}: {en} holds telephone numbers, so only a pseudonym of each is kept, the same for the same code in every file",
    )
    return hidden, {"private codes": note}


def _holds_number(code: str) -> bool:
    return bool(INSIDE.search(code)) and not ALONE.fullmatch(code)
