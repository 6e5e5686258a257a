"""Whose work it is: what a run may read, who sees it, and who takes its files; the database itself says so."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from geoapp.core.permissions import Permission, PersonRole
from geoapp.errors import N_, Forbidden, NotFound, StoreError
from geoapp.kinds import AccessClass
from geoapp.services.job_kinds import JobKind
from geoapp.services.job_run import run_job
from geoapp.store.acting import acting, acting_reading
from geoapp.store.jobs import cancel_job
from tests.job_work import Office

TABLES = ["jobs", "job_files", "job_chunks", "procrastinate_jobs", "procrastinate_workers", "procrastinate_events"]
WORK = JobKind(
    "test.work",
    N_("Work of a test"),
    Permission.EXPORT_INTERNAL,
    lambda context, _: context.save("mine.txt", "text/plain", context.person.login.encode()),
)


@pytest.fixture(scope="module")
def rights_url(databases: Any, staff_template: str) -> str:
    """A database with a person for each role."""
    url: str = databases.make(staff_template)
    return url


@pytest.fixture
def rights(rights_url: str) -> Iterator[Office]:
    """An office where planners, inspectors and heads may start the only kind of work; the roles are as they were."""
    office = Office(rights_url, [WORK])
    office.sql("TRUNCATE jobs, procrastinate_jobs CASCADE")
    office.sql("UPDATE people SET role = login, disabled_at = NULL WHERE login <> 'newcomer'")
    yield office
    office.close()


def test_a_kind_asks_for_its_permission(rights: Office) -> None:
    """Who may not do it by hand may not have it done."""
    with pytest.raises(Forbidden):
        rights.jobs("viewer").start("test.work", {})


def test_rights_that_were_lessened_meanwhile_count(rights: Office) -> None:
    """Started as a planner, run when the person is a viewer: it fails, and says why."""
    number = rights.jobs("planner").start("test.work", {})
    rights.sql("UPDATE people SET role = 'viewer' WHERE login = 'planner'")
    rights.work_off()
    job = rights.jobs("planner").get(number)
    assert ("failed", ()) == (job.state, job.files)
    assert "may not do it any more" in str(job.error)


def test_work_of_an_account_that_was_disabled_is_not_done(rights: Office) -> None:
    """Though it was started in time."""
    rights.jobs("planner").start("test.work", {})
    rights.sql("UPDATE people SET disabled_at = now() WHERE login = 'planner'")
    rights.work_off()
    assert "failed" == rights.sql("SELECT state FROM jobs")


def test_the_database_itself_refuses_to_start_work_for_who_may_not(rights: Office) -> None:
    """An account that was disabled while its page was open."""
    jobs = rights.jobs("planner")
    rights.sql("UPDATE people SET disabled_at = now() WHERE login = 'planner'")
    with pytest.raises(StoreError, match="may not start work"):
        jobs.start("test.work", {})


@pytest.mark.parametrize("role", ["head", "inspector"])
def test_a_run_has_one_set_of_rights_throughout(rights: Office, role: str) -> None:
    """Where they change while it runs, whatever way, nothing of it counts: it is run anew with those of now."""

    def change(context: Any, _: object) -> None:
        rights.sql("UPDATE people SET role = :role WHERE login = 'planner'", role=role)
        context.save("mixed.txt", "text/plain", b"x")

    number = rights.jobs("planner").start("test.work", {})
    changing = Office(rights.url, [JobKind("test.work", WORK.title, WORK.permission, change)])
    run_job(changing.shop(), changing.run_of(number), lambda: False)
    changing.close()
    assert ("waiting", 0) == (rights.jobs("planner").get(number).state, rights.jobs("planner").get(number).attempts)
    rights.work_off()
    assert ["mine.txt"] == [one.name for one in rights.jobs("planner").get(number).files]


def seen_by(rights: Office, number: int, login: str) -> tuple[bool, bool]:
    """Whether somebody sees a job, and may take its files."""
    jobs = rights.jobs(login)
    try:
        files = jobs.get(number).files
    except NotFound:
        return False, False
    return True, bool(files) and b"".join(jobs.file(number, files[0].name)[1]) != b""


def test_results_are_for_who_started_the_work_and_for_who_has_all_its_rights(rights: Office) -> None:
    """A head may read the log and has all rights of a planner; an administrator has not, a colleague neither."""
    number = rights.jobs("planner").start("test.work", {})
    rights.work_off()
    expected = {
        PersonRole.VIEWER: (False, False), PersonRole.PLANNER: (True, True), PersonRole.INSPECTOR: (False, False),
        PersonRole.HEAD: (True, True), PersonRole.ADMIN: (False, False),
    }  # fmt: skip
    assert expected == {role: seen_by(rights, number, role) for role in PersonRole}


def test_who_is_held_to_parks_takes_no_results_of_all_parks(rights: Office) -> None:
    """A head of one park sees less than the planner did."""
    number = rights.jobs("planner").start("test.work", {})
    rights.work_off()
    rights.sql("INSERT INTO parks (slug) VALUES ('mot') ON CONFLICT DO NOTHING")
    rights.sql("INSERT INTO person_parks SELECT p.id, k.id FROM people AS p, parks AS k WHERE p.login = 'head'")
    try:
        assert (False, False) == seen_by(rights, number, "head")
    finally:
        rights.sql("DELETE FROM person_parks")


def test_results_of_better_days_are_withheld(rights: Office) -> None:
    """Who has lost rights since sees that the work was done, but not what it gave, and may have it done anew."""
    number = rights.jobs("inspector").start("test.work", {})
    rights.work_off()
    rights.sql("UPDATE people SET role = 'planner' WHERE login = 'inspector'")
    job = rights.jobs("inspector").get(number)
    assert ("done", (), True) == (job.state, job.files, job.is_withheld)
    with pytest.raises(NotFound):
        rights.jobs("inspector").file(number, "mine.txt")


def test_others_cannot_stop_or_repeat_it(rights: Office) -> None:
    """For a colleague it does not exist; a head sees it, and neither stops it nor runs it again."""
    number = rights.jobs("planner").start("test.work", {})
    for act in (rights.jobs("inspector").cancel, rights.jobs("inspector").again):
        with pytest.raises(NotFound):
            act(number)
    for act in (rights.jobs("head").cancel, rights.jobs("head").again):
        with pytest.raises(Forbidden):
            act(number)
    assert "waiting" == rights.jobs("planner").get(number).state


def test_the_database_stops_no_work_of_others_for_a_head(rights: Office) -> None:
    """Whatever a page forgot to ask."""
    number = rights.jobs("planner").start("test.work", {})
    with acting(rights.staff, rights.person("head").id) as connection:
        assert cancel_job(connection, number) is None
    assert "waiting" == rights.jobs("planner").get(number).state


def test_an_administrator_stops_the_work_of_others_that_he_sees(rights: Office) -> None:
    """That with the rights of a viewer, which he has; he does not run it again in the name of another."""
    number = rights.jobs("planner").start("test.work", {})
    rights.sql("UPDATE jobs SET role = 'viewer'")
    rights.jobs("admin").cancel(number)
    assert "cancelled" == rights.jobs("planner").get(number).state
    with pytest.raises(Forbidden):
        rights.jobs("admin").again(number)


@pytest.mark.parametrize("table", TABLES)
def test_the_map_role_reads_nothing_of_it(rights: Office, table: str) -> None:
    """Not even that there is work."""
    with rights.owner.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SET ROLE geoapp_map"))
        connection.execute(text(f"SELECT * FROM {table}"))


@pytest.mark.parametrize("statement", [
    "UPDATE jobs SET person_id = 1",
    "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('geoapp', 'run_job')",
    "DELETE FROM job_files",
    "SELECT queue_job(1, 1, '0')",
    "SELECT * FROM procrastinate_jobs",
])  # fmt: skip
def test_people_change_work_only_as_they_may(rights: Office, statement: str) -> None:
    """The staff role has the three doors - start, stop, run again - and no other way."""
    with pytest.raises(Exception, match="permission denied"), acting(rights.staff, 1) as connection:
        connection.execute(text(statement))


def test_without_a_person_nothing_is_seen(rights: Office) -> None:
    """A number that is nobody's sees no work."""
    rights.jobs("planner").start("test.work", {})
    with acting_reading(rights.staff, 0) as connection:
        assert 0 == connection.execute(text("SELECT count(*) FROM jobs")).scalar()


def test_every_class_of_layers_was_thought_of() -> None:
    """A new class must be weighed: which of them leave in bulk is said in layer_package.py."""
    assert {"public", "internal", "restricted"} == set(AccessClass)
