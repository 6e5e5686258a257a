"""Pictures in: checked, laid on the web grid, entered in the register, or refused as a whole."""

import getpass
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shapely.geometry import MultiPolygon, box
from sqlalchemy import Engine

from geoapp.errors import N_, DataError, NotFound, StoreError
from geoapp.kinds import Dataset, Quality
from geoapp.raster.cog import Made, make_cog
from geoapp.raster.look import footprint_of, stretch_of
from geoapp.raster.source import Wanted, check_sign
from geoapp.store import imagery as register
from geoapp.store import loading
from geoapp.store.engine import reading, writing

# The sheet of the map: west, south, east, north, the box to which land and coast are clipped.
SHEET = (105.4, 19.6, 106.8, 20.9)
_WORK = ".making-"
_NO_SOURCE = "Ảnh do đơn vị vận hành đăng ký, chưa nêu nguồn"
_DIGEST_CHARACTERS = 10


@dataclass(frozen=True)
class Picture:
    """What the operator says of a picture. ``anywhere``: also one that lies off the sheet of the map is taken.

    ``source``: (key, title); None: not said. ``digest``: what its batch is recognised by, if not by the picture.
    """

    acquired_on: date
    title_vi: str = ""
    title_en: str = ""
    source: tuple[str, str] | None = None
    quality: Quality = Quality.PUBLISHED
    note: str | None = None
    anywhere: bool = False
    wanted: Wanted = field(default_factory=Wanted)
    dataset: Dataset = Dataset.IMAGERY
    digest: str | None = None


@dataclass(frozen=True)
class Added:
    """The scene that a picture is registered as; ``is_new``: by this call."""

    code: str
    is_new: bool
    made: Made | None = None


def add_scene(engine: Engine, folder: Path, file: Path, picture: Picture) -> Added:
    """Register a picture: a COG in ``folder`` and a row in the register, both or none.

    Raises: DataError - the picture is refused, with every reason; StoreError - it cannot be written or entered.
    """
    check_sign(file)
    sha256 = _sha256(file)
    with reading(engine) as connection:
        known = register.find_by_file(connection, sha256)
    if known and _file(folder, known).exists():
        return Added(known, is_new=False)
    with _workshop(folder) as work:
        made = make_cog(file, work / "made.tif", work / "copies", picture.wanted)
        footprint = footprint_of(work / "made.tif")
        if not picture.anywhere and not footprint.intersects(box(*SHEET)):
            raise _elsewhere(file, footprint)
        code = _code(sha256, picture)
        row = _row(code, file, sha256, picture, made, footprint, stretch_of(work / "made.tif", made.display))
        with writing(engine) as connection:
            loading.wait_for_turn(connection)
            # Another one may have brought the same picture meanwhile. A scene whose file is lost is entered anew.
            known = register.find_by_file(connection, sha256)
            if known and _file(folder, known).exists():
                return Added(known, is_new=False)
            if known:
                register.close_scene(connection, known)
            batch = loading.open_batch(connection, _batch(code, file, sha256, picture, made))
            register.enter_source(connection, *_source(picture), None)
            register.enter_scene(connection, row, batch)
            # Before the end of the transaction: a scene that is entered has its file. A file without a scene, where we
            # are ended just here, does no harm; the same picture replaces it.
            _put(work / "made.tif", _file(folder, code))
    return Added(code, is_new=True, made=made)


def remove_scene(engine: Engine, code: str) -> None:
    """Take a scene off: it is known no more from now on; as known then it can still be shown, so its file stays.

    Raises: NotFound - no such scene is registered.
    """
    with writing(engine) as connection:
        if not register.close_scene(connection, code):
            raise NotFound(N_("No scene %(scene)s is registered. The list is: geoapp imagery list"), scene=code)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder beside the scenes for what is being made; also takes away what earlier ones left that were killed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_WORK}*"):
            if not _is_running(left.name.removeprefix(_WORK).partition("-")[0]):
                shutil.rmtree(left, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=f"{_WORK}{os.getpid()}-", dir=folder))
        (work / "copies").mkdir()
    except OSError as error:
        raise StoreError(
            N_("The folder of pictures %(folder)s cannot be used: %(reason)s. Choose another: GEOAPP_IMAGERY_DIR"),
            folder=folder,
            reason=error.strerror,
        ) from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _file(folder: Path, code: str) -> Path:
    return folder / f"{code}.tif"


def _is_running(process: str) -> bool:
    return process.isdecimal() and Path(f"/proc/{process}").exists()


def _put(made: Path, target: Path) -> None:
    """Where the disk has it for sure, under its name: whole or not at all."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _code(sha256: str, picture: Picture) -> str:
    """A name that never means other pixels: made of the picture and of all that decides how it looks."""
    wanted = picture.wanted
    said = f"{sha256} {picture.acquired_on} {wanted.bands} {wanted.nodata} {wanted.nearest}"
    return f"{picture.acquired_on}-{hashlib.sha256(said.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"


def _source(picture: Picture) -> tuple[str, str]:
    return picture.source or ("imagery", _NO_SOURCE)


def _batch(code: str, file: Path, sha256: str, picture: Picture, made: Made) -> loading.Batch:
    title, digest = f"Ảnh {code}", picture.digest or sha256
    return loading.Batch(picture.dataset, title, getpass.getuser(), digest, {file.name: sha256}, made.crs)


def _row(  # noqa: PLR0913, PLR0917 - what a row holds comes from as many places
    code: str,
    file: Path,
    sha256: str,
    picture: Picture,
    made: Made,
    footprint: MultiPolygon,
    stretch: tuple[tuple[float, float], ...],
) -> register.SceneRow:
    day = picture.acquired_on
    return register.SceneRow(
        code=code,
        title_vi=picture.title_vi or f"Ảnh chụp {day:%d/%m/%Y}",
        title_en=picture.title_en or picture.title_vi or f"Image of {day.day} {day:%b %Y}",
        acquired_on=day,
        file_name=file.name,
        file_sha256=sha256,
        source_crs=made.crs,
        cog_sha256=made.sha256,
        cog_bytes=made.size,
        max_zoom=made.grid.zoom,
        pixel_size_m=round(made.pixel_size_m, 3),
        pixel_type=made.dtype,
        band_names=list(made.names),
        shown_bands=list(made.display),
        stretch_low=[low for low, _ in stretch],
        stretch_high=[high for _, high in stretch],
        footprint=footprint.wkt,
        quality=picture.quality,
        source_key=_source(picture)[0],
        note=picture.note,
    )


_ELSEWHERE = "If its position is right, say --anywhere; if not, its coordinate system may be the wrong one."
_SHEET_TOLD = f"{SHEET[0]} to {SHEET[2]} E, {SHEET[1]} to {SHEET[3]} N"


def _elsewhere(file: Path, footprint: MultiPolygon) -> DataError:
    west, south, east, north = footprint.bounds
    lies = f"it lies at {west:.3f} to {east:.3f} E, {south:.3f} to {north:.3f} N"
    return DataError(
        N_("The picture %(file)s is refused, nothing was stored:"),
        [
            f"{lies}, off the map of the province ({_SHEET_TOLD}). {_ELSEWHERE}",
        ],
        file=file.name,
    )
