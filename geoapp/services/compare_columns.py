"""The columns of the page that sets the parks side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoapp.errors import N_


class Kind(StrEnum):
    """How the value of a column is understood."""

    TEXT = "text"
    CODE = "code"
    SHARE = "share"
    AMOUNT = "amount"
    PLOTS = "plots"
    COUNT = "count"


@dataclass(frozen=True)
class Column:
    """One column. ``title`` and ``group`` are messages; ``unit`` a code of the indicators; ``codes`` names a code list.

    ``indicator``: the figure that it shows; None where it comes from parks, plants, plots or projects. ``layer``: the
    theme whose classes divide its values.
    """

    key: str
    kind: Kind
    title: str
    group: str
    unit: str = ""
    indicator: str | None = None
    codes: str | None = None
    layer: str | None = None


_PARK, _AREAS, _THEMES = N_("Park"), N_("Areas"), N_("Themes")
_WASTEWATER, _LAND = N_("Wastewater"), N_("Plots and projects")


def _area(key: str, title: str) -> Column:
    return Column(key, Kind.AMOUNT, title, _AREAS, "ha", key)


def _share(key: str, title: str, layer: str) -> Column:
    return Column(key, Kind.SHARE, title, _THEMES, "%", key, layer=layer)


_ALL = (
    Column("status", Kind.CODE, N_("Status"), _PARK, codes="park_status", layer="park_status"),
    Column("former_province", Kind.TEXT, N_("Former province"), _PARK),
    _share("clearance_cumulative", N_("Cleared to date (share)"), "park_clearance_cumulative"),
    _share("clean_site", N_("Clean site (share)"), "park_clean_site"),
    _share("infrastructure_completeness", N_("Infrastructure completeness"), "park_infrastructure"),
    _share("occupancy", N_("Occupancy (share)"), "park_occupancy"),
    Column("plant_state", Kind.CODE, N_("Plant"), _WASTEWATER, codes="plant_state", layer="plant_state"),
    Column("plant_capacity", Kind.AMOUNT, N_("Capacity"), _WASTEWATER, "m3_day"),
    Column("plant_load", Kind.SHARE, N_("Wastewater load"), _WASTEWATER, "%", layer="plant_load"),
    Column(
        "plant_standard", Kind.CODE, N_("Meets the standard"), _WASTEWATER, codes="standard_met", layer="plant_standard"
    ),
    Column("plots_leased", Kind.PLOTS, N_("Plots leased"), _LAND, "ha"),
    Column("plots_free", Kind.PLOTS, N_("Plots ready to lease"), _LAND, "ha"),
    Column("projects", Kind.COUNT, N_("Projects"), _LAND, "count"),
    _area("area_planned", N_("Planned area")),
    _area("area_approved", N_("Approved area")),
    _area("area_handed_over", N_("Area handed over")),
)
COLUMNS: Mapping[str, Column] = {column.key: column for column in _ALL}
INDICATORS = tuple(column.indicator for column in _ALL if column.indicator)
