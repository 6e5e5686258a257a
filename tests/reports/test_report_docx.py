"""A report as DOCX, opened by a library: form, references, what is missing, what people write."""

import io
import re
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from dossier_sample import speech

from geoapp.reports.report_docx import write_docx
from geoapp.reports.report_template import build_template
from tests import report_sample as sample

SAY = speech("vi")
TEXTS = {
    "direction": "Đã ban hành 05 văn bản.\nĐã họp giao ban {{ phan_1 }}.",
    "number": "7",
    "signed_on": "2026-03-09",
}


@pytest.fixture(scope="module")
def template() -> bytes:
    """The template as it is shipped."""
    return build_template(SAY)


@pytest.fixture(scope="module")
def packed(template: bytes) -> bytes:
    """The sample with some texts."""
    return write_docx(sample.content(), template, TEXTS, sample.pictures(), SAY, sample.ADDRESS)


@pytest.fixture(scope="module")
def opened(packed: bytes) -> Document:
    """The sample, opened."""
    return docx.Document(io.BytesIO(packed))


def told(document: Document) -> str:
    """All its text, tables among it."""
    return "\n".join(
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def test_the_same_content_gives_the_same_bytes(packed: bytes, template: bytes) -> None:
    """Neither the time nor a random name goes into the file."""
    again = write_docx(sample.content(), template, TEXTS, sample.pictures(), SAY, sample.ADDRESS)
    assert packed == again


def test_page_and_margins_are_those_of_the_decree(opened: Document) -> None:
    """A4; 20 mm above and below, 30 left, 15 right; the same where it lies across."""
    names = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    lengths = [[round(getattr(one, name).mm) for name in names] for one in opened.sections]
    upright, across = [210, 297, 20, 20, 30, 15], [297, 210, 20, 20, 30, 15]
    assert [upright, across, upright, upright] == lengths


def test_only_the_first_page_has_no_number(opened: Document) -> None:
    """The first section has a first page of its own; later ones take its header over and number every page."""
    assert [True, False, False, False] == [one.different_first_page_header_footer for one in opened.sections]
    assert "PAGE" in opened.sections[0].header.paragraphs[0]._p.xml
    assert all(one.header.is_linked_to_previous for one in opened.sections[1:])


def test_number_and_day_have_a_leading_nought_as_the_decree_wants(opened: Document) -> None:
    """Number 7 is 07, the 9th is 09, but March is 3."""
    head = opened.tables[0]
    assert "Số: 07/BC-BQL" == head.cell(1, 0).text
    assert "Ninh Bình, ngày 09 tháng 3 năm 2026" == head.cell(1, 1).text


def test_until_it_is_issued_number_and_day_are_blank(template: bytes) -> None:
    """Dots stand in their places."""
    draft = docx.Document(io.BytesIO(write_docx(sample.content(), template, {}, {}, SAY)))
    assert "Số: ……/BC-BQL" == draft.tables[0].cell(1, 0).text
    assert "Ninh Bình, ngày …… tháng …… năm 2026" == draft.tables[0].cell(1, 1).text


def test_headings_follow_the_numbering_of_the_decree(opened: Document) -> None:
    """I. bold capitals, 1. bold, đ) upright and not bold."""
    found = {one.text: one.runs[0].bold for one in opened.paragraphs if one.text.startswith(("I. ", "1. Thu", "đ) "))}
    assert {"I. TÌNH HÌNH CHỈ ĐẠO": True, "1. Thu hút đầu tư": True, "đ) Lấp đầy": None} == found


def test_a_figure_is_printed_with_unit_and_reference(opened: Document) -> None:
    """508 619 with dots between thousands; a difference as down; what is missing says why, and never 0."""
    line = next(one for one in told(opened).split("\n") if one.startswith("Vốn đăng ký"))
    said = "Vốn đăng ký 508.619\u00a0tỷ đồng[A.01]; doanh thu chưa có số liệu (chưa ai nhập)[A.02]; lấp đầy giảm"
    assert f"{said} 1,2\u00a0điểm %[A.03]." == line


def test_every_reference_is_a_link_to_its_figure(opened: Document) -> None:
    """Each figure of the sample has one address, which ends in its reference."""
    targets = {one.target_ref for one in opened.part.rels.values() if one.reltype.endswith("/hyperlink")}
    assert {sample.ADDRESS.replace("{ref}", figure.ref) for figure in sample.content().figures} == targets


def test_without_an_address_nothing_is_a_link(template: bytes) -> None:
    """A draft on a machine without an address of its own."""
    made = docx.Document(io.BytesIO(write_docx(sample.content(), template, {}, {}, SAY)))
    assert [] == [one for one in made.part.rels.values() if one.reltype.endswith("/hyperlink")]


def test_what_people_wrote_stands_in_its_place_a_paragraph_a_line(opened: Document) -> None:
    """And is no field, whatever it looks like."""
    texts = [one.text for one in opened.paragraphs]
    at = texts.index("Đã ban hành 05 văn bản.")
    assert "Đã họp giao ban {{ phan_1 }}." == texts[at + 1]


def test_what_nobody_wrote_is_dots(opened: Document) -> None:
    """The hint and dots to the edge, never a text of our own."""
    empty = next(one for one in opened.paragraphs if "tiến độ" in one.text)
    assert "[…] (tiến độ) \t" == empty.text
    assert "dot" == empty.paragraph_format.element.pPr.find(qn("w:tabs"))[0].get(qn("w:leader"))


def test_hostile_text_is_text(opened: Document) -> None:
    """Markup and fields inside a text of the report are printed as they are."""
    assert sample.HOSTILE in told(opened)


def test_a_missing_figure_of_a_table_says_so_and_why(opened: Document) -> None:
    """The row of Xuân Kiên, and the note below with the references."""
    table = next(one for one in opened.tables if one.cell(0, 1).text == "Khu")
    assert table.cell(3, 2).text.startswith("chưa có số liệu")
    assert "Chưa có số liệu: chưa ai nhập [1.3.1, 1.3.3, 1.3.4, 1.3.5]." in told(opened)


def test_appendices_carry_number_name_and_what_they_belong_to(opened: Document) -> None:
    """Roman numbers; the last one holds sources and references."""
    texts = [one.text for one in opened.paragraphs]
    assert ["Phụ lục I", "Phụ lục II", "Phụ lục III"] == [
        text for text in texts if re.fullmatch(r"Phụ lục [IVX]+", text)
    ]
    at = texts.index("Phụ lục I")
    assert ["SỐ LIỆU CÁC KHU", "(Kèm theo Báo cáo Kết quả thực hiện tháng 10/2026)"] == texts[at + 1 : at + 3]


def test_sources_notes_and_demonstration_are_always_printed(opened: Document) -> None:
    """In the last appendix, and at the foot of every page."""
    said = told(opened)
    assert "- Nguồn A (Ban Quản lý, 10/2026; số liệu đến 31/10/2026; số liệu minh họa, không chính thức)." in said
    assert "Báo cáo có số liệu minh họa." in said
    assert "Số liệu minh họa, không phải số liệu chính thức" == opened.sections[0].footer.paragraphs[0].text


def test_pictures_have_their_size_on_paper_and_a_text_that_stands_for_them(opened: Document) -> None:
    """The chart is 165 mm wide; its title is the alternative text."""
    chart = opened.inline_shapes[0]
    assert (165, 68) == (round(chart.width.mm), round(chart.height.mm))
    assert "Biểu đồ 1. Lấp đầy" == chart._inline.docPr.get("descr")


def test_a_period_that_is_not_over_says_so(template: bytes) -> None:
    """Only then."""
    open_end = sample.content(as_of=sample.content().last.replace(day=20))
    made = docx.Document(io.BytesIO(write_docx(open_end, template, {}, {}, SAY)))
    said = "Chưa hết kỳ báo cáo: số liệu đến ngày 20/10/2026; cả kỳ là số ước thực hiện."
    assert [said] == [one.text for one in made.paragraphs if one.text.startswith("Chưa hết")]


def test_the_package_tells_no_time(packed: bytes) -> None:
    """Every entry has the oldest day that the format can tell; the document tells the moment of the data."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in package.infolist()}
        assert b"2026-11-05T03:00:00Z" in package.read("docProps/core.xml")
