"""Comparing two moments: indexes on the bounds of versions, and sums of plots that need no look at each plot."""

from geoapp.store.migrations.files import run_sql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0010_changes.sql")
