"""What a map sheet is asked for: the state of a map page, and the paper it goes on. Plain data, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from geoapp.catalog.model import View
from geoapp.core.box import Box
from geoapp.core.permissions import VISITOR, Reader
from geoapp.services.moment import Asked
from geoapp.services.snapshot.own import OwnMap


class SheetFile(StrEnum):
    """The files that a map can be taken as."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    ZIP = "zip"
    """A PNG with the files that place it in a GIS."""
    HTML = "html"
    """The map itself, in one file."""


class SheetContent(StrEnum):
    """What stands on the paper."""

    MAP = "map"
    PAGE = "page"
    """The page of a park: its map and its figures."""


class PaperName(StrEnum):
    """ISO 216, by name."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
    A1 = "a1"


class Orientation(StrEnum):
    """Which way round the paper lies."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


PAPER_MM: dict[PaperName, tuple[int, int]] = {
    PaperName.A4: (210, 297),
    PaperName.A3: (297, 420),
    PaperName.A2: (420, 594),
    PaperName.A1: (594, 841),
}
"""Short side, long side."""
SCALES = (1_000, 2_000, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000)
"""The denominators that a dialog offers; any whole thousand between is taken."""
LEAST_SCALE, MOST_SCALE = 1_000, 1_000_000
DPI = (96, 150, 200, 300, 600)
LEAST_DPI, MOST_DPI = 50, 600
USUAL_DPI = 200
MOST_TEXT = 120


@dataclass(frozen=True)
class SheetPlace:
    """The page whose map it is: the province, or a zone or park by its name in addresses."""

    view: View
    slug: str | None = None

    @property
    def park(self) -> str | None:
        """The park, on the page of one."""
        return self.slug if self.view is View.PARK else None

    @property
    def zone(self) -> str | None:
        """The zone, on the page of one."""
        return self.slug if self.view is View.ZONE else None

    @property
    def name(self) -> str:
        """A name for files."""
        return self.slug or "ninh-binh"


@dataclass(frozen=True)
class Look:
    """How the layers are on the screen.

    ``layers``: ids of those that are on, in no order; None: as the page opens. ``hidden``: keys of classes that are
    hidden, by layer. ``opacity``: 0..1, by layer. ``parks``: names of the parks that the list is filtered to.
    """

    layers: tuple[str, ...] | None = None
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opacity: Mapping[str, float] = field(default_factory=dict)
    parks: frozenset[str] | None = None


@dataclass(frozen=True)
class Ground:
    """What lies in the frame of the map: a box in degrees, or a place (lon, lat) at a true scale; None: as the page."""

    box: Box | None = None
    at: tuple[float, float] | None = None
    scale: int | None = None


@dataclass(frozen=True)
class PaperAsked:
    """The paper, and how fine a picture is. ``title``, ``maker``: as typed; None: what the page is called, nobody."""

    name: PaperName = PaperName.A4
    orientation: Orientation = Orientation.LANDSCAPE
    dpi: int = USUAL_DPI
    title: str | None = None
    maker: str | None = None

    @property
    def size_mm(self) -> tuple[int, int]:
        """Width and height in millimetres."""
        short, long = PAPER_MM[self.name]
        return (long, short) if self.orientation is Orientation.LANDSCAPE else (short, long)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of a picture of it."""
        width, height = self.size_mm
        return round(width / 25.4 * self.dpi), round(height / 25.4 * self.dpi)


@dataclass(frozen=True)
class Earlier:
    """Another day that a map is held against. ``base``: a second map beside it; ``since``: changes are marked on it."""

    base: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class SnapshotRequest:
    """One map on paper, or in one file.

    ``site``: what the address in the code begins with; empty: no code. ``own``: the map of a page with a layer of its
    own; then ``place`` is the province.
    """

    place: SheetPlace
    asked: Asked
    language: str
    look: Look = field(default_factory=Look)
    ground: Ground = field(default_factory=Ground)
    paper: PaperAsked = field(default_factory=PaperAsked)
    reader: Reader = VISITOR
    site: str = ""
    content: SheetContent = SheetContent.MAP
    earlier: Earlier = field(default_factory=Earlier)
    own: OwnMap | None = None


@dataclass(frozen=True)
class SnapshotFile:
    """A file that was made. ``name``: without folders."""

    body: bytes
    media_type: str
    name: str
