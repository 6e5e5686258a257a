"""Numbers, days and names as a person reads them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from geoapp.web.formats import day, measure, number, precise_day, short_name, short_zone, web_address


@pytest.fixture(params=["vi"])
def spoken(app: Flask, request: pytest.FixtureRequest) -> Iterator[str]:
    """A request in a language."""
    with app.test_request_context(f"/?lang={request.param}"):
        yield request.param


def in_language(*pairs: tuple[str, object, str]) -> pytest.MarkDecorator:
    """Cases (language, value, text)."""
    return pytest.mark.parametrize(("spoken", "value", "told"), pairs, indirect=["spoken"])


@in_language(
    ("vi", 1234.5, "1.234,5"), ("en", 1234.5, "1,234.5"), ("vi", 0.04, "0"), ("vi", -3.25, "−3,2"), ("vi", None, "–")
)
@pytest.mark.usefixtures("spoken")
def test_a_number(value: float | None, told: str) -> None:
    """Separators of the language, no zeros at the end."""
    assert told == number(value)


@in_language(("vi", 85.0, "85,0\u00a0%"), ("en", 85.04, "85.0\u00a0%"), ("vi", None, "chưa có số liệu"))
@pytest.mark.usefixtures("spoken")
def test_a_share(value: float | None, told: str) -> None:
    """One decimal always, so that shares can be compared."""
    assert told == measure(value, "%")


@in_language(("vi", 13950.0, "13.950\u00a0ha"), ("vi", 158.48, "158,48\u00a0ha"), ("en", 1086.49, "1,086.49\u00a0ha"))
@pytest.mark.usefixtures("spoken")
def test_an_area(value: float, told: str) -> None:
    """Two decimals at most."""
    assert told == measure(value, "ha")


@in_language(("vi", 15000, "15.000\u00a0m³/ngày đêm"), ("en", 15000, "15,000\u00a0m³/day"))
@pytest.mark.usefixtures("spoken")
def test_a_unit_in_words(value: float, told: str) -> None:
    """Units are translated."""
    assert told == measure(value, "m3_day")


@in_language(("vi", date(2026, 10, 31), "31/10/2026"), ("en", date(2026, 10, 31), "31 Oct 2026"), ("vi", None, "–"))
@pytest.mark.usefixtures("spoken")
def test_a_day(value: date | None, told: str) -> None:
    """Day first; in English the month in letters, so that nobody takes it for the day."""
    assert told == day(value)


def test_a_moment_belongs_to_the_day_in_viet_nam(app: Flask) -> None:
    """18:00 in Greenwich is the next day in Hà Nội."""
    with app.test_request_context("/"):
        assert "01/07/2026" == day(datetime(2026, 6, 30, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        ("day", "31/12/2025"),
        ("month", "12/2025"),
        ("quarter", "quý IV/2025"),
        ("year", "2025"),
        ("undated", "không ghi ngày"),
    ],
)
def test_a_day_is_told_as_exactly_as_it_is_known(app: Flask, precision: str, told: str) -> None:
    """A figure of a year does not look like one of a day."""
    with app.test_request_context("/"):
        assert told == precise_day(date(2025, 12, 31), precision)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("KCN Khánh Phú", "Khánh Phú"),
        ("Khánh Phú Industrial Park", "Khánh Phú"),
        ("Đồng Văn 1 Expanded Industrial Park (north-east)", "Đồng Văn 1 Expanded (north-east)"),
    ],
)
def test_a_list_of_parks_does_not_repeat_that_they_are(name: str, short: str) -> None:
    """The words that every name has are left out."""
    assert short == short_name(name)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", None, "http://["])
def test_only_web_addresses_become_links(address: str | None) -> None:
    """A source may hold anything; a link must not run it."""
    assert web_address(address) is None


def test_a_web_address_is_kept() -> None:
    """The address of a source."""
    assert "https://example.org/a?b=1" == web_address("https://example.org/a?b=1")


@pytest.mark.parametrize(
    ("name", "short"), [("Khu kinh tế Ninh Cơ", "KKT Ninh Cơ"), ("Ninh Cơ Economic Zone", "Ninh Cơ EZ")]
)
def test_a_zone_in_the_head_has_the_usual_letters_for_its_kind(name: str, short: str) -> None:
    """There is little room on a phone."""
    assert short == short_zone(name)
