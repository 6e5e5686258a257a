"""Functions that read every table as of a day and as known at a moment."""

from geoapp.store.migrations.files import run_sql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0005_reading.sql")
