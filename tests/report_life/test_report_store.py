"""Reports in the database: their life, their chain, who may do what; a signed one is as it was, whoever writes."""

from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from geoapp.errors import StoreError
from geoapp.store import reports as store
from geoapp.store.acting import acting, acting_reading
from geoapp.store.engine import Role, make_engine, writing
from geoapp.store.reports import NewContent, ReportStep
from tests.case_land import person
from tests.report_life.conftest import SIGNATURE, add_files, as_person, draft, signed, take

TABLES = (
    "report_templates", "report_template_choices", "reports", "report_versions", "report_contents", "report_texts",
    "report_comments", "report_files", "report_signed_papers", "report_life", "report_events", "report_chain",
)  # fmt: skip
CHANGES = [
    "UPDATE report_contents SET content = 'khác', sha256 = encode(sha256('khác'), 'hex')",
    "DELETE FROM report_contents",
    "UPDATE report_texts SET body = 'khác'",
    "DELETE FROM report_texts",
    "UPDATE report_files SET body = 'khác', sha256 = encode(sha256('khác'), 'hex')",
    "DELETE FROM report_files",
    "UPDATE report_templates SET body = 'khác', sha256 = encode(sha256('khác'), 'hex')",
    "DELETE FROM report_templates",
    "UPDATE report_versions SET state = 'draft', document_no = NULL, signed_on = NULL, signer = NULL",
    "UPDATE report_versions SET signer = 'khác' WHERE state = 'signed'",
    "DELETE FROM report_versions",
    "UPDATE reports SET kind = 'year'",
    "DELETE FROM reports",
    "UPDATE report_events SET note = 'khác'",
    "DELETE FROM report_events",
    "UPDATE report_comments SET body = 'khác'",
    "DELETE FROM report_comments",
    "UPDATE report_signed_papers SET name = 'khác'",
    "DELETE FROM report_signed_papers",
    "UPDATE report_life SET permission = 'report_read'",
    "UPDATE report_chain SET sequence = 0",
    "DELETE FROM report_chain",
    *(f"TRUNCATE {table} CASCADE" for table in TABLES),
]
TAMPERINGS = {
    "the content says something else": (
        "UPDATE report_contents SET content = 'khác', sha256 = encode(sha256('khác'), 'hex') WHERE version_id = :id",
        "the report does not say any more what it said when it was signed: content",
    ),
    "a text says something else": (
        "UPDATE report_texts SET body = 'khác' WHERE version_id = :id",
        "the report does not say any more what it said when it was signed: texts",
    ),
    "a file has other bytes": (
        "UPDATE report_files SET body = 'x', sha256 = encode(sha256('x'), 'hex') WHERE version_id = :id",
        "the report does not say any more what it said when it was signed: files",
    ),
    "an event says something else": (
        "UPDATE report_events SET signer = 'khác' WHERE version_id = :id AND step = 'sign'",
        "its content is not what was written",
    ),
    "a report is a draft again": (
        "UPDATE report_versions SET state = 'draft', document_no = NULL, signed_on = NULL, signer = NULL"
        " WHERE id = :id",
        "the report is not in the state in which its last event left it",
    ),
    "an event is gone": (
        "DELETE FROM report_events WHERE version_id = :id AND step = 'submit'",
        "an event before this one is missing",
    ),
}


@pytest.fixture(scope="module")
def frozen(owner: Engine) -> int:
    """A signed report with a text, a comment and its paper; its number."""
    number = draft(owner, "quy", date(2021, 1, 1))
    with acting(*as_person(owner, "quy")) as connection:
        store.add_text(connection, number, "direction", 1, "Đã chỉ đạo.")
        store.add_comment(connection, number, "direction", "Xem lại", None)
    take(owner, "quy", number, "submit")
    take(owner, "ha", number, "approve")
    add_files(owner, number)
    take(owner, "ha", number, "sign", **SIGNATURE)
    with acting(*as_person(owner, "ha")) as connection:
        store.add_paper(connection, number, "ky.pdf", b"%PDF-1.7 ky")
        store.add_event(connection, ReportStep(number, 5, "attach"))
    return number


def refusal(caught: pytest.ExceptionInfo[StoreError]) -> tuple[str, str]:
    """Code and detail of what the database refused."""
    found = store.refusal_of(caught.value)
    assert found is not None, caught.value
    return found.code, found.detail


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_changes_nothing(owner: Engine, frozen: int, statement: str) -> None:
    """Triggers refuse what grants cannot, because the owner has all rights."""
    assert frozen
    with owner.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(statement))
    assert "23001" == getattr(caught.value.orig, "pgcode", None)


@pytest.mark.parametrize("login", ["quy", "ha", "an", "xem", "tri"])
def test_no_role_changes_a_signed_report(owner: Engine, frozen: int, login: str) -> None:
    """UPDATE and DELETE of every table, by every role: for want of a right, or by the trigger."""
    assert frozen
    who = person(owner, login)
    for statement in CHANGES:
        with pytest.raises(StoreError), acting(owner, who) as connection:
            found = connection.execute(text(statement))
            # Rows that policies hide are no rows: nothing was changed then either.
            assert 0 == found.rowcount
            raise StoreError("nothing was changed")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO report_texts (version_id, block, revision, body) VALUES (:id, 'direction', 2, 'x')",
        "INSERT INTO report_comments (version_id, place, body) VALUES (:id, 'direction', 'x')",
        "INSERT INTO report_files (version_id, kind, made_of, address, program, body, sha256)"
        " VALUES (:id, 'pdf', repeat('0', 64), '', 't', 'x', encode(sha256('x'), 'hex'))",
        "INSERT INTO report_contents (version_id, revision, as_of, known_at, template_id, content, open_content,"
        " sha256) SELECT :id, 2, '2021-01-31', now(), min(id), 'x', 'x', encode(sha256('x'), 'hex')"
        " FROM report_templates",
        "INSERT INTO report_events (version_id, number, step) VALUES (:id, 6, 'return')",
    ],
)
def test_nothing_is_added_to_a_signed_report(owner: Engine, frozen: int, statement: str) -> None:
    """Neither text, comment, file, content nor another step; not even by the owner."""
    with pytest.raises(StoreError) as caught, writing(owner) as connection:
        connection.execute(text(statement), {"id": frozen})
    assert ("GR002", "signed") == refusal(caught)


@pytest.mark.parametrize(
    ("login", "step"),
    [("quy", "approve"), ("an", "submit"), ("xem", "submit"), ("tri", "withdraw"), ("binh", "submit")],
)
def test_a_step_without_the_right_is_refused(owner: Engine, login: str, step: str) -> None:
    """A planner does not approve; inspector, viewer and administrator take no step at all."""
    number = draft(owner, "quy", date(2022, 1, 1))
    if step != "submit":
        take(owner, "quy", number, "submit")
    with pytest.raises(StoreError) as caught:
        take(owner, login, number, step)
    assert "GR003" == refusal(caught)[0]


def test_the_operator_neither_approves_nor_signs(owner: Engine) -> None:
    """A command has no name to sign with."""
    number = draft(owner, "quy", date(2022, 2, 1))
    take(owner, "quy", number, "submit")
    with pytest.raises(StoreError) as caught, writing(owner) as connection:
        store.add_event(connection, ReportStep(number, 3, "approve"))
    assert "GR003" == refusal(caught)[0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({**SIGNATURE, "document_no": "  "}, "document_no missing"),
        ({**SIGNATURE, "signed_on": date(2999, 1, 1)}, "signed_on future"),
        ({**SIGNATURE, "signer": None}, "signer missing"),
        (SIGNATURE, "files missing"),
    ],
)
def test_a_signature_says_all(owner: Engine, fields: dict[str, object], expected: str) -> None:
    """Number, day and signer, and the files that are signed."""
    number = draft(owner, "quy", date(2022, 3, 1))
    take(owner, "quy", number, "submit")
    take(owner, "ha", number, "approve")
    with pytest.raises(StoreError) as caught:
        take(owner, "ha", number, "sign", **fields)
    assert ("GR004", expected) == refusal(caught)


def test_two_people_do_not_write_over_each_other(owner: Engine) -> None:
    """Who saw an older revision is told; both texts can be read afterwards."""
    number = draft(owner, "quy", date(2022, 4, 1))
    with acting(*as_person(owner, "quy")) as connection:
        store.add_text(connection, number, "land", 1, "của Quý")
    with pytest.raises(StoreError) as caught, acting(*as_person(owner, "ha")) as connection:
        store.add_text(connection, number, "land", 1, "của Hà")
    assert ("GR001", "1") == refusal(caught)


def test_files_of_what_was_changed_meanwhile_are_not_kept(owner: Engine) -> None:
    """The text was changed while the file was made."""
    number = draft(owner, "quy", date(2022, 5, 1))
    with acting_reading(*as_person(owner, "quy")) as connection:
        made_of = store.find_version(connection, number).made_of
    with acting(*as_person(owner, "quy")) as connection:
        store.add_text(connection, number, "land", 1, "mới")
    with pytest.raises(StoreError) as caught, acting(*as_person(owner, "quy")) as connection:
        store.add_file(connection, store.NewFile(number, "pdf", made_of, "", "test", b"x"))
    assert ("GR001", "files") == refusal(caught)


def test_an_approved_report_takes_no_text(owner: Engine) -> None:
    """Content and texts are closed with the approval, and open again when it is returned."""
    number = draft(owner, "quy", date(2022, 6, 1))
    take(owner, "quy", number, "submit")
    take(owner, "ha", number, "approve")
    with pytest.raises(StoreError) as caught, acting(*as_person(owner, "quy")) as connection:
        store.add_text(connection, number, "land", 1, "x")
    assert ("GR002", "approved") == refusal(caught)
    take(owner, "ha", number, "return")
    with acting(*as_person(owner, "quy")) as connection:
        store.add_text(connection, number, "land", 1, "x")


def test_a_second_report_of_a_period_is_a_new_version(owner: Engine) -> None:
    """It names the one that it corrects."""
    first = signed(owner, date(2022, 7, 1))
    second = draft(owner, "quy", date(2022, 7, 1))
    with owner.connect() as connection:
        row = connection.execute(text("SELECT number, replaces FROM report_versions WHERE id = :id"), {"id": second})
        assert (2, first) == tuple(row.one())


def test_annexes_are_for_those_who_read_cases(owner: Engine) -> None:
    """A viewer, and an inspector who is held to one park, read the open part only; nobody reads the column itself."""
    number = draft(owner, "quy", date(2022, 8, 1))
    told = {}
    for login in ("quy", "an", "binh", "xem", "tri"):
        with acting_reading(*as_person(owner, login)) as connection:
            told[login] = store.read_content(connection, store.find_version(connection, number).content_id)
        with (
            pytest.raises(StoreError, match="permission denied"),
            acting_reading(*as_person(owner, login)) as connection,
        ):
            connection.execute(text("SELECT content FROM report_contents"))
    assert {"quy": "kin", "an": "kin", "binh": "mo", "xem": "mo", "tri": "mo"} == told


def test_visitors_read_nothing(owner: Engine) -> None:
    """The map role has no right to any table of reports, and the function that tells the content tells it nothing."""
    engine = make_engine(owner.url.render_as_string(hide_password=False), role=Role.MAP)
    for table in TABLES:
        with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text(f"SELECT FROM {table}"))
    with engine.connect() as connection:
        told = connection.execute(text("SELECT report_content_text(id) FROM generate_series(1, 50) AS id")).scalars()
        assert {None} == set(told)
    engine.dispose()


def test_who_is_held_to_some_parks_makes_no_report(owner: Engine) -> None:
    """A report is of all parks: even a head who is held to one writes none."""
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO person_parks SELECT p.id, k.id FROM people AS p, parks AS k"
                 " WHERE p.login = 'ha' AND k.slug = 'mot'")
        )  # fmt: skip
    try:
        with pytest.raises(StoreError) as caught:
            draft(owner, "ha", date(2022, 9, 1))
        assert "GR003" == refusal(caught)[0]
    finally:
        with owner.begin() as connection:
            connection.execute(
                text("DELETE FROM person_parks WHERE person_id = (SELECT id FROM people WHERE login = 'ha')")
            )


def test_the_whole_chain_holds(owner: Engine, frozen: int) -> None:
    """With a signed report in it, its paper kept beside it."""
    assert frozen
    with owner.connect() as connection:
        assert store.find_report_fault(connection) is None


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whoever_gets_past_the_triggers_is_found(owner: Engine, frozen: int, what: str) -> None:
    """Triggers switched off by who holds the server: verifying names the first thing that is not as it was."""
    statement, fault = TAMPERINGS[what]
    with owner.connect() as connection:
        undone = connection.begin()
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement), {"id": frozen})
        found = store.find_report_fault(connection)
        undone.rollback()
    assert found is not None
    assert fault == found.fault


def test_a_new_content_makes_the_files_old(owner: Engine) -> None:
    """Files of what the report said before are cleared away; those of a report that was not changed are not."""
    number = draft(owner, "quy", date(2022, 10, 1))
    add_files(owner, number)
    with pytest.raises(StoreError, match="not deleted"), acting(*as_person(owner, "quy")) as connection:
        connection.execute(text("DELETE FROM report_files WHERE version_id = :id"), {"id": number})
    with acting(*as_person(owner, "quy")) as connection:
        row = store.find_version(connection, number)
        moment = store.read_moment(connection)
        store.add_content(connection, NewContent(number, 2, row.as_of, moment, row.template_id, "kin 2", "mo 2"))
        store.add_event(connection, ReportStep(number, 2, "refresh"))
        store.clear_files(connection, number)
        left = connection.execute(text("SELECT count(*) FROM report_files WHERE version_id = :id"), {"id": number})
        assert 0 == left.scalar_one()
