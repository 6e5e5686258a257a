"""Long work from its start to its end: nothing is lost, nothing is done twice, nothing is seen by halves."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from geoapp.core.permissions import Permission
from geoapp.errors import N_, Conflict, InvalidRequest, NotFound, StoreUnavailable, TooOften
from geoapp.services.job_context import Workshop
from geoapp.services.job_kinds import Arguments, JobContext, JobKind
from geoapp.services.job_run import look_after, run_job
from geoapp.services.jobs import JobLimits
from geoapp.store import jobs as store
from geoapp.store.acting import acting
from tests.job_work import Office, read_file

Maker = Callable[..., Office]


def kind(run: Callable[[JobContext, Arguments], None], name: str = "test.work") -> JobKind:
    """A kind of work for a test."""
    return JobKind(name, N_("Work of a test"), Permission.JOB_RUN, run)


@pytest.fixture(scope="module")
def jobs_url(databases: Any, staff_template: str) -> str:
    """A database with a person for each role, in which every test finds no work."""
    url: str = databases.make(staff_template)
    return url


@pytest.fixture
def office_of(jobs_url: str) -> Iterator[Maker]:
    """Makes the office of a test, whose only kind of work is what the test gives."""
    made: list[Office] = []

    def make(run: Callable[[JobContext, Arguments], None], limits: JobLimits | None = None) -> Office:
        made.append(Office(jobs_url, [kind(run)], limits))
        made[-1].sql("TRUNCATE jobs, procrastinate_jobs CASCADE")
        return made[-1]

    yield make
    for one in made:
        one.close()


def save(context: JobContext, arguments: Arguments) -> None:
    """Work that says back what it was asked for."""
    context.tell(1, 2, N_("Layer “%(layer)s”"), layer="x")
    context.save("said.txt", "text/plain", [b"said: ", str(arguments.get("word")).encode()])


def test_work_is_done_and_its_file_is_what_was_made(office_of: Maker) -> None:
    """Started as a person, done by a worker, read by the person; the queue forgets what is done."""
    office = office_of(save)
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {"word": "chào"})
    assert "waiting" == jobs.get(number).state
    office.work_off()
    job = jobs.get(number)
    assert ("done", 2, 2, 1) == (job.state, job.done, job.total, job.attempts)
    assert "said: chào" == read_file(jobs, number).decode()
    assert 0 == office.sql("SELECT count(*) FROM procrastinate_jobs")


def test_a_large_file_comes_back_byte_for_byte(office_of: Maker) -> None:
    """Pieces of any size are kept in rows of one size, and are put together again."""
    body = bytes(range(256)) * 10_000
    parts = [body[:10], body[10:1_500_000], body[1_500_000:]]
    office = office_of(lambda context, _: context.save("large.bin", "application/octet-stream", parts))
    number = office.jobs("viewer").start("test.work", {})
    office.work_off()
    assert body == read_file(office.jobs("viewer"), number)
    assert 3 == office.sql("SELECT count(*) FROM job_chunks")


def test_a_job_and_its_run_are_written_together(office: Office) -> None:
    """Whatever undoes the one undoes the other."""
    with pytest.raises(ZeroDivisionError), acting(office.staff, office.person("viewer").id) as connection:
        assert store.start_job(connection, "export.layers", {}, "vi", 10)
        raise ZeroDivisionError
    assert (0, 0) == (office.sql("SELECT count(*) FROM jobs"), office.sql("SELECT count(*) FROM procrastinate_jobs"))


def test_several_workers_do_each_job_once(office_of: Maker) -> None:
    """Two workers at once over a dozen jobs: every job is done, none twice."""
    runs: Counter[int] = Counter()
    both = threading.Barrier(2, timeout=20)

    def work(context: JobContext, arguments: Arguments) -> None:
        if arguments["number"] < 2:
            # Neither worker takes them all: each has one of the first two.
            both.wait()
        runs[context.job_id] += 1

    office = office_of(work, JobLimits(waiting=20))
    jobs = office.jobs("viewer")
    numbers = [jobs.start("test.work", {"number": number}) for number in range(12)]
    threads = [threading.Thread(target=office.work_off) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict.fromkeys(numbers, 1) == runs
    assert {"done"} == {job.state for job in jobs.list()}


def as_taken(office: Office, job: int) -> int:
    """The run of a job, as if a worker that is dead now had taken it out of the queue."""
    run = office.run_of(job)
    office.sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :run", run=run)
    return run


def test_a_worker_thought_dead_that_comes_back_changes_nothing(office_of: Maker) -> None:
    """Its work was given to another one meanwhile: what it saves and how it ends counts no more."""
    shop: Workshop
    saved: list[str] = []

    def work(context: JobContext, _: Arguments) -> None:
        context.save("half.txt", "text/plain", b"before")
        if not saved:
            saved.append("once")
            look_after(shop)
            context.save("late.txt", "text/plain", b"late")

    office = office_of(work)
    shop = office.shop()
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {})
    run = as_taken(office, number)
    run_job(shop, run, lambda: False)
    assert ("waiting", ()) == (jobs.get(number).state, jobs.get(number).files)
    office.work_off()
    assert ("done", ["half.txt"]) == (jobs.get(number).state, [one.name for one in jobs.get(number).files])
    assert 1 == office.sql("SELECT count(*) FROM job_files")


def test_a_file_is_not_seen_before_the_work_is_done(office_of: Maker) -> None:
    """Not in the list, not by its name, though it lies there already."""
    seen: list[Any] = []

    def work(context: JobContext, _: Arguments) -> None:
        context.save("half.txt", "text/plain", b"x")
        seen.append(office.jobs("viewer").get(context.job_id).files)
        with pytest.raises(NotFound):
            office.jobs("viewer").file(context.job_id, "half.txt")

    office = office_of(work)
    number = office.jobs("viewer").start("test.work", {})
    office.work_off()
    assert [()] == seen
    assert "done" == office.jobs("viewer").get(number).state


def test_work_that_takes_its_worker_with_it_is_not_tried_for_ever(office_of: Maker) -> None:
    """After three dead workers it has failed, and says so in a sentence."""
    office = office_of(save)
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {})
    for _ in range(3):
        office.sql("UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = now()")
        as_taken(office, number)
        look_after(office.shop())
    job = jobs.get(number)
    assert "failed" == job.state
    assert "3 times" in str(job.error)


def test_a_worker_that_ends_gives_its_work_back(office_of: Maker) -> None:
    """It waits again, the try is not held against it, and what was saved so far is not shown."""
    office = office_of(save)
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {"word": "x"})
    run_job(office.shop(), office.run_of(number), lambda: True)
    assert ("waiting", 0, ()) == (jobs.get(number).state, jobs.get(number).attempts, jobs.get(number).files)
    office.work_off()
    assert b"said: x" == read_file(jobs, number)


def test_what_waits_can_be_stopped_and_run_again(office_of: Maker) -> None:
    """Stopped it is never run; run again it is."""
    office = office_of(save)
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {})
    jobs.cancel(number)
    office.work_off()
    assert ("cancelled", 0) == (jobs.get(number).state, jobs.get(number).attempts)
    with pytest.raises(Conflict):
        jobs.cancel(number)
    jobs.again(number)
    office.work_off()
    assert "done" == jobs.get(number).state


def test_what_runs_can_be_stopped(office_of: Maker) -> None:
    """It ends when it next tells how far it is, and its files are never seen."""
    after: list[str] = []

    def work(context: JobContext, _: Arguments) -> None:
        context.save("half.txt", "text/plain", b"x")
        office.jobs("viewer").cancel(context.job_id)
        assert office.jobs("viewer").get(context.job_id).is_stopping
        context.tell(1, 2)
        after.append("went on")

    office = office_of(work)
    number = office.jobs("viewer").start("test.work", {})
    office.work_off()
    job = office.jobs("viewer").get(number)
    assert ("cancelled", (), []) == (job.state, job.files, after)


def test_a_failure_is_told_in_a_sentence_and_can_be_run_again(office_of: Maker) -> None:
    """The sentence of the error with what it names; the second run is a whole one."""
    failing = [True]

    def work(context: JobContext, _: Arguments) -> None:
        context.save("a.txt", "text/plain", b"a")
        if failing.pop() if failing else False:
            raise InvalidRequest(N_("%(parameter)s: expected once, found %(found)s times."), parameter="x", found=2)

    office = office_of(work)
    jobs = office.jobs("viewer")
    number = jobs.start("test.work", {})
    office.work_off()
    assert ("failed", "x: expected once, found 2 times.") == (jobs.get(number).state, str(jobs.get(number).error))
    jobs.again(number)
    office.work_off()
    assert ("done", b"a") == (jobs.get(number).state, read_file(jobs, number))


def test_what_nobody_expected_is_for_the_log(office_of: Maker, caplog: pytest.LogCaptureFixture) -> None:
    """A person reads that it went wrong and under which number the log has it; no words of the program."""

    def work(_: JobContext, __: Arguments) -> None:
        raise RuntimeError("inner secret")

    office = office_of(work)
    number = office.jobs("viewer").start("test.work", {})
    with caplog.at_level(logging.ERROR, "geoapp.jobs"):
        office.work_off()
    job = office.jobs("viewer").get(number)
    assert f"under job {number}" in str(job.error)
    assert "secret" not in str(office.sql("SELECT jobs::text FROM jobs"))
    assert "inner secret" in caplog.text


def test_too_many_waiting_jobs_are_refused(office_of: Maker) -> None:
    """With the number that is allowed, and nothing of the refused one is left."""
    office = office_of(save, JobLimits(waiting=2))
    for login in ("viewer", "head"):
        office.jobs(login).start("test.work", {})
    office.jobs("viewer").start("test.work", {})
    with pytest.raises(TooOften, match="2 jobs"):
        office.jobs("viewer").start("test.work", {})
    assert 3 == office.sql("SELECT count(*) FROM procrastinate_jobs")


def test_who_has_much_waiting_comes_after_who_has_little(office_of: Maker) -> None:
    """The first job of a second person is run before the second one of the first."""
    order: list[str] = []
    office = office_of(lambda context, _: order.append(context.person.login))
    for login in ("viewer", "viewer", "viewer", "head"):
        office.jobs(login).start("test.work", {})
    assert [1, 3, 2, 0] == [job.ahead for job in office.jobs("head").list()]
    office.work_off()
    assert ["viewer", "head", "viewer", "viewer"] == order


def test_old_jobs_are_cleared_away_with_their_files(office_of: Maker) -> None:
    """Those that ended more days ago than the setting has; no others."""
    office = office_of(save)
    jobs = office.jobs("viewer")
    old, fresh = (jobs.start("test.work", {}) for _ in range(2))
    office.work_off()
    office.sql("UPDATE jobs SET ended_at = now() - interval '15 days' WHERE id = :old", old=old)
    look_after(office.shop(keep_days=14))
    assert [fresh] == [job.id for job in jobs.list()]
    assert 1 == office.sql("SELECT count(*) FROM job_chunks")


def test_a_result_larger_than_allowed_is_refused(office_of: Maker) -> None:
    """With the limit in the sentence, before it fills the disk."""
    endless = (b"x" * 1_000_000 for _ in range(10_000))
    office = office_of(lambda context, _: context.save("x.bin", "application/octet-stream", endless))
    number = office.jobs("viewer").start("test.work", {})
    run_job(office.shop(file_mb=3), office.run_of(number), lambda: False)
    assert "larger than 3 MB" in str(office.jobs("viewer").get(number).error)
    assert 0 == office.sql("SELECT count(*) FROM job_chunks")
    assert 9990 < sum(1 for _ in endless)


def test_where_the_database_went_away_the_work_is_tried_later(office_of: Maker) -> None:
    """It waits again, not at once, and such tries are counted."""

    def work(_: JobContext, __: Arguments) -> None:
        raise StoreUnavailable(N_("The database cannot be reached. The page comes back by itself when it does."))

    office = office_of(work)
    number = office.jobs("viewer").start("test.work", {})
    run_job(office.shop(), office.run_of(number), lambda: False)
    job = office.jobs("viewer").get(number)
    assert ("waiting", 1) == (job.state, job.attempts)
    assert office.sql("SELECT scheduled_at > now() FROM procrastinate_jobs WHERE id = :run", run=office.run_of(number))
