"""A process killed in the middle of saving: what it was told is kept is there, and nothing is half there."""

import random
import subprocess
import sys
import time

import pytest
from sqlalchemy import make_url

from qa.explanations.model import Content
from qa.explanations.reading import changes_of, explanation
from qa.explanations.workflow import save
from qa.people import Person
from qa.store import Store
from tests.explanations.listed import listed
from tests.serving import ROOT

# Every save writes as many words as its version says, and says so only once it is kept.
SAVING = """
import sys
from sqlalchemy import make_url
from qa.explanations.model import Content
from qa.explanations.workflow import save
from qa.people import Person
from qa.store import Store
store, person, version = Store(make_url(sys.argv[1])), Person("李红", "branch_qa", frozenset({"WH"})), 1
while True:
    version = save(store, person, int(sys.argv[2]), version, Content("话 " * version * 20)).version
    print(version, flush=True)
"""


@pytest.mark.parametrize("seed", range(2))
def test_a_save_is_whole_or_did_not_happen(tmp_path, seed):
    address = f"sqlite:///{tmp_path / 'board.sqlite'}"
    store = Store(make_url(address))
    number = listed(store, "WH")
    store.close()
    saver = subprocess.Popen([sys.executable, "-c", SAVING, address, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    told = int(saver.stdout.readline())
    time.sleep(random.Random(seed).random() / 2)
    saver.kill()
    told = max([told, *(int(line) for line in saver.communicate()[0].split("\n") if line)])

    store = Store(make_url(address))
    kept, history = explanation(store, number), changes_of(store, number)
    assert told <= kept.version <= told + 1
    assert kept.content.text == "话 " * (kept.version - 1) * 20
    assert [change.version for change in history] == list(range(1, kept.version + 1))
    assert history[-1].content == kept.content
    assert save(store, Person("李红", "branch_qa", frozenset({"WH"})), number, kept.version, Content("续")).version == kept.version + 1
    store.close()
