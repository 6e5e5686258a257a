"""What is drawn otherwise on two days: what is marked on a map, and what a table counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas

from geoapp.catalog.model import Layer
from geoapp.maps.sheet.classes import classify
from geoapp.maps.sheet.model import SheetLayer


@dataclass(frozen=True)
class LayerChanges:
    """Ids of rows that came, that are drawn otherwise, and that went."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]

    @property
    def ids(self) -> frozenset[str]:
        """Those that can be marked: they are there on the later day."""
        return self.added | self.changed

    def __bool__(self) -> bool:
        return bool(self.ids or self.removed)


def changes_between(before: Iterable[SheetLayer], after: Iterable[SheetLayer]) -> Mapping[str, LayerChanges]:
    """By layer; layers without a difference are left out."""
    earlier = {one.layer.id: one for one in before}
    found = {
        one.layer.id: layer_changes(one.layer, earlier[one.layer.id].frame, one.frame)
        for one in after
        if one.layer.id in earlier
    }
    return {name: one for name, one in found.items() if one}


def layer_changes(layer: Layer, before: geopandas.GeoDataFrame, after: geopandas.GeoDataFrame) -> LayerChanges:
    """Two days of one layer. What counts is what the map shows: the class of a thing, and its outline.

    A figure that moves within its class changes nothing on the map.
    """
    old, new = _drawn(layer, before), _drawn(layer, after)
    common = old.keys() & new.keys()
    return LayerChanges(
        frozenset(new.keys() - old.keys()),
        frozenset(name for name in common if old[name] != new[name]),
        frozenset(old.keys() - new.keys()),
    )


def _drawn(layer: Layer, frame: geopandas.GeoDataFrame) -> dict[str, tuple[object, int]]:
    places = classify(layer, frame).tolist()
    shapes = frame.geometry.to_wkb()
    return {str(name): (shape, place) for name, shape, place in zip(frame["id"], shapes, places, strict=True)}
