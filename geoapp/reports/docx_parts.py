"""Pieces of a DOCX that the library has no calls for: borders, dots, page numbers, the hidden manifest."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from geoapp.reports.blocks import Align, Form, Run

TYPE = "Times New Roman"
MANIFEST_XML = "urn:geoapp:dossier:manifest"
TEXT_MM = 165.0
_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write_runs(paragraph: Paragraph, runs: Sequence[Run], form: Form) -> Paragraph:
    """Fill a paragraph and set it by its form."""
    paragraph.alignment = _ALIGN[form.align]
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(form.before), Pt(form.after)
    layout.line_spacing = Pt(form.leading)
    layout.keep_with_next = form.keep_with_next
    if form.first_line_mm:
        layout.first_line_indent = Mm(form.first_line_mm)
    for run in runs:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None
        written.font.size = Pt(form.size)
    return paragraph


def write_dots(paragraph: Paragraph, width_mm: float) -> None:
    """Dots from where the text ends to the right edge: a tab with a leader."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run("\t")


def draw_rule(paragraph: Paragraph, within_mm: float, width_mm: float) -> None:
    """A line of a length in the middle: the top border of a small paragraph that is indented from both sides."""
    side = Mm((within_mm - width_mm) / 2)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = side
    layout.space_before, layout.space_after, layout.line_spacing = Pt(2), Pt(0), Pt(6)
    borders = OxmlElement("w:pBdr")
    borders.append(_border("w:top", size=6))
    # The order of these elements is fixed by the schema: borders stand before the spacing.
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def write_page_number(paragraph: Paragraph) -> None:
    """The number of the page, as a field."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001


def repeat_head(row: Any) -> None:
    """Repeat a row of a table at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def keep_whole(row: Any) -> None:
    """Never break a row across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def set_alternative(picture: Any, text: str) -> None:
    """The text that stands for a picture."""
    picture._inline.docPr.set("descr", text)  # noqa: SLF001


def set_cell_margins(table: Any, side_mm: float) -> None:
    """How far the text of cells stands off their sides."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("w:left", "w:right"):
        side = OxmlElement(name)
        side.set(qn("w:w"), str(round(side_mm * 56.7)))
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    table._tbl.tblPr.append(margins)  # noqa: SLF001


def hide_manifest(document: Document, manifest: bytes) -> None:
    """Put the manifest into the file as custom XML, which word processors keep when they save."""
    told = escape(manifest.decode("utf-8"))
    body = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<manifest xmlns="{MANIFEST_XML}">{told}</manifest>'
    )
    package = document.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", body.encode("utf-8"), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _border(name: str, size: int) -> Any:
    border = OxmlElement(name)
    for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
        border.set(qn(f"w:{key}"), value)
    return border
