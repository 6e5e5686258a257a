"""What the demonstration set starts from: the published parks, their areas, the zone, and the land."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geoapp.demo.plane import to_plane
from geoapp.kinds import ParkStatus, PlantState


@dataclass(frozen=True)
class Park:
    """A park as it is published; ``point`` in the plane of ``geoapp.demo.plane``; figures None where unpublished.

    ``told`` holds the codes of the indicators that are published.
    """

    slug: str
    name_vi: str
    name_en: str
    status: ParkStatus
    zone: str
    point: Point
    area_ha: float | None
    approved_ha: float | None
    told: frozenset[str]
    plant: "PublishedPlant | None"

    @property
    def short_name(self) -> str:
        """The name without what kind of thing it is."""
        return self.name_en.removesuffix(" Industrial Park")


@dataclass(frozen=True)
class PublishedPlant:
    """A wastewater plant that is published; the set leaves it as it is."""

    capacity_m3_day: float
    state: PlantState


@dataclass(frozen=True)
class Registry:
    """All that is read from the data folder; geometries in the plane."""

    parks: tuple[Park, ...]
    zones: dict[str, BaseGeometry]
    land: BaseGeometry


def read_registry(data_dir: Path) -> Registry:
    """Read the published facts that the demonstration set is built on, parks in the order of their slugs."""
    figures = _latest_figures(data_dir / "registry/observations.csv")
    plants = {
        row["park"]: PublishedPlant(float(row["capacity_m3_day"]), PlantState(row["state"]))
        for row in _rows(data_dir / "registry/wastewater_plants.csv")
    }
    parks = [
        Park(
            slug=(slug := facts["slug"]),
            name_vi=facts["name_vi"],
            name_en=facts["name_en"],
            status=ParkStatus(facts["status"]),
            zone=facts.get("zone") or "",
            point=Point(shapely.get_coordinates(place)[0]),
            area_ha=figures.get((slug, "area_planned")),
            approved_ha=figures.get((slug, "area_approved")),
            told=frozenset(indicator for subject, indicator in figures if subject == slug),
            plant=plants.get(slug),
        )
        for facts, place in _latest(_features(data_dir / "registry/parks.geojson"))
    ]
    zones = {facts["slug"]: shape for facts, shape in _features(data_dir / "registry/zones.geojson")}
    land = shapely.union_all([shape for _, shape in _features(data_dir / "context/land.geojson")])
    return Registry(tuple(sorted(parks, key=lambda park: park.slug)), zones, land)


def _latest_figures(path: Path) -> dict[tuple[str, str], float]:
    """(Park, indicator) -> the latest figure that bears a date, else the first that bears none."""
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for row in _rows(path):
        if row["subject_kind"] == "park":
            what = (row["subject"], row["indicator"])
            if what not in found or row["valid_on"] > found[what][0]:
                found[what] = (row["valid_on"], float(row["value"]))
    return {what: value for what, (_, value) in found.items()}


def _latest(features: list[tuple[dict[str, Any], BaseGeometry]]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """One row for each park: what holds now."""
    ordered = sorted(features, key=lambda feature: feature[0].get("valid_from") or "")
    return list({facts["slug"]: (facts, place) for facts, place in ordered}.values())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _features(path: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(f["properties"], to_plane(shapely.from_geojson(json.dumps(f["geometry"])))) for f in features]
