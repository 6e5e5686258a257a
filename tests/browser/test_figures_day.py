"""A month's figures in Chromium: entered, refused, mended, handed in, approved; the page of the target shows them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Watch, serving
from tests.staff import PASSWORD
from tests.targets.conftest import figures_app, figures_url  # noqa: F401 - fixtures of the departments


@pytest.fixture
def figures_site(figures_app: Flask) -> Iterator[str]:  # noqa: F811 - the fixture of that name
    """The application with people of the departments; its address."""
    with serving(figures_app) as address:
        yield address


def sign_in(open_page: Open, site: str, login: str, path: str) -> Page:
    """By the form, as a person does."""
    page = open_page(f"/login?next={path}", base=site, locale="vi-VN")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    return page


def test_a_figure_is_refused_mended_handed_in_approved_and_shown(
    figures_site: str, open_page: Open, watch: Watch
) -> None:
    """The workers of October: a slip of the English comma comes back as typed; after approval the target has it."""
    watch.expected = ("400",)
    page = sign_in(open_page, figures_site, "dn", "/figures/enter?month=2026-10")
    field = page.locator('input[name="value.workers."]')
    field.fill("206,300.5")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("viết theo kiểu Anh")).to_be_visible()
    expect(field).to_have_value("206,300.5")
    field.fill("206.300")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi duyệt")
    head = sign_in(open_page, figures_site, "truong", "/targets/CT-04")
    expect(head.get_by_text("không đem so với mục tiêu")).to_be_visible()
    head.goto(f"{figures_site}/figures/enter?month=2026-10")
    for tick in head.locator('input[name="figure"]').all():
        tick.set_checked("Số lao động" in (tick.locator("xpath=..").text_content() or ""))
    head.get_by_role("button", name="Duyệt", exact=True).click()
    expect(head.get_by_role("status")).to_contain_text("Đã duyệt 1 số liệu")
    head.goto(f"{figures_site}/targets/CT-04")
    expect(head.locator(".facts")).to_contain_text("206.300\u00a0lao động")
    expect(head.locator(".chart-place svg")).to_be_visible()
