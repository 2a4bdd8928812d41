"""Random streams: one for each center, month and purpose, whatever the order they are drawn in."""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a stream is for; the number is part of its seed and never changes."""

    PEOPLE = 1
    PLANTS = 2
    TRAININGS = 3
    CALLS = 4
    ROSTER = 5
    SURVEYS = 6
    EVALUATIONS = 7
    CALIBRATIONS = 8
    COMPLAINTS = 9
    COACHING = 10
    COUNTS = 11


def stream(seed: int, purpose: Purpose, *place: int) -> np.random.Generator:
    """The generator for ``purpose`` at ``place`` (center, month ...), independent of every other."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(int(purpose), *place))))
