"""Who reads, writes and approves targets and reports, and who starts long work."""

from geoapp.store.migrations.files import run_sql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0027_report_rights.sql")
