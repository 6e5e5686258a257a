"""Plots in the order in which people count their codes."""

from geoapp.store.migrations.files import run_sql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0018_plot_order.sql")
