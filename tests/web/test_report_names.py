"""What reports are called, in both languages."""

from datetime import date

import pytest
from flask import Flask

from geoapp.web.reports.report_words import heading, period


@pytest.mark.parametrize(
    ("lang", "kind", "name", "its_period"),
    [
        ("vi", "month", "Báo cáo tháng 10/2026", "tháng 10/2026"),
        ("vi", "quarter", "Báo cáo quý IV/2026", "quý IV/2026"),
        ("vi", "year", "Báo cáo năm 2026", "năm 2026"),
        ("en", "month", "Monthly report, October 2026", "October 2026"),
        ("en", "quarter", "Quarterly report, Q4 2026", "Q4 2026"),
        ("en", "year", "Annual report, 2026", "year 2026"),
    ],
)
def test_a_report_is_called_as_people_say_it(app: Flask, lang: str, kind: str, name: str, its_period: str) -> None:
    """It and its period, from the first day of it."""
    first = date(2026, 1 if kind == "year" else 10, 1)
    with app.test_request_context(f"/?lang={lang}"):
        assert (name, its_period) == (heading(kind, first), period(kind, first))
