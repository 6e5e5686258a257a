"""The documented columns of every table that a bundle may hold; ``docs/data-formats.md`` is written from this file.

A bundle is a folder with ``bundle.toml`` and any of these tables as ``<name>.csv`` (no geometry) or
``<name>.geojson`` (geometry, EPSG:4326), or one ``bundle.gpkg`` with layers of these names in any CRS that the file
names. Every table may be absent; every column without ``required`` may be absent or empty.
"""

from geoapp import kinds
from geoapp.ingest.columns import TRUST, VERSION, Column, Kind, Shape, Table
from geoapp.ingest.columns import number_column as _number
from geoapp.ingest.columns import text_column as _text
from geoapp.ingest.land_tables import LAND_EVENTS, LAND_PORTIONS
from geoapp.ingest.plan_tables import (
    DEPARTMENT_FIGURES,
    FIGURE_DUTIES,
    REPORT_CALENDAR,
    TARGET_PARKS,
    TARGETS,
    TASK_PARKS,
    TASK_UPDATES,
    TASKS,
)

__all__ = ["TABLES", "Column", "Kind", "Shape", "Table"]

SOURCES = Table(
    "sources",
    "Where figures come from.",
    ("key",),
    (
        _text("key", "short name", required=True),
        _text("title", "title or description", required=True),
        _text("publisher", "who published it"),
        _text("published", "date as it is printed, or undated"),
        _text("address", "web address or file"),
        _text("licence", "licence, where one is known"),
        _text("note", "what a reader should know"),
    ),
)
COMMUNES = Table(
    "communes",
    "Communes in force since 01/07/2025, as points inside them.",
    ("code",),
    (
        _text("code", "official code", required=True),
        _text("name", "name", required=True),
        _text("full_name", "name with its kind", required=True),
        _text("kind", "xã or phường", required=True),
        _number("area_km2", "listed area, km²"),
        _text("old_province", "province until 30/06/2025", required=True),
        _text("old_district", "district until 30/06/2025", required=True),
        _text("formed_from", "old units that formed it"),
        _text("source", "key of a row in sources; empty: the source of the bundle"),
    ),
    Shape.POINT,
    geometry_required=True,
)
LAND = Table(
    "land",
    "Land as drawn behind the layers.",
    (),
    (_text("source", "key of a row in sources; empty: the source of the bundle"),),
    Shape.POLYGON,
    geometry_required=True,
)
COAST = Table(
    "coast",
    "The coast as a line.",
    (),
    (_text("source", "key of a row in sources; empty: the source of the bundle"),),
    Shape.LINE,
    geometry_required=True,
)
ZONES = Table(
    "zones",
    "Economic zones.",
    ("slug",),
    (
        _text("slug", "name in addresses, lower case", required=True),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _text("decision", "decision that set it up"),
        _number("published_area_ha", "area in the decision, ha"),
        Column("approximate", Kind.BOOLEAN, "true: the outline is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POLYGON,
    geometry_required=True,
    versioned=True,
)
ZONE_AREAS = Table(
    "zone_areas",
    "Functional areas of a zone.",
    ("zone", "code"),
    (
        _text("zone", "slug of the zone", required=True),
        _text("code", "short name inside the zone", required=True),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _text("function", "what it is for", required=True, choices=kinds.ZoneFunction),
        Column("approximate", Kind.BOOLEAN, "true: the outline is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POLYGON,
    geometry_required=True,
    versioned=True,
)
PARKS = Table(
    "parks",
    "Industrial parks; the geometry is the point at which the park is published.",
    ("slug",),
    (
        _text("slug", "name in addresses, lower case", required=True),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _text("former_province", "province until 30/06/2025", required=True),
        _text("zone", "slug of the economic zone it lies in"),
        _text("status", "where the park stands", required=True, choices=kinds.ParkStatus),
        _text("infrastructure_investor", "developer of the infrastructure"),
        _text("established", "the acts that set it up, as published"),
        _text("location_vi", "place in words"),
        _text("location_basis", "what the point stands for", required=True),
        *VERSION,
    ),
    Shape.POINT,
    geometry_required=True,
    versioned=True,
)
PARK_ALIASES = Table(
    "park_aliases",
    "Other names of a park.",
    ("park", "alias"),
    (
        _text("park", "slug of the park", required=True),
        _text("alias", "the other name", required=True),
        _text("source", "key of a row in sources; empty: the source of the bundle"),
    ),
)
PARK_COMMUNES = Table(
    "park_communes",
    "Communes a park lies in, old and new.",
    ("park", "era", "name"),
    (
        _text("park", "slug of the park", required=True),
        _text("era", "old: until 30/06/2025; new: since 01/07/2025", required=True, choices=kinds.Era),
        _text("name", "commune as published", required=True),
        _text("commune", "code of the new commune, where it is known"),
        _text("source", "key of a row in sources; empty: the source of the bundle"),
    ),
)
PARK_OUTLINES = Table(
    "park_outlines",
    "Outlines of parks and their history.",
    ("park",),
    (
        _text("park", "slug of the park", required=True),
        Column("approximate", Kind.BOOLEAN, "true: the outline is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POLYGON,
    geometry_required=True,
    versioned=True,
)
PLOTS = Table(
    "plots",
    "Plots of a park.",
    ("park", "code"),
    (
        _text("park", "slug of the park", required=True),
        _text("code", "plot code inside the park", required=True),
        _text("block", "block the plot lies in"),
        _text("use_code", "land use", required=True, choices=kinds.PlotUse),
        _text("state", "what has become of it", required=True, choices=kinds.PlotState),
        Column("approximate", Kind.BOOLEAN, "true: the outline is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POLYGON,
    geometry_required=True,
    versioned=True,
)
PROJECTS = Table(
    "projects",
    "Investment projects.",
    ("code",),
    (
        _text("code", "short name, unique", required=True),
        _text("name", "name of the project", required=True),
        _text("park", "slug of the park it lies in"),
        _text("zone", "slug of the economic zone it counts with"),
        _text("investor", "investor"),
        _text("sector", "sector"),
        _number("land_ha", "land in the certificate, ha"),
        _number("capital_vnd_bn", "capital, VND bn"),
        _number("capital_usd_m", "capital, USD m"),
        _text("capital_note", "capital as published"),
        Column("licensed_on", Kind.DATE, "date of the certificate"),
        _text("licensed_note", "date as published, where it is not a day"),
        _text("state", "where it stands", required=True, choices=kinds.ProjectState),
        _text("state_note", "state as published"),
        *VERSION,
    ),
    versioned=True,
)
PROJECT_PLOTS = Table(
    "project_plots",
    "Plots that a project holds.",
    ("project", "park", "plot"),
    (
        _text("project", "code of the project", required=True),
        _text("park", "slug of the park", required=True),
        _text("plot", "code of the plot", required=True),
        _number("area_ha", "part of the plot held, ha; empty: the whole plot"),
        *VERSION,
    ),
    versioned=True,
)
CLEARANCE_AREAS = Table(
    "clearance_areas",
    "Areas in which land is cleared, by stage.",
    ("park", "code"),
    (
        _text("park", "slug of the park", required=True),
        _text("code", "short name inside the park", required=True),
        _text("stage", "stage reached; empty: not begun", choices=kinds.ClearanceStage),
        _text("obstacle", "group of reasons why it is stuck", choices=kinds.ObstacleReason),
        _text("obstacle_note", "the reason in words"),
        Column("households", Kind.INTEGER, "households and organisations affected"),
        Column("households_paid", Kind.INTEGER, "of them paid"),
        Column("approximate", Kind.BOOLEAN, "true: the outline is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POLYGON,
    geometry_required=True,
    versioned=True,
)
INFRASTRUCTURE_ITEMS = Table(
    "infrastructure_items",
    "Items of shared infrastructure.",
    ("park", "code"),
    (
        _text("park", "slug of the park", required=True),
        _text("code", "short name inside the park", required=True),
        _text("kind", "what it is", required=True, choices=kinds.InfrastructureKind),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _text("state", "where it stands", required=True, choices=kinds.InfrastructureState),
        _number("progress_pct", "share of the works done, per cent"),
        _number("planned_value_vnd_bn", "planned value, VND bn"),
        Column("approximate", Kind.BOOLEAN, "true: the place is not surveyed", required=True),
        *VERSION,
    ),
    Shape.ANY,
    geometry_required=True,
    versioned=True,
)
WASTEWATER_PLANTS = Table(
    "wastewater_plants",
    "Central wastewater treatment plants.",
    ("park", "code"),
    (
        _text("park", "slug of the park", required=True),
        _text("code", "short name inside the park", required=True),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _text("state", "where it stands", required=True, choices=kinds.PlantState),
        _number("capacity_m3_day", "design capacity, m³/day"),
        _text("discharge_column", "column of the standard that the permit names", choices=kinds.DischargeColumn),
        _number("kq", "coefficient of the receiving water in the permit"),
        _number("kf", "coefficient of the flow in the permit"),
        Column("permit_granted", Kind.BOOLEAN, "false: it is known that there is no permit; empty: not known"),
        _text("permit_no", "number of the environmental permit"),
        Column("permit_from", Kind.DATE, "first day of the permit"),
        Column("permit_to", Kind.DATE, "last day of the permit; empty: no end"),
        Column("monitoring_connected", Kind.BOOLEAN, "automatic monitoring sends data; empty: not known"),
        Column("expected_on", Kind.DATE, "day on which it is expected to operate; empty: nobody said"),
        Column("approximate", Kind.BOOLEAN, "true: the place is not surveyed", required=True),
        *VERSION,
    ),
    Shape.POINT,
    versioned=True,
)
PERMIT_LIMITS = Table(
    "permit_limits",
    "Limits that the permit of a plant names; they come before those of the standard.",
    ("park", "plant", "parameter"),
    (
        _text("park", "slug of the park", required=True),
        _text("plant", "code of the plant", required=True),
        _text("parameter", "parameter of the standard", required=True),
        _number("lower", "lower limit in the unit of the standard"),
        _number("upper", "upper limit in the unit of the standard"),
        *VERSION,
    ),
    versioned=True,
)
WASTEWATER_NORMS = Table(
    "wastewater_norms",
    "How much wastewater a hectare gives in a day: of a sector, else of a land use, else (both empty) in general.",
    ("code",),
    (
        _text("code", "short name, lower case", required=True),
        _text("use_code", "land use that the norm is for", choices=kinds.PlotUse),
        _text("sector", "sector of projects that the norm is for, as it is written with the projects"),
        _text("name_vi", "Vietnamese name", required=True),
        _text("name_en", "English name", required=True),
        _number("m3_ha_day", "wastewater of a hectare, m³/day", required=True),
        Column("assumed", Kind.BOOLEAN, "true: an assumption, without an official text behind it", required=True),
        *VERSION,
    ),
    versioned=True,
)
WASTEWATER_READINGS = Table(
    "wastewater_readings",
    "Measured values at the outlet of a plant.",
    ("park", "plant", "measured_on", "parameter"),
    (
        _text("park", "slug of the park", required=True),
        _text("plant", "code of the plant", required=True),
        Column("measured_on", Kind.DATE, "day of the sample or last day of the mean", required=True),
        _text("parameter", "parameter of the standard", required=True),
        _number("value", "value in the unit of the standard", required=True),
        Column("confirmed", Kind.BOOLEAN, "an exceedance is confirmed; empty: not examined"),
        *TRUST,
    ),
)
OBSERVATIONS = Table(
    "observations",
    "Figures: what, about what, as of when, how much, by which method, from which source.",
    ("subject_kind", "subject", "indicator", "valid_on", "method", "source"),
    (
        _text("subject_kind", "what the figure is about", required=True, choices=kinds.SubjectKind),
        _text("subject", "slug of the park or zone, park/plant for a plant, ninh-binh for the province", required=True),
        _text("indicator", "code of the indicator", required=True),
        Column("valid_on", Kind.DATE, "day as of which the figure is true; empty only where the source is undated"),
        _text("date_precision", "how exactly the day is known", required=True, choices=kinds.DatePrecision),
        _number("value", "value in the unit of the indicator", required=True),
        _number("numerator", "numerator in its own unit"),
        _number("denominator", "denominator in its own unit"),
        _text("method", "method of the figure; empty: not stated by the source"),
        Column("other_sources", Kind.LIST, "keys of further sources of the same figure, split by ;"),
        *TRUST,
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SOURCES,
        COMMUNES,
        LAND,
        COAST,
        ZONES,
        ZONE_AREAS,
        PARKS,
        PARK_ALIASES,
        PARK_COMMUNES,
        PARK_OUTLINES,
        PLOTS,
        PROJECTS,
        PROJECT_PLOTS,
        LAND_PORTIONS,
        LAND_EVENTS,
        CLEARANCE_AREAS,
        INFRASTRUCTURE_ITEMS,
        WASTEWATER_PLANTS,
        PERMIT_LIMITS,
        WASTEWATER_NORMS,
        WASTEWATER_READINGS,
        OBSERVATIONS,
        TARGETS,
        TARGET_PARKS,
        FIGURE_DUTIES,
        DEPARTMENT_FIGURES,
        TASKS,
        TASK_PARKS,
        TASK_UPDATES,
        REPORT_CALENDAR,
    )
}
"""All tables in the order in which they are stored: a row may only name what an earlier table brings."""
