"""Blocks as a DOCX by the form rules of Decree 30/2020, to the millimetre; the same blocks give the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from geoapp.reports.blocks import (
    BODY,
    CAPTION,
    CELL,
    CELL_HEAD,
    Align,
    Attached,
    Block,
    Fill,
    Form,
    Letterhead,
    NewPage,
    Para,
    Picture,
    Rule,
    Run,
    Signatures,
    Table,
    Together,
)
from geoapp.reports.docx_parts import (
    TEXT_MM,
    TYPE,
    draw_rule,
    hide_manifest,
    keep_whole,
    repeat_head,
    set_alternative,
    set_cell_margins,
    write_dots,
    write_page_number,
    write_runs,
)
from geoapp.reports.fonts import Typeface, register
from geoapp.reports.pdf_file import MARGINS_MM

# The oldest day that the format can tell.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_HEAD_MM = (72.0, 93.0)
_SIGNING_LINES = 4
_TINY = Form(size=6, before=0, after=0)


def write_docx(blocks: Sequence[Block], attached: Attached, face: Typeface, made_at: datetime) -> bytes:
    """A DOCX with the manifest inside.

    Args: face - whose widths the lines of the head are measured by; made_at - told as the day of the file.
    """
    document = docx.Document()
    _set_up(document, attached, made_at)
    writer = _Writer(document, register(face))
    for block in blocks:
        writer.write(block)
    hide_manifest(document, attached.manifest)
    target = io.BytesIO()
    document.save(target)
    return timeless(target.getvalue())


def _set_up(document: Document, attached: Attached, made_at: datetime) -> None:
    """Page, margins, typeface, page numbers, properties."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    write_page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        write_runs(
            paragraph, (Run(attached.footer, italic=True),), Form(size=10, align=Align.CENTRE, before=0, after=0)
        )
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TYPE, Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), TYPE)
    told = document.core_properties
    told.title, told.author, told.last_modified_by = attached.title, attached.author, attached.author
    told.comments, told.language, told.revision = "", attached.language, 1
    told.created = told.modified = made_at.replace(microsecond=0)


class _Writer:
    """Writes block after block into a document."""

    def __init__(self, document: Document, font: str) -> None:
        self._document, self._font = document, font
        self._breaks = False

    def write(self, block: Block) -> None:
        """One block."""
        match block:
            case NewPage():
                self._breaks = True
            case Para(runs, form):
                write_runs(self._paragraph(), runs, form)
            case Rule(width_mm):
                draw_rule(self._paragraph(), TEXT_MM, width_mm)
            case Fill():
                self._fill(block)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case Signatures():
                self._signatures(block)
            case Together(blocks):
                self._together(blocks)
            case Letterhead():
                self._letterhead(block)

    def _paragraph(self) -> Any:
        """A new paragraph, on a new page where one was asked for."""
        paragraph = self._document.add_paragraph()
        if self._breaks:
            paragraph.paragraph_format.page_break_before = True
            self._breaks = False
        return paragraph

    def _fill(self, block: Fill) -> None:
        form = Form(size=BODY.size, align=Align.LEFT, before=0, after=3)
        for place in range(block.lines + (1 if block.text else 0)):
            paragraph = self._paragraph()
            has_text = place == 0 and block.text
            write_runs(paragraph, (Run(f"{block.text} "),) if has_text else (), form)
            if has_text:
                paragraph.paragraph_format.first_line_indent = Mm(BODY.first_line_mm)
            paragraph.paragraph_format.line_spacing = Pt(round(form.size * 1.45, 1))
            write_dots(paragraph, TEXT_MM)

    def _table(self, block: Table) -> None:
        table = self._grid(len(block.rows) + bool(block.head), block.widths_mm, "Table Grid")
        set_cell_margins(table, 1.4)
        texts = [tuple((Run(text, bold=True),) for text in block.head)] if block.head else []
        # Asked for once: the library counts all cells each time.
        rows = list(table.rows)
        for place, (row, cells) in enumerate(zip(rows, [*texts, *block.rows], strict=True)):
            is_head = bool(block.head) and place == 0
            keep_whole(row)
            for cell, runs in zip(row.cells, cells, strict=True):
                write_runs(cell.paragraphs[0], runs, CELL_HEAD if is_head else CELL)
        if block.head:
            repeat_head(rows[0])
        write_runs(self._paragraph(), (), _TINY)

    def _picture(self, block: Picture) -> None:
        paragraph = self._paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        run = paragraph.add_run()
        picture = run.add_picture(io.BytesIO(block.data), Mm(block.width_mm), Mm(block.height_mm))
        set_alternative(picture, block.alternative)
        if block.caption:
            write_runs(self._paragraph(), block.caption, CAPTION)

    def _signatures(self, block: Signatures) -> None:
        table = self._grid(len(block.rows), (TEXT_MM / 2, TEXT_MM / 2), None)
        form = Form(align=Align.CENTRE, before=0, after=0, keep_with_next=True)
        for row, who in zip(list(table.rows), block.rows, strict=True):
            keep_whole(row)
            for cell, (titles, hint) in zip(row.cells, who, strict=True):
                lines = [Run(title, bold=True) for title in titles.split("|")] + [Run(hint, italic=True)]
                write_runs(cell.paragraphs[0], lines[:1], form)
                for line in [*lines[1:], *([Run("")] * _SIGNING_LINES)]:
                    write_runs(cell.add_paragraph(), (line,), form)
        write_runs(self._paragraph(), (), _TINY)

    def _together(self, blocks: Sequence[Block]) -> None:
        before = len(self._document.paragraphs)
        for block in blocks:
            self.write(block)
        for paragraph in self._document.paragraphs[before:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def _letterhead(self, block: Letterhead) -> None:
        table = self._grid(2, _HEAD_MM, None)
        set_cell_margins(table, 0)
        agency_mm = max(stringWidth(text, f"{self._font}-Bold", 12) for text in block.agency) / mm
        motto_mm = stringWidth(block.motto, f"{self._font}-Bold", 13) / mm
        left, right = table.rows[0].cells
        _stack(left, [(Run(block.parent), 12), *((Run(text, bold=True), 12) for text in block.agency)])
        draw_rule(left.add_paragraph(), _HEAD_MM[0], agency_mm * 0.4)
        _stack(right, [(Run(block.nation, bold=True), 12), (Run(block.motto, bold=True), 13)])
        draw_rule(right.add_paragraph(), _HEAD_MM[1], motto_mm)
        sign, place = table.rows[1].cells
        _stack(sign, [(Run(block.sign), 13)])
        _stack(place, [(Run(block.place, italic=True), 13)])

    def _grid(self, rows: int, widths_mm: Sequence[float], style: str | None) -> Any:
        """A table of fixed widths."""
        if self._breaks:
            write_runs(self._paragraph(), (), _TINY)
        table = self._document.add_table(rows, len(widths_mm), style)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table


def _stack(cell: Any, lines: Sequence[tuple[Run, float]]) -> None:
    """Lines of a cell of the head, one below the other."""
    for place, (run, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write_runs(paragraph, (run,), Form(size=size, align=Align.CENTRE, before=0, after=0))


def timeless(packed: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return target.getvalue()
