"""The sheets of the benchmark: rows from the same plain tables that the peers print, put into our layers."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, Engine

from benchmarks.ground import AS_OF
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue
from geoapp.maps.sheet.model import Context, Extent, Sheet, SheetLayer
from geoapp.maps.sheet.papers import get_paper
from geoapp.resources import layers_dir
from geoapp.store.frames import read_frame

EPSG = 9209
# Layer of ours and its table with what is chosen of it; {park} is bound.
_TABLES = {
    "land": "SELECT * FROM bench.land ORDER BY id",
    "park_status": "SELECT *, CAST(NULL AS text) AS developer FROM bench.parks ORDER BY id",
    "park_outline": "SELECT * FROM bench.parks WHERE park_slug = :park",
    "plot_state": "SELECT * FROM bench.plots_4326 WHERE park_slug = :park ORDER BY id",
}
PARK = ("land", "park_outline", "plot_state")
PROVINCE = ("land", "park_status")


@dataclass(frozen=True)
class Job:
    """One sheet. ``park``: its slug, None for the province."""

    title: str
    paper: str
    landscape: bool
    layers: tuple[str, ...]
    park: str | None = None


class Desk:
    """Makes sheets of rows that are read anew each time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._catalogue: Catalogue = load_catalogue(layers_dir())

    def sheet(self, job: Job) -> Sheet:
        """A sheet with its rows, from the database."""
        with self._engine.connect() as connection:
            return self._made(connection, job)

    def atlas(self, slugs: list[str]) -> Iterator[tuple[str, Sheet]]:
        """A page for each park, read when it is its turn."""
        for slug in slugs:
            yield slug, self.sheet(Job(slug, "A4", False, PARK, slug))

    def _made(self, connection: Connection, job: Job) -> Sheet:
        frames = {
            name: read_frame(connection, _TABLES[name], {"park": job.park} if ":park" in _TABLES[name] else {})
            for name in job.layers
        }
        layers = tuple(SheetLayer(self._catalogue.layers[name], frame) for name, frame in frames.items())
        about = frames["plot_state" if job.park else "park_status"]
        west, south, east, north = about.total_bounds
        land = frames["land"].geometry
        context = Context(shapely.MultiPolygon([p for m in land for p in m.geoms]), about.geometry.iloc[0].centroid)
        return Sheet(
            paper=get_paper(job.paper, landscape=job.landscape),
            title=job.title,
            subtitle="Số liệu dựng để đo tốc độ",
            layers=layers,
            view=Extent(west, south, east, north),
            epsg=EPSG,
            as_of=AS_OF,
            known_at=None,
            language="vi",
            say=str,
            sources=tuple(sorted(set(about["source"]))),
            notes=("Không phải số liệu thật",),
            agency="Ban Quản lý các khu kinh tế và khu công nghiệp",
            maker="benchmark",
            link="http://127.0.0.1/parks/thu-001?as_of=2026-10-31",
            context=context,
        )
