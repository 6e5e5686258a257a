"""The kinds of long work that there are. A new kind is written beside what it does, and named here."""

from geoapp.services.job_kinds import JobKinds
from geoapp.services.layer_package import EXPORT_LAYERS
from geoapp.services.report.jobs import report_kinds
from geoapp.services.snapshot.atlas import SNAPSHOT_ATLAS
from geoapp.services.snapshot.batch import SNAPSHOT_BATCH


def job_kinds(office: str | None = None) -> JobKinds:
    """All kinds. Args: office - the program that makes a PDF of a DOCX; None: LibreOffice by its usual name."""
    return JobKinds([EXPORT_LAYERS, *report_kinds(office), SNAPSHOT_ATLAS, SNAPSHOT_BATCH])
