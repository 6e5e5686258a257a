"""What every page asks for, found by an index."""

from geoapp.store.migrations.files import run_sql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0009_speed.sql")
