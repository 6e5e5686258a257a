"""What the PDF of a document is made of beyond paragraphs: lines to write on, the letterhead, signatures."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from geoapp.reports.blocks import CELL, CELL_HEAD, Align, Fill, Form, Letterhead, Rule, Run, Signatures
from geoapp.reports.blocks import Table as TableBlock

TEXT_MM = 165.0
_LEFT_CELL_MM, _RIGHT_CELL_MM = 72.0, 93.0
_ALIGN: dict[Align, Any] = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.JUSTIFY: TA_JUSTIFY}
_HAIRLINE = 0.6
_SIGNING_MM = 18


def style_of(form: Form, font: str) -> ParagraphStyle:
    """The form of a paragraph in the terms of the library."""
    return ParagraphStyle(
        name="",
        fontName=font,
        fontSize=form.size,
        leading=form.leading,
        alignment=_ALIGN[form.align],
        firstLineIndent=form.first_line_mm * mm,
        spaceBefore=form.before,
        spaceAfter=form.after,
        allowWidows=0,
        allowOrphans=0,
    )


def marked_up(runs: Sequence[Run]) -> str:
    """Runs in the library's own tags; the text itself is escaped."""
    told = ""
    for run in runs:
        text = escape(run.text)
        text = f"<i>{text}</i>" if run.italic else text
        told += f"<b>{text}</b>" if run.bold else text
    return told


class RuleLine(Flowable):
    """A line in the middle."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self._width = rule.width_mm * mm

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803, ARG002 - the library's names
        """All of the width, and a little room."""
        self.width = aW
        return aW, 10

    def draw(self) -> None:
        """The line."""
        self.canv.setLineWidth(_HAIRLINE)
        start = (self.width - self._width) / 2
        self.canv.line(start, 6, start + self._width, 6)


class FillLines(Flowable):
    """A text with dots to the end of its line, and more lines of dots."""

    def __init__(self, fill: Fill, form: Form, font: str) -> None:
        super().__init__()
        self._fill, self._font, self._size = fill, font, form.size
        self._step = form.size * 1.5
        self._lines = fill.lines + (1 if fill.text else 0)
        self._indent = form.first_line_mm * mm

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803, ARG002
        """As many lines as there are to write on."""
        self.width = aW
        return aW, self._lines * self._step

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803, ARG002
        """Never split: it moves to the next page as a whole."""
        return []

    def draw(self) -> None:
        """The text, and dots."""
        height = self._lines * self._step
        for place in range(self._lines):
            base = height - (place + 1) * self._step + 4
            start = 0.0
            if place == 0 and self._fill.text:
                self.canv.setFont(self._font, self._size)
                self.canv.drawString(self._indent, base, self._fill.text)
                start = self._indent + stringWidth(self._fill.text, self._font, self._size) + 3
            self._dots(start, base)

    def _dots(self, start: float, base: float) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(0.9)
        self.canv.setLineCap(1)
        self.canv.setDash(0.01, 3)
        self.canv.line(start, base - 1, self.width, base - 1)
        self.canv.restoreState()


def letterhead_flowables(head: Letterhead, font: str) -> list[Flowable]:
    """Two cells without borders: who issues it, and the national name with its motto, each with its line."""

    def line(text: str, size: float, *, bold: bool = False, italic: bool = False, after: float = 0) -> Paragraph:
        form = Form(size=size, align=Align.CENTRE, before=0, after=after)
        return Paragraph(marked_up([Run(text, bold, italic)]), style_of(form, font))

    agency_mm = max(stringWidth(text, f"{font}-Bold", 12) for text in head.agency) / mm
    motto_mm = stringWidth(head.motto, f"{font}-Bold", 13) / mm
    # Below the issuing agency a third to a half of its length; below the motto as long as it is.
    left = [
        line(head.parent, 12),
        *(line(text, 12, bold=True) for text in head.agency),
        RuleLine(Rule(agency_mm * 0.4)),
    ]
    right = [line(head.nation, 12, bold=True), line(head.motto, 13, bold=True), RuleLine(Rule(motto_mm))]
    cells: list[list[Any]] = [[left, right], [line(head.sign, 13), line(head.place, 13, italic=True)]]
    table = Table(cells, colWidths=[_LEFT_CELL_MM * mm, _RIGHT_CELL_MM * mm])
    table.setStyle(_tight(font))
    return [table, Spacer(1, 4)]


def table_flowable(block: TableBlock, font: str) -> Flowable:
    """A table with borders; its head is repeated on every page."""
    body = style_of(CELL, font)
    cells = [[Paragraph(marked_up(cell), body) for cell in row] for row in block.rows]
    if block.head:
        head = style_of(CELL_HEAD, font)
        cells.insert(0, [Paragraph(marked_up([Run(text, bold=True)]), head) for text in block.head])
    table = Table(cells, colWidths=[width * mm for width in block.widths_mm], repeatRows=1 if block.head else 0)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), font),
                ("GRID", (0, 0), (-1, -1), 0.5, "#000000"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if block.head else "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    table.spaceBefore, table.spaceAfter = 4, 6
    return table


def signature_flowable(block: Signatures, font: str) -> Flowable:
    """Those who sign, with room for it."""
    form = Form(size=13, align=Align.CENTRE, before=0, after=0)

    def cell(titles: str, hint: str) -> list[Flowable]:
        lines = [Paragraph(marked_up([Run(title, bold=True)]), style_of(form, font)) for title in titles.split("|")]
        return [
            *lines,
            Paragraph(marked_up([Run(hint, italic=True)]), style_of(form, font)),
            Spacer(1, _SIGNING_MM * mm),
        ]

    cells = [[cell(*left), cell(*right)] for left, right in block.rows]
    table = Table(cells, colWidths=[TEXT_MM / 2 * mm] * 2)
    table.setStyle(_tight(font))
    table.spaceBefore = 6
    return table


def _tight(font: str) -> TableStyle:
    return TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), font),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ]
    )
