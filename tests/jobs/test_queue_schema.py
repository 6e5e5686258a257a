"""The tables of the queue come from the installed library, and follow it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from geoapp.core.permissions import Permission
from geoapp.errors import N_, StoreUnavailable
from geoapp.services.job_kinds import JobKind
from geoapp.services.readiness import check_ready
from geoapp.store.backup import backup, restore
from geoapp.store.engine import Role, make_engine, writing
from geoapp.store.queue_schema import _folder, _steps, take_queue_step
from tests.job_work import Office

WORK = JobKind("test.work", N_("Work of a test"), Permission.JOB_RUN, lambda context, _: context.tell(1, 1))


def test_an_update_of_the_library_brings_its_steps(databases: Any, migrated_template: str) -> None:
    """Tables of the first version of all get each step that came since, and end as those that are made today."""
    url, first = databases.make(), _steps()[0]
    with opened(url) as engine:
        with writing(engine) as connection:
            connection.execute(text("CREATE SCHEMA geoapp"))
            connection.connection.cursor().execute((_folder() / "migrations" / first).read_text(encoding="utf-8"))
            connection.execute(text("CREATE TABLE queue_steps (name text PRIMARY KEY, version text NOT NULL)"))
            connection.execute(text("INSERT INTO queue_steps VALUES (:first, '0')"), {"first": first})
            connection.execute(text("CREATE PROCEDURE make_confidential(tab text) LANGUAGE sql AS ''"))
        taken = list(iter(lambda: one_step(engine), None))
        updated = functions(engine)
    databases.drop(url)
    with opened(migrated_template) as fresh:
        assert (list(_steps()[1:]), functions(fresh)) == (taken, updated)


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Connections of the owner, closed at the end."""
    engine = make_engine(url, role=Role.OWNER)
    yield engine
    engine.dispose()


def one_step(engine: Engine) -> str | None:
    """One step, in a transaction of its own."""
    with writing(engine) as connection:
        return take_queue_step(connection)


def functions(engine: Engine) -> set[str]:
    """The functions of the library that are there."""
    wanted = "SELECT proname FROM pg_proc WHERE pronamespace = 'geoapp'::regnamespace AND proname ~ '^procrastinate_'"
    with writing(engine) as connection:
        return set(connection.execute(text(wanted)).scalars())


def test_steps_that_lack_are_told_before_work_begins(office: Office) -> None:
    """Where the library is newer than the tables, nothing starts, and what to do is said."""
    office.sql("DELETE FROM queue_steps WHERE name = :last RETURNING name", last=_steps()[-1])
    with pytest.raises(StoreUnavailable, match="geoapp db migrate"):
        check_ready(office.staff)


def test_work_that_waits_survives_a_backup(databases: Any, staff_template: str, tmp_path: Path) -> None:
    """What waits and what was under way is in the file, and is done where it is brought back."""
    office = Office(databases.make(staff_template), [WORK])
    _, running = (office.jobs("viewer").start("test.work", {}) for _ in range(2))
    office.sql("UPDATE jobs SET state = 'running', attempts = 1 WHERE id = :id", id=running)
    office.sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :run", run=office.run_of(running))
    backup(office.url, tmp_path / "all.geoapp")
    office.close()
    restored = Office(databases.make(), [WORK])
    restore(restored.url, tmp_path / "all.geoapp")
    restored.work_off()
    assert ["done", "done"] == [job.state for job in restored.jobs("viewer").list()]
    restored.close()
