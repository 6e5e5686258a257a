"""Scenes for the map: which there are on a day, and their tiles."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache, TTLCache
from sqlalchemy import Engine

from geoapp.errors import N_, NotFound
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.tiles import check_place
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows
from geoapp.store.tiles import Place

if TYPE_CHECKING:
    from geoapp.raster.tiles import Look, TileReader

_MOST_SCENES, _KEPT_SECONDS = 256, 60
# Changes with the way in which pixels become bytes.
_DRAWN = "1"
WEBP = "webp"


@dataclass(frozen=True)
class SceneList:
    """The scenes of a day, the newest first, with the moment they are told of."""

    moment: Moment
    scenes: Sequence[Any]


@dataclass(frozen=True)
class Scene:
    """What is needed to draw a scene. ``tag`` stands for its pixels and the way they are shown."""

    code: str
    tag: str
    look: "Look"


@dataclass(frozen=True)
class ImageTile:
    """The bytes of a tile, of type ``image/<form>``; empty where the scene says nothing there."""

    body: bytes
    form: str


class SceneMaker:
    """Scenes and their tiles, kept as long as there is room. Safe among threads.

    Args: folder - where the files of scenes are; most_kept - bytes of tiles that are kept.
    """

    def __init__(self, engine: Engine, folder: Path, most_kept: int) -> None:
        self._engine = engine
        self._folder = folder
        self._scenes: TTLCache[str, Scene] = TTLCache(_MOST_SCENES, _KEPT_SECONDS)
        self._kept: LRUCache[tuple[str, Place, str], ImageTile] = LRUCache(
            most_kept, getsizeof=lambda t: len(t.body) + 300
        )
        self._lock = Lock()

    @cached_property
    def _reader(self) -> "TileReader":
        from geoapp.raster.tiles import TileReader  # noqa: PLC0415 - rasterio is imported with the first tile

        return TileReader()

    def scene(self, code: str) -> Scene:
        """A scene by its code, also one that was taken off since. Raises: NotFound."""
        with self._lock:
            kept = self._scenes.get(code)
        return kept or self._find(code)

    def tile(self, scene: Scene, place: Place, form: str) -> ImageTile:
        """A tile as PNG, or as WebP where ``form`` says so. Raises: InvalidRequest, NotFound, DataError."""
        check_place(place)
        key = (scene.tag, place, form)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = self._make(scene, place, form)
            # What is larger than all the room there is cannot be kept.
            with self._lock, suppress(ValueError):
                self._kept[key] = kept
        return kept

    def _find(self, code: str) -> Scene:
        from geoapp.raster.tiles import Look  # noqa: PLC0415

        with reading(self._engine) as connection:
            row: Any = find_row(connection, "imagery_scene", {"code": code})
        if row is None:
            raise NotFound(N_("There is no scene %(scene)s. The list of scenes is at /api/imagery."), scene=code)
        look = Look(tuple(row.shown_bands), tuple(zip(row.stretch_low, row.stretch_high, strict=True)))
        scene = Scene(row.code, tag_of(row.cog_sha256, row.shown_bands), look)
        with self._lock:
            self._scenes[code] = scene
        return scene

    def _make(self, scene: Scene, place: Place, form: str) -> ImageTile:
        from geoapp.raster.encode import to_png, to_webp  # noqa: PLC0415

        found = self._reader.read(self._folder / f"{scene.code}.tif", scene.look, (place.z, place.x, place.y))
        if found is None:
            return ImageTile(b"", "png")
        pixels = found.stacked
        # WebP knows no grey.
        encode: Callable[[Any], bytes] = to_webp if form == WEBP and len(pixels) >= 3 else to_png
        return ImageTile(encode(pixels), form if encode is to_webp else "png")


def tag_of(cog_sha256: str, shown_bands: Sequence[int]) -> str:
    """What the address of a tile stands for: these pixels, these bands, drawn this way."""
    said = f"{cog_sha256} {list(shown_bands)} {_DRAWN}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def find_scenes(engine: Engine, asked: Asked) -> SceneList:
    """The scenes that had been taken by a day, as known at a moment. Raises: InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        return SceneList(moment, read_rows(connection, "imagery_list", moment.parameters))
