"""Which layers a map on paper or in a file has: those that were on, as far as their class lets them leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.permissions import GRANTS, Permission, Reader
from geoapp.errors import N_, Forbidden, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.maps.style import classes_of
from geoapp.services.snapshot.request import Look, SheetPlace

_RISING = (AccessClass.PUBLIC, AccessClass.INTERNAL, AccessClass.RESTRICTED)


@dataclass(frozen=True)
class ChosenLayers:
    """Layers in the order in which they are drawn, and the highest class among them."""

    layers: tuple[Layer, ...]

    @property
    def access(self) -> AccessClass:
        """The class of the sheet: the highest of its layers."""
        return highest(*(layer.access for layer in self.layers))


def highest(*classes: AccessClass) -> AccessClass:
    """The class that keeps most; public of none."""
    return max(classes, key=_RISING.index, default=AccessClass.PUBLIC)


def offered_layers(catalogue: Catalogue, place: SheetPlace, reader: Reader) -> tuple[Layer, ...]:
    """The layers that the page of a map offers a reader, in the order in which they are drawn."""
    return drawing_order([layer for layer in catalogue.of_view(place.view) if reader.may_read(layer.access)])


def drawing_order(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Lowest first."""
    return tuple(sorted(layers, key=lambda layer: (layer.order, layer.id)))


def choose_layers(catalogue: Catalogue, place: SheetPlace, look: Look, reader: Reader) -> ChosenLayers:
    """The layers that are asked for.

    Raises: InvalidRequest - a layer or class that this map does not have, or two layers of which one is shown at a
    time; Forbidden - a layer that the reader may look at, and not take out.
    """
    offered = {layer.id: layer for layer in offered_layers(catalogue, place, reader)}
    shown = [layer.id for layer in offered.values() if place.view in layer.shown]
    asked = shown if look.layers is None else look.layers
    for name in (*asked, *look.hidden, *look.opacity):
        if name not in offered:
            raise _unknown(name, place, list(offered))
    _check_classes(offered, look)
    chosen = drawing_order([offered[name] for name in dict.fromkeys(asked)])
    _check_exclusive(chosen)
    check_leaving(chosen, reader)
    return ChosenLayers(chosen)


def check_leaving(layers: Sequence[Layer], reader: Reader) -> None:
    """Raises: Forbidden - a layer that is not public, and a reader who may not take such out."""
    kept = [layer.id for layer in layers if layer.access is not AccessClass.PUBLIC]
    if kept and Permission.EXPORT_INTERNAL not in GRANTS[reader.role]:
        raise Forbidden(
            N_("Your account may look at %(layers)s, and not take it out. Switch it off, then export again."),
            layers=", ".join(kept),
        )


def layers_up_to(catalogue: Catalogue, place: SheetPlace, reader: Reader, access: AccessClass) -> tuple[Layer, ...]:
    """All layers of a map that are not above a class. Raises: Forbidden - see ``check_leaving``."""
    most = _RISING.index(access)
    layers = tuple(layer for layer in offered_layers(catalogue, place, reader) if _RISING.index(layer.access) <= most)
    check_leaving(layers, reader)
    return layers


def _unknown(name: str, place: SheetPlace, offered: list[str]) -> InvalidRequest:
    return InvalidRequest(
        N_("%(parameter)s: this map (%(view)s) has no layer “%(found)s”. It has: %(known)s."),
        parameter="layers",
        view=str(place.view),
        found=name[:60],
        known=", ".join(offered),
    )


def _check_classes(offered: dict[str, Layer], look: Look) -> None:
    for name, keys in look.hidden.items():
        known = [style.key for style in classes_of(offered[name])]
        wrong = sorted(keys - set(known))
        if wrong:
            raise InvalidRequest(
                N_("%(parameter)s: the layer %(layer)s has no class “%(found)s”. It has: %(known)s."),
                parameter="hide",
                layer=name,
                found=wrong[0][:60],
                known=", ".join(known),
            )


def _check_exclusive(layers: Sequence[Layer]) -> None:
    taken: dict[str, str] = {}
    for layer in layers:
        if layer.exclusive and layer.exclusive in taken:
            raise InvalidRequest(
                N_("%(parameter)s: of %(first)s and %(second)s only one is shown at a time. Leave one out."),
                parameter="layers",
                first=taken[layer.exclusive],
                second=layer.id,
            )
        if layer.exclusive:
            taken[layer.exclusive] = layer.id
