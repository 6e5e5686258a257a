"""What a checker of accessibility finds on the pages of people who are signed in: nothing serious, desk and phone."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import Engine

from geoapp.web.permissions import TOKEN
from tests.browser.conftest import DESKTOP, PHONE, Open, serving
from tests.browser.test_axe import AXE, RUN
from tests.cases.conftest import case_app, case_database, engine, number, owner, place, tokens  # noqa: F401 - fixtures of the land
from tests.staff import PASSWORD, signed_in

CLOCK = "/clock?handover_date=2025-03-10&progress_end_date=2027-12-31&as_of=2026-11-20"
HEAD = (
    "/cases", "/cases/{case}", "/cases/signals", CLOCK, "/projects/bo-hoang",
    "/projects/bo-hoang/land-events/new?kind=extension", "/field/", "/account/password",
)  # fmt: skip
ON_PHONE = ("/cases/{case}", "/projects/bo-hoang/land-events/new?kind=extension", "/field/")
ADMIN = ("/people", "/log")


def entered(open_page: Open, app: Flask, site: str, login: str, **options: Any) -> Page:
    """A page of somebody whose session was begun, without the way through the form."""
    page = open_page("/login", base=site, **options)
    client = signed_in(app, login, PASSWORD)
    cookie = client.get_cookie("session")
    with client.session_transaction() as session:
        assert TOKEN in session
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": site}])
    return page


def faults(page: Page, address: str) -> list[str]:
    """What is serious on a page."""
    answer = page.goto(address)
    assert answer is not None, address
    assert 200 == answer.status, address
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [f"{address}: {fault}" for fault in page.evaluate(RUN)]


@pytest.mark.parametrize(
    ("pages", "look"),
    [
        ({"ha": HEAD, "tri": ADMIN}, {"viewport": DESKTOP, "color_scheme": "light"}),
        ({"ha": ON_PHONE}, {"viewport": PHONE, "color_scheme": "dark"}),
    ],
)
def test_no_page_of_a_person_has_a_serious_fault(
    case_app: Flask,  # noqa: F811
    owner: Engine,  # noqa: F811
    open_page: Open,
    pages: dict[str, tuple[str, ...]],
    look: dict[str, Any],
) -> None:
    """Work list, case, clock, land file and its form, field view, accounts, log: names, roles, contrast, order."""
    case = number(owner, "R9")
    with serving(case_app) as site:
        found = []
        for login, paths in pages.items():
            page = entered(open_page, case_app, site, login, **look)
            for path in paths:
                found += faults(page, site + path.format(case=case))
        assert [] == found
