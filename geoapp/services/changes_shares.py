"""The difference of a share over parks, explained park by park, and held against what is known of things on the ground.

A share is sum over sum. With V the share before and D the sum of denominators after, a park whose numerator and
denominator grew by n and d moves the share by (n - V d) / D; these effects add up to the difference exactly.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.services.changes import STEPS, ChangesRequest, Place, delta_by_park, find_place, surroundings
from geoapp.services.changes_figures import FIGURES, SHARE_FIGURES
from geoapp.services.changes_moments import Pair, choose_pair
from geoapp.services.pages import Frame, Rows
from geoapp.services.themes import part_unit
from geoapp.store.engine import reading
from geoapp.store.pages import read_rows

_BY_VALUE = "by_value"


@dataclass(frozen=True)
class ShareLevel:
    """A share at one moment: its parts, and how many parks of how many are counted."""

    numerator: Decimal
    denominator: Decimal
    counted: int
    parks: int

    @property
    def value(self) -> Fraction | None:
        """Per cent; None where nothing is counted."""
        return 100 * Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else None


@dataclass(frozen=True)
class ShareRow:
    """What one park does to the share in one step. ``effect`` in percentage points.

    ``explained``: what things on the ground say of the numerator; None where they cannot speak, because the park comes
    into the sum or leaves it.
    """

    step: str
    reason: str
    park: Any
    before: Any
    after: Any
    numerator: Decimal
    denominator: Decimal
    effect: Fraction | None
    explained: Decimal | None

    @property
    def unexplained(self) -> Decimal | None:
        """The rest of the numerator."""
        return None if self.explained is None else self.numerator - self.explained


@dataclass(frozen=True)
class ShareChanges:
    """The difference of a share: levels at the beginning, at the beginning as known later, and at the end."""

    indicator: str
    things: str
    unit: str
    method: Any
    other_methods: int
    pair: Pair
    place: Place
    levels: tuple[ShareLevel, ShareLevel, ShareLevel]
    rows: Sequence[ShareRow]
    not_renewed: int
    is_reconciled: bool

    @property
    def delta(self) -> Fraction | None:
        """The difference in percentage points; None where one of both cannot be reckoned."""
        first, last = self.levels[0].value, self.levels[2].value
        return None if first is None or last is None else last - first

    @property
    def numerator(self) -> Decimal:
        """The difference of the numerators."""
        return self.levels[2].numerator - self.levels[0].numerator

    @property
    def explained(self) -> Decimal:
        """What of the numerator is explained by things."""
        return sum((row.explained for row in self.rows if row.explained is not None), Decimal(0))

    @property
    def unexplained(self) -> Decimal:
        """What of the numerator things do not explain, in parks that are counted before and after."""
        return sum((row.unexplained for row in self.rows if row.unexplained is not None), Decimal(0))

    @property
    def moved(self) -> Decimal:
        """What of the numerator comes from parks that came into the sum or left it."""
        return sum((row.numerator for row in self.rows if row.explained is None), Decimal(0))

    @property
    def has_demo(self) -> bool:
        """Whether any figure is demonstration."""
        return any(side and side.quality == "demo" for row in self.rows for side in (row.before, row.after))


@dataclass(frozen=True)
class SharePage:
    """The page: a difference of a share, the map of the things behind it, and what can be chosen."""

    changes: ShareChanges
    frame: Frame
    zones: Rows
    parks: Rows


def build_share_page(engine: Engine, request: ChangesRequest) -> SharePage:
    """The difference of a share. Raises: InvalidRequest, NotFound."""
    with reading(engine) as connection:
        pair = choose_pair(connection, request.pair)
        place = find_place(connection, request, pair)
        changes = explain_share(connection, request.figure, pair, place)
        return SharePage(changes, *surroundings(connection, pair, place))


def explain_share(connection: Connection, indicator: str, pair: Pair, place: Place) -> ShareChanges:
    """The parts of the difference of a share; only figures of one method are counted: that of most parks at the end."""
    about = {"indicator": indicator, "parks": None if place.parks is None else list(place.parks)}
    points = [read_rows(connection, "changes_shares", {**point, **about}) for point in pair.points]
    method, others = _method_of_most(points[2])
    levels = tuple(_level(rows, method) for rows in points)
    things = _things(connection, indicator, method, pair, place)
    rows: list[ShareRow] = []
    for number, step in enumerate(STEPS):
        rows += _rows(step, method, (points[number], points[number + 1]), (levels[number], levels[number + 1]), things)
    first, _, last = points
    return ShareChanges(
        indicator,
        SHARE_FIGURES[indicator],
        part_unit(indicator, method.method if method else None),
        method,
        others,
        pair,
        place,
        (levels[0], levels[1], levels[2]),
        rows,
        _not_renewed(first, last, method),
        things is not None,
    )


def _things(
    connection: Connection, indicator: str, method: Any, pair: Pair, place: Place
) -> Mapping[tuple[int, str], Decimal] | None:
    """By park and step what things say of the numerator; None where numerator and things are in different units."""
    if method is None or (indicator == "infrastructure_completeness" and method.method != _BY_VALUE):
        return None
    return delta_by_park(connection, FIGURES[SHARE_FIGURES[indicator]], pair, place)


def _method_of_most(rows: Rows) -> tuple[Any, int]:
    """A row with the method of most parks, and how many parks have a figure of another one."""
    usable = [row for row in rows if _is_usable(row)]
    counts = Counter(row.method or "" for row in usable)
    if not counts:
        return None, 0
    most = min(counts, key=lambda code: (-counts[code], code))
    return next(row for row in usable if (row.method or "") == most), len(usable) - counts[most]


def _is_usable(row: Any) -> bool:
    return row.numerator is not None and row.denominator is not None and not row.is_stale


def _is_counted(row: Any, method: Any) -> bool:
    return row is not None and method is not None and _is_usable(row) and row.method == method.method


def _level(rows: Rows, method: Any) -> ShareLevel:
    counted = [row for row in rows if _is_counted(row, method)]
    return ShareLevel(
        sum((row.numerator for row in counted), Decimal(0)),
        sum((row.denominator for row in counted), Decimal(0)),
        len(counted),
        len(rows),
    )


def _rows(
    step: str,
    method: Any,
    sides: tuple[Rows, Rows],
    levels: tuple[ShareLevel, ShareLevel],
    things: Mapping[tuple[int, str], Decimal] | None,
) -> list[ShareRow]:
    before, after = ({row.park_id: row for row in side} for side in sides)
    share, below = levels[0].value, levels[1].denominator
    found = []
    for park_id in dict.fromkeys([*before, *after]):
        was, now = before.get(park_id), after.get(park_id)
        numerator, denominator = (_part(now, method, name) - _part(was, method, name) for name in _PARTS)
        if not (_is_counted(was, method) or _is_counted(now, method)):
            continue
        reason = _reason(was, now, method)
        said = things.get((park_id, step), Decimal(0)) if things is not None and reason == "figures" else None
        if not (numerator or denominator or said):
            continue
        effect = None
        if share is not None and below:
            effect = (100 * Fraction(numerator) - share * Fraction(denominator)) / Fraction(below)
        found.append(ShareRow(step, reason, now or was, was, now, numerator, denominator, effect, said))
    return found


_PARTS = ("numerator", "denominator")


def _part(row: Any, method: Any, name: str) -> Decimal:
    return getattr(row, name) if _is_counted(row, method) else Decimal(0)


def _reason(was: Any, now: Any, method: Any) -> str:
    """Why the park does what it does to the sum."""
    counted_before, counted_after = _is_counted(was, method), _is_counted(now, method)
    if counted_before == counted_after:
        return "figures"
    other = was if counted_after else now
    if other is not None and _is_usable(other):
        return "method"
    if counted_after:
        return "entered"
    return "stale" if other is not None and other.is_stale else "missing"


def _not_renewed(first: Rows, last: Rows, method: Any) -> int:
    """Parks whose newest figure is the same at both moments: nothing new was handed in."""
    known = {row.park_id: row.valid_on for row in first}
    return sum(_is_counted(row, method) and known.get(row.park_id) == row.valid_on for row in last)
