"""The themes that the province asks about each month: their layers, their figures, and the targets of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.catalog.model import Catalogue, Layer, View
from geoapp.core.permissions import VISITOR, Reader
from geoapp.errors import N_

EXCLUSIVE = "theme"
"""Layers of which one at a time colours the parks; a group that has one is a theme."""

# Groups in the words of the monthly reports; a group that is not here goes by its own title.
SHORT_TITLES = {
    "clearance": N_("Clearance"),
    "infrastructure": N_("Infrastructure"),
    "occupancy": N_("Occupancy"),
    "wastewater": N_("Wastewater"),
    "parks": N_("Status"),
}
_PLAN = N_("plan of the board, 02/2026, section II")


@dataclass(frozen=True)
class Target:
    """What the plan wants of a share: from ``lower`` per cent; ``upper`` where the plan names a range."""

    lower: float
    upper: float | None
    source: str


@dataclass(frozen=True)
class Share:
    """A share that is added up over all parks, shown with a layer. ``indicator`` is None for wastewater plants."""

    layer: str
    indicator: str | None
    target: Target | None = None


OCCUPANCY_TARGET = Target(80, 90, _PLAN)
WASTEWATER_TARGET = Target(100, None, _PLAN)
SHARES = (
    Share("park_clearance_cumulative", "clearance_cumulative"),
    Share("park_clean_site", "clean_site"),
    Share("park_infrastructure", "infrastructure_completeness"),
    Share("park_occupancy", "occupancy", OCCUPANCY_TARGET),
    Share("plant_standard", None, WASTEWATER_TARGET),
)
# Layer -> what its figure is of, and its indicator: what a list beside the map can be asked about.
LIST_FIGURES = {share.layer: ("park", share.indicator) for share in SHARES if share.indicator} | {
    "plant_load": ("plant", "wastewater_load")
}
TARGETS = {share.indicator: share.target for share in SHARES if share.indicator}
PARK_INDICATORS = tuple(TARGETS)
# Unit of numerator and denominator, by method where that decides.
_PART_UNITS = {"by_value": "vnd_bn", "by_item": "count"}
AREA_INDICATORS = (
    "area_planned",
    "area_approved",
    "area_handed_over",
    "land_industrial",
    "land_service",
    "land_leased",
)


@dataclass(frozen=True)
class Theme:
    """A group of layers of which one at a time colours the parks."""

    group: str
    layers: Sequence[Layer]


def themes_of(catalogue: Catalogue, view: View, reader: Reader = VISITOR) -> tuple[Theme, ...]:
    """The themes that a page offers to a reader, those of the monthly reports first, in their order."""
    found: dict[str, list[Layer]] = {}
    for layer in catalogue.of_view(view):
        if layer.exclusive == EXCLUSIVE and reader.may_read(layer.access):
            found.setdefault(layer.group, []).append(layer)
    known = [group for group in SHORT_TITLES if group in found]
    return tuple(Theme(group, tuple(found[group])) for group in [*known, *(g for g in found if g not in known)])


def part_unit(indicator: str, method: str | None) -> str:
    """The unit in which numerator and denominator of a share are, as a code of the indicators."""
    if indicator == "infrastructure_completeness":
        return _PART_UNITS.get(method or "", "count")
    return "ha"
