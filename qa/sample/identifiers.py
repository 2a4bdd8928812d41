"""Identifiers, a row of bytes each, made without a loop."""

import numpy as np

_THREE_DIGITS = np.frombuffer("".join(f"{n:03d}" for n in range(1000)).encode(), np.uint8).reshape(1000, 3)
_HEX = np.frombuffer("".join(f"{n:02x}" for n in range(256)).encode(), np.uint8).reshape(256, 2)
_MASK_48 = (1 << 48) - 1


def numbered(prefix: str, numbers: np.ndarray) -> np.ndarray:
    """``prefix`` and a six-digit number: one row of bytes a number."""
    return np.hstack([repeated(prefix, len(numbers)), digits(numbers)])


def repeated(text: str, count: int) -> np.ndarray:
    """``text`` on each of ``count`` rows."""
    return np.broadcast_to(np.frombuffer(text.encode(), np.uint8), (count, len(text.encode())))


def digits(numbers: np.ndarray) -> np.ndarray:
    """Six digits a row, with leading zeros."""
    return np.hstack([_THREE_DIGITS[numbers // 1000], _THREE_DIGITS[numbers % 1000]])


def day_stamps(days: np.ndarray) -> np.ndarray:
    """``yymmdd`` a row."""
    return np.frombuffer("".join(str(day)[2:].replace("-", "") for day in days).encode(), np.uint8).reshape(len(days), 6)


def pseudonyms(numbers: np.ndarray, salt: int) -> np.ndarray:
    """Twelve hexadecimal digits a row: different numbers below 2^48 give different rows, and look unrelated."""
    mixed = (numbers.astype(np.uint64) + np.uint64(salt & _MASK_48)) & np.uint64(_MASK_48)
    for multiplier in (0x5851F42D4C95, 0x14057B7EF767):  # odd, so that each step can be undone
        mixed = (mixed * np.uint64(multiplier)) & np.uint64(_MASK_48)
        mixed ^= mixed >> np.uint64(25)
    return _HEX[mixed.view(np.uint8).reshape(-1, 8)[:, :6]].reshape(len(numbers), 12)
