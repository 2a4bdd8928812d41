"""What a server that runs for days asks of its process: memory that goes back to the system, and few pauses to look for garbage.

The calls to the allocator are those of the GNU C library (mallopt(3), malloc_trim(3)); elsewhere they do nothing.
"""

import ctypes
import gc
import sys

M_ARENA_MAX = -8
# Every thread that allocates at the same time gets an arena of its own, up to eight a core, and each keeps what it once needed.
ARENAS = 2
# New containers between two looks for cycles, and how many looks at the young go before one at older ones.
GARBAGE_THRESHOLDS = (20_000, 10, 10)


def share_arenas() -> None:
    """Let all threads take their memory from few arenas; for the start of the process."""
    if _is_gnu():
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def look_rarely_for_garbage() -> None:
    """Leave out of all later looks what is there now, libraries and the open build; a look at everything takes a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def give_back() -> None:
    """Return memory that is free again to the system."""
    if _is_gnu():
        ctypes.CDLL(None).malloc_trim(0)


def _is_gnu() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")
