"""Charts as Office draws them itself: DrawingML with a workbook of the data, the same for DOCX and PPTX."""

from datetime import datetime
from functools import partial
from io import BytesIO
from math import ceil, floor
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from qa.report.formats.style import INK, MUTED, NUMBER_FORMATS, RULE, bar_colour, colour
from qa.report.model import Chart, Role, Series

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FIRST_AXES, SECOND_AXES = (111, 112), (113, 114)
SHARE = "0%"
# With more points than this, marks on a line run into each other.
MOST_MARKS = 60


def chart_xml(chart: Chart, points: int, font: str, width: float) -> bytes:
    """The chart; ``points`` and ``font``: the size and the font of its texts; ``width``: its own, in points."""
    first = [(place, series) for place, series in enumerate(chart.series) if series.role != "cumulative"]
    second = [(place, series) for place, series in enumerate(chart.series) if series.role == "cumulative"]
    plots = _lines(chart, first, FIRST_AXES) if chart.kind in ("line", "dots") else _bars(chart, first)
    plots += _lines(chart, second, SECOND_AXES) if second else ""
    axes = _axes(chart, points, font, width) + (_second_axes(points, font) if second else "")
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(points, font)}</c:legend>' if len(chart.series) > 1 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plots}{axes}</c:plotArea>{legend}'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(points, font)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def chart_workbook(chart: Chart, made_at: datetime) -> bytes:
    """The workbook behind the chart: the categories in the first column, a series in each of the others."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet("Sheet1")
        for row, name in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


def _bars(chart: Chart, shown: list[tuple[int, Series]]) -> str:
    direction = "bar" if chart.kind == "bar" else "col"
    bars = "".join(
        _series(
            chart,
            place,
            series,
            f'<c:spPr><a:solidFill><a:srgbClr val="{bar_colour(series.role, place)}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>',
            _labels(chart),
        )
        for place, series in shown
    )
    return f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}<c:gapWidth val="60"/>{_ids(FIRST_AXES)}</c:barChart>'


def _labels(chart: Chart) -> str:
    """The value at the end of each bar, where there are few enough to read."""
    if len(chart.categories) * len(chart.series) > 60:
        return ""
    code = escape(NUMBER_FORMATS[chart.unit])
    return (
        f'<c:dLbls><c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _lines(chart: Chart, shown: list[tuple[int, Series]], axes: tuple[int, int]) -> str:
    style = _dot_style if chart.kind == "dots" else partial(_line_style, has_marks=len(chart.categories) <= MOST_MARKS)
    lines = "".join(_series(chart, place, series, style(place, series), "", '<c:smooth val="0"/>') for place, series in shown)
    return f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{lines}<c:marker val="1"/>{_ids(axes)}</c:lineChart>'


def _line_style(place: int, series: Series, has_marks: bool) -> str:
    ink = colour(series.role, place)
    is_value = series.role in ("value", "cumulative", "reference")
    dash = "" if is_value else f'<a:prstDash val="{"dash" if series.role == "target" else "sysDot"}"/>'
    width = 25400 if is_value else 15875
    fill = f'<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
    marker = f'<c:symbol val="circle"/><c:size val="5"/><c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr>' if is_value and has_marks else '<c:symbol val="none"/>'
    return f'<c:spPr><a:ln w="{width}" cap="rnd">{fill}{dash}<a:round/></a:ln></c:spPr><c:marker>{marker}</c:marker>'


def _dot_style(place: int, series: Series) -> str:
    """A mark without a line between the categories; limits and targets are short strokes."""
    fill = f'<a:solidFill><a:srgbClr val="{colour(series.role, place)}"/></a:solidFill>'
    symbol, size = dot(series.role)
    marker = f'<c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{fill}<a:ln>{fill}</a:ln></c:spPr>'
    return f'<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker>{marker}</c:marker>'


def _series(chart: Chart, place: int, series: Series, style: str, labels: str, more: str = "") -> str:
    column, last = _letters(place + 1), len(chart.categories) + 1
    code = SHARE if series.role == "cumulative" else NUMBER_FORMATS[chart.unit]
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(name)}</c:v></c:pt>' for i, name in enumerate(chart.categories))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(series.values) if value is not None)
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{style}{labels}<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>{escape(code)}</c:formatCode>{count}{numbers}</c:numCache></c:numRef></c:val>{more}</c:ser>"
    )


def _axes(chart: Chart, points: int, font: str, width: float) -> str:
    """Category and value axis; horizontal bars run from the top, with their values at the bottom."""
    flat = chart.kind == "bar"
    category, value = FIRST_AXES
    low, high = value_range(chart)
    bounds = (f'<c:max val="{high}"/>' if high is not None else "") + (f'<c:min val="{low}"/>' if low is not None else "")
    step = value_step(chart)
    major = f'<c:majorUnit val="{step:g}"/>' if step is not None else ""
    code = "0%" if chart.unit == "share" and (high or 1) - (low or 0) > 0.06 else NUMBER_FORMATS[chart.unit]
    rule = f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:ln></c:spPr>'
    turned = f'<a:bodyPr rot="{-60000 * slant(chart)}" vert="horz"/>' if slant(chart) else '<a:bodyPr rot="-60000000" vert="horz"/>'
    every = f'<c:tickLblSkip val="{label_step(chart, points, width)}"/>'
    return (
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="{"maxMin" if flat else "minMax"}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if flat else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{rule}{_text(points, font, turned)}<c:crossAx val="{value}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{every}<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/>{bounds}</c:scaling><c:delete val="0"/><c:axPos val="{"b" if flat else "l"}"/>'
        f'<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E3E6E9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(points, font)}<c:crossAx val="{category}"/><c:crosses val="{"max" if flat else "autoZero"}"/><c:crossBetween val="between"/>{major}</c:valAx>'
    )


def _second_axes(points: int, font: str) -> str:
    category, value = SECOND_AXES
    return (
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="b"/><c:crossAx val="{value}"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/><c:max val="1"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="r"/>'
        f'<c:numFmt formatCode="{SHARE}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(points, font)}<c:crossAx val="{category}"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx>'
    )


def value_range(chart: Chart) -> tuple[float | None, float | None]:
    """The ends of the value axis: around lines and dots with some room, for bars from zero; null where the program chooses."""
    if chart.kind not in ("line", "dots"):
        shares = [value for series in chart.series for value in series.values if value is not None and series.role != "cumulative"]
        return None if min(shares, default=0.0) < 0 else 0.0, 1.0 if chart.unit == "share" and max(shares, default=0.0) > 0.7 else None
    known = [value for series in chart.series for value in series.values if value is not None]
    if not known:
        return None, None
    step = _step(known)
    low, high = floor(min(known) / step + 1e-9) * step, ceil(max(known) / step - 1e-9) * step
    if chart.unit == "share":
        low, high = max(low, 0.0), min(high, 1.0)
    return round(low, 9), round(high if high > low else low + step, 9)


def label_step(chart: Chart, points: float, width: float) -> int:
    """Each how manieth category is named, so that names beside each other stay on one line; ``width``: of the chart, in points."""
    if chart.kind != "line":
        return 1
    longest = max((sum(1.0 if east_asian_width(letter) in "WF" else 0.56 for letter in name) for name in chart.categories), default=0)
    return max(1, ceil((longest + 1) * points * len(chart.categories) / (0.92 * width)))


def slant(chart: Chart) -> int:
    """By how many degrees the names of the categories are turned: many stand upright."""
    if chart.kind == "dots":
        return 0 if len(chart.categories) <= 6 else 45 if len(chart.categories) <= 20 else 90
    return 45 if chart.kind == "pareto" else 0


def dot(role: Role) -> tuple[str, int]:
    """The mark of a value that no line leads to, as Office calls it, and its size."""
    return ("dash", 9) if role in ("low", "high", "target") else ("circle", 8)


def value_step(chart: Chart) -> float | None:
    """The step between the ticks of the value axis; null where the program chooses."""
    known = [value for series in chart.series for value in series.values if value is not None]
    return _step(known) if known and chart.kind in ("line", "dots") else None


def _step(known: list[float]) -> float:
    """A round step of which a handful cover the values."""
    width = max(known) - min(known) or abs(max(known)) or 1.0
    power = 10.0
    while power > width:
        power /= 10
    while power * 10 <= width:
        power *= 10
    return next(step for step in (power / 5, power / 2, power, power * 2) if width / step <= 6)


def _text(points: int, font: str, body: str = "<a:bodyPr/>") -> str:
    return (
        f'<c:txPr>{body}<a:lstStyle/><a:p><a:pPr><a:defRPr sz="{points * 100}" b="0"><a:solidFill><a:srgbClr val="{INK if points > 12 else MUTED}"/></a:solidFill>'
        f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _ids(axes: tuple[int, int]) -> str:
    return "".join(f'<c:axId val="{axis}"/>' for axis in axes)


def _letters(column: int) -> str:
    """A column's letters, from 0 for A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
