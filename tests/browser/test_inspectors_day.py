"""An inspector's day in Chromium, from the proposals of the clock to a dossier that verifies; what others may not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from geoapp.app import create_app
from geoapp.cli import commands
from geoapp.settings import Settings
from geoapp.store.engine import sqlalchemy_url
from tests.browser.conftest import PATIENCE_MS, PHONE, Open, Watch, serving
from tests.browser.test_field_view import OFFLINE, camera, draft, send, wait_for
from tests.conftest import Databases
from tests.field_work import PARK, ask, ground_of
from tests.photos.photo_files import gps, photo
from tests.staff import PASSWORD

DAY = "2026-10-31"


class Office:
    """The database of the day, and the commands of who looks after it."""

    def __init__(self, url: str, photos: Path) -> None:
        self.url = url
        self.photos = photos

    def command(self, *arguments: str) -> Result:
        """``geoapp ...`` over this database."""
        named = {"DATABASE_URL": self.url, "GEOAPP_EVIDENCE_DIR": str(self.photos)}
        return CliRunner().invoke(commands, list(arguments), env=named)

    @contextmanager
    def tampered(self) -> Iterator[None]:
        """Somebody with all rights on the server turns the guards off and writes into history; then it is undone."""
        self._write("'khác'")
        yield
        self._write("NULL")

    def _write(self, note: str) -> None:
        engine = create_engine(sqlalchemy_url(self.url), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("SET search_path = geoapp, public"))
            connection.execute(text("ALTER TABLE case_events DISABLE TRIGGER USER"))
            connection.execute(text(f"UPDATE case_events SET note = {note} WHERE sequence = 3"))
            connection.execute(text("ALTER TABLE case_events ENABLE TRIGGER USER"))


@pytest.fixture(scope="module")
def office(databases: Databases, staffed_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The demonstration with people, for this day alone; the clock has made its proposals."""
    made = Office(databases.make(staffed_database_url), tmp_path_factory.mktemp("photos"))
    proposed = made.command("cases", "propose", "--as-of", DAY)
    assert proposed.exit_code == 0, proposed.output
    return made


@pytest.fixture(scope="module")
def office_site(office: Office) -> Iterator[str]:
    """The application over it; its address."""
    with serving(
        create_app(Settings(database_url=office.url, evidence_dir=office.photos, log_level="error"))
    ) as address:
        yield address


def sign_in(page: Page, login: str) -> None:
    """By the form, as a person does."""
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def open_case(page: Page, site: str, sign: str) -> None:
    """The first proposal of a sign in the work list."""
    page.goto(f"{site}/cases")
    page.locator("tbody tr", has_text=sign).filter(has_text="mới đề xuất").first.get_by_role("link").first.click()
    expect(page.locator(".head .case-state")).to_have_text("mới đề xuất")


def step(page: Page, name: str) -> Locator:
    """The form of a step, opened."""
    found = page.locator("details.case-step").filter(has=page.locator("summary", has_text=name))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def flag_from_the_field(chromium: Browser, site: str, office: Office, watch: Watch) -> None:
    """On a phone without a network: a plot, a reason, a photo; sent when the network is back."""
    ground = ground_of(office.url)
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce", permissions=["geolocation"],
        geolocation={"longitude": ground.longitude, "latitude": ground.latitude, "accuracy": 8},
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: watch.note(f"crashed: {error}"))
    page.goto(f"{site}/login?next=/field/?park={PARK}")
    sign_in(page, "inspector")
    page.locator("html[data-kept=true][data-ready=true]").wait_for(state="attached")
    context.set_offline(True)
    draft(page, ground, camera(photo(place=gps(ground.longitude, ground.latitude, 90), mark="day")))
    send(page)
    wait_for(page, "queued")
    context.set_offline(False)
    wait_for(page, "sent")
    assert "1 ảnh" in page.locator(".receipt").inner_text()
    context.close()


def printed(page: Page) -> bytes:
    """The dossier of the case on screen, as it is downloaded."""
    with page.expect_download() as waited:
        page.locator("#dossier").get_by_role("link", name="PDF").click()
    return Path(waited.value.path()).read_bytes()


def code_on(pdf: bytes) -> str:
    """What a telephone reads on the paper."""
    pictures = [image.image for page in PdfReader(BytesIO(pdf)).pages for image in page.images]
    found = [code.text for picture in pictures if picture for code in zxingcpp.read_barcodes(picture.convert("L"))]
    (code,) = found
    return code


def test_an_inspectors_day(
    open_page: Open, chromium: Browser, office: Office, office_site: str, watch: Watch, tmp_path: Path
) -> None:
    """Reads the working, confirms, extends, dismisses, flags from the field, prints; all of it verifies."""
    watch.expected = OFFLINE
    page = open_page("/login?next=/cases", base=office_site, locale="vi-VN")
    sign_in(page, "inspector")
    open_case(page, office_site, "chậm tiến độ sử dụng đất 24 tháng")
    expect(page.locator("#working tbody tr").first).to_be_visible()
    expect(page.locator("#working")).to_contain_text("24 tháng")
    step(page, "Xác nhận dấu hiệu").get_by_role("button", name="Xác nhận dấu hiệu").click()
    extension = step(page, "Ghi nhận gia hạn")
    extension.get_by_label("Ngày quyết định").fill("2026-11-02")
    extension.get_by_label("Số tháng được gia hạn").fill("12")
    extension.get_by_label("Văn bản").fill("QĐ 5/QĐ-UBND")
    extension.get_by_role("button", name="Ghi nhận gia hạn").click()
    expect(page.locator(".head .case-state")).to_have_text("được gia hạn")
    pdf = printed(page)

    open_case(page, office_site, "không sử dụng đất 12 tháng")
    dismissal = step(page, "Loại bỏ đề xuất")
    dismissal.get_by_label("Lý do").fill("đã khởi công, biên bản ngày 01/11")
    dismissal.get_by_role("button", name="Loại bỏ đề xuất").click()
    expect(page.locator(".head .case-state")).to_have_text("đã loại bỏ")

    flag_from_the_field(chromium, office_site, office, watch)
    assert [("flag", "proposed", 1)] == ask(
        office.url,
        "SELECT kind, state, (SELECT count(*)::integer FROM field_photos) FROM cases WHERE kind = 'flag'",
    )

    address = urlsplit(code_on(pdf))
    page.goto(office_site + address.path)
    expect(page.locator("main")).to_contain_text(re.compile("khớp", re.IGNORECASE))
    (tmp_path / "ho-so.pdf").write_bytes(pdf)
    verified = office.command("dossier", "verify", str(tmp_path / "ho-so.pdf"))
    assert verified.exit_code == 0, verified.output
    chain = office.command("cases", "verify")
    assert chain.exit_code == 0, chain.output


@pytest.mark.parametrize("path", ["/cases", "/cases/1", "/cases/1/dossier.pdf", "/field/", "/api/cases"])
def test_a_viewer_can_do_none_of_it(open_page: Open, office_site: str, watch: Watch, path: str) -> None:
    """No list, no case, no dossier, no field view; and nothing in the head leads there."""
    watch.expected = ("403", "404")
    page = open_page("/login?next=/", base=office_site, locale="vi-VN")
    sign_in(page, "viewer")
    expect(page.locator(".top nav")).not_to_contain_text("Hồ sơ đất")
    answer = page.request.get(office_site + path)
    assert answer.status in (403, 404)
    assert "Dự án minh họa" not in answer.text()


def test_a_row_that_was_written_into_is_found(office: Office) -> None:
    """The chain verifies, then somebody with all rights on the server adds a note to an event: the row is named."""
    assert office.command("cases", "verify").exit_code == 0
    with office.tampered():
        found = office.command("cases", "verify")
    assert found.exit_code != 0
    assert re.search(r"\b3\b", str(found.exception))
    assert office.command("cases", "verify").exit_code == 0
