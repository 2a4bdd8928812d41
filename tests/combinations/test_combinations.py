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
from streamlit.testing.v1 import AppTest

import qa.session
from qa.build import build as make_build
from qa.command import command
from qa.config import load_config
from qa.i18n import set_language
from qa.importing.command import import_files
from qa.people import Person
from qa.session.board import prepare
from qa.session.data import choices_of
from qa.view import from_parameters
from qa.warehouse import Warehouse
from tests.combinations.held import close, figures
from tests.combinations.pages import PAGES
from tests.combinations.run import faults_of_combination, proofs_of
from tests.combinations.views import Seen, random_seen
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
PAGE_FILES = {
    "overview_page": "overview/summary", "trend_page": "trend/trend", "errors_page": "quality/errors", "scores_page": "quality/scores",
    "item_page": "quality/item", "satisfaction_page": "customers/satisfaction", "resolution_page": "customers/resolution",
    "complaints_page": "customers/complaints", "service_page": "calls/service", "outbound_page": "calls/outbound",
    "comparison_page": "centers/comparison", "why_page": "centers/why",
    "agents_page": "agents/agents", "teams_page": "agents/teams", "agent_page": "agents/agent",
}  # fmt: skip


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


class First(Random):
    """Takes the first of everything there is to choose from: what a page shows when nothing was chosen."""

    def choice(self, seq):
        return seq[0]

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
@pytest.mark.parametrize(("language", "scope"), [("zh", None), ("en", frozenset({"WH", "CD"}))], ids=["zh", "en in two centers"])
def test_a_page_sends_the_browser_what_is_proven_here(sample, monkeypatch, page, language, scope):
    sent: list[bytes] = []
    viewer = lambda: Person("", "guest", scope)  # noqa: E731
    for place in ("qa.session.viewer", "qa.session.data.viewer", "qa.session.proof.viewer"):
        module, _dot, name = place.rpartition(".")
        monkeypatch.setattr(sys.modules[module], name, viewer)
    monkeypatch.setattr(qa.session, "board", lambda message, key="": sent.append(message))
    monkeypatch.setenv("QA_DATA", str(sample))
    parameters = {"lang": language, "period": "last_month"}
    board = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    board.query_params.update(parameters)
    board.run()
    sent.clear()
    board.switch_page(f"pages/{PAGE_FILES[page.__name__]}.py").run()
    assert not board.exception and not board.error
    build = Warehouse.open(sample)
    choices = choices_of(build, scope)
    view, _problems = from_parameters({name: [value] for name, value in parameters.items()}, choices)
    set_language(language)
    assert sent == [prepare(part.items) for part in page(Seen(build, build, scope, choices, view), First(0))]


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
