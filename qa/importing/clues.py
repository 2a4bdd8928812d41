"""What is known of a file before its columns are matched."""

from dataclasses import dataclass

from qa.importing.names import Name
from qa.importing.shapes import Shape


@dataclass(frozen=True)
class Clues:
    """What is known of the file: its names taken apart and the shapes of its columns."""

    columns: list[str]
    names: list[Name]
    shapes: list[Shape]
