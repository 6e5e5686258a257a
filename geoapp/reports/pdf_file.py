"""Blocks as a PDF by the form rules of Decree 30/2020: A4, margins, page numbers; the same bytes each time."""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
)

from geoapp.reports.blocks import (
    BODY,
    CAPTION,
    Attached,
    Block,
    Fill,
    Letterhead,
    NewPage,
    Para,
    Picture,
    Rule,
    Signatures,
    Table,
    Together,
)
from geoapp.reports.fonts import Typeface, register
from geoapp.reports.pdf_flowables import (
    FillLines,
    RuleLine,
    letterhead_flowables,
    marked_up,
    signature_flowable,
    style_of,
    table_flowable,
)

MARGINS_MM = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
MANIFEST_NAME = "manifest.json"
_NUMBER_FROM_TOP_MM = 13.0
_FOOT_FROM_BOTTOM_MM = 10.0
_ROOM_MM = 25.0


def write_pdf(blocks: Sequence[Block], attached: Attached, face: Typeface) -> bytes:
    """A PDF with its typeface and the manifest inside."""
    font = register(face)
    target = io.BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        # Neither the time nor a random name goes into the file.
        invariant=1,
        title=attached.title,
        author=attached.author,
        creator="geoapp",
        lang=attached.language,
        # Else each page begins with a typeface that is not in the file.
        initialFontName=font,
    )
    paper = _Paper(font, attached)
    document.addPageTemplates([PageTemplate("page", [_frame()], onPage=paper.draw)])
    document.build([flowable for block in blocks for flowable in _flowables(block, font)])
    return target.getvalue()


def _frame() -> Frame:
    width, height = A4
    return Frame(
        MARGINS_MM["left"] * mm,
        MARGINS_MM["bottom"] * mm,
        width - (MARGINS_MM["left"] + MARGINS_MM["right"]) * mm,
        height - (MARGINS_MM["top"] + MARGINS_MM["bottom"]) * mm,
        *(0, 0, 0, 0),
    )


class _Paper:
    """What stands on every page beside the text."""

    def __init__(self, font: str, attached: Attached) -> None:
        self._font, self._attached = font, attached

    def draw(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """The number in the top margin, but for page 1; the notice in the bottom margin; the manifest, once."""
        width, height = A4
        middle = (MARGINS_MM["left"] * mm + width - MARGINS_MM["right"] * mm) / 2
        if document.page == 1:
            _attach(canvas, self._attached.manifest)
        else:
            canvas.setFont(self._font, 13)
            canvas.drawCentredString(middle, height - _NUMBER_FROM_TOP_MM * mm, str(document.page))
        if self._attached.footer:
            canvas.setFont(f"{self._font}-Italic", 10)
            canvas.drawCentredString(middle, _FOOT_FROM_BOTTOM_MM * mm, self._attached.footer)


def _attach(canvas: Canvas, manifest: bytes) -> None:
    """Put the manifest into the file as an attachment, plain, as PDF 1.7 (ISO 32000-1, 7.11.4) has it."""
    document: Any = canvas._doc  # type: ignore[attr-defined] # noqa: SLF001 - the library has no call for attachments
    stream = pdfdoc.PDFStream(content=manifest, filters=[])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = pdfdoc.PDFName("application#2Fjson")
    body = document.Reference(stream, "geoapp-manifest")
    name = pdfdoc.PDFString(MANIFEST_NAME)
    spec = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": name,
            "UF": name,
            "EF": pdfdoc.PDFDictionary({"F": body}),
        }
    )
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([name, document.Reference(spec, "geoapp-manifest-file")])})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})


def _flowables(block: Block, font: str) -> list[Flowable]:
    made: list[Flowable]
    match block:
        case Para(runs, form):
            # The library would keep a heading with a whole table, and move both: room for some lines is enough.
            room = [CondPageBreak(_ROOM_MM * mm)] if form.keep_with_next else []
            made = [*room, Paragraph(marked_up(runs), style_of(form, font))]
        case Fill():
            made = [FillLines(block, BODY, font)]
        case Rule():
            made = [RuleLine(block)]
        case Table():
            made = [table_flowable(block, font)]
        case Signatures():
            made = [signature_flowable(block, font)]
        case Together(blocks):
            made = [KeepTogether([flowable for one in blocks for flowable in _flowables(one, font)])]
        case Letterhead():
            made = letterhead_flowables(block, font)
        case NewPage():
            made = [PageBreak()]
        case Picture():
            made = [KeepTogether(_picture(block, font))]
    return made


def _picture(block: Picture, font: str) -> list[Flowable]:
    image = Image(ImageReader(io.BytesIO(block.data)).fp, block.width_mm * mm, block.height_mm * mm)
    image.hAlign = "CENTER"
    if not block.caption:
        return [image]
    return [image, Paragraph(marked_up(block.caption), style_of(CAPTION, font))]
