"""What every page asks for, found by an index."""

from geoapp.store.migrations.files import run_sql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0011_speed.sql")
