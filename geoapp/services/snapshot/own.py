"""The map of a page with a layer of its own, taken away: the layer lies on layers of the catalogue.

Its rows are read by the service of the page, in the snapshot of the database in which the rest is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import geopandas
from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue, Label, Layer, View
from geoapp.kinds import AccessClass
from geoapp.reports.speech import Speech
from geoapp.services.moment import Asked, Moment
from geoapp.services.pages import Frame
from geoapp.services.spoken import speaker

_BASE_GROUP = "context"
# What lies under such a layer beside the base map: where parks and zone are.
_BASE = ("zone_boundary", "park_outline")


@dataclass(frozen=True)
class OwnPage:
    """The page of a map with a layer of its own.

    ``group``: title of the group of ``layer``; ``path``: of the page; ``query``: what chooses its rows, as it stands in
    addresses; ``name``: for files; ``has_days``: ``query`` holds the days, so that no other day is chosen beside it;
    ``under``: layers of the catalogue that lie under it beside those that always do.
    """

    layer: Layer
    group: Label
    path: str
    query: Mapping[str, str]
    name: str
    has_days: bool = False
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnTold:
    """What such a map is about, as it was found. ``query``: what the address on the sheet asks the page for."""

    moment: Moment
    title: Label
    subtitle: Label
    frame: Frame
    query: Mapping[str, str]
    notes: tuple[Label, ...] = field(default=())


class OwnMap(Protocol):
    """A map with a layer of its own that can be taken away."""

    @property
    def page(self) -> OwnPage:
        """The page that it is on."""

    def tell(self, connection: Connection, asked: Asked) -> OwnTold:
        """What it is about. Raises: InvalidRequest, NotFound."""

    def read_rows(self, connection: Connection, most: int) -> geopandas.GeoDataFrame:
        """The rows of the layer, at most ``most`` + 1, with id, quality and approximate. Raises: as ``tell``."""


def base_layers(catalogue: Catalogue, under: Sequence[str] = ()) -> list[Layer]:
    """The layers that lie under one that only a page has. Args: under - more than always."""
    return [
        layer
        for layer in catalogue.layers.values()
        if (layer.group == _BASE_GROUP or layer.id in (*_BASE, *under)) and layer.access is AccessClass.PUBLIC
    ]


def catalogue_of(catalogue: Catalogue, own: OwnMap | None) -> Catalogue:
    """The layers that a map is chosen from: those of its page where it has its own."""
    if own is None:
        return catalogue
    everywhere = frozenset(View)
    base = {one.id: replace(one, views=everywhere, shown=everywhere) for one in base_layers(catalogue, own.page.under)}
    layer = own.page.layer
    groups = {layer.group: own.page.group, **catalogue.groups}
    return replace(catalogue, layers={layer.id: layer, **base}, groups=groups)


def label_of(tell: Callable[[Speech], str]) -> Label:
    """A text in both languages."""
    vi, en = (tell(Speech(language, speaker(language))) for language in ("vi", "en"))
    return Label(vi, en)
