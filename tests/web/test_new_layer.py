"""Adding a layer is adding a folder: what follows from it in the web, with no change of Python."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.resources import layers_dir
from geoapp.settings import Settings

DECLARATION = """
title = { vi = "Điểm mốc khu công nghiệp", en = "Park marks" }
method = { vi = "Điểm công bố của từng khu.", en = "The published point of each park." }
access = "public"
geometry = "point"
order = 90
views = ["province"]
shown = []
label = "name"
tooltip = []
popup = ["name"]
[fields.name]
title = { vi = "Khu công nghiệp", en = "Industrial park" }
type = "text"
[style]
kind = "single"
[[style.classes]]
label = { vi = "điểm mốc", en = "mark" }
fill = "#123456"
"""
STATEMENT = """
SELECT p.slug AS id, p.point AS geom, p.name_vi AS name, p.quality, p.source_title AS source, p.source_key,
       p.valid_from AS observed_on, true AS approximate
FROM parks_at(:as_of, :known_at) AS p
"""


@pytest.fixture
def client(loaded_database_url: str, tmp_path: Path) -> FlaskClient:
    """The application over the layers of the project and one more folder."""
    shutil.copytree(layers_dir(), tmp_path / "layers")
    folder = tmp_path / "layers" / "parks" / "park_marks"
    folder.mkdir()
    (folder / "layer.toml").write_text(DECLARATION, encoding="utf-8")
    (folder / "layer.sql").write_text(STATEMENT, encoding="utf-8")
    return create_app(Settings(database_url=loaded_database_url, layers_dir=tmp_path / "layers")).test_client()


def test_the_new_layer_is_on_the_map_of_the_page(client: FlaskClient) -> None:
    """The page knows its address."""
    assert "/api/layers/park_marks/features" in client.get("/").text


def test_the_new_layer_is_in_the_legend_of_both_languages(client: FlaskClient) -> None:
    """Title, class and colour come from the declaration."""
    described = {
        lang: next(
            layer
            for layer in client.get(f"/api/layers?view=province&lang={lang}").json["layers"]
            if layer["id"] == "park_marks"
        )
        for lang in ("vi", "en")
    }
    assert ("Điểm mốc khu công nghiệp", "mark") == (
        described["vi"]["title"],
        described["en"]["style"]["classes"][0]["label"],
    )


def test_the_new_layer_has_features(client: FlaskClient) -> None:
    """One for each park of the registry."""
    answer = client.get("/api/layers/park_marks/features?as_of=2026-10-31").get_json(force=True)
    assert (45, "KCN Khánh Phú") == (
        answer["count"],
        next(f["properties"]["name"] for f in answer["features"] if f["id"] == "khanh-phu"),
    )
