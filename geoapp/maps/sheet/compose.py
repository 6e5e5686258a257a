"""A page put together: its maps and all that explains them, as one drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geoapp.core.coordinates import vn2000_wkt
from geoapp.errors import N_
from geoapp.maps.sheet.colours import SEA
from geoapp.maps.sheet.features import Shown, draw_layers
from geoapp.maps.sheet.geometry import cut, rings_of
from geoapp.maps.sheet.grid import draw_frame, draw_grid
from geoapp.maps.sheet.ground import Ground, ground_of
from geoapp.maps.sheet.heading import draw_heading
from geoapp.maps.sheet.ink import Box, Ink, Look, Shapes, Type
from geoapp.maps.sheet.insets import draw_insets
from geoapp.maps.sheet.labels import Placed, draw_names
from geoapp.maps.sheet.legend import draw_legend, legend_blocks
from geoapp.maps.sheet.lettering import BOLD
from geoapp.maps.sheet.model import Compare, Limits, Page, ParkPage, Sheet
from geoapp.maps.sheet.notes import draw_notes, notes_height, told_day
from geoapp.maps.sheet.papers import check_paper
from geoapp.maps.sheet.pdf_book import Drawn, Viewport
from geoapp.maps.sheet.plan import Plan, plan_compare, plan_park, plan_sheet
from geoapp.maps.sheet.scale_band import draw_band
from geoapp.maps.sheet.tables import draw_tables


@dataclass(frozen=True)
class Composed:
    """A page as a drawing, with what tests and writers ask of it."""

    drawn: Drawn
    plan: Plan
    grounds: tuple[Ground, ...]
    layers: tuple[Shown, ...]
    names: tuple[Placed, ...]


def compose(page: Page, limits: Limits) -> Composed:
    """Put a page together. Raises: InvalidRequest - paper, scale, extent or zone cannot be drawn."""
    sheet = sheet_of(page)
    check_paper(sheet.paper)
    if isinstance(page, Compare):
        return _compose_compare(page, limits)
    plan = plan_park(sheet.paper) if isinstance(page, ParkPage) else plan_sheet(sheet.paper)
    ink = Ink(plan.symbol)
    ground = ground_of(sheet.view, plan.maps[0], sheet.epsg, limits)
    shown, names = _draw_map(ink, sheet, ground)
    _draw_margin(ink, plan, sheet, ground, shown)
    if isinstance(page, ParkPage) and plan.tables is not None:
        draw_tables(ink, plan.tables, page)
    return _composed(ink, plan, sheet, (ground,), (shown, names))


def sheet_of(page: Page) -> Sheet:
    """The sheet that gives a page its paper, title and zone."""
    if isinstance(page, Compare):
        return page.left
    return page.sheet if isinstance(page, ParkPage) else page


def _compose_compare(page: Compare, limits: Limits) -> Composed:
    sheet, plan = page.left, plan_compare(page.left.paper)
    right = replace(
        sheet, layers=page.right.layers, as_of=page.right.as_of, known_at=page.right.known_at, marked=page.right.marked
    )
    ink = Ink(plan.symbol)
    # Both frames have one size, so one extent gives one scale.
    grounds = tuple(ground_of(sheet.view, frame, sheet.epsg, limits) for frame in plan.maps)
    shown: list[Shown] = []
    names: list[Placed] = []
    for side, ground in zip((sheet, right), grounds, strict=True):
        found, named = _draw_map(ink, side, ground)
        shown += found
        names += named
        _caption(ink, side, ground)
    other = sheet.say(N_("Beside it: data to %(day)s")) % {"day": told_day(right.as_of, sheet.language)}
    both = replace(
        sheet,
        layers=(*sheet.layers, *right.layers),
        marked=right.marked or sheet.marked,
        notes=(other, *sheet.notes),
    )
    _draw_margin(ink, plan, both, grounds[0], _joined(shown))
    return _composed(ink, plan, sheet, grounds, (shown, names))


def _joined(layers: Sequence[Shown]) -> list[Shown]:
    """One entry for each layer, with the classes of both maps."""
    joined: dict[str, Shown] = {}
    for one in layers:
        known = joined.get(one.source.layer.id)
        if known is None:
            joined[one.source.layer.id] = replace(one)
            continue
        known.classes = known.classes | one.classes
        known.is_approximate |= one.is_approximate
        known.has_markers |= one.has_markers
        known.is_marked |= one.is_marked
        known.without_place = max(known.without_place, one.without_place)
    return list(joined.values())


def _draw_map(ink: Ink, sheet: Sheet, ground: Ground) -> tuple[list[Shown], list[Placed]]:
    marked = sheet.marked.ids if sheet.marked is not None else {}
    with ink.window(ground.frame) as inner:
        _sea(inner, sheet, ground)
        shown = draw_layers(inner, sheet.layers, ground, marked)
        draw_grid(inner, ground)
        names = draw_names(inner, shown, ground.frame, ground.scale, sheet.language)
    draw_frame(ink, ground)
    return shown, names


def _sea(ink: Ink, sheet: Sheet, ground: Ground) -> None:
    """What is no land is sea, but only as far as the land is known; the rest of the paper stays white."""
    if sheet.context.land is None:
        return
    known = shapely.segmentize(shapely.box(*sheet.context.land.bounds), 0.02)
    seen = cut(ground.shapes(np.array([known], dtype=object)), ground.frame.grown(4))
    ink.items.append(Shapes(Look(fill=SEA), [rings for rings in rings_of(seen) if rings]))


def _draw_margin(ink: Ink, plan: Plan, sheet: Sheet, ground: Ground, shown: Sequence[Shown]) -> None:
    draw_heading(ink, plan.title, sheet)
    draw_band(ink, plan.band, sheet, ground)
    draw_insets(ink, plan.insets, sheet, ground)
    legend, notes = plan.legend, plan.notes
    if legend == (notes,):
        height = notes_height(ink, notes.width, notes.height, sheet)
        gap = 3 * ink.symbol
        legend = (Box(notes.x, notes.y + height + gap, notes.width, notes.height - height - gap),)
        notes = Box(notes.x, notes.y, notes.width, height)
    draw_legend(ink, legend, sheet, legend_blocks(sheet, shown))
    draw_notes(ink, notes, sheet)


def _caption(ink: Ink, sheet: Sheet, ground: Ground) -> None:
    k, frame = ink.symbol, ground.frame
    told = sheet.say(N_("Data to %(day)s")) % {"day": told_day(sheet.as_of, sheet.language)}
    ink.text((frame.x, frame.top + 6.2 * k), told, Type(8.4 * k, BOLD))


def _composed(
    ink: Ink,
    plan: Plan,
    sheet: Sheet,
    grounds: tuple[Ground, ...],
    found: tuple[Sequence[Shown], Sequence[Placed]],
) -> Composed:
    wkt = vn2000_wkt(sheet.epsg)
    views = tuple(Viewport(ground.frame, ground.corners(), wkt, sheet.title) for ground in grounds)
    drawn = Drawn(sheet.paper.width_mm, sheet.paper.height_mm, ink.items, ink.symbol, views)
    return Composed(drawn, plan, grounds, tuple(found[0]), tuple(found[1]))
