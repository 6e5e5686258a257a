"""What a periodic report says, apart from how it looks: sections, tables, charts, maps, and figures by reference.

A content is plain frozen data: the same content gives the same JSON (``core/report_json.py``) and the same files. Texts
are in one language, that of the report. What people write is not in it: a ``Blank`` names the place, and whoever makes
the file hands the texts in by these names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar


class ReportKind(StrEnum):
    """The period of a report."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class RowId:
    """A row that a figure is made of. ``kind``: such as observation, project, park; ``id``: as it is named there."""

    kind: str
    id: str


@dataclass(frozen=True)
class Figure:
    """One number of a report.

    ``ref``: unique in the report, printed beside the number; ``value``: None where there is none, and then ``missing``
    says why; ``unit``: as it is printed; ``decimals``: as it is rounded in print; ``as_of``: the day the number is
    true; ``quality``: a code; ``source``: title of where it comes from; ``method``: a sentence; ``rows``: what makes it
    up; ``link``: path of the page or map that shows it as of the same two clocks, from the root of the site;
    ``is_change``: a difference, which is printed with its sign.
    """

    ref: str
    title: str
    value: float | None
    unit: str
    decimals: int
    missing: str = ""
    as_of: date | None = None
    quality: str | None = None
    source: str = ""
    method: str = ""
    rows: tuple[RowId, ...] = ()
    link: str = ""
    is_change: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence: a text, or the figure ``ref`` with its unit where ``with_unit``."""

    text: str = ""
    ref: str = ""
    with_unit: bool = True


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Blank:
    """A named place that people fill in; ``hint`` says what belongs there. Empty, it prints a line of dots."""

    key: str
    hint: str


@dataclass(frozen=True)
class TableAt:
    """Here stands the table ``key``."""

    key: str


@dataclass(frozen=True)
class ChartAt:
    """Here stands the chart ``key``."""

    key: str


@dataclass(frozen=True)
class MapAt:
    """Here stands the map ``key``."""

    key: str


Block = Text | Blank | TableAt | ChartAt | MapAt


@dataclass(frozen=True)
class Section:
    """A part with its heading. ``level``: 1 for I. II., 2 for 1. 2., 3 for a) b); ``number``: as it is printed."""

    key: str
    level: int
    number: str
    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``unit``: where all its numbers have one; ``is_number``: its cells are figures; ``day``: the day that its head
    names, where that is not the day of the table.
    """

    key: str
    title: str
    unit: str = ""
    is_number: bool = True
    day: date | None = None


@dataclass(frozen=True)
class Cell:
    """A cell: a figure, or a text; with both the text stands before the figure, as in ≥ 10."""

    text: str = ""
    ref: str = ""
    with_unit: bool = False


@dataclass(frozen=True)
class Row:
    """A row, with as many cells as the table has columns. ``is_total``: it is the sum of others."""

    key: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class SumRule:
    """Row ``total`` is the sum of the rows ``parts`` in the columns ``columns``."""

    total: str
    parts: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ShareRule:
    """In every row ``column`` is 100 * ``numerator`` / ``denominator``, both columns of the same table."""

    column: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class DifferenceRule:
    """In every row ``column`` is ``now`` less ``then``, both columns of the same table."""

    column: str
    now: str
    then: str


@dataclass(frozen=True)
class Table:
    """A table.

    ``cut_off``: the line under its title that says to which day; ``by_place``: figures are referred to by row and
    column, and cells carry no reference of their own; ``is_wide``: it needs a page that lies across.
    """

    key: str
    title: str
    cut_off: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: tuple[SumRule, ...] = ()
    shares: tuple[ShareRule, ...] = ()
    differences: tuple[DifferenceRule, ...] = ()
    notes: tuple[str, ...] = ()
    by_place: bool = False
    is_wide: bool = False


@dataclass(frozen=True)
class ChartPoint:
    """A point of a chart. ``ref``: the figure of the report that it is, where it is one."""

    day: date
    value: float
    ref: str = ""


@dataclass(frozen=True)
class ChartLine:
    """A series of a chart, oldest first."""

    key: str
    title: str
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class Chart:
    """A chart over time. ``targets``: values that are drawn as lines across; ``link``: the page of its figures."""

    key: str
    title: str
    unit: str
    lines: tuple[ChartLine, ...]
    targets: tuple[float, ...] = ()
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class MapSheet:
    """A map: which layers of the catalogue, in drawing order; ``park``: of one park, None: the province."""

    key: str
    title: str
    layers: tuple[str, ...]
    park: str | None = None
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Annex:
    """An appendix. ``number``: I, II, …; ``is_wide``: its pages lie across."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True)
class SourceNote:
    """A source that figures of the report come from.

    ``published``: when, as the source has it; ``last``: the newest day of its figures.
    """

    title: str
    publisher: str = ""
    published: str = ""
    address: str = ""
    last: date | None = None
    has_demo: bool = False


_Keyed = TypeVar("_Keyed", Table, Chart, MapSheet)


@dataclass(frozen=True)
class Content:
    """A report. ``first``, ``last``: of the period; ``as_of``: the day of its data, earlier where it is not over.

    ``known_at``: nothing that was stored later counts; ``subject``: what the report is about (trích yếu); ``period``:
    its name, such as tháng 10/2026.
    """

    kind: ReportKind
    first: date
    last: date
    as_of: date
    known_at: datetime
    language: str
    subject: str
    period: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    annexes: tuple[Annex, ...]
    charts: tuple[Chart, ...]
    maps: tuple[MapSheet, ...]
    sources: tuple[SourceNote, ...]
    notes: tuple[str, ...]
    has_demo: bool = False

    @cached_property
    def by_ref(self) -> Mapping[str, Figure]:
        """The figures by reference."""
        return {figure.ref: figure for figure in self.figures}

    @property
    def is_over(self) -> bool:
        """Whether the data reach the end of the period."""
        return self.as_of >= self.last

    def figure(self, ref: str) -> Figure:
        """A figure. Raises: KeyError - the report has none of that reference."""
        return self.by_ref[ref]

    def table(self, key: str) -> Table:
        """A table. Raises: KeyError - the report has none of that name."""
        return _with_key(self.tables, key)

    def chart(self, key: str) -> Chart:
        """A chart. Raises: KeyError - the report has none of that name."""
        return _with_key(self.charts, key)

    def map(self, key: str) -> MapSheet:
        """A map. Raises: KeyError - the report has none of that name."""
        return _with_key(self.maps, key)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The places that people fill in, in the order of the document."""
        parts: tuple[Section | Annex, ...] = (*self.sections, *self.annexes)
        return tuple(block for part in parts for block in part.blocks if isinstance(block, Blank))


def _with_key(things: tuple[_Keyed, ...], key: str) -> _Keyed:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)


@dataclass(frozen=True)
class Picture:
    """A picture for a chart or a map of a report: PNG, in its size on paper."""

    png: bytes
    width_mm: float
    height_mm: float
