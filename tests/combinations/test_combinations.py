"""Random filters and pages: no error, every number is that of ``python -m qa metric``, its rows add up, nothing leaves its scope.

A combination is one number: it decides the viewer, the view, the page and the page's own choices, so that a fault can be
looked at again. ``QA_COMBINATIONS=300 pytest tests/combinations`` runs as many on the sample, and a fifth of it on each of the
others; ``QA_COMBINATIONS_FROM=1000`` begins elsewhere.
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from qa.build.run import build as make_build
from qa.command import command
from qa.config import load_config
from qa.i18n import set_language
from qa.importing.command import import_files
from qa.warehouse import Warehouse
from tests.combinations.held import close, figures
from tests.combinations.pages import PAGES
from tests.combinations.run import faults_of_combination, proofs_of
from tests.combinations.views import random_seen
from tests.combinations.worlds import HOLES, built
from tests.importing.desk import REAL
from tests.serving import ROOT
from tests.support.command_line import printed

# As many as one asks for take as long as they take.
pytestmark = pytest.mark.timeout(3600)

COMBINATIONS = int(os.environ.get("QA_COMBINATIONS", "20"))
FIRST = int(os.environ.get("QA_COMBINATIONS_FROM", "0"))
IN_OTHERS = max(5, COMBINATIONS // 5)
REAL_FILES = {
    "pwc_call_center": ["call_center.csv"],
    "nhs111_calls": ["NHS Calls.csv"],
    "fed_dialog_quality": ["derived_long.csv"],
    "chinese_comments": ["waimai_comments1.csv"],
}


def faults(folder: Path, count: int) -> list[str]:
    """Everything wrong in so many combinations."""
    build, proof = Warehouse.open(folder), Warehouse.open(folder)
    return [fault for number in range(FIRST, FIRST + count) for fault in faults_of_combination(build, proof, number)]


def test_every_number_on_the_sample_is_right(sample):
    assert faults(sample, COMBINATIONS) == []


@pytest.mark.parametrize("hole", HOLES)
def test_every_number_is_right_whatever_is_missing(tmp_path, hole):
    assert faults(built(hole, tmp_path), IN_OTHERS) == []


@pytest.mark.parametrize("name", REAL_FILES)
def test_every_number_of_real_files_is_right(tmp_path, name):
    paths = [REAL / name / file for file in REAL_FILES[name]]
    if not all(path.exists() for path in paths):
        pytest.skip("the real files are not here")
    import_files(paths, into=tmp_path)
    make_build(tmp_path, load_config(tmp_path))
    assert faults(tmp_path, IN_OTHERS) == []


def test_the_command_that_a_proof_names_prints_its_figures(sample):
    """Every line inside this process, and one in a process of its own, as anyone would run it."""
    build = Warehouse.open(sample)
    for number in (0, 3, 8, 11):
        rng = Random(number)
        seen = random_seen(build, build, rng)
        set_language(seen.view.language)
        shown = [lead for board in PAGES[number % len(PAGES)](seen, rng) for lead in proofs_of(board)][-1]
        line = command(shown, shown.metrics[0], seen.scope)
        program, *words = [*shlex.split(line), "--format=json", f"--data={sample}"]
        assert [program, *words[:2]] == ["python", "-m", "qa"]
        told = [json.loads(printed(*words[2:]))]
        if number == 11:
            done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
            told.append(json.loads(done.stdout))
        frame = figures(seen, shown).filter(metric=shown.metrics[0])
        for rows in told:
            assert frame.height == len(rows) > 0
            assert all(close(row["value"], value) for row, value in zip(rows, frame["value"], strict=True))
