"""Land that is flagged by hand: plots that exist, or a drawing inside a park; what cannot be is refused by field."""

import json
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from geoapp.errors import N_, InvalidRequest
from geoapp.store.evidence import find_park, find_plots, judge_drawing

_SHARE_INSIDE = 0.5
_LEAST_M2 = 1.0


class FlaggedLand(Protocol):
    """What of a report says which land is meant."""

    @property
    def park(self) -> str | None:
        """Slug of the park of the plots."""

    @property
    def plots(self) -> tuple[str, ...]:
        """Codes of plots."""

    @property
    def geometry(self) -> str | None:
        """GeoJSON text of a drawing, WGS 84."""

    @property
    def observed_on(self) -> date:
        """The day of the visit."""


def place_of(connection: Connection, told: FlaggedLand) -> tuple[int, list[int]]:
    """The park of what is flagged, and the plots that were picked. Raises: InvalidRequest - it cannot be flagged."""
    drawn_in = _judge(connection, told.geometry, told.observed_on) if told.geometry else None
    if not told.plots:
        return drawn_in or _park(connection, told), []
    park_id = _park(connection, told)
    if drawn_in not in (None, park_id):
        raise InvalidRequest(
            N_("The plots and the drawing lie in different parks. Make a report of each."), parameter="geometry"
        )
    found = {row.code: row.plot_id for row in find_plots(connection, told.park or "", told.plots, told.observed_on)}
    missing = [code for code in told.plots if code not in found]
    if missing:
        raise InvalidRequest(
            N_("There is no plot %(found)s in this park. Pick it on the map."),
            parameter="plots",
            found=", ".join(missing[:5]),
        )
    return park_id, sorted(found.values())


def _park(connection: Connection, told: FlaggedLand) -> int:
    park = find_park(connection, told.park or "", told.observed_on)
    if park is None:
        raise InvalidRequest(
            N_("There is no park “%(found)s”. Choose one from the list."), parameter="park", found=told.park or ""
        )
    return int(park.id)


def _judge(connection: Connection, geometry: str, as_of: date) -> int:
    judged = judge_drawing(connection, geometry, as_of)
    if not judged.is_valid:
        raise InvalidRequest(
            N_(
                "The sides of the drawing cross each other, so it has no area. Draw its outline anew, corner by corner."
            ),
            parameter="geometry",
        )
    if json.loads(geometry)["type"] == "Polygon" and judged.area_m2 < _LEAST_M2:
        raise InvalidRequest(N_("The drawing has no area. Draw at least three corners apart."), parameter="geometry")
    if judged.park_id is None:
        raise InvalidRequest(
            N_("The drawing lies outside all parks. Draw inside the outline of a park."), parameter="geometry"
        )
    if judged.share < _SHARE_INSIDE:
        raise InvalidRequest(
            N_("Only %(share)s %% of the drawing lies inside the park. Draw what is inside its outline."),
            parameter="geometry",
            share=round(judged.share * 100),
        )
    return int(judged.park_id)
