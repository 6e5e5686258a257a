"""Photos for a case that is open already: an event of its chain, held against its land, refused where it has ended."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from geoapp.errors import InvalidRequest
from geoapp.services.dossier_source import DossierAsked, read_source
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import Announcement
from geoapp.store.acting import acting_reading
from geoapp.store.cases import find_chain_fault
from geoapp.store.engine import Role, make_engine, reading
from tests.field_work import (
    HELD,
    LIMITS,
    OTHER_PARK,
    TODAY,
    Ground,
    announced,
    ask,
    drawn,
    flag,
    ground_of,
    person_id,
    put,
    staff_engine,
)
from tests.photos.photo_files import gps, photo


@pytest.fixture(scope="module")
def ground(field_url: str) -> Ground:
    """A plot."""
    return ground_of(field_url)


@pytest.fixture(scope="module")
def inspector(field_url: str) -> int:
    """Somebody who may flag anywhere."""
    return person_id(field_url, "inspector")


@pytest.fixture
def evidence(field_url: str, tmp_path: Path) -> Iterator[Evidence]:
    """The evidence of the loaded database, with a folder of its own."""
    engine = staff_engine(field_url)
    yield Evidence(engine, tmp_path, LIMITS)
    engine.dispose()


def added(case: int, *bodies: bytes, **changes: Any) -> Announcement:
    """Photos for a case."""
    told = {"note": "Chụp lại sau khi nhắc", "observed_on": TODAY, "photos": tuple(map(announced, bodies))}
    return Announcement(id=uuid4(), park=None, plots=(), geometry=None, reason=None, case=case, **(told | changes))


def opened(evidence: Evidence, inspector: int, ground: Ground, **changes: Any) -> int:
    """A case that a flag opened."""
    told = flag(ground, **changes)
    evidence.reports.announce(inspector, told, TODAY)
    return evidence.reports.send(inspector, told.id).case_id


def sent(evidence: Evidence, inspector: int, told: Announcement, *bodies: bytes) -> Any:
    """The receipt."""
    evidence.reports.announce(inspector, told, TODAY)
    for body in bodies:
        put(evidence, inspector, told, body)
    return evidence.reports.send(inspector, told.id)


def test_they_are_an_event_of_the_case_with_their_hashes(
    evidence: Evidence, inspector: int, ground: Ground, field_url: str
) -> None:
    """In the chain, with receipt and note; the case stays where it stood, and the chain holds."""
    case = opened(evidence, inspector, ground)
    body = photo(mark="added")
    told = added(case, body)
    receipt = sent(evidence, inspector, told, body)
    assert case == receipt.case_id
    assert receipt == evidence.reports.send(inspector, told.id)
    sql = (
        "SELECT step, note, details->'photos'->0->>'sha256', details->>'receipt', from_state, to_state"
        " FROM case_events WHERE case_id = :case ORDER BY number DESC LIMIT 1"
    )
    sha256 = hashlib.sha256(body).hexdigest()
    wanted = ("evidence", "Chụp lại sau khi nhắc", sha256, receipt.sha256, "proposed", "proposed")
    assert [wanted] == ask(field_url, sql, case=case)
    owner = make_engine(field_url, role=Role.OWNER)
    with reading(owner) as connection:
        assert find_chain_fault(connection) is None
    owner.dispose()


def test_they_are_held_against_the_land_of_the_case(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """Of a drawing and of plots alike; one taken far away says so."""
    x, y = ground.longitude, ground.latitude
    near, far = photo(place=gps(x, y, 90), mark="near"), photo(place=gps(x + 0.05, y, 90), mark="far")
    for changes in ({}, {"geometry": drawn(ground.square()), "plots": ()}):
        case = opened(evidence, inspector, ground, **changes)
        sent(evidence, inspector, added(case, near, far), near, far)
        shown = evidence.photos(inspector, case_id=case)
        assert [0.0, pytest.approx(5200, rel=0.1)] == [one.row.distance_m for one in shown]
        assert [False, True] == ["far" in one.weak for one in shown]


def test_a_dossier_of_an_earlier_event_stays_as_it_was(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """What was added later is in the dossier of its own event and in none before, though it had arrived by then."""
    case = opened(evidence, inspector, ground)
    body = photo(mark="later")
    told = added(case, body)
    evidence.reports.announce(inspector, told, TODAY)
    put(evidence, inspector, told, body)
    with acting_reading(evidence.upload._engine, inspector) as connection:
        known = datetime.now(UTC)
        assert [] == list(read_source(connection, DossierAsked(case, 1, known_at=known)).photos)
    evidence.reports.send(inspector, told.id)
    with acting_reading(evidence.upload._engine, inspector) as connection:
        assert [] == list(read_source(connection, DossierAsked(case, 1, known_at=known)).photos)
        found = [row.sha256 for row, _ in read_source(connection, DossierAsked(case)).photos]
    assert [hashlib.sha256(body).hexdigest()] == found


def refused(evidence: Evidence, person: int, told: Announcement) -> str:
    """The field that is refused."""
    with pytest.raises(InvalidRequest) as error:
        evidence.reports.announce(person, told, TODAY)
    return error.value.parameter


def test_what_cannot_be_is_refused_by_field(evidence: Evidence, inspector: int, ground: Ground, field_url: str) -> None:
    """No photo; no such case; a case of another park; a case that has ended."""
    case = opened(evidence, inspector, ground)
    body = photo(mark="no")
    assert "photos" == refused(evidence, inspector, added(case))
    assert "case" == refused(evidence, inspector, added(2**31 - 1, body))
    there = ground_of(field_url, OTHER_PARK)
    far = opened(evidence, inspector, there, park=OTHER_PARK)
    assert "case" == refused(evidence, person_id(field_url, HELD), added(far, body))
    head = person_id(field_url, "head")
    with evidence.upload._engine.begin() as connection:
        connection.execute(text("SELECT set_config('geoapp.person_id', :id, true)"), {"id": str(head)})
        dismiss = "INSERT INTO case_events (case_id, number, step, reason) VALUES (:case, 2, 'dismiss', 'đo lại')"
        connection.execute(text(dismiss), {"case": case})
    assert "step" == refused(evidence, inspector, added(case, body))


def test_the_database_holds_them_to_the_park_of_the_case(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """Whatever a program forgets: no report adds to a case under another park, so that nobody else sees the photos."""
    case = opened(evidence, inspector, ground)
    with evidence.upload._engine.connect() as connection:
        connection.execute(text("SELECT set_config('geoapp.person_id', :id, true)"), {"id": str(inspector)})
        insert = text(
            "INSERT INTO field_reports (id, park_id, person_id, observed_on, announced_sha256, adds_to)"
            " SELECT gen_random_uuid(), id, :person, '2026-11-20', repeat('0', 64), :case FROM parks WHERE slug = :park"
        )
        with pytest.raises(Exception, match="row-level security"):
            connection.execute(insert, {"person": inspector, "case": case, "park": OTHER_PARK})
