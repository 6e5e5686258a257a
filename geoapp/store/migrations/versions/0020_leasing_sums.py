"""Wastewater as a limit to leasing, reckoned from sums of plots instead of plot by plot."""

from geoapp.store.migrations.files import run_sql

revision = "0020"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0020_leasing_norms.sql")
    run_sql("0020_leasing_limits.sql")
