"""Reports from the field: what cannot be is refused by field, and nothing shows as done while a photo is missing."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from geoapp.errors import Conflict, InvalidRequest, NotFound, StoreError, TooLarge
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import AnnouncedPhoto, Announcement, FlagReason
from geoapp.store.acting import acting
from geoapp.store.evidence import set_sent
from tests.field_work import (
    HELD,
    LIMITS,
    OTHER_PARK,
    TODAY,
    Ground,
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


def refused(evidence: Evidence, person: int, told: Announcement) -> tuple[str, str]:
    """The field that is refused, and why."""
    with pytest.raises(InvalidRequest) as error:
        evidence.reports.announce(person, told, TODAY)
    return error.value.parameter, str(error.value)


def test_a_drawing_outside_all_parks_is_refused(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """In the sea, some 100 km from any park."""
    sea = drawn(Ground("", 107.5, 19.5).square())
    field, why = refused(evidence, inspector, flag(ground, park=None, plots=(), geometry=sea))
    assert ("geometry", True) == (field, "outside all parks" in why)


def test_a_drawing_that_crosses_itself_is_refused(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """A bow tie has no area."""
    x, y = ground.longitude, ground.latitude
    ring = [[x, y], [x + 1e-4, y + 1e-4], [x + 1e-4, y], [x, y + 1e-4], [x, y]]
    bow = drawn({"type": "Polygon", "coordinates": [ring]})
    field, why = refused(evidence, inspector, flag(ground, plots=(), geometry=bow))
    assert ("geometry", True) == (field, "cross each other" in why)


def test_a_drawing_of_half_the_province_is_refused(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """It meets a park, but hardly any of it lies inside."""
    field, why = refused(evidence, inspector, flag(ground, plots=(), geometry=drawn(ground.square(0.3))))
    assert ("geometry", True) == (field, "of the drawing lies inside" in why)


def test_plots_and_a_drawing_of_two_parks_are_refused(
    evidence: Evidence, inspector: int, ground: Ground, field_url: str
) -> None:
    """A report is about one park."""
    there = drawn(ground_of(field_url, OTHER_PARK).square())
    assert "geometry" == refused(evidence, inspector, flag(ground, geometry=there))[0]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("observed_on", {"observed_on": TODAY + timedelta(days=1)}),
        ("note", {"reason": FlagReason.OTHER, "note": "  "}),
        ("plots", {"plots": ("KHÔNG-CÓ",)}),
        ("park", {"park": "khong-co"}),
        ("geometry", {"plots": ()}),
        ("photos", {"photos": tuple(AnnouncedPhoto(f"{n:064x}", 1, "x") for n in range(LIMITS.count + 1))}),
    ],
)
def test_a_field_that_cannot_be_is_named(
    evidence: Evidence, inspector: int, ground: Ground, field: str, changes: dict[str, object]
) -> None:
    """A future day, an unsaid reason, a plot or park that is not there, no place at all, too many photos."""
    assert field == refused(evidence, inspector, flag(ground, **changes))[0]


def test_a_photo_of_200_mb_is_refused_when_it_is_announced(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """Before a byte of it is sent."""
    told = flag(ground, photos=(AnnouncedPhoto("0" * 64, 200_000_000, "IMG.jpg"),))
    with pytest.raises(TooLarge) as error:
        evidence.reports.announce(inspector, told, TODAY)
    assert "“IMG.jpg” has 200 MB; a photo has at most 2 MB" in str(error.value)


def test_who_is_held_to_a_park_flags_no_other(evidence: Evidence, field_url: str, ground: Ground) -> None:
    """A drawing in another park names that park, whatever the device says."""
    there = drawn(ground_of(field_url, OTHER_PARK).square())
    held = person_id(field_url, HELD)
    assert "park" == refused(evidence, held, flag(ground, park=None, plots=(), geometry=there))[0]
    assert evidence.reports.announce(held, flag(ground), TODAY).missing == ()


def test_a_viewer_writes_nothing_even_past_the_pages(evidence: Evidence, field_url: str, ground: Ground) -> None:
    """The database itself refuses."""
    with pytest.raises(StoreError):
        evidence.reports.announce(person_id(field_url, "viewer"), flag(ground), TODAY)


def test_announcing_twice_is_announcing_once(
    evidence: Evidence, inspector: int, ground: Ground, field_url: str
) -> None:
    """A phone that lost the answer asks again."""
    told = flag(ground, photo())
    first, second = (evidence.reports.announce(inspector, told, TODAY) for _ in range(2))
    assert first == second
    assert [(1,)] == ask(field_url, "SELECT count(*) FROM field_photos WHERE report_id = :id", id=told.id)


def test_other_words_under_the_same_number_are_refused(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """Nothing that was announced is ever overwritten."""
    told = flag(ground)
    evidence.reports.announce(inspector, told, TODAY)
    with pytest.raises(Conflict):
        evidence.reports.announce(inspector, flag(ground, id=told.id, note="khác"), TODAY)


def test_a_report_of_somebody_else_is_none(evidence: Evidence, inspector: int, ground: Ground, field_url: str) -> None:
    """Neither its state nor its photos."""
    told = flag(ground)
    evidence.reports.announce(inspector, told, TODAY)
    with pytest.raises(NotFound):
        evidence.reports.status(person_id(field_url, "head"), told.id)


def test_nothing_is_sent_while_a_photo_is_missing(
    evidence: Evidence, inspector: int, ground: Ground, field_url: str
) -> None:
    """Neither receipt nor case; the database refuses it too, whoever asks."""
    one, two = photo(mark="1"), photo(mark="2")
    told = flag(ground, one, two)
    evidence.reports.announce(inspector, told, TODAY)
    put(evidence, inspector, told, one)
    with pytest.raises(Conflict, match="1 of 2 photos"):
        evidence.reports.send(inspector, told.id)
    status = evidence.reports.status(inspector, told.id)
    assert ((hashlib.sha256(two).hexdigest(),), None) == (status.missing, status.receipt)
    assert [(0,)] == ask(field_url, "SELECT count(*) FROM cases WHERE finding->>'report' = :id", id=str(told.id))
    sent = {"id": told.id, "sent_at": "2026-11-20T00:00:00Z", "receipt": "0" * 64, "case_id": 1}
    with (
        pytest.raises(StoreError, match="are missing"),
        acting(evidence.upload._engine, inspector) as connection,
    ):
        set_sent(connection, sent)


def test_a_receipt_can_be_computed_by_hand(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """Its digest is over lines that stand in docs/evidence.md; asked for again it is the same."""
    body = photo(mark="receipt")
    told = flag(ground, body)
    evidence.reports.announce(inspector, told, TODAY)
    put(evidence, inspector, told, body)
    receipt = evidence.reports.send(inspector, told.id)
    moment = receipt.sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = f"{told.id}\n{moment}\n1\n{hashlib.sha256(body).hexdigest()} {len(body)}\n"
    assert hashlib.sha256(lines.encode()).hexdigest() == receipt.sha256
    assert receipt == evidence.reports.send(inspector, told.id)
    assert receipt == evidence.reports.status(inspector, told.id).receipt


def test_a_flag_opens_a_case_whose_chain_holds_the_hashes(
    evidence: Evidence, inspector: int, ground: Ground, field_url: str
) -> None:
    """The event that opens it names each photo, so that none can be exchanged unseen."""
    body = photo(mark="chain")
    told = flag(ground, body, geometry=drawn(ground.square()))
    evidence.reports.announce(inspector, told, TODAY)
    put(evidence, inspector, told, body)
    case = evidence.reports.send(inspector, told.id).case_id
    sql = (
        "SELECT c.kind, c.state, c.finding->>'reason', e.details->'finding'->'photos'->0->>'sha256', c.area_ha > 0"
        " FROM cases AS c JOIN case_events AS e ON e.case_id = c.id WHERE c.id = :case AND e.step = 'open'"
    )
    assert [("flag", "proposed", "unused", hashlib.sha256(body).hexdigest(), True)] == ask(field_url, sql, case=case)


def test_plots_of_one_project_make_a_case_of_that_project(
    evidence: Evidence, inspector: int, field_url: str, ground: Ground
) -> None:
    """Whose plots they were on the day of the visit."""
    code, project, park = ask(
        field_url,
        "SELECT p.code, pair.project_id, p.park_slug FROM plots_at(:day, 'infinity') AS p"
        " JOIN project_plots AS pair USING (plot_id) JOIN project_plot_versions AS v ON v.project_plot_id = pair.id"
        " AND v.valid @> CAST(:day AS date) AND upper_inf(v.recorded)"
        " WHERE p.park_slug = 'khanh-phu' ORDER BY p.code LIMIT 1",
        day=TODAY,
    )[0]
    told = flag(ground, park=park, plots=(str(code),))
    evidence.reports.announce(inspector, told, TODAY)
    case = evidence.reports.send(inspector, told.id).case_id
    assert [(project, "project")] == ask(field_url, "SELECT project_id, unit FROM cases WHERE id = :case", case=case)


def test_photos_are_held_against_the_land(evidence: Evidence, inspector: int, ground: Ground) -> None:
    """One from inside towards it; one from 1 km south that looks away; one of which nothing is left."""
    x, y = ground.longitude, ground.latitude
    shots = [
        photo(place=gps(x, y, 90), taken="2026:11:20 08:00:00"),
        photo(place=gps(x, y - 0.009 - 0.0002, 180), taken="2026:11:20 08:00:00"),
        photo(taken=None, mark="bare"),
    ]
    told = flag(ground, *shots, plots=(), geometry=drawn(ground.square()))
    evidence.reports.announce(inspector, told, TODAY)
    for body in shots:
        put(evidence, inspector, told, body)
    inside, away, bare = evidence.photos(inspector, report=told.id)
    assert (0, 0, ()) == (inside.row.distance_m, inside.row.heading_off_deg, inside.weak)
    assert pytest.approx(996, abs=6) == away.row.distance_m
    assert (pytest.approx(179, abs=1.5), ("far", "turned_away")) == (away.row.heading_off_deg, away.weak)
    assert ("no_position", "no_time", "no_heading") == bare.weak


def test_what_arrived_is_never_changed(evidence: Evidence, inspector: int, ground: Ground, field_url: str) -> None:
    """Not even by the owner of the tables."""
    told = flag(ground)
    evidence.reports.announce(inspector, told, TODAY)
    evidence.reports.send(inspector, told.id)
    for sql in ("UPDATE field_reports SET note = 'x' WHERE id = :id", "DELETE FROM field_reports WHERE id = :id"):
        with pytest.raises(Exception, match=r"stays as it is|never deleted"):
            ask(field_url, sql, id=UUID(str(told.id)))
