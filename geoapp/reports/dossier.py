"""What a dossier of a case is made of: plain facts, each text already in the language of the dossier."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from geoapp.reports.manifest import Manifest


class StepMark(StrEnum):
    """How sure the ground of a step is: written law, a reading of it, a choice of the product, or not seen."""

    LAW = "law"
    READING = "reading"
    OWN = "own"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Ground:
    """The land that a case is about. Areas in hectares; ``approximate``: its outline was not surveyed."""

    park: str
    communes: tuple[str, ...]
    plots: tuple["PlotLine", ...]
    area_ha: float | None
    approximate: bool


@dataclass(frozen=True)
class PlotLine:
    """One plot of a case. ``area_ha``: computed on the ellipsoid."""

    code: str
    area_ha: float | None
    state: str


@dataclass(frozen=True)
class Finding:
    """What the clock says: a sign, never a verdict.

    ``state``: in words; ``rule``: of the decision table, such as R9; ``law``: its text with the period in which it
    holds; ``day_count``: such as "day 401 of 365"; ``violation_area_ha``: None where it is not known.
    """

    state: str
    rule: str
    law: str
    day_count: str
    violation_area_ha: float | None


@dataclass(frozen=True)
class DatedFact:
    """One of the dates that matter (``domain.md`` 1.9). ``on``: None where the day is not known."""

    on: date | None
    what: str
    document: str
    until: date | None = None
    computed: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the working of the clock, such that a person can redo it by hand."""

    text: str
    on: date | None
    article: str
    mark: StepMark = StepMark.LAW


@dataclass(frozen=True)
class EventLine:
    """One event of a case. ``sha256``: the link of the chain that it makes, in hexadecimal."""

    number: int
    at: datetime
    who: str
    what: str
    reason: str
    sha256: str


@dataclass(frozen=True)
class PrintedPhoto:
    """A JPEG with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PhotoLine:
    """A photo with what it says of itself, held against the land.

    ``picture``: None where the file is not there or cannot be read;
    ``distance_m``: from the land, 0 inside; ``heading_deg``: clockwise from
    north; ``weak``: why it proves less than it could, none: all is there and fits.
    """

    sha256: str
    picture: PrintedPhoto | None
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    heading_deg: float | None
    distance_m: float | None
    sent_by: str = ""
    weak: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentLine:
    """A document of the land file."""

    about: str
    number: str
    on: date | None
    issued_by: str


@dataclass(frozen=True)
class Dossier:
    """A case as of one of its events, ready to be written.

    ``as_of``, ``known_at``: the two clocks; ``address``: what the QR opens; ``grounds``: the texts that a record of a
    check cites; ``map_png``: the map, drawn; ``is_demo``: some of it is demonstration data.
    """

    number: str
    event_number: int
    project: str
    investor: str
    ground: Ground
    finding: Finding
    as_of: date
    known_at: datetime
    manifest: Manifest
    address: str
    map_png: bytes
    language: str
    is_demo: bool
    unit: str = ""
    grounds: tuple[str, ...] = ()
    dates: tuple[DatedFact, ...] = ()
    steps: tuple[Step, ...] = ()
    events: tuple[EventLine, ...] = ()
    photos: tuple[PhotoLine, ...] = ()
    documents: tuple[DocumentLine, ...] = field(default=())
