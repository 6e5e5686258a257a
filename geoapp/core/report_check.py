"""Whether a report adds up: totals are the sums of their parts, shares and differences what their columns give."""

from collections.abc import Mapping
from dataclasses import dataclass

from geoapp.core.report_model import Content, DifferenceRule, Figure, Row, ShareRule, SumRule, Table
from geoapp.errors import N_

_SUM = N_("%(table)s, row “%(row)s”, column “%(column)s”: the total is %(found)s, its parts add up to %(expected)s.")
_SHARE = N_("%(table)s, row “%(row)s”, column “%(column)s”: the share is %(found)s, its parts give %(expected)s.")
_LESS = N_("%(table)s, row “%(row)s”, column “%(column)s”: the difference is %(found)s, its columns give %(expected)s.")
_LOST = N_("%(table)s, row “%(row)s”, column “%(column)s”: the report has no figure %(found)s.")
# Beside the rounding of print: what sums of floating point may lose.
_GRAIN = 1e-9


@dataclass(frozen=True)
class ContentFault:
    """Where a report does not add up. ``table``, ``row``, ``column``: as they are printed; ``template``: the reason."""

    table: str
    row: str
    column: str
    template: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.template % self.params


def check_content(content: Content) -> tuple[ContentFault, ...]:
    """All places where the report does not add up; none: it does.

    Numbers are compared as they are printed: a total may differ from the sum of its printed parts by half a unit of
    the last place for each part and for itself. A sum with parts that are missing is that of the others.
    """
    return tuple(fault for table in content.tables for fault in _Checker(content, table).faults())


class _Checker:
    """One table with its rules."""

    def __init__(self, content: Content, table: Table) -> None:
        self._content, self._table = content, table
        self._places = {column.key: place for place, column in enumerate(table.columns)}
        self._rows = {row.key: row for row in table.rows}

    def faults(self) -> list[ContentFault]:
        """What is wrong in it."""
        lost = self._lost()
        if lost:
            return lost
        found = [self._sum(rule, column) for rule in self._table.sums for column in rule.columns]
        found += [self._share(rule, row) for rule in self._table.shares for row in self._table.rows]
        found += [self._difference(rule, row) for rule in self._table.differences for row in self._table.rows]
        return [fault for fault in found if fault]

    def _lost(self) -> list[ContentFault]:
        """Cells that name a figure which is not there."""
        known = self._content.by_ref
        return [
            self._fault(_LOST, row, column.key, cell.ref, 0)
            for row in self._table.rows
            for column, cell in zip(self._table.columns, row.cells, strict=True)
            if cell.ref and cell.ref not in known
        ]

    def _figure(self, row: Row, column: str) -> Figure | None:
        """The figure of a cell, where it has a value."""
        ref = row.cells[self._places[column]].ref
        figure = self._content.by_ref[ref] if ref else None
        return figure if figure is not None and figure.value is not None else None

    def _sum(self, rule: SumRule, column: str) -> ContentFault | None:
        row = self._rows[rule.total]
        whole = self._figure(row, column)
        parts = [part for key in rule.parts if (part := self._figure(self._rows[key], column))]
        if whole is None or not parts:
            return None
        expected = sum(printed(part) for part in parts)
        allowed = sum(half(part) for part in parts) + half(whole)
        if abs(printed(whole) - expected) <= allowed + _GRAIN * max(1.0, abs(expected)):
            return None
        return self._fault(_SUM, row, column, printed(whole), round(expected, whole.decimals))

    def _share(self, rule: ShareRule, row: Row) -> ContentFault | None:
        share, top, base = (self._figure(row, name) for name in (rule.column, rule.numerator, rule.denominator))
        if share is None or top is None or base is None or not base.value:
            return None
        ends = [
            100 * (printed(top) + a * half(top)) / lower
            for a in (-1, 1)
            for b in (-1, 1)
            if (lower := printed(base) + b * half(base)) > 0
        ]
        slack = half(share) + _GRAIN * 100
        if not ends or min(ends) - slack <= printed(share) <= max(ends) + slack:
            return None
        expected = round(100 * printed(top) / printed(base), share.decimals) if printed(base) else 0.0
        return self._fault(_SHARE, row, rule.column, printed(share), expected)

    def _difference(self, rule: DifferenceRule, row: Row) -> ContentFault | None:
        less, now, then = (self._figure(row, name) for name in (rule.column, rule.now, rule.then))
        if less is None or now is None or then is None:
            return None
        expected = printed(now) - printed(then)
        if abs(printed(less) - expected) <= half(less) + half(now) + half(then) + _GRAIN * max(1.0, abs(expected)):
            return None
        return self._fault(_LESS, row, rule.column, printed(less), round(expected, less.decimals))

    def _fault(self, template: str, row: Row, column: str, found: object, expected: float) -> ContentFault:
        titles = [cell.text for cell in row.cells if cell.text and not cell.ref]
        name = next((title for title in titles if not title.isdigit()), row.key)
        head = self._table.columns[self._places[column]].title
        params = {"table": self._table.title, "row": name, "column": head, "found": found, "expected": expected}
        return ContentFault(self._table.title, name, head, template, params)


def printed(figure: Figure) -> float:
    """A value as it is printed. Example: 5.004 with two decimals is 5.0."""
    return round(figure.value or 0.0, figure.decimals)


def half(figure: Figure) -> float:
    """Half a unit of the last place that is printed."""
    return 0.5 * 10.0**-figure.decimals
