"""A server's process: settled once, and harmless where the allocator is another."""

import gc
import sys

import pytest

from qa import process


def test_what_is_there_is_left_out_of_later_looks_for_garbage():
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        process.look_rarely_for_garbage()
        assert gc.get_threshold() == process.GARBAGE_THRESHOLDS and gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_other_allocators_are_left_alone(monkeypatch):
    class Other:
        """A C library without what the GNU one has."""

    asked = []
    monkeypatch.setattr(process.ctypes, "CDLL", lambda name: asked.append(name) or Other())
    process.share_arenas()
    process.give_back()
    monkeypatch.setattr(sys, "platform", "darwin")
    asked.clear()
    process.share_arenas()
    process.give_back()
    assert not asked


@pytest.mark.skipif(not process._is_gnu(), reason="another C library")
def test_memory_can_be_given_back():
    process.share_arenas()
    process.give_back()
