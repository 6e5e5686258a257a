"""The workbook of a report: read by one library, computed anew by LibreOffice, and held against the content."""

import io
import subprocess
from collections.abc import Iterator

import openpyxl
import pytest
from dossier_sample import speech
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.reports.report_xlsx import write_xlsx
from tests import report_sample as sample

SAY = speech("vi")


@pytest.fixture(scope="module")
def packed() -> bytes:
    """The sample."""
    return write_xlsx(sample.content(), SAY, sample.ADDRESS)


@pytest.fixture(scope="module")
def opened(packed: bytes) -> Workbook:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(packed))


@pytest.fixture(scope="module")
def computed(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook with what LibreOffice makes of its formulas, once for all tests."""
    folder = tmp_path_factory.mktemp("computed")
    (folder / "report.xlsx").write_bytes(packed)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "out", folder / "report.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return openpyxl.load_workbook(folder / "out" / "report.xlsx", data_only=True)


def rows_of(sheet: Worksheet) -> Iterator[tuple[object, ...]]:
    """The rows of a table below its head."""
    return sheet.iter_rows(min_row=5, max_row=8, values_only=True)


def test_the_same_content_gives_the_same_bytes(packed: bytes) -> None:
    """The moment of its making is not told."""
    assert packed == write_xlsx(sample.content(), SAY, sample.ADDRESS)


def test_totals_shares_and_differences_are_formulas(opened: Workbook) -> None:
    """Of the cells that make them up."""
    sheet = opened["Lấp đầy"]
    assert ("=SUM(C5:C7)", "=SUM(D5:D7)", "=IF(D8=0,0,100*C8/D8)", "=C8-F8") == tuple(
        sheet[cell].value for cell in ("C8", "D8", "E8", "G8")
    )


def test_computed_anew_the_formulas_give_the_figures_of_the_report(computed: Workbook) -> None:
    """By hand: 40 + 20.25 is 60.25; of 130.5 that is 46.1685 per cent; 2.25 more than 58."""
    total = list(rows_of(computed["Lấp đầy"]))[3]
    assert (60.25, 130.5, pytest.approx(46.16858), 58, 2.25) == total[2:7]


def test_a_wrong_total_would_be_seen_in_the_workbook(opened: Workbook) -> None:
    """Numbers are numbers, not texts: a spreadsheet adds them up."""
    sheet = opened["Lấp đầy"]
    assert [40, 20.25] == [sheet[cell].value for cell in ("C5", "C6")]
    assert {"n"} == {sheet[cell].data_type for cell in ("C5", "C6", "D5")}


def test_what_is_missing_is_a_text_and_never_0(opened: Workbook) -> None:
    """So that sums leave it out."""
    assert "chưa có số liệu" == opened["Lấp đầy"]["C7"].value


def test_formats_have_the_separators_of_who_opens_it(opened: Workbook) -> None:
    """The codes of the format are those that Excel turns into 1.234,50 where Vietnamese is spoken."""
    sheet = opened["Lấp đầy"]
    assert ("#,##0.00", "#,##0.0", "+#,##0.00;−#,##0.00;#,##0.00") == tuple(
        sheet[cell].number_format for cell in ("C5", "E5", "G5")
    )


def test_heads_are_frozen_and_repeat_in_print(opened: Workbook) -> None:
    """The table may be long; it is as wide as one page that lies across."""
    sheet = opened["Lấp đầy"]
    assert "C5" == sheet.freeze_panes
    assert "$4:$4" == sheet.print_title_rows
    setup = sheet.page_setup
    assert ("landscape", 9, 0) == (setup.orientation, setup.paperSize, setup.fitToHeight)
    # One page in width is what the format takes where nothing is said.
    assert setup.fitToWidth in {None, 1}
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_every_figure_is_listed_with_its_reference_and_address(opened: Workbook) -> None:
    """And why it is missing."""
    sheet = opened["Tra cứu số liệu"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert {figure.ref for figure in sample.content().figures} == set(rows)
    assert sample.ADDRESS.replace("{ref}", "A.01") == rows["A.01"][0].hyperlink.target
    assert ("chưa có số liệu", "chưa ai nhập") == (rows["A.02"][2].value, rows["A.02"][7].value)


def test_no_text_becomes_a_formula() -> None:
    """A name that begins with an equals sign is a name."""
    table = sample.content().tables[0]
    evil = table.rows[0].cells[1].__class__("=cmd|' /C calc'!A0")
    first = table.rows[0].__class__(table.rows[0].key, (table.rows[0].cells[0], evil, *table.rows[0].cells[2:]))
    changed = table.__class__(**{**vars(table), "rows": (first, *table.rows[1:])})
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(sample.content(tables=(changed,)), SAY)))
    assert "s" == book["Lấp đầy"]["B5"].data_type
