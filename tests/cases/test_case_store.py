"""Cases in the database: their life, their chain, their rights, whoever writes."""

from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from geoapp.errors import StoreError
from geoapp.store.acting import acting, acting_reading
from geoapp.store.cases import (
    CaseStepRow,
    add_step,
    find_chain_fault,
    find_hash,
    propose,
    read_chain_head,
    refusal_of,
)
from geoapp.store.engine import Role, make_engine, writing
from tests.case_land import add_event, person
from tests.cases.conftest import DAY, number

TAMPERINGS = {
    "an event says something else": (
        "UPDATE case_events SET reason = 'khác' WHERE sequence = 3",
        (3, "its content is not what was written"),
    ),
    "an event says something else and has the hash of it": (
        "UPDATE case_events SET reason = 'khác' WHERE sequence = 2;"
        " UPDATE case_events AS e"
        " SET hash = encode(sha256(convert_to(case_event_text(e), 'UTF8')), 'hex') WHERE sequence = 2",
        (3, "it does not follow the event before it"),
    ),
    "an event in the middle is gone": (
        "DELETE FROM case_events WHERE sequence = 3",
        (4, "an event before this one is missing"),
    ),
    "the last event is gone": (
        "DELETE FROM case_events WHERE sequence = 4;"
        " UPDATE cases SET state = 'confirmed', last_number = 2"
        " WHERE id = (SELECT case_id FROM case_events WHERE sequence = 3)",
        (4, "the end of the chain is missing"),
    ),
    "a case says something else": (
        "UPDATE cases SET area_ha = 1 WHERE id = (SELECT case_id FROM case_events WHERE sequence = 2)",
        (2, "the case does not say any more what it said when it was opened"),
    ),
    "a case is in another state": (
        "UPDATE cases SET state = 'closed' WHERE id = (SELECT case_id FROM case_events WHERE sequence = 2)",
        (4, "the case is not in the state in which its last event left it"),
    ),
}


def refused(engine: Engine, login: str, case_id: int, step: CaseStepRow) -> tuple[str, str]:
    """Code and detail of a step that the database must refuse."""
    with pytest.raises(StoreError) as caught, acting(engine, person(engine, login)) as connection:
        add_step(connection, case_id, step)
    refusal = refusal_of(caught.value)
    assert refusal is not None, caught.value
    return refusal.code, refusal.detail


def take(engine: Engine, login: str, case_id: int, *steps: CaseStepRow) -> None:
    """Steps of a person, each in a transaction of its own."""
    for step in steps:
        with acting(engine, person(engine, login)) as connection:
            add_step(connection, case_id, step)


def test_signs_are_proposed_and_gaps_are_not(owner: Engine) -> None:
    """A case for the unused land and one for the late land; none for the land whose handover is not on record."""
    with owner.connect() as connection:
        found = connection.execute(
            text("SELECT rule, clock_state, state, since, area_ha FROM cases ORDER BY rule")
        ).all()
    assert [
        ("R8", "LATE_24M", "proposed", date(2026, 1, 1), 4.0),
        ("R9", "UNUSED_12M", "proposed", date(2026, 3, 11), 4.0),
    ] == [tuple(row) for row in found]


def test_the_same_signs_are_not_proposed_twice(owner: Engine) -> None:
    """A second run on the same day, and one on a later day, open nothing and note nothing."""
    with writing(owner) as connection:
        assert ([], []) == tuple(map(list, propose(connection, DAY)))
        assert ([], []) == tuple(map(list, propose(connection, date(2026, 11, 25))))


def test_a_dismissed_sign_is_not_proposed_again(owner: Engine) -> None:
    """The same rule with the same first day was judged."""
    take(owner, "an", number(owner, "R9"), CaseStepRow("dismiss", 2, reason="đo lại"))
    with writing(owner) as connection:
        assert [] == list(propose(connection, DAY)[0])


def test_a_sign_that_ended_is_noted_and_the_case_stays(owner: Engine) -> None:
    """The start of the construction is entered: the clock shows the sign no more, the case says so and stays open."""
    with writing(owner) as connection:
        add_event(connection, "bo-hoang", "construction_start", "happened_on = '2026-11-01'; evidence = 'ảnh'")
    with writing(owner) as connection:
        noted = propose(connection, DAY)[1]
        assert [(number(owner, "R9"), "condition_ended")] == [tuple(row) for row in noted]
    with owner.connect() as connection:
        row = connection.execute(text("SELECT state, condition_holds, is_open FROM cases WHERE rule = 'R9'")).one()
    assert ("proposed", False, True) == tuple(row)


def test_an_ended_sign_is_noted_once(owner: Engine) -> None:
    """The second run after the end has nothing to tell."""
    with writing(owner) as connection:
        add_event(connection, "bo-hoang", "construction_start", "happened_on = '2026-11-01'; evidence = 'ảnh'")
    for expected in (1, 0):
        with writing(owner) as connection:
            assert expected == len(propose(connection, DAY)[1])


def test_a_case_follows_its_events(owner: Engine) -> None:
    """State, responsible person and deadline come from the steps: notified on Friday, due three working days later."""
    case_id = number(owner, "R9")
    steps = [
        CaseStepRow("take", 2),
        CaseStepRow("confirm", 3),
        CaseStepRow("notify", 4, happened_on=date(2026, 10, 2), document_no="12/TB-BQL"),
    ]
    take(owner, "an", case_id, *steps)
    with owner.connect() as connection:
        row = connection.execute(
            text("SELECT state, last_number, assignee_id, due_on FROM cases WHERE rule = 'R9'")
        ).one()
    assert ("notified", 4, person(owner, "an"), date(2026, 10, 7)) == tuple(row)


def test_an_extension_is_due_at_its_end(owner: Engine) -> None:
    """Twelve months from the day of the decision."""
    case_id = number(owner, "R8")
    extension = CaseStepRow("extend", 3, happened_on=date(2026, 11, 2), months=12, document_no="QĐ 5")
    take(owner, "an", case_id, CaseStepRow("confirm", 2), extension)
    with owner.connect() as connection:
        row = connection.execute(text("SELECT state, due_on FROM cases WHERE rule = 'R8'")).one()
    assert ("extended", date(2027, 11, 2)) == tuple(row)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (CaseStepRow("close", 2, reason="x"), ("GC002", "proposed")),
        (CaseStepRow("burn", 2), ("GC002", "proposed")),
        (CaseStepRow("condition_ended", 1), ("GC001", "1")),
        (CaseStepRow("confirm", 3), ("GC001", "1")),
        (CaseStepRow("dismiss", 2), ("GC004", "reason missing")),
        (CaseStepRow("dismiss", 2, reason="  "), ("GC004", "reason missing")),
        (CaseStepRow("note", 2), ("GC004", "note missing")),
        (CaseStepRow("confirm", 2, happened_on=date(2999, 1, 1)), ("GC004", "happened_on future")),
    ],
    ids=str,
)
def test_a_step_that_cannot_be_is_refused(owner: Engine, step: CaseStepRow, expected: tuple[str, str]) -> None:
    """No such step in the life, not after the last event, or a field that is missing or wrong."""
    assert expected == refused(owner, "an", number(owner, "R9"), step)


def test_recovery_is_proposed_only_where_an_extension_ran_out(owner: Engine) -> None:
    """A case of R9 has no such step, however far it is."""
    case_id = number(owner, "R9")
    take(owner, "an", case_id, CaseStepRow("confirm", 2))
    assert ("GC002", "confirmed") == refused(owner, "an", case_id, CaseStepRow("propose_recovery", 3, reason="x"))


def test_extensions_beyond_the_law_are_refused(owner: Engine) -> None:
    """24 months together and no more."""
    case_id = number(owner, "R9")
    one = CaseStepRow("extend", 3, happened_on=date(2026, 11, 2), months=18, document_no="QĐ 5")
    take(owner, "an", case_id, CaseStepRow("confirm", 2), one)
    more = CaseStepRow("extend", 4, happened_on=date(2026, 11, 3), months=7, document_no="QĐ 6")
    assert ("GC004", "months beyond 18 24") == refused(owner, "an", case_id, more)


def test_nobody_is_given_a_case_of_a_park_that_is_not_theirs(owner: Engine) -> None:
    """Binh works in park hai only."""
    step = CaseStepRow("assign", 2, assignee_id=person(owner, "binh"))
    assert ("GC004", "assignee_id unable") == refused(owner, "ha", number(owner, "R9"), step)


@pytest.mark.parametrize("login", ["quy", "xem", "tri"])
def test_who_may_not_judge_is_refused(owner: Engine, login: str) -> None:
    """A planner may read and not judge; for viewer and administrator there is no case."""
    with pytest.raises(StoreError), acting(owner, person(owner, login)) as connection:
        add_step(connection, number(owner, "R9"), CaseStepRow("confirm", 2))


def test_the_operator_takes_no_step_of_a_person(owner: Engine) -> None:
    """Without anybody acting only what the program itself notes goes in."""
    with pytest.raises(StoreError) as caught, writing(owner) as connection:
        add_step(connection, number(owner, "R9"), CaseStepRow("confirm", 2))
    refusal = refusal_of(caught.value)
    assert refusal is not None
    assert "GC003" == refusal.code


@pytest.mark.parametrize(
    ("login", "expected"), [("an", ["R8", "R9"]), ("binh", ["R8"]), ("quy", ["R8", "R9"]), ("xem", []), ("tri", [])]
)
def test_people_see_the_cases_of_their_parks(owner: Engine, login: str, expected: list[str]) -> None:
    """Inspector of all parks, of one, planner, viewer, administrator; events and plots go with the case."""
    with acting_reading(owner, person(owner, login)) as connection:
        assert expected == [row[0] for row in connection.execute(text("SELECT rule FROM cases ORDER BY rule"))]
        for table in ("case_events", "case_plots"):
            assert len(expected) == connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_a_step_in_another_park_is_refused(owner: Engine) -> None:
    """As if there were no such case."""
    assert "GC005" == refused(owner, "binh", number(owner, "R9"), CaseStepRow("confirm", 2))[0]


def test_proposals_of_a_person_are_those_of_the_own_parks(place: Engine) -> None:
    """Binh opens the late land of park hai and not the unused land of park mot."""
    with acting(place, person(place, "binh")) as connection:
        assert ["R8"] == [row.rule for row in propose(connection, DAY)[0]]


def test_visitors_read_nothing(owner: Engine) -> None:
    """The map role has no right to any table or view of cases."""
    engine = make_engine(owner.url.render_as_string(hide_password=False), role=Role.MAP)
    for table in ("cases", "case_events", "case_plots", "case_life", "case_chain", "case_rows"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text(f"SELECT FROM {table}"))
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_events SET reason = 'x'",
        "DELETE FROM case_events",
        "TRUNCATE case_events CASCADE",
        "TRUNCATE cases CASCADE",
        "DELETE FROM cases",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET area_ha = 0",
        "DELETE FROM case_plots",
        "UPDATE case_chain SET sequence = 0",
        "DELETE FROM case_chain",
    ],
)
def test_even_the_owner_changes_nothing(owner: Engine, statement: str) -> None:
    """Triggers refuse what grants cannot, because the owner has all rights."""
    with owner.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(statement))
    assert "23001" == getattr(caught.value.orig, "pgcode", None)


def test_staff_write_only_what_they_are_asked(owner: Engine) -> None:
    """Nobody writes hash, time or person of an event, nor the state of a case."""
    for statement in (
        "INSERT INTO case_events (case_id, number, step, person_id) VALUES (1, 2, 'confirm', 1)",
        "INSERT INTO case_events (case_id, number, step, hash) VALUES (1, 2, 'confirm', 'x')",
        "UPDATE cases SET state = 'closed'",
        "DELETE FROM case_events",
    ):
        with pytest.raises(StoreError, match="permission denied"), acting(owner, person(owner, "ha")) as connection:
            connection.execute(text(statement))


_FLAG = """
    INSERT INTO cases (kind, park_id, plot_ids, geom, as_of, rules_on, area_ha, finding)
    VALUES ('flag', :park, '{}', ST_GeomFromGeoJSON(:drawn), :day, :day, 0.6, '{"reason": "unused"}') RETURNING id
"""


def test_what_is_flagged_by_hand_is_a_case_with_its_land(owner: Engine) -> None:
    """A drawing in the park of the inspector; recovery and extension are no steps of it."""
    drawn = '{"type": "Polygon", "coordinates": [[[106.1, 20.2], [106.101, 20.2], [106.101, 20.201], [106.1, 20.2]]]}'
    with acting(owner, person(owner, "binh")) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'hai'")).scalar_one()
        made = connection.execute(text(_FLAG), {"park": park, "day": DAY, "drawn": drawn}).scalar_one()
        land = connection.execute(text("SELECT GeometryType(case_land(:id))"), {"id": made}).scalar_one()
    assert "POLYGON" == land
    take(owner, "binh", made, CaseStepRow("confirm", 2))
    extension = CaseStepRow("extend", 3, happened_on=date(2026, 11, 2), months=12, document_no="QĐ 5")
    assert ("GC002", "confirmed") == refused(owner, "binh", made, extension)


@pytest.fixture
def worked(owner: Engine) -> Engine:
    """A chain of four events: two proposals, and two steps on the second."""
    with owner.connect() as connection:
        second = connection.execute(text("SELECT case_id FROM case_events WHERE sequence = 2")).scalar_one()
    take(owner, "an", second, CaseStepRow("confirm", 2), CaseStepRow("dismiss", 3, reason="đo lại"))
    return owner


def test_an_untouched_chain_holds(worked: Engine) -> None:
    """Four events, each with the hash of the one before."""
    with worked.connect() as connection:
        assert find_chain_fault(connection) is None
        sequence, digest = read_chain_head(connection)
        assert (4, digest) == (sequence, find_hash(connection, 4))


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=str)
def test_a_tampered_row_is_found(worked: Engine, tampering: str) -> None:
    """Who has all power over the server and switches the triggers off is found out."""
    statements, expected = TAMPERINGS[tampering]
    with worked.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements.split(";"):
            connection.execute(text(statement))
    with worked.connect() as connection:
        fault = find_chain_fault(connection)
    assert fault is not None
    assert expected == (fault.sequence, fault.fault)


def test_the_time_zone_of_who_asks_does_not_matter(worked: Engine) -> None:
    """A hash is made of moments in UTC."""
    with worked.connect() as connection:
        connection.execute(text("SET timezone = 'America/Lima'"))
        assert find_chain_fault(connection) is None
