"""Everything that the web asks for, in one object that holds the database and the catalogue."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from geoapp.catalog.model import Catalogue
from geoapp.core.clock_file import ClockFile
from geoapp.core.permissions import Person, Reader
from geoapp.services.cases import Cases
from geoapp.services.changes import (
    Changes,
    ChangesPage,
    ChangesRequest,
    KeptParts,
    build_changes_page,
    find_changed,
    read_changes,
)
from geoapp.services.changes_shares import SharePage, build_share_page
from geoapp.services.clock import ClockAnswer, answer_files, ask_clock, read_clock_readings
from geoapp.services.compare import CompareRequest, Comparison, build_comparison
from geoapp.services.feature_pages import FeaturePages, PageAnswer, PageRequest
from geoapp.services.features import FeatureAnswer, FeatureRequest, find_feature, find_features
from geoapp.services.figure_card import FigureCard, build_figure
from geoapp.services.history import TotalsHistory
from geoapp.services.imagery import ImageTile, Scene, SceneList, SceneMaker, find_scenes
from geoapp.services.kept import Kept
from geoapp.services.land_edit import Entered, Entry, Sheet, enter_event, read_sheet
from geoapp.services.land_file import LandFile, build_land_file
from geoapp.services.leasing import LeasingPage, ParkLeasing, build_leasing_page, build_park_leasing
from geoapp.services.moment import Asked, Moment
from geoapp.services.pages import (
    ParkPage,
    ProvincePage,
    Rows,
    ZonePage,
    build_park_page,
    build_province_page,
    build_zone_page,
    read_parks,
    read_zones,
)
from geoapp.services.park_tables import OneOutline, Place, Table, TableRequest, build_table, find_outline
from geoapp.services.people import People
from geoapp.services.place_pages import (
    PlotPage,
    ProjectPage,
    Sources,
    build_plot_page,
    build_project_page,
    build_sources,
)
from geoapp.services.readers import Engines, get_layer
from geoapp.services.readiness import check_ready
from geoapp.services.search import Found, find
from geoapp.services.series import FigureRequest, Series, build_series
from geoapp.services.summary import SummaryAnswer, find_summary
from geoapp.services.tiles import TileMaker, TileRequest
from geoapp.store.counting import Spent, count_statements, spent_so_far, start_counting
from geoapp.store.features import Features
from geoapp.store.tiles import Place as TilePlace
from geoapp.store.tiles import Tile
from geoapp.store.versions import find_version

# Answers of a kind that a process keeps; the largest, a page of changes, takes some hundred kilobytes.
_KEPT = 16


class Atlas:
    """The maps and pages of one database and one catalogue.

    Args: feature_limit - most features that one answer holds; tile_cache - bytes of tiles kept, of each kind;
    pictures - folder of the scenes.
    """

    def __init__(
        self, engines: Engines, catalogue: Catalogue, feature_limit: int, tile_cache: int, pictures: Path
    ) -> None:
        self.catalogue = catalogue
        self._engines = engines
        self._engine = engines.map
        self._tile_engine = engines.tiles
        self._feature_limit = feature_limit
        self._history = TotalsHistory()
        self._changed: KeptParts = Kept(_KEPT)
        self._leasing: Kept[Rows] = Kept(_KEPT)
        self._pages = FeaturePages(engines, catalogue)
        self._tiles = TileMaker(engines, catalogue, tile_cache)
        self._scenes = SceneMaker(engines.tiles, pictures, tile_cache)
        for one in {engines.map, engines.tiles, engines.staff}:
            count_statements(one)

    def people(self, manager: int) -> People:
        """The people, as somebody manages them."""
        return People(self._engines.staff, manager)

    def cases(self, person: Person) -> Cases:
        """The cases, as a person works on them."""
        return Cases(self._engines.staff, person)

    def park_names(self, asked: Asked) -> Rows:
        """All parks with their names."""
        return read_parks(self._engine, asked)

    def province(self, asked: Asked) -> ProvincePage:
        """The first page."""
        return build_province_page(self._engine, asked, self._history)

    def zones(self, asked: Asked) -> Rows:
        """The economic zones, for the head of pages that tell of none."""
        return read_zones(self._engine, asked)

    def park(self, slug: str, asked: Asked) -> ParkPage:
        """The page of a park. Raises: NotFound."""
        return build_park_page(self._engine, slug, asked)

    def zone(self, slug: str, asked: Asked) -> ZonePage:
        """The page of an economic zone. Raises: NotFound."""
        return build_zone_page(self._engine, slug, asked)

    def plot(self, park: str, code: str, asked: Asked) -> PlotPage:
        """The page of a plot. Raises: NotFound."""
        return build_plot_page(self._engine, park, code, asked)

    def project(self, code: str, asked: Asked) -> ProjectPage:
        """The page of a project. Raises: NotFound."""
        return build_project_page(self._engine, code, asked)

    def land_file(self, person_id: int, code: str, asked: Asked) -> LandFile:
        """The land file of a project with its clock, as somebody may see it. Raises: NotFound."""
        return build_land_file(self._engines.staff, person_id, code, asked)

    def land_sheet(self, person_id: int, project: str, event: str | None = None) -> Sheet:
        """What the form for an event of a land file shows. Raises: NotFound."""
        return read_sheet(self._engines.staff, person_id, project, event)

    def enter_land_event(self, person_id: int, project: str, entry: Entry) -> Entered:
        """Store an event of a land file as somebody, or say what is wrong with it. Raises: NotFound, StoreError."""
        return enter_event(self._engines.staff, person_id, project, entry)

    def table(self, request: TableRequest) -> Table:
        """Plots or projects of a park or zone. Raises: NotFound."""
        return build_table(self._engine, request)

    def outline(self, what: str, code: str, park: str | None, asked: Asked) -> OneOutline:
        """Where a plot or a project is. Raises: NotFound."""
        return find_outline(self._engine, what, code, park, asked)

    def sources(self, place: Place, asked: Asked) -> Sources:
        """The sources of the page of a park or zone. Raises: NotFound."""
        return build_sources(self._engine, place, asked)

    def series(self, request: FigureRequest) -> Series:
        """A figure over time. Raises: NotFound."""
        return build_series(self._engine, request)

    def figure(self, request: FigureRequest) -> FigureCard:
        """Where a figure comes from. Raises: NotFound."""
        return build_figure(self._engine, request)

    def leasing(self, asked: Asked, sort: str = "name") -> LeasingPage:
        """Wastewater as a limit to leasing, of all parks. Raises: InvalidRequest."""
        return build_leasing_page(self._engine, asked, sort, self._leasing)

    def park_leasing(self, park_id: int, moment: Moment) -> ParkLeasing:
        """The same of one park."""
        return build_park_leasing(self._engine, park_id, moment)

    def clock(self, file: ClockFile, as_of: date) -> ClockAnswer:
        """The legal clock of a project that is only asked about. Raises: InvalidFields."""
        return ask_clock(self._engine, file, as_of)

    def clock_answers(self, files: Sequence[ClockFile], as_of: date) -> list[Any]:
        """The same for many, in the form of files. Raises: InvalidFields."""
        return answer_files(self._engine, files, as_of)

    def clock_readings(self) -> Sequence[Any]:
        """What the law leaves open, and how it is taken."""
        return read_clock_readings(self._engine)

    def features(self, request: FeatureRequest) -> FeatureAnswer:
        """The features of a layer. Raises: NotFound, InvalidRequest."""
        return find_features(self._engines, self.catalogue, request, most=self._feature_limit)

    def feature_page(self, request: PageRequest) -> PageAnswer:
        """A page of a layer's features. Raises: NotFound, InvalidRequest."""
        return self._pages.page(request)

    def tile(self, request: TileRequest) -> Tile:
        """A vector tile. Raises: NotFound, InvalidRequest."""
        return self._tiles.tile(request)

    def check_layer(self, layer: str, reader: Reader) -> None:
        """Raises: NotFound - for this reader there is no such layer."""
        get_layer(self.catalogue, layer, reader)

    def summary(self, request: FeatureRequest) -> SummaryAnswer:
        """What a layer holds, counted by class. Raises: NotFound, InvalidRequest."""
        return find_summary(self._engines, self.catalogue, request)

    def feature(self, request: FeatureRequest, feature_id: str) -> FeatureAnswer:
        """One feature of a layer. Raises: NotFound, InvalidRequest."""
        return find_feature(self._engines, self.catalogue, request, feature_id)

    def scenes(self, asked: Asked) -> SceneList:
        """The scenes that had been taken by a day. Raises: InvalidRequest."""
        return find_scenes(self._engine, asked)

    def scene(self, code: str) -> Scene:
        """A scene by its code. Raises: NotFound."""
        return self._scenes.scene(code)

    def scene_tile(self, scene: Scene, z: int, x: int, y: int, form: str) -> ImageTile:
        """A tile of a scene. Raises: NotFound, InvalidRequest, DataError."""
        return self._scenes.tile(scene, TilePlace(z, x, y), form)

    def version(self) -> str:
        """The version of the data as they stand now."""
        return find_version(self._tile_engine)

    def search(self, text: str, asked: Asked, most: int) -> Found:
        """Things and places that fit a text. Raises: InvalidRequest."""
        return find(self._engine, text, asked, most)

    def changes(self, request: ChangesRequest) -> ChangesPage:
        """The page that explains the difference of a figure. Raises: NotFound, InvalidRequest."""
        return build_changes_page(self._engine, request, self._changed)

    def share_changes(self, request: ChangesRequest) -> SharePage:
        """The page that explains the difference of a share. Raises: NotFound, InvalidRequest."""
        return build_share_page(self._engine, request)

    def all_changes(self, request: ChangesRequest) -> Changes:
        """A difference with all of its rows, for a file. Raises: NotFound, InvalidRequest."""
        return read_changes(self._engine, request)

    def changed(self, request: ChangesRequest) -> Features:
        """What changed, for the map. Raises: NotFound, InvalidRequest."""
        return find_changed(self._engine, request, most=self._feature_limit)

    def compare(self, request: CompareRequest) -> Comparison:
        """The parks side by side. Raises: NotFound, InvalidRequest."""
        return build_comparison(self._engine, self.catalogue, request)

    def check_ready(self) -> None:
        """That the database answers and holds the schema that this program needs. Raises: StoreUnavailable."""
        check_ready(self._engine)

    def begin_request(self) -> None:
        """A new request: statements are counted from here."""
        start_counting()

    def spent(self) -> Spent:
        """Statements that this request has run, and their seconds."""
        return spent_so_far()
