"""Whether a DOCX can be the template of a report: every fault with the paragraph that it stands in.

A template may hold fields and conditions on fields, nothing else of the language that fills them in: no attributes, no
calls, no loops. What is evaluated is evaluated in a sandbox all the same.
"""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from geoapp.core.zips import BROKEN_ZIP
from geoapp.errors import N_
from geoapp.reports.report_fields import BY_NAME, FIELDS

MOST_BYTES = 10_000_000
_MOST_UNPACKED = 16_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}|\{#(.*?)#\}", re.DOTALL)
_FIELD = re.compile(r"(p\s+)?([A-Za-z_]\w*)")
_CONDITION = re.compile(r"(p\s+)?(?:(if|elif)\s+(not\s+)?([A-Za-z_]\w*)|else|endif)")
_WORDS = frozenset({"if", "elif", "else", "endif", "not"})
_SHOWN = 80
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover"})
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_BROKEN = (*BROKEN_ZIP, OSError, OpcError, etree.XMLSyntaxError, AttributeError, IndexError, TypeError)
# All that fields and conditions on fields become.
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.If, nodes.Not)
# Fields that fetch something when the document is opened, or run something.
_OUTSIDE = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE)


@dataclass(frozen=True)
class TemplateFault:
    """A fault of a template. ``place``: the text of its paragraph, or a part of the file; ``template``: the reason."""

    place: str
    template: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        reason = self.template % self.params if self.params else self.template
        return f"{self.place}: {reason}" if self.place else reason


def sandbox() -> ImmutableSandboxedEnvironment:
    """Where templates are filled in: no access to anything but the fields."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def check_template(body: bytes) -> tuple[TemplateFault, ...]:
    """Every fault of a template; none: a report can be made from it."""
    if len(body) > MOST_BYTES:
        return (
            _fault("", N_("The file has more than %(most)s MB; a template is far smaller."), most=MOST_BYTES // 10**6),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            found = tuple(_faults(package))
        return found or tuple(_evaluated(body))
    except _BROKEN:
        return (_fault("", N_("This is no DOCX, or it is damaged: save it again in Word as .docx.")),)


def _faults(package: zipfile.ZipFile) -> Iterator[TemplateFault]:
    names = package.namelist()
    if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
        yield _fault("", N_("Unpacked the file is larger than any template."))
        return
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        yield _fault("", N_("This is no DOCX, or it is damaged: save it again in Word as .docx."))
        return
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        yield _fault("", N_("There are macros in the template. Save it as .docx, without macros."))
    yield from _outside(package)
    texts: list[str] = []
    for name in filter(_READ.fullmatch, names):
        try:
            root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield _fault(
                name, N_("The XML is broken in line %(line)s: save the template again in Word."), line=error.lineno
            )
            return
        if root.getroottree().docinfo.doctype:
            yield _fault(name, N_("A document type is declared, which no Word file has."))
            return
        paragraphs = [_text(one) for one in root.iter(f"{_W}p")]
        texts += paragraphs
        yield from _outside_fields(root, name)
        for text in paragraphs:
            yield from _check_paragraph(text)
    yield from _balance(texts)
    yield from _required(texts)


def _evaluated(body: bytes) -> Iterator[TemplateFault]:
    """Whatever else would be evaluated: in attributes, in parts of other names, in text that Word does not show."""
    made = DocxTemplate(io.BytesIO(body))
    made.init_docx()
    for source in _sources(made):
        try:
            tree = sandbox().parse(made.patch_xml(source))
        except TemplateError as error:
            yield _fault("", N_("The conditions do not fit together: %(reason)s"), reason=error.message or "")
            continue
        for node in tree.find_all(nodes.Node):
            if not (isinstance(node, _ALLOWED) or (isinstance(node, nodes.Name) and node.name in BY_NAME)):
                yield _fault(
                    "",
                    N_("Something is to be evaluated that is no field in a text (%(found)s). Take it out."),
                    found=getattr(node, "name", type(node).__name__)[:_SHOWN],
                )


def _sources(made: DocxTemplate) -> Iterator[str]:
    """The XML that the library fills in, as it takes it: the body, headers and footers, footnotes."""
    yield made.get_xml()
    for kind in (made.HEADER_URI, made.FOOTER_URI):
        for _, part in made.get_headers_footers(kind):
            yield made.get_part_xml(part)
    for part in made.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield part.blob.decode()


def _outside(package: zipfile.ZipFile) -> Iterator[TemplateFault]:
    """What would be fetched from elsewhere when the document is opened; links that people click may stay."""
    for name in package.namelist():
        if not name.endswith(".rels"):
            continue
        try:
            root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield _fault(
                name, N_("The XML is broken in line %(line)s: save the template again in Word."), line=error.lineno
            )
            continue
        links = set()
        for relation in root:
            kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
            if relation.get("TargetMode") != "External":
                continue
            if kind == "hyperlink":
                links.add(relation.get("Id"))
            else:
                yield _fetches(name, kind)
        yield from _taken_as_links(package, name.replace("_rels/", "").removesuffix(".rels"), links)


def _taken_as_links(package: zipfile.ZipFile, name: str, links: set[str | None]) -> Iterator[TemplateFault]:
    """What names an address that is said to be a link, and is not clicked: a picture is fetched from it at once."""
    if not links or name not in package.namelist():
        return
    root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    for element in root.iter(etree.Element):
        kind = etree.QName(element).localname
        of_links = [key for key, value in element.attrib.items() if value in links and "relationships}" in str(key)]
        if of_links and kind not in _CLICKED:
            yield _fetches(name, kind)


def _fetches(name: str, kind: str) -> TemplateFault:
    told = N_("The template fetches something from outside (%(kind)s); put it into the file.")
    return _fault(name, told, kind=kind)


def _instructions(root: etree._Element) -> Iterator[str]:
    """The codes of fields of Word, whatever pieces they are cut into."""
    told = ""
    for element in root.iter(f"{_W}instrText", f"{_W}fldSimple", f"{_W}fldChar"):
        if element.tag == f"{_W}instrText":
            told += element.text or ""
        else:
            yield told
            told = ""
            yield element.get(f"{_W}instr") or ""
    yield told


def _outside_fields(root: etree._Element, name: str) -> Iterator[TemplateFault]:
    for told in _instructions(root):
        if _OUTSIDE.search(told):
            yield _fault(
                name, N_("The field of Word “%(field)s” fetches or runs something; take it out."), field=told[:_SHOWN]
            )


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph, whatever pieces Word has cut it into; not of paragraphs inside of it (text boxes)."""
    inner = {text for one in paragraph.iter(f"{_W}p") if one is not paragraph for text in one.iter(f"{_W}t")}
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t") if text not in inner)


def _check_paragraph(text: str) -> Iterator[TemplateFault]:
    place = f"“{text.strip()[:_SHOWN]}”"
    rest = _TAG.sub("", text)
    if any(sign in rest for sign in ("{{", "}}", "{%", "%}", "{#", "#}")):
        yield _fault(place, N_("A field is begun and not ended within the paragraph: write {{ name }}."))
    for match in _TAG.finditer(text):
        field, condition, comment = match.groups()
        if comment is not None:
            yield _fault(place, N_("Comments {# #} are not taken; delete it."))
        elif field is not None:
            yield from _check_field(place, text, field.strip(), match[0])
        else:
            yield from _check_condition(place, condition.strip())


def _check_field(place: str, text: str, said: str, whole: str) -> Iterator[TemplateFault]:
    match = _FIELD.fullmatch(said)
    if match is None:
        yield _fault(place, N_("{{ %(found)s }}: only the name of a field may stand here."), found=said[:_SHOWN])
        return
    name = match[2]
    field = BY_NAME.get(name)
    if field is None:
        yield _unknown(place, name)
    elif field.is_block and not match[1]:
        yield _fault(place, N_("%(field)s is a block: write {{p %(field)s }} in a paragraph of its own."), field=name)
    elif field.is_block and text.strip() != whole:
        yield _fault(place, N_("Nothing else may stand in the paragraph of the block %(field)s."), field=name)
    elif match[1] and not field.is_block:
        yield _fault(place, N_("%(field)s is a text: write {{ %(field)s }}, without p."), field=name)


def _check_condition(place: str, said: str) -> Iterator[TemplateFault]:
    match = _CONDITION.fullmatch(said)
    if match is None:
        yield _fault(
            place, N_("{%% %(found)s %%}: only if, else and endif with a field may stand here."), found=said[:_SHOWN]
        )
        return
    name = match[4]
    if name and (name not in BY_NAME or BY_NAME[name].is_block):
        yield _unknown(place, name)


def _unknown(place: str, name: str) -> TemplateFault:
    close = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
    if close:
        return _fault(
            place, N_("There is no field %(field)s. Did you mean %(close)s?"), field=name[:_SHOWN], close=close[0]
        )
    known = ", ".join(BY_NAME)
    return _fault(place, N_("There is no field %(field)s. The fields are %(known)s."), field=name[:_SHOWN], known=known)


def _balance(texts: list[str]) -> Iterator[TemplateFault]:
    """Whether every condition is ended."""
    tags = "".join(match[0] for text in texts for match in _TAG.finditer(text) if match[2] is not None)
    try:
        sandbox().parse(re.sub(r"\{%-?\s*p\s+", "{% ", tags))
    except TemplateError as error:
        yield _fault("", N_("The conditions do not fit together: %(reason)s"), reason=error.message or "")


def _required(texts: list[str]) -> Iterator[TemplateFault]:
    told = [match[1].split()[-1] for text in texts for match in _TAG.finditer(text) if (match[1] or "").strip()]
    for field in FIELDS:
        if field.is_required and field.name not in told:
            yield _fault("", N_("The field %(field)s is missing; a report must carry it."), field=field.name)
        elif field.is_block and told.count(field.name) > 1:
            yield _fault("", N_("The block %(field)s stands in the template twice."), field=field.name)


def _fault(place: str, template: str, **params: object) -> TemplateFault:
    return TemplateFault(place, template, params)
