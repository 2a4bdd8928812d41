"""What a file says, read back with a library of its own: texts, numbers of tables, and numbers of charts."""

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
from docx import Document as read_docx
from pptx import Presentation
from pypdf import PdfReader

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass
class Found:
    """``text``: everything written; ``numbers``: cells of a workbook; ``charts``: the values of each series of each native chart."""

    text: str
    numbers: list[float] = field(default_factory=list)
    charts: list[list[float]] = field(default_factory=list)


def read(content: bytes, kind: str) -> Found:
    return {"docx": _docx, "pptx": _pptx, "xlsx": _xlsx, "pdf": _pdf, "html": _html}[kind](content)


def _docx(content: bytes) -> Found:
    file = read_docx(BytesIO(content))
    texts = [paragraph.text for paragraph in file.paragraphs]
    texts += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return Found("\n".join(texts), charts=_charts(content))


def _pptx(content: bytes) -> Found:
    texts = []
    for slide in Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                assert shape.chart.part.chart_workbook.xlsx_part is not None, "people can edit its data"
    return Found("\n".join(texts), charts=_charts(content))


def _xlsx(content: bytes) -> Found:
    book = openpyxl.load_workbook(BytesIO(content))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [str(value) for value in values if isinstance(value, str)]
    return Found("\n".join(texts), [float(value) for value in values if isinstance(value, int | float)], [[] for sheet in book for _chart in sheet._charts])


def _pdf(content: bytes) -> Found:
    return Found("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def _html(content: bytes) -> Found:
    return Found(unescape(re.sub("<[^>]+>", "\n", content.decode().split("</style>")[1])))


def _charts(content: bytes) -> list[list[float]]:
    found = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if re.search(r"/charts/chart\d+\.xml$", name):
                root = ElementTree.fromstring(package.read(name))
                found += [[float(point.text) for point in values.iter(f"{CHART}v")] for values in root.iter(f"{CHART}val")]
    return found


def plain(text: str) -> str:
    """A text without spaces and line breaks, which a PDF puts where it likes."""
    return re.sub(r"\s+", "", text)
