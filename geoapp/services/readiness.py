"""Whether the database can be worked with."""

from sqlalchemy import Engine

from geoapp.errors import N_, StoreUnavailable
from geoapp.store.engine import reading
from geoapp.store.migrate import newest_revision, revision_of
from geoapp.store.queue_schema import missing_queue_steps


def check_ready(engine: Engine) -> None:
    """Raises: StoreUnavailable - it is away, or its schema is not the one that this program needs."""
    with reading(engine) as connection:
        found = revision_of(connection)
        missing = missing_queue_steps(connection) if found == newest_revision() else []
    if found != newest_revision():
        raise StoreUnavailable(
            N_("The schema of the database is %(found)s, this program needs %(wanted)s. Run: geoapp db migrate"),
            found=found or "empty",
            wanted=newest_revision(),
        )
    if missing:
        raise StoreUnavailable(
            N_("The tables of the queue are older than this program needs (%(missing)s). Run: geoapp db migrate"),
            missing=", ".join(missing),
        )
