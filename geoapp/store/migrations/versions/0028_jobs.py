"""Long work: jobs, their files, and the queue of the library that hands them to workers."""

from alembic import op

from geoapp.store.migrations.files import run_sql
from geoapp.store.queue_schema import make_queue_schema

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the installed library, then the SQL of this revision."""
    make_queue_schema(op.get_bind())
    run_sql("0028_jobs.sql")
