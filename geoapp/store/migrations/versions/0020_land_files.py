"""The land file of a project: dated events with documents, from which the legal clock is computed."""

from geoapp.store.migrations.files import run_sql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0020_land_files.sql")
    run_sql("0020_land_file_clock.sql")
    run_sql("0020_land_file_plots.sql")
