"""A layer as a file: the same rows as on the map, with quality and source in every row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import geopandas
import pandas as pd
from sqlalchemy import Connection, Engine

from geoapp.catalog.model import TRUST_COLUMNS, Catalogue, FieldType, Label, Layer
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.kinds import AccessClass, Quality
from geoapp.services.table_files import as_text
from geoapp.store.engine import reading
from geoapp.store.frames import read_frame
from geoapp.store.subjects import get_park_id, get_zone_id

DEMO_NOTICE = Label("Số liệu minh họa, không phải số liệu chính thức", "Demonstration data, not official figures")
APPROXIMATE_NOTICE = Label("Ranh giới gần đúng, chưa đo đạc", "Approximate outline, not surveyed")


@dataclass(frozen=True)
class ExportRequest:
    """What is exported: a layer as of a day and as known at a moment, of all parks or one, labels in one language."""

    layer: str
    as_of: date
    known_at: datetime
    park: str | None = None
    zone: str | None = None
    language: str = "vi"


def export_layer(engine: Engine, catalogue: Catalogue, request: ExportRequest, target: Path) -> int:
    """Write a layer to a .geojson, .csv or .gpkg file; the number of rows. The file appears whole or not at all.

    Raises: NotFound - no such layer, park or zone; InvalidRequest - a format that is not known, or a layer whose class
    does not let it leave; StoreError, StoreUnavailable.
    """
    layer = catalogue.layers.get(request.layer)
    if layer is None:
        raise NotFound(
            N_("There is no layer %(layer)s. Known are: %(known)s."),
            layer=request.layer,
            known=", ".join(catalogue.layers),
        )
    if layer.access is not AccessClass.PUBLIC:
        raise InvalidRequest(
            N_("The layer %(layer)s is %(access)s and is not exported."),
            parameter="layer",
            layer=layer.id,
            access=layer.access,
        )
    _writer(target)
    with reading(engine) as connection:
        return write_layer(connection, catalogue, request, target)


def write_layer(connection: Connection, catalogue: Catalogue, request: ExportRequest, target: Path) -> int:
    """As ``export_layer``, over a connection that sees what the reader may see; whether he may take it is asked before.

    Raises: NotFound - no such park or zone; InvalidRequest - a format that is not known; StoreError, StoreUnavailable.
    """
    write, layer = _writer(target), catalogue.layers[request.layer]
    parameters: dict[str, object] = {"as_of": request.as_of, "known_at": request.known_at}
    parameters["park_id"] = get_park_id(connection, request.park) if request.park else None
    parameters["zone_id"] = get_zone_id(connection, request.zone) if request.zone else None
    frame = read_frame(connection, layer.sql, {name: parameters[name] for name in layer.parameters})
    frame = _described(frame, layer, catalogue, request)
    part = target.with_name(f".{target.stem}.part{target.suffix}")
    try:
        write(frame, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return len(frame)


def _described(
    frame: geopandas.GeoDataFrame, layer: Layer, catalogue: Catalogue, request: ExportRequest
) -> geopandas.GeoDataFrame:
    """Labels beside codes, and a notice in every row that is demonstration or approximate."""
    language = request.language
    columns: dict[str, pd.Series] = {"id": frame["id"]}
    for field in layer.fields.values():
        name = f"{field.name}_{language}" if field.localized else field.name
        columns[field.name] = frame[name]
        if field.type is FieldType.CODE and field.codes is not None:
            labels = {code: label.text(language) for code, label in catalogue.codes[field.codes].items()}
            columns[f"{field.name}_label"] = frame[name].map(labels)
    columns |= {name: frame[name] for name in TRUST_COLUMNS}
    columns["as_of"] = pd.Series(request.as_of.isoformat(), index=frame.index)
    demo = (frame["quality"] == Quality.DEMO).map({True: DEMO_NOTICE.text(language), False: ""})
    rough = frame["approximate"].astype(bool).map({True: APPROXIMATE_NOTICE.text(language), False: ""})
    columns["notice"] = demo.str.cat(rough, sep="; ").str.strip("; ")
    return geopandas.GeoDataFrame(columns, geometry=frame.geometry, crs=frame.crs)


def _writer(target: Path) -> Callable[[geopandas.GeoDataFrame, Path], None]:
    writers: dict[str, Callable[[geopandas.GeoDataFrame, Path], None]] = {
        ".geojson": lambda frame, path: frame.to_file(path, driver="GeoJSON", engine="pyogrio", RFC7946="YES"),
        ".gpkg": lambda frame, path: frame.to_file(path, driver="GPKG", layer=target.stem, engine="pyogrio"),
        ".csv": _write_csv,
    }
    if target.suffix not in writers:
        raise InvalidRequest(
            N_("The file %(file)s is of no known kind. End its name with %(known)s."),
            parameter="file",
            file=target.name,
            known=", ".join(writers),
        )
    return writers[target.suffix]


def _write_csv(frame: geopandas.GeoDataFrame, path: Path) -> None:
    """CSV for spreadsheets: UTF-8 with a mark, a point inside each feature, the outline as text."""
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name)).map(as_text)
    inside = frame.geometry.representative_point()
    table["lon"], table["lat"] = inside.x.round(6), inside.y.round(6)
    table["wkt"] = frame.geometry.to_wkt(rounding_precision=6)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
