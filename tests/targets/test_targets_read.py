"""Targets over the loaded data: what is measured, what is reported, what is unknown, and the two clocks."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from geoapp.core.permissions import Person
from geoapp.core.plan_kinds import TargetStanding
from geoapp.core.target_model import DueBasis, Missing
from geoapp.errors import InvalidRequest, StoreError
from geoapp.ingest.load import load_directory
from geoapp.services.moment import Asked
from geoapp.services.target_board import TargetBoard, TargetsPage
from geoapp.store.engine import Role, reading
from tests.conftest import EngineMaker
from tests.factories import write_bundle

NOW = Asked(None, None, date(2026, 11, 27))


@pytest.fixture(scope="module")
def page(board: TargetBoard, people: dict[str, Person]) -> TargetsPage:
    """All targets of the newest day with figures, 31/10/2026."""
    return board.page(people["xem"], NOW)


def of(page: TargetsPage, code: str) -> Any:
    """One target."""
    return next(one for one in page.states if one.code == code)


def test_all_twenty_targets_of_the_plan_are_there(page: TargetsPage) -> None:
    """Those of targets.csv of the reference."""
    assert 20 == len(page.states)


def test_the_year_that_the_plan_does_not_state_is_a_reading(page: TargetsPage) -> None:
    """508,619 is read as of 2026; 80 per cent has no year, and is not given one."""
    assert (DueBasis.READING, date(2026, 12, 31)) == (of(page, "CT-01").period.basis, of(page, "CT-01").period.last)
    assert (DueBasis.UNKNOWN, None) == (of(page, "KT-02-LO").period.basis, of(page, "KT-02-LO").period.last)
    assert TargetStanding.UNKNOWN is of(page, "KT-02-LO").standing


def test_occupancy_is_the_sum_over_the_sum_of_the_parks(page: TargetsPage, staff_engine: Engine) -> None:
    """The same hectares as straight from the observations of October."""
    statement = (
        "SELECT sum(numerator) AS let, sum(denominator) AS all_of_it FROM observations"
        " WHERE indicator = 'occupancy' AND valid_on = '2026-10-31' AND numerator IS NOT NULL"
    )
    with reading(staff_engine) as connection:
        row = connection.execute(text(statement)).one()
    actual = of(page, "KT-02-LO").actual
    assert (pytest.approx(row.let), pytest.approx(row.all_of_it)) == (actual.numerator, actual.denominator)
    assert pytest.approx(100 * row.let / row.all_of_it) == actual.value


def test_revenue_adds_up_the_approved_months_of_the_year(page: TargetsPage) -> None:
    """Nine months; October waits for approval and is not in the sum, nor is its estimate."""
    state = of(page, "CT-01")
    assert (date(2026, 1, 1), date(2026, 9, 30), 9) == (
        state.cumulative.first,
        state.cumulative.day,
        len(state.cumulative.rows),
    )
    assert date(2026, 10, 1) == page.waiting["revenue"].month == state.estimate.first
    assert pytest.approx(100 * state.cumulative.value / 508619) == state.per_cent
    assert pytest.approx((508619 - state.cumulative.value) / 3) == state.pace_needed.per_month


def test_a_sum_of_last_year_names_the_month_that_is_missing(page: TargetsPage) -> None:
    """July 2025 of the budget was never reported."""
    assert (date(2025, 7, 1),) == of(page, "CT-03").same_period_last_year.missing_months


def test_what_the_board_does_not_measure_has_no_figure(page: TargetsPage) -> None:
    """Growth of the province; new parks in operation, of which there is none."""
    assert (None, Missing.NOT_MEASURED) == (of(page, "TQ-01").actual, of(page, "TQ-01").missing)
    assert (None, Missing.NONE_OPERATING) == (of(page, "MT-01").actual, of(page, "MT-01").missing)


def test_the_parks_that_lack_most_hectares_come_first(page: TargetsPage) -> None:
    """And their shares make up the whole."""
    parks = of(page, "KT-02-LO").parks
    assert sorted((one.weight for one in parks), reverse=True) == [one.weight for one in parks]
    assert pytest.approx(100) == sum(one.share for one in parks)


def test_land_needed_is_what_lacks_over_the_quarters(page: TargetsPage) -> None:
    """80 per cent of all hectares less those let, in 50 months; what is on offer need not be cleared."""
    need = next(one for one in page.needs if (one.group, one.per_cent) == ("all", 80))
    assert pytest.approx(0.8 * need.leasable_ha - need.leased_ha) == need.lacking_ha
    assert pytest.approx(50 / 3) == need.quarters
    assert pytest.approx(need.lacking_ha - need.on_offer_ha) == need.to_clear_ha
    assert pytest.approx(need.lacking_ha / need.quarters) == need.per_quarter_ha


def test_the_department_that_handed_in_nothing_is_late(page: TargetsPage) -> None:
    """September of the environment was due before 10 October; October is not due yet on 31 October."""
    assert [(date(2026, 9, 1), date(2026, 10, 10), ["waste_treated"])] == [
        (one.month, one.before, [row.code for row in one.missing])
        for one in page.late
        if one.department == "Phòng Tài nguyên và Môi trường"
    ]


def test_before_the_plan_no_target_is_in_force(board: TargetBoard, people: dict[str, Person]) -> None:
    """The plan is of February 2026."""
    assert () == board.page(people["xem"], Asked(date(2026, 1, 31), None, NOW.today)).states


def test_a_later_decision_changes_a_target_and_keeps_the_old_value(
    database_url: str, engine_for: EngineMaker, tmp_path: Path
) -> None:
    """20,000 from September on; August still says 18,000, and so does what was known before."""
    owner = engine_for(database_url, Role.OWNER)
    first = write_bundle(
        tmp_path / "a", dataset="registry", quality="published", targets=[_target(18000, "2026-02-01")]
    )
    load_directory(owner, first, report=lambda _: None)
    with owner.connect() as connection:
        before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    load_directory(owner, write_bundle(tmp_path / "b", targets=[_target(20000, "2026-09-01")]), report=lambda _: None)
    statement = text("SELECT value FROM targets_at(CAST(:day AS date), CAST(:known AS timestamptz))")
    asked = [("2026-08-31", "infinity"), ("2026-10-31", "infinity"), ("2026-10-31", before)]
    with owner.connect() as connection:
        found = [connection.execute(statement, {"day": day, "known": known}).scalar_one() for day, known in asked]
    assert [18000, 20000, 18000] == found


def _target(value: float, valid_from: str) -> dict[str, object]:
    return {
        "code": "CT-02", "ordinal": 1, "name_vi": "Giá trị xuất khẩu", "name_en": "Export value", "value": value,
        "unit": "usd_m", "direction": "at_least", "wording": "from", "section": "II.2", "measure": "reported",
        "indicator": "exports", "valid_from": valid_from,
    }  # fmt: skip


def test_visitors_cannot_read_the_figures_of_departments(map_engine: Engine) -> None:
    """The database itself refuses the map role."""
    with pytest.raises(StoreError, match="permission denied"), reading(map_engine) as connection:
        connection.execute(text("SELECT count(*) FROM target_figures"))


def test_nothing_is_known_before_it_was_stored(board: TargetBoard, people: dict[str, Person]) -> None:
    """A moment before the first load is refused, and says since when there are data."""
    with pytest.raises(InvalidRequest, match="Nothing was known"):
        board.page(people["xem"], Asked(None, datetime(2020, 1, 1, tzinfo=UTC), NOW.today))
