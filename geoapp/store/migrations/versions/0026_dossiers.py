"""Dossiers that were made, by the hash of their manifest."""

from geoapp.store.migrations.files import run_sql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0026_dossiers.sql")
