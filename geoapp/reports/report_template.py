"""The template of reports as it is shipped: made by code, in the form of Decree 30/2020, to be edited in Word."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from geoapp.errors import N_
from geoapp.reports.blocks import BODY, KIND, SUBJECT, Align, Form, Run
from geoapp.reports.docx_file import timeless
from geoapp.reports.docx_parts import (
    TEXT_MM,
    TYPE,
    draw_rule,
    keep_whole,
    set_cell_margins,
    write_page_number,
    write_runs,
)
from geoapp.reports.fonts import find_typeface, register
from geoapp.reports.pdf_file import MARGINS_MM
from geoapp.reports.report_fields import PARTS

_HEAD_MM = (72.0, 93.0)
_FOOT_MM = (75.0, 90.0)
_SUBJECT_RULE_MM = 50
_PAGE_NUMBER_MM = 9.0
_MADE = datetime(2026, 1, 1, tzinfo=UTC)


def build_template(say: Callable[[str], str]) -> bytes:
    """The template in one language. Args: say - gives the English text of a message in that language."""
    document = docx.Document()
    _set_up(document, say)
    _letterhead(document, say)
    _opening(document, say)
    for part in range(1, PARTS + 1):
        _block(document, f"phan_{part}")
    _ending(document, say)
    _block(document, "phu_luc")
    target = io.BytesIO()
    document.save(target)
    return timeless(target.getvalue())


def _set_up(document: Document, say: Callable[[str], str]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance = section.footer_distance = Mm(_PAGE_NUMBER_MM)
    section.different_first_page_header_footer = True
    write_page_number(section.header.paragraphs[0])
    small = Form(size=10, align=Align.CENTRE, before=0, after=0)
    for footer in (section.footer, section.first_page_footer):
        write_runs(footer.paragraphs[0], (Run("{{ ghi_chu_minh_hoa }}", italic=True),), small)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TYPE, Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), TYPE)
    told = document.core_properties
    told.title, told.comments, told.revision = say(N_("Template of the periodic report")), "", 1
    told.author = told.last_modified_by = ""
    told.created = told.modified = _MADE


def _letterhead(document: Document, say: Callable[[str], str]) -> None:
    """Two cells without borders: agencies and number, nation and day."""
    font = register(find_typeface())
    agency = say(N_("MANAGEMENT BOARD|OF THE ECONOMIC ZONE|AND THE INDUSTRIAL PARKS")).split("|")
    motto = say(N_("Independence - Freedom - Happiness"))
    table = _grid(document, 2, _HEAD_MM)
    set_cell_margins(table, 0)
    left, right = table.rows[0].cells
    _stack(left, [(Run(say(N_("NINH BÌNH PEOPLE'S COMMITTEE"))), 12), *((Run(line, bold=True), 12) for line in agency)])
    longest = max(stringWidth(line, f"{font}-Bold", 12) for line in agency) / mm
    draw_rule(left.add_paragraph(), _HEAD_MM[0], longest * 0.4)
    _stack(right, [(Run(say(N_("SOCIALIST REPUBLIC OF VIET NAM")), bold=True), 12), (Run(motto, bold=True), 13)])
    draw_rule(right.add_paragraph(), _HEAD_MM[1], stringWidth(motto, f"{font}-Bold", 13) / mm)
    number, day = table.rows[1].cells
    _stack(number, [(Run(say(N_("No.: {{ so_hieu }}/BC-BQL"))), 13)])
    _stack(day, [(Run("{{ dia_danh_ngay }}", italic=True), 13)])


def _opening(document: Document, say: Callable[[str], str]) -> None:
    """Kind, subject, to whom, and the first sentence; all of it the office may word anew."""
    write_runs(document.add_paragraph(), (Run(say(N_("REPORT")), bold=True),), KIND)
    write_runs(document.add_paragraph(), (Run("{{ trich_yeu }}", bold=True),), SUBJECT)
    draw_rule(document.add_paragraph(), TEXT_MM, _SUBJECT_RULE_MM)
    to_whom = Form(align=Align.CENTRE, before=8, after=8)
    write_runs(document.add_paragraph(), (Run(say(N_("To: People's Committee of Ninh Bình province"))),), to_whom)
    first = N_(
        "Carrying out the plan of the board of 02/2026 (section IV), the management board of the economic zone and the"
        " industrial parks reports the results of {{ ky_bao_cao }}, data to {{ so_lieu_den }}, as follows:"
    )
    write_runs(document.add_paragraph(), (Run(say(first)),), BODY)
    _condition(document, "tinh_trang_ky")


def _condition(document: Document, field: str) -> None:
    """A paragraph that stands there only where the field says something."""
    write_runs(document.add_paragraph(), (Run(f"{{%p if {field} %}}"),), BODY)
    write_runs(document.add_paragraph(), (Run(f"{{{{ {field} }}}}", italic=True),), BODY)
    write_runs(document.add_paragraph(), (Run("{%p endif %}"),), BODY)


def _block(document: Document, name: str) -> None:
    write_runs(document.add_paragraph(), (Run(f"{{{{p {name} }}}}"),), BODY)


def _ending(document: Document, say: Callable[[str], str]) -> None:
    """The last sentence, who signs, and who receives it; they stay on one page."""
    last = N_(
        "This is the report of the management board of the economic zone and the industrial parks on {{ ky_bao_cao"
        " }}./."
    )
    form = Form(first_line_mm=10, before=6, after=10, keep_with_next=True)
    write_runs(document.add_paragraph(), (Run(say(last)),), form)
    table = _grid(document, 1, _FOOT_MM)
    set_cell_margins(table, 0)
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    receivers = say(N_("- As above;|- Leaders of the board;|- Divisions and units;|- Filed: VT, VP.")).split("|")
    lines: list[tuple[Run, float]] = [(Run(say(N_("Recipients:")), bold=True, italic=True), 12)]
    _stack(left, [*lines, *((Run(line), 11) for line in receivers)], align=Align.LEFT)
    blank = (Run(""), 13.0)
    _stack(right, [(Run("{{ chuc_vu_ky }}", bold=True), 13), *(blank,) * 5, (Run("{{ nguoi_ky }}", bold=True), 13)])


def _grid(document: Document, rows: int, widths_mm: Sequence[float]) -> Any:
    table = document.add_table(rows, len(widths_mm))
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _stack(cell: Any, lines: Sequence[tuple[Run, float]], align: Align = Align.CENTRE) -> None:
    for place, (run, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write_runs(paragraph, (run,), Form(size=size, align=align, before=0, after=0))
