"""The roles of a connection, and the errors of the driver made ours."""

import pytest
from sqlalchemy import text

from geoapp.errors import StoreError, StoreUnavailable
from geoapp.store.engine import Role, make_engine, reading, sqlalchemy_url, translating, writing


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO sources (key, title) VALUES ('x', 'x')",
        "SET SESSION AUTHORIZATION DEFAULT; SET TRANSACTION READ WRITE; CREATE TABLE x (a integer)",
    ],
)
def test_the_map_role_cannot_write(migrated_template: str, statement: str) -> None:
    """Neither plainly nor by taking off the read-only mode."""
    engine = make_engine(migrated_template, role=Role.MAP)
    with pytest.raises(StoreError, match="refused"), reading(engine) as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_map_role_lacks_the_right_even_in_a_writing_transaction(migrated_template: str) -> None:
    """Read-only is not only a mode that a statement could switch off."""
    engine = make_engine(migrated_template, role=Role.MAP)
    with pytest.raises(StoreError, match="permission denied"), translating(), engine.connect() as connection:
        connection.execute(text("SET TRANSACTION READ WRITE"))
        connection.execute(text("INSERT INTO sources (key, title) VALUES ('x', 'x')"))
    engine.dispose()


def test_a_slow_statement_is_cut_off(migrated_template: str) -> None:
    """A statement over the time limit ends as 'did not answer in time', and the connection can be used again."""
    engine = make_engine(migrated_template, role=Role.MAP, statement_timeout_ms=100)
    with pytest.raises(StoreUnavailable, match="in time"), reading(engine) as connection:
        connection.execute(text("SELECT pg_sleep(5)"))
    with reading(engine) as connection:
        assert 1 == connection.execute(text("SELECT 1")).scalar_one()
    engine.dispose()


def test_a_server_that_is_away_is_said_to_be_away() -> None:
    """No such socket: unavailable, not a traceback of the driver."""
    engine = make_engine("postgresql://nobody@/none?host=/nonexistent", role=Role.MAP)
    with pytest.raises(StoreUnavailable, match="cannot be reached"), reading(engine):
        pass
    engine.dispose()


def test_a_connection_that_was_cut_off_is_replaced(migrated_template: str) -> None:
    """The next request gets a new connection instead of an error."""
    engine = make_engine(migrated_template, role=Role.MAP)
    with reading(engine) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    owner = make_engine(migrated_template, role=Role.OWNER)
    with writing(owner) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    with reading(engine) as connection:
        assert pid != connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    engine.dispose()
    owner.dispose()


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg2://u@h/d"])
def test_the_usual_forms_of_an_address_are_understood(given: str) -> None:
    """Whatever form it came in, the driver is the one we use."""
    assert "postgresql+psycopg2://u@h/d" == sqlalchemy_url(given)
