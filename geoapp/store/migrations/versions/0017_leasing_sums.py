"""Wastewater as a limit to leasing, reckoned from sums of plots instead of plot by plot."""

from geoapp.store.migrations.files import run_sql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0017_leasing_norms.sql")
    run_sql("0017_leasing_limits.sql")
