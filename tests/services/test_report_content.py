"""What a report says of the demonstration data, held against statements of our own, and what it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.core.report_check import check_content
from geoapp.core.report_json import dump_content, load_content
from geoapp.core.report_model import Content, Figure, ReportKind, Table
from geoapp.errors import Forbidden, InvalidRequest
from geoapp.resources import layers_dir
from geoapp.services.report.content import build_content
from geoapp.services.report.request import ReportRequest
from geoapp.store.acting import acting_reading
from geoapp.store.engine import Role, make_engine, reading
from tests.staff import MARK

OCTOBER = date(2026, 10, 1)
KNOWN = datetime(2100, 1, 1, tzinfo=UTC)
TODAY = date(2026, 11, 20)
# The numerators and denominators of the latest figures of each park, by the one method that the demonstration has.
_SUMS = """
SELECT sum(numerator), sum(denominator), array_agg(id::text ORDER BY id) FROM (
    SELECT DISTINCT ON (park_id) id, numerator, denominator, valid_on FROM observations
    WHERE indicator = :indicator AND park_id IS NOT NULL AND valid_on <= :day
    ORDER BY park_id, valid_on DESC, id) AS latest
WHERE numerator IS NOT NULL AND valid_on > CAST(:day AS date) - interval '12 months'
"""


def asked(kind: ReportKind = ReportKind.MONTH, day: date = OCTOBER, **more: Any) -> ReportRequest:
    """A request for a report in English."""
    return replace(ReportRequest(kind, day, None, KNOWN, TODAY, "en", str), **more)


@pytest.fixture(scope="module")
def engine(staffed_database_url: str) -> Iterator[Engine]:
    """The demonstration data with people and planted secrets."""
    made = make_engine(staffed_database_url, role=Role.OWNER)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def changed(databases: Any, staffed_database_url: str) -> Iterator[Engine]:
    """A copy that tests of this file change."""
    made = make_engine(databases.make(staffed_database_url), role=Role.OWNER)
    yield made
    made.dispose()


@contextmanager
def acting_as(engine: Engine, login: str) -> Iterator[Connection]:
    """Somebody at work."""
    with engine.connect() as connection:
        statement = text("SELECT id FROM people WHERE login = :login")
        number = connection.execute(statement, {"login": login}).scalar_one()
    with acting_reading(engine, number) as connection:
        yield connection


def build(engine: Engine, request: ReportRequest, login: str = "planner") -> Content:
    """A report as somebody makes it."""
    with acting_as(engine, login) as connection:
        return build_content(connection, load_catalogue(layers_dir()), request)


@pytest.fixture(scope="module")
def month(engine: Engine) -> Content:
    """October 2026, made once for all tests."""
    return build(engine, asked())


def figure(content: Content, title: str) -> Figure:
    """The first figure of a title."""
    return next(one for one in content.figures if one.title == title)


def cell(content: Content, table: Table, row: str, column: str) -> Figure:
    """The figure of a cell."""
    place = [one.key for one in table.columns].index(column)
    return content.figure(next(one for one in table.rows if one.key == row).cells[place].ref)


@pytest.mark.parametrize(
    ("indicator", "share", "numerator"),
    [
        ("occupancy", "Occupancy", "Land leased"),
        ("clearance_cumulative", "Cleared to date", "Area cleared to date"),
    ],
)
def test_shares_are_sums_over_sums_of_the_rows_that_they_name(
    engine: Engine, month: Content, indicator: str, share: str, numerator: str
) -> None:
    """By a statement that shares nothing with the program."""
    with reading(engine) as connection:
        bound = {"indicator": indicator, "day": date(2026, 10, 31)}
        top, base, rows = connection.execute(text(_SUMS), bound).one()
    assert pytest.approx(100 * top / base) == figure(month, share).value
    assert pytest.approx(top) == figure(month, numerator).value
    assert set(rows) == {row.id for row in figure(month, share).rows}


def test_projects_licensed_in_a_period_are_counted_by_their_day(engine: Engine) -> None:
    """September 2026 has some; what has no day of licence counts in no period."""
    september = build(engine, asked(day=date(2026, 9, 10)))
    with reading(engine) as connection:
        statement = (
            "SELECT count(*), sum(capital_vnd_bn) FROM projects_at('2026-09-30', now())"
            " WHERE licensed_on BETWEEN '2026-09-01' AND '2026-09-30'"
        )
        projects, capital = connection.execute(text(statement)).one()
    table = september.table("investment")
    told = tuple(cell(september, table, "licensed", column).value for column in ("projects", "vnd_bn"))
    assert projects > 0
    assert (projects, capital) == told


def test_units_of_land_with_signs_are_those_of_the_legal_clock(engine: Engine, month: Content) -> None:
    """Number and hectares, by states; the appendix lists each."""
    with reading(engine) as connection:
        statement = (
            "SELECT count(*), sum(area_in_violation_ha) FROM clock_at('2026-10-31', now())"
            " WHERE state IN ('LATE_24M', 'UNUSED_12M', 'EXT_EXPIRED')"
        )
        units, hectares = connection.execute(text(statement)).one()
    assert units == figure(month, "Units of land with a sign of slow use").value
    assert pytest.approx(hectares) == figure(month, "Area with a sign of slow use").value
    listed = [row for row in month.table("slow_land").rows if not row.is_total and row.cells[6].ref]
    assert units == len(listed)


def test_it_adds_up(month: Content) -> None:
    """All totals, shares and differences."""
    assert () == check_content(month)


def test_every_park_has_its_row_and_the_total_is_their_sum(engine: Engine, month: Content) -> None:
    """As many as there are on the day."""
    with reading(engine) as connection:
        parks = connection.execute(text("SELECT count(*) FROM parks_at('2026-10-31', now())")).scalar_one()
    table = month.table("parks")
    assert parks + 1 == len(table.rows)
    leased = [cell(month, table, row.key, "occupancy_done").value for row in table.rows if not row.is_total]
    assert pytest.approx(sum(value for value in leased if value)) == cell(month, table, "total", "occupancy_done").value


def test_what_is_missing_has_a_reason_and_no_value(month: Content) -> None:
    """Nobody has approved figures of October; whether capital is foreign the data do not say."""
    missing = [one for one in month.figures if one.value is None]
    assert missing
    assert all(one.missing for one in missing)
    assert cell(month, month.table("investment"), "fdi", "projects") in missing


def test_target_actual_and_forecast_are_figures_of_their_own(month: Content) -> None:
    """The six columns; a target of 508 619 is not what was reached."""
    table = month.table("targets")
    assert ["target", "period", "cumulative", "per_cent", "year", "forecast"] == [one.key for one in table.columns[3:]]
    told = {column: cell(month, table, "CT-01", column).value for column in ("target", "cumulative", "forecast")}
    assert 508_619 == told["target"]
    assert len(set(told.values())) == 3


def test_the_last_point_of_a_chart_is_the_figure_of_the_text(month: Content) -> None:
    """The same figures in words and in pictures."""
    last = month.chart("occupancy").lines[0].points[-1]
    assert month.figure(last.ref).title == "Occupancy"
    assert pytest.approx(month.figure(last.ref).value) == last.value


def test_nobody_is_named(month: Content) -> None:
    """Neither people nor anything of confidential tables."""
    assert MARK.encode() not in dump_content(month)


def test_the_same_question_gives_the_same_content_which_json_keeps(engine: Engine, month: Content) -> None:
    """Made again, and read back."""
    assert month == build(engine, asked())
    assert month == load_content(dump_content(month))


def test_a_period_that_is_not_over_says_so(engine: Engine) -> None:
    """The data reach to today, the whole term is expected."""
    quarter = build(engine, asked(ReportKind.QUARTER, date(2026, 11, 1)))
    assert (TODAY, False) == (quarter.as_of, quarter.is_over)
    assert "the period is not over" in quarter.table("targets").cut_off
    assert any("is not over" in note for note in quarter.notes)


@pytest.mark.parametrize(
    ("request_", "parameter"),
    [
        (asked(day=date(2026, 12, 1)), "period"),
        (asked(ReportKind.YEAR, date(2027, 6, 1)), "period"),
        (asked(as_of=date(2026, 9, 30)), "as_of"),
        (asked(day=date(2021, 5, 1)), "as_of"),
        (asked(known_at=datetime(2001, 1, 1, tzinfo=UTC)), "known_at"),
    ],
)
def test_what_cannot_be_reported_is_refused_with_a_reason(
    engine: Engine, request_: ReportRequest, parameter: str
) -> None:
    """A future period, a day before it, a time before all data, a moment before anything was stored."""
    with pytest.raises(InvalidRequest) as refusal:
        build(engine, request_)
    assert parameter == refusal.value.parameter


def test_who_is_held_to_some_parks_makes_no_report_of_all(changed: Engine) -> None:
    """It would leave land out and not say so."""
    with changed.begin() as connection:
        statement = (
            "INSERT INTO person_parks (person_id, park_id) SELECT p.id, k.id FROM people AS p, parks AS k"
            " WHERE p.login = 'head' AND k.slug = 'khanh-phu'"
        )
        connection.execute(text(statement))
    with pytest.raises(Forbidden, match="all parks"):
        build(changed, asked(), "head")


def test_what_was_entered_later_does_not_count(changed: Engine) -> None:
    """A report made again of what was known then says what it said, whatever was corrected since."""
    with changed.begin() as connection:
        then = connection.execute(text("SELECT now()")).scalar_one() + timedelta(milliseconds=1)
    before = build(changed, asked(known_at=then))
    with changed.begin() as connection:
        statement = """
            WITH closed AS (
                UPDATE observations SET recorded = tstzrange(lower(recorded), now())
                WHERE id = (SELECT o.id FROM observations AS o JOIN parks AS p ON p.id = o.park_id
                            WHERE p.slug = 'khanh-phu' AND indicator = 'occupancy' AND valid_on = '2026-10-31'
                              AND upper_inf(recorded))
                RETURNING *)
            INSERT INTO observations (subject_kind, park_id, indicator, valid_on, date_precision, value, numerator,
                                      denominator, method, quality, source_id, batch_id, supersedes_id)
            SELECT subject_kind, park_id, indicator, valid_on, date_precision, 50, denominator / 2, denominator, method,
                   quality, source_id, batch_id, id FROM closed"""
        assert 1 == connection.execute(text(statement)).rowcount
    assert dump_content(before) == dump_content(build(changed, asked(known_at=then)))
    assert figure(before, "Occupancy").value != figure(build(changed, asked()), "Occupancy").value
