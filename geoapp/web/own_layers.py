"""What maps with a layer of their own share: what lies under it, and how it is described for the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geoapp.catalog.model import Catalogue, Label, Layer
from geoapp.maps.style import Plain, describe_catalogue, describe_layer
from geoapp.services.snapshot.own import base_layers, label_of
from geoapp.web.languages import language


@dataclass(frozen=True)
class OwnLayer:
    """A layer that only one page has: its group, and the lists of codes that it names beside those of all.

    ``under``: see ``OwnPage``.
    """

    layer: Layer
    group: Label
    codes: Mapping[str, Mapping[str, Label]]
    under: tuple[str, ...] = ()


def describe_own(catalogue: Catalogue, own: OwnLayer) -> Plain:
    """The layers of such a map as the panel and the drawing need them, in the language of the request."""
    offered = {layer.id: layer for layer in base_layers(catalogue, own.under)}
    described = describe_catalogue(replace(catalogue, layers=offered), None, language())
    layer = describe_layer(own.layer, replace(catalogue, codes={**catalogue.codes, **own.codes}), language())
    groups = [{"id": own.layer.group, "title": own.group.text(language())}, *described["groups"]]  # type: ignore[misc]
    return {**described, "groups": groups, "layers": [layer, *described["layers"]]}  # type: ignore[misc]


def both(message: str) -> Label:
    """A message in both languages: a sheet may be in another one than the page."""
    return label_of(lambda speech: speech.say(message))


def same(text: str) -> Label:
    """A text that is the same in both languages."""
    return Label(text, text)
