"""What a layer holds, for its legend: features by class, what is a demonstration, approximate, or without a place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from geoapp.catalog.model import NO_DATA, Catalogue, Layer, StyleClass, StyleKind
from geoapp.kinds import Quality
from geoapp.services.features import FeatureRequest
from geoapp.services.moment import Moment, choose_moment
from geoapp.services.readers import Engines, get_layer, reading_layer
from geoapp.store.subjects import get_park_id, get_zone_id
from geoapp.store.summary import Group, read_groups
from geoapp.store.versions import read_version


@dataclass(frozen=True)
class Summary:
    """Features by the key of their class; those without a place are counted apart, not in a class.

    ``sources``: titles, the most used first.
    """

    counts: Mapping[str, int]
    without_place: int
    has_demo: bool
    has_approximate: bool
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SummaryAnswer:
    """The summary and the version of the data it comes from; none where the caller has that version."""

    layer: Layer
    moment: Moment
    version: str
    summary: Summary | None


def find_summary(engines: Engines, catalogue: Catalogue, request: FeatureRequest) -> SummaryAnswer:
    """Raises: NotFound - no such layer, park or zone; InvalidRequest - a moment without data."""
    layer = get_layer(catalogue, request.layer, request.reader)
    with reading_layer(engines, layer, request.reader) as connection:
        version = read_version(connection)
        moment = choose_moment(connection, request.asked)
        if version == request.known_version:
            return SummaryAnswer(layer, moment, version, None)
        at = {
            **moment.parameters,
            "park_id": get_park_id(connection, request.park) if request.park else None,
            "zone_id": get_zone_id(connection, request.zone) if request.zone else None,
        }
        bound = {name: at[name] for name in layer.parameters}
        groups = read_groups(connection, layer.sql, layer.style.field, bound)
    return SummaryAnswer(layer, moment, version, _summarise(layer, groups))


def _summarise(layer: Layer, groups: list[Group]) -> Summary:
    counts: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for group in groups:
        if group.placed:
            counts[class_of(layer, group.value)] += group.count
            sources[group.source or ""] += group.count
    return Summary(
        counts,
        sum(group.count for group in groups if not group.placed),
        any(group.quality == Quality.DEMO for group in groups),
        any(group.approximate for group in groups if group.placed),
        tuple(title for title, _ in sources.most_common() if title),
    )


def class_of(layer: Layer, value: object) -> str:
    """The key of the class that a value belongs to, by the rule that the screen draws by."""
    style = layer.style
    if style.kind is StyleKind.SINGLE:
        return style.classes[0].key
    if value is None:
        return NO_DATA
    if style.kind is StyleKind.CATEGORY:
        return next((one.key for one in style.classes if one.value == value), NO_DATA)
    number = float(str(value))
    last = style.classes[-1]
    return next((one.key for one in style.classes if _holds(one, number, is_last=one is last)), NO_DATA)


def _holds(one: StyleClass, value: float, *, is_last: bool) -> bool:
    above = one.lower is None or value >= one.lower
    return above and (one.upper is None or value < one.upper or (is_last and value <= one.upper))
