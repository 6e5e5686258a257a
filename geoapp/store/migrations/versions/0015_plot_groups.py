"""Plots by block and by park, kept in step with the plots; plots found by place and clocks at once."""

from geoapp.store.migrations.files import run_sql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0015_plot_groups.sql")
