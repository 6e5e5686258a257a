"""Scenes through HTTP: the list as of a day and as known, tiles that can be worked out on paper, caching, refusals."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rio_tiler.io import Reader

from geoapp.app import create_app
from geoapp.ingest.imagery import Picture, add_scene, remove_scene
from geoapp.kinds import Quality
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from tests.conftest import Databases
from tests.pictures import CORNER, LANDSAT, ZONE_UTM, checkerboard, pixels_of, ramp, write_picture

Z, X, Y = CORNER
EARLY, LATE = date(2026, 3, 1), date(2026, 9, 15)


class Scenes:
    """A database with three scenes, and the application over it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder / "imagery"
        self.owner = make_engine(url, role=Role.OWNER)
        board = checkerboard(folder / "board.tif")
        self.board = self.add(board, Picture(EARLY, title_vi="Bàn cờ", source=("t", "Nguồn <b>thử</b>")))
        data = ramp(4, size=400)
        data[:, :, :200] = 0
        half = write_picture(folder / "half.tif", data, nodata=0, transform=ZONE_UTM)
        self.half = self.add(half, Picture(LATE, quality=Quality.DEMO))
        self.away = self.add(LANDSAT, Picture(date(2000, 6, 1), anywhere=True))
        self.map = make_engine(url, role=Role.MAP)
        self.app = create_app(Settings(imagery_dir=self.folder), engine=self.map)

    def add(self, file: Path, picture: Picture) -> str:
        """Register a picture; its code."""
        return add_scene(self.owner, self.folder, file, picture).code


@pytest.fixture(scope="module")
def scenes(
    databases: Databases, loaded_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scenes]:
    """Registered once; tests that change something undo it."""
    url = databases.make(loaded_database_url)
    made = Scenes(url, tmp_path_factory.mktemp("scenes"))
    yield made
    made.owner.dispose()
    made.map.dispose()
    databases.drop(url)


@pytest.fixture
def app(scenes: Scenes) -> Flask:
    """The application over the scenes."""
    return scenes.app


def tile(code: str, z: int = Z, x: int = X, y: int = Y) -> str:
    """The address of a tile."""
    return f"/api/imagery/{code}/tiles/{z}/{x}/{y}.png"


def listed(client: FlaskClient, query: str) -> list[str]:
    """The codes of the scenes that are listed."""
    answer = client.get(f"/api/imagery?{query}")
    assert 200 == answer.status_code
    return [scene["id"] for scene in answer.json["scenes"]]


def test_scenes_are_those_taken_by_the_day(client: FlaskClient, scenes: Scenes) -> None:
    """The newest first; none that was taken later."""
    assert [scenes.half, scenes.board, scenes.away] == listed(client, "as_of=2026-10-31")
    assert [scenes.board, scenes.away] == listed(client, "as_of=2026-09-14")


def test_a_scene_tells_what_the_map_needs(client: FlaskClient, scenes: Scenes) -> None:
    """Name, day, trust, source as text, zoom, and where its tiles are."""
    found = client.get("/api/imagery?as_of=2026-03-31&lang=vi").json["scenes"][0]
    assert ("Bàn cờ", "2026-03-01", "đã công bố", "Nguồn <b>thử</b>", 14) == (
        found["title"], found["acquired_on"], found["quality_label"], found["source"], found["max_zoom"]
    )  # fmt: skip
    assert found["tiles"].startswith(f"/api/imagery/{scenes.board}/tiles/{{z}}/{{x}}/{{y}}.png?v=")


def test_a_scene_that_was_taken_off_is_there_as_known_then(client: FlaskClient, scenes: Scenes, tmp_path: Path) -> None:
    """It leaves the list of today; as known before, it is listed, and its tiles are still drawn."""
    code = scenes.add(checkerboard(tmp_path / "other.tif", cell=32), Picture(date(2026, 5, 5)))
    before = datetime.now(UTC) + timedelta(milliseconds=1)
    assert code in listed(client, "as_of=2026-10-31")
    remove_scene(scenes.owner, code)
    assert code not in listed(client, "as_of=2026-10-31")
    assert code in listed(client, f"as_of=2026-10-31&known_at={before.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}")
    assert 200 == client.get(tile(code)).status_code


def test_a_tile_of_its_own_zoom_is_the_picture_itself(client: FlaskClient, scenes: Scenes) -> None:
    """Cells of 64 pixels: 100 is the low end of the stretch, shown as 0; 200 is the high end, shown as 255."""
    pixels = pixels_of(client.get(tile(scenes.board)).data)
    rows, columns = np.indices((256, 256)) // 64
    assert (np.where((rows + columns) % 2, 255, 0) == pixels[0]).all()
    assert (1, 256, 256) == pixels.shape


def test_one_zoom_out_cells_are_half_as_large(client: FlaskClient, scenes: Scenes) -> None:
    """The four tiles make one, exactly."""
    pixels = pixels_of(client.get(tile(scenes.board, 13, X // 2, Y // 2)).data)
    rows, columns = np.indices((256, 256)) // 32
    assert (np.where((rows + columns) % 2, 255, 0) == pixels[0]).all()


def test_two_zooms_out_the_rest_of_the_tile_is_open(client: FlaskClient, scenes: Scenes) -> None:
    """The picture takes a quarter of the tile (where, the numbers of the tile say); elsewhere nothing hides the map."""
    pixels = pixels_of(client.get(tile(scenes.board, 12, X // 4, Y // 4)).data)
    rows, columns = slice(Y // 2 % 2 * 128, Y // 2 % 2 * 128 + 128), slice(X // 2 % 2 * 128, X // 2 % 2 * 128 + 128)
    expected = np.zeros((256, 256))
    expected[rows, columns] = 255
    assert (expected == pixels[-1]).all()


def test_one_zoom_in_cells_are_twice_as_large(client: FlaskClient, scenes: Scenes) -> None:
    """Between cells it may be smooth; in their middles the values stand."""
    pixels = pixels_of(client.get(tile(scenes.board, 15, 2 * X, 2 * Y)).data)
    assert [[0, 255], [255, 0]] == pixels[0][[64, 192]][:, [64, 192]].tolist()


def test_a_tile_is_what_rio_tiler_reads(client: FlaskClient, scenes: Scenes) -> None:
    """Real pixels, three bands, the mask, at the zoom of the file and two out: the quick way agrees."""
    with Reader(str(scenes.folder / f"{scenes.away}.tif")) as reader:
        for zoom in (13, 12, 11):
            west, south, east, north = reader.get_geographic_bounds("EPSG:4326")
            place = reader.tms.tile((west + east) / 2, (south + north) / 2, zoom)
            there = reader.tile(place.x, place.y, zoom, indexes=(1, 2, 3), resampling_method="nearest")
            pixels = pixels_of(client.get(tile(scenes.away, zoom, place.x, place.y)).data)
            valid = there.mask > 0
            assert (pixels[3] > 0).tolist() == valid.tolist(), zoom
            low, high = (np.percentile(there.array.data[0][valid], p) for p in (20, 80))
            dark, light = (
                pixels[0][valid & (there.array.data[0] <= low)],
                pixels[0][valid & (there.array.data[0] >= high)],
            )
            assert dark.max() <= light.min(), zoom


def test_nodata_is_open_and_says_nothing(client: FlaskClient, scenes: Scenes) -> None:
    """Where the west half has no data, alpha is 0, and so are the colours."""
    west, south, east, north = client.get("/api/imagery?as_of=2026-10-31").json["scenes"][0]["bounds"]
    x = int(((west + east) / 2 + 180) / 360 * 2**14)
    lat = np.radians((south + north) / 2)
    y = int((1 - np.arcsinh(np.tan(lat)) / np.pi) / 2 * 2**14)
    seen = [pixels_of(client.get(tile(scenes.half, Z, column, y)).data) for column in (x, x - 1, x + 1)]
    masked = [pixels for pixels in seen if pixels.shape[0] == 4]
    assert masked
    for pixels in masked:
        assert 0 == pixels[:3, pixels[3] == 0].max(initial=0)


def test_outside_of_a_scene_a_tile_is_open(client: FlaskClient, scenes: Scenes) -> None:
    """One open pixel, as the browser scales it."""
    answer = client.get(tile(scenes.board, 14, 0, 0))
    assert (200, "image/png", [0, 0, 0, 0]) == (
        answer.status_code, answer.mimetype, pixels_of(answer.data).ravel().tolist()
    )  # fmt: skip


def test_a_browser_that_takes_webp_gets_it(client: FlaskClient, scenes: Scenes) -> None:
    """Smaller, near to the same colours, told by type, tag and Vary; a picture in grey stays PNG."""
    with Reader(str(scenes.folder / f"{scenes.away}.tif")) as reader:
        west, south, east, north = reader.get_geographic_bounds("EPSG:4326")
        place = reader.tms.tile((west + east) / 2, (south + north) / 2, 13)
    address = tile(scenes.away, 13, place.x, place.y)
    png = client.get(address)
    webp = client.get(address, headers={"Accept": "image/avif,image/webp,*/*"})
    assert ("image/png", "image/webp", True) == (png.mimetype, webp.mimetype, "Accept" in webp.vary)
    assert png.headers["ETag"] != webp.headers["ETag"]
    assert len(webp.data) * 2 < len(png.data)
    assert 8 > np.abs(pixels_of(png.data)[:3].astype(int) - pixels_of(webp.data)[:3]).mean()
    grey = client.get(tile(scenes.board), headers={"Accept": "image/webp"})
    assert "image/png" == grey.mimetype


def test_a_tile_is_kept_and_asked_for_by_its_tag(client: FlaskClient, scenes: Scenes) -> None:
    """For ever under the address of the list; a known tag is answered without the file being read."""
    address = client.get("/api/imagery?as_of=2026-03-31").json["scenes"][0]["tiles"].format(z=Z, x=X, y=Y)
    first = client.get(address)
    assert "private, max-age=31536000, immutable" == first.headers["Cache-Control"]
    path = scenes.folder / f"{scenes.board}.tif"
    path.rename(path.with_suffix(".away"))
    try:
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    finally:
        path.with_suffix(".away").rename(path)
    assert (304, b"", first.headers["ETag"]) == (again.status_code, again.data, again.headers["ETag"])


def test_a_scene_whose_file_is_gone_says_so(client: FlaskClient, scenes: Scenes) -> None:
    """404 with what to do; and when the file is back, so is the tile."""
    path = scenes.folder / f"{scenes.half}.tif"
    address = tile(scenes.half, 11, X // 8, Y // 8)
    path.rename(path.with_suffix(".away"))
    try:
        answer = client.get(f"{address}?lang=en")
    finally:
        path.with_suffix(".away").rename(path)
    assert 404 == answer.status_code
    assert "Bring it back from a backup" in answer.json["detail"]
    assert 200 == client.get(address).status_code


@pytest.mark.parametrize(
    ("z", "x", "y", "status", "said"),
    [
        (23, 0, 0, 400, "z: expected a zoom from 0 to 22, found 23"),
        (2, 4, 0, 400, "x: at zoom 2 expected 0 to 3, found 4"),
        (2, 0, 9, 400, "y: at zoom 2 expected 0 to 3, found 9"),
    ],
)
def test_a_place_off_the_grid_is_refused(  # noqa: PLR0917
    client: FlaskClient, scenes: Scenes, z: int, x: int, y: int, status: int, said: str
) -> None:
    """By name, with what was expected."""
    answer = client.get(f"{tile(scenes.board, z, x, y)}?lang=en")
    assert (status, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert said in answer.json["detail"]


@pytest.mark.parametrize("code", ["none", "2026-03-01-0000000000", "..%2f..%2fetc%2fpasswd", "a%00b"])
def test_a_scene_that_is_not_registered_is_not_found(client: FlaskClient, code: str) -> None:
    """Scenes go by their code only: no path, no address opens anything."""
    answer = client.get(f"/api/imagery/{code}/tiles/1/0/0.png")
    assert (404, "application/problem+json") == (answer.status_code, answer.mimetype)


def test_no_address_of_a_picture_is_taken(client: FlaskClient, scenes: Scenes) -> None:
    """Refused by name like any parameter that is not taken, of a scene and of none."""
    for code in (scenes.board, "none"):
        answer = client.get(f"/api/imagery/{code}/tiles/1/0/0.png?url=/etc/passwd")
        assert (400, "url") == (answer.status_code, answer.json["parameter"])


def test_days_before_the_data_are_refused(client: FlaskClient) -> None:
    """As everywhere."""
    assert 400 == client.get("/api/imagery?as_of=1999-01-01").status_code
    assert 400 == client.get("/api/imagery?as_of=2026-02-30").status_code


def test_with_no_room_to_keep_tiles_they_are_made_anew(scenes: Scenes) -> None:
    """GEOAPP_TILE_CACHE_MB=0: pictures and vector tiles are answered all the same."""
    bare = create_app(Settings(imagery_dir=scenes.folder, tile_cache_mb=0), engine=scenes.map).test_client()
    vector = bare.get("/api/layers/plot_state/tiles/12/3256/1814.mvt?as_of=2026-10-31")
    assert [200, 200, 200] == [bare.get(tile(scenes.board)).status_code for _ in range(2)] + [vector.status_code]


def test_tiles_of_scenes_take_no_place_of_pages(scenes: Scenes) -> None:
    """While all places for slow requests are taken, a tile is drawn; the list of scenes is told to come again."""
    app = create_app(Settings(imagery_dir=scenes.folder, threads=1), engine=scenes.map)
    with app.test_request_context("/"), ThreadPoolExecutor(1) as others:
        app.preprocess_request()
        for status, address in ((200, tile(scenes.board)), (503, "/api/imagery")):
            assert status == others.submit(app.test_client().get, address).result().status_code
