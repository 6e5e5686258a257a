"""Monthly figures by somebody who is held to some parks: of these, and of no others."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from geoapp.core.figure_checks import Entry, FaultKind, Typed, check_rows
from geoapp.core.figure_numbers import Convention
from geoapp.core.passwords import hash_password
from geoapp.core.permissions import Person, PersonRole
from geoapp.core.plan_kinds import FigureKind
from geoapp.errors import Forbidden
from geoapp.services.target_board import TargetBoard
from geoapp.store.engine import Role, make_engine, writing
from tests.staff import PASSWORD, signed_in
from tests.targets.conftest import BUSINESS
from tests.targets.test_target_pages import filled, upload

MONTH, TODAY = date(2025, 4, 1), date(2026, 11, 27)
_ADD = """
WITH added AS (
    INSERT INTO people (login, name, role, department) VALUES ('giu', 'giu', 'planner', :department) RETURNING id
)
INSERT INTO person_parks (person_id, park_id) SELECT added.id, parks.id FROM added, parks WHERE parks.slug = 'khanh-phu'
RETURNING person_id, park_id
"""
_KEY = "INSERT INTO credentials (person_id, password_hash, must_change) VALUES (:id, :kept, false)"


@pytest.fixture(scope="module")
def held(figures_url: str) -> Person:
    """A clerk who is held to Khánh Phú."""
    engine = make_engine(figures_url, role=Role.OWNER)
    with writing(engine) as connection:
        row = connection.execute(text(_ADD), {"department": BUSINESS}).one()
        connection.execute(text(_KEY), {"id": row.person_id, "kept": hash_password(PASSWORD)})
    engine.dispose()
    return Person(row.person_id, "giu", "giu", PersonRole.PLANNER, BUSINESS, frozenset({row.park_id}))


def save(board: TargetBoard, person: Person, park: str | None, seen: int | None = None) -> int:
    """Store a draft of a park, or of the whole province, over the row that was seen; how many were stored."""
    figures = board.figures(person)
    sheet = figures.sheet(None, MONTH, FigureKind.ACTUAL, TODAY)
    return figures.save(sheet, [Entry("1", "revenue", park, 100.0, None, None, "kiểm tra")], {("revenue", park): seen})


def test_figures_of_the_own_park_are_stored(board: TargetBoard, held: Person) -> None:
    """Of Khánh Phú."""
    assert 1 == save(board, held, "khanh-phu")


def test_figures_of_the_park_of_others_are_refused(board: TargetBoard, held: Person) -> None:
    """By the database, whatever the page lets through."""
    with pytest.raises(Forbidden):
        save(board, held, "gian-khau")


def test_the_form_offers_the_own_parks_only(board: TargetBoard, held: Person) -> None:
    """Others are told at their field, as parks that are not known."""
    sheet = board.figures(held).sheet(None, MONTH, FigureKind.ACTUAL, TODAY)
    typed = Typed("1", "revenue", "gian-khau", None, {"value": "100"}, "kiểm tra")
    faults = check_rows([typed], sheet.known, Convention.VI, MONTH)[1]
    assert (["khanh-phu"], [FaultKind.UNKNOWN_PARK]) == (
        [park.slug for park in sheet.parks], [one.kind for one in faults]
    )  # fmt: skip


def test_figures_of_the_whole_province_are_refused(board: TargetBoard, people: dict[str, Person], held: Person) -> None:
    """By the database, from whoever is held to some parks, though he has seen what stands."""
    rows = board.figures(people["dn"]).sheet(None, MONTH, FigureKind.ACTUAL, TODAY).rows
    seen = next(row.seen for row in rows if (row.indicator.code, row.park) == ("revenue", None))
    with pytest.raises(Forbidden):
        save(board, held, None, seen)


def test_the_form_has_the_own_parks_and_says_why_not_the_province(figures_app: Flask, held: Person) -> None:
    """A row for each indicator that is reported of parks; none of the whole."""
    page = signed_in(figures_app, held.login).get("/figures/enter?month=2026-09").text
    fields = set(re.findall(r'name="value\.([a-z_]+\.[a-z-]*)"', page))
    assert ("revenue.khanh-phu" in fields, "revenue." in fields) == (True, False)
    assert "Số liệu của toàn tỉnh do người được xem mọi KCN nhập" in page


def test_a_workbook_with_a_figure_of_the_whole_province_is_told_its_cell(figures_app: Flask, held: Person) -> None:
    """The place where the park would be named."""
    client = signed_in(figures_app, held.login)
    rows = len(re.findall(r'name="seen\.', client.get("/figures/enter?month=2026-09").text))
    line = 8 + rows
    cells = {f"A{line}": "revenue", f"D{line}": "tỷ đồng", f"F{line}": 44000, f"I{line}": "rà soát"}
    answer = upload(client, filled(client, **cells))
    told = re.findall(r"<li><b>(.*?)</b>: (.*?)</li>", answer.text)
    assert [(400, f"trang tính “Số liệu tháng”, ô C{line}")] == [(answer.status_code, place) for place, _ in told]
    assert "ghi tên KCN hoặc bỏ dòng này" in told[0][1]
