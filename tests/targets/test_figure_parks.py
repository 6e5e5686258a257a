"""Monthly figures by somebody who is held to some parks: of these, and of no others."""

from datetime import date

import pytest
from sqlalchemy import text

from geoapp.core.figure_checks import Entry, FaultKind, Typed, check_rows
from geoapp.core.figure_numbers import Convention
from geoapp.core.permissions import Person, PersonRole
from geoapp.core.plan_kinds import FigureKind
from geoapp.errors import Forbidden
from geoapp.services.target_board import TargetBoard
from geoapp.store.engine import Role, make_engine, writing
from tests.targets.conftest import BUSINESS

MONTH, TODAY = date(2025, 4, 1), date(2026, 11, 27)
_ADD = """
WITH added AS (
    INSERT INTO people (login, name, role, department) VALUES ('giu', 'giu', 'planner', :department) RETURNING id
)
INSERT INTO person_parks (person_id, park_id) SELECT added.id, parks.id FROM added, parks WHERE parks.slug = 'khanh-phu'
RETURNING person_id, park_id
"""


@pytest.fixture(scope="module")
def held(figures_url: str) -> Person:
    """A clerk who is held to Khánh Phú."""
    engine = make_engine(figures_url, role=Role.OWNER)
    with writing(engine) as connection:
        row = connection.execute(text(_ADD), {"department": BUSINESS}).one()
    engine.dispose()
    return Person(row.person_id, "giu", "giu", PersonRole.PLANNER, BUSINESS, frozenset({row.park_id}))


def save(board: TargetBoard, person: Person, park: str) -> int:
    """Store a draft of a park; how many were stored."""
    figures = board.figures(person)
    sheet = figures.sheet(None, MONTH, FigureKind.ACTUAL, TODAY)
    return figures.save(sheet, [Entry("1", "revenue", park, 100.0, None, None, "kiểm tra")], {})


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
