"""Layers and features for programs."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.app import create_app
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import TRUST_COLUMNS, Catalogue
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.kinds import AccessClass
from geoapp.resources import layers_dir
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine, reading
from tests.factories import observation, write_bundle

CATALOGUE = load_catalogue(layers_dir())
PUBLIC = [layer for layer in CATALOGUE.layers.values() if layer.access is AccessClass.PUBLIC]
AS_OF = "2026-10-31"


def features_address(layer: str, **query: str) -> str:
    """The address of the features of a layer."""
    return f"/api/layers/{layer}/features?" + "&".join(f"{k}={v}" for k, v in {"as_of": AS_OF, **query}.items())


@pytest.mark.parametrize("layer", PUBLIC, ids=lambda layer: layer.id)
def test_every_layer_gives_what_it_declares(client: FlaskClient, layer: object) -> None:
    """GeoJSON whose properties are the declared fields and where each row comes from."""
    declared = CATALOGUE.layers[layer.id]  # type: ignore[attr-defined]
    answer = client.get(features_address(declared.id, park="khanh-phu"))
    assert (200, "application/geo+json") == (answer.status_code, answer.mimetype)
    body = json.loads(answer.data)
    assert ("FeatureCollection", declared.id, AS_OF) == (body["type"], body["layer"], body["as_of"])
    assert body["count"] == len(body["features"])
    wanted = {column for field in declared.fields.values() for column in field.columns} | set(TRUST_COLUMNS)
    for feature in body["features"]:
        assert wanted == set(feature["properties"]) - {"park_slug"}


def test_only_the_park_that_is_asked_for(client: FlaskClient, map_engine: Engine) -> None:
    """Plots of one park, as many as the database has."""
    with reading(map_engine) as connection:
        stored = connection.execute(
            text("SELECT count(*) FROM plots_at(:day, now()) WHERE park_slug = 'bao-minh'"), {"day": AS_OF}
        ).scalar_one()
    body = json.loads(client.get(features_address("plot_state", park="bao-minh")).data)
    assert 0 < stored == body["count"]
    assert {"bao-minh"} == {feature["properties"]["park_slug"] for feature in body["features"]}


def test_what_has_no_place_is_counted(client: FlaskClient) -> None:
    """Projects without published plots have no geometry, and the answer says how many."""
    body = json.loads(client.get(features_address("projects")).data)
    assert 0 < body["without_place"] == sum(feature["geometry"] is None for feature in body["features"])


def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    """304 for the version that the caller has."""
    first = client.get(features_address("park_status"))
    again = client.get(features_address("park_status"), headers={"If-None-Match": first.headers["ETag"]})
    assert (304, b"") == (again.status_code, again.data)
    assert "must-revalidate" in first.headers["Cache-Control"]


def test_the_tag_of_another_address_does_not_count(client: FlaskClient) -> None:
    """The same data of another day are another answer."""
    tag = client.get(features_address("park_status")).headers["ETag"]
    other = client.get(features_address("park_status", as_of="2025-06-30"), headers={"If-None-Match": tag})
    assert 200 == other.status_code


def test_new_data_make_a_new_tag(loaded_copy_url: str, tmp_path: object) -> None:
    """After a load the same address is answered anew."""
    engine = make_engine(loaded_copy_url, role=Role.MAP)
    client = create_app(Settings(), engine=engine).test_client()
    tag = client.get(features_address("park_occupancy")).headers["ETag"]
    row = observation(subject="khanh-phu", valid_on="2026-10-30", value=12)
    owner = make_engine(loaded_copy_url, role=Role.OWNER)
    load_bundle(owner, read_bundle(write_bundle(tmp_path / "new", observations=[row])))  # type: ignore[operator]
    owner.dispose()
    answer = client.get(features_address("park_occupancy"), headers={"If-None-Match": tag})
    engine.dispose()
    assert 200 == answer.status_code
    assert tag != answer.headers["ETag"]


def test_an_unknown_park_is_told_even_to_those_who_know_the_answer(client: FlaskClient) -> None:
    """A tag does not turn 404 into 304."""
    tag = client.get(features_address("park_status")).headers["ETag"]
    assert (
        404 == client.get(features_address("park_status", park="nowhere"), headers={"If-None-Match": tag}).status_code
    )


def test_too_many_features_are_refused_with_the_way_out(map_engine: Engine) -> None:
    """More than the limit is never cut off silently."""
    client = create_app(Settings(feature_limit=10), engine=map_engine).test_client()
    answer = client.get(features_address("plot_state") + "&lang=en")
    assert 400 == answer.status_code
    assert "more than 10 features here. Ask for one park" in (answer.json or {})["detail"]


def test_just_as_many_as_the_limit_are_served(map_engine: Engine) -> None:
    """The limit itself is allowed."""
    count = (
        len(CATALOGUE.layers)
        and json.loads(
            create_app(Settings(), engine=map_engine).test_client().get(features_address("park_status")).data
        )["count"]
    )
    client = create_app(Settings(feature_limit=count), engine=map_engine).test_client()
    assert 200 == client.get(features_address("park_status")).status_code


def hidden(layer_id: str) -> Catalogue:
    """The catalogue with one layer for internal use."""
    layer = replace(CATALOGUE.layers[layer_id], access=AccessClass.INTERNAL)
    return replace(CATALOGUE, layers={**CATALOGUE.layers, layer_id: layer})


@pytest.mark.parametrize("address", ["/api/layers", "/api/layers?view=province", "/"])
def test_a_layer_that_is_not_public_is_not_mentioned(map_engine: Engine, address: str) -> None:
    """Catalogue and page obey the class of a layer."""
    client = create_app(Settings(), catalogue=hidden("park_infrastructure"), engine=map_engine).test_client()
    assert "park_status" in client.get(address).text
    assert '"park_infrastructure"' not in client.get(address).text


def test_a_layer_that_is_not_public_is_not_served(map_engine: Engine) -> None:
    """Its features look like those of a layer that does not exist."""
    client = create_app(Settings(), catalogue=hidden("park_status"), engine=map_engine).test_client()
    assert 404 == client.get(features_address("park_status")).status_code


def test_the_catalogue_is_told_in_both_languages(client: FlaskClient) -> None:
    """Titles, labels and units."""
    spoken = {lang: client.get(f"/api/layers?lang={lang}").json or {} for lang in ("vi", "en")}
    titles = {lang: {layer["title"] for layer in body["layers"]} for lang, body in spoken.items()}
    assert len(PUBLIC) == len(titles["vi"]) == len(titles["en"])
    assert set() == titles["vi"] & titles["en"]


def test_the_catalogue_is_sent_once(client: FlaskClient) -> None:
    """304 as long as no layer is declared otherwise."""
    tag = client.get("/api/layers?view=park").headers["ETag"]
    assert 304 == client.get("/api/layers?view=park", headers={"If-None-Match": tag}).status_code


def test_a_request_leaves_one_line_in_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """What was asked, what came of it, how long, how many statements."""
    with caplog.at_level("INFO", "geoapp.request"):
        client.get("/zones/ninh-co")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "geoapp.request"]
    assert line.startswith("GET /zones/ninh-co 200 ")
    assert " sql " in line


def test_the_map_cannot_write(app: Flask, map_engine: Engine) -> None:
    """The engine of the application works as a role that only reads."""
    assert app.extensions["atlas"] is not None
    with reading(map_engine) as connection:
        assert "geoapp_map" == connection.execute(text("SELECT current_user")).scalar()
