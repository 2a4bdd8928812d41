"""LibreOffice opens every report without repair and prints what is in it: run by ``make office``, which installs it."""

import subprocess

import pytest
from pypdf import PdfReader

from qa import format
from qa.i18n import set_language
from qa.report.comparison import comparison
from qa.report.monthly import monthly_report
from qa.report.write import rendered
from qa.warehouse import Warehouse
from tests.report.reading import plain
from tools import libreoffice

pytestmark = pytest.mark.skipif(libreoffice.find() is None, reason="no LibreOffice: make office")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("what", ["report", "comparison"])
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_libreoffice_prints_it(sample, tmp_path, kind, what, language):
    set_language(language)
    warehouse = Warehouse.open(sample)
    document = monthly_report(warehouse, None, "WH", "2026-10") if what == "report" else comparison(warehouse, None, "2026-10")
    path = tmp_path / f"report.{kind}"
    path.write_bytes(rendered(document, kind))
    line = [libreoffice.find(), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(line, check=True, capture_output=True, timeout=120)
    pages = PdfReader(tmp_path / "report.pdf").pages
    text = plain("".join(page.extract_text() for page in pages))
    assert plain(document.title) in text and plain(format.day(warehouse.span.last_day)) in text
    assert len(pages) >= len(document.sections) if kind == "pptx" else pages
