"""The lines that a map on paper or in a file carries: sources, what is left out, how far the data can be trusted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from geoapp.catalog.model import Layer
from geoapp.errors import N_
from geoapp.kinds import AccessClass, Quality
from geoapp.maps.style import classes_of
from geoapp.services.snapshot.request import Look

Say = Callable[[str], str]
_MOST_SOURCES = 6
ATTRIBUTION = N_("Land and coast: © OpenStreetMap contributors (ODbL 1.0)")
DEMO_LINE = N_("Holds demonstration data, not official figures")
_APPROXIMATE = N_("Dashed: approximate outline, not surveyed")
ACCESS_WORDS = {
    AccessClass.PUBLIC: N_("Class of the data: public"),
    AccessClass.INTERNAL: N_("Class of the data: internal, not to be passed on"),
    AccessClass.RESTRICTED: N_("Class of the data: restricted, not to be passed on"),
}
AGENCY = N_("Management board of the economic zone and the industrial parks of Ninh Bình")


@dataclass(frozen=True)
class RowsTold:
    """What the rows of a layer tell of themselves: titles of sources, whether any is demo, or approximate."""

    layer: Layer
    sources: Sequence[str]
    has_demo: bool
    is_approximate: bool


def told_of(layer: Layer, rows: Iterable[tuple[str | None, str | None, bool]]) -> RowsTold:
    """Args: rows - source, quality and whether it is approximate, of every row."""
    listed = list(rows)
    return RowsTold(
        layer,
        [source for source, _, _ in listed if source],
        any(quality == Quality.DEMO for _, quality, _ in listed),
        any(bool(approximate) for _, _, approximate in listed),
    )


def source_lines(told: Iterable[RowsTold], say: Say) -> tuple[str, ...]:
    """The sources of what is drawn, the most used first; the base map's comes last."""
    uses = Counter(source for one in told for source in one.sources)
    # In one order always, also where two are used as often.
    titles = [title for title, _ in sorted(uses.items(), key=lambda pair: (-pair[1], pair[0]))]
    if len(titles) > _MOST_SOURCES:
        more = len(titles) - _MOST_SOURCES
        titles = [*titles[:_MOST_SOURCES], say(N_("and %(count)s more sources")) % {"count": more}]
    return (*titles, say(ATTRIBUTION))


def quality_lines(told: Sequence[RowsTold], say: Say) -> tuple[str, ...]:
    """What a reader must know of the data."""
    said = [(any(one.has_demo for one in told), DEMO_LINE), (any(one.is_approximate for one in told), _APPROXIMATE)]
    return tuple(say(message) for holds, message in said if holds)


def out_of_scale_lines(layers: Sequence[Layer], language: str, say: Say) -> tuple[str, ...]:
    """Layers that are on and not shown at the scale of the map."""
    if not layers:
        return ()
    names = ", ".join(layer.title.text(language) for layer in layers)
    return (say(N_("Not shown at this scale: %(layers)s")) % {"layers": names},)


def hidden_lines(look: Look, layers: Sequence[Layer], language: str, say: Say) -> tuple[str, ...]:
    """Classes that were hidden on the screen; on paper the legend says so."""
    lines = []
    for layer in layers:
        keys = look.hidden.get(layer.id)
        if keys:
            hidden = [style.label.text(language) for style in classes_of(layer) if style.key in keys]
            told = {"layer": layer.title.text(language), "classes": ", ".join(hidden)}
            lines.append(say(N_("Not shown of “%(layer)s”: %(classes)s")) % told)
    return tuple(lines)


def filter_lines(look: Look, say: Say) -> tuple[str, ...]:
    """That only some parks are shown."""
    if look.parks is None:
        return ()
    return (say(N_("Only the %(count)s parks that the list was filtered to")) % {"count": len(look.parks)},)
