"""What must hold of any file: order does not matter, time goes forward, days are counted by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from geoapp.store.engine import reading
from tests.clock.reference_clock import add_months, shift

Evaluate = Callable[[dict[str, Any], str], dict[str, Any]]
DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(intervals=st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=5), order=st.randoms(use_true_random=False))
def test_order_and_overlap_do_not_matter(evaluate: Evaluate, intervals: list[tuple[date, int]], order: Any) -> None:
    """Intervals in any order, and said twice, give the same clock."""
    told = [
        {
            "from": day.isoformat(),
            "to": (day + timedelta(days=n)).isoformat(),
            "document": "QĐ",
            "decided_by": "chairman",
        }
        for day, n in intervals
    ]
    delays = [{name: one[name] for name in ("from", "to", "document")} for one in told[:2]]
    shuffled = [*told, *told]
    order.shuffle(shuffled)
    file = {"handover_date": "2023-03-31", "progress_end_date": "2024-02-29"}
    one = evaluate({**file, "fm_intervals": told, "delay_intervals": delays}, "2026-11-22")
    other = evaluate({**file, "fm_intervals": shuffled, "delay_intervals": delays[::-1]}, "2026-11-22")
    assert one == other


@SETTINGS
@given(handover=DAYS)
def test_the_violation_opens_on_the_day_after_the_shifted_one(evaluate: Evaluate, handover: date) -> None:
    """For any handover, leap days, month ends, weekends and holidays included."""
    last = shift(add_months(handover, 12))
    file = {"handover_date": handover.isoformat(), "progress_end_date": "2040-01-01"}
    assert "ON_TRACK" == evaluate(file, last.isoformat())["state"]
    assert "UNUSED_12M" == evaluate(file, (last + timedelta(days=1)).isoformat())["state"]


@SETTINGS
@given(ends=st.lists(DAYS, min_size=1, max_size=4))
def test_the_latest_of_several_extensions_counts(evaluate: Evaluate, ends: list[date]) -> None:
    """In whatever order they stand in the file."""
    decisions = [
        {"no": str(n), "date": "2022-01-01", "ground": "24m", "end": end.isoformat()} for n, end in enumerate(ends)
    ]
    file = {"handover_date": "2020-01-01", "progress_end_date": "2020-01-01", "extension": decisions}
    assert max(ends).isoformat() == evaluate(file, "2026-11-22")["dates"]["extension_end"]


def test_every_day_is_shifted_as_by_hand(clock_engine: Engine) -> None:
    """Each day from 2022 to 2031 against the list of days off, read a second time."""
    with reading(clock_engine) as connection:
        rows = connection.execute(
            text(
                "SELECT d::date AS day, clock_shift(d::date, p.off_from, p.off_to, p.shifts) AS shifted"
                " FROM clock_periods() AS p, generate_series(date '2022-01-01', '2031-12-31', interval '1 day') AS d"
            )
        ).all()
    assert [] == [(row.day, row.shifted, shift(row.day)) for row in rows if row.shifted != shift(row.day)]
    assert 3652 == len(rows)
