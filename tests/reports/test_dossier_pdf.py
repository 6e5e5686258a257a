"""The dossier as PDF, read by another library than the one that writes it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import dossier_sample as sample
import pytest
import zxingcpp
from pypdf import PdfReader

from geoapp.reports.files import read_manifest, write_dossier
from geoapp.reports.fonts import find_typeface

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample in Vietnamese."""
    made = sample.dossier(tmp_path_factory.mktemp("pdf"))
    return write_dossier(made, "pdf", sample.speech("vi"), find_typeface())


@pytest.fixture(scope="module")
def read(pdf: bytes) -> PdfReader:
    """The sample as a reader sees it."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def lines_of(read: PdfReader, page: int) -> list[tuple[float, float, str]]:
    """Pieces of text of a page with their places: millimetres from the left and from the top."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, page: list[float], at: list[float], *_: object) -> None:
        if text.strip():
            found.append(((page[4] + at[4]) / MM, 297 - (page[5] + at[5]) / MM, text.strip()))

    read.pages[page].extract_text(visitor_text=visit)
    return found


def test_the_text_of_every_part_can_be_selected(read: PdfReader) -> None:
    """Vietnamese letters come out as they went in, on the pages where they belong."""
    text = [" ".join(page.extract_text().split()) for page in read.pages]
    expected = [
        (0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (0, "BIÊN BẢN KIỂM TRA"),
        (0, "Dấu hiệu không sử dụng đất 12 tháng liên tục (đề xuất)"),
        (1, "TRƯỞNG ĐOÀN KIỂM TRA"),
        (2, "Phụ lục I BẢN ĐỒ VỊ TRÍ KHU ĐẤT"),
        (3, "Hết 12 tháng kể từ ngày bàn giao (D12)"),
        (4, "Xác nhận dấu hiệu: Đã đối chiếu biên bản bàn giao"),
        (5, "Giá trị chứng cứ thấp hơn: không có vị trí; không có thời điểm."),
        (6, "Phụ lục V BẢNG KÊ ĐỂ KIỂM CHỨNG"),
    ]
    assert [] == [told for page, told in expected if told not in text[page]]


def test_hostile_text_stays_text(read: PdfReader) -> None:
    """Tags in a name are printed as they stand; a control character is left out."""
    text = " ".join(read.pages[0].extract_text().split())
    assert "<b>Hoàng Long</b> & Cộng sự" in text
    assert "Công ty TNHH Điện tử Hoàng Long" in text


def test_all_typefaces_are_inside(read: PdfReader) -> None:
    """No page needs a typeface of the machine that shows it."""
    fonts = [font.get_object() for page in read.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_pages_are_a4(read: PdfReader) -> None:
    """210 by 297 mm, upright."""
    sizes = {(round(page.mediabox.width / MM, 1), round(page.mediabox.height / MM, 1)) for page in read.pages}
    assert {(210.0, 297.0)} == sizes


def test_text_keeps_the_margins(read: PdfReader) -> None:
    """30 mm left and 20 mm above, but for the page number; the notice alone stands in the bottom margin."""
    for page in range(len(read.pages)):
        body = [piece for piece in lines_of(read, page) if "Số liệu minh họa" not in piece[2] and piece[1] > 15]
        assert min(left for left, _, _ in body) >= 29.9
        assert min(top for _, top, _ in body) >= 20
        assert max(top for _, top, _ in body) <= 277


def test_pages_are_numbered_in_the_top_margin_but_for_the_first(read: PdfReader) -> None:
    """Arabic, in the middle between the margins (112.5 mm)."""
    above = [[piece for piece in lines_of(read, page) if piece[1] < 20] for page in range(len(read.pages))]
    assert [] == above[0]
    assert [str(number) for number in range(2, len(above) + 1)] == [pieces[0][2] for pieces in above[1:]]
    assert all(abs(pieces[0][0] - 112.5) < 3 for pieces in above[1:])


def test_demonstration_data_are_marked_on_every_page(read: PdfReader) -> None:
    """And nothing is marked where the data are not a demonstration."""
    assert all("Số liệu minh họa" in page.extract_text() for page in read.pages)


def test_official_data_have_no_mark(tmp_path: Path) -> None:
    """The footer is empty."""
    made = write_dossier(sample.dossier(tmp_path, is_demo=False), "pdf", sample.speech("vi"), find_typeface())
    assert "Số liệu minh họa" not in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_the_code_on_the_last_page_opens_the_address_of_the_manifest(read: PdfReader) -> None:
    """As a telephone reads it: the only picture of Appendix V."""
    picture = read.pages[6].images[0].image.convert("L")
    expected = sample.ADDRESS + sample.manifest().sha256
    assert [expected] == [code.text for code in zxingcpp.read_barcodes(picture)]


def test_the_manifest_is_attached(read: PdfReader) -> None:
    """Any reader of PDF can save it, byte for byte as its hash says."""
    assert {"manifest.json": [sample.manifest().body]} == dict(read.attachments)


def test_the_manifest_is_read_back(pdf: bytes) -> None:
    """By our own reader, without another library."""
    assert sample.manifest() == read_manifest(pdf)


def test_the_same_dossier_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Neither the time, nor the order of sets, nor the name of a folder gets into a file of either kind."""
    script = (
        "import sys, hashlib; from pathlib import Path; import dossier_sample as sample\n"
        "from geoapp.reports.files import write_dossier; from geoapp.reports.fonts import find_typeface\n"
        "made = sample.dossier(Path(sys.argv[1]))\n"
        "for kind in ('pdf', 'docx'):\n"
        "    print(hashlib.sha256(write_dossier(made, kind, sample.speech('vi'), find_typeface())).hexdigest())"
    )

    def begin(seed: str) -> "subprocess.Popen[str]":
        (tmp_path / seed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        command = [sys.executable, "-c", script, str(tmp_path / seed)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    first, second = (process.communicate(timeout=120)[0].split() for process in [begin("1"), begin("2")])
    assert 2 == len(first)
    assert first == second


def test_another_photo_gives_other_bytes(pdf: bytes, tmp_path: Path) -> None:
    """What is compared above does depend on what goes in."""
    assert pdf != write_dossier(sample.dossier(tmp_path, photos=()), "pdf", sample.speech("vi"), find_typeface())


def test_english_has_no_vietnamese_sentence_left(tmp_path: Path) -> None:
    """All texts of the form are there in English, too."""
    made = write_dossier(sample.dossier(tmp_path, "en"), "pdf", sample.speech("en"), find_typeface())
    text = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert "RECORD OF CHECK" in text
    assert "BIÊN BẢN" not in text
