"""The reports of one database, for whoever asks: what the web holds."""

from dataclasses import dataclass

from sqlalchemy import Engine

from geoapp.services.report.acting import ReportDesk
from geoapp.services.report.files import FileMaker
from geoapp.services.report.remake import Remade, remake
from geoapp.services.report.reports import Reports
from geoapp.services.report.rows import FigureRows, read_figure_rows
from geoapp.services.report.templates import ReportTemplates


@dataclass(frozen=True)
class ReportTools:
    """Args: engine - of the staff role; maker - makes files."""

    engine: Engine
    maker: FileMaker

    def desk(self, person_id: int) -> ReportDesk:
        """Reading and writing as a person."""
        return ReportDesk(self.engine, person_id)

    def reports(self, person_id: int) -> Reports:
        """The reports, as a person works on them."""
        return Reports(self.desk(person_id), self.maker.catalogue, self.maker.say_in)

    def templates(self, person_id: int) -> ReportTemplates:
        """The templates, as a person may change them."""
        return ReportTemplates(self.desk(person_id), self.maker.say_in)

    def remake(self, person_id: int, version: int, *, as_known_now: bool) -> Remade:
        """What a report says made again and compared, as known then or now. Raises: NotFound; Forbidden."""
        catalogue, say_in = self.maker.catalogue, self.maker.say_in
        return remake(self.desk(person_id), catalogue, version, say_in, as_known_now=as_known_now)

    def figure(self, person_id: int, version: int, ref: str) -> FigureRows:
        """A figure with the rows that make it up. Raises: NotFound."""
        return read_figure_rows(self.desk(person_id), version, ref)
