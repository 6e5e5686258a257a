"""Plots by block and by park, kept in step with the plots; plots found by place and clocks at once."""

from geoapp.store.migrations.files import run_sql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0013_plot_groups.sql")
