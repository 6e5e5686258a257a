"""Who reads and who edits land files."""

from geoapp.store.migrations.files import run_sql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the SQL of this revision."""
    run_sql("0025_land_file_rights.sql")
