"""Tables to read: many rows of words in one element, their columns alike from one table to the next.

Streamlit's own table takes an element and a layout each; a dozen of them keep a page busy for seconds.
"""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

Rows = Mapping[str, Sequence[str]]


def section(title: str, note: str, rows: Rows, anchor: str = "") -> str:
    """A heading, a note under it where there is one, and a table of ``rows`` (heading -> cells), as HTML."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in rows)
    lines = ["".join(f"<td>{_lines(cell)}</td>" for cell in line) for line in zip(*rows.values(), strict=True)]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    about = f"<p>{escape(note)}</p>" if note else ""
    name = f' id="{escape(anchor)}"' if anchor else ""
    kind = f"qa-columns-{len(rows)}"
    return f'<h3{name}>{escape(title)}</h3>{about}<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def show(sections: Sequence[str]) -> None:
    """Draw the sections."""
    st.html(f'<div class="qa-reading">{"".join(sections)}</div>')


def _lines(cell: str) -> str:
    """The cell's text; what follows a line break in small print."""
    first, _break, rest = cell.partition("\n")
    return escape(first) + (f"<small>{escape(rest)}</small>" if rest else "")
