"""Reports: versions, texts, comments, files, templates, and their events in a chain that is only added to."""

from geoapp.store.migrations.files import run_sql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0030_report_tables.sql")
    run_sql("0030_report_chain.sql")
    run_sql("0030_report_rights.sql")
