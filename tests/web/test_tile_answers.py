"""Vector tiles through HTTP: never stale, never too large, refused in clear words."""

import math

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.app import create_app
from geoapp.catalog.load import load_catalogue
from geoapp.resources import layers_dir
from geoapp.services.tiles import MOST_BYTES
from geoapp.services.tiles_ahead import TilesAhead
from geoapp.settings import Settings
from geoapp.store.counting import spent_so_far
from geoapp.store.engine import Role, writing
from tests.conftest import EngineMaker

# In the park Bảo Minh.
LON, LAT = 106.0915, 20.3500


def tile_at(z: int, lon: float = LON, lat: float = LAT) -> str:
    """The tile of the web grid that holds a place."""
    n = 2**z
    x = int((lon + 180) / 360 * n)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n)
    return f"{z}/{x}/{y}"


def address(z: int, query: str = "as_of=2026-10-31", layer: str = "plot_state") -> str:
    """The address of the tile of the park at a zoom."""
    return f"/api/layers/{layer}/tiles/{tile_at(z)}.mvt?{query}"


@pytest.mark.parametrize(("z", "level"), [(9, b"parks"), (11, b"blocks"), (14, b"features")])
def test_a_tile_is_as_fine_as_its_zoom(client: FlaskClient, z: int, level: bytes) -> None:
    """From far away parks, then blocks of plots, then the plots."""
    answer = client.get(address(z))
    assert "application/vnd.mapbox-vector-tile" == answer.mimetype
    assert level in answer.data


def test_no_tile_is_too_large(client: FlaskClient) -> None:
    """From the whole world to a street."""
    assert [] == [z for z in range(19) if len(client.get(address(z)).data) > MOST_BYTES]


def test_a_tile_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    """304 by its tag, whatever form it was sent in."""
    first = client.get(address(14), headers={"Accept-Encoding": "br"})
    assert "br" == first.headers["Content-Encoding"]
    tag = first.headers["ETag"]
    assert tag == client.get(address(14), headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert 304 == client.get(address(14), headers={"If-None-Match": tag}).status_code


def test_other_days_of_a_tile_of_all_parks_take_no_statement(map_engine: Engine) -> None:
    """From the second of its days on; neither does the database have to say that nothing has changed.

    What does not lie ready takes two statements: one that finds that out, one that reads it.
    """
    client = create_app(Settings(), engine=map_engine).test_client()
    version = client.get("/api/layers/plot_state/summary?as_of=2026-10-31").json["version"]  # type: ignore[index]
    client.get(address(13, "as_of=2025-04-17"))
    taken, tags = [], {}
    for day in ("2025-04-17", "2025-04-17", "2024-06-30", "2024-07-31", "2024-07-31"):
        answer = client.get(address(12, f"as_of={day}&v={version}"), headers=tags if len(taken) == 4 else {})
        tags = {"If-None-Match": answer.headers["ETag"]}
        taken.append((answer.status_code, spent_so_far().statements))
    assert [(200, 2), (200, 0), (200, 2), (200, 0), (304, 0)] == taken


def test_what_lies_ready_takes_one_statement(loaded_copy_url: str, engine_for: EngineMaker) -> None:
    """For the newest days one, for all others together another one."""
    engine = engine_for(loaded_copy_url, Role.MAP)
    TilesAhead(engine, engine_for(loaded_copy_url), load_catalogue(layers_dir())).prepare()
    client = create_app(Settings(), engine=engine).test_client()
    version = client.get("/api/layers/plot_state/summary?as_of=2026-10-31").json["version"]  # type: ignore[index]
    client.get(address(13, "as_of=2025-04-17"))
    taken = []
    for day in ("2026-10-31", "2026-10-31", "2024-06-30", "2024-07-31"):
        client.get(address(12, f"as_of={day}&v={version}"))
        taken.append(spent_so_far().statements)
    assert [1, 0, 1, 0] == taken


def test_what_is_reckoned_for_its_day_takes_a_statement_for_each(map_engine: Engine) -> None:
    """What may be leased depends on more than the plots; nothing is picked from other days."""
    client = create_app(Settings(), engine=map_engine).test_client()
    path = "/api/layers/plot_leasable/summary?as_of=2026-10-31"
    version = client.get(path).json["version"]  # type: ignore[index]
    client.get(address(13, "as_of=2026-10-31", "plot_leasable"))
    taken = []
    for day in ("2026-10-31", "2026-09-30"):
        client.get(address(14, f"as_of={day}&v={version}", "plot_leasable"))
        taken.append(spent_so_far().statements)
    assert [1, 1] == taken


def test_an_address_with_the_version_may_be_kept_for_ever(client: FlaskClient) -> None:
    """And only where the version is the present one."""
    version = client.get("/api/layers/plot_state/summary?as_of=2026-10-31").json["version"]  # type: ignore[index]
    kept = client.get(address(14, f"as_of=2026-10-31&v={version}")).headers["Cache-Control"]
    assert "immutable" in kept
    old = client.get(address(14, "as_of=2026-10-31&v=0123456789ab")).headers["Cache-Control"]
    assert "no-cache" in old or "must-revalidate" in old


def test_tiles_are_made_where_none_may_be_kept(map_engine: Engine) -> None:
    """GEOAPP_TILE_CACHE_MB=0 is allowed."""
    client = create_app(Settings(tile_cache_mb=0), engine=map_engine).test_client()
    assert [200, 200] == [client.get(address(14)).status_code for _ in range(2)]


@pytest.fixture
def two_clients(loaded_copy_url: str, engine_for: EngineMaker) -> list[FlaskClient]:
    """Two workers over one database that may be changed: each has caches of its own."""
    apps = [create_app(Settings(), engine=engine_for(loaded_copy_url, Role.MAP)) for _ in range(2)]
    return [app.test_client() for app in apps]


def test_a_change_is_seen_at_once_by_every_worker(
    two_clients: list[FlaskClient], loaded_copy_url: str, engine_for: EngineMaker
) -> None:
    """Edit, reload, see it: tiles, counts and features, in workers whose caches are warm."""
    place, counts = address(14), "/api/layers/plot_state/summary?as_of=2026-10-31&park=bao-minh"
    before = [(one.get(place).data, one.get(counts).json["counts"]) for one in two_clients]  # type: ignore[index]
    assert before[0] == before[1]
    tag = two_clients[0].get(place).headers["ETag"]
    with writing(engine_for(loaded_copy_url)) as connection:
        connection.execute(
            text(
                "UPDATE plot_versions AS v SET recorded = tstzrange(lower(v.recorded), now()) FROM plots AS p"
                " JOIN parks ON parks.id = p.park_id WHERE p.id = v.plot_id AND parks.slug = 'bao-minh'"
                " AND v.state = 'operating' AND upper_inf(v.recorded)"
            )
        )
    for client in two_clients:
        answer = client.get(place, headers={"If-None-Match": tag})
        assert 200 == answer.status_code
        assert before[0][0] != answer.data
        assert "operating" not in client.get(counts).json["counts"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/layers/plot_state/tiles/30/1/1.mvt", 400, "z: cần mức phóng từ 0 đến 22, nhưng nhận được 30"),
        ("/api/layers/plot_state/tiles/3/8/1.mvt", 400, "x: ở mức phóng 3 cần từ 0 đến 7, nhưng nhận được 8"),
        ("/api/layers/plot_state/tiles/3/1/8.mvt", 400, "y: ở mức phóng 3"),
        ("/api/layers/nothing/tiles/3/1/1.mvt", 404, "nothing"),
        ("/api/layers/land/tiles/3/1/1.mvt", 404, "không có ô bản đồ"),
        (address(14, "as_of=2020-01-01"), 400, "Không có số liệu trước 31/01/2024"),
        (address(14, "as_of=2026-02-30"), 400, "as_of"),
        (address(14, "as_of=2026-10-31&park=khong-co"), 404, "khong-co"),
        ("/api/layers/plot_state/features/bao-minh/XX", 404, "không có đối tượng bao-minh/XX vào ngày 31/10/2026"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client: FlaskClient, path: str, status: int, told: str) -> None:
    """By the parameter, with what was expected."""
    answer = client.get(path)
    assert (status, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert told in answer.json["detail"]  # type: ignore[index]


def test_counts_are_those_of_the_features(client: FlaskClient) -> None:
    """The legend of tiles says what the legend of features would."""
    features = client.get("/api/layers/plot_state/features?park=bao-minh&as_of=2026-10-31").json["features"]  # type: ignore[index]
    states = [feature["properties"]["state"] for feature in features]
    summary = client.get("/api/layers/plot_state/summary?park=bao-minh&as_of=2026-10-31").json
    assert {state: states.count(state) for state in set(states)} == summary["counts"]  # type: ignore[index]
    assert summary["has_demo"]  # type: ignore[index]


@pytest.mark.parametrize("path", ["/", "/api/layers", "/static/vendor/leaflet/dist/leaflet.js", "/static/css/base.css"])
@pytest.mark.parametrize("form", ["br", "gzip"])
def test_texts_are_compressed(client: FlaskClient, path: str, form: str) -> None:
    """In the form that the browser takes; a text that it has is still answered by 304."""
    answer = client.get(path, headers={"Accept-Encoding": form}, buffered=True)
    assert form == answer.headers["Content-Encoding"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    if tag := answer.headers.get("ETag"):
        again = client.get(path, headers={"Accept-Encoding": form, "If-None-Match": tag}, buffered=True)
        assert 304 == again.status_code
