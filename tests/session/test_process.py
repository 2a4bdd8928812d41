"""A server's process: settled once, and harmless where the allocator is another."""

import gc
import sys

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
    process.give_back()
    monkeypatch.setattr(sys, "platform", "darwin")
    process.share_arenas()
    process.give_back()
