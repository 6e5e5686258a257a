"""An inspector's morning with the proposals of the clock, in Chromium: confirm, extend, dismiss."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from tests.browser.conftest import Open, serving
from tests.cases.conftest import case_app, case_database, engine, owner, place  # noqa: F401 - fixtures of the land
from tests.staff import PASSWORD


@pytest.fixture
def case_site(case_app: Flask, owner: Engine) -> Iterator[str]:  # noqa: F811 - the fixture of that name
    """The application over land with two signs; its address."""
    assert owner
    with serving(case_app) as address:
        yield address


def sign_in(open_page: Open, site: str, login: str) -> Page:
    """By the form, as a person does; the work list."""
    page = open_page("/login?next=/cases", base=site, locale="vi-VN")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    return page


def take_the_map_out(page: Page) -> None:
    """As far as the preview of its sheet, and back."""
    page.get_by_role("button", name="Xuất", exact=True).click()
    page.wait_for_function("() => document.querySelector('[data-preview]')?.naturalWidth > 0")
    address = page.get_by_role("link", name="PDF, để in và gửi").get_attribute("href") or ""
    assert address.startswith(f"/sheets/cases/map.pdf?case={page.url.rpartition('/')[2]}&layers=cases")
    page.keyboard.press("Escape")


def test_an_inspector_works_off_the_proposals(case_site: str, open_page: Open, owner: Engine) -> None:  # noqa: F811
    """Reads the clock, takes the map out, confirms one and extends it, dismisses the other; no proposal is left."""
    page = sign_in(open_page, case_site, "an")
    page.get_by_role("link", name="Dự án cham").click()
    expect(page.get_by_text("chậm tiến độ sử dụng đất 24 tháng").first).to_be_visible()
    expect(page.locator("#clock")).to_contain_text("31/12/2025")
    expect(page.locator(".pane-cases path")).to_have_count(1)
    take_the_map_out(page)
    page.locator("details.case-step[open]").get_by_role("button", name="Xác nhận dấu hiệu").click()
    expect(page.locator(".said")).to_contain_text("Đã ghi.")
    step = page.locator("details.case-step").filter(has=page.locator("summary", has_text="Ghi nhận gia hạn"))
    step.locator("summary").click()
    step.get_by_label("Ngày quyết định").fill("2026-11-02")
    step.get_by_label("Số tháng được gia hạn").fill("12")
    step.get_by_label("Văn bản").fill("QĐ 5/QĐ-UBND")
    step.get_by_role("button", name="Ghi nhận gia hạn").click()
    expect(page.locator(".head .case-state")).to_have_text("được gia hạn")
    page.get_by_role("link", name="Danh sách xử lý").click()
    page.get_by_role("link", name="Dự án bo-hoang").click()
    step = page.locator("details.case-step").filter(has=page.locator("summary", has_text="Loại bỏ đề xuất"))
    step.locator("summary").click()
    step.get_by_label("Lý do").fill("đã khởi công, biên bản ngày 01/11")
    step.get_by_role("button", name="Loại bỏ đề xuất").click()
    expect(page.locator(".head .case-state")).to_have_text("đã loại bỏ")
    with owner.connect() as connection:
        found = connection.execute(text("SELECT rule, state FROM cases ORDER BY rule")).all()
    assert [("R8", "extended"), ("R9", "dismissed")] == [tuple(row) for row in found]
