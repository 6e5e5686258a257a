"""The map of what changed between two days, taken away."""

from collections.abc import Mapping
from dataclasses import replace

import geopandas
from sqlalchemy import Connection

from geoapp.catalog.model import Label
from geoapp.core.parsing import told_moment
from geoapp.errors import N_
from geoapp.reports.speech import Speech
from geoapp.services.changes import ChangesRequest, find_place, get_figure, read_changed_land, surroundings
from geoapp.services.changes_figures import SHARE_FIGURES
from geoapp.services.changes_moments import AskedPair, Pair, choose_pair
from geoapp.services.moment import Asked
from geoapp.services.snapshot.own import OwnPage, OwnTold, label_of
from geoapp.services.snapshot.reading import PROVINCE


class ChangesMap:
    """The map of a difference. Args: request - what is explained; page - see ``OwnPage``."""

    def __init__(self, request: ChangesRequest, page: OwnPage) -> None:
        self._request, self._page = request, page

    @property
    def page(self) -> OwnPage:
        """The page that it is on."""
        return self._page

    def tell(self, connection: Connection, asked: Asked) -> OwnTold:  # noqa: ARG002 - its days are its own
        """What it is about. Raises: InvalidRequest, NotFound."""
        request = self._request
        pair = choose_pair(connection, request.pair)
        place = find_place(connection, request, pair)
        row = place.park or place.zone
        name = Label(row.name_vi, row.name_en or row.name_vi) if row else PROVINCE
        figure = get_figure(SHARE_FIGURES.get(request.figure, request.figure))
        frame, _, _ = surroundings(connection, pair, place)
        return OwnTold(
            pair.moment,
            label_of(lambda speech: f"{speech.say(N_('What changed'))}: {speech.say(figure.title)}"),
            label_of(lambda speech: f"{name.text(speech.language)} · {_days(pair, speech)}"),
            frame,
            query_of_changes(request, pair),
            (self._page.layer.method, *_known(pair)),
        )

    def read_rows(self, connection: Connection, most: int) -> geopandas.GeoDataFrame:
        """The rows of the layer. Raises: InvalidRequest, NotFound."""
        things = SHARE_FIGURES.get(self._request.figure, self._request.figure)
        return read_changed_land(connection, replace(self._request, figure=things), most)


def query_of_changes(request: ChangesRequest, pair: Pair | AskedPair) -> Mapping[str, str]:
    """A difference as it stands in an address, as far as the map shows it."""
    days = {"from": pair.from_day, "to": pair.to_day}
    moments = {"known_from": pair.from_known, "known_to": pair.to_known}
    return {
        "figure": request.figure,
        **{name: day.isoformat() for name, day in days.items() if day},
        **{name: told_moment(moment) for name, moment in moments.items() if moment},
        **{name: slug for name, slug in (("park", request.park), ("zone", request.zone)) if slug},
    }


def _days(pair: Pair, speech: Speech) -> str:
    return speech.told(
        N_("from %(from_day)s to %(to_day)s"), from_day=speech.day(pair.from_day), to_day=speech.day(pair.to_day)
    )


def _known(pair: Pair) -> tuple[Label, ...]:
    """What was known of the first day, where it is seen otherwise than the second."""
    first = pair.from_known
    if first is None or first == pair.to_known:
        return ()
    return (label_of(lambda speech: speech.told(N_("First day as known on %(day)s"), day=speech.moment(first))),)
