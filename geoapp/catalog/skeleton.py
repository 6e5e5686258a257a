"""A new layer that works at once: declaration and SQL to be rewritten for the data that it shall show."""

from pathlib import Path

from geoapp.catalog.load import LAYER_FILE, SQL_FILE, load_catalogue
from geoapp.catalog.model import Geometry
from geoapp.catalog.section import is_name, nearest
from geoapp.errors import N_, CatalogError

_TOML = """\
# docs/layers.md explains every key. Check with: geoapp layers check
title = {{ vi = "Lớp mới: {id}", en = "New layer: {id}" }}
method.vi = "Một câu: lớp này cho thấy gì, tính bằng cách nào."
method.en = "One sentence: what this layer shows, and by which method."
access = "public"
geometry = "{geometry}"
order = 35
views = ["province", "zone", "park"]
shown = []
refresh = "on_change"
label = "name"
tooltip = ["status"]
popup = ["status"]

[fields.name]
title = {{ vi = "Khu công nghiệp", en = "Industrial park" }}
type = "text"
localized = true

[fields.status]
title = {{ vi = "Tình trạng", en = "Status" }}
type = "code"
codes = "park_status"

[style]
kind = "single"

[[style.classes]]
label = {{ vi = "đối tượng", en = "feature" }}
{paint}
"""
_SQL = """\
SELECT p.slug AS id, p.slug AS park_slug, {geom} AS geom, p.name_vi, p.name_en, p.status,
       p.quality, p.source_title AS source, p.source_key, p.valid_from AS observed_on, p.approximate
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones AS z ON z.slug = p.zone_slug
WHERE (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
"""
_GEOM = {
    Geometry.POINT: "p.point",
    Geometry.LINE: "ST_Boundary(p.outline)",
    Geometry.POLYGON: "p.outline",
    Geometry.MIXED: "p.geom",
}
_STROKE = 'stroke = "#0b6e8a"\nwidth = 2'
_FILL = 'fill = "#8fd0e8"\nstroke = "#0b6e8a"'


def write_skeleton(directory: Path, group: str, layer: str, geometry: Geometry) -> Path:
    """Write a new layer that passes all checks; the folder made.

    Raises: CatalogError - the catalogue is broken already, the group is not known, or the name is bad or taken.
    """
    catalogue = load_catalogue(directory)
    faults = []
    if group not in catalogue.groups:
        faults.append(
            f"group: expected a group of groups.toml ({nearest(group, list(catalogue.groups))}), found '{group}'"
        )
    if not is_name(layer):
        faults.append(f"id: expected a name of lower-case letters, digits and underscores, found '{layer}'")
    folder = directory / group / layer
    if layer in catalogue.layers or folder.exists():
        faults.append(f"id: expected a name that no layer has yet, found '{layer}'")
    if faults:
        raise CatalogError(N_("The layer %(name)s was not made."), faults, name=f"{group}/{layer}")
    folder.mkdir(parents=True)
    paint = _STROKE if geometry is Geometry.LINE else _FILL
    (folder / LAYER_FILE).write_text(_TOML.format(id=layer, geometry=geometry, paint=paint), encoding="utf-8")
    (folder / SQL_FILE).write_text(_SQL.format(geom=_GEOM[geometry]), encoding="utf-8")
    return folder
