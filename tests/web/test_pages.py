"""The pages as HTML: what a reader finds on them, and how large they are."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.store.engine import reading

# Whatever the database holds.
MOST_BYTES = 40_000
MOST_STATEMENTS = 12


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    """The text of a page, without its tags."""
    answer = client.get(address)
    assert status == answer.status_code, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_the_first_page_lists_every_park(client: FlaskClient, map_engine: Engine) -> None:
    """As many parks as the registry has, each with a link to its page."""
    with reading(map_engine) as connection:
        slugs = set(connection.execute(text("SELECT slug FROM parks_at(now()::date, now())")).scalars())
    found = set(re.findall(r'href="/parks/([a-z0-9-]+)"', client.get("/").text))
    assert 45 == len(slugs)
    assert slugs == found


def test_vietnamese_comes_first(client: FlaskClient) -> None:
    """A first visit is in Vietnamese, whatever the browser prefers."""
    answer = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="vi">' in answer.text
    assert "Số liệu đến" in answer.text


def test_english_is_kept(client: FlaskClient) -> None:
    """After one click on English the next page is English too."""
    client.get("/?lang=en")
    assert "Data to" in read(client, "/parks/khanh-phu")


def test_the_language_link_keeps_what_was_asked(client: FlaskClient) -> None:
    """The other language of a page shows the same day."""
    assert 'href="?as_of=2025-06-30&amp;lang=en"' in client.get("/?as_of=2025-06-30").text


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    """The sentence names the parameter and the languages there are."""
    assert "lang: cần một trong các giá trị vi, en" in read(client, "/?lang=xx", 400)


@pytest.mark.parametrize("address", ["/", "/parks/khanh-phu", "/zones/ninh-co"])
def test_pages_are_thin(client: FlaskClient, address: str) -> None:
    """Folium's page of megabytes is a few kilobytes here: no geometry is in it."""
    page = client.get(address)
    assert len(page.data) < MOST_BYTES
    assert "coordinates" not in page.text
    assert "folium-map" in page.text


def test_no_park_page_is_fat(client: FlaskClient, map_engine: Engine) -> None:
    """Every park, also those with many projects."""
    with reading(map_engine) as connection:
        slugs = list(connection.execute(text("SELECT slug FROM parks")).scalars())
    sizes = {slug: len(client.get(f"/parks/{slug}").data) for slug in slugs}
    assert {} == {slug: size for slug, size in sizes.items() if size >= MOST_BYTES}


def test_conflicting_sources_stand_side_by_side(client: FlaskClient) -> None:
    """Kim Bảng 4: 300 ha proposed, 295,1 ha planned, 184 ha approved, each with its source and date."""
    page = read(client, "/parks/kim-bang-4")
    for told in ("300 ha 08/2022", "295,1 ha 03/2025", "184 ha 2025"):
        assert told in page


def test_a_stale_figure_is_told_as_old(client: FlaskClient, map_engine: Engine) -> None:
    """A published share of years ago is no current figure, but it is not hidden."""
    with reading(map_engine) as connection:
        slug = connection.execute(
            text(
                "SELECT p.slug FROM figures_at('occupancy', '2026-10-31', now()) AS f"
                " JOIN parks AS p ON p.id = f.subject_id"
                " WHERE f.subject_kind = 'park' AND f.is_stale ORDER BY p.slug LIMIT 1"
            )
        ).scalar()
    if slug is None:
        pytest.fail("the loaded data hold no stale figure; the claim cannot be tested")
    assert re.search(r"gần nhất: \S+ %, \S+ – đã quá 12 tháng", read(client, f"/parks/{slug}?as_of=2026-10-31"))


def test_a_park_is_shown_as_of_another_day(client: FlaskClient) -> None:
    """The figures are those of the day that is asked for."""
    assert "đến 06/2025" in read(client, "/parks/khanh-phu?as_of=2025-06-30")


def test_links_keep_the_day(client: FlaskClient) -> None:
    """From the list of another day a park opens on that day."""
    assert 'href="/parks/khanh-phu?as_of=2025-06-30"' in client.get("/?as_of=2025-06-30").text


def test_another_name_leads_to_the_park(client: FlaskClient) -> None:
    """Kim Bảng 4 is also written Kim Bảng IV."""
    assert re.search(r'data-park="kim-bang-4"[^>]* data-aliases="[^"]*Kim Bảng IV', client.get("/").text)


def test_the_zone_tells_what_is_real(client: FlaskClient) -> None:
    """13.950 ha by decision, an approximate outline, and the sea that is only to be studied."""
    page = read(client, "/zones/ninh-co")
    for told in ("13.950 ha", "ranh giới gần đúng, chưa đo đạc", "16.000 ha mặt biển"):
        assert told in page


def test_demonstration_is_said_beside_the_total(client: FlaskClient) -> None:
    """The figure of the province is made of demonstration data, and says so."""
    assert re.search(r'data-total="park_occupancy".*?minh họa', client.get("/").text, re.DOTALL)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/?as_of=1999-12-31", "Không có số liệu trước 31/01/2024. Hãy chọn một ngày từ 31/01/2024 đến"),
        ("/?as_of=31/10/2026", "as_of: cần một ngày dạng 2026-10-31, nhưng nhận được “31/10/2026”"),
        ("/?as_of=2026-02-30", "as_of: cần một ngày"),
        ("/?known_at=yesterday", "known_at: cần một ngày"),
        ("/?known_at=2020-01-01", "Ngày 01/01/2020 chưa có dữ liệu nào"),
        ("/?theme=weather", "theme: cần một trong các giá trị park_clearance_cumulative"),
        ("/parks/khanh-phu?as_of=0001-01-01", "as_of: cần một ngày"),
    ],
)
def test_an_unusable_parameter_is_named(client: FlaskClient, address: str, told: str) -> None:
    """400 with which parameter, what was found and what to do."""
    assert told in read(client, address, 400)


@pytest.mark.parametrize("address", ["/parks/nowhere", "/zones/nowhere", "/parks/a%00b", "/nothing", "/parks/"])
def test_what_is_not_there_has_a_way_back(client: FlaskClient, address: str) -> None:
    """404 with a link to the map."""
    answer = client.get(address)
    assert 404 == answer.status_code
    assert '<a href="/">' in answer.text


def test_a_moment_with_its_time_zone_is_understood(client: FlaskClient) -> None:
    """A plus sign in an address arrives as a space, and is meant as a plus."""
    assert "theo dữ liệu biết đến ngày 31/12/2099" in read(client, "/?known_at=2099-12-31T08:00:00+07:00")


def test_the_months_can_be_chosen(client: FlaskClient) -> None:
    """Every month from the first to the last one with figures, the day that is shown marked."""
    page = client.get("/?as_of=2025-06-30").text
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"( selected)?', page)
    assert ["2025-06-30"] == [day for day, selected in days if selected]
    assert ("2024-01-31", "2026-10-31", 34) == (days[-1][0], days[0][0], len(days))


def test_a_day_within_a_month_can_be_shown(client: FlaskClient) -> None:
    """The day is offered beside the ends of the months."""
    assert '<option value="2025-06-15" selected>15/06/2025' in client.get("/?as_of=2025-06-15").text


@pytest.mark.parametrize("address", ["/", "/parks/khanh-phu", "/zones/ninh-co"])
def test_a_page_takes_few_statements(app: Flask, client: FlaskClient, address: str) -> None:
    """A budget: no query for each row."""
    client.get(address)
    assert 0 < app.extensions["atlas"].spent().statements <= MOST_STATEMENTS


def test_the_theme_of_the_address_is_chosen(client: FlaskClient) -> None:
    """A link to a theme shows it: its control, its total, its layer."""
    page = client.get("/?theme=plant_standard").text
    assert re.search(r'value="plant_standard" checked', page)
    assert re.search(r'data-total="plant_standard">', page)


def test_today_is_that_of_viet_nam(client: FlaskClient) -> None:
    """The newest figures come first: the last month with figures, never a day to come."""
    selected = re.search(r'<option value="(\S+)" selected', client.get("/").text)
    assert selected is not None
    assert date(2026, 10, 31) == date.fromisoformat(selected[1])
