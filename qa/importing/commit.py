"""Staged files -> extracts, all at once."""

import filecmp
import secrets
import shutil
from pathlib import Path

from qa.extracts import JOURNAL, STAGING, Journal, roll_forward, sync, write_durably


def new_staging(folder: Path) -> Path:
    """A fresh folder for the files of one run, below the extracts' own so that moving a file is one step."""
    staging = folder / STAGING / secrets.token_hex(8)
    (staging / "work").mkdir(parents=True)
    return staging


def without_same(folder: Path, moves: dict[str, str]) -> dict[str, str]:
    """The moves that change something: a target that already has the same bytes is left alone."""
    return {
        staged: target
        for staged, target in moves.items()
        if not ((folder / target).is_file() and filecmp.cmp(folder / staged, folder / target, shallow=False))
    }


def commit(folder: Path, staging: Path, moves: dict[str, str], removals: list[str]) -> bool:
    """Whether anything changed. The journal is the moment the new state holds; what is left undone after it is done by the next run."""
    moves = without_same(folder, moves)
    removals = [gone for gone in removals if (folder / gone).exists()]
    if moves or removals:
        for staged in moves:
            sync(folder / staged)
        for inner in {(folder / staged).parent for staged in moves}:
            sync(inner)
        journal = Journal(staging.name, moves, tuple(removals))
        write_durably(folder / JOURNAL, journal.to_json())
        roll_forward(folder, journal)
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    return bool(moves or removals)
