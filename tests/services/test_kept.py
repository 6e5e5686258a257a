"""Answers are kept as long as the data stand, and no longer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.changes import ChangesRequest, KeptParts, build_changes_page
from geoapp.services.changes_moments import AskedPair
from geoapp.services.kept import Kept
from geoapp.services.leasing import build_leasing_page
from geoapp.services.moment import Asked
from geoapp.services.pages import Rows
from geoapp.store.engine import Role
from tests.factories import observation, outline, park, plot, write_bundle

EngineMaker = Callable[[str, Role], Engine]
ASKED = ChangesRequest("land_leased", AskedPair(date(2026, 5, 31), date(2026, 6, 30), None, None, date(2026, 7, 15)))
DAY = Asked(date(2026, 6, 30), None, date(2026, 7, 15))


@pytest.fixture
def load(database_url: str, engine_for: EngineMaker, tmp_path: Path) -> Callable[[str], None]:
    """Stores the park ``thu`` with one plot, which is in a state since June."""

    def store(state: str) -> None:
        rows = [plot(valid_from="2026-01-01"), plot(valid_from="2026-06-10", state=state)]
        folder = write_bundle(
            tmp_path / state,
            parks=[park()],
            park_outlines=[outline()],
            plots=rows,
            observations=[
                observation(numerator=1, denominator=2, valid_on=day) for day in ("2026-05-31", "2026-06-30")
            ],
        )
        load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)

    return store


@pytest.fixture
def engine(database_url: str, engine_for: EngineMaker) -> Engine:
    """The map role."""
    return engine_for(database_url, Role.MAP)


def statements(engine: Engine, ask: Callable[[], object]) -> int:
    """How many statements are sent while something is asked."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def test_parts_of_a_difference_are_read_once(load: Callable[[str], None], engine: Engine) -> None:
    """Three statements less the second time: the parts, and the figure at both ends. Another question is read."""
    load("leased")
    kept: KeptParts = Kept(4)
    first, second = (statements(engine, lambda: build_changes_page(engine, ASKED, kept)) for _ in range(2))
    other = ChangesRequest("land_cleared", ASKED.pair)
    assert (first - 3, first) == (second, statements(engine, lambda: build_changes_page(engine, other, kept)))


def test_a_correction_is_seen_at_once(load: Callable[[str], None], engine: Engine) -> None:
    """Leased in June; then it is said that the plot was not."""
    load("leased")
    kept: KeptParts = Kept(4)
    before = build_changes_page(engine, ASKED, kept).changes.delta
    load("available")
    assert (True, 0) == (before > 0, build_changes_page(engine, ASKED, kept).changes.delta)


def test_parks_of_the_leasing_page_are_read_once_until_data_change(load: Callable[[str], None], engine: Engine) -> None:
    """A plot on offer, until it is leased."""
    load("available")
    kept: Kept[Rows] = Kept(4)
    pages = [build_leasing_page(engine, DAY, kept=kept) for _ in range(2)]
    load("leased")
    pages.append(build_leasing_page(engine, DAY, kept=kept))
    assert (True, True, True) == (
        pages[0].parks == pages[1].parks,
        pages[0].parks[0].available_ha > 0,
        pages[2].parks[0].available_ha == 0,
    )
