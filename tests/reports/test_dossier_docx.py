"""The dossier as DOCX: opened as a word processor would, and held to the form rules by the millimetre."""

import io
import zipfile
from pathlib import Path

import docx
import dossier_sample as sample
import pytest
import zxingcpp
from docx.document import Document
from docx.oxml.ns import qn
from PIL import Image

from geoapp.errors import InvalidRequest
from geoapp.reports.files import read_manifest, write_dossier
from geoapp.reports.fonts import find_typeface


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample in Vietnamese."""
    made = sample.dossier(tmp_path_factory.mktemp("docx"))
    return write_dossier(made, "docx", sample.speech("vi"), find_typeface())


@pytest.fixture(scope="module")
def opened(packed: bytes) -> Document:
    """The sample, opened."""
    return docx.Document(io.BytesIO(packed))


def test_page_and_margins_are_those_of_the_decree(opened: Document) -> None:
    """A4; 20 mm above and below, 30 left, 15 right."""
    section = opened.sections[0]
    lengths = (
        section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
        section.right_margin,
    )  # fmt: skip
    assert [210, 297, 20, 20, 30, 15] == [round(length.mm) for length in lengths if length is not None]


def test_all_text_is_times_new_roman(opened: Document) -> None:
    """The style that all paragraphs have names it for every script, and no run has another."""
    fonts = opened.styles["Normal"].element.rPr.rFonts
    assert {"Times New Roman"} == {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert [] == [run.text for one in opened.paragraphs for run in one.runs if run.font.name]


def test_pages_are_numbered_but_for_the_first(opened: Document) -> None:
    """A field in the header of all pages; the first page has a header of its own, which is empty."""
    section = opened.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_the_head_has_two_cells_without_borders(opened: Document) -> None:
    """Agency left, national name and motto right."""
    head = opened.tables[0]
    left, right = (cell.text.split("\n") for cell in head.rows[0].cells)
    assert ["UBND TỈNH NINH BÌNH", "BAN QUẢN LÝ KHU KINH TẾ", "VÀ CÁC KHU CÔNG NGHIỆP", ""] == left
    assert ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""] == right
    assert "tblBorders" not in head._tbl.xml


def test_the_line_below_the_motto_is_as_long_as_the_motto(opened: Document) -> None:
    """56.1 mm in Times at 13 points bold, as measured by another program."""
    cell = opened.tables[0].rows[0].cells[1]
    rule = cell.paragraphs[-1].paragraph_format
    assert rule.left_indent is not None
    assert rule.right_indent is not None
    assert 56.1 == pytest.approx(93 - rule.left_indent.mm - rule.right_indent.mm, abs=0.2)


def test_the_body_is_justified_13_points_and_indented(opened: Document) -> None:
    """First line 10 mm in; single to one and a half lines."""
    body = next(one for one in opened.paragraphs if one.text.startswith("Hôm nay"))
    assert body.paragraph_format.first_line_indent is not None
    assert 10 == round(body.paragraph_format.first_line_indent.mm)
    assert docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY == body.alignment
    assert {13.0} == {run.font.size.pt for run in body.runs if run.font.size}
    assert 13 <= body.paragraph_format.line_spacing.pt <= 19.5
    assert body.paragraph_format.space_after.pt >= 6


def test_content_is_that_of_the_pdf(opened: Document) -> None:
    """Headings, rows of tables and captions."""
    told = [one.text for one in opened.paragraphs]
    told += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    expected = [
        "BIÊN BẢN KIỂM TRA",
        "Phụ lục V",
        "Hết 12 tháng kể từ ngày bàn giao (D12)",
        "Xác nhận dấu hiệu: Đã đối chiếu biên bản bàn giao",
        "Nhà máy sản xuất linh kiện điện tử <b>Hoàng Long</b> & Cộng sự; Công ty TNHH Điện tử Hoàng Long",
    ]
    assert [] == [text for text in expected if text not in told]


def test_the_code_can_be_read(packed: bytes) -> None:
    """One of the pictures in the file is the QR code."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        pictures = [Image.open(package.open(name)) for name in package.namelist() if name.endswith((".png", ".jpg"))]
        codes = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture.convert("L"))]
    assert [sample.ADDRESS + sample.manifest().sha256] == codes


def test_every_picture_has_a_text_for_those_who_do_not_see_it(opened: Document) -> None:
    """Map, photo, code."""
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert 3 == len(told)
    assert all(told)


def test_the_manifest_survives_that_somebody_writes_into_the_file(opened: Document) -> None:
    """A clerk fills in the record and saves it: the manifest is still there, byte for byte."""
    opened.paragraphs[1].add_run("điền tay")
    saved = io.BytesIO()
    opened.save(saved)
    assert sample.manifest() == read_manifest(saved.getvalue())


def test_no_time_is_in_the_archive(packed: bytes) -> None:
    """Every entry has the oldest day of the format."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in package.infolist()}


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4 nothing", b"PK\x03\x04 broken", b"GIF89a"])
def test_a_file_without_a_manifest_is_refused(body: bytes) -> None:
    """With a sentence that says what to do."""
    with pytest.raises(InvalidRequest, match="There is no manifest in this file"):
        read_manifest(body)


def test_a_manifest_that_is_no_manifest_is_refused(packed: bytes) -> None:
    """Somebody wrote into it."""
    body = sample.manifest().body
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"geoapp-dossier-1", b"geoapp-dossier-9"))
    assert b"geoapp-dossier-1" in body
    with pytest.raises(InvalidRequest, match="cannot be read"):
        read_manifest(target.getvalue())


def test_a_damaged_file_is_refused_wherever_the_damage_is(packed: bytes) -> None:
    """Any byte of the part with the manifest, and cut off anywhere: a manifest or a refusal, nothing else."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        parts = [one for one in package.infolist() if one.filename == "customXml/item2.xml"]
    (part,) = parts
    places = range(part.header_offset, part.header_offset + part.compress_size + 60)
    damaged = [packed[:place] + bytes([packed[place] ^ 0x55]) + packed[place + 1 :] for place in places]
    damaged += [packed[:end] for end in range(0, len(packed), 997)]
    refused = 0
    for body in damaged:
        try:
            read_manifest(body)
        except InvalidRequest:
            refused += 1
    assert refused > len(damaged) / 2


def test_without_the_typeface_another_stands_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says which, and what to install."""
    with caplog.at_level("WARNING", "geoapp.reports.fonts"):
        face = find_typeface((tmp_path,))
    assert face.is_stand_in
    assert "DejaVuSerif" == face.name
    assert "Install the package fonts-liberation2" in caplog.text
