"""What a server that runs for days asks of its process: memory that goes back to the system, and short pauses to look for garbage.

The calls to the allocator are those of the GNU C library (mallopt(3), malloc_trim(3)); elsewhere they do nothing.
"""

import ctypes
import gc
import os
import sys

M_ARENA_MAX = -8
# Every thread that allocates at the same time gets an arena of its own, up to eight a core, and each keeps what it once needed.
ARENAS = 2


def share_arenas() -> None:
    """Let all threads take their memory from few arenas, Arrow's too; for the start of the process, before Arrow is loaded."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if _is_gnu():
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def leave_out_what_stays() -> None:
    """Leave out of all later looks for garbage what is there now, the libraries above all: with them a look takes a tenth of a second."""
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Let go of what nobody holds any more, in cycles too, and return its memory to the system."""
    gc.collect()
    if _is_gnu():
        ctypes.CDLL(None).malloc_trim(0)


def _is_gnu() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")
