"""Softer signals: each by its own thresholds, never a violation, seen by who may see the land, on any day."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.case_land import add_event
from tests.cases.conftest import ClerkMaker, number

OF = text(
    "SELECT c.signal, c.since, round(c.measured) AS measured FROM soft_signals_of(NULL, :day, 'infinity') AS c"
    " JOIN projects AS p ON p.id = c.project_id WHERE p.code = :code ORDER BY 1"
)


def told(owner: Engine, code: str, day: str = "2026-11-20", *before: str) -> dict[str, tuple[Any, ...]]:
    """The signals of a project on a day, after some statements that are undone again."""
    with owner.connect() as connection:
        for statement in before:
            connection.execute(text(statement))
        rows = connection.execute(OF, {"day": day, "code": code}).all()
        connection.rollback()
    return {row.signal: (row.since, row.measured) for row in rows}


def test_works_not_begun(owner: Engine) -> None:
    """Handed over on 10/03/2025: six months were over on 10/09/2025; the evening before, nothing."""
    assert (date(2025, 9, 11), 20) == told(owner, "bo-hoang")["start_late"]
    assert "start_late" not in told(owner, "bo-hoang", "2025-09-10")
    assert "start_late" in told(owner, "bo-hoang", "2025-09-11")


def test_begun_and_little_built(owner: Engine) -> None:
    """Begun in 2022, its plot is recorded as leased: nothing of it is built on. On a plot in operation it is over."""
    assert (date(2023, 6, 11), 0) == told(owner, "cham")["built_share_low"]
    run = "UPDATE plot_versions SET recorded = recorded, state = 'operating'"
    off = "SET LOCAL session_replication_role = replica"
    assert "built_share_low" not in told(owner, "cham", "2026-11-20", off, run)


def test_no_news(owner: Engine) -> None:
    """The last dated event of the file is the handover; an event within the year ends the signal."""
    assert (date(2026, 3, 11), 20) == told(owner, "bo-hoang")["silent"]
    with owner.connect() as connection:
        add_event(connection, "bo-hoang", "extension_request", "happened_on = '2026-10-01'")
        rows = connection.execute(OF, {"day": "2026-11-20", "code": "bo-hoang"}).scalars().all()
        connection.rollback()
    assert "silent" not in rows


def test_less_land_than_committed(owner: Engine) -> None:
    """The plots are about 4,6 ha; of 40 ha that the project registered that is too little, of 4 ha it is not."""
    more = "UPDATE project_versions SET land_ha = 40"
    off = "SET LOCAL session_replication_role = replica"
    assert "land_used_low" not in told(owner, "cham")
    assert 12 == told(owner, "cham", "2026-11-20", off, more)["land_used_low"][1]


def test_registered_as_stalled(owner: Engine) -> None:
    """By the register, since that version of it."""
    stalled = "UPDATE project_versions SET state = 'stalled'"
    off = "SET LOCAL session_replication_role = replica"
    assert (date(2020, 1, 1), None) == told(owner, "cham", "2026-11-20", off, stalled)["stalled"]


def test_what_is_complete_has_none(owner: Engine) -> None:
    """Land that is in use is left alone."""
    with owner.connect() as connection:
        add_event(connection, "cham", "completion", "happened_on = '2026-10-01'; evidence = 'biên bản'")
        rows = connection.execute(OF, {"day": "2026-11-20", "code": "cham"}).all()
        connection.rollback()
    assert [] == rows


def test_a_threshold_has_days_of_effect(owner: Engine) -> None:
    """Another number of months from a day on: each day is judged by its own; without a row there is no signal."""
    cut = "UPDATE soft_signals SET valid = daterange(NULL, '2026-06-01') WHERE signal = 'start_late'"
    later = (
        "INSERT INTO soft_signals SELECT signal, daterange('2026-06-01', NULL), 24, percent, name_vi, name_en, told_vi,"
        " told_en FROM soft_signals WHERE signal = 'start_late'"
    )
    assert "start_late" not in told(owner, "bo-hoang", "2026-11-20", cut)
    assert "start_late" not in told(owner, "bo-hoang", "2026-11-20", cut, later)
    assert "start_late" in told(owner, "bo-hoang", "2026-05-31", cut, later)


def test_the_page_says_that_it_is_no_violation(clerk: ClerkMaker) -> None:
    """By signal, with what was measured; the filter leaves one; on the page of the project and of the case too."""
    page = clerk("an").get("/cases/signals?as_of=2026-11-20")
    assert "không phải vi phạm" in page
    assert "Chậm khởi công so với bàn giao" in page
    one = clerk("an").get("/cases/signals?as_of=2026-11-20&signal=silent")
    assert ["silent"] == re.findall(r'<section class="block" id="(\w+)"', one)
    assert "20 tháng" in one


def test_a_case_and_a_project_show_theirs(clerk: ClerkMaker, owner: Engine) -> None:
    """Beside the clock and labelled."""
    for address in (f"/cases/{number(owner, 'R9')}?as_of=2026-11-20", "/projects/bo-hoang?as_of=2026-11-20"):
        page = clerk("ha").get(address)
        assert 'id="signals"' in page
        assert "Ban tự chọn, không phải vi phạm" in page


def test_the_work_list_takes_the_filter(clerk: ClerkMaker, owner: Engine) -> None:
    """Cases whose land shows the signal today."""
    page = clerk("ha").get("/cases?signal=start_late")
    assert f'href="/cases/{number(owner, "R9")}"' in page
    assert f'href="/cases/{number(owner, "R8")}"' not in page
    clerk("ha").get("/cases?signal=guilty", 400)


def test_programs_get_the_same_within_their_parks(clerk: ClerkMaker) -> None:
    """With thresholds and notice; Binh is held to park hai, and a viewer gets nothing."""
    told = clerk("an").client.get("/api/signals?as_of=2026-11-20&lang=en").json
    assert {"bo-hoang", "cham"} <= {one["project"] for one in told["signals"]}
    assert "no violation" in told["notice"]
    assert 6 == next(one["months"] for one in told["thresholds"] if one["signal"] == "start_late")
    held = clerk("binh").client.get("/api/signals?as_of=2026-11-20").json
    assert {"hai"} == {one["park"] for one in held["signals"]}
    assert 403 == clerk("xem").client.get("/api/signals").status_code


@pytest.mark.parametrize("query", ["signal=x", "park=%C3%A1", "as_of=x", "colour=red"])
def test_what_cannot_be_is_refused(clerk: ClerkMaker, query: str) -> None:
    """By name."""
    assert 400 == clerk("an").client.get(f"/api/signals?{query}").status_code
