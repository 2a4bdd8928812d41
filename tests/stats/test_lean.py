"""What NumPy leaves out when it is loaded for SciPy is there for whoever asks for it, before or afterwards."""

import subprocess
import sys

import pytest

from tests.serving import ROOT


@pytest.mark.parametrize("before", ["", "import numpy.testing, numpy.f2py"])
def test_tests_and_compiler_of_numpy_are_there_for_who_asks(before):
    asks = f"{before}\nimport qa.stats, numpy\nnumpy.testing.assert_allclose(1, 1)\nnumpy.f2py.get_include"
    subprocess.run([sys.executable, "-c", asks], cwd=ROOT, check=True)


def test_they_are_not_loaded_by_the_way():
    asks = "import qa.stats, sys\nassert not {'numpy.testing', 'numpy.f2py'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", asks], cwd=ROOT, check=True)
