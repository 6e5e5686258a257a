"""The PDF of a report, measured by programs that we did not write: margins, page numbers, typefaces, links."""

import io
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree as ET

import pypdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from dossier_sample import speech
from PIL import Image

from geoapp.reports.report_docx import write_docx
from geoapp.reports.report_pdf import OfficeFailed, to_pdf
from geoapp.reports.report_template import build_template
from tests import report_sample as sample

SAY = speech("vi")
_MM = 25.4 / 72
_IDS = re.compile(rb"/ID ?\[ ?<([0-9A-F]{32})>\s*<([0-9A-F]{32})> ?\]")
_NS = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word on a page, in millimetres from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module")
def docx() -> bytes:
    """The sample."""
    return write_docx(sample.content(), build_template(SAY), {}, sample.pictures(), SAY, sample.ADDRESS)


@pytest.fixture(scope="module")
def pdf(docx: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as PDF, converted once for all tests."""
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(to_pdf(docx))
    return path


@pytest.fixture(scope="module")
def pages(pdf: Path) -> Sequence[Sequence[Word]]:
    """The words of each page with their places, as pdftotext finds them."""
    # It is the file that we have just written.
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout
    return [[_word(word) for word in page.iter(f"{_NS}word")] for page in ET.fromstring(told).iter(f"{_NS}page")]  # noqa: S314


def _word(word: ET.Element) -> Word:
    places = (float(word.attrib[name]) * _MM for name in ("xMin", "yMin", "xMax", "yMax"))
    return Word(word.text or "", *places)


def test_all_typefaces_are_inside_and_are_those_of_the_decree(pdf: Path) -> None:
    """Liberation Serif has the widths of Times New Roman; nothing is left to the machine that opens the file."""
    told = subprocess.run(["pdffonts", pdf], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"} <= {
        line.split()[0].split("+")[-1] for line in told
    }
    assert all("yes" == line.split()[-5] for line in told)


def test_text_keeps_the_margins_to_the_millimetre(pages: Sequence[Sequence[Word]]) -> None:
    """30 mm left and 15 right of 210: the longest lines reach both, none goes beyond."""
    body = [word for word in pages[0] if 20 < word.top < 275]
    assert 30 == pytest.approx(min(word.left for word in body), abs=0.5)
    assert 195 == pytest.approx(max(word.right for page in (pages[0], pages[1]) for word in page), abs=0.7)


def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_not_on_page_1(pages: Sequence[Sequence[Word]]) -> None:
    """Between the edge and the text that begins at 20 mm; in the middle of what lies between the side margins."""
    assert [] == [word for word in pages[0] if word.bottom < 19]
    for place, page in enumerate(pages[1:], 2):
        above = [word for word in page if word.bottom < 19.5]
        assert [str(place)] == [word.text for word in above]
        width = 297 if max(word.right for word in page) > 215 else 210
        middle = (30 + width - 15) / 2
        assert middle == pytest.approx((above[0].left + above[0].right) / 2, abs=1)


def test_the_head_stands_in_two_columns_that_begin_at_one_height(pages: Sequence[Sequence[Word]]) -> None:
    """The parent agency left, the national name right."""
    left = next(word for word in pages[0] if word.text == "UBND")
    right = next(word for word in pages[0] if word.text == "CỘNG")
    assert left.top == pytest.approx(right.top, abs=0.6)
    assert 102 <= right.left


def test_the_first_line_of_a_paragraph_is_in_by_a_centimetre(pages: Sequence[Sequence[Word]]) -> None:
    """1 or 1.27 cm by the decree; here 1."""
    first = next(word for word in pages[0] if word.text == "Thực" and word.top > 60)
    assert 40 == pytest.approx(first.left, abs=0.5)


def test_the_figures_of_the_report_are_in_its_text(pdf: Path) -> None:
    """As another program reads them."""
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    flat = re.sub(r"\s+", " ", told)
    assert all(part in flat for part in ("508.619", "60,25", "130,50", "46,2", "chưa có số liệu", "giảm 1,2"))


def test_wide_appendices_lie_across(pdf: Path) -> None:
    """One page of the sample; all others stand upright."""
    sizes = [(page.mediabox.width > page.mediabox.height) for page in pypdf.PdfReader(pdf).pages]
    assert 1 == sum(sizes)


def test_references_are_printed_beside_their_figures(pdf: Path) -> None:
    """So that a paper copy leads to the rows too."""
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout
    assert {f"[{ref}]" for ref in ("A.01", "A.02", "1.1.1", "1.T.3")} <= set(re.findall(r"\[[A-Z0-9.]+\]", told))


def test_the_file_tells_no_moment_and_no_random_name(pdf: Path) -> None:
    """What would differ each time is the same each time; two conversions are compared by the benchmark of reports."""
    body = pdf.read_bytes()
    assert {b"20260101000000"} == set(re.findall(rb"/(?:CreationDate|ModDate)\(D:(\d{14})", body))
    assert {b"0" * 32} == set(re.findall(rb"/DocChecksum /([0-9A-F]{32})", body))
    assert all(b"0" * 32 == part for pair in _IDS.findall(body) for part in pair)


def test_without_the_program_the_refusal_says_what_to_do(docx: bytes) -> None:
    """It names the program, the package and the setting."""
    with pytest.raises(OfficeFailed, match=r"no-such-office was not found.*libreoffice-writer-nogui.*OFFICE_PROGRAM"):
        to_pdf(docx, "no-such-office")


def test_a_program_that_hangs_is_ended_with_all_that_it_started(docx: bytes, tmp_path: Path) -> None:
    """Its children too; nothing is left running."""
    script, mark = tmp_path / "office", tmp_path / "child"
    script.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {mark}\nwait\n")
    script.chmod(0o700)
    with pytest.raises(OfficeFailed, match="did not finish within 1 seconds"):
        to_pdf(docx, str(script), timeout_s=1)
    state = Path(f"/proc/{mark.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_program_that_makes_nothing_is_told_with_what_it_said(docx: bytes, tmp_path: Path) -> None:
    """The reason reaches who waits for the file."""
    script = tmp_path / "office"
    script.write_text("#!/bin/sh\necho no room left\n")
    script.chmod(0o700)
    with pytest.raises(OfficeFailed, match="no room left"):
        to_pdf(docx, str(script))


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PICTURE = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="900000" cy="900000"/><wp:docPr id="9" name="p"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


class _Asked(BaseHTTPRequestHandler):
    """Keeps what it is asked for."""

    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def outside() -> Iterator[str]:
    """The address of a server that keeps what it is asked for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_nothing_outside_of_the_document_is_fetched(outside: str, tmp_path: Path) -> None:
    """A picture by its address, whether in the network or on the disk of the server, does not come into the PDF."""
    Image.new("RGB", (60, 60), (255, 0, 0)).save(tmp_path / "own.png")
    document = Document()
    for address in (f"{outside}/picture.png", (tmp_path / "own.png").as_uri()):
        known = document.part.relate_to(address, f"{_R}/image", is_external=True)
        document.element.body.insert(0, parse_xml(_PICTURE % known))
    document.save(tmp_path / "linked.docx")
    made = pypdf.PdfReader(io.BytesIO(to_pdf((tmp_path / "linked.docx").read_bytes())))
    assert ([], []) == (_Asked.paths, [image.name for page in made.pages for image in page.images])
