"""Several codes as one text, as clicks and links carry them, and back."""

from collections.abc import Iterable

# The unit separator: names of teams and queues hold bars, tabs and spaces, but not this.
SEPARATOR = "\x1f"


def joined(parts: Iterable[str | None]) -> str:
    """The codes as one text; null is an empty part."""
    return SEPARATOR.join(part or "" for part in parts)


def parted(key: str) -> tuple[str, ...]:
    """The codes again; empty where one was null."""
    return tuple(key.split(SEPARATOR))
