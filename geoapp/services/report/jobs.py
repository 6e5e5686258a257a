"""Long work on reports: their files, and files made again and compared. Charts, maps and the PDF take seconds."""

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, Sentence
from geoapp.services.report.acting import ReportDesk
from geoapp.services.report.files import FileMaker
from geoapp.services.report.protocol import protocol_lines
from geoapp.services.report.remake import remake_with_files
from geoapp.services.spoken import speaker

FILES = "report.files"
REMAKE = "report.remake"


def report_kinds(office: str | None = None) -> tuple[JobKind, JobKind]:
    """The kinds of long work on reports. Args: office - see ``FileMaker``.

    ``report.files`` makes DOCX, PDF and XLSX of a version; arguments: report, a number; address, where references lead.
    The files are kept with the report and not with the job. ``report.remake`` makes content, DOCX and XLSX again as
    known when the report was made, and saves the record of the comparison; argument: report.
    """

    def make_files(context: JobContext, arguments: Arguments) -> None:
        maker, desk = FileMaker(context.catalogue, speaker, office), _desk(context)
        maker.make(desk, int(arguments["report"]), str(arguments["address"]), context.tell)

    def compare(context: JobContext, arguments: Arguments) -> None:
        maker, desk, number = FileMaker(context.catalogue, speaker, office), _desk(context), int(arguments["report"])
        context.tell(0, 1, N_("making content and files again"))
        lines = protocol_lines(remake_with_files(desk, maker, number))
        context.save(f"report-{number}-remade.txt", "text/plain; charset=utf-8", "\n".join(lines).encode() + b"\n")
        context.tell(1, 1)

    return (
        JobKind(FILES, N_("Files of a report"), Permission.REPORT_WRITE, make_files, _summary),
        JobKind(REMAKE, N_("Report made again and compared"), Permission.EXPORT_INTERNAL, compare, _summary),
    )


def _desk(context: JobContext) -> ReportDesk:
    return ReportDesk(context.engines.staff, context.person.id)


def _summary(arguments: Arguments) -> Sentence:
    return Sentence(N_("report %(number)s"), {"number": arguments["report"]})
