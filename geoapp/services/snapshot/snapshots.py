"""Maps taken away: on paper as PDF, PNG or SVG, and as one HTML file. The same question gives the same bytes."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from geoapp.catalog.model import Catalogue, Label
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.maps.sheet.draw import draw, georeference
from geoapp.maps.sheet.model import Compare, Form, Page, Sheet
from geoapp.services.moment import Moment
from geoapp.services.readers import Engines
from geoapp.services.snapshot.layers import ChosenLayers, choose_layers, highest
from geoapp.services.snapshot.own import catalogue_of
from geoapp.services.snapshot.pages import PageMaker
from geoapp.services.snapshot.reading import SnapshotReading, read_about, reading_for
from geoapp.services.snapshot.request import SheetContent, SheetFile, SnapshotFile, SnapshotRequest
from geoapp.services.snapshot.sheet import ground_on
from geoapp.store.versions import find_version

MEDIA_TYPES = {
    SheetFile.PDF: "application/pdf",
    SheetFile.PNG: "image/png",
    SheetFile.SVG: "image/svg+xml",
    SheetFile.ZIP: "application/zip",
    SheetFile.HTML: "text/html",
}
Result = TypeVar("Result")
PREVIEW_DPI = 72
# Files in an archive have a day; it is the same for all, so that the archive is.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class SnapshotTold:
    """What a dialog says before anything is drawn: the moment, the name of the place, the layers, the scale."""

    moment: Moment
    name: Label
    chosen: ChosenLayers
    scale: int


class Snapshots:
    """Maps of one database to be taken away. Args: most - rows of a layer on one map."""

    def __init__(self, engines: Engines, catalogue: Catalogue, most: int) -> None:
        self.engines, self.catalogue, self._most = engines, catalogue, most
        self._pages = PageMaker(engines, catalogue)

    def version(self) -> str:
        """The version of the data as they stand now."""
        return find_version(self.engines.map)

    def look(self, request: SnapshotRequest) -> SnapshotTold:
        """That a map can be taken, and what it will be about. Raises: InvalidRequest, NotFound, Forbidden."""
        return self._read(
            request,
            lambda read: SnapshotTold(read.moment, read.place.name, read.chosen, ground_on(request, read.place).scale),
        )

    def page(self, request: SnapshotRequest) -> Page:
        """A map as it will be drawn. Raises: InvalidRequest, NotFound, Forbidden."""
        return self._read(request, self._pages.page)

    def make(self, request: SnapshotRequest, form: SheetFile, *, access: AccessClass | None = None) -> SnapshotFile:
        """A map as a file. Args: access - of a HTML map: with all layers up to this class; None: those that are on.

        Raises: InvalidRequest - what cannot be drawn, by its parameter; NotFound, Forbidden.
        """
        if form is SheetFile.HTML:
            return self._html(request, access)
        page = self.page(request)
        name = file_name(request, sheet_of(page))
        if form is SheetFile.ZIP:
            body = placed_png(_only_map(page), request.paper.dpi, name)
        else:
            body = draw(page, Form(str(form)), dpi=request.paper.dpi)
        return SnapshotFile(body, MEDIA_TYPES[form], f"{name}.{form}")

    def preview(self, request: SnapshotRequest) -> bytes:
        """The same map as a small PNG. Raises: as ``make``."""
        return draw(self.page(request), Form.PNG, dpi=PREVIEW_DPI)

    def _html(self, request: SnapshotRequest, access: AccessClass | None) -> SnapshotFile:
        # Scripts and letters of a megabyte are read when somebody wants them.
        from geoapp.services.html_map import build_html_map  # noqa: PLC0415

        def build(read: SnapshotReading) -> SnapshotFile:
            text = build_html_map(self.catalogue, read, access)
            name = f"{request.place.name}-{read.moment.as_of}.html"
            return SnapshotFile(text.encode(), MEDIA_TYPES[SheetFile.HTML], name)

        return self._read(request, build, access)

    def _read(
        self, request: SnapshotRequest, use: Callable[[SnapshotReading], Result], access: AccessClass | None = None
    ) -> Result:
        own = request.own
        chosen = choose_layers(catalogue_of(self.catalogue, own), request.place, request.look, request.reader)
        most = highest(chosen.access, access or chosen.access, own.page.layer.access if own else chosen.access)
        with reading_for(self.engines, request.reader, most) as connection:
            moment, place = read_about(connection, request)
            return use(SnapshotReading(connection, request, chosen, moment, place, self._most))


def sheet_of(page: Page) -> Sheet:
    """The map of a page; of two maps the later one."""
    if isinstance(page, Sheet):
        return page
    return page.right if isinstance(page, Compare) else page.sheet


def _only_map(page: Page) -> Sheet:
    """Raises: InvalidRequest - more than one map is on the paper, or something beside it."""
    if isinstance(page, Sheet):
        return page
    raise InvalidRequest(
        N_("A PNG for GIS holds one map alone. Take PDF or PNG, or leave out “base” and “content”."), parameter="base"
    )


def placed_png(sheet: Sheet, dpi: int, name: str) -> bytes:
    """A PNG in an archive with the files that place it in a GIS."""
    world = georeference(sheet, dpi=dpi)
    parts = {
        f"{name}.png": draw(sheet, Form.PNG, dpi=dpi),
        f"{name}.pgw": world.world.encode(),
        f"{name}.prj": world.projection.encode(),
        # Readers of PNG look for the system of coordinates here.
        f"{name}.png.aux.xml": world.auxiliary.encode(),
    }
    return write_zip(parts)


def write_zip(parts: dict[str, bytes]) -> bytes:
    """An archive; the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in parts.items():
            add_file(archive, name, body)
    return target.getvalue()


def add_file(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    """Put a file into an archive without the time at which that is done; what is compressed already is only stored."""
    entry = zipfile.ZipInfo(name, _ZIP_DAY)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".zip")) else zipfile.ZIP_DEFLATED
    archive.writestr(entry, body)


def file_name(request: SnapshotRequest, sheet: Sheet) -> str:
    """A name for files: the place, the day, what is on the paper, and the paper."""
    kind = f"-{request.earlier.base}" if request.earlier.base else ""
    kind += f"-{request.content}" if request.content is not SheetContent.MAP else ""
    name = request.own.page.name if request.own else request.place.name
    return f"{name}-{sheet.as_of}{kind}-{request.paper.name}"
