"""The map of the open cases, or of one case, taken away by somebody who may see them."""

from typing import Any

import geopandas
from sqlalchemy import Connection

from geoapp.core.parsing import told_moment
from geoapp.errors import N_
from geoapp.reports.speech import Speech
from geoapp.services.cases import AROUND, choose_case_moment, get_case
from geoapp.services.moment import Asked
from geoapp.services.pages import frame_of
from geoapp.services.snapshot.own import OwnPage, OwnTold, label_of
from geoapp.store.frames import read_frame
from geoapp.store.pages import find_row, statement


class CasesMap:
    """The map of cases. Args: number - of the only case that is shown; None: all open ones; page - see ``OwnPage``."""

    def __init__(self, number: int | None, page: OwnPage) -> None:
        self._number, self._page = number, page

    @property
    def page(self) -> OwnPage:
        """The page that it is on."""
        return self._page

    def tell(self, connection: Connection, asked: Asked) -> OwnTold:
        """What it is about. Raises: InvalidRequest; NotFound - there is no such case for who reads."""
        moment = choose_case_moment(connection, asked)
        row = None if self._number is None else get_case(connection, self._number)
        box = find_row(connection, "extent", moment.parameters) if row is None else row
        query = {"as_of": moment.as_of.isoformat()}
        return OwnTold(
            moment,
            label_of(lambda speech: _title(row, speech)),
            label_of(lambda speech: speech.say(N_("Signs and proposals, not conclusions."))),
            frame_of(connection, box, 0 if row is None else AROUND),
            query | ({"known_at": told_moment(asked.known_at)} if asked.known_at else {}),
            # How much time is left is told from today, whatever day the land is of.
            (label_of(lambda speech: _counted(asked, speech)),),
        )

    def read_rows(self, connection: Connection, most: int) -> geopandas.GeoDataFrame:
        """The rows of the layer; the names of who works on the cases stay behind."""
        bound = {"case_id": self._number, "drawn": most + 1}
        return read_frame(connection, statement("cases_map").text, bound).drop(columns="assignee")


def _title(row: Any, speech: Speech) -> str:
    if row is None:
        return speech.say(N_("Map of cases"))
    number = speech.told(N_("Case %(number)s"), number=row.id)
    name = row.project_name or (row.park_en if speech.language == "en" else None) or row.park_vi
    return f"{number}: {name}" if name else number


def _counted(asked: Asked, speech: Speech) -> str:
    return speech.told(N_("Cases and their time left: as on %(day)s"), day=speech.day(asked.today))
