"""The kinds of long work that there are. A new kind is written beside what it does, and named here."""

from geoapp.services.job_kinds import JobKinds


def job_kinds() -> JobKinds:
    """All kinds."""
    return JobKinds(())
