"""Plots, groups of plots and parks with the days on which they hold: all days are read at once."""

from geoapp.store.migrations.files import run_sql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0036_days.sql")
