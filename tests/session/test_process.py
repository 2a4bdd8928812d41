"""A server's process: settled once, and harmless where the allocator is another."""

import gc
import sys
import weakref

import pytest

from qa import process


def test_what_is_there_is_left_out_of_later_looks_for_garbage():
    frozen = gc.get_freeze_count()
    try:
        process.leave_out_what_stays()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()


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
def test_memory_is_given_back_where_things_hold_each_other():
    class Held:
        """Something that refers to itself."""

    process.share_arenas()
    held = Held()
    held.itself = held
    gone = weakref.ref(held)
    del held
    process.give_back()
    assert gone() is None
