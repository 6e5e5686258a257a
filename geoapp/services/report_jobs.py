"""The files of a report as long work: charts, maps and the PDF take seconds, and nobody waits for a page meanwhile."""


from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, Sentence
from geoapp.services.report_acting import ReportDesk
from geoapp.services.report_files import FileMaker
from geoapp.services.spoken import speaker

FILES = "report.files"


def report_files_kind(office: str | None = None) -> JobKind:
    """The kind that makes DOCX, PDF and XLSX of a version. Arguments: report, a number; address, where references lead.

    The files are kept with the report and not with the job. Args: office - see ``FileMaker``.
    """

    def run(context: JobContext, arguments: Arguments) -> None:
        maker = FileMaker(context.catalogue, speaker, office)
        desk = ReportDesk(context.engines.staff, context.person.id)
        maker.make(desk, int(arguments["report"]), str(arguments["address"]), context.tell)

    return JobKind(FILES, N_("Files of a report"), Permission.REPORT_WRITE, run, _summary)


def _summary(arguments: Arguments) -> Sentence:
    return Sentence(N_("report %(number)s"), {"number": arguments["report"]})
