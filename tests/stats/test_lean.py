"""Statistics do not load what they have no use for, and leave it to others."""

import subprocess
import sys

PROGRAM = """
import sys
import qa.stats
assert not {"numpy.f2py", "numpy.testing", "unittest", "scipy.stats"} & set(sys.modules), sorted(sys.modules)
import numpy
numpy.testing.assert_equal(1, 1)
assert numpy.f2py.__name__ == "numpy.f2py"
"""


def test_parts_of_numpy_that_nobody_needs_are_left_out_and_there_for_others():
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
