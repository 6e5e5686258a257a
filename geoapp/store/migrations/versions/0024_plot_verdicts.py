"""The verdict on plots on offer by itself, for groups of plots on the map."""

from geoapp.store.migrations.files import run_sql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0024_plot_verdicts.sql")
