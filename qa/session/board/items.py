"""What a board can hold: tiles, charts, tables, sentences and headings.

All texts come translated and formatted; nothing here computes, fetches or knows Streamlit. ``key`` names an item for
as long as the page lives: an item that keeps its key is changed in place, never drawn anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

MarkState = Literal[
    "met", "missed", "uncertain", "too_few", "no_target", "better", "worse", "none", "improvement", "concern"
]
Width = Literal["fifth", "quarter", "third", "half", "full"]
# "print" prints the page, as the browser's own command does; what paper leaves out is in ``frame/print.css``.
Action = Literal["proof", "table", "image", "open", "print"]


class Mark(NamedTuple):
    """A statement about a number, drawn as icon, text and colour together. Thousands of cells look theirs up."""

    state: MarkState
    text: str


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The recent course of a tile's value.

    ``labels``: one full text a point ("Oct 2026: 96.4%"), shown on hover. ``provisional``: the points that may still
    change, drawn hollow. Null values leave a gap.
    """

    values: Sequence[float | None]
    labels: Sequence[str] = ()
    target_minimum: float | None = None
    target_maximum: float | None = None
    provisional: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline number with what is needed to judge it."""

    key: str
    label: str
    value: str
    unit: str = ""
    mark: Mark | None = None
    target: str = ""
    interval: str = ""
    n: str = ""
    change: str = ""
    change_mark: Mark | None = None
    sparkline: Sparkline | None = None
    note: str = ""
    width: Width = "quarter"
    actions: Sequence[Action] = ("proof",)


@dataclass(frozen=True, slots=True)
class Chart:
    """A Plotly figure with its title; ``figure``: its data and layout without a template, null for nothing to show.

    ``empty``: the text that stands in the place of a figure that is null.
    """

    key: str
    title: str
    figure: Any
    caption: str = ""
    height: int = 280
    width: Width = "half"
    empty: str = ""
    actions: Sequence[Action] = ("proof", "table", "image")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``hint`` explains its heading.

    ``kind``: what is saved of it in a file. "number" and "mark": the figures its cells sort by; "text" and "words": what
    is read. Words (a grade, "3 / 5") sort by their values, the highest first.
    """

    key: str
    label: str
    align: Literal["left", "right", "center"] = "left"
    kind: Literal["text", "words", "number", "mark"] = "text"
    hint: str = ""


class Cell(NamedTuple):
    """A table cell: its text, the value it sorts by (null sorts last), its mark, and small print under it. There are thousands, quickly made."""

    text: str
    sort: float | str | None = None
    mark: Mark | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; ``key`` comes back in the event when the row is opened, one without a key cannot be."""

    key: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that the viewer sorts and filters in the browser; ``height`` is the most it takes before it scrolls.

    ``opens``: rows can be opened (a "row" event). ``sorted_by``: the column key sorted at first, "-" before it for
    descending. ``empty``: the text shown when there are no rows. ``cells``: what is opened is a cell, the event's payload
    [the row's key, the column's key]. ``tools``: rows can be filtered and saved, columns chosen; without them a table is
    a short record to read.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str = ""
    height: int = 560
    width: Width = "full"
    opens: bool = True
    cells: bool = False
    sorted_by: str = ""
    empty: str = ""
    tools: bool = True
    actions: Sequence[Action] = ("proof",)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One plain sentence with a mark; ``opens``: it can be opened (an "open" event with this key as payload)."""

    key: str
    text: str
    mark: Mark | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Sentences:
    """A list of sentences under a title; ``empty``: the text shown when there are none.

    ``subject``: what the whole page is about where that is not the view's centers and days; a presentation names it on every slide.
    """

    key: str
    title: str
    items: Sequence[Sentence]
    caption: str = ""
    width: Width = "full"
    empty: str = ""
    actions: Sequence[Action] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over the items that follow."""

    key: str
    text: str
    note: str = ""


Item = Tile | Chart | Table | Sentences | Heading


@dataclass(frozen=True, slots=True)
class Event:
    """What the viewer did.

    ``kind``: "proof" (how is this computed) and "open" with the item's key (payload: a sentence's key or null);
    "point" with a chart's key and the clicked point's customdata; "row" with a table's key and the row's key, or where
    cells are opened the row's and the column's.
    """

    kind: Literal["proof", "open", "point", "row"]
    item: str
    payload: Any = field(default=None)
