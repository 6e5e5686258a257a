"""A report as DOCX out of the template of the office; the same content, texts and template give the same bytes."""

import copy
import io
from collections.abc import Callable, Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate

from geoapp.core.report_model import Annex, Content, Picture
from geoapp.errors import N_, DataError
from geoapp.reports.blocks import APPENDIX, Align, Form
from geoapp.reports.docx_file import timeless
from geoapp.reports.docx_xml import Ink, elements, paragraph, run
from geoapp.reports.report_blocks import Maker
from geoapp.reports.report_fields import FIELDS, text_fields
from geoapp.reports.report_register import register_blocks, register_number
from geoapp.reports.speech import Speech
from geoapp.reports.template_check import check_template, sandbox

_NAME = Form(size=13, align=Align.CENTRE, before=2, after=0, keep_with_next=True)
_ATTACHED = Form(size=13, align=Align.CENTRE, before=0, after=8, keep_with_next=True)
_MARK = "\u2063{name}\u2063"
"""Stands in the place of a block until it is put there: no text that people write has this sign."""


def write_docx(
    content: Content,
    template: bytes,
    texts: Mapping[str, str],
    pictures: Mapping[str, Picture],
    say: Callable[[str], str],
    address: str = "",
) -> bytes:
    """A report as DOCX.

    Args: template - DOCX with fields, see ``report_fields``; texts - by the keys of blanks, and ``number``,
    ``signed_on`` (an ISO day), ``signer_title``, ``signer_name``; pictures - by the keys of charts and maps;
    say - gives the English text of a message in the language of the report; address - of a figure, with ``{ref}`` in
    it; empty: figures are no links. Raises: DataError - the template cannot be used, with every fault.
    """
    faults = check_template(template)
    if faults:
        raise DataError(N_("The template of the report cannot be used."), [str(fault) for fault in faults])
    speech = Speech(content.language, say)
    made = DocxTemplate(io.BytesIO(template))
    made.init_docx()
    document: Document = made.docx
    # What an editor wrote there is no part of the report, and is evaluated by the library.
    _describe(document, content, speech)
    told = text_fields(content, texts, speech)
    marks = {field.name: _MARK.format(name=field.name) for field in FIELDS if field.is_block}
    held = {name: _Markup(f"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p>") for name, mark in marks.items()}
    made.render({**told, **held}, jinja_env=sandbox(), autoescape=True)
    document = made.docx
    maker = Maker(content, texts, pictures, speech, _linker(document, address), _placer(document))
    _fill(document, marks, _blocks(maker))
    _finish(document)
    target = io.BytesIO()
    document.save(target)
    return timeless(target.getvalue())


class _Markup(str):
    """XML that is not escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def _describe(document: Document, content: Content, speech: Speech) -> None:
    told = document.core_properties
    agency = speech.say(N_("Management board of the economic zone and the industrial parks"))
    told.title, told.author, told.last_modified_by = content.subject, agency, agency
    told.subject, told.comments, told.identifier, told.keywords, told.category = "", "", "", "", ""
    told.language, told.revision = content.language, 1
    told.created = told.modified = content.known_at.replace(microsecond=0)


def _linker(document: Document, address: str) -> Callable[[str], str]:
    """Relationships to the addresses of figures, each once."""
    known: dict[str, str] = {}

    def link(ref: str) -> str:
        if address and ref not in known:
            known[ref] = f"rIdFigure{len(known) + 1}"
            # The other call of the library looks through all relationships each time, and there are hundreds.
            target = address.replace("{ref}", ref)
            document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, target, known[ref], is_external=True)
        return known.get(ref, "")

    return link


def _placer(document: Document) -> Callable[[Picture, str], Any]:
    def inline(drawn: Picture, title: str) -> Any:
        made = document.part.new_pic_inline(io.BytesIO(drawn.png), Mm(drawn.width_mm), Mm(drawn.height_mm))
        made.docPr.set("descr", title)
        return made

    return inline


def _blocks(maker: Maker) -> dict[str, list[Any]]:
    """The blocks by the name of their field."""
    made: dict[str, list[Any]] = {}
    part = 0
    for section in maker.content.sections:
        part += section.level == 1
        made.setdefault(f"phan_{part}", []).extend([maker.heading(section), *maker.blocks(section.blocks)])
    made["phu_luc"] = [item for annex in maker.content.annexes for item in _annex(maker, annex)]
    register = maker.speech.say(N_("Sources, quality of the data, references"))
    made["phu_luc"] += [
        section_break(is_wide=False),
        *annex_head(maker, register_number(maker), register),
        *register_blocks(maker),
    ]
    return made


def _annex(maker: Maker, annex: Annex) -> list[Any]:
    return [
        section_break(is_wide=annex.is_wide),
        *annex_head(maker, annex.number, annex.title),
        *maker.blocks(annex.blocks),
    ]


def annex_head(maker: Maker, number: str, title: str) -> list[str]:
    """Phụ lục I, its name in capitals, and what it belongs to."""
    speech = maker.speech
    attached = speech.told(N_("(Attached to the report: %(subject)s)"), subject=maker.content.subject)
    return [
        paragraph(run(speech.told(N_("Appendix %(number)s"), number=number), Ink(14, bold=True)), APPENDIX, outline=0),
        paragraph(run(title.upper(), Ink(bold=True)), _NAME),
        paragraph(run(attached, Ink(italic=True)), _ATTACHED),
    ]


def section_break(*, is_wide: bool) -> Any:
    """The end of a section; what follows lies across where ``is_wide``."""
    mark = OxmlElement("w:p")
    mark.set("geoapp-section", "wide" if is_wide else "upright")
    return mark


def _fill(document: Document, marks: Mapping[str, str], blocks: Mapping[str, list[Any]]) -> None:
    """Put the blocks where their marks stand."""
    names = {mark: name for name, mark in marks.items()}
    for one in list(document.element.body.iter(qn("w:p"))):
        name = names.get("".join(text.text or "" for text in one.iter(qn("w:t"))))
        if name is None:
            continue
        for element in elements(blocks.get(name, [])):
            one.addprevious(element)
        parent = one.getparent()
        parent.remove(one)
        if parent.tag == qn("w:tc") and parent[-1].tag != qn("w:p"):
            parent.append(OxmlElement("w:p"))


def _finish(document: Document) -> None:
    """Turn the marks between sections into breaks: each section but the first has its page numbers from page one on."""
    body = document.element.body
    last = body.sectPr
    marks = [one for one in body.iter(qn("w:p")) if one.get("geoapp-section")]
    current = copy.deepcopy(last)
    for mark in marks:
        is_wide = mark.attrib.pop("geoapp-section") == "wide"
        mark.append(_ended(current))
        current = _next_section(last, is_wide=is_wide)
    if marks:
        body.replace(last, current)


def _ended(section: Any) -> Any:
    properties = OxmlElement("w:pPr")
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    properties.append(spacing)
    properties.append(section)
    return properties


def _next_section(first: Any, *, is_wide: bool) -> Any:
    """A section after the first: it takes over header and footer, and numbers its first page too."""
    made = copy.deepcopy(first)
    for name in ("w:titlePg", "w:headerReference", "w:footerReference"):
        for element in made.findall(qn(name)):
            made.remove(element)
    if is_wide:
        size = made.find(qn("w:pgSz"))
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    return made
