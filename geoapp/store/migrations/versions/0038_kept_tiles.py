"""Tiles that are made ahead of anybody who asks, and go where what they show changes."""

from geoapp.store.migrations.files import run_sql

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0038_kept_tiles.sql")
