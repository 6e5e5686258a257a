"""Reports from the field and their photos."""

from geoapp.store.migrations.files import run_sql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0023_evidence.sql")
