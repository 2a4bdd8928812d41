"""The same scale and seed give the same bytes."""

import hashlib
from pathlib import Path

import numpy as np

from qa.sample import make_sample
from qa.sample.calls import make_calls
from qa.sample.contacts import Contacts
from qa.sample.randomness import Purpose, stream
from qa.sample.world import make_world


def digests(folder: Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_the_same_seed_gives_the_same_files(planted, tmp_path):
    make_sample(tmp_path, "small", seed=1)
    assert digests(tmp_path) == digests(planted.folder)


def test_another_seed_gives_other_calls():
    month = np.datetime64("2026-05")
    one, same, other = (make_calls(make_world("small", seed), 0, month, Contacts.none())[0].at.tolist() for seed in (1, 1, 2))
    assert one == same != other


def test_streams_do_not_depend_on_one_another():
    first = stream(1, Purpose.CALLS, 0, 5).random(3).tolist()
    stream(1, Purpose.CALLS, 1, 5).random(100)
    assert stream(1, Purpose.CALLS, 0, 5).random(3).tolist() == first
    assert stream(1, Purpose.SURVEYS, 0, 5).random(3).tolist() != first
