"""Monthly figures as a person enters, hands in, approves or returns them. What is refused is stored nowhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.figure_checks import Entry, FigureRule, Known
from geoapp.core.monthly_figures import LAST
from geoapp.core.permissions import Permission, Person, PersonRole
from geoapp.core.plan_kinds import FigureKind, FigureState
from geoapp.errors import N_, Conflict, Forbidden, GeoAppError, InvalidRequest, NotFound, StoreError
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.pages import read_rows
from geoapp.store.target_figures import CHANGED, MONTH, NO_RIGHT, NO_STEP, OWN, add_draft, code_of, take_step

Rows = Sequence[Any]
Key = tuple[str, str | None]
NOBODY = "-"
"""What stands for indicators that no department reports."""
_ALL_TIME = "infinity"


@dataclass(frozen=True)
class SheetRow:
    """One figure of a sheet.

    ``work``: the row that is in work; ``approved``: the one in force; ``before``: the last one that was approved of an
    earlier month. ``park``: slug, None for the whole.
    """

    indicator: Any
    park: str | None
    park_name: Any
    work: Any
    approved: Any
    before: Any

    @property
    def shown(self) -> Any:
        """What stands in the fields: what is in work, else what is approved."""
        return self.work or self.approved

    @property
    def seen(self) -> int | None:
        """The row that a change would follow."""
        return self.shown.id if self.shown else None


@dataclass(frozen=True)
class FigureSheet:
    """The figures of one department and month.

    ``department``: None where nobody reports these indicators; ``departments``: those that the person may choose;
    ``indicators``: all that the department reports; ``rows``: what the person may enter of them.
    """

    department: str | None
    month: date
    kind: FigureKind
    rows: Sequence[SheetRow]
    parks: Rows
    known: Known
    departments: Sequence[str | None]
    indicators: Rows

    @property
    def by_park(self) -> list[Any]:
        """Indicators that are reported of single parks too."""
        return [one for one in self.indicators if one.takes_parks]

    @property
    def to_submit(self) -> list[int]:
        """Figures that may be handed in."""
        return [row.work.id for row in self.rows if row.work and row.work.state in ("draft", "returned")]

    @property
    def to_decide(self) -> list[int]:
        """Figures that wait for a decision of whoever looks at the sheet: not those that the same person entered."""
        return [
            row.work.id
            for row in self.rows
            if row.work and row.work.state == FigureState.SUBMITTED and not row.work.is_own
        ]

    def own(self, ids: Collection[int]) -> list[SheetRow]:
        """Those of some figures that whoever looks at the sheet entered."""
        return [row for row in self.rows if row.work and row.work.id in ids and row.work.is_own]


class Figures:
    """The monthly figures of one database as a person works on them. Args: engine - of the staff role."""

    def __init__(self, engine: Engine, person: Person) -> None:
        self._engine = engine
        self._person = person

    def sheet(self, department: str | None, month: date, kind: FigureKind, today: date) -> FigureSheet:
        """One sheet.

        Args: department - as its people have it, NOBODY for indicators of none, None for the first one that the person
        enters for. Raises: NotFound - the person enters nothing, or not for that department.
        """
        with acting_reading(self._engine, self._person.id) as connection:
            return self._sheet(connection, department, month, kind, today)

    def save(self, sheet: FigureSheet, entries: Sequence[Entry], seen: Mapping[Key, int | None]) -> int:
        """Store entries that differ from what stands as drafts; how many.

        Raises: Conflict, Forbidden, InvalidRequest.
        """
        standing = {(row.indicator.code, row.park): row.shown for row in sheet.rows}
        changed = [one for one in entries if _differs(one, standing.get((one.indicator, one.park)))]
        with refusing(), acting(self._engine, self._person.id) as connection:
            for one in changed:
                key = (one.indicator, one.park)
                add_draft(
                    connection,
                    {**vars(one), "month": sheet.month, "kind": sheet.kind, "seen": seen.get(key)},
                )
            if changed:
                told = {"month": sheet.month, "kind": sheet.kind, "figures": [one.indicator for one in changed]}
                audit(connection, "figures.saved", f"month {sheet.month:%Y-%m}", told)
        return len(changed)

    def step(self, ids: Sequence[int], state: FigureState, reason: str | None = None) -> int:
        """Hand in, approve, return or withdraw figures, all or none; how many.

        Raises: Conflict - one was changed meanwhile; Forbidden; InvalidRequest - nothing is ticked, no reason.
        """
        if not ids:
            raise InvalidRequest(N_("There is no figure to do this with. Enter or tick one first."), parameter="figure")
        if state is FigureState.RETURNED and not (reason or "").strip():
            raise InvalidRequest(N_("Say why the figures go back."), parameter="reason")
        with refusing(), acting(self._engine, self._person.id) as connection:
            for one in ids:
                if not take_step(connection, one, state, reason):
                    raise _changed()
            audit(connection, f"figures.{state}", f"figures {ids[0]}", {"figures": list(ids), "reason": reason})
        return len(ids)

    def history(self, indicator: str, park: str | None, month: date, kind: FigureKind) -> Rows:
        """All that was ever stored of one figure, the newest first."""
        with acting_reading(self._engine, self._person.id) as connection:
            about = {"indicator": indicator, "park": park, "month": month, "kind": kind}
            return read_rows(connection, "figure_history", about)

    def _sheet(
        self, connection: Connection, asked: str | None, month: date, kind: FigureKind, today: date
    ) -> FigureSheet:
        at = {"as_of": today, "known_at": _ALL_TIME}
        indicators: Rows = read_rows(connection, "reported_indicators", at)
        parks: Rows = [row for row in read_rows(connection, "parks", {**at, "zone": None}) if self._may_tell(row)]
        departments = self._departments(indicators)
        department = self._chosen(asked, departments)
        own = [row for row in indicators if row.department == department]
        before = {(row.indicator, row.park): row for row in read_rows(connection, "figure_before", {"month": month})}
        stored: Rows = read_rows(connection, "figure_sheet", {"month": month, "kind": kind})
        slugs = {park.slug: park for park in parks}
        rows = _rows_held(own, stored, before, slugs) if self._is_held else _rows(own, stored, before, slugs)
        known = Known(
            {row.code: _rule(row) for row in own},
            frozenset(row.code for row in indicators) - {row.code for row in own},
            _park_names([row for row in read_rows(connection, "park_names", {}) if self._may_tell(row)]),
            {key: (row.value, row.month) for key, row in before.items()},
            takes_whole=not self._is_held,
        )
        return FigureSheet(department, month, kind, rows, parks, known, departments, own)

    @property
    def _is_held(self) -> bool:
        """Whether the person is held to some parks."""
        return bool(self._person.park_ids)

    def _may_tell(self, park: Any) -> bool:
        """Whether the person enters figures of a park: of the own ones, where the person is held to some."""
        return not self._is_held or park.park_id in self._person.park_ids

    def _departments(self, indicators: Rows) -> list[str | None]:
        """Departments that the person enters for: the own one; all of them for a head, who also decides."""
        all_of_them: list[str | None] = list(dict.fromkeys(row.department for row in indicators))
        if self._person.role is PersonRole.HEAD or self._person.may(Permission.REPORT_APPROVE):
            return [one for one in all_of_them if one] + [one for one in all_of_them if one is None]
        own = (self._person.department or "").strip().lower()
        return [one for one in all_of_them if one and one.strip().lower() == own]

    def _chosen(self, asked: str | None, departments: Sequence[str | None]) -> str | None:
        if not departments:
            raise NotFound(
                N_(
                    "No figures are reported by your department (%(department)s). The administrator sets the department"
                    " of an account; the list of who reports what is in the table figure_duties."
                ),
                department=self._person.department or "–",
            )
        if asked is None:
            return departments[0]
        wanted = None if asked == NOBODY else asked
        if wanted not in departments:
            raise NotFound(N_("You enter no figures for the department “%(department)s”."), department=asked[:80])
        return wanted


def _rows(own: Rows, stored: Rows, before: Mapping[Key, Any], parks: Mapping[str, Any]) -> list[SheetRow]:
    """A row for each indicator, and for each park of which there is a figure in this month or before."""
    told = {(row.indicator, row.park) for row in stored if row.state != FigureState.WITHDRAWN} | set(before)
    keys = [
        (indicator, park)
        for indicator in own
        for park in (None, *sorted(park for code, park in told if code == indicator.code and park))
    ]
    return _sheet_rows(keys, stored, before, parks)


def _rows_held(own: Rows, stored: Rows, before: Mapping[Key, Any], parks: Mapping[str, Any]) -> list[SheetRow]:
    """A row for each of the own parks and each indicator that is reported of parks; none of the whole province."""
    keys = [(indicator, park) for indicator in own if indicator.takes_parks for park in sorted(parks)]
    return _sheet_rows(keys, stored, before, parks)


def _sheet_rows(
    keys: Sequence[tuple[Any, str | None]], stored: Rows, before: Mapping[Key, Any], parks: Mapping[str, Any]
) -> list[SheetRow]:
    found: dict[tuple[Key, bool], Any] = {
        ((row.indicator, row.park), row.state == FigureState.APPROVED): row
        for row in stored
        if row.state != FigureState.WITHDRAWN
    }
    rows = []
    for indicator, park in keys:
        key = (indicator.code, park)
        work, approved = found.get((key, False)), found.get((key, True))
        rows.append(SheetRow(indicator, park, parks.get(park or ""), work, approved, before.get(key)))
    return rows


def _rule(row: Any) -> FigureRule:
    return FigureRule(
        row.code,
        UNIT_WORDS.get(row.unit, frozenset({row.unit})),
        row.is_share,
        row.takes_parks,
        row.jump_factor,
        row.is_share and row.accumulates == LAST,
    )


UNIT_WORDS = {
    "%": frozenset({"%"}),
    "vnd_bn": frozenset({"tỷ đồng", "VND bn"}),
    "usd_m": frozenset({"triệu USD", "USD m"}),
    "workers": frozenset({"lao động", "workers"}),
    "vnd_m_month": frozenset({"triệu đồng/tháng", "triệu đồng/người/tháng", "VND m/month"}),
    "tonne": frozenset({"tấn", "tonnes"}),
}
"""How the unit of an indicator is written in a workbook, in either language."""


def _park_names(rows: Rows) -> dict[str, str]:
    """Every name in lower case -> slug; a name of several parks names none."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(" ".join(row.name.casefold().split()), set()).add(row.slug)
    return {name: slugs.pop() for name, slugs in found.items() if len(slugs) == 1}


def _differs(entry: Entry, standing: Any) -> bool:
    if standing is None:
        return True
    same = (standing.value, standing.numerator, standing.denominator, standing.remark or "")
    return (entry.value, entry.numerator, entry.denominator, entry.remark) != same


@contextmanager
def refusing() -> Iterator[None]:
    """Refusals of the database as errors for people."""
    try:
        yield
    except StoreError as error:
        told = _refusal(code_of(error))
        if told is None:
            raise
        raise told from error


def _refusal(code: str | None) -> GeoAppError | None:
    if code == NO_RIGHT:
        return Forbidden(
            N_("Your account may not do this for this department or these parks. Ask the head of the department.")
        )
    if code == OWN:
        return Forbidden(
            N_("Who entered a figure does not approve it. Untick the figures that you entered; another head approves"
               " them.")
        )  # fmt: skip
    if code == MONTH:
        return InvalidRequest(
            N_("An actual figure is of a month that is over, an estimate of the running month; an update is of a day up"
               " to today."),
            parameter="month",
        )  # fmt: skip
    return _changed() if code in {CHANGED, NO_STEP} else None


def _changed() -> Conflict:
    return Conflict(
        N_("Somebody else has changed these figures meanwhile. Nothing of yours is lost: look at what stands now, and"
           " send again if it still holds.")
    )  # fmt: skip
