"""The difference of a share, park by park: effects add up, methods are not mixed, and things are held against it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.changes import ChangesRequest
from geoapp.services.changes_figures import SHARE_FIGURES
from geoapp.services.changes_moments import AskedPair
from geoapp.services.changes_shares import ShareChanges, build_share_page
from geoapp.store.engine import Role
from tests.factories import observation, outline, park, plot, square, write_bundle

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
Explain = Callable[..., ShareChanges]


@pytest.fixture
def explain(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Explain:
    """Occupancy from May to June 2026 of the parks a, b, c with these figures."""

    def read(*figures: dict[str, object], **tables: object) -> ShareChanges:
        parks = [park(slug=slug) for slug in ("a", "b", "c")]
        folder = write_bundle(tmp_path / "bundle", parks=parks, observations=figures, **tables)  # type: ignore[arg-type]
        load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
        request = ChangesRequest("occupancy", AskedPair(MAY, JUNE, None, None, JUNE))
        return build_share_page(engine_for(database_url, Role.MAP), request).changes

    return read


def share(slug: str, day: date, numerator: float, denominator: float, **changes: object) -> dict[str, object]:
    """Occupancy of a park with its parts."""
    value = 100 * numerator / denominator
    return observation(
        subject=slug, valid_on=day.isoformat(), value=value, numerator=numerator, denominator=denominator, **changes
    )


def reasons(found: ShareChanges) -> dict[str, str]:
    """Park -> why it moves the share."""
    return {row.park.park_slug: row.reason for row in found.rows}


def test_effects_add_up(explain: Explain) -> None:
    """20/100 and 30/100 become 30/100 and 30/150: from 25 % to 24 %; a adds (10 - 0)/250 = 4 points, b takes 5."""
    found = explain(
        share("a", MAY, 20, 100), share("b", MAY, 30, 100), share("a", JUNE, 30, 100), share("b", JUNE, 30, 150)
    )
    assert (Fraction(25), Fraction(24), Fraction(-1)) == (found.levels[0].value, found.levels[2].value, found.delta)
    assert [Fraction(4), Fraction(-5)] == [row.effect for row in found.rows]


def test_a_park_that_comes_into_the_sum(explain: Explain) -> None:
    """50/100, then also 0/100: the newcomer takes 25 points, though nothing was given back."""
    found = explain(share("a", MAY, 50, 100), share("a", JUNE, 50, 100), share("b", JUNE, 0, 100))
    assert {"b": "entered"} == reasons(found)
    assert ([Fraction(-25)], Fraction(-25)) == ([row.effect for row in found.rows], found.delta)


def test_a_change_of_method_is_told(explain: Explain) -> None:
    """What was reckoned otherwise before is not compared: the park comes into the sum, because of its method."""
    found = explain(
        share("a", MAY, 50, 100), share("a", JUNE, 50, 100),
        share("b", MAY, 10, 20, method="decree82_2018"), share("b", JUNE, 10, 100),
    )  # fmt: skip
    assert {"b": "method"} == reasons(found)
    assert (1, 2) == (found.levels[0].counted, found.levels[2].counted)


def test_a_figure_that_grows_old_leaves_the_sum(explain: Explain) -> None:
    """Of 31/05/2025 it is just valid on 31/05/2026, and too old a month later."""
    found = explain(share("a", MAY, 50, 100), share("a", JUNE, 50, 100), share("b", date(2025, 5, 31), 10, 100))
    assert {"b": "stale"} == reasons(found)


def test_no_figures_are_no_difference(explain: Explain) -> None:
    """Nothing to divide is not nought per cent."""
    found = explain(observation(value=50, subject="a"), observation(value=40, subject="a", valid_on="2026-05-31"))
    assert (None, None, []) == (found.delta, found.levels[0].value, list(found.rows))


def test_parks_without_a_newer_figure_are_counted(explain: Explain) -> None:
    """In June nothing was handed in for b."""
    assert 1 == explain(share("a", MAY, 1, 2), share("a", JUNE, 1, 2), share("b", MAY, 1, 2)).not_renewed


def test_the_numerator_is_held_against_the_plots(explain: Explain) -> None:
    """The report says 10 ha more; the plot that was let has less: the rest is told as not explained."""
    outlines = [outline(park="a")]
    place = {"park": "a", "geometry": square(106.102, 20.202, 0.002)}
    plots = [
        plot(**place, valid_from="2026-01-01"),
        plot(**place, valid_from="2026-06-10", state="leased"),
    ]
    found = explain(share("a", MAY, 20, 100), share("a", JUNE, 30, 100), park_outlines=outlines, plots=plots)
    assert Decimal(10) == found.numerator == found.explained + found.unexplained + found.moved
    assert 4 < found.explained < 5


def test_the_demonstration_explains_itself(map_engine: Engine) -> None:
    """Its figures are counted from its plots, areas and items: what is not explained is rounding only."""
    pair = AskedPair(date(2025, 6, 30), date(2026, 10, 31), None, None, date(2026, 11, 1))
    rests = {
        share: abs(build_share_page(map_engine, ChangesRequest(share, pair)).changes.unexplained)
        for share in SHARE_FIGURES
    }
    assert {} == {share: rest for share, rest in rests.items() if rest > Decimal("0.05")}
