"""Reading a bundle from a folder: text cells as they are written, geometries in EPSG:4326, nothing judged yet."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geoapp.errors import N_, DataError
from geoapp.ingest.tables import TABLES, Shape
from geoapp.kinds import Dataset, Quality

HEAD = "bundle.toml"
PACKAGE = "bundle.gpkg"


@dataclass(frozen=True)
class Sheet:
    """One table as read: text cells (empty = missing), geometries where it has any, the row number of each row."""

    name: str
    origin: str
    cells: pd.DataFrame
    geometry: np.ndarray | None
    crs: str
    first_row: int

    def row_no(self, position: int) -> int:
        """The row as a person counts it in the file."""
        return position + self.first_row


@dataclass(frozen=True)
class Bundle:
    """All that a folder holds."""

    directory: Path
    dataset: Dataset
    title: str
    quality: Quality
    source: str
    sheets: dict[str, Sheet]
    files: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 over all files and their names."""
        text = "\n".join(f"{name} {digest}" for name, digest in sorted(self.files.items()))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def source_crs(self) -> str:
        """The coordinate systems that the files came in."""
        return ", ".join(sorted({sheet.crs for sheet in self.sheets.values() if sheet.geometry is not None}))


def read_bundle(directory: Path) -> Bundle:
    """Read a folder.

    Raises: DataError - the folder, its head or a file cannot be read; every fault at once.
    """
    head = _read_head(directory)
    faults: list[str] = []
    sheets: dict[str, Sheet] = {}
    for path in sorted(directory.iterdir()):
        if path.name == HEAD or path.name.startswith(".") or path.is_dir():
            continue
        try:
            for sheet in _read_file(path):
                if sheet.name in sheets:
                    faults.append(f"{path.name}: table {sheet.name} is also in {sheets[sheet.name].origin}; keep one")
                sheets[sheet.name] = sheet
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(N_("The bundle %(folder)s cannot be read:"), faults, folder=directory.name)
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(directory.iterdir()) if p.is_file()}
    return Bundle(directory, head[0], head[1], head[2], head[3], sheets, files)


def _read_head(directory: Path) -> tuple[Dataset, str, Quality, str]:
    path = directory / HEAD
    if not path.is_file():
        raise DataError(
            N_("%(folder)s is not a bundle:"), [f"no {HEAD} in it; see docs/data-formats.md"], folder=directory.name
        )
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8")).get("bundle", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            N_("The bundle %(folder)s cannot be read:"), [f"{HEAD}: {error}"], folder=directory.name
        ) from error
    faults = [
        f"{HEAD}: bundle.{key}: expected text, found {head.get(key)!r}"
        for key in ("title", "source")
        if not isinstance(head.get(key), str) or not head[key]
    ]
    # Pictures come by a door of their own.
    of_tables = [dataset for dataset in Dataset if dataset is not Dataset.IMAGERY]
    for key, choices in (("dataset", of_tables), ("quality", list(Quality))):
        if head.get(key) not in choices:
            faults.append(f"{HEAD}: bundle.{key}: expected one of {', '.join(choices)}, found {head.get(key)!r}")
    if faults:
        raise DataError(N_("The bundle %(folder)s cannot be read:"), faults, folder=directory.name)
    return Dataset(head["dataset"]), head["title"], Quality(head["quality"]), head["source"]


def _read_file(path: Path) -> Iterable[Sheet]:
    if path.name == PACKAGE:
        return _read_package(path)
    if path.suffix not in {".csv", ".geojson"} or path.stem not in TABLES:
        known = ", ".join(f"{t.name}{'.csv' if t.shape is Shape.NONE else '.geojson'}" for t in TABLES.values())
        raise _refused(path, f"not a table of a bundle; known are {PACKAGE}, {known}")
    return [_read_csv(path) if path.suffix == ".csv" else _read_geojson(path)]


def _read_csv(path: Path) -> Sheet:
    try:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError) as error:
        raise _refused(path, f"not a readable CSV file in UTF-8: {error}") from error
    return Sheet(path.stem, path.name, cells, None, "", first_row=2)


def _read_geojson(path: Path) -> Sheet:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"]
        rows = [{key: _as_text(value) for key, value in (f.get("properties") or {}).items()} for f in features]
        geometry = shapely.from_geojson([json.dumps(f["geometry"]) if f.get("geometry") else None for f in features])
    except (ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        raise _refused(path, f"not a readable GeoJSON FeatureCollection in UTF-8: {error}") from error
    named = ((document.get("crs") or {}).get("properties") or {}).get("name", "OGC:CRS84")
    geometry, crs = _to_wgs84(path, geometry, named)
    return Sheet(path.stem, path.name, pd.DataFrame(rows).fillna("").astype(str), geometry, crs, first_row=1)


def _read_package(path: Path) -> Iterable[Sheet]:
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
    except DataSourceError as error:
        raise _refused(path, f"not a readable GeoPackage: {error}") from error
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise _refused(path, f"layers {', '.join(unknown)} are not tables of a bundle; known are {', '.join(TABLES)}")
    return [_read_layer(path, name) for name in names]


def _read_layer(path: Path, name: str) -> Sheet:
    try:
        frame = pyogrio.read_dataframe(path, layer=name)
    except (DataSourceError, DataLayerError) as error:
        raise _refused(path, f"layer {name} cannot be read: {error}") from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        return Sheet(name, f"{path.name}:{name}", frame.map(_as_text), None, "", first_row=1)
    if frame.crs is None:
        raise _refused(path, f"layer {name} names no coordinate system; set it in the file")
    geometry, crs = _to_wgs84(path, frame.geometry.to_numpy(), frame.crs)
    cells = pd.DataFrame(frame.drop(columns=frame.geometry.name)).map(_as_text)
    return Sheet(name, f"{path.name}:{name}", cells, geometry, crs, first_row=1)


def _to_wgs84(path: Path, geometry: np.ndarray, named: object) -> tuple[np.ndarray, str]:
    try:
        crs = CRS.from_user_input(named)
    except CRSError as error:
        raise _refused(path, f"coordinate system {named!r} is not known; use an EPSG code") from error
    label = ":".join(crs.to_authority() or (crs.name,))
    if label in {"OGC:CRS84", "EPSG:4326"}:
        return geometry, "EPSG:4326"
    transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    moved = shapely.transform(geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return moved, label


def _as_text(value: object) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NaT:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, list):
        return ";".join(str(item) for item in value)
    return str(value)


def _refused(path: Path, fault: str) -> DataError:
    return DataError(N_("The bundle %(folder)s cannot be read:"), [f"{path.name}: {fault}"], folder=path.parent.name)
