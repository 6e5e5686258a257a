"""The database by itself: who acts sees and does what the role may, whatever the program forgot to ask."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from geoapp.core.permissions import GRANTS, PersonRole
from geoapp.errors import StoreError
from geoapp.store.acting import acting, acting_reading, at_the_door, audit
from geoapp.store.engine import Role, make_engine
from tests.conftest import Databases


@pytest.fixture(scope="module")
def owner(databases: Databases, staffed_database_url: str) -> Iterator[Engine]:
    """A copy of the database with people, as its owner."""
    engine = make_engine(databases.make(staffed_database_url), role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def numbers(owner: Engine) -> dict[str, int]:
    """The numbers of people by login."""
    with owner.connect() as connection:
        return {row.login: row.id for row in connection.execute(text("SELECT login, id FROM people"))}


@pytest.fixture(scope="module")
def held(owner: Engine, numbers: dict[str, int]) -> str:
    """The park that the planner is held to."""
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO person_parks SELECT :person, id FROM parks WHERE slug = 'khanh-phu'"),
            {"person": numbers["planner"]},
        )
    return "khanh-phu"


def test_the_table_of_rights_is_that_of_the_program(owner: Engine) -> None:
    """A change of rights is a migration and a change of core/permissions.py, both or neither."""
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT role, permission FROM role_permissions")).all()
    assert {(str(role), str(one)) for role in PersonRole for one in GRANTS[role]} == {tuple(row) for row in rows}


@pytest.mark.parametrize("role", PersonRole)
def test_who_acts_may_what_the_role_may(owner: Engine, numbers: dict[str, int], role: PersonRole) -> None:
    """acting_role() and acting_may() are what policies ask."""
    with acting(owner, numbers[role]) as connection:
        found = connection.execute(
            text("SELECT acting_role(), acting_may('people_manage'), acting_may('case_judge'), current_user")
        ).one()
    may = GRANTS[role]
    assert (role, "people_manage" in may, "case_judge" in may, "geoapp_staff") == tuple(found)


def test_a_person_held_to_a_park_sees_that_park(owner: Engine, numbers: dict[str, int], held: str) -> None:
    """By row-level security, and by the function for a single thing; what belongs to no park is not his."""
    with acting_reading(owner, numbers["planner"]) as connection:
        seen = connection.execute(text("SELECT name FROM secret_places")).scalars().all()
        asked = "SELECT may_see_park(id) FROM parks WHERE slug = :slug"
        own = connection.execute(text(asked), {"slug": held}).scalar_one()
        other = connection.execute(text(asked), {"slug": "bao-minh"}).scalar_one()
        none = connection.execute(text("SELECT may_see_park(NULL)")).scalar_one()
    assert [True, True, False, False] == [[name.split()[-1] for name in seen] == [held], own, other, none]


def test_a_person_held_to_none_sees_all(owner: Engine, numbers: dict[str, int]) -> None:
    """No row means all parks, and what belongs to none."""
    with acting_reading(owner, numbers["viewer"]) as connection:
        seen = connection.execute(text("SELECT count(*) FROM secret_places")).scalar_one()
        assert (45, True) == (seen, connection.execute(text("SELECT may_see_park(NULL)")).scalar_one())


def test_nobody_sees_nothing(owner: Engine, numbers: dict[str, int]) -> None:
    """Without a person, with one who does not exist, or who is disabled, confidential tables are empty."""
    with owner.begin() as connection:
        connection.execute(text("UPDATE people SET disabled_at = now() WHERE login = 'head'"))
    counts = []
    for person in (0, numbers["head"]):
        with acting_reading(owner, person) as connection:
            counts += [
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("secret_places", "people", "audit_log")
            ]
    with owner.begin() as connection:
        connection.execute(text("UPDATE people SET disabled_at = NULL"))
    assert [0] * 6 == counts


def test_a_person_does_not_outlast_the_transaction(owner: Engine, numbers: dict[str, int]) -> None:
    """A pooled connection goes back as nobody."""
    with acting(owner, numbers["admin"]) as connection:
        connection.execute(text("SELECT 1"))
    with owner.connect() as connection:
        assert connection.execute(text("SELECT acting_person()")).scalar() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people SET role = 'admin' WHERE login = 'inspector'",
        "DELETE FROM people",
        "INSERT INTO people (login, name, role) VALUES ('friend', 'Friend', 'admin')",
        "INSERT INTO role_permissions VALUES ('inspector', 'people_manage')",
        "DELETE FROM person_parks",
        "SELECT password_hash FROM credentials",
        "UPDATE credentials SET must_change = false",
        "SELECT token_sha256 FROM sessions",
        "SELECT * FROM login_attempts",
        "SELECT 1 / count(*) FROM audit_log",
        "INSERT INTO audit_log (person_id, action, subject) VALUES (1, 'case.confirmed', 'by another')",
        "UPDATE parks SET slug = slug",
    ],
)
def test_an_inspector_does_not_help_himself(owner: Engine, numbers: dict[str, int], statement: str) -> None:
    """No rights, no passwords, no sessions, no log of others: refused, or nothing is touched."""
    try:
        with acting(owner, numbers["inspector"]) as connection:
            touched = connection.execute(text(statement)).rowcount
    except StoreError:
        touched = 0
    assert 0 == touched


def test_an_administrator_reads_no_password(owner: Engine, numbers: dict[str, int]) -> None:
    """He sets them; what is kept of them is for the door alone."""
    with pytest.raises(StoreError, match="permission denied"), acting(owner, numbers["admin"]) as connection:
        connection.execute(text("SELECT password_hash FROM credentials"))


def test_the_door_manages_nobody(owner: Engine) -> None:
    """It looks up and links people; it gives no rights, and reads no log."""
    for statement in (
        "UPDATE people SET role = 'admin'",
        "SELECT * FROM audit_log",
        "INSERT INTO parks (slug) VALUES ('x')",
    ):
        with pytest.raises(StoreError), at_the_door(owner) as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET subject = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"]
)
def test_the_log_is_only_added_to(owner: Engine, statement: str) -> None:
    """Not even its owner changes it by a statement."""
    with owner.connect() as connection, pytest.raises(DBAPIError, match="only added"):
        connection.execute(text(statement))


def test_the_staff_has_no_right_to_change_the_log(owner: Engine, numbers: dict[str, int]) -> None:
    """By grants too."""
    for role in ("geoapp_staff", "geoapp_door", "geoapp_map"):
        with owner.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(f"SET LOCAL ROLE {role}"))
            connection.execute(text("DELETE FROM audit_log"))
    with acting(owner, numbers["inspector"]) as connection:
        audit(connection, "case.confirmed", "case 1", {"why": "đủ căn cứ"})
    with acting_reading(owner, numbers["head"]) as connection:
        row = connection.execute(text("SELECT person_id, subject FROM audit_log ORDER BY id DESC LIMIT 1")).one()
    assert (numbers["inspector"], "case 1") == tuple(row)
