"""The files of a report: DOCX, PDF and XLSX of what it says, with its texts, in its template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version as version_of

from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue
from geoapp.core.report_model import Content
from geoapp.core.report_period import period_of
from geoapp.core.report_period_name import name_period
from geoapp.errors import N_
from geoapp.services.report.acting import ReportDesk, Say, SayIn
from geoapp.services.report.stored import StoredReport, get_report, read_texts
from geoapp.services.report.templates import get_template
from geoapp.store import reports as store
from geoapp.store.acting import audit
from geoapp.store.reports import NewFile

KINDS = ("docx", "pdf", "xlsx")
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PROGRAM = f"geoapp {version_of('geoapp')}"
Tell = Callable[[int, int, str], None]
_STEPS = 4


@dataclass(frozen=True)
class FileMaker:
    """Makes files. Args: office - the program that makes a PDF of a DOCX; None: LibreOffice by its usual name."""

    catalogue: Catalogue
    say_in: SayIn
    office: str | None = None

    def write(self, connection: Connection, report: StoredReport, address: str) -> dict[str, bytes]:
        """DOCX and XLSX of a version, the same bytes for the same report. Args: address - where references lead."""
        # What draws and writes is large, and most processes never need it.
        from geoapp.reports.report_docx import write_docx  # noqa: PLC0415
        from geoapp.reports.report_xlsx import write_xlsx  # noqa: PLC0415
        from geoapp.services.report.pictures import draw_pictures  # noqa: PLC0415

        say = self.say_in(report.row.language)
        pictures = draw_pictures(connection, self.catalogue, report.content, say)
        template = bytes(get_template(connection, report.row.template_id).body)
        texts = {block: row.body for block, row in read_texts(connection, report.row.id).items()}
        docx = write_docx(report.content, template, texts, pictures, say, address)
        return {"docx": docx, "xlsx": write_xlsx(report.content, say, address)}

    def make(self, desk: ReportDesk, version: int, address: str, tell: Tell) -> Mapping[str, str]:
        """Make all files of a version and keep them; kind -> SHA-256. Where no PDF can be made the others are kept.

        Raises: NotFound; Conflict - the report was changed meanwhile; ReportClosed - it is signed; Forbidden;
        ProviderAway - there is no program that makes a PDF, or it made none.
        """
        from geoapp.reports.report_pdf import PROGRAM as OFFICE  # noqa: PLC0415
        from geoapp.reports.report_pdf import to_pdf  # noqa: PLC0415

        tell(0, _STEPS, N_("reading the report"))
        with desk.reading() as connection:
            report = get_report(connection, desk, version)
            tell(1, _STEPS, N_("drawing charts and maps, writing Word and Excel"))
            files = self.write(connection, report, address)
        _keep(desk, report, address, files)
        tell(2, _STEPS, N_("making the PDF"))
        pdf = to_pdf(files["docx"], self.office or OFFICE)
        tell(3, _STEPS, N_("keeping the files"))
        _keep(desk, report, address, {"pdf": pdf})
        tell(_STEPS, _STEPS, "")
        return {kind: sha256(body).hexdigest() for kind, body in {**files, "pdf": pdf}.items()}


def _keep(desk: ReportDesk, report: StoredReport, address: str, files: Mapping[str, bytes]) -> None:
    """Keep files, and away with those that are not of what the report says any more."""
    version = report.row.id
    with desk.writing(version) as connection:
        store.clear_files(connection, version)
        for kind, body in files.items():
            store.add_file(connection, NewFile(version, kind, report.row.made_of, address, PROGRAM, body))
        digests = {kind: sha256(body).hexdigest() for kind, body in files.items()}
        audit(connection, "report.files", f"report {version}", digests)


def file_name(content: Content, kind: str) -> str:
    """What a file is called when it is downloaded."""
    stem = "bao-cao" if content.language == "vi" else "report"
    return f"{stem}-{name_period(period_of(content.kind, content.first))}.{kind}"


__all__ = ["KINDS", "MEDIA_TYPES", "PROGRAM", "FileMaker", "Say", "file_name"]
