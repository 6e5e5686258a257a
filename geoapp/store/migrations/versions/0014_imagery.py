"""Pictures from space: scenes with both clocks."""

from geoapp.store.migrations.files import run_sql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0014_imagery.sql")
