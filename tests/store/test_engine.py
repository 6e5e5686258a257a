"""The roles of a connection, and the errors of the driver made ours."""

import pytest
from sqlalchemy import text

from geoapp.errors import StoreError, StoreUnavailable
from geoapp.store.counting import spent_so_far, start_counting
from geoapp.store.engine import (
    Role,
    libpq_url,
    make_engine,
    reading,
    sqlalchemy_url,
    translating,
    writing,
)
from geoapp.store.single import read_once, read_prepared
from tests.conftest import EngineMaker


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


def test_a_server_that_fell_silent_is_noticed(migrated_template: str, engine_for: EngineMaker) -> None:
    """One whose power was cut sends no word of it: the connection asks by itself, and ends within 20 s."""
    with engine_for(migrated_template, Role.MAP).connect() as connection:
        told = connection.connection.driver_connection.get_dsn_parameters()  # type: ignore[union-attr]
    idle, every, tries = (int(told[f"keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert 0 < idle + every * tries <= 20
    assert 0 < int(told["tcp_user_timeout"]) <= 20_000


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


def test_connections_that_were_cut_off_are_replaced_for_a_single_statement(migrated_template: str) -> None:
    """However many of the pooled ones are dead, a single statement is answered by a living one."""
    engine = make_engine(migrated_template, role=Role.MAP)
    backend = text("SELECT pg_backend_pid()")
    with reading(engine) as first, reading(engine) as second:
        cut = [connection.execute(backend).scalar_one() for connection in (first, second)]
    owner = make_engine(migrated_template, role=Role.OWNER)
    with writing(owner) as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM unnest(:pids) AS pid"), {"pids": cut})
    assert read_once(engine, backend, {})[0][0] not in cut
    engine.dispose()
    owner.dispose()


def test_a_reading_sees_one_snapshot(database_url: str, engine_for: EngineMaker) -> None:
    """What is stored while a page is read does not show in the rest of that page, and does in the next."""
    add, count = text("INSERT INTO sources (key, title) VALUES ('x', 'x')"), text("SELECT count(*) FROM sources")
    engine, owner = engine_for(database_url, Role.MAP), engine_for(database_url)
    with reading(engine) as page:
        before = page.execute(count).scalar_one()
        with writing(owner) as connection:
            connection.execute(add)
        assert before == page.execute(count).scalar_one()
    with reading(engine) as page:
        assert before + 1 == page.execute(count).scalar_one()


def test_nothing_stays_open_between_requests(migrated_template: str, engine_for: EngineMaker) -> None:
    """A connection that was given back holds no snapshot, which would keep the server from tidying up."""
    engine, owner = engine_for(migrated_template, Role.MAP), engine_for(migrated_template)
    with reading(engine) as page:
        pid = page.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with reading(owner) as connection:
        state = connection.execute(text("SELECT state FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}).scalar()
    assert "idle" == state


def test_a_single_statement_is_written_out_once(migrated_template: str, engine_for: EngineMaker) -> None:
    """Bound parameters go in by name, and the statement counts as one."""
    engine = engine_for(migrated_template, Role.MAP)
    statement = text("SELECT CAST(:word AS text), 100 % 7")
    start_counting()
    assert [("a%b", 2)] == read_once(engine, statement, {"word": "a%b"})
    assert 1 == spent_so_far().statements


def test_a_slow_single_statement_is_cut_off(migrated_template: str) -> None:
    """A single statement has the same time limit, and its connection can be used again."""
    engine = make_engine(migrated_template, role=Role.MAP, statement_timeout_ms=100)
    with pytest.raises(StoreUnavailable, match="in time"):
        read_once(engine, text("SELECT pg_sleep(5)"), {})
    assert [(1,)] == read_once(engine, text("SELECT 1"), {})
    engine.dispose()


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg2://u@h/d"])
def test_the_usual_forms_of_an_address_are_understood(given: str) -> None:
    """Whatever form it came in, the driver is the one we use."""
    assert "postgresql+psycopg2://u@h/d" == sqlalchemy_url(given)


def test_an_address_keeps_what_it_says_for_other_programs() -> None:
    """Password with its signs, the folder of a socket, and how far TLS goes."""
    said = "geoapp:p%40ss%2F@/board?host=%2Frun%2Fx&sslmode=verify-full"
    assert f"postgresql://{said}" == libpq_url(f"postgresql+psycopg2://{said}")


def test_a_plan_is_kept_and_made_anew_where_the_schema_was_replaced(database_url: str, engine_for: EngineMaker) -> None:
    """As a restore does under the running program: the same statement goes on, on the table that is there now."""
    owner, reader = engine_for(database_url), engine_for(database_url, Role.MAP)
    statement = text("SELECT count(*) + :more, :told FROM communes")

    def ask(more: int) -> list[tuple[object, ...]]:
        return read_prepared(reader, statement, {"told": "đỏ"}, {"more": more})

    assert [[(1, "đỏ")], [(5, "đỏ")]] == [ask(1), ask(5)]
    with writing(owner) as connection:
        connection.execute(text("DROP TABLE communes CASCADE"))
        connection.execute(text("CREATE TABLE communes (key integer)"))
        connection.execute(text("INSERT INTO communes VALUES (1), (2)"))
    assert [(3, "đỏ")] == ask(1)


def test_no_more_plans_are_kept_than_are_of_use(database_url: str, engine_for: EngineMaker) -> None:
    """A connection forgets those that were not asked for longest."""
    reader = engine_for(database_url, Role.MAP)
    for told in range(70):
        read_prepared(reader, text("SELECT :told, :more"), {"told": str(told)}, {"more": told})
    with reading(reader) as connection:
        assert 64 == connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
