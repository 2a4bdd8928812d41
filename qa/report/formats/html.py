"""HTML: one file with everything in it, to read, print and send."""

from html import escape

from qa.i18n import _, language
from qa.report.formats.style import INK, LONGEST_UNBROKEN, MUTED, RULE, SHADE, SIGNS, STATES
from qa.report.formats.svg import svg
from qa.report.model import Block, Cell, Chart, Document, Paragraph, Points, Table

# Tables of so many rows are not spread over two pages.
KEPT_TOGETHER = 14

STYLE = f"""
body {{ margin: 0; background: #fff; color: #{INK}; font: 15px/1.7 SimSun, 'Songti SC', 'Noto Serif CJK SC', 'Times New Roman', serif; }}
main {{ max-width: 780px; margin: 0 auto; padding: 32px 20px 64px; }}
h1, h2, h3, figcaption, caption, th {{ font-family: SimHei, 'Heiti SC', 'Noto Sans CJK SC', 'Microsoft YaHei', Arial, sans-serif; }}
h1 {{ font-size: 26px; text-align: center; margin: 0 0 4px; }} h1 + p {{ text-align: center; margin: 0 0 18px; }}
h2 {{ font-size: 19px; margin: 34px 0 8px; }} h3 {{ font-size: 16px; margin: 22px 0 6px; }}
table {{ width: 100%; border-collapse: collapse; margin: 10px 0 2px; font-size: 13px; line-height: 1.45; font-variant-numeric: tabular-nums;
  border-top: 1.5px solid #{RULE}; border-bottom: 1.5px solid #{RULE}; }}
caption, figcaption {{ font-size: 14px; text-align: center; margin: 10px 0 4px; }}
th {{ background: #{SHADE}; font-weight: 500; word-break: keep-all; }} td.right, td.short {{ white-space: nowrap; }} th, td {{ padding: 4px 6px; border-bottom: 1px solid #{RULE}; text-align: left; vertical-align: top; }}
.right {{ text-align: right; }} .center {{ text-align: center; }}
figure {{ margin: 12px 0; }} svg {{ width: 100%; height: auto; }}
.note {{ color: #{MUTED}; font-size: 12.5px; margin: 2px 0 12px; }} .wide {{ overflow-x: auto; }}
:lang(zh) .body {{ text-indent: 2em; }} .body {{ margin: 6px 0; }} .code {{ margin: 6px 0; font: 13px/1.6 Consolas, monospace; }} .code .short {{ white-space: nowrap; }}
@page {{ size: A4; margin: 18mm 16mm; }}
@media print {{ main {{ max-width: none; padding: 0; }} table {{ font-size: 11.5px; }} .wide {{ overflow: visible; }} tr, figure {{ break-inside: avoid; }} thead {{ display: table-header-group; }}
  h2, h3, caption, thead {{ break-after: avoid; }} h2.appendix {{ break-before: page; }} .together {{ break-inside: avoid; }} .note {{ break-before: avoid; }}
  tbody tr:nth-child(2), tbody tr:last-child {{ break-before: avoid; }} }}
""" + "".join(f".{state} {{ color: #{ink}; }}\n" for state, ink in STATES.items())


def html(document: Document) -> bytes:
    """The document as one HTML file without scripts and without anything to load."""
    facts = "".join(f"<tr><th scope=row>{escape(label)}</th><td>{escape(text)}</td></tr>" for label, text in document.facts)
    body = [f"<h1>{escape(document.title)}</h1><p>{escape(document.subtitle)}</p><table>{facts}</table>"]
    for heading, parts, section in document.numbered():
        body.append(f"<h2{' class=appendix' if section.is_appendix else ''}>{escape(heading)}</h2>")
        body += [_block(block) for block in section.blocks]
        for name, part in zip(parts, section.parts, strict=True):
            body.append(f"<h3>{escape(name)}</h3>")
            body += [_block(block) for block in part.blocks]
    spoken = "zh-CN" if language() == "zh" else "en"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(document.title)} {escape(document.subtitle)}</title><style>{STYLE}</style>'
    return f"<!doctype html>\n<html lang={spoken}><head>{head}</head><body><main>{''.join(body)}</main></body></html>\n".encode()


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _code(block.text) if block.is_code else f'<p class="body">{escape(block.text)}</p>'
    if isinstance(block, Points):
        return "".join(f'<p class="body">{escape(_("{number}. {text}").format(number=place, text=text))}</p>' for place, text in enumerate(block.items, 1))
    return _table(block) if isinstance(block, Table) else _chart(block)


def _code(text: str) -> str:
    """A command, no line of which ends in the middle of a word."""
    words = " ".join(f'<span class="short">{escape(word)}</span>' for word in text.split(" "))
    return f'<p class="code">{words}</p>'


def _chart(chart: Chart) -> str:
    return f"<figure><figcaption>{escape(chart.title)}</figcaption>{svg(chart)}{_note(chart.note)}</figure>"


def _table(table: Table) -> str:
    title = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    head = "".join(f'<th scope=col class="{column.align}">{escape(column.label)}</th>' for column in table.columns)
    whole = sum(column.width for column in table.columns)
    widths = "".join(f'<col style="width:{column.width / whole:.2%}">' for column in table.columns)
    together = " together" if len(table.rows) <= KEPT_TOGETHER else ""
    rows = "".join("<tr>" + "".join(_cell(cell, column.align) for cell, column in zip(row, table.columns, strict=True)) + "</tr>" for row in table.rows)
    return f'<div class="wide{together}"><table>{title}<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{_note(table.note)}'


def _cell(cell: Cell, align: str) -> str:
    sign = f"{SIGNS[cell.state]} " if cell.state else ""
    short = " short" if len(cell.text) <= LONGEST_UNBROKEN else ""
    return f'<td class="{align} {cell.state}{short}">{escape(sign + cell.text)}</td>'


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>' if text else ""
