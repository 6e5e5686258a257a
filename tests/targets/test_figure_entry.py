"""Monthly figures from draft to approval: who may do what, what stands when, and that nothing is overwritten."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine, text

from geoapp.core.figure_checks import Entry
from geoapp.core.permissions import Person
from geoapp.core.plan_kinds import FigureKind, FigureState
from geoapp.errors import Conflict, Forbidden, InvalidRequest, NotFound, StoreError
from geoapp.services.figure_entry import NOBODY, FigureSheet
from geoapp.services.moment import Asked, choose_moment
from geoapp.services.target_board import TargetBoard
from geoapp.services.targets import read_reported
from geoapp.store.acting import acting
from geoapp.store.engine import writing
from geoapp.store.target_figures import add_draft
from tests.conftest import EngineMaker
from tests.targets.conftest import BUSINESS, ENVIRONMENT

TODAY = date(2026, 11, 27)
OCTOBER = date(2026, 10, 1)
ACTUAL = FigureKind.ACTUAL


def sheet(board: TargetBoard, person: Person, month: date, department: str | None = None) -> FigureSheet:
    """The sheet of a month as somebody sees it."""
    return board.figures(person).sheet(department, month, ACTUAL, TODAY)


def enter(board: TargetBoard, person: Person, month: date, indicator: str, value: float) -> int:
    """Store a draft; the number of its row."""
    before = sheet(board, person, month)
    row = next(one for one in before.rows if one.indicator.code == indicator)
    entry = Entry("1", indicator, None, value, None, None, "kiểm tra")
    board.figures(person).save(before, [entry], {(indicator, None): row.seen})
    after = sheet(board, person, month)
    return int(next(one for one in after.rows if one.indicator.code == indicator).work.id)


def work_of(board: TargetBoard, person: Person, month: date, indicator: str) -> int:
    """The row that is in work now."""
    return int(next(one for one in sheet(board, person, month).rows if one.indicator.code == indicator).work.id)


def test_a_figure_goes_from_draft_to_approval_and_only_then_counts(
    board: TargetBoard, people: dict[str, Person]
) -> None:
    """The waste of March 2025, which nobody had reported."""
    month, mine = date(2025, 3, 1), board.figures(people["tn"])
    asked = Asked(date(2025, 3, 31), None, TODAY)

    def approved() -> list[date]:
        with acting(board._engine, people["tn"].id) as connection:
            months = read_reported(connection, choose_moment(connection, asked))["waste_treated"].months
            return [one for one in months if one == month]

    draft = enter(board, people["tn"], month, "waste_treated", 5400)
    assert [] == approved()
    mine.step([draft], FigureState.SUBMITTED)
    assert [] == approved()
    handed = work_of(board, people["tn"], month, "waste_treated")
    board.figures(people["truong"]).step([handed], FigureState.APPROVED)
    assert [month] == approved()
    states = [row.state for row in mine.history("waste_treated", None, month, ACTUAL)]
    assert ["approved", "submitted", "draft"] == states


def test_a_correction_stands_beside_the_approved_figure_until_it_is_approved(
    board: TargetBoard, people: dict[str, Person], staff_engine: Engine
) -> None:
    """What was known before the correction still says the old value; supersedes it from its approval on."""
    month, person = date(2026, 2, 1), people["tn"]
    old = next(row for row in sheet(board, person, month).rows if row.indicator.code == "waste_treated").approved
    enter(board, person, month, "waste_treated", old.value + 100)
    row = next(row for row in sheet(board, person, month).rows if row.indicator.code == "waste_treated")
    assert (old.value, old.value + 100) == (row.approved.value, row.work.value)
    board.figures(person).step([row.work.id], FigureState.SUBMITTED)
    before = now(staff_engine)
    head = board.figures(people["truong"])
    head.step([work_of(board, person, month, "waste_treated")], FigureState.APPROVED)
    with acting(staff_engine, person.id) as connection:
        statement = text(
            "SELECT value FROM target_figures WHERE indicator = 'waste_treated' AND month = '2026-02-01'"
            " AND state = 'approved' AND recorded @> CAST(:known AS timestamptz)"
        )
        found = [connection.execute(statement, {"known": known}).scalar_one() for known in (before, "infinity")]
    assert [old.value, old.value + 100] == found


def now(engine: Engine) -> datetime:
    """The clock of the database."""
    with writing(engine) as connection:
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment


def test_returned_figures_need_a_reason_and_come_back_with_it(board: TargetBoard, people: dict[str, Person]) -> None:
    """The head says why; the department sees it, and may hand in again."""
    month, mine, head = date(2025, 11, 1), board.figures(people["tn"]), board.figures(people["truong"])
    mine.step([enter(board, people["tn"], month, "waste_treated", 5501)], FigureState.SUBMITTED)
    handed = work_of(board, people["tn"], month, "waste_treated")
    with pytest.raises(InvalidRequest, match="Say why"):
        head.step([handed], FigureState.RETURNED, "  ")
    head.step([handed], FigureState.RETURNED, "thiếu KCN Hòa Xá")
    back = next(row for row in sheet(board, people["tn"], month).rows if row.indicator.code == "waste_treated").work
    assert ("returned", "thiếu KCN Hòa Xá", 5501.0) == (back.state, back.reason, back.value)
    mine.step([back.id], FigureState.SUBMITTED)


def test_a_department_enters_its_own_figures_only(board: TargetBoard, people: dict[str, Person]) -> None:
    """The environment is offered its own sheet; that of the business department does not exist for it."""
    assert [ENVIRONMENT] == list(sheet(board, people["tn"], OCTOBER).departments)
    with pytest.raises(NotFound, match="enter no figures"):
        sheet(board, people["tn"], OCTOBER, BUSINESS)


def test_a_head_enters_for_all_and_for_what_no_department_has(board: TargetBoard, people: dict[str, Person]) -> None:
    """The plan names nobody for disbursement and procedures."""
    assert [BUSINESS, ENVIRONMENT, None] == list(sheet(board, people["truong"], OCTOBER).departments)
    codes = [row.indicator.code for row in sheet(board, people["truong"], OCTOBER, NOBODY).rows]
    assert ["capital_disbursed", "procedures_online", "payments_online"] == codes


@pytest.mark.parametrize(
    ("login", "indicator"), [("tn", "revenue"), ("xem", "revenue"), ("dn", "procedures_online")], ids=str
)
def test_the_database_refuses_figures_of_others(
    staff_engine: Engine, people: dict[str, Person], login: str, indicator: str
) -> None:
    """Whatever a page forgot to ask: another department, a reader, an indicator of nobody."""
    row = {"indicator": indicator, "park": None, "month": OCTOBER, "kind": "actual", "value": 1.0, "numerator": None,
           "denominator": None, "remark": "", "seen": None}  # fmt: skip
    with pytest.raises(StoreError), acting(staff_engine, people[login].id) as connection:
        add_draft(connection, row)


def test_a_department_does_not_approve_its_own_figures(board: TargetBoard, people: dict[str, Person]) -> None:
    """Only who has the right to approve."""
    handed = work_of(board, people["truong"], OCTOBER, "exports")
    with pytest.raises(Forbidden):
        board.figures(people["dn"]).step([handed], FigureState.APPROVED)


def test_who_did_not_see_the_last_change_writes_nothing(board: TargetBoard, people: dict[str, Person]) -> None:
    """Two people correct the income of October; the second one is told."""
    one = sheet(board, people["dn"], OCTOBER)
    seen = {(row.indicator.code, row.park): row.seen for row in one.rows}
    entries = [Entry("1", "income", None, value, None, None, "rà soát") for value in (8.1, 8.2)]
    board.figures(people["dn"]).save(one, entries[:1], seen)
    with pytest.raises(Conflict, match="Nothing of yours is lost"):
        board.figures(people["truong"]).save(sheet(board, people["truong"], OCTOBER, BUSINESS), entries[1:], seen)


@pytest.mark.parametrize("month", [date(2026, 12, 1), date(2027, 5, 1)])
def test_the_database_refuses_actual_figures_of_the_future(
    staff_engine: Engine, people: dict[str, Person], month: date
) -> None:
    """Of a month that is not over by the clock of the database."""
    row = {"indicator": "revenue", "park": None, "month": month.replace(year=month.year + 70), "kind": "actual",
           "value": 1.0, "numerator": None, "denominator": None, "remark": "", "seen": None}  # fmt: skip
    with pytest.raises(StoreError, match="month"), acting(staff_engine, people["dn"].id) as connection:
        add_draft(connection, row)


@pytest.mark.parametrize(
    "statement", ["UPDATE target_figures SET value = 1", "DELETE FROM target_figures", "TRUNCATE target_figures"]
)
def test_nobody_changes_or_deletes_a_figure(figures_url: str, engine_for: EngineMaker, statement: str) -> None:
    """Not even the owner of the database."""
    with pytest.raises(StoreError), writing(engine_for(figures_url)) as connection:
        connection.execute(text(statement))


def test_every_step_is_in_the_log(
    board: TargetBoard, people: dict[str, Person], figures_url: str, engine_for: EngineMaker
) -> None:
    """Saved, handed in, by whom."""
    board.figures(people["tn"]).step(
        [enter(board, people["tn"], date(2025, 6, 1), "waste_treated", 5333)], FigureState.SUBMITTED
    )
    with engine_for(figures_url).connect() as connection:
        rows = connection.execute(text("SELECT action, person_id FROM audit_log ORDER BY id DESC LIMIT 2")).all()
    assert [("figures.submitted", people["tn"].id), ("figures.saved", people["tn"].id)] == [tuple(row) for row in rows]


def test_nobody_approves_a_figure_that_he_entered(board: TargetBoard, people: dict[str, Person]) -> None:
    """A head enters and hands in; the database refuses the same head, and takes the other one."""
    month, first, second = date(2025, 8, 1), people["truong"], people["pho"]
    entered = enter(board, first, month, "workers", 199_000)
    board.figures(first).step([entered], FigureState.SUBMITTED)
    handed = work_of(board, first, month, "workers")
    with pytest.raises(Forbidden, match="entered"):
        board.figures(first).step([handed], FigureState.APPROVED)
    assert 1 == board.figures(second).step([handed], FigureState.APPROVED)
