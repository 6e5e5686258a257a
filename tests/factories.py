"""Bundles for tests: any table with defaults that can be overridden."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

HEAD = '[bundle]\ndataset = "{dataset}"\ntitle = "Test bundle"\nquality = "{quality}"\nsource = "test"\n'
SOURCE = {"key": "test", "title": "A source of the tests"}
POINT = {"type": "Point", "coordinates": [106.1, 20.2]}
PARK = {
    "slug": "thu",
    "name_vi": "KCN Thử",
    "name_en": "Thử Industrial Park",
    "former_province": "Nam Định",
    "status": "operating",
    "location_basis": "test",
    "geometry": POINT,
}

Row = Mapping[str, object]


def square(lon: float, lat: float, side: float = 0.01) -> dict[str, object]:
    """A square polygon with its lower left corner at lon, lat; the side in degrees."""
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def park(**changes: object) -> dict[str, object]:
    """A park."""
    return {**PARK, **changes}


def outline(**changes: object) -> dict[str, object]:
    """The outline of the park ``thu``: about 116 ha."""
    return {"park": "thu", "approximate": "true", "geometry": square(106.1, 20.2), **changes}


def plot(**changes: object) -> dict[str, object]:
    """A plot in the middle of the park ``thu``."""
    row = {"park": "thu", "code": "A1", "use_code": "SKK", "state": "available", "approximate": "true"}
    return {**row, "geometry": square(106.102, 20.202, 0.002), **changes}


def project(**changes: object) -> dict[str, object]:
    """A project in the park ``thu``."""
    return {"code": "p-1", "name": "Dự án thử", "park": "thu", "land_ha": 5, "state": "registered", **changes}


def land_event(**changes: object) -> dict[str, object]:
    """The handover of the land of the project ``p-1``."""
    row = {"project": "p-1", "code": "01", "kind": "handover", "happened_on": "2025-03-10", "document_no": "12/BB-BGĐ"}
    return {**row, **changes}


def observation(**changes: object) -> dict[str, object]:
    """Occupancy of the park ``thu`` at the end of June 2026."""
    row = {"subject_kind": "park", "subject": "thu", "indicator": "occupancy", "valid_on": "2026-06-30"}
    return {**row, "date_precision": "month", "value": 50, "method": "decree35_2022", **changes}


def write_bundle(folder: Path, *, dataset: str = "board", quality: str = "official", **tables: Sequence[Row]) -> Path:
    """Write a bundle: rows with a geometry become GeoJSON, others CSV. A source ``test`` is always there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bundle.toml").write_text(HEAD.format(dataset=dataset, quality=quality), encoding="utf-8")
    for name, rows in {"sources": [SOURCE], **tables}.items():
        if any("geometry" in row for row in rows):
            write_geojson(folder / f"{name}.geojson", rows)
        else:
            write_csv(folder / f"{name}.csv", rows)
    return folder


def write_geojson(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as a FeatureCollection."""
    features = [
        {
            "type": "Feature",
            "geometry": row.get("geometry"),
            "properties": {key: value for key, value in row.items() if key != "geometry"},
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as CSV with the columns of all of them."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
