"""Norms of discharge, and what of the land wastewater plants, roads and power let be leased."""

from geoapp.store.migrations.files import run_sql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0013_leasing_norms.sql")
    run_sql("0013_leasing_limits.sql")
    run_sql("0013_leasing_plots.sql")
