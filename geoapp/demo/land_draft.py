"""A land file being written: events in the order in which they are told, each with a document made up for it."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from geoapp.core.months import months_before
from geoapp.demo.projects import Project
from geoapp.kinds import LandEventKind as Kind

Fact = str | float | int | bool | date | None

# What the document of a kind is called, and who issues it; the numbers are made up.
_DOCUMENTS: dict[Kind, tuple[str, str]] = {
    Kind.LAND_BASIS: ("HĐ-TLĐ", "Chủ đầu tư hạ tầng (minh họa)"),
    Kind.ALLOCATION: ("QĐ-UBND", "UBND tỉnh (minh họa)"),
    Kind.HANDOVER: ("BB-BGĐ", "Chủ đầu tư hạ tầng (minh họa)"),
    Kind.NO_HANDOVER: ("BB-LV", "Ban Quản lý (minh họa)"),
    Kind.PROGRESS: ("GCNĐKĐT", "Ban Quản lý (minh họa)"),
    Kind.PROGRESS_CHANGE: ("GCNĐKĐT-ĐC", "Ban Quản lý (minh họa)"),
    Kind.CONSTRUCTION_START: ("TB-KC", "Nhà đầu tư minh họa"),
    Kind.COMPLETION: ("BBNT", "Nhà đầu tư minh họa"),
    Kind.FORCE_MAJEURE: ("QĐ-UBND", "Chủ tịch UBND tỉnh (minh họa)"),
    Kind.AUTHORITY_DELAY: ("BB-LV", "Ban Quản lý (minh họa)"),
    Kind.CHECK: ("QĐ-KT", "Sở Nông nghiệp và Môi trường (minh họa)"),
    Kind.EXTENSION_REQUEST: ("CV-ĐN", "Nhà đầu tư minh họa"),
    Kind.EXTENSION: ("QĐ-UBND", "UBND tỉnh (minh họa)"),
    Kind.PAYMENT: ("GNT", "Kho bạc Nhà nước (minh họa)"),
    Kind.PUBLICATION: ("DS-UBND", "UBND tỉnh (minh họa)"),
    Kind.TERMINATION: ("QĐ-BQL", "Ban Quản lý (minh họa)"),
    Kind.SPECIAL_REGIME: ("TB-UBND", "UBND tỉnh (minh họa)"),
}


@dataclass(frozen=True)
class LandEvent:
    """One event; ``facts`` are further columns of the table, ``portion`` None for the whole project."""

    code: str
    kind: Kind
    on: date | None
    portion: str | None
    facts: dict[str, Fact]


@dataclass(frozen=True)
class Portion:
    """A part of a project: its code, area in ha and the codes of its plots."""

    code: str
    area_ha: float
    plots: tuple[str, ...]


@dataclass
class Draft:
    """The file of one project as it grows. ``last``: the last day of the set, after which nothing has happened."""

    project: Project
    last: date
    dice: random.Random
    events: list[LandEvent] = field(default_factory=list)
    portions: tuple[Portion, ...] = ()

    def tell(self, kind: Kind, on: date | None, *, portion: str | None = None, **facts: Fact) -> str:
        """Add an event that has happened by the last day; its code. A document is made up unless one is given."""
        code = f"{len(self.events) + 1:02d}"
        if kind in _DOCUMENTS and "document_no" not in facts:
            name, issuer = _DOCUMENTS[kind]
            year = (on or self.project.leased_on).year
            facts |= {"document_no": f"{self.dice.randint(11, 2890)}/{year}/{name}", "issued_by": issuer}
        self.events.append(LandEvent(code, kind, on, portion, facts))
        return code

    def promise(self, end: date, portion: str | None = None) -> None:
        """The end of the progress as the certificate names it."""
        self.tell(Kind.PROGRESS, self.project.licensed_on, portion=portion, progress_form="date", progress_end_on=end)

    def begin_works(self) -> None:
        """Construction has begun, where it has by the last day."""
        built = self.project.built_on
        if built and built <= self.last:
            self.tell(Kind.CONSTRUCTION_START, built, evidence="Thông báo khởi công và ảnh hiện trường")

    def days(self, least: int, most: int) -> timedelta:
        """Some days by chance."""
        return timedelta(days=self.dice.randint(least, most))

    def before_last(self, least: int, most: int) -> date:
        """A day by chance, so many days before the last."""
        return self.last - self.days(least, most)


def later(day: date, months: int) -> date:
    """The same day some months later, or the last of a month that is too short."""
    return months_before(day, -months)
