"""Answers of the legal clock are kept with the days on which they hold, and made anew by whatever changes them."""

from geoapp.store.migrations.files import run_sql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0031_clock_versions.sql")
    run_sql("0031_clock_evaluated.sql")
    run_sql("0031_clock_spans.sql")
    run_sql("0031_clock_kept.sql")
    run_sql("0031_clock_plots.sql")
    run_sql("0031_clock_duties.sql")
