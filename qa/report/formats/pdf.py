"""PDF by Typst: fonts embedded, headings of tables on each page, page numbers, charts as vectors."""

import json
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from qa.i18n import _, language
from qa.report.formats.fonts import SANS, font_folder
from qa.report.formats.style import INK, MUTED, RULE, SHADE, STATES, written
from qa.report.formats.svg import svg
from qa.report.model import Cell, Chart, Document, Paragraph, Points, Table

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(document: Document) -> bytes:
    """The document as PDF."""
    return typeset(document, paged=True, format="pdf")


def typeset(document: Document, paged: bool, **options) -> bytes:
    """The document set by Typst; on A4 pages, or on one as long as it needs. ``options``: as ``typst.compile`` takes them."""
    made_at = document.made_at if document.made_at.tzinfo else document.made_at.replace(tzinfo=UTC)
    with TemporaryDirectory() as making:
        folder = Path(making)
        content = _content(document, folder) | {"paged": paged}
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        fonts = [str(font_folder())]
        return typst.compile(str(folder / TEMPLATE.name), root=str(folder), font_paths=fonts, timestamp=int(made_at.timestamp()), **options)


def _content(document: Document, folder: Path) -> dict:
    """What the template reads: texts, tables, and the names of the charts' files."""
    blocks: list[dict] = []
    charts = 0
    for heading, parts, section in document.numbered():
        blocks.append({"kind": "heading", "level": 1, "text": heading, "appendix": section.is_appendix})
        groups = [("", section.blocks), *((name, part.blocks) for name, part in zip(parts, section.parts, strict=True))]
        for name, found in groups:
            if name:
                blocks.append({"kind": "heading", "level": 2, "text": name, "appendix": False})
            for block in found:
                if isinstance(block, Chart):
                    charts += 1
                    (folder / f"chart{charts}.svg").write_text(svg(block), encoding="utf-8")
                    blocks.append({"kind": "chart", "title": block.title, "file": f"chart{charts}.svg", "note": block.note})
                elif isinstance(block, Table):
                    blocks.append(_table(block))
                else:
                    blocks += _texts(block)
    return {
        "title": document.title, "subtitle": document.subtitle, "language": language(), "facts": [list(fact) for fact in document.facts],
        "blocks": blocks, "page": _("Page {page} of {pages}").split("{page}")[0], "of": _between(), "end": _("Page {page} of {pages}").split("{pages}")[1],
        "fonts": list(SANS), "ink": INK, "muted": MUTED, "rule": RULE, "shade": SHADE,
    }  # fmt: skip


def _between() -> str:
    return _("Page {page} of {pages}").split("{page}")[1].split("{pages}")[0]


def _texts(block: Paragraph | Points) -> list[dict]:
    texts = (
        [block.text] if isinstance(block, Paragraph) else [_("{number}. {text}").format(number=place, text=text) for place, text in enumerate(block.items, 1)]
    )
    kind = "code" if isinstance(block, Paragraph) and block.is_code else "text"
    return [{"kind": kind, "text": text} for text in texts]


def _table(table: Table) -> dict:
    return {
        "kind": "table", "title": table.title, "note": table.note,
        "columns": [{"label": column.label, "align": column.align, "width": column.width} for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }  # fmt: skip


def _cell(cell: Cell) -> dict:
    return {"text": written(cell), "ink": STATES[cell.state] if cell.state else INK}
