"""Judging monthly figures before they are stored, typed into a form or a workbook: every fault with its place.

Nothing is put right silently and nothing is dropped: what is refused goes back to who typed it, with what was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from geoapp.core.figure_numbers import Convention, NumberFault, parse_number
from geoapp.core.months import end_of_month
from geoapp.core.plan_kinds import FigureKind

VALUE, NUMERATOR, DENOMINATOR, REMARK = "value", "numerator", "denominator", "remark"
INDICATOR, PARK, UNIT, MONTH = "indicator", "park", "unit", "month"
NUMBERS = (VALUE, NUMERATOR, DENOMINATOR)
LONGEST_REMARK = 2000


class FaultKind(StrEnum):
    """What is wrong with a figure."""

    UNKNOWN_INDICATOR = "unknown_indicator"
    OTHER_DEPARTMENT = "other_department"
    UNKNOWN_PARK = "unknown_park"
    NOT_BY_PARK = "not_by_park"
    WHOLE_PROVINCE = "whole_province"
    WRONG_UNIT = "wrong_unit"
    NOT_A_NUMBER = "not_a_number"
    OTHER_CONVENTION = "other_convention"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    PART_MISSING = "part_missing"
    OVER_WHOLE = "over_whole"
    EXTRA_NUMBER = "extra_number"
    DUPLICATE = "duplicate"
    JUMP = "jump"
    REMARK_TOO_LONG = "remark_too_long"
    FUTURE_MONTH = "future_month"
    MONTH_NOT_OVER = "month_not_over"
    MONTH_OVER = "month_over"


@dataclass(frozen=True)
class FigureRule:
    """What an indicator allows. ``units``: words that name its unit; ``begins_anew``: cumulative in the year."""

    code: str
    units: frozenset[str]
    is_share: bool
    takes_parks: bool
    jump_factor: float
    begins_anew: bool = False


@dataclass(frozen=True)
class Known:
    """What typed figures are held against.

    ``rules``: what may be entered here; ``elsewhere``: indicators of other departments; ``parks``: every name of a park
    in lower case -> its slug; ``before``: (indicator, slug or None) -> the figure before and its month;
    ``takes_whole``: whether who types enters figures of the whole province, not of some parks only.
    """

    rules: Mapping[str, FigureRule]
    elsewhere: frozenset[str]
    parks: Mapping[str, str]
    before: Mapping[tuple[str, str | None], tuple[float, date]]
    takes_whole: bool = True


@dataclass(frozen=True)
class Typed:
    """A row as it was typed. ``place``: of the row; ``cells``: field -> cell, where it comes from a workbook."""

    place: str
    indicator: str
    park: str = ""
    unit: str | None = None
    numbers: Mapping[str, str | float] = field(default_factory=dict)
    remark: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong: in which row and field, what was found there, and what was expected, as the words need it."""

    place: str
    field: str
    kind: FaultKind
    found: str
    expected: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Entry:
    """A figure that may be stored."""

    place: str
    indicator: str
    park: str | None
    value: float
    numerator: float | None
    denominator: float | None
    remark: str


def check_month(month: date, kind: FigureKind, today: date) -> Fault | None:
    """An actual figure is of a month that is over, an estimate of the running one; nothing is of the future."""
    told = f"{month.month:02d}/{month.year}"
    if month > today:
        return Fault("", MONTH, FaultKind.FUTURE_MONTH, told)
    is_over = end_of_month(month) < today
    if kind is FigureKind.ACTUAL and not is_over:
        return Fault("", MONTH, FaultKind.MONTH_NOT_OVER, told, (end_of_month(month) + timedelta(days=1)).isoformat())
    if kind is FigureKind.ESTIMATE and is_over:
        return Fault("", MONTH, FaultKind.MONTH_OVER, told)
    return None


def check_rows(
    rows: Sequence[Typed], known: Known, convention: Convention, month: date
) -> tuple[list[Entry], list[Fault]]:
    """Rows that may be stored, and all faults; a row without any number is nobody's, and left out."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str | None], str] = {}
    for row in rows:
        if not any(str(number).strip() for number in row.numbers.values()):
            continue
        found = _check_row(row, known, convention, month)
        if isinstance(found, Entry):
            key = (found.indicator, found.park)
            first = seen.setdefault(key, row.place)
            if first != row.place:
                faults.append(_fault(row, INDICATOR, FaultKind.DUPLICATE, row.indicator, first))
            else:
                entries.append(found)
        else:
            faults += found
    return entries, faults


def _check_row(row: Typed, known: Known, convention: Convention, month: date) -> Entry | list[Fault]:
    rule = known.rules.get(row.indicator)
    if rule is None:
        other = row.indicator in known.elsewhere
        kind = FaultKind.OTHER_DEPARTMENT if other else FaultKind.UNKNOWN_INDICATOR
        return [_fault(row, INDICATOR, kind, row.indicator)]
    slug = known.parks.get(_plain(row.park)) if row.park.strip() else None
    faults = _about(row, rule, slug)
    if not row.park.strip() and not known.takes_whole:
        faults.append(_fault(row, PARK, FaultKind.WHOLE_PROVINCE, ""))
    numbers, wrong = _numbers(row, rule, convention)
    faults += wrong
    if faults:
        return faults
    entry = _entry(row, rule, slug, numbers)
    jump = _jump(entry, rule, known, month)
    return [_fault(row, REMARK, FaultKind.JUMP, str(entry.value), jump)] if jump else entry


def _about(row: Typed, rule: FigureRule, slug: str | None) -> list[Fault]:
    """Faults of all that is no number."""
    faults = []
    if row.park.strip() and slug is None:
        faults.append(_fault(row, PARK, FaultKind.UNKNOWN_PARK, row.park))
    elif slug is not None and not rule.takes_parks:
        faults.append(_fault(row, PARK, FaultKind.NOT_BY_PARK, row.park))
    if row.unit is not None and _plain(row.unit) not in {_plain(unit) for unit in rule.units}:
        faults.append(_fault(row, UNIT, FaultKind.WRONG_UNIT, row.unit, rule.code))
    if len(row.remark) > LONGEST_REMARK:
        faults.append(_fault(row, REMARK, FaultKind.REMARK_TOO_LONG, str(len(row.remark)), str(LONGEST_REMARK)))
    return faults


def _numbers(row: Typed, rule: FigureRule, convention: Convention) -> tuple[dict[str, float], list[Fault]]:
    wanted = (NUMERATOR, DENOMINATOR) if rule.is_share else (VALUE,)
    numbers: dict[str, float] = {}
    faults: list[Fault] = []
    for name in NUMBERS:
        typed = row.numbers.get(name, "")
        if not str(typed).strip():
            if name in wanted:
                faults.append(_fault(row, name, FaultKind.PART_MISSING, ""))
            continue
        if name not in wanted:
            faults.append(_fault(row, name, FaultKind.EXTRA_NUMBER, str(typed)))
            continue
        number = parse_number(typed, convention)
        if isinstance(number, NumberFault):
            faults.append(_fault(row, name, FaultKind(number), str(typed), convention))
        else:
            numbers[name] = number
    if not faults and rule.is_share and (numbers[DENOMINATOR] <= 0 or numbers[NUMERATOR] > numbers[DENOMINATOR]):
        faults.append(_fault(row, NUMERATOR, FaultKind.OVER_WHOLE, str(row.numbers[NUMERATOR])))
    return numbers, faults


def _entry(row: Typed, rule: FigureRule, slug: str | None, numbers: Mapping[str, float]) -> Entry:
    numerator, denominator = numbers.get(NUMERATOR), numbers.get(DENOMINATOR)
    value = numbers[VALUE] if numerator is None or denominator is None else round(100 * numerator / denominator, 2)
    return Entry(row.place, rule.code, slug, value, numerator, denominator, row.remark.strip())


def _jump(entry: Entry, rule: FigureRule, known: Known, month: date) -> str:
    """The figure before, where this one is so far from it that a remark is needed and there is none; else nothing."""
    before, when = known.before.get((entry.indicator, entry.park), (None, None))
    if entry.remark or not before or when is None or (rule.begins_anew and when.year != month.year):
        return ""
    times = entry.value / before
    return str(before) if times > rule.jump_factor or times < 1 / rule.jump_factor else ""


def _fault(row: Typed, name: str, kind: FaultKind, found: str, expected: str = "") -> Fault:
    return Fault(row.place, name, kind, found, expected, row.cells.get(name, ""))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
