"""Targets, monthly figures and tasks of one database: what the pages under "Reports" ask, each as a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.permissions import Person
from geoapp.core.plan_kinds import TargetMeasure, TargetWording
from geoapp.core.series import Point
from geoapp.core.target_model import TargetState
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.figure_entry import Figures
from geoapp.services.figure_lateness import Late, read_choice, read_late
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.target_needs import Need, needs_of
from geoapp.services.target_reported import missing_months
from geoapp.services.targets import Targets, read_all_targets
from geoapp.services.tasks import Tasks
from geoapp.store.acting import acting_reading
from geoapp.store.pages import read_rows

Rows = Sequence[Any]
_LAST_YEAR = 2060


@dataclass(frozen=True)
class TargetsPage:
    """All targets of a day.

    ``needs``: land until ``until``, which is ``asked`` for or a choice of the product; ``waiting``: indicator -> the
    newest figure that is not approved; ``late``: departments.
    """

    moment: Moment
    states: tuple[TargetState, ...]
    needs: Sequence[Need]
    until: date
    is_chosen: bool
    waiting: Mapping[str, Any]
    late: Sequence[Late]


@dataclass(frozen=True)
class TargetCard:
    """How one target is made.

    ``versions``: every value it had, with its days; ``points``: history of what is held against it; ``land`` and
    ``plants``: rows of parks where it is measured; ``months``: approved months where departments report it;
    ``waiting``: the newest figure that is not approved; ``published``: what others published of the same; ``named``:
    parks that it names.
    """

    moment: Moment
    state: TargetState
    versions: Rows
    points: Sequence[Point]
    land: Rows
    plants: Rows
    months: Rows
    estimates: Rows
    indicator: Any
    missing: Sequence[date]
    waiting: Any
    published: Rows
    named: Rows


class TargetBoard:
    """Args: engine - of the staff role."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def figures(self, person: Person) -> Figures:
        """The monthly figures, as a person works on them."""
        return Figures(self._engine, person)

    def tasks(self, person: Person) -> Tasks:
        """The tasks, as a person works on them."""
        return Tasks(self._engine, person)

    def late(self, person: Person, asked: Asked) -> Sequence[Late]:
        """Departments whose monthly figures are late on a day."""
        with acting_reading(self._engine, person.id) as connection:
            return read_late(connection, choose_moment(connection, asked))

    def page(self, person: Person, asked: Asked, until: date | None = None) -> TargetsPage:
        """All targets. Args: until - last day of the reckoning of land. Raises: InvalidRequest - a day not ahead."""
        with acting_reading(self._engine, person.id) as connection:
            moment = choose_moment(connection, asked)
            targets = read_all_targets(connection, moment)
            day = until or date(int(read_choice(connection, "gap_until_year")), 12, 31)
            check_until(day, moment.as_of, chosen=until is not None)
            return TargetsPage(
                moment,
                targets.states,
                _needs(targets, moment.as_of, day),
                day,
                until is not None,
                _waiting(connection, moment),
                read_late(connection, moment),
            )

    def card(self, person: Person, code: str, asked: Asked) -> TargetCard:
        """How one target is made. Raises: NotFound."""
        with acting_reading(self._engine, person.id) as connection:
            moment = choose_moment(connection, asked)
            targets = read_all_targets(connection, moment, only=code)
            state = next(iter(targets.states), None)
            if state is None:
                raise NotFound(
                    N_("There is no target %(code)s in force on this day. The list is at /targets."), code=code[:40]
                )
            return _card(connection, moment, targets, state)


def check_until(day: date, as_of: date, *, chosen: bool) -> None:
    """Raises: InvalidRequest - a last day that does not lie ahead of the day that is shown, or much too far."""
    if chosen and not as_of < day <= date(_LAST_YEAR, 12, 31):
        raise InvalidRequest(
            N_("%(asked)s does not lie ahead of %(as_of)s. Choose a later day, up to the year %(year)s."),
            parameter="until",
            asked=day,
            as_of=as_of,
            year=_LAST_YEAR,
        )


def _needs(targets: Targets, as_of: date, until: date) -> list[Need]:
    shares = sorted(
        one.value
        for one in targets.states
        if one.measure == TargetMeasure.OCCUPANCY
        and one.wording in {TargetWording.RANGE_LOW, TargetWording.RANGE_HIGH, TargetWording.AT_LEAST}
    )
    return needs_of(targets.land.parks, shares, as_of, until) if shares else []


def _waiting(connection: Connection, moment: Moment) -> dict[str, Any]:
    rows: Rows = read_rows(connection, "target_waiting", moment.parameters)
    return {row.indicator: row for row in rows}


def _card(connection: Connection, moment: Moment, targets: Targets, state: TargetState) -> TargetCard:
    at = {**moment.parameters, "code": state.code}
    reported = targets.reported.get(state.indicator or "")
    on_plants = state.measure in {TargetMeasure.PARKS_STANDARD, TargetMeasure.NEW_PARKS_STANDARD}
    on_land = state.measure in {TargetMeasure.OCCUPANCY, TargetMeasure.OCCUPANCY_NEW, TargetMeasure.PARKS_HELPED}
    only_new = state.measure in {
        TargetMeasure.OCCUPANCY_NEW,
        TargetMeasure.PARKS_HELPED,
        TargetMeasure.NEW_PARKS_STANDARD,
    }
    return TargetCard(
        moment,
        state,
        read_rows(connection, "target_versions", at),
        targets.points[state.code],
        _of_new(targets.land.parks, only_new=only_new) if on_land else (),
        _of_new(targets.land.plants, only_new=only_new) if on_plants else (),
        sorted(reported.months.values(), key=lambda one: one.month, reverse=True) if reported else (),
        sorted(reported.estimates.values(), key=lambda one: one.month, reverse=True) if reported else (),
        reported.indicator if reported else None,
        missing_months(reported, moment.as_of) if reported else (),
        _waiting(connection, moment).get(state.indicator or ""),
        _published(connection, moment, reported.indicator.published_as) if reported else (),
        targets.named.get(state.code, ()),
    )


def _of_new(rows: Rows, *, only_new: bool) -> Rows:
    return [row for row in rows if row.is_new or not only_new]


def _published(connection: Connection, moment: Moment, indicator: str | None) -> Rows:
    if indicator is None:
        return ()
    about = {**moment.parameters, "subject_kind": "province", "subject_id": 0, "indicator": indicator}
    rows: Rows = read_rows(connection, "figure_rows", about)
    return [row for row in rows if row.known_until is None]
