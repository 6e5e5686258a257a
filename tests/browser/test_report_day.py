"""A report in Chromium from the draft to the signature, and made again; the page of the head on one sheet."""

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from geoapp.resources import layers_dir
from tests.browser.conftest import Open, serving
from tests.conftest import Databases
from tests.job_work import work_off
from tests.report_life.conftest import (  # noqa: F401 - fixtures of the place
    owner,
    report_app,
    report_template,
    report_url,
)
from tests.report_life.test_report_pages import CORRECT
from tests.staff import PASSWORD, staffed_app


@pytest.fixture(scope="module")
def report_site(report_app: Flask) -> Iterator[str]:  # noqa: F811 - the fixture of that name
    """The application over two parks with figures; its address."""
    with serving(report_app) as address:
        yield address


def sign_in(open_page: Open, site: str, login: str, path: str) -> Page:
    """By the form, as a person does."""
    page = open_page(f"/login?next={path}", base=site, locale="vi-VN")
    page.set_default_timeout(60_000)
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{path}*")
    return page


def test_a_report_from_the_draft_to_the_signature(
    report_site: str,
    open_page: Open,
    owner: Engine,  # noqa: F811 - the fixture of that name
    report_url: str,  # noqa: F811 - the fixture of that name
) -> None:
    """Made, written, commented, approved, signed; a number opens; made again it agrees, and what differs is named."""
    page = sign_in(open_page, report_site, "ha", "/reports")
    page.get_by_label("Kỳ báo cáo").select_option("2026-Q3")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lập dự thảo")
    report = page.url.split("?")[0]
    write(page)
    comment_and_settle(page)
    approve_and_sign(page, report_url)
    # Nothing is left to write with, and a number opens what makes it up: 50 of 150 ha at the end of September.
    expect(page.locator(".report-document textarea")).to_have_count(0)
    page.locator(".report-document .report-number", has_text="33,3").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)
    compare_after_a_correction(page, report, owner)
    compare_files(page, report, report_url)


def write(page: Page) -> None:
    """Fill in the first text."""
    blank = page.locator("#text-direction")
    blank.get_by_text("Viết").click()
    blank.locator("textarea").fill("Ban đã ban hành 12 văn bản chỉ đạo.")
    blank.get_by_role("button", name="Lưu").click()
    expect(page.locator("#text-direction .said-text")).to_have_text("Ban đã ban hành 12 văn bản chỉ đạo.")


def comment_and_settle(page: Page) -> None:
    """Comment on the first section, and settle the comment."""
    comments = page.locator("#comment-direction")
    comments.locator("summary").click()
    comments.get_by_placeholder("Góp ý mới").fill("Nêu số văn bản.")
    comments.get_by_role("button", name="Góp ý").click()
    expect(page.locator("#comment-direction .comment")).to_contain_text("Nêu số văn bản.")
    page.locator("#comment-direction").get_by_role("button", name="Đã giải quyết").click()
    expect(page.locator("#comment-direction .comment.is-settled")).to_have_count(1)


def approve_and_sign(page: Page, url: str) -> None:
    """Through all states; the files are made by a worker in between."""
    page.get_by_role("button", name="Gửi lấy ý kiến").click()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.locator(".report-side .case-state")).to_have_text("đã duyệt")
    page.get_by_role("button", name="Tạo tệp Word").click()
    expect(page.locator("[data-job]")).to_be_visible()
    work_off(url)
    page.get_by_label("Số, ký hiệu").fill("05/BC-BQL")
    page.get_by_label("Ngày ký").fill("2026-11-02")
    page.get_by_label("Người ký").fill("Nguyễn Văn A")
    page.get_by_role("button", name="Ghi nhận đã ký").click()
    expect(page.locator(".report-side .case-state")).to_have_text("đã ký")
    expect(page.locator("#files")).to_contain_text("SHA-256")


def compare_after_a_correction(page: Page, report: str, engine: Engine) -> None:
    """One figure is corrected: as known then all agrees, as known now the difference is named with the row."""
    page.goto(f"{report}/remake")
    expect(page.locator(".verdict")).to_contain_text("Khớp")
    with engine.begin() as connection:
        row = connection.execute(text(CORRECT.replace("2026-10-31", "2026-09-30")), {"part": 25}).scalar_one()
    page.goto(f"{report}/remake")
    expect(page.locator(".verdict")).to_contain_text("Khớp")
    page.get_by_role("link", name="Theo dữ liệu biết đến nay").click()
    expect(page.locator(".verdict")).to_contain_text("Không khớp")
    changed = page.locator("tbody tr", has_text=f"được thay bằng dòng {row}").filter(has_text="33,3")
    expect(changed.first).to_contain_text("43,3")


def compare_files(page: Page, report: str, url: str) -> None:
    """The files are made again by a worker, and the record says that they are the same."""
    page.goto(f"{report}/remake")
    page.get_by_role("button", name="Lập lại tệp và đối chiếu").click()
    work_off(url)
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile(r"remade\.txt")).click()
    told = taken.value.path().read_text(encoding="utf-8")
    for line in ("docx: byte for byte the same", "xlsx: byte for byte the same", "It agrees"):
        assert line in told


@pytest.mark.parametrize("where", ["with figures", "without data"])
def test_the_page_of_the_head_is_one_sheet(
    report_site: str, open_page: Open, databases: Databases, staff_template: str, where: str
) -> None:
    """Printed on A4 by Chromium it is one page, which says of which day it is; without data it says that."""
    if where == "with figures":
        page = sign_in(open_page, report_site, "ha", "/dashboard?as_of=2026-10-31")
        assert_one_sheet(page, ["31/10/2026", "46,7", "80–90", "Tỷ lệ lấp đầy"])
        return
    url = databases.make(staff_template)
    with serving(staffed_app(url, layers_dir())) as site:
        page = sign_in(open_page, site, "head", "/dashboard")
        assert_one_sheet(page, ["chưa có số liệu", "Ngày này chưa có mục tiêu nào"])


def assert_one_sheet(page: Page, words: list[str]) -> None:
    """One page of A4 with these words."""
    page.locator(".dash-figures").wait_for()
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert 1 == len(sheets)
    # Letters of several subsets of a typeface come with gaps between them.
    told = re.sub(r"\s+", "", sheets[0].extract_text())
    for word in words:
        assert word.replace(" ", "") in told
