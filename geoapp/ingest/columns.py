"""What a table of a bundle is declared with: columns, their kinds, the geometry of a table."""

from dataclasses import dataclass
from enum import StrEnum

from geoapp import kinds


class Kind(StrEnum):
    """How the text of a cell is understood."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"
    LIST = "list"


class Shape(StrEnum):
    """Geometry that a table carries; polygons become multipolygons."""

    NONE = "none"
    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
    ANY = "any"


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, whether a cell may be empty, the allowed values, and what it means."""

    name: str
    kind: Kind
    means: str
    required: bool = False
    choices: type[StrEnum] | None = None


@dataclass(frozen=True)
class Table:
    """One table of a bundle. ``key`` names the columns that identify the thing a row is about."""

    name: str
    means: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    shape: Shape = Shape.NONE
    geometry_required: bool = False
    versioned: bool = False


def text_column(name: str, means: str, *, required: bool = False, choices: type[StrEnum] | None = None) -> Column:
    """A column of text, or of one of the choices."""
    return Column(name, Kind.TEXT, means, required, choices)


def number_column(name: str, means: str, *, required: bool = False) -> Column:
    """A column of numbers."""
    return Column(name, Kind.NUMBER, means, required)


VALID = (
    Column("valid_from", Kind.DATE, "first day on which the row holds; empty: held before all we know"),
    Column("valid_to", Kind.DATE, "first day on which it no longer holds; empty: until the next row, or still"),
)
TRUST = (
    text_column("quality", "how sure; empty: the quality of the bundle", choices=kinds.Quality),
    text_column("source", "key of a row in sources; empty: the source of the bundle"),
    text_column("note", "what a reader should know"),
)
VERSION = VALID + TRUST
