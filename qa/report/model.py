"""What a document holds, independent of its format: filled once, rendered as DOCX, PPTX, XLSX, PDF or HTML.

Texts come translated and formatted. Numbers stand beside them unrounded, so that a workbook can compute with them and a
chart can be drawn natively.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from qa.format import Unit
from qa.i18n import _

Role = Literal["value", "target", "low", "high", "reference", "cumulative"]
ChartKind = Literal["line", "bar", "pareto", "dots"]
State = Literal["", "met", "missed", "uncertain", "too_few"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text, the number it stands for with its unit (null for a text), and what is said of it."""

    text: str
    number: float | None = None
    unit: Unit | None = None
    state: State = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, on which side its texts stand, and its width relative to the others."""

    label: str
    align: Literal["left", "right", "center"] = "left"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``note`` stands under it in small print."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart, a value (null: none) for each category."""

    name: str
    values: Sequence[float | None]
    role: Role = "value"


@dataclass(frozen=True, slots=True)
class Chart:
    """Categories with their series in ``unit``; a cumulative series is a share on an axis of its own.

    ``line``: over time; ``bar``: horizontal bars from zero, the first category on top; ``pareto``: bars and the cumulative
    line; ``dots``: a mark for each value, on an axis around the values where bars would have to start at zero.
    """

    title: str
    kind: ChartKind
    categories: Sequence[str]
    series: Sequence[Series]
    unit: Unit
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; ``is_code``: a command to copy, whose words stay whole."""

    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences, numbered 1. 2. 3."""

    items: Sequence[str]


Block = Paragraph | Points | Table | Chart


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of the second level."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first level, what stands directly under it, and its parts."""

    title: str
    blocks: Sequence[Block] = ()
    parts: Sequence[Part] = ()
    is_appendix: bool = False

    def every(self) -> Iterator[Block]:
        """All blocks, in order."""
        yield from self.blocks
        for part in self.parts:
            yield from part.blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``facts``: what it was made of, as label and text; ``made_at``: the time of its data.

    ``made_at`` is also the time the files bear, so that the same data give the same bytes.
    """

    title: str
    subtitle: str
    language: str
    made_at: datetime
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section] = field(default=())
    link: str = ""

    def numbered(self) -> list[tuple[str, list[str], Section]]:
        """Each section with its heading and those of its parts, numbered in the style of the language in force."""
        found, main, appendices = [], 0, 0
        for section in self.sections:
            if section.is_appendix:
                appendices += 1
                number, heading = appendices, _("Appendix {number}. {title}")
            else:
                main += 1
                number, heading = main, _("{number}. {title}")
            first = str(number) if section.is_appendix else numeral(number)
            parts = [
                _("{section}.{number} {title}").format(section=number, number=numeral(place), title=part.title) for place, part in enumerate(section.parts, 1)
            ]
            found.append((heading.format(number=first, title=section.title), parts, section))
        return found


def numeral(number: int) -> str:
    """1 to 20 as headings count in the language in force."""
    return _("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20").split()[number - 1]
