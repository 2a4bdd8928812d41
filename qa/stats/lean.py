"""SciPy loaded without what it would have NumPy load for it: a compiler of Fortran and NumPy's own tests, 11 MiB and 50 ms.

``scipy.special`` asks NumPy for all it has. Both parts are there for whoever asks for them afterwards, and stay where they are loaded already.
"""

import sys

import numpy

LEFT_OUT = [name for name in ("f2py", "testing") if f"numpy.{name}" not in sys.modules]

for _name in LEFT_OUT:
    setattr(numpy, _name, None)

import scipy.special  # noqa: E402, F401

for _name in LEFT_OUT:
    delattr(numpy, _name)
