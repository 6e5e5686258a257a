"""Signing in for the first time, the forced change, and signing out, in a real Chromium, desktop and phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from geoapp.resources import layers_dir
from tests.browser.conftest import DESKTOP, PHONE, Open, Watch, serving
from tests.browser.test_axe import AXE, RUN
from tests.browser.test_controls_layout import SQUEEZED
from tests.conftest import Databases
from tests.staff import NEW, PASSWORD, add_staff, staffed_app

OTHER = "năm con bò về chuồng"


@pytest.fixture(scope="module")
def staffed(databases: Databases, loaded_database_url: str) -> Iterator[str]:
    """The application over the loaded data with people; its address."""
    url = databases.make(loaded_database_url)
    add_staff(url)
    with serving(staffed_app(url, layers_dir())) as address:
        yield address


def fill(page: Page, login: str, password: str) -> None:
    """Type name and password as a person does, and send them with the Enter key."""
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_label("Mật khẩu").press("Enter")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_login_to_the_last(open_page: Open, staffed: str, viewport: dict[str, int]) -> None:
    """From a page that needs it, by a wrong try and a password of one's own, back to that page, and out again."""
    login = NEW if viewport is DESKTOP else "planner"
    present, chosen = PASSWORD, OTHER
    page = open_page("/account", base=staffed, viewport=viewport)
    fill(page, login, present)
    if login == NEW:
        # The first time: nothing else opens before the password is one's own.
        expect(page.get_by_role("heading", name="Đặt mật khẩu của riêng bạn")).to_be_visible()
        page.goto(staffed + "/")
        expect(page.get_by_role("heading", name="Đặt mật khẩu của riêng bạn")).to_be_visible()
    else:
        page.get_by_role("link", name="Đổi mật khẩu").click()
    page.get_by_label("Mật khẩu hiện tại").fill(present)
    page.get_by_label("Mật khẩu mới", exact=True).fill(chosen)
    page.get_by_label("Nhập lại mật khẩu mới").fill(chosen)
    page.get_by_role("button", name="Lưu").click()
    page.locator(".who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    page.goto(staffed + "/account")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_a_wrong_password_is_told(open_page: Open, staffed: str, watch: Watch) -> None:
    """The name that was typed stays, and the reader of a screen hears what is wrong; then one goes where one wanted."""
    # Chromium tells of every answer of 401 in its console.
    watch.expected = ("401",)
    page = open_page("/login?next=/compare", base=staffed)
    fill(page, "viewer", "wrong password")
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("viewer")
    fill(page, "viewer", PASSWORD)
    expect(page).to_have_url(f"{staffed}/compare")
    expect(page.locator(".who-name")).to_contain_text("viewer")


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_pages_of_accounts_are_accessible(open_page: Open, staffed: str, viewport: dict[str, int], scheme: str) -> None:
    """Names, roles, contrast, order: nothing serious; and nothing is wider than the window."""
    page = open_page("/login?next=/people", base=staffed, viewport=viewport, color_scheme=scheme)
    found = {"/login": faults(page)}
    fill(page, "admin", PASSWORD)
    for address in ("/people", "/people/inspector", "/log", "/account", "/account/password"):
        page.goto(staffed + address)
        found[address] = faults(page)
    page.locator(".who summary").click()
    found["menu"] = faults(page)
    assert {} == {address: told for address, told in found.items() if told}


def test_all_that_the_head_leads_to_has_its_room(open_page: Open, staffed: str) -> None:
    """Who may do most has the most links: in no width, no language do they lie over each other or beyond the edge."""
    page = open_page("/login?next=/compare", base=staffed)
    fill(page, "head", PASSWORD)
    expect(page.locator(".who-name")).to_be_visible()
    squeezed = {}
    for language in ("vi", "en"):
        page.goto(f"{staffed}/compare?lang={language}")
        for width in (1920, 1501, 1500, 1366, 1280, 1201, 1200, 1024, 768, 701, 700):
            page.set_viewport_size({"width": width, "height": 768})
            squeezed[language, width] = page.evaluate(SQUEEZED)
    assert {} == {asked: links for asked, links in squeezed.items() if links}


def faults(page: Page) -> list[str]:
    """What the checker finds, and whether the page must be moved sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    told: list[str] = page.evaluate(RUN)
    return [*told, *(["wider than the window"] if wide else [])]
